"""Killed at any moment, nothing that was acknowledged is lost: answers, recordings, the interview itself."""

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from simulator.paths import user_paths
from simulator.services import Services
from simulator.sessions.recordings import found, names_of, tidy
from simulator.sessions.session import Session
from simulator.sessions.store import Store
from simulator.speech.recording import Recorder
from simulator.speech.sound_files import read_sound
from tests.reliability.interviews import hold_plain, services_in
from tests.reliability.killing import killed_at, posix_only
from tests.sessions.made import practice
from tests.speech.sounds import tone

PROJECT = Path(__file__).parents[2]


def with_recordings(folder: Path, session: Session) -> tuple[Session, dict[str, bytes]]:
    """A session whose answers were spoken, and the samples of each by its name without ending."""
    samples: dict[str, bytes] = {}
    answers = []
    for number, answer in enumerate(session.answers):
        name = f"{session.id}/{number + 1:02d}-1-question-1.wav"
        recorder = Recorder(folder / name)
        recorder.write(tone(200 + 100 * number, 0.3))
        recorder.close()
        samples[name.removesuffix(".wav")] = b"".join(read_sound(recorder.path))
        answers.append(replace(answer, utterances=(replace(answer.utterances[0], recording=name),)))
    return replace(session, answers=tuple(answers)), samples


@posix_only
def test_a_recording_is_always_within_reach_while_it_is_made_smaller(tmp_path: Path) -> None:
    paths = user_paths()
    step, cut = 0, True
    while cut:
        step += 1
        home = tmp_path / f"{step:03d}"
        session, samples = with_recordings(home, replace(practice(), answers=practice().answers[:2]))
        path = home / paths.database.name
        store = Store(path)
        store.begin(session)
        store.close()

        def archive(path: Path = path, home: Path = home) -> None:
            services = services_in(home)
            services.recordings.archive(practice().id)

        (home / "recordings").symlink_to(home)
        cut = killed_at(step, archive)
        store = Store(path)
        for _ in range(2):
            names = names_of(store.session(session.id).answers)
            assert len(names) == 2
            for name in names:
                there = found(home, name)
                assert there is not None, f"step {step}: {name}"
                assert b"".join(read_sound(there)) == samples[name.rpartition(".")[0]], f"step {step}: {name}"
            # And once more after the next start has tidied up.
            tidy(store, home)
            kinds = sorted(each.suffix for each in (home / session.id).iterdir())
            assert len(kinds) == 2, f"step {step}: {kinds}"
        store.close()
    assert step > 10


INTERVIEW = """
import sys
from pathlib import Path
from simulator.sessions.session import Mode
from simulator.interview.setup import Setup
from tests.reliability.interviews import services_in, typed_lines
from simulator.plain import PlainInterview
services = services_in(Path(sys.argv[1]))
left = services.data.store.unfinished()
setup = Setup(mode=Mode.COACH, count=4, seed=3)
interviews = services.interviews
talk = interviews.resume(left[0].id) if left else interviews.begin(setup)
PlainInterview(services, talk, typed_lines(talk), sys.stdout, True).run(bool(left))
"""


@posix_only
def test_no_acknowledged_answer_is_lost_and_every_interview_goes_on(tmp_path: Path, cases: int) -> None:
    """Feedback on the screen acknowledges an answer. A half of the kills comes while the next step is on its way."""
    chance = random.Random(4)
    for number in range(cases):
        home = tmp_path / f"{number}"
        acknowledged, finished = 0, False
        while not finished:
            app = subprocess.Popen(
                [sys.executable, "-c", INTERVIEW, str(home)], stdout=subprocess.PIPE, text=True, cwd=PROJECT
            )
            assert app.stdout
            stop_after, seen = chance.randrange(1, 4), 0
            for line in app.stdout:
                seen += line.startswith("Enter goes on")
                acknowledged += line.startswith("Enter goes on")
                if seen == stop_after:
                    time.sleep(chance.random() / 100)
                    break
            os.kill(app.pid, signal.SIGKILL)
            app.wait()
            app.stdout.close()
            services = services_in(home)
            (session,) = [services.data.store.session(each) for each in services.data.store.session_ids()]
            assert len([each for each in session.answers if each.utterances]) >= min(acknowledged, 4)
            finished = session.finished
            services.close()
            if acknowledged >= 3:
                break
        rest: Services = services_in(home)
        for left in rest.data.store.unfinished():
            assert hold_plain(rest, rest.interviews.resume(left.id), interactive=True, resumed=True).finished
        rest.close()

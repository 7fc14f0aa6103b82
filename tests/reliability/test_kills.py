"""Killed at any moment, nothing that was acknowledged is lost: answers, recordings, the interview itself."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.paths import user_paths
from simulator.sessions.recordings import found, names_of, tidy
from simulator.sessions.session import Session
from simulator.sessions.store import Store
from simulator.speech.recording import Recorder
from simulator.speech.sound_files import read_sound
from tests.reliability.interviews import services_in
from tests.reliability.killing import killed_at, posix_only
from tests.reliability.kills import archive_kills, typed_kills
from tests.reliability.spoken_kills import spoken_kills
from tests.sessions.made import practice
from tests.sound_devices import SoundDevices, _sound_server, sound_devices
from tests.speech.sounds import tone

__all__ = ["_sound_server", "sound_devices"]


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
            services.recordings.turn_into_flac(practice().id)

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


def recorded_home(home: Path) -> tuple[Session, dict[str, bytes]]:
    """A home with one session, all of whose answers were spoken, and what is in each recording."""
    session, samples = with_recordings(home / "recordings", practice())
    store = Store(services_in(home).paths.database)
    store.begin(session)
    store.close()
    return session, samples


@posix_only
def test_no_recording_is_lost_at_any_moment_while_they_are_made_smaller(tmp_path: Path, cases: int) -> None:
    losses = archive_kills(tmp_path, cases, random.Random(4), recorded_home)
    print(losses)
    assert losses.none, losses


@posix_only
def test_no_acknowledged_answer_is_lost_and_every_interview_goes_on(tmp_path: Path, cases: int) -> None:
    losses = typed_kills(tmp_path, cases, random.Random(4))
    print(losses)
    assert losses.none, losses


@pytest.mark.thorough
@posix_only
@pytest.mark.sound
def test_nothing_that_was_said_aloud_is_lost(tmp_path: Path, cases: int, sound_devices: SoundDevices) -> None:
    losses = spoken_kills(tmp_path, cases, random.Random(4), sound_devices)
    print(losses)
    assert losses.none, losses
    assert losses.seconds_lost <= 1, losses

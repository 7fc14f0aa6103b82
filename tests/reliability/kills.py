"""Kills interviews and archivings at random moments, and counts what is lost.

`test_kills.py` does so a few times, `python -m tests.reliability --typed 500` as often as one likes. Each victim is a
process of its own, forked from one that has imported everything, so that most of the time goes into what is killed.
"""

import contextlib
import faulthandler
import io
import multiprocessing
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from simulator.interview.setup import Setup
from simulator.sessions.session import Mode, Session
from tests.reliability.interviews import said, services_in, typed_lines

PATIENCE = 300.0
"""Seconds to wait for a victim's next word before the trial fails."""
MODES = tuple(Mode)
Said = list[tuple[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Losses:
    """What came of some kills."""

    what: str
    kills: int = 0
    interviews: int = 0
    answers: int = 0
    """Answers that were acknowledged before a kill."""
    answers_lost: int = 0
    recordings: int = 0
    recordings_lost: int = 0
    stuck: int = 0
    """Interviews that could not be gone on with to their end."""
    seconds_lost: float = 0.0
    """The most sound that one kill cost."""

    @property
    def none(self) -> bool:
        return not (self.answers_lost or self.recordings_lost or self.stuck)

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {self.what}: {self.interviews} interviews, {self.stuck} of them stuck; "
            f"{self.answers_lost} of {self.answers} acknowledged answers lost; "
            f"{self.recordings_lost} of {self.recordings} recordings lost; "
            f"at most {self.seconds_lost:.2f} s of sound lost"
        )


class Victim:
    """A process that works on something, tells how far it is, and is killed."""

    def __init__(self, work: Callable[..., None], *given: object) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["tests.reliability.kills", "tests.reliability.spoken_kills"])
        self.ours, theirs = context.Pipe()
        self._process = context.Process(target=_begin, args=(work, theirs, *given), daemon=True)
        self._process.start()
        theirs.close()

    def told(self, seconds: float = PATIENCE) -> Any:
        """The next thing it tells; None when it has ended, or told nothing in that time."""
        try:
            if self.ours.poll(seconds):
                return self.ours.recv()
        except (EOFError, ConnectionResetError):
            return None
        if seconds and self._process.pid and hasattr(signal, "SIGUSR1"):
            # It hangs: where, it says itself.
            os.kill(self._process.pid, signal.SIGUSR1)
            self._process.join(1)
        return None

    def tell(self, word: str) -> None:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.ours.send(word)

    def kill(self) -> list[Any]:
        """End it as a power cut would; what it had told and nobody had read."""
        self._process.kill()
        self._process.join()
        rest = []
        while (word := self.told(0)) is not None:
            rest.append(word)
        self.ours.close()
        return rest


def _begin(work: Callable[..., None], pipe: Connection, *given: object) -> None:
    if hasattr(signal, "SIGUSR1"):
        faulthandler.register(signal.SIGUSR1)
    work(pipe, *given)


def lost_of(acknowledged: Said, there: Said) -> int:
    """How many acknowledged answers are not there any more as they were: what came after them is no loss."""
    kept = dict(there)
    return sum(kept.get(answer_id, [])[: len(words)] != words for answer_id, words in acknowledged)


def with_words(answers: Said) -> Said:
    """The answers in which something was said."""
    return [(answer_id, words) for answer_id, words in answers if words]


# Typed.


class _Acknowledging(io.StringIO):
    """The output of an interview as text: feedback that is shown has acknowledged what was said so far."""

    def __init__(self, pipe: Connection, session: Callable[[], Session]) -> None:
        super().__init__()
        self._pipe, self._session = pipe, session

    def write(self, text: str) -> int:
        if text.strip():
            self._pipe.send(said(self._session()))
        return len(text)


def hold_typed(pipe: Connection, home: str, setup: Setup) -> None:
    """Begin the interview of a home, or go on with it, to its end."""
    from simulator.plain import PlainInterview

    services = services_in(Path(home))
    left = services.data.store.summaries(finished=False)
    talk = services.interviews.resume(left[0].id) if left else services.interviews.begin(setup)
    out = _Acknowledging(pipe, lambda: talk.session)
    PlainInterview(services, talk, typed_lines(talk), out, interactive=True).run(bool(left))
    pipe.send("over")


def _typed_whole(home: Path, setup: Setup) -> tuple[Said, int]:
    """What is said in an interview that nobody kills, and how often it tells something."""
    victim, steps = Victim(hold_typed, str(home), setup), 0
    while (word := victim.told()) not in ("over", None):
        steps += 1
    assert word == "over", "an interview that nobody killed did not come to its end"
    victim.kill()
    return _kept(home), steps


def _kept(home: Path) -> Said:
    """What is in the one session of a home, if there is one yet."""
    services = services_in(home)
    try:
        sessions = [services.data.store.session(each) for each in services.data.store.session_ids()]
        assert len(sessions) <= 1, "an interview was begun twice"
        return [pair for session in sessions for pair in with_words(said(session))]
    finally:
        services.close()


def _finished(home: Path) -> bool:
    services = services_in(home)
    try:
        return bool(services.data.store.session_ids()) and not services.data.store.summaries(finished=False)
    finally:
        services.close()


def _kill_typed(home: Path, setup: Setup, steps: int, chance: random.Random) -> Said:
    """One kill at any moment of the interview; what was acknowledged before."""
    victim, acknowledged = Victim(hold_typed, str(home), setup), Said()
    for _ in range(chance.randrange(steps)):
        word = victim.told()
        if word in ("over", None):
            break
        acknowledged = word
    # The moments just after something was told are those of the commits; but any other may come too.
    time.sleep(chance.random() * chance.choice((0.005, 0.05, 0.5)))
    for word in victim.kill():
        acknowledged = acknowledged if word == "over" else word
    return with_words(acknowledged)


def typed_kills(folder: Path, kills: int, chance: random.Random) -> Losses:
    """Kill typed interviews of all modes and go on with each: it is to end as if nobody had killed it."""
    losses = Losses("typed")
    wholes: dict[Mode, tuple[Said, int]] = {}
    while losses.kills < kills:
        mode = MODES[losses.interviews % len(MODES)]
        setup = Setup(mode=mode, count=3, seed=3)
        if mode not in wholes:
            wholes[mode] = _typed_whole(folder / f"whole-{mode.value}", setup)
        whole, steps = wholes[mode]
        home = folder / f"{losses.interviews:04d}"
        acknowledged = Said()
        for _ in range(min(chance.randint(1, 6), kills - losses.kills)):
            acknowledged = _kill_typed(home, setup, steps, chance) or acknowledged
            there = _kept(home) if home.exists() else []
            losses = replace(
                losses,
                kills=losses.kills + 1,
                answers=losses.answers + len(acknowledged),
                answers_lost=losses.answers_lost + lost_of(acknowledged, there),
            )
            if home.exists() and _finished(home):
                break
        losses = replace(losses, interviews=losses.interviews + 1, stuck=losses.stuck + _is_stuck(home, setup, whole))
        _say(losses)
    return losses


def _is_stuck(home: Path, setup: Setup, whole: Said) -> bool:
    """Go on to the end; whether that fails, or ends otherwise than without a kill."""
    if not _finished(home):
        victim = Victim(hold_typed, str(home), setup)
        while victim.told() not in ("over", None):
            pass
        victim.kill()
    there = _kept(home)
    if not _finished(home):
        print(f"{home}: not gone on with to its end", file=sys.stderr)
    same = [words for _, words in there] == [words for _, words in whole]
    if not same:
        print(f"{home}: {there}\ninstead of {whole}", file=sys.stderr)
    return not (_finished(home) and same)


# The archive step.


def archive(pipe: Connection, home: str, session_id: str) -> None:
    """Make a session's recordings smaller."""
    services = services_in(Path(home))
    pipe.send("begins")
    services.recordings.turn_into_flac(session_id)
    pipe.send("over")


def archive_kills(
    folder: Path, kills: int, chance: random.Random, made: Callable[[Path], tuple[Session, Mapping[str, bytes]]]
) -> Losses:
    """Kill the step that makes recordings smaller; `made` fills a home with a session, and tells its samples."""
    losses, longest = Losses("while recordings are made smaller"), 0.0
    while losses.kills < kills:
        home = folder / f"{losses.interviews:04d}"
        session, samples = made(home)
        over = False
        while not over and losses.kills < kills:
            victim = Victim(archive, str(home), session.id)
            victim.told()
            began = time.monotonic()
            if longest:
                time.sleep(chance.random() * longest)
                over = "over" in victim.kill()
            else:  # the first time: how long it takes
                over = victim.told() == "over"
                victim.kill()
            longest = max(longest, time.monotonic() - began) if over else longest
            losses = replace(losses, kills=losses.kills + (not over))
            lost = _unreachable(home, session.id, samples)
            losses = replace(
                losses,
                recordings=losses.recordings + len(samples),
                recordings_lost=losses.recordings_lost + lost,
            )
        losses = replace(losses, interviews=losses.interviews + 1)
        _say(losses)
    return losses


def _unreachable(home: Path, session_id: str, samples: Mapping[str, bytes]) -> int:
    """How many recordings cannot be had, sample by sample, by the names that the store has; tidied up or not."""
    from simulator.sessions.recordings import found, names_of, tidy
    from simulator.speech.sound_files import read_sound

    services, lost = services_in(home), 0
    try:
        for again in range(2):
            names = names_of(services.data.store.session(session_id).answers)
            files = [found(services.paths.recordings, name) for name in names]
            there = {
                name.rpartition(".")[0]: b"".join(read_sound(path))
                for name, path in zip(names, files, strict=True)
                if path
            }
            lost = max(lost, sum(there.get(name) != pcm for name, pcm in samples.items()))
            if not again:
                tidy(services.data.store, services.paths.recordings)
    finally:
        services.close()
    return lost


def _say(losses: Losses) -> None:
    print(losses, file=sys.stderr, flush=True)

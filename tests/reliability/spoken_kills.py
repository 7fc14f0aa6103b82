"""Kills the app while somebody answers aloud, through virtual sound devices, and counts what is lost."""

import asyncio
import os
import random
import signal
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np

from simulator.interview.setup import Setup
from simulator.services import Services
from simulator.sessions.recordings import LEAST_BYTES, found, names_of, unkept
from simulator.sessions.session import Session
from simulator.speech.sound_files import read_sound
from tests.reliability.interviews import said, services_in
from tests.reliability.kills import Losses, Said, Victim, lost_of, with_words
from tests.reliability.scripted import PROJECT
from tests.sound_devices import SoundDevices
from tests.speech.sounds import endless_talk, samples
from tests.speech.two_recordings import compared

RATE = 16_000
TALK_SECONDS = 8.0
MICROPHONE_TRIES = 20
MUCH = 0.5
"""Seconds lost from which on both recordings are put aside."""
LEAST_LOUD = 0.01
LEAST_TO_COMPARE = 1.5
"""Seconds of talk from which on the recording is held against that of another recorder."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the app tells of an answer: `what` happens, when, where it is recorded, and what was said so far."""

    what: str
    at: float = 0.0
    recording: str = ""
    answers: Said = field(default_factory=list)


# In the process that is killed.


def answer_aloud(pipe: Connection, environment: Mapping[str, str], home: str) -> None:
    """Begin an interview in the app, or go on with one, and answer into the microphone until told to end."""
    os.environ.update(environment, SIMULATOR_HOME=home)
    asyncio.run(_answer_aloud(pipe))


async def _answer_aloud(pipe: Connection) -> None:
    from simulator.paths import user_paths
    from simulator.settings import Settings
    from simulator.speech.listening import MicrophoneListener
    from simulator.speech.model_files import sample_model
    from simulator.speech.ports import Readiness
    from simulator.tui.app import SecondRound
    from tests.fakes import FakePlayer, FakeVoice, fake_sound
    from tests.tui.driving import Driver

    listener = MicrophoneListener(sample_model())
    listener.wait_until_loaded()
    for _ in range(MICROPHONE_TRIES):
        # A sound system that is late on a busy machine makes the app offer typing, and nothing would be said here.
        if listener.settled_microphone_status().readiness is Readiness.READY:
            break
        listener.look_again()
    voice, player = FakeVoice(), FakePlayer()
    settings = Settings(first_run_done=True, think_seconds=0, speech_model="sample")
    services = Services(user_paths(), settings, fake_sound(voice, listener, player))
    app = SecondRound(services.paths, services=services)
    app.held_within = 0.0
    async with app.run_test(size=(100, 30)) as pilot:
        driver = Driver(app, pilot, voice, listener, player)  # type: ignore[arg-type]
        if hasattr(signal, "SIGUSR1"):
            asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, _tell_where, driver)
        await driver.until(lambda: app.screen.query("#menu"), "the home screen")
        left = services.data.store.summaries(finished=False)
        app.open_interview(Setup(count=3), resume=left[0].id if left else "")
        await _to_the_end(driver, pipe)
    services.close()
    pipe.send(Told("over"))


def _tell_where(driver: Any) -> None:
    """What is waited for, and what is on the screen: asked for where it tells nothing any more."""
    for task in asyncio.all_tasks():
        if "spoken_kills" in str(task):
            task.print_stack(file=sys.stderr)
    print(driver.text(), file=sys.stderr, flush=True)


async def _to_the_end(driver: Any, pipe: Connection) -> None:
    from simulator.interview.events import Phase, Purpose
    from simulator.tui.screens.interview import InterviewScreen
    from simulator.tui.screens.report import ReportScreen

    app = driver.app
    await driver.until(lambda: isinstance(app.screen, InterviewScreen), "the interview")
    screen: InterviewScreen = app.screen
    while True:
        await driver.until(
            lambda: (
                isinstance(app.screen, ReportScreen)
                or screen.conversation.state.phase in (Phase.INVITED, Phase.FEEDBACK)
            ),
            "the candidate's turn",
        )
        if isinstance(app.screen, ReportScreen):
            return
        place = screen.conversation.state
        # The words of an answer cut short are written down in a thread, and then offered in a box.
        await driver.rest()
        if place.phase is Phase.FEEDBACK:
            await driver.press("enter")
        elif place.turn in (Purpose.CLOSING, Purpose.GOODBYE) and place.rounds:
            await driver.press("f8" if screen.control.turn.typing else "s")
        else:
            await _one_answer(driver, screen, pipe)
            continue
        await driver.until(
            lambda place=place: isinstance(app.screen, ReportScreen) or screen.conversation.state != place,
            "what follows",
        )


async def _one_answer(driver: Any, screen: Any, pipe: Connection) -> None:
    place = screen.conversation.state
    if screen.control.turn.typing:  # the words of an answer cut short are offered: go on from them by voice
        await driver.press("f2")
    await driver.press("enter")
    await driver.until(lambda: screen.control.turn.answer and screen.control.turn.answer.live, "the microphone")
    hearing = screen.control.turn.answer.hearing
    await driver.until(lambda: hearing.recording, "the recording")
    pipe.send(Told("listening", time.monotonic(), str(hearing.recording)))
    while not pipe.poll():
        await asyncio.sleep(0.01)
    pipe.recv()
    pipe.send(Told("ended", time.monotonic()))
    while screen.conversation.state.phase == "answering" or screen.conversation.state == place:
        # Where no word was heard it is handed in at the second Enter.
        answer = screen.control.turn.answer
        if answer is None or not answer.writing_down:
            await driver.press("enter")
        await asyncio.sleep(0.02)
    pipe.send(Told("kept", time.monotonic(), answers=said(screen.conversation.session)))


# In the process that kills.


@dataclass(slots=True)
class _Scene:
    """One home: what was acknowledged in it so far, and the recordings that were begun."""

    home: Path
    devices: SoundDevices
    chance: random.Random
    acknowledged: Said = field(default_factory=list)
    begun: dict[str, float] = field(default_factory=dict)
    """The seconds that each recording holds, by its path without ending."""


@dataclass(frozen=True, slots=True)
class _Kill:
    over: bool
    seconds_lost: float = 0.0


def spoken_kills(folder: Path, kills: int, chance: random.Random, devices: SoundDevices) -> Losses:
    """Kill the app while it is spoken to, and go on, again and again, until that many kills."""
    losses, scene = Losses("spoken"), _Scene(folder / "home", devices, chance)
    fruitless = 0
    while losses.kills < kills:
        before = len(scene.begun)
        ended = _until_killed(scene)
        fruitless = 0 if ended.over or len(scene.begun) > before else fruitless + 1
        lost, unreachable = _lost(scene)
        losses = replace(
            losses,
            kills=losses.kills + (not ended.over),
            interviews=losses.interviews + ended.over,
            stuck=losses.stuck + (fruitless == 10),
            answers=len(scene.acknowledged),
            answers_lost=max(losses.answers_lost, lost),
            recordings=len(scene.begun),
            recordings_lost=max(losses.recordings_lost, unreachable),
            seconds_lost=max(losses.seconds_lost, ended.seconds_lost),
        )
        print(losses, flush=True)
    return losses


def _until_killed(scene: _Scene) -> _Kill:
    """Have the app go on, and kill it: while it starts, in mid-answer, or while the answer is kept."""
    victim = Victim(answer_aloud, scene.devices.environment, str(scene.home))
    chance = scene.chance
    if chance.random() < 0.1:
        time.sleep(chance.random() * 3)
        _hear_of(scene, victim.kill())
        return _Kill(False)
    for _ in range(chance.randrange(3)):
        if not _answer(scene, victim):
            victim.kill()
            return _Kill(True)
    told = _next(scene, victim, "listening")
    if told.what == "over":
        victim.kill()
        return _Kill(True)
    return _Kill(False, _cut_short(scene, victim, told))


def _next(scene: _Scene, victim: Victim, what: str) -> Told:
    """The next time the app tells that, or that it is over."""
    while True:
        told = victim.told()
        assert told is not None, "the app ended by itself"
        _hear_of(scene, [told])
        if told.what in (what, "over"):
            return told  # type: ignore[no-any-return]


def _hear_of(scene: _Scene, all_told: list[Told]) -> None:
    for told in all_told:
        if told.recording:
            scene.begun.setdefault(told.recording.removesuffix(".wav"), 0.0)
        known = dict(scene.acknowledged) | dict(with_words(told.answers))
        scene.acknowledged = list(known.items())


def _answer(scene: _Scene, victim: Victim) -> bool:
    """Speak one whole answer; False when there is none to be given any more."""
    if _next(scene, victim, "listening").what == "over":
        return False
    with _Talk(scene.devices):
        time.sleep(1 + 2 * scene.chance.random())
        victim.tell("end")
        return _next(scene, victim, "kept").what != "over"


def _cut_short(scene: _Scene, victim: Victim, begun: Told) -> float:
    """Kill it in mid-answer, or in the moments after the end key; the seconds of sound that were lost."""
    with scene.devices.captured("microphone", RATE) as capture, _Talk(scene.devices):
        time.sleep(scene.chance.random() * (TALK_SECONDS - 3))
        ending = scene.chance.random() < 0.3
        if ending:
            victim.tell("end")
            time.sleep(scene.chance.random() * scene.chance.choice((0.1, 0.4, 1.5)))
        theirs, at = capture.pcm, time.monotonic()
        rest = victim.kill()
    _hear_of(scene, rest)
    path = found(Path(begun.recording).parent, Path(begun.recording).name)
    ours = b"".join(read_sound(path)) if path else b""
    scene.begun[begun.recording.removesuffix(".wav")] = len(ours) / 2 / RATE
    heard_until = next((told.at for told in rest if told.what == "ended"), at)
    by_clock = max(0.0, heard_until - begun.at - len(ours) / 2 / RATE)
    beside = None if ending else _lost_beside(ours, theirs)
    # On a busy machine the sound server delivers late, to both recorders: the other one knows what there was.
    lost = by_clock if beside is None else beside
    if lost > MUCH:
        print(
            f"{begun.recording}: {by_clock:.2f} s lack by the clock, {beside} beside the other recorder", flush=True
        )
        _put_aside(scene.home.parent, ours, theirs)
    return lost


def _put_aside(folder: Path, ours: bytes, theirs: bytes) -> None:
    """Keep both recordings, to be listened to."""
    number = len(list(folder.glob("lost-*")))
    (folder / f"lost-{number}-ours.raw").write_bytes(ours)
    (folder / f"lost-{number}-theirs.raw").write_bytes(theirs)


def _lost_beside(ours: bytes, theirs: bytes) -> float | None:
    """Seconds of sound that another recorder has and ours has not; None where it has too little to compare."""
    audible = np.flatnonzero(np.abs(samples(theirs)) > LEAST_LOUD)
    if not len(ours) or not len(audible) or audible[-1] - audible[0] < LEAST_TO_COMPARE * RATE:
        return None
    return len(compared(ours, theirs, TALK_SECONDS).lost) / 10


class _Talk:
    """Speech into the microphone while the block runs."""

    def __init__(self, devices: SoundDevices) -> None:
        self._devices = devices
        self._pcm = endless_talk(PROJECT / "tests" / "fixtures" / "sound", TALK_SECONDS)
        self._before = len(devices.started)

    def __enter__(self) -> None:
        self._thread = threading.Thread(target=lambda: self._devices.say_into_microphone(self._pcm, RATE).wait())
        self._thread.start()

    def __exit__(self, *error: object) -> None:
        while len(self._devices.started) == self._before:
            time.sleep(0.01)
        self._devices.started[-1].terminate()
        self._thread.join()


def _lost(scene: _Scene) -> tuple[int, int]:
    """Acknowledged answers that are not there as they were; recordings that are gone, shorter or out of reach."""
    if not scene.home.exists():
        return 0, len(scene.begun)
    services = services_in(scene.home)
    try:
        sessions = [services.data.store.session(each) for each in services.data.store.session_ids()]
        there = [pair for session in sessions for pair in said(session)]
        gone = [stem for stem, seconds in scene.begun.items() if not _is_whole(Path(stem), seconds)]
        out_of_reach = _not_offered(services, scene)
        return lost_of(scene.acknowledged, there), len({*gone, *out_of_reach})
    finally:
        services.close()


def _is_whole(stem: Path, seconds: float) -> bool:
    path = found(stem.parent, f"{stem.name}.wav")
    return path is not None and len(b"".join(read_sound(path))) / 2 / RATE >= seconds - 0.01


def _not_offered(services: Services, scene: _Scene) -> list[str]:
    """The latest recording, where it neither belongs to an answer nor is offered when the interview goes on."""
    latest = next(reversed(scene.begun), "")
    path = found(Path(latest).parent, f"{Path(latest).name}.wav") if latest else None
    if path is None or path.stat().st_size <= LEAST_BYTES:
        return []
    session = services.data.store.session(path.parent.name)
    return [] if _belongs(services, session, path) else [latest]


def _belongs(services: Services, session: Session, path: Path) -> bool:
    recordings = services.paths.recordings
    if path.with_suffix("") in {(recordings / name).with_suffix("") for name in names_of(session.answers)}:
        return True
    if session.finished:
        return False
    wanted = services.recordings.path_for(services.interviews.resume(session.id))
    return path in unkept(recordings, wanted, session)

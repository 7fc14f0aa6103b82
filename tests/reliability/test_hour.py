"""Somebody talks and talks while the machine is busy: no sound is lost, the screen stays quick, memory stays small.

Slow, so only where asked for: `python3 run.py test tests/reliability/test_hour.py --slow`, a minute long;
`RELIABILITY_SECONDS=3600` makes it the hour. It prints its figures (`-s` shows them).
"""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from simulator.paths import user_paths
from simulator.services import Services
from simulator.sessions.session import Answer
from simulator.settings import Settings
from simulator.speech.hearing import AnswerHearing
from simulator.speech.listening import MicrophoneListener
from simulator.speech.model_files import sample_model
from simulator.speech.sound_files import read_sound
from simulator.speech.transcriber import SpeechModel
from simulator.tui.app import SecondRound
from simulator.tui.screens.interview import InterviewScreen
from tests.fakes import FakePlayer, FakeVoice, fake_sound
from tests.reliability.scripted import PROJECT
from tests.reliability.standstills import LONG, watching
from tests.sound_devices import SoundDevices, _sound_server, sound_devices
from tests.speech.sounds import talk_in_blocks
from tests.speech.two_recordings import compared
from tests.tui.driving import Driver

__all__ = ["_sound_server", "sound_devices"]
RATE = 16_000
STEP = 0.01
"""Seconds between two looks at whether the screen's loop still turns."""
SETTLED = 60.0
"""Seconds after which memory is to stay as it is; in shorter runs a third of them."""
MOST_GROWTH = 20.0
"""MB from then on, whatever the length."""


@dataclass(frozen=True)
class Figures:
    """What came of it. Times in seconds, memory in MB."""

    seconds: float
    lost: int
    """Tenths of a second that the other recorder has and ours lacks; those of standstills are apart."""
    lost_in_standstills: int
    other_lost: float
    """Seconds that ours has and the other recorder lacks: it, too, is one among many on a busy machine."""
    compared: int
    standstills: str
    overflows: int
    memory: tuple[float, ...]
    """Minute by minute, from when it is to stay as it is."""
    stall_p99: float
    stall_worst: float
    words: int
    same_words: bool
    key_to_words: float
    bare_final: float

    @property
    def grown(self) -> float:
        return self.memory[-1] - self.memory[0]

    def __str__(self) -> str:
        return (
            f"{self.seconds:.0f} s: {self.lost} of {self.compared} tenths of a second lost"
            f" and {self.lost_in_standstills} while the machine stood still, {self.overflows} overflows; "
            f"the other recorder lacked {self.other_lost:.1f} s; {self.standstills}; "
            f"memory {self.memory[0]:.1f} MB, {self.grown:+.1f} MB at the end, {max(self.memory):.1f} MB at most; "
            f"screen's loop late by {1000 * self.stall_p99:.0f} ms (99 %), "
            f"{1000 * self.stall_worst:.0f} ms at worst; {self.words} words, "
            f"{'the same' if self.same_words else 'not the same'} as bare Vosk's; end key to final words "
            f"{1000 * self.key_to_words:.0f} ms, Vosk's own final result {1000 * self.bare_final:.0f} ms"
        )


def resident() -> float:
    """Memory of this process, in MB. Linux only."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


class Lateness:
    """How late the screen's loop came to its turns, in whole milliseconds: an hour of it takes no room."""

    def __init__(self) -> None:
        self._counts = [0] * 1000
        self.worst = 0.0

    async def watch(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            due = time.perf_counter() + STEP
            await asyncio.sleep(STEP)
            late = time.perf_counter() - due
            self.worst = max(self.worst, late)
            self._counts[min(len(self._counts) - 1, int(1000 * late))] += 1

    def share(self, share: float) -> float:
        """What that share of the turns was not later than."""
        left = share * sum(self._counts)
        for milliseconds, count in enumerate(self._counts):
            left -= count
            if left <= 0:
                return milliseconds / 1000
        return self.worst


def bare_vosk(pcm: bytes) -> tuple[list[str], float]:
    """The words that the recogniser alone makes of the recording, and how long its final result takes."""
    model = SpeechModel(sample_model())
    transcriber = model.transcriber()
    for at in range(0, len(pcm), 1600):
        transcriber.take(pcm[at : at + 1600])
    began = time.perf_counter()
    words = [word.text for word in transcriber.finish().words]
    return words, time.perf_counter() - began


async def talked_through(sound: SoundDevices, seconds: float, folder: Path) -> Figures:
    """One answer of that length, in the app."""
    talk = folder / "talk.raw"
    with talk.open("wb") as file:
        file.writelines(talk_in_blocks(PROJECT / "tests" / "fixtures" / "sound", seconds))
    listener = MicrophoneListener(sample_model())
    listener.wait_until_loaded()
    voice, player = FakeVoice(), FakePlayer()
    settings = Settings(first_run_done=True, think_seconds=0, probes=False)
    services = Services(user_paths(), settings, fake_sound(voice, listener, player))
    app = SecondRound(services.paths, services=services)
    async with app.run_test(size=(100, 30)) as pilot:
        driver = Driver(app, pilot, voice, listener, player)  # type: ignore[arg-type]
        await driver.until(lambda: app.screen.query("#menu"), "the home screen")
        app.open_interview()
        await driver.until(lambda: isinstance(app.screen, InterviewScreen), "the interview")
        screen = app.screen
        assert isinstance(screen, InterviewScreen)
        await driver.until(lambda: screen.conversation.state.phase == "invited", "the question")
        await driver.press("enter")
        turn = screen.control.turn
        await driver.until(lambda: turn.answer and turn.answer.live, "the microphone")
        hearing = turn.answer.hearing if turn.answer else None
        assert isinstance(hearing, AnswerHearing)
        stop, late = asyncio.Event(), Lateness()
        watched = asyncio.create_task(late.watch(stop))
        with watching() as watch, sound.captured("microphone", RATE) as capture:
            began = time.monotonic() - capture.seconds
            mouth = sound.say_into_microphone(talk, RATE)
            memory = await memory_until(lambda: mouth.poll() is not None, seconds)
        stop.set()
        await watched
        pressed = time.perf_counter()
        await driver.press("enter")
        # The app's own answer tells: to read the kept one again and again would take as long as what is measured.
        while not any(answer.utterances for answer in screen.conversation.session.answers):
            await asyncio.sleep(0.005)
            assert time.perf_counter() - pressed < 120, driver.text()
        took = time.perf_counter() - pressed
        (answer,) = _kept(services)
        utterance = answer.utterances[0]
        ours = b"".join(read_sound(services.paths.recordings / utterance.recording))
        heard = [word.text for word in utterance.transcript.words]
    listener.close()
    found = compared(ours, capture.pcm, seconds)
    lost = watch.apart([began + at for at in found.lost])
    words, final = bare_vosk(ours)
    return Figures(
        seconds, len(lost), len(found.lost) - len(lost), found.other_lost, found.compared, str(watch),
        hearing.overflows, memory, late.share(0.99), late.worst, len(heard), heard == words, took, final,
    )  # fmt: skip


async def memory_until(over: Callable[[], bool], seconds: float) -> tuple[float, ...]:
    """Memory from when it is to be settled until it is over, every minute, or nine times in a shorter run."""
    settled = min(SETTLED, seconds / 3)
    began, due, memory = time.monotonic(), settled, []
    while not over():
        await asyncio.sleep(0.2)
        if time.monotonic() - began >= due:
            memory.append(resident())
            due += min(60.0, settled / 3)
    return (*memory, resident())


def _kept(services: Services) -> list[Answer]:
    session = services.data.store.session(services.data.store.session_ids()[0])
    return [answer for answer in session.answers if answer.utterances]


@pytest.mark.slow
@pytest.mark.sound
@pytest.mark.skipif(sys.platform != "linux", reason="virtual sound devices and /proc")
async def test_while_somebody_talks_on_and_the_machine_is_busy_nothing_is_lost(
    sound_devices: SoundDevices, tmp_path: Path
) -> None:
    seconds = float(os.environ.get("RELIABILITY_SECONDS", "60"))
    hogs = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(os.cpu_count() or 2)]
    try:
        figures = await talked_through(sound_devices, seconds, tmp_path)
    finally:
        for hog in hogs:
            hog.kill()
            hog.wait()
    print(figures)
    assert figures.compared > 5 * seconds, "there was sound to compare"
    assert figures.lost == 0, figures
    assert figures.same_words, figures
    assert figures.words > seconds / 2
    assert figures.grown < MOST_GROWTH, figures


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="POSIX signals")
def test_a_machine_that_stood_still_is_noticed_and_told_apart() -> None:
    with watching() as watch:
        began = time.monotonic()
        watch.process.send_signal(signal.SIGSTOP)
        time.sleep(3 * LONG)
        watch.process.send_signal(signal.SIGCONT)
        ended = time.monotonic()
    assert sum(each.lasted for each in watch.seen) > 2 * LONG
    assert watch.apart([began - 60, (began + ended) / 2, ended + 60]) == [began - 60, ended + 60]
    assert "the machine stood still once" in str(watch)

"""Somebody talks and talks while the machine is busy: no sound is lost, the screen stays quick, memory stays small.

Slow, so only where asked for: `python3 run.py test tests/reliability/test_hour.py --slow`, a minute long;
`RELIABILITY_SECONDS=3600` makes it the hour. It prints its figures (`-s` shows them).
"""

import asyncio
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from simulator.paths import user_paths
from simulator.services import Services
from simulator.sessions.session import Answer
from simulator.settings import Settings
from simulator.speech.listening import MicrophoneListener
from simulator.speech.model_files import sample_model
from simulator.speech.sound_files import read_sound
from simulator.speech.transcriber import SpeechModel
from simulator.tui.app import SecondRound
from simulator.tui.screens.interview import InterviewScreen
from tests.fakes import FakePlayer, FakeVoice, fake_sound
from tests.reliability.scripted import PROJECT
from tests.sound_devices import SoundDevices, _sound_server, sound_devices
from tests.speech.sounds import endless_talk, lost_tenths
from tests.tui.driving import Driver

__all__ = ["_sound_server", "sound_devices"]
RATE = 16_000
STEP = 0.01
"""Seconds between two looks at whether the screen's loop still turns."""


@dataclass(frozen=True)
class Figures:
    """What came of it. Times in seconds, memory in MB."""

    seconds: float
    lost: int
    compared: int
    overflows: int
    grown: float
    stall_p99: float
    stall_worst: float
    words: int
    same_words: bool
    key_to_words: float
    bare_final: float

    def __str__(self) -> str:
        return (
            f"{self.seconds:.0f} s: {self.lost} of {self.compared} tenths of a second lost, "
            f"{self.overflows} overflows; memory {self.grown:+.1f} MB; "
            f"screen's loop late by {1000 * self.stall_p99:.0f} ms (99 %), "
            f"{1000 * self.stall_worst:.0f} ms at worst; {self.words} words, "
            f"{'the same' if self.same_words else 'not the same'} as bare Vosk's; end key to final words "
            f"{1000 * self.key_to_words:.0f} ms, Vosk's own final result {1000 * self.bare_final:.0f} ms"
        )


def resident() -> float:
    """Memory of this process, in MB. Linux only."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


async def lateness(stop: asyncio.Event) -> list[float]:
    """How late the loop of the screen came to each turn."""
    late = []
    while not stop.is_set():
        due = time.perf_counter() + STEP
        await asyncio.sleep(STEP)
        late.append(time.perf_counter() - due)
    return late


def bare_vosk(pcm: bytes) -> tuple[list[str], float]:
    """The words that the recogniser alone makes of the recording, and how long its final result takes."""
    model = SpeechModel(sample_model())
    transcriber = model.transcriber()
    for at in range(0, len(pcm), 1600):
        transcriber.take(pcm[at : at + 1600])
    began = time.perf_counter()
    words = [word.text for word in transcriber.finish().words]
    return words, time.perf_counter() - began


async def talked_through(sound: SoundDevices, seconds: float) -> Figures:
    """One answer of that length, in the app."""
    talk = endless_talk(PROJECT / "tests" / "fixtures" / "sound", seconds)
    listener = MicrophoneListener(sample_model())
    listener.wait_until_loaded()
    voice, player = FakeVoice(), FakePlayer()
    settings = Settings(first_run_done=True, think_seconds=0)
    services = Services(user_paths(), settings, fake_sound(voice, listener, player))
    app = SecondRound(services.paths, services=services)
    async with app.run_test(size=(100, 30)) as pilot:
        driver = Driver(app, pilot, voice, listener, player)  # type: ignore[arg-type]
        await driver.until(lambda: app.screen.query("#menu"), "the home screen")
        app.open_interview()
        await driver.until(lambda: isinstance(app.screen, InterviewScreen), "the interview")
        screen = app.screen
        assert isinstance(screen, InterviewScreen)
        await driver.until(lambda: screen.conversation.place.phase == "invited", "the question")
        await driver.press("enter")
        await driver.until(lambda: listener._hearings and listener._hearings[-1].running, "the microphone")
        hearing = listener._hearings[-1]
        stop = asyncio.Event()
        watching = asyncio.create_task(lateness(stop))
        with sound.captured("microphone", RATE) as capture:
            before = 0.0
            mouth = threading.Thread(target=lambda: sound.say_into_microphone(talk, RATE).wait())
            mouth.start()
            began = time.monotonic()
            while mouth.is_alive():
                await asyncio.sleep(0.2)
                if not before and time.monotonic() - began > min(20.0, seconds / 3):
                    before = resident()
            theirs = capture.pcm
        grown = resident() - before
        stop.set()
        late = sorted(await watching)
        pressed = time.perf_counter()
        await driver.press("enter")
        while not _kept(services):
            await asyncio.sleep(0.005)
            assert time.perf_counter() - pressed < 120, driver.text()
        took = time.perf_counter() - pressed
        (answer,) = _kept(services)
        utterance = answer.utterances[0]
        path = services.paths.recordings / utterance.recording
        ours = b"".join(read_sound(path))
        heard = [word.text for word in utterance.transcript.words]
    listener.close()
    lost, compared, _ = lost_tenths(ours, theirs, seconds)
    words, final = bare_vosk(ours)
    return Figures(
        seconds, lost, compared, hearing.overflows, grown, late[len(late) * 99 // 100], late[-1], len(heard),
        heard == words, took, final,
    )  # fmt: skip


def _kept(services: Services) -> list[Answer]:
    session = services.data.store.session(services.data.store.session_ids()[0])
    return [answer for answer in session.answers if answer.utterances]


@pytest.mark.slow
@pytest.mark.sound
@pytest.mark.skipif(sys.platform != "linux", reason="virtual sound devices and /proc")
async def test_while_somebody_talks_on_and_the_machine_is_busy_nothing_is_lost(sound_devices: SoundDevices) -> None:
    seconds = float(os.environ.get("RELIABILITY_SECONDS", "60"))
    hogs = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(os.cpu_count() or 2)]
    try:
        figures = await talked_through(sound_devices, seconds)
    finally:
        for hog in hogs:
            hog.kill()
            hog.wait()
    print(figures)
    assert figures.compared > 5 * seconds, "there was sound to compare"
    assert figures.lost == 0, figures
    assert figures.same_words, figures
    assert figures.words > seconds / 2
    assert figures.grown < 20 + seconds / 30, figures

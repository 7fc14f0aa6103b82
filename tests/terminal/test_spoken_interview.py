"""A whole interview in a real terminal with virtual sound: asked aloud, answered aloud, heard, scored, reviewed."""

import time
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.paths import AppPaths, shipped
from simulator.sessions.store import Store
from simulator.speech.ports import VoiceStyle
from simulator.speech.synthesis import Synthesizer
from simulator.tui.app import HELD_WITHIN
from tests.sound_devices import SoundDevices, wait_until
from tests.terminal.tmux import Terminal, app_in, why_not

pytestmark = [pytest.mark.sound, pytest.mark.terminal, pytest.mark.skipif(bool(why_not()), reason=why_not())]

STORY = "last winter i led a team of six at the depot i called every customer who had to wait and only four were late"
BANK = """
bank: small-words
title: Small words
questions:
  - {id: led, ask: Tell me about a time you led a team., kind: behavioural, rubrics: [examples]}
  - {id: why, ask: "Why do you want to work here?", kind: motivation, rubrics: [motivation]}
  - {id: ask, ask: "What would you like to ask us?", kind: closing, rubrics: [questions]}
"""
MICROPHONE_OPEN = ("● Listening", "● Nothing arrives", "● Take your time")
SETTINGS = """
first_run_done = true
bank = "small-words"
questions = 3
think_seconds = 0
probes = false
interviewers = ["ward-manager"]
"""


def spoken(text: str, folder: Path) -> tuple[bytes, int]:
    """A text as PCM16 mono in a voice that the sample model knows, and its rate."""
    synthesizer = Synthesizer(folder)
    try:
        made = synthesizer.make(text, VoiceStyle(gender="male", words_per_minute=150, accent="us"))
    finally:
        synthesizer.close()
    with wave.open(str(made.path)) as sound:
        return sound.readframes(sound.getnframes()), sound.getframerate()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    (folder / "question_banks").mkdir(parents=True)
    (folder / "question_banks" / "small.yaml").write_text(BANK, encoding="utf-8")
    (folder / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    return folder


@pytest.fixture(params=[(80, 24), pytest.param((120, 40), marks=pytest.mark.thorough)], ids=["80x24", "120x40"])
def terminal(request: pytest.FixtureRequest, home: Path, sound_devices: SoundDevices) -> Iterator[Terminal]:
    model = str(shipped("assets") / "sample_speech_model")
    running = app_in(home, request.param, VOSK_MODEL_PATH=model, **sound_devices.environment)
    yield running
    running.close()


def answer_aloud(terminal: Terminal, devices: SoundDevices, sound: tuple[bytes, int], last_words: str) -> None:
    """Start the answer, speak into the microphone, end it when the last words were heard."""
    terminal.until_shows("○ Your")
    terminal.press("Enter")
    terminal.until(
        lambda shown: any(sign in shown for sign in MICROPHONE_OPEN),
        "the microphone to open",
    )
    devices.say_into_microphone(*sound)
    terminal.until_shows(last_words)
    terminal.press("Enter")


def test_asked_aloud_answered_aloud_transcribed_scored_kept_and_reviewed(
    terminal: Terminal, home: Path, sound_devices: SoundDevices, tmp_path: Path
) -> None:
    story = spoken(STORY, tmp_path / "spoken")
    question = spoken("which part would you want the new leader to fix first", tmp_path / "spoken")
    terminal.until_shows("Start practising", "Voice: ready", "Microphone: ready")

    with sound_devices.captured() as heard:
        terminal.press("Enter")
        terminal.until_shows("Ruth Adeyemi", "is speaking")
        wait_until(lambda: loudness(heard.pcm) > 500)
        terminal.press("x")
        terminal.until_shows("question 1 of 3", "Your turn")

    for number in (1, 2):
        answer_aloud(terminal, sound_devices, story, "were late")
        terminal.until_shows("Enter next")
        time.sleep(HELD_WITHIN)  # sooner, the key would count as still held
        terminal.press("Enter")
        terminal.until_shows(f"question {number + 1} of 3")

    answer_aloud(terminal, sound_devices, question, "first")
    terminal.until_shows("handover between shifts")
    terminal.until_shows("○ Your questions", "anything else")
    terminal.press("s")
    terminal.until_shows("Forward-looking questions", "next")
    terminal.press("Enter")
    terminal.until_shows("A last word?")
    terminal.press("s")
    terminal.until_shows("You answered", "Small words")

    store = Store(AppPaths(home, home, home / "cache").database)
    (summary,) = store.summaries()
    session = store.session(summary.id)
    store.close()
    assert session.finished
    for answer in session.answers[:2]:
        words = answer.transcript.text.split()
        # A busy machine drops a block now and then; the words must be there all the same.
        assert len(set(STORY.split()) - set(words)) <= 4, words
        assert answer.transcript.timed
    (led,) = [answer for answer in session.answers if answer.question.id == "led"]
    assert led.scorecard is not None
    assert led.scorecard.level("examples") in (3, 4)
    assert "leader" in session.answers[2].transcript.text
    assert [learned.interviewer_id for learned in session.learned] == ["ward-manager"]

    terminal.press("Enter")
    terminal.until_shows("Start practising", "Last practice")
    terminal.press("r")
    terminal.until_shows("Past sessions", "Small words")
    terminal.press("Enter")
    terminal.until_shows("1. ", "3. What would you like", "Concrete examples")
    terminal.press("Enter")
    terminal.until_shows("Scored transcript", "Last winter I led a team", "Space listen", "S speed 1")
    with sound_devices.captured() as heard:
        terminal.press("Space")
        wait_until(lambda: loudness(heard.pcm) > 500)
    terminal.press("Space")
    terminal.press("Escape", "Escape", "Escape")
    terminal.until_shows("Start practising")
    terminal.press("q")
    assert terminal.exit_status() == 0


def loudness(pcm: bytes) -> int:
    """The largest sample, 0 to 32767."""
    samples = memoryview(pcm).cast("h")
    return max((abs(sample) for sample in samples[::7]), default=0)

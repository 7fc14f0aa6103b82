"""From the first start to the third question with few keys, by somebody who has read nothing but the screen."""

import contextlib
import time
from pathlib import Path

import pytest

from simulator.paths import shipped
from simulator.tui.app import HELD_WITHIN
from tests.sound_devices import SoundDevices
from tests.terminal.test_spoken_interview import MICROPHONE_OPEN, spoken
from tests.terminal.tmux import Terminal, app_in, why_not

pytestmark = [pytest.mark.terminal, pytest.mark.skipif(bool(why_not()), reason=why_not())]

MOST_KEYS = 18
TRIES = 3
"""How often something is said before a test fails."""
STORY = "last winter i led a team of six at the depot and i called every customer and only four were late"


class Newcomer:
    """Presses keys and counts them; a text that is typed is as long as it likes and counts once."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.keys = 0

    def press(self, key: str) -> None:
        time.sleep(HELD_WITHIN)  # sooner, the same key would count as still held
        self.terminal.press(key)
        self.keys += 1

    def say(self) -> None:
        """Answer, up to the last words; typing it is one key here."""
        self.terminal.paste(STORY)
        self.keys += 1

    def answer(self, number: int) -> None:
        """Answer question `number`, and what is asked back where something is missing; then on to the next one."""
        self.terminal.until_shows(f"question {number} of")
        while "Enter next" not in self.terminal.until(their_turn, "the newcomer's turn", seconds=90):
            self.say()
            self.terminal.until_shows("were late")
            self.press("Enter")
            self.terminal.until(lambda shown: "were late" not in shown or "Enter next" in shown, "that it was taken")
        self.press("Enter")
        self.terminal.until(lambda shown: "Enter next" not in shown, "the feedback to go")


class Speaker(Newcomer):
    """Answers aloud."""

    def __init__(self, terminal: Terminal, devices: SoundDevices, sound: tuple[bytes, int]) -> None:
        super().__init__(terminal)
        self._devices, self._sound = devices, sound

    def say(self) -> None:
        """Speak once the microphone is open; again where a busy machine lost the last words on their way."""
        if "Type your" in self.terminal.text():  # the sound system did not answer in time
            self.terminal.press("F2")
            self.terminal.until_shows("Enter starts your answer")
        self.press("Enter")
        for _ in range(TRIES):
            self.terminal.until(
                lambda shown: any(sign in shown for sign in MICROPHONE_OPEN), "the microphone to open"
            )
            self._devices.say_into_microphone(*self._sound).wait()
            with contextlib.suppress(AssertionError):
                self.terminal.until_shows("were late")
                return


def is_open(shown: str) -> bool:
    """Whether the microphone listens."""
    return any(sign in shown for sign in MICROPHONE_OPEN)


def their_turn(shown: str) -> bool:
    """Whether there is something to do for whoever reads along and waits."""
    return any(words in shown for words in ("Type your", "Enter starts your answer", "Enter next"))


SIZES = [(60, 20), (80, 24), (120, 40), (200, 60)]


@pytest.mark.thorough
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_fresh_user_is_at_the_third_question_with_few_keys(tmp_path: Path, size: tuple[int, int]) -> None:
    terminal = app_in(tmp_path, size, PULSE_SERVER="unix:/nowhere")
    walk(terminal, Newcomer(terminal))


@pytest.mark.sound
@pytest.mark.thorough
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_so_is_one_who_speaks(tmp_path: Path, size: tuple[int, int], sound_devices: SoundDevices) -> None:
    sound = spoken(STORY, tmp_path / "spoken")
    model = str(shipped("assets") / "sample_speech_model")
    terminal = app_in(tmp_path / "home", size, VOSK_MODEL_PATH=model, **sound_devices.environment)
    walk(terminal, Speaker(terminal, sound_devices, sound))


def walk(terminal: Terminal, user: Newcomer) -> None:
    """From the first start to the third question."""
    try:
        terminal.until_shows("Start practising", "Enter starts")
        user.press("Enter")
        terminal.until_shows("Sound check", "F9 go on")
        user.press("F9")
        terminal.until_shows("Choose what to practise", "F9 start")
        user.press("F9")
        for number in (1, 2):
            user.answer(number)
        terminal.until_shows("question 3 of")
        assert user.keys <= MOST_KEYS
        print(type(user).__name__, user.keys, "keys")
    finally:
        terminal.close()

"""From the first start to the third question with few keys, by somebody who has read nothing but the screen."""

import time
from pathlib import Path

import pytest

from simulator.tui.app import HELD_WITHIN
from tests.terminal.tmux import Terminal, app_in, why_not

pytestmark = [pytest.mark.terminal, pytest.mark.skipif(bool(why_not()), reason=why_not())]

MOST_KEYS = 18
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

    def type(self, text: str) -> None:
        self.terminal.paste(text)
        self.keys += 1

    def answer(self, number: int) -> None:
        """Answer question `number`, and what is asked back where something is missing; then on to the next one."""
        self.terminal.until_shows(f"question {number} of")
        while "⏎ next" not in self.terminal.until(their_turn, "the newcomer's turn", seconds=90):
            self.type(STORY)
            self.terminal.until_shows("were late")
            self.press("Enter")
            self.terminal.until(lambda shown: "were late" not in shown or "⏎ next" in shown, "that it was taken")
        self.press("Enter")


def their_turn(shown: str) -> bool:
    """Whether there is something to do for whoever reads along and waits."""
    return "Type your answer" in shown or "⏎ next" in shown


@pytest.mark.parametrize(
    "size", [(60, 20), pytest.param((120, 40), marks=pytest.mark.thorough)], ids=["60x20", "120x40"]
)
def test_a_fresh_user_is_at_the_third_question_with_few_keys(tmp_path: Path, size: tuple[int, int]) -> None:
    terminal = app_in(tmp_path, size, PULSE_SERVER="unix:/nowhere")
    try:
        terminal.until_shows("Start practising", "Enter starts")
        user = Newcomer(terminal)
        user.press("Enter")
        terminal.until_shows("Sound check", "f9 done")
        user.press("F9")
        terminal.until_shows("Choose what to practise", "f9 start")
        user.press("F9")
        for number in (1, 2):
            user.answer(number)
        terminal.until_shows("question 3 of")
        assert user.keys <= MOST_KEYS
        print(size, user.keys, "keys")
    finally:
        terminal.close()

"""An interview left or killed at any point goes on there: nothing asked twice, nothing lost."""

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.paths import AppPaths, shipped
from simulator.sessions.session import Session
from simulator.sessions.store import Store
from tests.sound_devices import SoundDevices
from tests.terminal.test_spoken_interview import BANK, STORY, home, spoken  # noqa: F401 - fixture
from tests.terminal.tmux import Terminal, app_in, why_not

pytestmark = [pytest.mark.terminal, pytest.mark.skipif(bool(why_not()), reason=why_not())]


def kill(terminal: Terminal) -> None:
    """End the app as a power cut would; nothing else is touched."""
    found = subprocess.run(
        ["pgrep", "-P", str(terminal.pane_process())], capture_output=True, text=True, check=True
    ).stdout.split()
    for process in found:
        os.kill(int(process), signal.SIGKILL)


def leave(terminal: Terminal) -> None:
    terminal.until(lambda shown: "You can type instead" not in shown, "no notice, which Esc would close first")
    terminal.press("Escape")
    terminal.until_shows("Go on where you stopped")


def kept(folder: Path) -> Session:
    store = Store(AppPaths(folder, folder, folder / "cache").database)
    session = store.session(store.summaries()[0].id)
    store.close()
    return session


def draft(folder: Path) -> bool:
    store = Store(AppPaths(folder, folder, folder / "cache").database)
    found = store.documents("draft")
    store.close()
    return "half a thought" in found.values()


def go_on(folder: Path, **environment: str) -> Terminal:
    terminal = app_in(folder, **environment)
    terminal.until_shows("Go on where you stopped")
    terminal.press("Enter")
    return terminal


def at_the_question(terminal: Terminal) -> None:
    terminal.until_shows("question 1 of 3", "Enter sends it")


def half_typed(terminal: Terminal) -> None:
    at_the_question(terminal)
    terminal.type("half a thought")
    terminal.until_shows("half a thought")


def at_the_feedback(terminal: Terminal) -> None:
    at_the_question(terminal)
    terminal.type(STORY)
    terminal.until_shows("were late")
    terminal.press("Enter")
    terminal.until_shows("Enter next")


AFTERWARDS: dict[Callable[[Terminal], None], tuple[str, ...]] = {
    at_the_question: ("question 1 of 3", "Enter sends it"),
    half_typed: ("question 1 of 3", "half a thought"),
    at_the_feedback: ("question 1 of 3", "Enter next"),
}


@pytest.mark.thorough
@pytest.mark.parametrize("stop", [leave, kill], ids=["left", "killed"])
@pytest.mark.parametrize("moment", AFTERWARDS, ids=lambda moment: moment.__name__)
def test_it_goes_on_at_the_same_point(
    moment: Callable[[Terminal], None],
    stop: Callable[[Terminal], None],
    home: Path,  # noqa: F811
    no_sound_devices: None,
) -> None:
    quiet = {"PULSE_SERVER": "unix:/nonexistent/pulse"}
    terminal = app_in(home, (80, 24), ("practice", "--seed", "2"), **quiet)
    try:
        moment(terminal)
        if moment is half_typed:
            # What is typed is kept a moment after the last key.
            terminal.until(lambda _: draft(home), "the draft")
        before = kept(home)
        stop(terminal)
    finally:
        terminal.close()
    again = go_on(home, **quiet)
    try:
        again.until_shows(*AFTERWARDS[moment])
        assert kept(home).answers == before.answers
    finally:
        again.close()


@pytest.mark.thorough
@pytest.mark.sound
def test_the_words_of_an_answer_cut_short_by_a_crash_are_offered_again(
    home: Path,  # noqa: F811
    sound_devices: SoundDevices,
    tmp_path: Path,
) -> None:
    environment = {"VOSK_MODEL_PATH": str(shipped("assets") / "sample_speech_model"), **sound_devices.environment}
    terminal = app_in(home, (80, 24), ("practice", "--seed", "2"), **environment)
    try:
        terminal.until_shows("◆")
        terminal.press("x")
        terminal.until_shows("question 1 of 3", "◆")
        terminal.press("x")
        terminal.until_shows("Your turn")
        terminal.press("Enter")
        terminal.until_shows("Listening")
        sound_devices.say_into_microphone(*spoken(STORY, tmp_path / "spoken"))
        terminal.until_shows("were late")
        kill(terminal)
    finally:
        terminal.close()
    again = go_on(home, **environment)
    try:
        again.until_shows("your answer was cut short".capitalize(), "were late")
    finally:
        again.close()

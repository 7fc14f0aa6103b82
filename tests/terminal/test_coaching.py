"""In a small real terminal: a coach's comment is drawn as it was written."""

from pathlib import Path

import pytest

from simulator.cli import main
from simulator.paths import AppPaths
from simulator.settings import Settings, save_settings
from tests.sound_devices import wait_until
from tests.terminal.tmux import app_in, choose_at_home, why_not
from tests.tui.test_class_screens import handed_in

pytestmark = [pytest.mark.terminal, pytest.mark.skipif(bool(why_not()), reason=why_not())]

COMMENT = "Tell one evening, from start to end. It is good to hear."


def test_a_comment_is_drawn_without_a_word_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("SIMULATOR_HOME", str(folder))
    assert main(["class", "new", "Evening course"]) == 0
    assert main(["class", "add", str(handed_in(tmp_path / "in", "Amara Okoye"))]) == 0
    answer = "evening-course.amara-okoye.s1/01-1"
    assert main(["class", "comment", answer, "--text", COMMENT]) == 0
    save_settings(
        Settings(first_run_done=True, sound="off", think_seconds=0), AppPaths(folder, folder, folder / "cache")
    )
    terminal = app_in(folder, (60, 20))
    try:
        choose_at_home(terminal, "Coach a class")
        for shown in ("1 student", "Amara Okoye", "✎ commented"):
            terminal.until_shows(shown, "Enter open")
            terminal.press("Enter")
        terminal.until_shows("What you say")
        terminal.press("c")
        terminal.until_shows("Your comment on this answer", "to hear.")
        # The same words may stand behind the box before it is drawn.
        wait_until(lambda: "to hear." in [line.strip(" │╭╰") for line in terminal.text().splitlines()])
    finally:
        terminal.close()

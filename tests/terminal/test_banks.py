"""In a real terminal: a bank made from nothing and practised at once; a broken one mended in the user's editor."""

import shutil
from pathlib import Path

import pytest

from simulator.paths import AppPaths
from simulator.questions.bank_files import read_bank
from simulator.settings import Settings, save_settings
from tests.terminal.tmux import Terminal, app_in, choose_at_home, why_not

pytestmark = [pytest.mark.terminal, pytest.mark.skipif(bool(why_not()), reason=why_not())]


def banks_in(folder: Path, size: tuple[int, int] = (80, 24), **environment: str) -> Terminal:
    save_settings(
        Settings(first_run_done=True, sound="off", think_seconds=0), AppPaths(folder, folder, folder / "cache")
    )
    terminal = app_in(folder, size, **environment)
    choose_at_home(terminal, "Question banks")
    terminal.until_shows("All banks", "With the app", "First round, any")
    return terminal


def test_a_bank_made_from_nothing_is_practised_at_once(tmp_path: Path) -> None:
    terminal = banks_in(tmp_path)
    try:
        terminal.press("n")
        terminal.until_shows("What is the new bank about?")
        terminal.type("Bakery, early shift")
        terminal.press("Enter")
        terminal.until_shows("A new question in 'Bakery, early shift'", "What is asked")
        terminal.type("Tell me about a time when you had to get up very early.")
        terminal.until_shows("All fine. F9 saves it.", "behavioural")
        terminal.press("F9")
        terminal.until_shows("Bakery, early shift", "Yours", "1 question", "had to get")
        made = next((tmp_path / "question_banks").glob("*.yaml"))
        assert read_bank(made).questions[0].ask == "Tell me about a time when you had to get up very early."
        terminal.until(lambda shown: "keeping the change" not in shown, "the change kept")
        terminal.press("Enter")
        terminal.until_shows("practise it", "E edit")
        terminal.press("Enter")
        terminal.until_shows("drill", "get up very early", "Type your answer")
    finally:
        terminal.close()


def test_a_broken_bank_is_mended_in_the_users_editor_at_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "question_banks"
    folder.mkdir()
    broken = folder / "oh.yaml"
    broken.write_text("bank: oh\ntitle: Mended bank\nquestions:\n  - id: a\n    ask: Why us?\n    kind: motivaton\n")
    editor = next((name for name in ("vim", "vi") if shutil.which(name)), "")
    if not editor:
        pytest.skip("no vi here")
    terminal = banks_in(tmp_path, (120, 40), EDITOR=editor)
    try:
        terminal.press("Down")
        terminal.until_shows("oh.yaml cannot be used: 1 error", "6:11", "Did you mean")
        terminal.press("Enter")
        terminal.until(lambda shown: "kind: motivaton" in shown and "All banks" not in shown, "the editor")
        # The cursor stands on the line with the error: without a range, :s changes that very line.
        terminal.type(":s/motivaton/motivation/")
        terminal.press("Enter")
        terminal.type(":wq")
        terminal.press("Enter")
        terminal.until_shows("All banks", "Mended bank", "Why us?")
        assert read_bank(broken).questions[0].kind.value == "motivation"
    finally:
        terminal.close()

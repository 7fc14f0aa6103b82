"""Help: one page for each screen, its keys in groups, in the words of the row of keys; key names written one way."""

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Input
from textual.widgets._footer import FooterKey

from simulator.paths import shipped
from simulator.tui import screens
from simulator.tui.key_names import key_name
from simulator.tui.screens.help import HelpScreen, KeyGroup, help_page, named, names_of
from tests.tui.driving import running
from tests.tui.gallery import SCENES, settled, visiting

PAGES = sorted((shipped("assets") / "help").glob("*.md"))


def screen_classes() -> list[type[Screen[Any]]]:
    """Every class of a screen that names a page of help."""
    found = set()
    for path in Path(str(screens.__file__)).parent.glob("*.py"):
        for each in vars(import_module(f"simulator.tui.screens.{path.stem}")).values():
            if isinstance(each, type) and issubclass(each, Screen) and "HELP_TOPIC" in vars(each):
                found.add(each)
    return sorted(found, key=lambda each: each.__name__)


@pytest.mark.parametrize(
    ("key", "name"),
    [("enter", "Enter"), ("escape", "Esc"), ("ctrl+s", "Ctrl+S"), ("f10", "F10"), ("delete", "Del"), ("slash", "/")],
)
def test_a_key_has_one_name(key: str, name: str) -> None:
    assert key_name(key) == name


@pytest.mark.parametrize("screen", screen_classes(), ids=lambda each: each.__name__)
def test_each_screen_has_a_page_that_tells_its_keys_and_no_others(screen: type[Screen[Any]]) -> None:
    page = help_page(screen.HELP_TOPIC)  # type: ignore[attr-defined]
    assert page.title != "Keys"
    told = {key for group in page.groups for keys, _ in group.rows for key in keys.split(", ")}
    names = names_of(screen.BINDINGS)
    drawn = " ".join(" ".join(row) for _, rows in named(page, names) for row in rows)
    moves = {"Left", "Right", "Up", "Down", "Home", "End", "Page up", "Page down"} if "Arrows" in drawn else set()
    assert [said for key, said in names.items() if key not in moves and not all(each in drawn for each in said)] == []
    lines = [row for _, rows in named(page, names) for row in rows if row[0] in names]
    assert all(name in ("", *names[key]) for key, name, _ in lines), "a line for each thing that a key does"
    assert all(more for key, _, more in lines if len(names[key]) > 1), "and what it is"
    letters = {key for key in told if len(key) == 1 or re.fullmatch(r"F\d+|Ctrl\+.*|Del", key)}
    assert letters - set(names) == set()


def test_every_page_belongs_to_a_screen() -> None:
    assert {path.stem for path in PAGES} == {each.HELP_TOPIC for each in screen_classes()}  # type: ignore[attr-defined]


def test_no_key_has_a_name_of_its_own_on_one_screen() -> None:
    """A row of digits is told as one ("0-4")."""
    for screen in screen_classes():
        named = [each for each in Binding.make_bindings(screen.BINDINGS) if each.key_display]
        assert [each.key for each in named if not str(each.key_display)[0].isdigit()] == []


@pytest.mark.one_in(4)
@pytest.mark.parametrize(("size", "columns"), [((60, 20), 1), ((80, 24), 1), ((120, 40), 2), ((200, 60), 2)])
async def test_the_groups_stand_in_one_column_or_two_and_nothing_is_cut(size: tuple[int, int], columns: int) -> None:
    async with visiting(size=size) as driver:
        await SCENES["transcript"](driver)
        await driver.press("f1")
        await driver.until(lambda: isinstance(driver.app.screen, HelpScreen), "help")
        await settled(driver)
        groups = list(driver.app.screen.query(KeyGroup))
        assert len({group.region.x for group in groups}) == columns
        for group in groups:
            assert group.region.right <= size[0] - 2
            drawn = str(group.render())
            assert len(drawn.splitlines()) == group.size.height
            assert max(len(line.rstrip()) for line in drawn.splitlines()) <= group.size.width
        words = "\n".join(str(group.render()) for group in groups)
        for told in ("E", "correct words: ", "Shift+Tab", "On every screen", "Ctrl+P"):
            assert told in words
        # Nothing is being corrected, and nothing was recorded.
        assert "save, score again" not in words
        assert "listen" not in words


async def test_in_the_interview_help_names_only_the_keys_of_the_moment() -> None:
    async with running(microphone=False, probes=False) as driver:
        driver.app.open_interview()
        await driver.until(lambda: driver.typing, "the box")
        await driver.press("f1")
        await driver.until(lambda: isinstance(driver.app.screen, HelpScreen), "help")
        screen = driver.app.screen
        assert isinstance(screen, HelpScreen)
        told = [(keys, name) for _, rows in named(screen.page, screen.names, screen.asleep) for keys, name, _ in rows]
        assert ("F8", "skip") in told
        assert {"F6", "F9", "Space", "T", "A"}.isdisjoint(keys for keys, _ in told), "none did or could happen"
        assert len({keys for keys, _ in told}) == len(told), "each key does one thing"
        words = "\n".join(str(group.render()) for group in screen.query(KeyGroup))
        assert "opens the microphone" not in words


REVIEWED = ("home", "report", "review", "transcript", "compare", "history", "progress", "phrases", "worked")


@pytest.mark.parametrize("scene", REVIEWED)
async def test_help_names_the_keys_of_the_footer_by_the_same_key_and_in_the_same_words(scene: str) -> None:
    async with visiting(size=(120, 40)) as driver:
        if scene == "worked":
            await SCENES["transcript"](driver)
            await driver.press("h")
            await settled(driver)
        else:
            await SCENES[scene](driver)
        below = [
            (key.key_display, key.description)
            for key in driver.app.screen.query(FooterKey)
            if not key.action.endswith("help")
        ]
        assert len(below) > 1
        await driver.press("f1")
        await driver.until(lambda: isinstance(driver.app.screen, HelpScreen), "help")
        screen = driver.app.screen
        assert isinstance(screen, HelpScreen)
        told = [(keys, name) for _, rows in named(screen.page, screen.names, screen.asleep) for keys, name, _ in rows]
        assert [each for each in below if each not in told] == []


async def test_a_question_mark_is_typed_in_a_field_where_f1_gives_help() -> None:
    async with running() as driver:
        field = Input()
        await driver.app.screen.mount(field)
        field.focus()
        await driver.until(lambda: field.has_focus, "the field")
        await driver.press("question_mark")
        await driver.until(lambda: field.value == "?", "the sign")
        assert not isinstance(driver.app.screen, HelpScreen)
        await driver.press("f1")
        await driver.until(lambda: isinstance(driver.app.screen, HelpScreen), "help")

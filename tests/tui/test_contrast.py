"""Every word on every screen can be read in each theme, also where it is marked or chosen."""

import pytest
from textual.content import Content
from textual.widgets import OptionList, Static

from simulator.tui.themes import THEMES, setting_for
from tests.tui.contrast import LEAST, contrast, drawn
from tests.tui.driving import Driver
from tests.tui.gallery import SCENES, settled, visiting

NAMES = [setting_for(theme.name) for theme in THEMES]


def too_faint(driver: Driver) -> list[str]:
    return [
        f"line {each.line}: {each.words!r} {each.colours} {each.contrast:.1f}"
        for each in drawn(driver.app.screen)
        if each.contrast < LEAST
    ]


@pytest.mark.thorough
async def test_every_word_of_every_screen_stands_out_from_its_ground_in_every_theme() -> None:
    faint: dict[tuple[str, str], list[str]] = {}
    async with visiting(size=(110, 40), material=True, reduced_motion=True) as driver:
        for name, scene in SCENES.items():
            await scene(driver)
            for theme in THEMES:
                driver.app.theme = theme.name
                await settled(driver)
                faint[name, theme.name] = too_faint(driver)
            # The fakes hear one answer: scenes of an interview share it, each other one stands by itself.
            while len(driver.app.screen_stack) > 1:
                driver.app.pop_screen()
            driver.voice.silence()
            await settled(driver)
    assert {place: words for place, words in faint.items() if words} == {}


@pytest.mark.one_in(3)
@pytest.mark.parametrize("theme", NAMES)
async def test_every_word_where_nothing_is_yet_stands_out_too(theme: str) -> None:
    async with visiting(size=(110, 40), theme=theme, history=False) as driver:
        for name in ("home", "history", "progress", "phrases", "classes", "job", "stories", "people", "followup"):
            await SCENES[name](driver)
            assert too_faint(driver) == [], name


@pytest.mark.one_in(3)
@pytest.mark.parametrize("theme", NAMES)
async def test_what_is_marked_can_be_read_with_and_without_the_focus(theme: str) -> None:
    async with visiting(size=(100, 30), theme=theme) as driver:
        menu = driver.app.screen.query_one("#menu", OptionList)
        for focus in (True, False):
            menu.focus() if focus else driver.app.screen.set_focus(None)
            for _ in range(menu.option_count):
                await driver.pilot.pause()
                assert too_faint(driver) == []
                menu.action_cursor_down()


async def test_faint_words_are_found() -> None:
    async with visiting(size=(80, 24), history=False) as driver:
        await driver.app.screen.mount(Static(Content.styled("hardly to be read", "#444444 on #333333")))
        await driver.until(lambda: too_faint(driver), "the faint words")
        assert "hardly to be read" in too_faint(driver)[0]


def test_the_contrast_of_black_and_white_is_21_and_of_a_colour_with_itself_1() -> None:
    from rich.color import Color

    assert contrast(Color.parse("#000000"), Color.parse("#ffffff")) == pytest.approx(21)
    assert contrast(Color.parse("#336699"), Color.parse("#336699")) == 1

"""Every word on every screen can be read in each theme, also where it is marked or chosen; every frame is seen."""

import pytest
from textual.command import CommandList
from textual.content import Content
from textual.widgets import OptionList, Static

from simulator.tui.themes import THEMES, setting_for
from simulator.tui.widgets.picking import PickOne, PickSome
from tests.tui.contrast import LEAST, LEAST_OF_LINES, contrast, drawn, lines
from tests.tui.driving import Driver
from tests.tui.gallery import SCENES, settled, visiting

NAMES = [setting_for(theme.name) for theme in THEMES]


def too_faint(driver: Driver) -> list[str]:
    words = [each for each in drawn(driver.app.screen) if each.contrast < LEAST]
    frames = [each for each in lines(driver.app.screen) if each.contrast < LEAST_OF_LINES]
    return [f"line {each.line}: {each.words!r} {each.colours} {each.contrast:.1f}" for each in words + frames]


@pytest.mark.thorough
async def test_every_word_and_frame_of_every_screen_stands_out_from_its_ground_in_every_theme() -> None:
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
async def test_every_word_and_frame_where_nothing_is_yet_stands_out_too(theme: str) -> None:
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


@pytest.mark.parametrize("theme", NAMES)
async def test_the_frames_of_a_dialog_and_of_the_list_of_commands_are_seen(theme: str) -> None:
    async with visiting(size=(80, 24), theme=theme, history=False) as driver:
        for opened in (PickOne("Keep it?", [("Keep it", "keep")]), PickSome("Which?", [("One", "one")], [], 1), None):
            if opened is None:
                await driver.press("ctrl+p")
                await driver.until(lambda: driver.app.screen.query_one(CommandList).option_count, "the commands")
            else:
                driver.app.push_screen(opened)
            await settled(driver)
            signs = "".join(each.words for each in lines(driver.app.screen))
            assert {"╭", "╮", "╰", "╯", "│"} <= set(signs), opened
            assert too_faint(driver) == [], opened
            await driver.press("escape")


async def test_faint_words_are_found() -> None:
    async with visiting(size=(80, 24), history=False) as driver:
        for faint, ink in (("hardly to be read", "#444444"), ("─────", "#777777")):
            shown = Static(Content.styled(faint, f"{ink} on #333333"))
            await driver.app.screen.mount(shown)
            await driver.until(lambda: too_faint(driver), "what is faint")
            assert faint in too_faint(driver)[0]
            await shown.remove()
            await driver.pilot.pause()


def test_the_contrast_of_black_and_white_is_21_and_of_a_colour_with_itself_1() -> None:
    from rich.color import Color

    assert contrast(Color.parse("#000000"), Color.parse("#ffffff")) == pytest.approx(21)
    assert contrast(Color.parse("#336699"), Color.parse("#336699")) == 1

"""A list with nothing in it says what one gets, and its one button does the first thing."""

import pytest
from textual.widgets import Button, Static
from textual.widgets._footer import FooterKey

from simulator.tui.screens.add_job import AddJobScreen
from simulator.tui.screens.debrief import DebriefScreen
from simulator.tui.screens.record_form import RecordForm
from simulator.tui.screens.setup import SetupScreen
from simulator.tui.widgets.empty_state import EmptyState
from simulator.tui.widgets.picking import AskText
from tests.tui.driving import running
from tests.tui.gallery import settled, visiting

BEGINS = {
    "job": ("Paste a posting", AddJobScreen),
    "stories": ("Write a story", RecordForm),
    "people": ("Note somebody", RecordForm),
    "followup": ("Note a real interview", DebriefScreen),
    "history": ("Start practising", SetupScreen),
    "progress": ("Start practising", SetupScreen),
    "phrases": ("Start practising", SetupScreen),
    "classes": ("Begin a class", AskText),
}


@pytest.mark.one_in(8)
@pytest.mark.parametrize("size", [(60, 20), (120, 40)])
@pytest.mark.parametrize("name", BEGINS)
async def test_enter_on_an_empty_list_does_the_first_thing(name: str, size: tuple[int, int]) -> None:
    words, screen = BEGINS[name]
    async with visiting(size=size, history=False) as driver:
        driver.app.go(name)
        await driver.until(
            lambda: driver.app.screen.query(EmptyState) and driver.app.screen.query_one(EmptyState).display, words
        )
        await settled(driver)
        button = driver.app.screen.query_one(EmptyState).query_one(Button)
        assert (str(button.label), button.has_focus) == (words, True)
        panel = driver.app.screen.query_one(EmptyState).query_one(".panel").region
        assert panel.bottom < size[1]
        assert panel.right <= size[0]
        picture = driver.app.screen.query_one(EmptyState).query_one(".example", Static)
        assert panel.contains_region(picture.region)
        assert max(map(len, str(picture.content).splitlines())) <= picture.content_size.width
        await driver.press("enter")
        await driver.until(lambda: isinstance(driver.app.screen, screen), f"what '{words}' opens")


@pytest.mark.one_in(2)
@pytest.mark.parametrize("name", ["followup", "history"])
async def test_a_list_with_something_in_it_shows_no_such_panel(name: str) -> None:
    async with visiting() as driver:
        driver.app.go(name)
        await settled(driver)
        assert not driver.app.screen.query_one(EmptyState).display


async def test_where_nothing_was_practised_nothing_is_searched_sorted_or_filtered() -> None:
    async with running(size=(60, 20)) as driver:
        driver.app.go("history")
        await driver.until_text("No sessions yet")
        await driver.until(lambda: "I" in [key.key_display for key in driver.app.screen.query(FooterKey)], "the keys")
        assert not {"/", "S", "F"} & {key.key_display for key in driver.app.screen.query(FooterKey)}

"""The keys: what a footer offers works, is there, and fits on the screen."""

import pytest
from textual.widgets import OptionList
from textual.widgets._footer import FooterKey
from textual.widgets._toast import Toast, ToastRack

from simulator.interview.events import Phase
from simulator.tui.app import SCREEN_PLACES
from simulator.tui.screens.history import HistoryScreen
from simulator.tui.screens.interview import InterviewScreen
from simulator.tui.screens.self_rating import SelfRatingScreen
from simulator.tui.screens.setup import SetupScreen
from tests.fakes import spoken
from tests.tui.driving import Driver, running

STORY = "last winter i led a team of six at the depot and in the end only four of nine hundred boxes were late"


def cut_off(driver: Driver) -> list[str]:
    """The keys of the current footer that are not wholly on the screen."""
    return [key.description for key in driver.app.screen.query(FooterKey) if key.region.right > driver.app.size.width]


def offered(driver: Driver) -> list[str]:
    return [key.key_display for key in driver.app.screen.query(FooterKey)]


@pytest.mark.parametrize("name", [*SCREEN_PLACES])
async def test_no_footer_is_cut_off_on_a_narrow_screen(name: str) -> None:
    async with running(size=(60, 20)) as driver:
        if name != "home":
            driver.app.go(name)
        await driver.until(lambda: type(driver.app.screen).__name__ == SCREEN_PLACES[name][1], name)
        await driver.until(lambda: "F1" in offered(driver), "the keys")
        assert cut_off(driver) == []


async def test_the_keys_of_the_interview_fit_on_a_narrow_screen() -> None:
    async with running([spoken(STORY)], size=(60, 20), questions=3, probes=False) as driver:
        await driver.press("enter")
        for step in (Phase.INVITED, Phase.ANSWERING, Phase.FEEDBACK):
            await driver.until(
                lambda: (
                    isinstance(driver.app.screen, InterviewScreen)
                    and driver.app.screen.conversation.place.phase is step
                    and (step is not Phase.ANSWERING or driver.listening)
                ),
                step,
            )
            await driver.until(lambda: "F1" in offered(driver), "the keys")
            assert cut_off(driver) == []
            await driver.press("enter")


async def test_undo_is_not_offered_for_what_is_gone() -> None:
    async with running() as driver:
        driver.app.go("history")
        await driver.until(lambda: isinstance(driver.app.screen, HistoryScreen), "past sessions")
        screen = driver.app.screen
        assert isinstance(screen, HistoryScreen)
        screen._deleted.append("20260101-000000-0000")
        screen.refresh_bindings()
        await driver.until(lambda: "u" in offered(driver), "undo")
        await driver.press("escape")
        driver.app.go("history")
        await driver.until(lambda: isinstance(driver.app.screen, HistoryScreen), "past sessions")
        await driver.until(lambda: "F1" in offered(driver) and "u" not in offered(driver), "no undo")


async def test_the_own_rating_is_a_list_for_arrows_and_enter() -> None:
    async with running() as driver:
        given: list[dict[str, int] | None] = []
        driver.app.push_screen(SelfRatingScreen("How was it?", ["examples", "motivation"]), given.append)
        await driver.until(lambda: driver.app.screen.query(OptionList), "the levels")
        await driver.press("down", "enter", "up", "up", "enter")
        await driver.until(lambda: given, "the levels")
        assert given == [{"examples": 3, "motivation": 0}]


async def test_enter_on_the_chooser_starts_the_interview() -> None:
    async with running(size=(100, 40)) as driver:
        driver.app.go("setup")
        await driver.until(
            lambda: (
                isinstance(driver.app.screen, SetupScreen)
                and driver.app.screen.query_one("#plan", OptionList).options
            ),
            "a plan",
        )
        await driver.press("enter")
        await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the interview")


async def test_ctrl_c_leaves_an_interview_politely_and_then_the_app() -> None:
    async with running(questions=3) as driver:
        await driver.press("enter")
        await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the interview")
        await driver.press("ctrl+c")
        await driver.until(lambda: driver.app.screen.query("#menu"), "home")
        assert driver.app.services.data.store.unfinished()
        await driver.press("ctrl+c")
        await driver.until(lambda: driver.app.return_code == 0, "the end")


async def test_notices_come_one_at_a_time_and_cover_only_the_title() -> None:
    async with running(notices=True) as driver:
        driver.app.notify("The first thing.")
        driver.app.notify("The second thing.")
        driver.app.notify("The second thing.")
        rack = driver.app.screen.get_child_by_type(ToastRack)
        both = "The first thing. The second thing."
        await driver.until(lambda: [each._notification.message for each in rack.query(Toast)] == [both], "one notice")
        toast = rack.query_one(Toast)
        await driver.until(lambda: toast.region.height > 0, "the notice")
        assert (toast.region.y, toast.region.height) == (0, 1)


async def test_what_holds_for_long_is_not_told_at_each_start() -> None:
    async with running(notices=True) as driver:
        driver.app.tell_once("Only the sample model listens.")
        await driver.until(lambda: len(driver.notices) == 1, "the notice")
        driver.app.clear_notifications()
        driver.app.tell_once("Only the sample model listens.")
        await driver.pilot.pause()
        assert len(driver.notices) == 0

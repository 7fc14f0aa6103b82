"""What docs/design_language.md promises of colours, panels and paging, as it is drawn."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from textual.color import Color
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import DataTable, OptionList, Static

from simulator.tui.screens.job import JobScreen
from simulator.tui.screens.mail_link import MailLink
from simulator.tui.screens.people import PeopleScreen
from simulator.tui.screens.progress import ProgressScreen
from simulator.tui.screens.record_form import RecordForm
from simulator.tui.screens.self_rating import SelfRatingScreen
from simulator.tui.screens.sharing import SharingScreen
from simulator.tui.themes import THEMES
from simulator.tui.widgets.picking import AskText, PickOne, PickSome
from simulator.tui.widgets.writing import WriteText
from tests.tui.driving import Driver, current, lines_of, running
from tests.tui.gallery import SCENES, settled, visiting
from tests.tui.material import POSTING

pytestmark = pytest.mark.thorough

SCREENS = ("home", "report", "progress", "job", "banks", "feedback", "people")


def lit(driver: Driver) -> list[str]:
    """The panels whose border has the colour of the focus."""
    accent = Color.parse(driver.app.theme_variables["accent"])
    panels = [panel for panel in driver.app.screen.query(".panel") if panel.display and panel.region.area]
    return [str(panel.id) for panel in panels if panel.styles.border_top[1] == accent]


async def test_only_the_panel_with_the_focus_is_lit() -> None:
    async with visiting(size=(120, 40), material=True, reduced_motion=True) as driver:
        for name in SCREENS:
            await SCENES[name](driver)
            focused = driver.app.screen.focused
            within = [str(each.id) for each in focused.ancestors_with_self] if focused else []
            # Feedback has no panel to choose from: what to do next is lit.
            wanted = ["card-advice"] if name == "feedback" else []
            assert [panel for panel in lit(driver) if panel not in within] == wanted, name
            while len(driver.app.screen_stack) > 1:
                driver.app.pop_screen()
            driver.voice.silence()
            await settled(driver)


@pytest.mark.parametrize("scene", ["home", "report", "add_job", "help", "feedback"])
async def test_no_tint_reaches_beyond_a_round_border(scene: str) -> None:
    async with visiting(size=(80, 24), material=True, reduced_motion=True) as driver:
        await SCENES[scene](driver)
        ground = Color.parse(driver.app.current_theme.background or "")
        rounds = [each for each in driver.app.screen.query("*") if each.styles.border_top[0] == "round"]
        assert rounds
        assert {str(each): each.background_colors[1] for each in rounds} == {str(each): ground for each in rounds}


@pytest.mark.quick
@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_parts_of_an_answer_have_none_of_the_colours_that_tell_how_good_something_is(theme: object) -> None:
    variables = theme.variables  # type: ignore[attr-defined]
    worth = {variables[f"level-{name}"] for name in ("low", "middle", "high")}
    parts = {variables[f"part-{name}"] for name in ("occasion", "action", "outcome", "lesson")}
    assert len(parts) == 4
    assert not parts & worth


LISTING = ("setup", "people", "stories", "followup", "job", "review", "phrases", "banks", "settings", "debrief")


@pytest.mark.parametrize("size", [(60, 20), pytest.param((80, 24), marks=pytest.mark.thorough)], ids=str)
async def test_what_is_listed_chosen_or_named_in_the_title_is_read_whole(size: tuple[int, int]) -> None:
    async with visiting(size=size, material=True, reduced_motion=True) as driver:
        for name in LISTING:
            await SCENES[name](driver)
            await settled(driver)
            screen = driver.app.screen
            lines = lines_of(screen)
            for place in screen.query("OptionList, Select, .where"):
                inside = place.content_region.intersection(screen.region)
                shown = [line[inside.x : inside.right] for line in lines[inside.y : inside.bottom]]
                assert not [line for line in shown if "…" in line], (name, place)
            while len(driver.app.screen_stack) > 1:
                driver.app.pop_screen()
            await settled(driver)


@pytest.mark.quick
async def test_page_down_shows_what_reaches_beyond_the_screen_and_page_up_goes_back() -> None:
    async with visiting(size=(80, 24), reduced_motion=True) as driver:
        await SCENES["progress"](driver)
        screen = driver.app.screen
        assert isinstance(screen, ProgressScreen)
        columns = screen.query_one("#columns", VerticalScroll)
        assert columns.max_scroll_y > 0
        for _ in range(8):
            await driver.press("pagedown")
        assert columns.scroll_y == columns.max_scroll_y
        assert any("What else questions look for" in line for line in lines_of(screen))
        for _ in range(8):
            await driver.press("pageup")
        assert columns.scroll_y == 0
        assert screen.query_one("#next", OptionList).has_focus


async def test_the_line_for_a_new_job_says_what_it_does_and_nothing_of_the_job_before() -> None:
    async with visiting(size=(80, 24), material=True, reduced_motion=True) as driver:
        await SCENES["job"](driver)
        screen = driver.app.screen
        assert isinstance(screen, JobScreen)
        assert "Prepare next" in driver.text()
        await driver.press("end")
        await driver.until_text("Enter opens a sheet for the posting.")
        assert "Prepare next" not in driver.text()
        assert "Write up every visit" not in driver.text()


async def test_nothing_a_job_asks_for_is_cut_and_steps_of_a_kind_stand_together() -> None:
    async with visiting(size=(80, 24), material=True, reduced_motion=True) as driver:
        await SCENES["job"](driver)
        assert not [line for line in lines_of(driver.app.screen) if "…" in line]
        steps = str(driver.app.screen.query_one("#next", Static).content)
        assert steps.count("Find a time when you did something like this") == 1
        assert "\n· Write up every visit before you drive on." in steps


@pytest.mark.quick
async def test_the_head_of_an_interview_leaves_away_what_it_has_no_room_for() -> None:
    async with visiting(size=(80, 24), reduced_motion=True) as driver:
        await SCENES["speaking"](driver)
        whole = "  Second Round  question 1 of 3   coach"
        await driver.until(lambda: lines_of(driver.app.screen)[0].rstrip() == whole, "the head without the bank")


async def test_somebody_new_is_for_the_job_one_came_from_with_the_contact_of_its_posting() -> None:
    async with visiting(size=(80, 24), history=False, reduced_motion=True) as driver:
        kept = driver.app.services.data.repositories
        kept.add_job(POSTING)
        job = kept.add_job(POSTING.replace("Community Nurse", "District Nurse"))
        kept.jobs.save(replace(job, contact="Karen Brandt", email="karen@example.org"))
        await SCENES["job"](driver)
        screen = driver.app.screen
        assert isinstance(screen, JobScreen)
        jobs = screen.query_one("#jobs", OptionList)
        jobs.highlighted = jobs.get_option_index(f"job:{job.id}")
        await driver.press("o")
        people = await current(driver, PeopleScreen)
        await driver.rest()
        people.action_new()
        form = await current(driver, RecordForm)
        values = form.values()
        assert (values["name"], values["email"], values["job_id"]) == ("Karen Brandt", "karen@example.org", job.id)
        assert "alumnus" not in driver.text()


async def test_minutes_stand_in_the_class_only_where_somebody_spoke() -> None:
    async with visiting(size=(120, 40), material=True, reduced_motion=True) as driver:
        await SCENES["class_table"](driver)
        titles = [str(column.label) for column in driver.app.screen.query_one(DataTable).columns.values()]
        assert "times" in titles
        assert "min" not in titles


OVER: dict[str, Callable[[], ModalScreen[Any]]] = {
    "some": lambda: PickSome("Which?", [(f"word {n}", str(n)) for n in range(40)], (), None),
    "one": lambda: PickOne("Which?", [(f"word {n}", str(n)) for n in range(40)]),
    "text": lambda: AskText("What is it called?"),
    "writing": lambda: WriteText("Your comment", "Some words."),
    "rating": lambda: SelfRatingScreen("How was it?", ["examples"]),
    "sharing": lambda: SharingScreen(with_sound=True),
    "mail": lambda: MailLink("Ana", "", "mailto:?body=" + "words%20" * 200),
}
"""What lies over a screen, with as much in it as it may have."""


@pytest.mark.quick
@pytest.mark.parametrize("size", [(60, 20), (80, 24)], ids=str)
async def test_what_lies_over_a_screen_has_a_frame_that_is_seen_whole(size: tuple[int, int]) -> None:
    async with running(size=size) as driver:
        home = driver.app.screen
        for name, dialog in OVER.items():
            screen = dialog()
            driver.app.push_screen(screen)
            await driver.until(lambda: driver.app.screen is not home and driver.app.screen.query(".dialog"), name)
            await driver.pilot.pause()
            (box,) = screen.query(".dialog")
            assert box.styles.border_top[0] == "round", name
            inside = [each for each in box.children if each.display]
            assert inside[-1].region.bottom <= box.content_region.bottom, name
            assert box.region.bottom < size[1], name
            driver.app.pop_screen()

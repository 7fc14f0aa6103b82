"""In the app: a rubric of one's own is offered, scores a typed answer, is shown by its title and in the progress."""

import pytest
from textual.widgets import DataTable, OptionList, Select

from simulator.interview.events import Phase
from simulator.paths import shipped, user_paths
from simulator.questions.bank import Kind, Question
from simulator.tui.screens.interview import InterviewScreen
from simulator.tui.screens.report import ReportScreen
from simulator.tui.widgets.picking import PickSome, Several
from tests.tui.driving import options_of, running
from tests.tui.test_banks_screen import editing, marked, opened, own_bank

pytestmark = pytest.mark.thorough

SEEN = "last march i noticed a loose cable by the door so i switched off the power and i told the foreman"


def own_rubric() -> None:
    text = (shipped("assets") / "rubrics" / "examples" / "safety_awareness.yaml").read_text(encoding="utf-8")
    folder = user_paths().rubrics
    folder.mkdir(parents=True)
    named = text.replace("rubric: safety_awareness", "rubric: eye").replace("Safety awareness", "An eye for danger")
    (folder / "eye.yaml").write_text(named, encoding="utf-8")


async def test_a_question_is_scored_by_a_rubric_of_ones_own_and_the_progress_has_it() -> None:
    own_rubric()
    danger = Question(
        "danger", "Tell me about a danger you saw.", Kind.BEHAVIOURAL, rubrics=("examples", "eye"), tags=("x",)
    )
    own_bank("site", "Building site", danger)
    async with running(microphone=False, size=(100, 40), probes=False) as driver:
        screen = await opened(driver)
        await marked(driver, screen, "site")
        await driver.until_text("Concrete examples  ·  An eye for danger")
        await driver.press("enter")
        await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen) and driver.typing, "typing")
        interview = driver.app.screen
        assert isinstance(interview, InterviewScreen)
        await driver.type(SEEN)
        await driver.press("enter")
        await driver.until(lambda: interview.conversation.state.phase is Phase.FEEDBACK, "feedback")
        await driver.until_text("An eye for danger")
        shown = " ".join(driver.text().split())
        assert "switched off the power" in shown
        assert "▰▰▰▱ Level 3 of 4 An eye for danger" in shown
        driver.app.clear_notifications()  # Esc would close a notice first
        await driver.press("escape")
        await driver.until(lambda: isinstance(driver.app.screen, ReportScreen), "the report: its feedback was read")
        await driver.press("escape")
        await driver.until(lambda: driver.app.screen.query("#menu") or driver.app.screen is screen, "out of it")
        driver.app.go("progress")
        await driver.until_text("An eye for danger")
        driver.app.go("history")
        await driver.until(lambda: driver.app.screen.query(DataTable), "the history")
        table = driver.app.screen.query_one(DataTable)
        await driver.until(lambda: table.row_count, "the session")
        assert "An eye for danger 3.0" in str(table.get_row_at(0)[-1])
        await driver.press("f")
        choices = driver.app.screen.query_one("#rubric", Select)
        await driver.until(lambda: ("An eye for danger", "eye") in options_of(choices), "the filter")


@pytest.mark.quick
async def test_a_rubric_of_ones_own_is_offered_by_its_title_when_a_question_is_written() -> None:
    own_rubric()
    own_bank()
    async with running(size=(100, 40)) as driver:
        screen = await opened(driver)
        await marked(driver, screen, "night")
        form = await editing(driver, "e")
        form.query_one(Several).focus()
        await driver.press("enter")
        await driver.until(lambda: isinstance(driver.app.screen, PickSome), "the list of rubrics")
        listing = driver.app.screen.query_one(OptionList)
        offered = [str(listing.get_option_at_index(index).prompt) for index in range(listing.option_count)]
        assert any("An eye for danger" in words for words in offered)
        assert any("Concrete examples" in words for words in offered)


async def test_a_rubric_with_an_error_is_told_of_where_a_question_names_it() -> None:
    own_rubric()
    path = user_paths().rubrics / "eye.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("title:", "titel:"), encoding="utf-8")
    own_bank("site", "Site", Question("danger", "What did you see?", Kind.BEHAVIOURAL, rubrics=("eye", "gone")))
    async with running(size=(100, 40)) as driver:
        screen = await opened(driver)
        await marked(driver, screen, "site")
        await driver.until_text("There is no rubric 'gone'")
        assert "eye.yaml:5:1: 'titel' is not a key of a rubric. Did you mean 'title'?" in driver.text()

"""The progress screen: what is weak is seen and started with one key."""

from datetime import date
from itertools import pairwise

import pytest
from textual.content import Content

from simulator.sessions.progress import RubricProgress
from simulator.sessions.session import Mode
from simulator.tui.screens.history import HistoryScreen
from simulator.tui.screens.interview import InterviewScreen
from simulator.tui.screens.progress import ProgressScreen
from simulator.tui.widgets.calendar import KEY, SIGNS, calendar_lines, days_told, week_lines
from simulator.tui.widgets.columns import aligned
from simulator.tui.widgets.level_plot import MARKERS, LevelPlot, lines_per_level, plot_lines
from tests.sessions.made import STRONG, answered, practice
from tests.tui.driving import Driver, running
from tests.tui.gallery import SCENES, visiting

BANK = "first-round-general"


def keep(driver: Driver) -> str:
    """A session of two real questions of the bank in the store; the id of the weaker."""
    bank = driver.app.services.library.bank(BANK)
    questions = [question for question in bank.questions if question.rubrics == ("examples",)][:2]
    answers = (
        answered("kept", 0, questions[0], STRONG),
        answered("kept", 1, questions[1], "i am a natural leader and i work very hard every day of the year"),
    )
    driver.app.services.data.store.begin(practice("kept", answers=answers, bank_id=BANK))
    driver.app.services.data.store.rate_self(answers[1].id, {"examples": 4})
    return questions[1].id


async def open_progress(driver: Driver) -> None:
    driver.app.go("progress")
    await driver.until(lambda: isinstance(driver.app.screen, ProgressScreen), "the progress screen")


async def test_without_practice_it_says_what_will_be_here() -> None:
    async with running() as driver:
        await open_progress(driver)
        await driver.until_text("No scored answers yet")
        await driver.press("p")
        assert isinstance(driver.app.screen, ProgressScreen)


async def test_levels_competencies_and_the_own_eye_are_shown() -> None:
    async with running() as driver:
        keep(driver)
        await open_progress(driver)
        await driver.until_text("Concrete examples")
        await driver.until_text("2 questions answered, practised on")
        await driver.until_text("What else questions look for, weakest first")
        await driver.until_text("you rate yourself")


@pytest.mark.parametrize("room", range(8, 40))
def test_in_the_plot_each_level_is_as_far_from_the_next(room: int) -> None:
    lines = [line.plain for line in plot_lines((), date(2026, 11, 27), 60, room)]
    levels = [number for number, line in enumerate(lines[:-1]) if line[0].isdigit()]
    assert [lines[number][0] for number in levels] == ["4", "3", "2", "1", "0"]
    assert {below - above for above, below in pairwise(levels)} == {lines_per_level(room)}
    assert room - 4 < len(lines) <= max(room, 6)


def test_in_the_plot_each_mark_is_on_its_line_and_at_its_level() -> None:
    weeks = (1.5, None, 1.5, 3.0, 0.0, None, None, None, None, None, 4.0, 4.0)
    found = RubricProgress("examples", 6, 4.0, weeks, None)
    lines = [line.plain for line in plot_lines((found,), date(2026, 11, 27), 60, 18)]
    marks = {line.index(MARKERS[0]): number for number, line in enumerate(lines) if MARKERS[0] in line}
    assert sorted(number for number, line in enumerate(lines) for _ in range(line.count(MARKERS[0]))) == [
        0, 0, 4, 10, 10, 16,
    ]  # fmt: skip
    assert marks, "the marks"
    level = lines[10][lines[10].index(MARKERS[0]) + 1 : lines[10].rindex(MARKERS[0])]
    assert level
    assert all("\u2801" <= sign <= "\u28ff" for sign in level), "a level line runs through its own marks"
    assert lines[-1].endswith("23 Nov"), "the last week is named"


@pytest.mark.parametrize("width", [56, 74, 100])
def test_in_the_plot_marks_at_the_same_place_are_all_seen(width: int) -> None:
    weeks = (2.0, *[3.0] * 11)
    found = [RubricProgress(name, 12, 3.0, weeks, None) for name in ("examples", "motivation", "questions", "mine")]
    drawn = "\n".join(line.plain for line in plot_lines(found, date(2026, 11, 27), width, 18))
    assert [drawn.count(marker) for marker in MARKERS] == [12] * 4


@pytest.mark.one_in(2)
@pytest.mark.parametrize("key", ["enter", "p"])
async def test_one_key_starts_a_drill_on_what_is_weakest(key: str) -> None:
    async with running() as driver:
        weakest = keep(driver)
        await open_progress(driver)
        await driver.until_text("What else questions look for")
        await driver.press(key)
        await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the drill")
        screen = driver.app.screen
        assert isinstance(screen, InterviewScreen)
        assert screen.conversation.session.mode is Mode.DRILL
        assert [turn.question.id for turn in screen.conversation.state.plan.turns] == [weakest]


async def test_a_bank_that_is_gone_is_told_and_nothing_starts() -> None:
    async with running() as driver:
        driver.app.services.data.store.begin(practice(bank_id="gone"))
        await open_progress(driver)
        await driver.until_text("What else questions look for")
        await driver.press("p")
        await driver.until(lambda: driver.notices, "the message")
        assert "There is no question bank 'gone'" in driver.notices[0]
        assert isinstance(driver.app.screen, ProgressScreen)


@pytest.mark.thorough
async def test_past_sessions_are_one_key_away_and_escape_goes_back() -> None:
    async with running() as driver:
        keep(driver)
        await open_progress(driver)
        await driver.until_text("What else questions look for")
        await driver.press("r")
        await driver.until(lambda: isinstance(driver.app.screen, HistoryScreen), "the history")
        await driver.press("escape")
        await driver.until(lambda: isinstance(driver.app.screen, ProgressScreen), "progress again")
        await driver.press("escape")
        await driver.until(lambda: not isinstance(driver.app.screen, ProgressScreen), "home")


@pytest.mark.one_in(3)
@pytest.mark.parametrize("theme", ["dark", "light", "high-contrast"])
async def test_the_plot_has_the_colours_of_the_theme_and_its_lines_are_drawn_through(theme: str) -> None:
    async with visiting(size=(100, 40), theme=theme) as driver:
        await SCENES["progress"](driver)
        plot = driver.app.screen.query_one(LevelPlot)
        drawn = plot.render()
        assert isinstance(drawn, Content)
        assert {"$part-occasion", "$part-action", "$line"} <= {str(span.style) for span in drawn.spans}
        assert any("\u2801" <= sign <= "\u28ff" for sign in drawn.plain)


async def test_facts_stand_in_columns_at_any_width() -> None:
    rows = [("a question that is as long as questions are", "1.5", "twice"), ("short", "12.0", "three times a day")]
    for room in (80, 48, 40):
        lines = [line.plain for line in aligned(rows, room, gives=0)]
        assert len({lines[0].split("\n")[0].index("1.5"), lines[1].index("12.0")}) == 1
        assert all(len(each) <= room for line in lines for each in line.split("\n"))
        told = [word for line in lines for word in line.split()]
        assert sorted(told) == sorted(word for row in rows for cell in row for word in cell.split()), "no word is cut"


async def test_on_a_usual_screen_there_are_few_things_with_space_between_and_one_scrollbar() -> None:
    async with visiting(size=(80, 24)) as driver:
        await SCENES["progress"](driver)
        screen = driver.app.screen
        assert not screen.query_one("#next").show_vertical_scrollbar
        assert screen.query_one("#columns").show_vertical_scrollbar
        one, two = screen.query_one("#next").region, screen.query_one("#over-time").region
        assert two.y - one.bottom == 1
        assert screen.query_one("#competencies").region.y > two.bottom, "the others are further down"


def test_a_day_has_the_same_sign_in_a_week_and_the_calendar_says_which_is_more() -> None:
    today = date(2026, 11, 25)
    week, cells = week_lines({today: 7}, today, 12)[1], calendar_lines({today: 7}, today, 12)
    assert SIGNS[-1] in str(week)
    assert sum(SIGNS[-1] in str(line) for line in cells) == 1
    assert days_told(24, 50) == f"24 days of practice{KEY}"
    assert days_told(24, 29) == f"24 days{KEY}"
    assert days_told(24, 20) == "24 days of practice"

"""Drawings for what is empty, done or over, and where they stand."""

import re
from datetime import date

import pytest
from textual.content import Content
from textual.widgets import Static

from simulator.tui import drawings
from simulator.tui.drawings import GAP, drawing, drawing_beside, drawing_for_terminal, rows_of
from simulator.tui.screens.interview import InterviewScreen
from simulator.tui.start import GOODBYE, goodbye
from simulator.tui.widgets.card import Card
from simulator.tui.widgets.delivery_view import raised
from simulator.tui.widgets.portrait import Portrait
from tests.sessions.made import CALM, STRONG, answered, practice
from tests.tui.driving import Driver, running
from tests.tui.gallery import SCENES, settled, visiting

pytestmark = pytest.mark.thorough

NAMES = sorted(drawings.PIXELS)


@pytest.mark.quick
@pytest.mark.parametrize("name", NAMES)
def test_each_drawing_has_lines_of_one_length_and_known_colours(name: str) -> None:
    pixels = drawings.PIXELS[name]
    assert len(pixels) % 2 == 0
    assert len({len(row) for row in pixels}) == 1
    assert set("".join(pixels)) <= {".", *drawings.COLOURS}
    assert len(rows_of(name)) == len(drawing(name).split("\n")) == len(drawing_for_terminal(name))


@pytest.mark.quick
def test_words_stand_beside_a_drawing_at_its_middle_and_within_the_width() -> None:
    lines = drawing_beside("cup", Content("Nothing is due today. Rest a little."), 40).split("\n")
    told = [number for number, line in enumerate(lines) if re.search("[a-z]", line.plain)]
    assert min(told) > 0
    assert max(told) < len(lines) - 1
    assert max(line.cell_length for line in lines) <= 40
    assert {line.plain.index(line.plain.strip(" ▀▄")[0]) for line in (lines[n] for n in told)} == {14 + GAP}


@pytest.mark.quick
def test_the_last_words_have_a_drawing_only_on_a_terminal_of_all_colours() -> None:
    plain = " ".join(GOODBYE) + "\n"
    assert goodbye(False, {"COLORTERM": "truecolor"}, GOODBYE) == plain
    assert goodbye(True, {}, GOODBYE) == plain
    assert goodbye(True, {"COLORTERM": "truecolor", "NO_COLOR": "1"}, GOODBYE) == plain
    drawn = goodbye(True, {"COLORTERM": "truecolor"}, GOODBYE)
    assert "▀" in drawn
    assert all(words in drawn for words in GOODBYE)


@pytest.mark.quick
async def test_only_where_something_was_practised_it_is_said_to_be_saved() -> None:
    async with running() as driver:
        pass
    assert not driver.app.practised
    async with running() as driver:
        driver.app.services.data.store.begin(practice("kept", answers=(answered("kept", 0, CALM, STRONG),)))
    assert driver.app.practised


@pytest.mark.quick
def test_a_raised_plot_is_as_high_as_the_row_it_is_made_of() -> None:
    assert raised("▁▄█ ", 1) == ["▁▄█ "]
    assert raised("█▄ ", 2) == ["█  ", "██ "]


async def card(driver: Driver, name: str) -> Card:
    await settled(driver)
    return driver.app.screen.query_one(f"#{name}", Card)


async def test_at_home_a_drawing_says_that_nothing_is_due_where_there_is_room() -> None:
    async with visiting(size=(120, 40)) as driver:
        assert not (await card(driver, "rest")).display
        driver.app.today = lambda: date(2026, 9, 1)
        driver.app.screen.on_screen_resume()  # type: ignore[attr-defined]
        await driver.until_text("Nothing is due today.")
        assert (await card(driver, "rest")).display
        assert not (await card(driver, "due")).display


async def test_a_class_in_which_everybody_practised_is_told_so_with_a_drawing() -> None:
    async with visiting(size=(120, 40), material=True) as driver:
        await SCENES["class_table"](driver)
        await driver.until_text("Everybody has practised.")
        assert "▀" in str(driver.app.screen.query_one("#summary", Static).content)


@pytest.mark.parametrize(("size", "columns"), [((80, 24), 16), ((120, 40), 32)])
async def test_faces_are_large_where_the_question_has_room_beside_them(size: tuple[int, int], columns: int) -> None:
    async with visiting(size=size) as driver:
        await SCENES["panel"](driver)
        screen = driver.app.screen
        assert isinstance(screen, InterviewScreen)
        assert {face.size.width for face in screen.query(Portrait)} == {columns}
        assert screen.region.contains_region(screen.query_one("#state").region)


@pytest.mark.quick
async def test_the_marked_session_shows_who_asked_and_what_was_best_before_it_is_opened() -> None:
    async with visiting(size=(120, 40)) as driver:
        await SCENES["history"](driver)
        await driver.until_text("With Ann Lee, Bob Ray")
        before = str(driver.app.screen.query_one("#preview-words", Static).content)
        await driver.press("down")
        await driver.until(
            lambda: str(driver.app.screen.query_one("#preview-words", Static).content) != before, "the next one"
        )


async def test_after_feedback_it_is_told_how_it_goes_on_and_who_is_there() -> None:
    async with visiting(size=(120, 40)) as driver:
        await SCENES["feedback"](driver)
        await driver.until_text("2 more questions to come.")
        assert driver.app.screen.query_one("#feedback-next Portrait").region.area

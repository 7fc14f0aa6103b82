"""Levels look the same wherever they stand, and columns beside each other end on the same line."""

from typing import Any

import pytest
from textual.content import Content

from simulator.tui.screens.history_table import SessionTable
from simulator.tui.widgets.even_columns import EvenColumns
from simulator.tui.widgets.level_bars import bar, change, for_table, long_bar, named
from tests.tui.driving import lines_of
from tests.tui.gallery import SCENES, settled, visiting


def styles(words: Content) -> set[str]:
    return {str(span.style) for span in words.spans}


@pytest.mark.parametrize(
    ("level", "drawn", "style"),
    [
        (0, "▱▱▱▱", "$level-low"),
        (1.5, "▰◧▱▱", "$level-low"),
        (2, "▰▰▱▱", "$level-middle"),
        (3, "▰▰▰▱", "$level-high"),
    ],
)
def test_a_level_is_as_long_as_its_number_and_has_the_colour_of_its_worth(
    level: float, drawn: str, style: str
) -> None:
    assert bar(level).plain == drawn
    assert styles(bar(level)) == styles(long_bar(level, 4)) == {style}
    assert long_bar(level, 4).plain.count("▰") == level * 4
    assert len(long_bar(level, 4).plain) == 16


@pytest.mark.parametrize(
    ("by", "words", "style"),
    [(2.3, "+2.3", "$success"), (-1.0, "-1.0", "$error"), (0.0, "same", "$text-muted")],
)
def test_a_rise_and_a_fall_are_told_apart_by_sign_and_colour(by: float, words: str, style: str) -> None:
    assert change(by).plain == words
    assert styles(change(by)) == {style}
    assert for_table(change(by), {style.removeprefix("$"): "#123456"}).spans[0].style == "#123456"
    assert change(None).plain == ""


def test_a_rubric_without_a_level_is_left_out() -> None:
    assert named([("examples", 3), ("motivation", None)]).plain == "Concrete examples ▰▰▰▱ Level 3 of 4"


@pytest.mark.one_in(3)
@pytest.mark.parametrize("size", [(120, 40), (132, 36), (200, 60)])
async def test_the_columns_of_a_report_end_on_the_same_line_and_what_to_do_is_first(size: tuple[int, int]) -> None:
    async with visiting(size=size) as driver:
        await SCENES["report"](driver)
        columns = driver.app.screen.query_one("#report-columns", EvenColumns)

        def ends() -> set[int]:
            return {
                max(panel.region.bottom for panel in columns.query(f"{side} .panel") if panel.display)
                for side in (".main", ".side")
            }

        await driver.until(lambda: len(ends()) == 1, "columns of one height")
        await settled(driver)
        assert len(ends()) == 1
        first = columns.query_one("#report-next")
        assert first.region.y == driver.app.screen.query_one("#report-head").region.bottom


async def test_a_table_that_is_drawn_before_it_is_measured_cuts_no_word(monkeypatch: pytest.MonkeyPatch) -> None:
    put = SessionTable.put

    def drawn_at_once(table: SessionTable, *given: Any, **named: Any) -> bool:
        done = put(table, *given, **named)
        lines_of(table.screen)
        return done

    monkeypatch.setattr(SessionTable, "put", drawn_at_once)
    async with visiting(size=(60, 20)) as driver:
        await SCENES["history"](driver)
        await driver.pilot.resize_terminal(80, 24)
        await settled(driver)
        assert any("Tue 24 Nov 18:16  14 min" in line for line in lines_of(driver.app.screen)), "whole days"


@pytest.mark.parametrize(
    ("scene", "whole"),
    [
        ("history", "yesterday 18:38"),
        ("progress", "not heard: what draws you, 4 of 8 times"),
        ("job", "Dress wounds and give injections at people's homes"),
        ("review", "What are you better at than most people you have worked with?"),
    ],
)
async def test_a_screen_that_became_wider_has_its_words_in_fewer_lines(scene: str, whole: str) -> None:
    async with visiting(size=(60, 20), material=True, reduced_motion=True) as driver:
        await SCENES[scene](driver)
        await driver.pilot.resize_terminal(200, 60)
        await driver.until(lambda: any(whole in line for line in lines_of(driver.app.screen)), whole)

"""A day is told in one way on every screen."""

import re
from datetime import date

import pytest

from simulator.sessions.times import date_words, day_words, kept_day_words
from tests.tui.driving import lines_of
from tests.tui.gallery import SCENES, settled, visiting

TELLING = (
    "home", "history", "review", "transcript", "compare", "banks", "progress", "followup", "letters", "debrief",
    "references", "class_table", "student", "coaching", "job",
)  # fmt: skip
"""The scenes in which a day stands."""
AS_KEPT = re.compile(r"\d{4}-\d\d-\d\d|\d\d\.\d\d\.\d{4}")


@pytest.mark.thorough
async def test_no_screen_shows_a_day_as_it_is_kept() -> None:
    found: dict[str, list[str]] = {}
    async with visiting(size=(110, 40), material=True, reduced_motion=True) as driver:
        for name in TELLING:
            await SCENES[name](driver)
            found[name] = [line for line in lines_of(driver.app.screen) if AS_KEPT.search(line)]
            while len(driver.app.screen_stack) > 1:
                driver.app.pop_screen()
            await settled(driver)
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_near_days_have_a_name_others_their_weekday_and_date() -> None:
    today = date(2026, 11, 27)
    assert [day_words(date(2026, 11, day), today) for day in (26, 27, 28)] == ["yesterday", "today", "tomorrow"]
    assert day_words(date(2026, 12, 4), today) == "Fri 4 Dec"
    assert date_words(today, today) == "Fri 27 Nov"
    assert day_words(date(2025, 12, 4), today) == "Thu 4 Dec 2025"
    assert kept_day_words("2026-11-24", today) == "Tue 24 Nov"
    assert kept_day_words("long ago", today) == "long ago"

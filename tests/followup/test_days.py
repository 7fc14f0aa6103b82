"""Days as people write them."""

from datetime import date

import pytest

from simulator.errors import UserError
from simulator.followup.days import LONGEST, day_of

TODAY = date(2026, 11, 25)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (" 2026-12-04 ", date(2026, 12, 4)),
        ("27.11.2026", date(2026, 11, 27)),
        ("27/11/26", date(2026, 11, 27)),
        ("27.11.", date(2026, 11, 27)),
        ("12/31/2026", date(2026, 12, 31)),
        ("3/4/2027", date(2027, 4, 3)),
        ("27 November", date(2026, 11, 27)),
        ("3rd of March", date(2027, 3, 3)),
        ("the 1st of december 2026", date(2026, 12, 1)),
        ("December 4th, 2026", date(2026, 12, 4)),
        ("Friday, 4 Dec 2026", date(2026, 12, 4)),
        ("on 2 Sept", date(2027, 9, 2)),
        ("today", TODAY),
        ("tomorrow", date(2026, 11, 26)),
        ("Friday", date(2026, 11, 27)),
        ("next Tuesday", date(2026, 12, 1)),
        ("in two weeks", date(2026, 12, 9)),
        ("in ten days", date(2026, 12, 5)),
        ("in 10 days", date(2026, 12, 5)),
    ],
)
def test_a_day_ahead_is_read_in_any_usual_form(text: str, day: date) -> None:
    assert day_of(text, today=TODAY) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20 November", date(2026, 11, 20)),
        ("3 December", date(2025, 12, 3)),
        ("last Tuesday", date(2026, 11, 24)),
        ("Monday", date(2026, 11, 23)),
        ("yesterday", date(2026, 11, 24)),
    ],
)
def test_a_day_that_has_been_is_looked_for_behind(text: str, day: date) -> None:
    assert day_of(text, today=TODAY, ahead=False) == day


def test_a_decision_without_a_year_comes_after_the_interview_even_where_that_is_past_today() -> None:
    assert day_of("24 November", today=TODAY, since=date(2026, 11, 20)) == date(2026, 11, 24)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "31 June", "31.6.2026", "2026-02-30", "Monday 4 December 2026", "4 5 December", "13/13/2026",
     "November", "4", "next", "in many days", "-", "4 December 2026 2027", " " * 3_000, "9" * 3_000, "next " * 2_000],
)  # fmt: skip
def test_what_is_no_day_is_told_with_the_forms_that_are(text: str) -> None:
    with pytest.raises(UserError, match=r"is no day\. Write it as 27 November 2026") as told:
        day_of(text, today=TODAY)
    assert len(str(told.value)) < LONGEST + 120

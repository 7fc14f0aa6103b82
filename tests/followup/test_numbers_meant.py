"""A number told again in other words is no new number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.followup.numbers_meant import numbers_meant, numbers_written
from simulator.reading.numbers_told import numbers_in


@pytest.mark.parametrize(
    ("told", "again"),
    [
        ("three quarters of an hour", "45 minutes"),
        ("in twenty minutes instead of three quarters of an hour", "in twenty minutes instead of forty five"),
        ("half an hour", "30 minutes"),
        ("the first half hour", "the first thirty minutes"),
        ("in the half year after", "in the six months after"),
        ("an hour and a half", "90 minutes"),
        ("an hour and three quarters", "105 minutes"),
        ("two and a half hours", "150 minutes"),
        ("2.5 hours", "two hours and 30 minutes"),
        ("about half a minute", "thirty seconds"),
        ("for an hour", "60 minutes"),
        ("ninety minutes", "1.5 hours"),
        ("once a fortnight", "every two weeks"),
        ("a fortnight", "14 days"),
        ("in three months", "in a quarter of a year"),
        ("two dozen", "24"),
        ("half a dozen", "six"),
        ("a couple of people", "two people"),
        ("near enough half a ton", "500 kilos"),
        ("a hundred and fifty litres", "150 litres"),
        ("a thousand pounds", "1,000 pounds"),
        ("one in four", "25 per cent"),
        ("a third of them", "33 per cent"),
        ("two thirds", "67 %"),
        ("half of them", "50 per cent"),
        ("25 per cent", "one in four"),
        ("12 out of 48", "a quarter, 25 per cent"),
        ("the plan is from nineteen ninety eight", "1998"),
        ("in twenty twenty three", "2023"),
        ("two fifty", "2.50"),
        ("two point five", "2.5"),
        ("at half ten", "at 10.30"),
        ("at half past ten", "at 22.30"),
        ("at a quarter to nine", "at 8.45"),
        ("at three o'clock", "at 15.00"),
        ("the fourth time", "the 4th time"),
        ("the third of May", "3 May"),
        ("1,200 boxes", "twelve hundred boxes"),
    ],
)
def test_a_number_in_other_words_is_the_same(told: str, again: str) -> None:
    wanted = numbers_in(again)
    assert wanted <= numbers_meant(told)


def test_a_hundred_is_a_number_of_a_letter() -> None:
    assert numbers_written("We dumped a hundred and fifty litres.") == [("one hundred and fifty", 150)]


@pytest.mark.parametrize(
    ("told", "new"),
    [
        ("three quarters of an hour", "50 minutes"),
        ("a team of six", "a team of twelve"),
        ("from sixty to fourteen", "from seventy"),
        ("half an hour", "40 minutes"),
        ("one in four", "30 per cent"),
        ("900 boxes", "1,900 boxes"),
    ],
)
def test_another_number_is_none_of_these(told: str, new: str) -> None:
    assert not numbers_in(new) <= numbers_meant(told)


PIECES = [*"0123456789.,%:-' ", "half ", "a ", "hour", " and ", "quarter ", "of ", "two ", "9" * 400]


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_text_has_numbers(pieces: list[str]) -> None:
    assert numbers_meant("".join(pieces)) is not None

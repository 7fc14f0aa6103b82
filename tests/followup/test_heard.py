"""What was heard, as one would write it."""

import pytest

from simulator.assessment import read_answer, sentence_ends
from simulator.followup.excerpt import Lack, example_in, reason_in
from simulator.followup.heard import is_told, is_writing
from simulator.speech.transcript import typed

WHAT, WHY = "Tell me about a time you solved a problem.", "Why do you want to work here?"


def told(text: str) -> tuple[str, ...] | Lack:
    reading = read_answer(typed(text), WHAT)
    return example_in(reading, sentence_ends(reading.words, WHAT))


def test_a_sentence_that_goes_on_with_and_is_written_as_several() -> None:
    found = told(
        "last autumn i had a request for a left wrist and the patient kept holding her right arm so before i did "
        "anything i rang the ward and asked the doctor to come down and it turned out the form was wrong and he "
        "changed it on the spot and thanked me in front of everyone"
    )
    assert found == (
        "Last autumn I had a request for a left wrist.",
        "The patient kept holding her right arm.",
        "So before I did anything I rang the ward and asked the doctor to come down.",
        "It turned out the form was wrong.",
        "He changed it on the spot and thanked me in front of everyone.",
    )


def test_a_clause_belongs_to_the_noun_it_is_about() -> None:
    found = told(
        "we had a wedding order for two hundred coffees and the machine died the night before and i drove to three "
        "cafes i used to work at and one of them lent me theirs and i had it set up by seven"
    )
    assert "I drove to three cafes I used to work at and one of them lent me theirs." in found


def test_a_number_said_three_times_is_never_shortened() -> None:
    text = "last may a man fell in the hall so i rang nine nine nine and held his hand and he came home in a week"
    found = told(text)
    assert not isinstance(found, Lack)
    assert "I rang nine nine nine" in " ".join(found)


@pytest.mark.parametrize(
    "said",
    [
        "two ladies they did not speak to each other",
        "there was this little girl she was about seven",
        "within i think two months",
        "we had no nets or anything",
        "me and another girl we went home",
        "i turned the leg like i had seen the boss do",
    ],
)
def test_what_nobody_writes_is_no_writing(said: str) -> None:
    assert not is_writing(said.split())


@pytest.mark.parametrize(
    "said",
    [
        "i sat with him one night in the canteen and asked him straight out",
        "after that it was always done",
        "by the end of the second week he just waved",
        "i said i'd be there at nine",
    ],
)
def test_what_people_write_is_writing(said: str) -> None:
    assert is_writing(said.split())


@pytest.mark.parametrize("said", ["i said you have one trolley", "it's the second act", "i said can we count them"])
def test_what_is_acted_out_is_not_told(said: str) -> None:
    assert not is_told(said.split(), ends=False)


def test_how_things_are_now_may_end_a_story() -> None:
    assert is_told(["she's", "still", "driving", "now"], ends=True)
    assert not is_told(["she's", "still", "driving", "now"], ends=False)


def test_where_somebody_comes_from_is_no_reason_without_what_they_want() -> None:
    reading = read_answer(typed("i grew up in a flat in coventry so it wasn't in the family"), WHY)
    assert reason_in(reading, sentence_ends(reading.words, WHY)) == ()


def test_a_short_typed_reason_is_taken_whole() -> None:
    text = (
        "My first job was carrying plates at my cousin's wedding, which you catered. Nobody hurried us and nobody "
        "shouted. I have worked for four companies since and have not seen that again."
    )
    assert " ".join(reason_in(read_answer(typed(text), WHY))) == text


def test_what_has_been_done_since_counts_as_what_came_of_it() -> None:
    text = (
        "In my first year I dispensed 50 mg instead of 15 mg because I had misheard the doctor on the phone. I "
        "reported it the same hour and asked to speak at the next meeting. Since then the whole department reads "
        "numbers back digit by digit."
    )
    assert told(text) == tuple(part if part.endswith(".") else f"{part}." for part in text.split(". "))

"""What of an answer can stand in a letter."""

import pytest

from simulator.assessment import read_answer, sentence_ends
from simulator.followup.dangling_references import dangles
from simulator.followup.excerpt import Lack, example_in, reason_in
from simulator.speech.transcript import typed

WHAT, WHY = "Tell me about a time you solved a problem.", "Why do you want to work here?"


def told(text: str) -> str:
    reading = read_answer(typed(text), WHAT)
    found = example_in(reading, sentence_ends(reading.words, WHAT))
    return found.value if isinstance(found, Lack) else " ".join(found)


def test_an_example_goes_from_the_occasion_to_what_came_of_it_in_whole_sentences() -> None:
    text = (
        "um so last december our scanner server went down and we had eleven lorries to load by midnight i printed "
        "the paper lists and i i put one person on each dock we got all eleven out by half past twelve"
    )
    found = told(text)
    assert found.startswith("Last December our scanner server went down")
    assert found.endswith("We got all eleven out by half past twelve.")
    assert "I put one person on each dock" in found
    assert "I I" not in found


def test_what_was_typed_keeps_its_own_marks() -> None:
    text = (
        "Last May our lift broke. I carried an old lady, who lives above us, down three floors. Her son thanked me "
        "and she has brought me jam every month since."
    )
    assert told(text) == text


@pytest.mark.parametrize(
    ("text", "lack"),
    [
        ("I think a team is only as strong as its weakest link and I would always help others.", Lack.NO_ACTION),
        ("Last May I rewrote the rota for our ward and asked every nurse about her nights.", Lack.NO_OUTCOME),
    ],
)
def test_what_an_answer_lacks_is_told_as_it_is(text: str, lack: Lack) -> None:
    assert example_in(read_answer(typed(text), WHAT)) is lack


def test_a_reason_is_taken_with_the_sentence_it_points_to() -> None:
    text = (
        "i want to work on this ward because my gran was here and every person who came to her bed knew her name and "
        "i want to be that person for somebody else"
    )
    assert reason_in(read_answer(typed(text), WHY))[0].startswith("I want to work on this ward because my gran")


def test_hours_and_parking_are_no_reason_for_a_letter() -> None:
    assert reason_in(read_answer(typed("the hours suit me and i am a hard worker and a people person"), WHY)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "I want to be that person for somebody else.",
        "She came back the next day.",
        "It works better now.",
        "They lost three officers.",
        "That was why I left.",
        "I liked this.",
        "I rang the",
    ],
)
def test_what_points_to_something_unsaid_hangs(text: str) -> None:
    assert dangles([text])


@pytest.mark.parametrize(
    "text",
    [
        "My gran was here, and I want to be like the nurse who washed her.",
        "I want to do this work because it is quiet.",
        "numbers that two teams can agree on",
        "writing things down so that others can go on",
        "I noticed that people wait.",
        "A man came in and he was cold.",
        "somebody who sits down when they talk to a resident",
    ],
)
def test_what_names_its_people_and_things_does_not_hang(text: str) -> None:
    assert not dangles([text])


def test_a_scene_may_open_with_it() -> None:
    assert not dangles(["It was the week before Christmas, and the till broke."], opens=True)

"""Where a stretch of words begins and ends."""

import pytest

from simulator.assessment import read_answer, score_answer
from simulator.reading.clauses import parted_at
from simulator.reading.reading import ElementSpan
from simulator.scoring.scorer import AnswerContext
from simulator.speech.transcript import joined, typed


def span(first: int, last: int) -> ElementSpan:
    return ElementSpan("question", first, last, 0.9, grade="role")


def test_what_is_asked_in_two_turns_is_two_questions() -> None:
    assert parted_at([span(0, 19)], (9,)) == (span(0, 9), span(10, 19))


def test_within_one_turn_nothing_is_parted() -> None:
    assert parted_at([span(0, 9), span(10, 19)], (9,)) == (span(0, 9), span(10, 19))
    assert parted_at([span(3, 8)], ()) == (span(3, 8),)


def test_a_word_or_two_of_the_next_turn_fall_off() -> None:
    assert parted_at([span(4, 11)], (9,)) == (span(4, 9),)
    assert parted_at([span(9, 10)], (9,)) == (span(9, 9),), "but something stays"


def test_questions_of_two_turns_are_told_apart_where_signs_are_written_and_one_is_left_out() -> None:
    turns = (
        "how many people are in the team? and who shows me the plan on the computer, i am not so good with it",
        "why did the last supervisor leave and what is the biggest problem with the cleaners now?",
    )
    context = AnswerContext("What would you like to ask us?", "closing", ("questions",))
    asked = score_answer(joined(map(typed, turns)), context).asked
    assert turns[1] in [each.text for each in asked]


STORY = (
    "In November the dentists wanted their newsletter out by six. I rang the dentists and asked what had to be out "
    "that night, so I sent that. He got them at quarter to nine, and the dentists never even noticed."
)


@pytest.mark.parametrize("back", ["What would you do if two of your people did that to you, out of interest?"])
def test_what_is_asked_at_the_end_of_an_answer_is_no_part_of_the_story(back: str) -> None:
    reading = read_answer(typed(f"{STORY} {back}"), "Tell me about a time you had two deadlines.")
    assert [span for span in reading.spans if span.last_word >= len(STORY.split())] == []
    assert reading.of("outcome")


def test_a_tag_makes_no_question_of_an_ending() -> None:
    reading = read_answer(typed(f"{STORY} We cut it by half, right?"), "Tell me about a time you had two deadlines.")
    assert reading.of("outcome")[-1].last_word >= len(STORY.split())

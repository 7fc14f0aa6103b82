"""A piece that was added stands behind all that was said, unless it reads as a beginning."""

from dataclasses import replace

import pytest

from simulator.assessment import read_answer, score_answer
from simulator.interview.adding_piece import with_piece
from simulator.reading import elements as e
from simulator.reading.readable import readable
from simulator.sessions.answer_feedback import PIECE_FIRST, feedback_text
from simulator.sessions.session import Answer, Utterance
from simulator.speech.transcript import joined, typed
from tests.sessions.made import CALM, answered, context_of

SAID = "last october on the late shift a visitor was shouting at the desk and in the end he came back to thank us"
OWN = "i took him to the side room and i called the ward"


def piece(words: str, element: str) -> Answer:
    """The answer with a piece that was typed."""
    answer = answered("s", 0, CALM, typed(SAID))
    return replace(
        answer, utterances=with_piece(answer, Utterance("And you?", typed(words), purpose="piece"), element)
    )


@pytest.mark.parametrize("element", [e.OWN_ACTION, e.OUTCOME, e.STEP, e.LESSON])
def test_a_piece_stands_behind_all_that_was_said(element: str) -> None:
    after = piece(OWN, element)
    assert after.transcript.text == f"{SAID} {OWN}"
    assert not after.begins_with_piece


def test_what_reads_as_a_beginning_stands_first_and_the_feedback_says_so() -> None:
    after = piece("it was last june", e.OCCASION)
    assert after.begins_with_piece
    scored = replace(after, scorecard=score_answer(after.transcript, context_of(CALM)))
    assert PIECE_FIRST in feedback_text(scored)


@pytest.mark.parametrize("words", ["They were glad. Nobody complained", "they were glad and nobody complained"])
def test_a_sentence_ends_wherever_a_piece_meets_the_rest(words: str) -> None:
    parts = [typed(words), typed("I like a clean room."), typed("ok then")]
    shown = readable(read_answer(joined(parts), CALM.ask))
    assert "obody complained. I like a clean room." in shown


@pytest.mark.parametrize(
    ("element", "words", "first"),
    [
        (e.OCCASION, "um at the clinic last june", True),
        (e.OCCASION, "That was in June at the clinic.", False),
        (e.OCCASION, "because it was in june", False),
        (e.ATTRACTION, "I've always loved working with animals.", True),
        (e.ATTRACTION, "Well, what draws me is the quiet.", True),
        (e.ATTRACTION, "I would miss the talks with people at the counter.", False),
        (e.ATTRACTION, "mostly the mornings", False),
        (e.REASON, "my grandmother was ill for years", False),
    ],
)
def test_only_what_reads_as_a_beginning_goes_first(element: str, words: str, first: bool) -> None:
    answer = answered("s", 0, CALM, "i just always liked people")
    said = with_piece(answer, Utterance("And you?", typed(words), purpose="piece"), element)
    assert [each.purpose for each in said] == (["piece", "question"] if first else ["question", "piece"])

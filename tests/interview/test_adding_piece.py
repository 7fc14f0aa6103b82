"""A piece that was added stands where such a thing is told, and the whole reads in that order."""

from dataclasses import replace
from typing import Any

import pytest

from simulator.assessment import score_answer
from simulator.interview.adding_piece import with_piece
from simulator.reading import elements as e
from simulator.scoring.scorecard import Scorecard
from simulator.sessions.correcting import with_correction
from simulator.sessions.highlights import passages
from simulator.sessions.session import Answer, Utterance
from simulator.speech.transcript import Transcript, joined, typed
from tests.fakes import spoken
from tests.sessions.made import CALM, answered, context_of

GROUP = (
    "last october on the late shift a visitor was shouting at the desk because nobody had called him and in the end "
    "he came back the next day to thank us"
)
OWN = "i took him to the side room and i explained what had happened and i called the ward"


def piece(words: str, **given: Any) -> Utterance:
    return replace(Utterance("And what did you do?", spoken(words), purpose="piece"), **given)


def rescored(answer: Answer) -> Scorecard:
    return score_answer(answer.transcript, context_of(CALM))


def whole(answer: Answer, added: Utterance, element: str) -> Answer:
    """The answer with the piece, scored anew."""
    said = with_piece(answer, added, element)
    together = joined(each.transcript for each in said)
    return replace(answer, utterances=said, scorecard=score_answer(together, context_of(CALM)))


def test_what_was_done_is_put_before_what_came_of_it() -> None:
    after = whole(answered("s", 0, CALM, GROUP), piece(OWN), e.OWN_ACTION)
    text = after.transcript.text
    assert text.index("nobody had called him") < text.index(OWN) < text.index("and in the end he came back")
    assert sorted(text.split()) == sorted(f"{GROUP} {OWN}".split()), "not a word more or less"
    assert after.scorecard
    told = passages(after, after.scorecard.rubrics["examples"].parts)
    names = [element for each in told for element, _ in each.labels]
    assert names.index(e.OWN_ACTION) < names.index(e.OUTCOME)
    assert after.scorecard.structure.found[:3] == ("situation", "action", "result")


def test_the_parts_of_one_recording_keep_their_place_in_it() -> None:
    answer = answered("s", 0, CALM, GROUP)
    answer = replace(answer, utterances=(replace(answer.utterances[0], recording="s/1.wav"),))
    before, added, after = with_piece(answer, piece(OWN, recording="s/2.wav"), e.OWN_ACTION)
    first, last = before.transcript, after.transcript
    assert (before.recording, added.recording, after.recording) == ("s/1.wav", "s/2.wav", "s/1.wav")
    assert first.words + last.words == answer.transcript.words
    assert (first.duration or 0) + (last.duration or 0) == answer.transcript.duration
    together = joined(each.transcript for each in (before, added, after))
    starts = [word.start or 0.0 for word in together.words]
    assert starts == sorted(starts)


def test_an_answer_with_a_piece_is_not_called_longer_than_it_was() -> None:
    answer = answered("s", 0, CALM, GROUP)
    after = whole(answer, piece(OWN), e.OWN_ACTION)
    assert answer.scorecard
    assert after.scorecard
    spoken_for = (answer.scorecard.delivery.seconds or 0) + (spoken(OWN).duration or 0)
    assert abs((after.scorecard.delivery.seconds or 0) - spoken_for) < 0.5
    assert after.scorecard.delivery.pauses == ()


def test_without_an_outcome_it_stands_behind_and_an_occasion_before() -> None:
    answer = answered("s", 0, CALM, "last october a visitor was shouting at the desk because nobody had called him")
    assert with_piece(answer, piece(OWN), e.OWN_ACTION)[-1].purpose == "piece"
    assert with_piece(answer, piece("it was last june"), e.OCCASION)[0].purpose == "piece"


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
    said = with_piece(answer, piece(words), element)
    assert [each.purpose for each in said] == (["piece", "question"] if first else ["question", "piece"])


def test_an_outcome_is_put_before_what_was_learned_from_it() -> None:
    told = "last winter a visitor was shouting so i took him aside since then i call every family before they ask"
    after = whole(answered("s", 0, CALM, told), piece("he came back the next day to thank us"), e.OUTCOME)
    text = after.transcript.text
    assert text.index("him aside") < text.index("he came back") < text.index("since then")


def test_words_that_were_corrected_are_never_parted() -> None:
    answer = answered("s", 0, CALM, GROUP)
    corrected = with_correction(answer, 0, GROUP.replace("october", "november"), rescored)
    assert corrected.utterances[0].original is not None
    said = with_piece(corrected, piece(OWN), e.OWN_ACTION)
    assert [each.purpose for each in said] == ["question", "piece"]


def test_a_typed_answer_is_parted_too() -> None:
    answer = answered("s", 0, CALM, typed(GROUP))
    said = with_piece(answer, Utterance("And you?", typed(OWN), purpose="piece"), e.OWN_ACTION)
    assert [each.purpose for each in said] == ["question", "piece", "question"]
    assert isinstance(said[0].transcript, Transcript)
    assert said[0].transcript.duration is None

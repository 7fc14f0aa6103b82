"""What is not scored, and what does not count."""

from dataclasses import replace

from simulator.scoring.guards import (
    GARBLED,
    ONLY_THE_QUESTION,
    REPEATED,
    TOO_LITTLE,
    UNINTELLIGIBLE,
    apply_guards,
)
from simulator.speech.transcript import Source, Transcript, Word
from tests.reading.made import reading_of, transcript_of

ASKED = "Tell me about a time you had to calm somebody down."
SAID = reading_of("so [occasion:last june it broke] and [own_action:i rang them all] and that was that")


def test_a_plain_answer_is_left_alone() -> None:
    guarded = apply_guards(SAID, transcript_of(SAID), ASKED, 8)
    assert (guarded.reading, guarded.names, guarded.why_not) == (SAID, (), None)


def test_fewer_words_than_asked_for_are_not_scored_and_hesitations_are_no_words() -> None:
    short = reading_of("um uh i rang them all um er uh hm")
    assert apply_guards(short, transcript_of(short), ASKED, 8).why_not == TOO_LITTLE


def test_words_the_recogniser_was_not_sure_of_are_not_scored() -> None:
    words = tuple(Word(word, n * 0.4, n * 0.4 + 0.3, 0.2) for n, word in enumerate(SAID.words))
    assert apply_guards(SAID, Transcript(words, Source.SPOKEN, duration=9.0), ASKED, 8).why_not == UNINTELLIGIBLE


def test_words_that_make_no_sense_are_not_scored_whatever_their_number() -> None:
    senseless = replace(SAID, garbled=0.6)
    guarded = apply_guards(senseless, transcript_of(senseless), ASKED, 8)
    assert guarded.names == (GARBLED,)
    assert guarded.why_not


def test_the_question_read_back_is_no_answer() -> None:
    back = reading_of("so [occasion:tell me about a time you had to calm somebody down] yes")
    assert apply_guards(back, transcript_of(back), ASKED, 8).why_not == ONLY_THE_QUESTION


def test_what_was_said_before_does_not_count_again() -> None:
    twice = reading_of(
        "[own_action:i rang every single one of them] and [own_action:i rang every single one of them] so"
    )
    guarded = apply_guards(twice, transcript_of(twice), ASKED, 8)
    assert len(guarded.reading.spans) == 1
    assert guarded.names == (REPEATED,)

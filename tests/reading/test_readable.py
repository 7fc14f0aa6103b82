"""What was said, as one reads it."""

from simulator.reading.readable import readable, sentences
from simulator.reading.reading import Disfluency, Reading

SAID = Reading(
    words=("um", "last", "june", "i", "i", "rang", "anna", "and", "she", "came", "what", "a", "day"),
    disfluencies=(Disfluency("filler", 0, 0), Disfluency("repetition", 3, 3)),
    stops=(9,),
    commas=(2,),
    capitals=(2, 6),
)


def test_fillers_go_sentences_begin_with_a_capital_and_end_with_a_stop() -> None:
    assert readable(SAID) == "Last June, I rang Anna and she came. What a day."


def test_a_quote_is_one_closed_sentence() -> None:
    assert readable(SAID, 4, 6, quoted=True) == "I rang Anna."
    assert readable(SAID, 7, 9, quoted=True) == "And she came."


def test_typed_words_keep_their_own_punctuation() -> None:
    typed = Reading(words=("I", "rang", "her,", "twice!", "she", "came."), stops=(3, 5), commas=(2,))
    assert readable(typed) == "I rang her, twice! She came."


def test_a_question_ends_with_its_mark() -> None:
    asked = Reading(words=("what", "comes", "first"), stops=(2,), asks=(2,))
    assert readable(asked, quoted=True) == "What comes first?"


def test_sentences_are_told_apart() -> None:
    assert sentences(SAID) == ((0, 9), (10, 12))

"""Recogniser text and typed text read alike."""

import pytest

from simulator.scoring.tokens import tokens_of
from simulator.speech.transcript import Source, Transcript, Word, typed


def text_of(text: str) -> str:
    return " ".join(tokens_of(typed(text)).text)


@pytest.mark.parametrize("written", ["I'm sure", "im sure", "i m sure", "i am sure", "I’m sure."])
def test_contractions_read_alike_however_they_are_written(written: str) -> None:
    assert text_of(written) == "i am sure"


@pytest.mark.parametrize("written", ["didn't", "didnt", "did n't", "didn t", "did not"])
def test_negations_read_alike_however_they_are_split(written: str) -> None:
    assert text_of(f"he {written} call") == "he did not call"


def test_hesitations_and_words_said_twice_are_left_out() -> None:
    assert text_of("um i i went uh i went to the the depot") == "i went to the depot"


def test_each_token_knows_its_word() -> None:
    tokens = tokens_of(typed("Um, I didn't go."))
    assert tokens.text == ("i", "did", "not", "go")
    assert tokens.word == (1, 2, 2, 3)


def test_punctuation_cuts_clauses_and_commas_in_numbers_do_not() -> None:
    tokens = tokens_of(typed("We sold 1,200 cups. Then it rained"))
    assert [tokens.text[i] for i in range(len(tokens)) if tokens.cut[i]] == ["then"]
    assert "1,200" in tokens.text


def test_a_pause_cuts_a_clause() -> None:
    words = (Word("first", 0.0, 0.4), Word("second", 0.5, 0.9), Word("third", 1.6, 2.0))
    tokens = tokens_of(Transcript(words, Source.SPOKEN, duration=2.0))
    assert tokens.cut == (False, False, True)


def test_cause_as_a_noun_stays_a_noun() -> None:
    assert text_of("i stayed cause it rained") == "i stayed because it rained"
    assert text_of("the cause of the leak") == "the cause of the leak"

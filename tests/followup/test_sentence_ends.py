"""Where the sentences of what was heard end; read by the shipped model, put right by grammar."""

import pytest

from simulator.assessment import read_answer, sentence_ends
from simulator.followup.sentence_ends import told_sentences
from simulator.speech.transcript import typed

ASKED = "Tell me about a time you solved a problem."


def told(text: str) -> list[str]:
    """The sentences; an unsound one ends with "?!"."""
    reading = read_answer(typed(text), ASKED)
    found = told_sentences(reading, sentence_ends(reading.words, ASKED))
    return [" ".join(reading.words[each.first : each.last + 1]) + ("" if each.sound else " ?!") for each in found]


def test_a_clause_belongs_to_the_noun_it_tells_more_of() -> None:
    text = (
        "so i asked for his last five bills and saw that he was paying for a phone he had handed back in twenty "
        "nineteen i got him a hundred pounds back"
    )
    assert told(text)[0].endswith("a phone he had handed back in twenty nineteen")
    assert told(text)[1] == "i got him a hundred pounds back"


def test_what_turned_out_stays_with_it() -> None:
    text = "i asked him straight out and it turned out he was fasting and did not want to explain it to everybody"
    assert len(told(text)) == 1


def test_a_phrase_before_its_clause_goes_with_it() -> None:
    text = (
        "so i started a stock pot on the back burner and i made a list on the fridge of what goes in it after two "
        "months we bought no stock cubes any more"
    )
    assert told(text)[-1] == "after two months we bought no stock cubes any more"


def test_two_clauses_without_a_joint_are_two_sentences() -> None:
    text = "i had the lads clear the north side by hand we had them all stacked by three o'clock"
    assert told(text) == [
        "i had the lads clear the north side by hand",
        "we had them all stacked by three o'clock",
    ]


def test_where_it_is_not_sure_it_is_told_so() -> None:
    text = (
        "so i hung a board by the lift with a peg for each room and they turned the peg when a room was done and we "
        "could see it from the desk check in got faster by about twenty minutes and the shouting stopped"
    )
    assert any(each.endswith("?!") for each in told(text))


@pytest.mark.parametrize("text", ["", "um", "um uh um", "i", "and and and", "the the", "when i came back"])
def test_any_words_can_be_read(text: str) -> None:
    assert len(told(text)) <= 1


def test_what_was_typed_with_full_stops_keeps_them() -> None:
    assert told("I rang her. She came.") == ["I rang her.", "She came."]


def test_without_chances_the_stops_of_the_reading_count() -> None:
    reading = read_answer(typed("in may i printed the lists i put one person on each dock and we went home"), ASKED)
    assert {each.last for each in told_sentences(reading)} >= {len(reading.words) - 1}

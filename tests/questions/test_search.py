"""Search over all banks."""

from dataclasses import replace
from typing import Any

from simulator.questions.bank import Kind
from simulator.questions.search import QuestionIndex
from tests.questions.some_banks import bank, question

BANK = replace(
    bank(),
    questions=(
        question("one", ask="Tell me about a Conflict.", guidance="Both sides.", competency="conflict"),
        question("two", ask="What would you ask?", kind=Kind.CLOSING, guidance="No conflict here.", tags=("late",)),
        question("three", ask="Why nights?", kind=Kind.MOTIVATION),
    ),
)


def found(words: str, **more: Any) -> list[str]:
    return [hit.question.id for hit in QuestionIndex([BANK]).search(words, **more)]


def test_what_is_asked_comes_before_what_is_only_written() -> None:
    assert found("conflict") == ["one", "two"]


def test_all_words_must_be_there_wherever_and_in_part() -> None:
    assert found("confl sides") == ["one"]
    assert found("ASK late") == ["two"]
    assert found("conflict nights") == []


def test_the_banks_title_counts() -> None:
    assert sorted(found("night shift")) == ["one", "three", "two"]


def test_kinds_and_competencies_narrow_it() -> None:
    assert found("", kind=Kind.CLOSING) == ["two"]
    assert found("", competency="conflict") == ["one"]
    assert found("", most=2) == ["one", "two"]


def test_special_letters_are_found_whatever_their_case() -> None:
    index = QuestionIndex([replace(bank(), questions=(question(ask="Wie heißt die STRASSE?"),))])
    assert len(index.search("straße HEISST")) == 1

"""Questions like one: the nearest by meaning, each text once."""

import pytest

from simulator.questions import likeness
from simulator.questions.bank import Bank, Question
from simulator.questions.likeness import questions_like
from simulator.questions.search import QuestionHit
from tests.questions.some_banks import question


def hits(*asks: str) -> list[QuestionHit]:
    asked: list[Question] = [question(f"q{place}", ask=ask) for place, ask in enumerate(asks)]
    bank = Bank("some", "Some", tuple(asked))
    return [QuestionHit(bank, each) for each in asked]


def test_the_nearest_stands_first_with_how_near_it_is_and_what_is_far_is_left_out() -> None:
    found = questions_like(
        "What is your greatest weakness?",
        hits("How did you get here today?", "What would you call your weak point?", "What is your biggest weakness?"),
    )
    assert [(like.hit.question.ask, like.degree) for like in found] == [
        ("What is your biggest weakness?", "asks the same"),
        ("What would you call your weak point?", "related"),
    ]


def test_no_text_comes_twice_and_the_question_itself_never() -> None:
    twice = ("Why do you want to nurse?", "Why do you want to nurse")
    found = questions_like("Why nursing?", hits("why nursing", *twice))
    assert [like.hit.question.ask for like in found] == ["Why do you want to nurse?"]


def test_of_very_many_the_near_one_is_found_by_the_words_it_shares(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likeness, "MOST_VECTORS", 50)
    many = [f"Tell me about number {number} of the boxes." for number in range(100)]
    found = questions_like("What is your greatest weakness?", hits(*many, "What is a great weakness of yours?"))
    assert [like.hit.question.ask for like in found] == ["What is a great weakness of yours?"]


def test_without_other_questions_there_is_none() -> None:
    assert questions_like("Why nursing?", hits("Why nursing?")) == []

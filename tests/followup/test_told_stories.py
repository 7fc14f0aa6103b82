"""Which story suits whom: by what they said, whoever asked for it."""

from dataclasses import replace

import pytest

from simulator.followup.interview_record import record_of_session
from simulator.followup.told_stories import Reader, SourceKind, ToldStory, by_fit, is_touchy, own_story, suggested
from simulator.questions.bank import Kind
from tests.followup.made import CAST, MAREK, SESSION, answered
from tests.followup.practices import occasion_of, practices

WAIT = ToldStory(
    SourceKind.ANSWER,
    "a",
    "your answer",
    "A man had waited an hour with his cat, so I sat down beside him and told him why, and the complaints stopped.",
    "b",
)
XRAYS = ToldStory(
    SourceKind.ANSWER, "b", "your answer", "I practised dental x-rays on a skull until I retook one in ten.", "b"
)
VET = Reader("a", "Dr Orla Keaveney", ("Clients wait fifty minutes and nobody tells them why.",))
NURSE = Reader("b", "Siobhan", ("I need somebody who can take good x-rays.",))


def test_a_story_goes_to_whom_it_answers_whoever_asked_for_it() -> None:
    assert suggested((VET, NURSE), (WAIT, XRAYS)) == {"a": WAIT, "b": XRAYS}


def test_no_two_people_get_the_same_story() -> None:
    same = Reader("b", "Siobhan", VET.priorities)
    assert list(suggested((VET, same), (WAIT,)).values()) == [WAIT]
    assert suggested((VET, NURSE), (WAIT, XRAYS)) == {"a": WAIT, "b": XRAYS}


def test_of_somebody_who_said_nothing_only_their_own_question_tells() -> None:
    silent = Reader("c", "Darren")
    assert suggested((silent,), (WAIT,)) == {}
    assert suggested((Reader("b", "Siobhan"),), (WAIT,)) == {"b": WAIT}


def test_what_is_touchy_or_no_story_is_offered_last_and_never_suggested() -> None:
    quarrel = ToldStory(SourceKind.ANSWER, "q", "your answer", WAIT.text, "a", touchy=True)
    assert suggested((VET,), (quarrel,)) == {}
    assert [each.where for _, each in by_fit(VET, (quarrel, XRAYS, WAIT))] == ["a", "b", "q"]
    opinion = ToldStory(SourceKind.ANSWER, "o", "your answer", WAIT.text, "a", whole=False)
    assert suggested((VET,), (opinion,)) == {}
    assert not own_story("a").told


@pytest.mark.parametrize(
    ("question", "touchy"),
    [
        ("Tell me about a mistake you made.", True),
        ("What was the last mistake you made?", True),
        ("Tell me about a disagreement with a manager.", True),
        ("Tell me about a time you and a colleague disagreed.", True),
        ("Have you ever let a colleague down?", True),
        ("Which of your projects did not work?", True),
        ("Tell me about a time you prevented a mistake.", False),
        ("Tell me about a time you had to get agreement from people who did not want to agree.", False),
        ("How do you deal with a rude person at the desk?", False),
        ("Tell me about a time you led a team.", False),
    ],
)
def test_a_question_for_ones_own_mistake_or_a_quarrel_is_known(question: str, touchy: bool) -> None:
    assert is_touchy(question) == touchy


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (
            "every sunday i drive the route in my own car and my wife reads the stops out and that is how i learn it",
            False,
        ),
        (
            "last june the till was wrong every night so i counted it with one other person and we found that the "
            "refunds were rung in twice and it has been right since then",
            True,
        ),
    ],
)
def test_a_habit_without_an_outcome_is_no_story(text: str, whole: bool) -> None:
    asked = answered(2, text, "How do you learn something?", Kind.BEHAVIOURAL, MAREK, "learning")
    record = record_of_session(replace(SESSION, answers=(asked,)), CAST)
    assert record.told[0].whole == whole


def test_in_a_practice_what_was_done_is_a_story_and_an_opinion_is_only_offered() -> None:
    record = occasion_of(practices()[0])
    assert all(each.text and each.asked_by for each in record.told if each.told)
    assert [each.told for each in record.told if each.where in ("hamster", "report-query")] == [False, False]

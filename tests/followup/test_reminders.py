"""How what somebody said can stand in a sentence."""

import pytest

from simulator.followup.interview_record import RecordedInterviewer, RecordedStatement
from simulator.followup.reminders import Form, Reminder, form_of, reminder_of
from simulator.sessions.session import LearnedKind

HEARD = RecordedInterviewer(
    "x",
    "Xenia Lang",
    said=(
        RecordedStatement(LearnedKind.PRIORITY, "Read the plan. That is all I ask."),
        RecordedStatement(LearnedKind.PROBLEM, "The night staff start with half the picture."),
        RecordedStatement(LearnedKind.PRIORITY, "The breaks on the late shift drift.", aloud=False),
    ),
)


@pytest.mark.parametrize(
    "topic",
    [
        "the long wait",
        "nobody wanting to leave or buy anything",
        "somebody who will not go to pieces",
        "new clients waiting and nobody telling them why",
        "cleaning being eighty percent of brewing",
        "the four thousand a year you have spent",
        "the family never being made to feel like a donor",
        "notes that are either one line or three pages",
        "how hard it is to stay calm",
        "you wanting somebody calm",
    ],
)
def test_a_noun_or_a_phrase_with_ing_is_named(topic: str) -> None:
    assert form_of(topic) is Form.NAMED


@pytest.mark.parametrize(
    "topic",
    [
        "you need somebody calm",
        "that juniors go quiet when they are stuck",
        "nobody knows why",
        "nobody was told",
        "there's no time",
        "the reports are always late",
        "on Sundays you are short of drivers",
    ],
)
def test_what_has_a_verb_of_its_own_is_a_clause(topic: str) -> None:
    assert form_of(topic) is Form.CLAUSE


def test_what_is_neither_for_sure_is_left_out() -> None:
    assert form_of("everyone late again") is Form.UNSURE


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("read the plan", "Read the plan"),
        ("that the night staff start with half the picture.", "The night staff start with half the picture"),
    ],
)
def test_a_whole_sentence_of_theirs_is_quoted(line: str, words: str) -> None:
    assert reminder_of(line, HEARD) == Reminder(Form.QUOTED, words)


def test_a_part_of_their_sentence_is_no_quotation() -> None:
    found = reminder_of("the night staff", HEARD)
    assert found is not None
    assert found.form is Form.NAMED


def test_what_was_only_noted_of_them_is_not_told_as_said_in_the_talk() -> None:
    found = reminder_of("the breaks on the late shift", HEARD)
    assert found is not None
    assert found.elsewhere


def test_an_empty_line_reminds_of_nothing() -> None:
    assert reminder_of(" . ", HEARD) is None

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
        "the key nobody can find",
        "people who never give up",
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


@pytest.mark.parametrize(
    "topic",
    [
        "everyone late again",
        "every third family gives the dog back",
        "four lame horses, each from a stone nobody had picked out",
        "a third of the people who get an offer never answer",
        "parents ring the office at seven",
        "the till sticks every Friday",
        "the van came at nine",
        "a new boiler costs us two visits",
        "children cry in the corridor",
    ],
)
def test_what_may_have_a_verb_of_its_own_is_neither_for_sure(topic: str) -> None:
    assert form_of(topic) is Form.UNSURE


@pytest.mark.parametrize(
    "topic", ["nurses who stay", "orders that come back", "overtime claims that reach you", "ringing before lunch"]
)
def test_the_verb_of_a_clause_inside_a_noun_is_not_its_own(topic: str) -> None:
    assert form_of(topic) is Form.NAMED


def test_what_somebody_wishes_for_is_a_wish_and_a_problem_is_none() -> None:
    keen = RecordedInterviewer(
        "x",
        "Xenia Lang",
        said=(
            RecordedStatement(LearnedKind.PRIORITY, "people who like early mornings"),
            RecordedStatement(LearnedKind.PROBLEM, "Our lorries leave half empty."),
        ),
    )
    forms = [reminder_of(line, keen) for line in ("people who like early mornings", "half-empty lorries leaving")]
    assert [each and each.form for each in forms] == [Form.WISH, Form.NAMED]


@pytest.mark.parametrize(
    ("theirs", "line", "words"),
    [
        ("Keeping your eyes on the water", "keep your eyes on the water", "keeping your eyes on the water"),
        ("making the list early", "make the list early", "making the list early"),
        ("letters that go out", "letters that go out", "letters that go out"),
    ],
)
def test_what_they_wish_for_is_no_order_to_them(theirs: str, line: str, words: str) -> None:
    keen = RecordedInterviewer("x", "Xenia Lang", said=(RecordedStatement(LearnedKind.PRIORITY, theirs),))
    assert reminder_of(line, keen) == Reminder(Form.WISH, words)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("read the plan", "Read the plan"),
        ("the night staff start with half the picture.", "The night staff start with half the picture"),
    ],
)
def test_a_whole_sentence_of_theirs_is_quoted(line: str, words: str) -> None:
    assert reminder_of(line, HEARD) == Reminder(Form.QUOTED, words)


def test_a_clause_with_that_is_no_quotation() -> None:
    found = reminder_of("that the night staff start with half the picture", HEARD)
    assert found == Reminder(Form.CLAUSE, "the night staff start with half the picture")


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

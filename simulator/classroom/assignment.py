"""Assignments: questions in a fixed order under fixed rules, handed out as one file that each student opens.

Its form is described in `docs/classes.md`. What a student makes of it is a session like others; its bank is
"assignment:" and its id, and it is handed in with sums (`sessions.archive.write_one`).
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec

from simulator.data_files import begun
from simulator.errors import UserError
from simulator.interview.plan import Plan, Turn
from simulator.preparation.job import new_id
from simulator.questions.bank import Bank, Kind, Question
from simulator.sessions.session import Mode, Session
from simulator.texts import read_bytes

ASSIGNMENT = "assignment:"
"""Before the id of an assignment, where sessions name their bank."""
ASSIGNMENT_KIND = "assignment"
"""The kind of document that holds an assignment which was taken in."""
ASSIGNMENT_FORMAT = "second-round-assignment"
ASSIGNMENT_VERSION = 1
MOST_QUESTIONS = 50
MOST_BYTES = 4_000_000
LEAST_SECONDS, MOST_SECONDS = 5, 3600


@dataclass(frozen=True, slots=True)
class Rules:
    """How an assignment is done. `feedback` is "end" or "each"; `limits` shows a question's seconds as a limit."""

    follow_ups: bool = False
    second_try: bool = False
    feedback: str = "end"
    limits: bool = True

    @property
    def mode(self) -> Mode:
        """The mode of the interview that follows these rules."""
        return Mode.COACH if self.feedback == "each" else Mode.REALISTIC

    @property
    def words(self) -> str:
        """The rules as the student reads them before the first question."""
        rules = [
            "all questions, in their order",
            "follow-up questions may come" if self.follow_ups else "no follow-up questions",
            "you may try again" if self.second_try else "one try each",
            *(["a limit of time is shown for each"] if self.limits else []),
            "feedback after each" if self.feedback == "each" else "feedback at the end",
        ]
        return f"Assignment: {', '.join(rules)}."


@dataclass(frozen=True, slots=True)
class Assignment:
    """One assignment. The questions bring their limits as `target_seconds`, and no worked answers."""

    id: str
    title: str
    questions: tuple[Question, ...]
    interviewer_ids: tuple[str, ...] = ()
    rules: Rules = field(default_factory=Rules)
    note: str = ""

    @property
    def bank(self) -> Bank:
        """Its questions as a bank."""
        return Bank(f"{ASSIGNMENT}{self.id}", self.title, self.questions, description=self.note)

    def plan(self, interviewer_ids: Sequence[str]) -> Plan:
        """All questions in their order; several interviewers take turns."""
        turns = (
            Turn(question, interviewer_ids[number % len(interviewer_ids)])
            for number, question in enumerate(self.questions)
        )
        return Plan(tuple(turns), tuple(interviewer_ids))


def make_assignment(
    bank: Bank,
    title: str = "",
    question_ids: Sequence[str] = (),
    seconds: int = 0,
    interviewer_ids: Sequence[str] = (),
    rules: Rules | None = None,
    note: str = "",
) -> Assignment:
    """An assignment from a bank: all its questions, or those named, in that order.

    What the candidate asks comes last. `seconds` is one limit for every question (0: each has its own).
    Raises UserError.
    """
    questions = [_named(bank, question_id) for question_id in question_ids] or list(bank.questions)
    questions.sort(key=lambda question: question.kind is Kind.CLOSING)
    limited = tuple(
        replace(question, examples=(), target_seconds=seconds or question.target_seconds) for question in questions
    )
    made = Assignment("", title or bank.title, limited, tuple(interviewer_ids), rules or Rules(), note)
    assignment = replace(made, id=f"{new_id(made.title, (), 'assignment')}-{_sum(_plain(made))[:6]}")
    _check(assignment)
    return assignment


def _named(bank: Bank, question_id: str) -> Question:
    meant = begun(question_id, (question.id for question in bank.questions), "questions")
    question = bank.question(meant or question_id)
    if question is None:
        raise UserError(
            f"The bank '{bank.id}' has no question '{question_id}'.", f"'banks show {bank.id}' lists them."
        )
    return question


def _check(assignment: Assignment) -> None:
    """Raise UserError where an assignment cannot be done."""
    if not 1 <= len(assignment.questions) <= MOST_QUESTIONS:
        raise UserError(
            f"An assignment has 1 to {MOST_QUESTIONS} questions, not {len(assignment.questions)}.",
            "Choose some of them with --questions.",
        )
    if len({question.id for question in assignment.questions}) < len(assignment.questions):
        raise UserError("A question comes twice in this assignment.", "Leave one of the two out.")
    for question in assignment.questions:
        if not LEAST_SECONDS <= question.target_seconds <= MOST_SECONDS:
            raise UserError(f"A limit of {question.target_seconds} seconds does not do.", "Give 5 to 3600.")
    if assignment.rules.feedback not in ("end", "each"):
        raise UserError(f"Feedback cannot come '{assignment.rules.feedback}'.", "Choose 'end' or 'each'.")


def _plain(assignment: Assignment) -> Any:
    return msgspec.to_builtins(assignment)


def _sum(content: Any) -> str:
    return hashlib.sha256(msgspec.json.encode(content, order="sorted")).hexdigest()


def assignment_text(assignment: Assignment, rubrics: Mapping[str, str]) -> str:
    """The file to hand out: the assignment, and the texts of the coach's own rubrics that it needs."""
    from simulator.sessions.export import json_text  # late

    content = {"assignment": _plain(assignment), "rubrics": dict(rubrics)}
    return json_text({"format": ASSIGNMENT_FORMAT, "version": ASSIGNMENT_VERSION, **content, "sum": _sum(content)})


def is_assignment_file(path: Path) -> bool:
    """Whether a file says of itself that it is an assignment."""
    try:
        with path.open("rb") as file:
            return ASSIGNMENT_FORMAT.encode() in file.read(200)
    except OSError:
        return False


def read_assignment(path: Path) -> tuple[Assignment, dict[str, str]]:
    """An assignment and the rubrics it brings, from its file. Raises UserError when it is none, or was changed."""
    raw = read_bytes(path, MOST_BYTES)
    try:
        document = msgspec.json.decode(raw) if raw.lstrip().startswith(b"{") else None
        if not isinstance(document, dict) or document.get("format") != ASSIGNMENT_FORMAT:
            raise UserError(f"{path} is no assignment of Second Round.", "A coach makes it with 'class set'.")
        version = document.get("version")
        if not isinstance(version, int) or version > ASSIGNMENT_VERSION:
            raise UserError(f"{path} was made by a newer Second Round.", "Use that version, or a newer one.")
        content = {"assignment": document.get("assignment"), "rubrics": document.get("rubrics")}
        if document.get("sum") != _sum(content):
            raise UserError(f"{path} was changed after it was made.", "Ask for it anew.")
        assignment = msgspec.convert(content["assignment"], Assignment)
        rubrics = msgspec.convert(content["rubrics"], dict[str, str])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise UserError(f"{path} is damaged: {error}.", "Ask for it anew.") from None
    _check(assignment)
    return assignment, rubrics


def is_assignment(session: Session) -> bool:
    """Whether a session is an assignment that was done (and no drill on one of its questions)."""
    return session.bank_id.startswith(ASSIGNMENT) and session.mode is not Mode.DRILL

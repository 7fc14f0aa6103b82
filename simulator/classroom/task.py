"""Set work: questions in a fixed order under fixed rules, handed out as one file that each student opens.

Its form is described in `docs/classes.md`. What a student makes of it is a session like others; its bank is
"task:" and the id of the work, and it is handed in with sums (`sessions.archive.write_one`).
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

TASK = "task:"
"""Before the id of set work, where sessions name their bank."""
TASK_KIND = "task"
"""The kind of document that holds set work which was taken in."""
TASK_FORMAT = "second-round-task"
TASK_VERSION = 1
MOST_QUESTIONS = 50
MOST_BYTES = 4_000_000
LEAST_SECONDS, MOST_SECONDS = 5, 3600


@dataclass(frozen=True, slots=True)
class Rules:
    """How set work is done. `feedback` is "end" or "each"; `limits` shows a question's seconds as a limit."""

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
        return f"Set work: {', '.join(rules)}."


@dataclass(frozen=True, slots=True)
class Task:
    """Set work. The questions bring their limits as `target_seconds`, and no worked answers."""

    id: str
    title: str
    questions: tuple[Question, ...]
    interviewer_ids: tuple[str, ...] = ()
    rules: Rules = field(default_factory=Rules)
    note: str = ""

    @property
    def bank(self) -> Bank:
        """Its questions as a bank."""
        return Bank(f"{TASK}{self.id}", self.title, self.questions, description=self.note)

    def plan(self, interviewer_ids: Sequence[str]) -> Plan:
        """All questions in their order; several interviewers take turns."""
        turns = (
            Turn(question, interviewer_ids[number % len(interviewer_ids)])
            for number, question in enumerate(self.questions)
        )
        return Plan(tuple(turns), tuple(interviewer_ids))


def make_task(
    bank: Bank,
    title: str = "",
    question_ids: Sequence[str] = (),
    seconds: int = 0,
    interviewer_ids: Sequence[str] = (),
    rules: Rules | None = None,
    note: str = "",
) -> Task:
    """Set work from a bank: all its questions, or those named, in that order. What the candidate asks comes last.

    `seconds` is one limit for every question (0: each has its own). Raises UserError.
    """
    questions = [_named(bank, question_id) for question_id in question_ids] or list(bank.questions)
    questions.sort(key=lambda question: question.kind is Kind.CLOSING)
    limited = tuple(
        replace(question, examples=(), target_seconds=seconds or question.target_seconds) for question in questions
    )
    made = Task("", title or bank.title, limited, tuple(interviewer_ids), rules or Rules(), note)
    task = replace(made, id=f"{new_id(made.title, (), 'work')}-{_sum(_plain(made))[:6]}")
    _check(task)
    return task


def _named(bank: Bank, question_id: str) -> Question:
    meant = begun(question_id, (question.id for question in bank.questions), "questions")
    question = bank.question(meant or question_id)
    if question is None:
        raise UserError(
            f"The bank '{bank.id}' has no question '{question_id}'.", f"'banks show {bank.id}' lists them."
        )
    return question


def _check(task: Task) -> None:
    """Raise UserError where set work cannot be done."""
    if not 1 <= len(task.questions) <= MOST_QUESTIONS:
        raise UserError(
            f"Set work has 1 to {MOST_QUESTIONS} questions, not {len(task.questions)}.",
            "Choose some of them with --questions.",
        )
    if len({question.id for question in task.questions}) < len(task.questions):
        raise UserError("A question comes twice in this set work.", "Leave one of the two out.")
    for question in task.questions:
        if not LEAST_SECONDS <= question.target_seconds <= MOST_SECONDS:
            raise UserError(f"A limit of {question.target_seconds} seconds does not do.", "Give 5 to 3600.")
    if task.rules.feedback not in ("end", "each"):
        raise UserError(f"Feedback cannot come '{task.rules.feedback}'.", "Choose 'end' or 'each'.")


def _plain(task: Task) -> Any:
    return msgspec.to_builtins(task)


def _sum(content: Any) -> str:
    return hashlib.sha256(msgspec.json.encode(content, order="sorted")).hexdigest()


def task_text(task: Task, rubrics: Mapping[str, str]) -> str:
    """The file to hand out: the work, and the texts of the coach's own rubrics that it needs."""
    from simulator.sessions.export import json_text  # late

    content = {"task": _plain(task), "rubrics": dict(rubrics)}
    return json_text({"format": TASK_FORMAT, "version": TASK_VERSION, **content, "sum": _sum(content)})


def is_task_file(path: Path) -> bool:
    """Whether a file says of itself that it is set work."""
    try:
        with path.open("rb") as file:
            return TASK_FORMAT.encode() in file.read(200)
    except OSError:
        return False


def read_task(path: Path) -> tuple[Task, dict[str, str]]:
    """Set work and the rubrics it brings, from its file. Raises UserError when it is none, or was changed."""
    raw = read_bytes(path, MOST_BYTES)
    try:
        document = msgspec.json.decode(raw)
        if not isinstance(document, dict) or document.get("format") != TASK_FORMAT:
            raise UserError(f"{path} is no set work of Second Round.", "A coach makes it with 'class set'.")
        version = document.get("version")
        if not isinstance(version, int) or version > TASK_VERSION:
            raise UserError(f"{path} was made by a newer Second Round.", "Use that version, or a newer one.")
        content = {"task": document.get("task"), "rubrics": document.get("rubrics")}
        if document.get("sum") != _sum(content):
            raise UserError(f"{path} was changed after it was made.", "Ask for it anew.")
        task = msgspec.convert(content["task"], Task)
        rubrics = msgspec.convert(content["rubrics"], dict[str, str])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise UserError(f"{path} is damaged: {error}.", "Ask for it anew.") from None
    _check(task)
    return task, rubrics


def is_set_work(session: Session) -> bool:
    """Whether a session is set work that was done (and no drill on one of its questions)."""
    return session.bank_id.startswith(TASK) and session.mode is not Mode.DRILL

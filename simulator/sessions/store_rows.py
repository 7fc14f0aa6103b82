"""What the store gives back besides whole sessions, and how sessions are written into its columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

from simulator.questions.bank import Question
from simulator.scoring.scorecard import Scorecard
from simulator.sessions.session import Answer, Mode, Utterance
from simulator.sessions.store_file import readable

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """A session as lists show it. `levels` maps each rubric to the mean level of its latest attempts."""

    id: str
    started_at: str
    finished_at: str
    mode: Mode
    bank_id: str
    bank_title: str
    interviewer_names: tuple[str, ...]
    answers: int
    levels: dict[str, float]
    sample: bool = False
    job_id: str = ""

    @property
    def finished(self) -> bool:
        return bool(self.finished_at)


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer found by a search; `context` has the found words between ⟦ and ⟧."""

    session_id: str
    answer_id: str
    question: str
    context: str
    answered_at: str


@dataclass(frozen=True, slots=True)
class LevelPoint:
    """One rubric's level of one answer, for progress."""

    rubric: str
    level: int
    answered_at: str
    question_id: str
    competency: str
    bank_id: str
    answer_id: str
    self_level: int | None = None


@dataclass(frozen=True, slots=True)
class DayLevel:
    """One rubric on one day ("2026-11-23"): the mean of its levels and how many there were."""

    rubric: str
    day: str
    mean: float
    count: int


@dataclass(frozen=True, slots=True)
class CompetencyLevel:
    """A competency: the mean of its recent levels, how many there are at all, when the last was, and its weakest
    question of late (with that question's rubric and bank)."""

    competency: str
    mean: float
    count: int
    last_at: str
    question_id: str
    bank_id: str
    rubric: str


@dataclass(frozen=True, slots=True)
class SessionDetail:
    interviewer_ids: tuple[str, ...] = ()
    interviewer_names: tuple[str, ...] = ()
    candidate_name: str = ""
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class AnswerDetail:
    question: Question
    interviewer_id: str
    interviewer_name: str
    utterances: tuple[Utterance, ...] = ()


def counts(question: Question, rubric: str) -> bool:
    """Whether a question is meant for a rubric: a question for an example says nothing about motivation."""
    return not question.rubrics or rubric in question.rubrics


def marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def encoded(value: object) -> str:
    try:
        return msgspec.json.encode(value, enc_hook=str).decode()
    except UnicodeEncodeError:
        return msgspec.json.encode(_readable(msgspec.to_builtins(value, enc_hook=str))).decode()


def _readable(value: Any) -> Any:
    """Plain data with every text such that it can be written."""
    match value:
        case str():
            return readable(value)
        case dict():
            return {_readable(key): _readable(each) for key, each in value.items()}
        case list() | tuple():
            return [_readable(each) for each in value]
    return value


def decoded(text: str, type_: type[Kept]) -> Kept:
    return msgspec.json.decode(text, type=type_)


def answer_of(row: tuple[Any, ...]) -> Answer:
    detail = decoded(row[6], AnswerDetail)
    return Answer(
        id=row[0],
        session_id=row[1],
        position=row[2],
        attempt=row[3],
        answered_at=row[4],
        skipped=bool(row[5]),
        question=detail.question,
        interviewer_id=detail.interviewer_id,
        interviewer_name=detail.interviewer_name,
        utterances=detail.utterances,
        scorecard=decoded(row[7], Scorecard) if row[7] else None,
        self_rating=decoded(row[8], dict[str, int]) if row[8] else {},
    )

"""What the store gives back besides whole sessions, and how sessions are written into its columns."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec

from simulator.clock import is_time
from simulator.errors import Unreadable
from simulator.questions.bank import Question
from simulator.scoring.scorecard import Scorecard
from simulator.sessions.session import Answer, Learned, LearnedKind, Mode, Session, Utterance
from simulator.sessions.store_file import readable

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """A session as lists show it. `levels` maps each rubric to the mean over the best attempts at its questions."""

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
    candidate_name: str = ""
    broken: bool = False
    """It is there but cannot be read: it can only be deleted."""

    @property
    def finished(self) -> bool:
        return bool(self.finished_at)


@dataclass(frozen=True, slots=True)
class AnswerHit:
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
class PartsTold:
    """Which parts one answer to a question had, by element: a value of `scorecard.PartState`."""

    question_id: str
    bank_id: str
    ask: str
    answered_at: str
    rubric: str
    parts: dict[str, str]


class _StoredElement(msgspec.Struct):
    element: str
    found: str


class _RubricParts(msgspec.Struct):
    parts: tuple[_StoredElement, ...] = ()


class _CardParts(msgspec.Struct):
    """Of a scorecard only the parts: the rest is not even looked at."""

    rubrics: dict[str, _RubricParts] = {}


def parts_of(row: Sequence[Any]) -> PartsTold | None:
    """The parts of an answer from its row; None where the scorecard cannot be read."""
    try:
        card = msgspec.json.decode(row[5], type=_CardParts)
    except msgspec.MsgspecError:
        return None
    score = card.rubrics.get(row[4], _RubricParts())
    return PartsTold(row[0], row[1], row[2], row[3], row[4], {part.element: part.found for part in score.parts})


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
    levels_before: dict[str, int] = field(default_factory=dict)


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
    """What `encoded` wrote. Raises Unreadable for anything else."""
    try:
        return msgspec.json.decode(text, type=type_)
    except (msgspec.MsgspecError, TypeError, ValueError, RecursionError) as error:
        raise Unreadable(str(error)) from None


def _texts(*columns: object) -> None:
    """Raise Unreadable unless all of these are text."""
    if not all(isinstance(each, str) for each in columns):
        raise Unreadable("a column that should hold text does not")


def _times(*columns: str) -> None:
    """Raise Unreadable unless all of these are times, or empty."""
    wrong = next((each for each in columns if each and not is_time(each)), "")
    if wrong:
        raise Unreadable(f"'{wrong[:40]}' is no time")


def session_of(row: tuple[Any, ...], answers: tuple[Answer, ...], learned: tuple[Learned, ...]) -> Session:
    """A session from its row. Raises Unreadable."""
    _texts(*row[:6], *row[7:10])
    _times(row[1], row[2])
    detail = decoded(row[9], SessionDetail)
    return Session(
        id=row[0],
        started_at=row[1],
        finished_at=row[2],
        mode=_mode(row[3]),
        bank_id=row[4],
        bank_title=row[5],
        sample=bool(row[6]),
        job_id=row[7],
        place=row[8],
        interviewer_ids=detail.interviewer_ids,
        interviewer_names=detail.interviewer_names,
        candidate_name=detail.candidate_name,
        seed=detail.seed,
        answers=answers,
        learned=learned,
    )


def _mode(text: str) -> Mode:
    try:
        return Mode(text)
    except ValueError:
        raise Unreadable(f"there is no mode '{text}'") from None


def summary_of(row: tuple[Any, ...], levels: dict[str, float]) -> SessionSummary:
    """A session's summary from its row; where that cannot be read, one that is marked as broken."""
    try:
        _texts(*row[:6], *row[7:9])
        _times(row[1], row[2])
        mode, detail = _mode(row[3]), decoded(row[8], SessionDetail)
    except Unreadable:
        texts = [str(each) for each in row[:6]]
        return SessionSummary(texts[0], texts[1], texts[2], Mode.COACH, "", "", (), 0, {}, broken=True)
    return SessionSummary(
        id=row[0],
        started_at=row[1],
        finished_at=row[2],
        mode=mode,
        bank_id=row[4],
        bank_title=row[5],
        sample=bool(row[6]),
        job_id=row[7],
        interviewer_names=detail.interviewer_names,
        candidate_name=detail.candidate_name,
        answers=row[9],
        levels=levels,
    )


def learned_of(row: tuple[Any, ...]) -> Learned:
    """What an interviewer gave away, from its row. Raises Unreadable."""
    _texts(*row)
    try:
        return Learned(row[0], row[1], LearnedKind(row[2]), row[3])
    except ValueError:
        raise Unreadable(f"nothing of the kind '{row[2]}' is ever learned") from None


def answer_of(row: tuple[Any, ...]) -> Answer:
    """An answer from its row. Raises Unreadable."""
    _texts(row[0], row[1], row[4], row[6])
    if not all(isinstance(each, int) for each in row[2:4]):
        raise Unreadable("its place in the interview is no number")
    _times(row[4])
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
        levels_before=detail.levels_before,
        scorecard=decoded(row[7], Scorecard) if row[7] else None,
        self_rating=decoded(row[8], dict[str, int]) if row[8] else {},
    )

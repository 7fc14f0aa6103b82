"""What a class table needs of each session, worked out once when it is taken in.

A year of a class is thousands of answers; a table that read them all would be slow to open. These records are read
several times faster than dataclasses, and hold nothing that could refer back to them.
"""

from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise

import msgspec

from simulator.classroom.assignment import is_assignment
from simulator.scoring.scorecard import MAX_LEVEL, PartState
from simulator.sessions.session import Answer, Session, counted_scores

LONGEST_PAUSE = 10 * 60
"""Seconds between two answers that count as practice; who is away for longer does not practise."""


class AnswerDigest(msgspec.Struct, frozen=True, gc=False):
    """The last attempt at a question: its levels by rubric, and the names of parts that are surely missing."""

    question: str
    levels: Mapping[str, int]
    missing: tuple[str, ...] = ()


class SessionDigest(msgspec.Struct, frozen=True, gc=False):
    """A session of a student: when, how long, and its answers. `assignment` is the title of the one it was, or ""."""

    id: str
    started_at: str
    minutes: float
    answers: tuple[AnswerDigest, ...]
    assignment: str = ""


def digest_of(session: Session) -> SessionDigest:
    """Work it out from a whole session."""
    return SessionDigest(
        id=session.id,
        started_at=session.started_at,
        minutes=minutes_of(session),
        answers=tuple(_answer(answer) for answer in session.latest_attempts() if answer.answered),
        assignment=session.bank_title if is_assignment(session) else "",
    )


def _answer(answer: Answer) -> AnswerDigest:
    scores = counted_scores(answer)
    return AnswerDigest(
        answer.question.id,
        {score.rubric: level for score, level in scores if 0 <= level <= MAX_LEVEL},
        tuple(dict.fromkeys(part.name for score, _ in scores for part in score.parts if part.found is PartState.NO)),
    )


def minutes_of(session: Session) -> float:
    """How long somebody practised: from answer to answer, pauses of more than ten minutes taken as ten."""
    times = sorted(filter(None, (_seconds(each.answered_at) for each in session.answers)))
    start = _seconds(session.started_at)
    at = ([start] if start else []) + times
    return sum(min(LONGEST_PAUSE, max(0.0, b - a)) for a, b in pairwise(at)) / 60


def _seconds(text: str) -> float | None:
    try:
        return datetime.fromisoformat(text).timestamp()
    except ValueError:
        return None

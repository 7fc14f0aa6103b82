"""What a session from elsewhere may hold, beyond the right types: numbers and times that something can be made of."""

from typing import Any

from simulator.clock import is_time
from simulator.errors import UserError
from simulator.scoring.scorecard import MAX_LEVEL
from simulator.sessions.session import Answer, Session

LARGEST = 1_000_000_000
"""The largest number anywhere; a talk of an hour has ten thousand words."""
MOST_QUESTIONS = 10_000
"""Of one session, and tries at one question."""


def check_numbers(value: Any, where: str) -> None:
    """Raise UserError where plain data hold a number beyond all reason."""
    match value:
        case dict():
            for each in value.values():
                check_numbers(each, where)
        case list():
            for each in value:
                check_numbers(each, where)
        case int() | float() if abs(value) > LARGEST:
            raise UserError(f"{where} holds a number that is far too large.", "Make the file anew.")


def check_values(session: Session, where: str) -> None:
    """Raise UserError where a value is of the right type, but no time, place or level."""
    problem = _problem(session)
    if problem:
        raise UserError(f"{where} does not fit: {problem}.", "Make the file anew.")


def _problem(session: Session) -> str:
    times = {session.started_at, *_times(session)}
    wrong = next((time for time in sorted(times) if not is_time(time)), None)
    if wrong is not None:
        return f"'{wrong[:40]}' is no time"
    for answer in session.answers:
        if not 0 <= answer.position < MOST_QUESTIONS or not 1 <= answer.attempt < MOST_QUESTIONS:
            return f"the answer '{answer.id[:80]}' has no place in it"
        if not all(0 <= level <= MAX_LEVEL for level in _levels(answer)):
            return f"the answer '{answer.id[:80]}' has a level that does not exist"
    return ""


def _times(session: Session) -> set[str]:
    """All times but the first; none is told by an empty text."""
    said = (each.said_at for answer in session.answers for each in answer.utterances)
    return {session.finished_at, *(answer.answered_at for answer in session.answers), *said} - {""}


def _levels(answer: Answer) -> list[int]:
    scored = answer.scorecard.rubrics.values() if answer.scorecard else ()
    return [
        *answer.self_rating.values(),
        *answer.levels_before.values(),
        *(each.level for each in scored if each.level is not None),
    ]

"""What the home screen tells: what was left unfinished, the one thing to work on, the last practice, the weeks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from simulator.clock import is_day
from simulator.sessions.due_parts import DuePart, due_in
from simulator.sessions.progress import (
    READ_BACK,
    RubricProgress,
    Suggestion,
    rubrics_over_time,
    suggested_by,
    suggestion,
)
from simulator.sessions.store import SessionSummary, Store

DAYS_SHOWN = 26 * 7
"""How far back the calendar goes at most."""
LATEST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class HomeOverview:
    """Facts for the home screen; None and () where there is nothing to tell.

    `due` are parts of answers to drill today, the weakest first; `latest` are finished sessions, the newest first;
    `days` how many answers were given on which day.
    """

    unfinished: SessionSummary | None
    suggested: Suggestion | None
    due: tuple[DuePart, ...]
    latest: tuple[SessionSummary, ...]
    days: Mapping[date, int]
    rubrics: tuple[RubricProgress, ...]
    notice: str = ""


def home_overview(store: Store, today: date) -> HomeOverview:
    """Read the overview from the store; `today` is the user's date."""
    due = due_in(store, today)
    unfinished = _with_answers_first(store.summaries(limit=LATEST_SHOWN, finished=False, with_sample=False))
    latest = store.summaries(limit=LATEST_SHOWN, finished=True, with_sample=False)
    return HomeOverview(
        unfinished=unfinished[0] if unfinished else None,
        suggested=suggested_by(due[0]) if due else _with_its_question(store),
        due=due,
        latest=tuple([each for each in latest if each.answers] or latest),
        days=practised_days(store, today),
        rubrics=rubrics_over_time(store, today),
        notice=store.notice,
    )


def _with_its_question(store: Store) -> Suggestion | None:
    """What is weakest, with the question that its drill asks: nobody is to be asked another thing than was named."""
    found = suggestion(store.levels_over_time(latest=READ_BACK))
    asked = store.answers_to(found.question_id, limit=1) if found else ()
    if found is None or not asked:
        return found
    # What went well the last time is kept in practice; it is not what is wrong.
    again = "To keep it so" if found.mastered else "Once more"
    return replace(found, to_do=f"{again}: {asked[0].question.ask}")


def _with_answers_first(summaries: Sequence[SessionSummary]) -> Sequence[SessionSummary]:
    """Those with an answer in them first: there is something to lose; else as they were."""
    return sorted(summaries, key=lambda each: not each.answers)


def practised_days(store: Store, today: date) -> Mapping[date, int]:
    """On which days of the last half year how many answers were given."""
    since = today - timedelta(days=DAYS_SHOWN)
    counts = store.answers_by_day(since.isoformat())
    return {date.fromisoformat(day): count for day, count in counts.items() if is_day(day)}

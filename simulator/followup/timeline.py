"""When to write, when to wait, when to ask: after an interview, by its date."""

from dataclasses import dataclass
from datetime import date, timedelta

WAIT_DAYS = 10
"""One to two weeks is what interviewers usually ask for; a polite inquiry before that only presses."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do from a day on."""

    due: date
    what: str


def timeline(interviewed: date) -> tuple[Step, ...]:
    """The steps after an interview on that day."""
    return (
        Step(interviewed, "Write a thank-you to each interviewer, today or tomorrow; never one mail to all."),
        Step(interviewed + timedelta(days=1), "Tell the people who vouch for you who may call, and about what."),
        Step(interviewed + timedelta(days=2), "Go on applying elsewhere. One open door is not a plan."),
        Step(_weekday(interviewed + timedelta(days=WAIT_DAYS)), "Heard nothing? Send one short, polite question."),
    )


def _weekday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=(7 - day.weekday()) % 7) if day.weekday() >= 5 else day

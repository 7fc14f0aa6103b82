"""What to do when after an interview: write today, wait, ask once politely, and go on applying; as
a calendar file, too.

Dates are worked out from the day of the interview and, where it was told, the day of the decision.
The waiting time of one to two weeks before an inquiry, and one inquiry only, is the usual advice of
career offices; nothing here rings or nags.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from simulator.errors import UserError

WAIT_DAYS = 10
"""Days to wait for an answer where no date was told: between one and two weeks."""
GRACE_WORKING_DAYS = 2
"""Working days after a promised date before asking; people are late."""
MOVE_ON_DAYS = 14
"""Days after the inquiry from which on the application is put aside."""


class StepKind(StrEnum):
    """What a step asks for."""

    THANKS = "thanks"
    REFERENCES = "references"
    APPLY = "apply"
    INQUIRY = "inquiry"
    MOVE_ON = "move-on"


TITLES = {
    StepKind.THANKS: "Send a thank-you letter to each interviewer",
    StepKind.REFERENCES: "Tell your references who may call",
    StepKind.APPLY: "Go on applying, send another application",
    StepKind.INQUIRY: "Ask once, politely, where things stand",
    StepKind.MOVE_ON: "Put it aside; an answer may still come",
}
WHY = {
    StepKind.THANKS: "A letter is read best while the talk is fresh: the same day, at the latest the next. "
    "One letter to each person, never one mail to all.",
    StepKind.REFERENCES: "Who is called without warning can only be vague.",
    StepKind.APPLY: "Waiting is easier with a second iron in the fire.",
    StepKind.INQUIRY: "One short question is welcome after that time; before it, and a second one, are not.",
    StepKind.MOVE_ON: "After one inquiry the next word is theirs.",
}
_SHOWN_DAYS = {
    StepKind.THANKS: 3,
    StepKind.REFERENCES: 7,
    StepKind.APPLY: 7,
    StepKind.INQUIRY: MOVE_ON_DAYS,
    StepKind.MOVE_ON: 3,
}
"""Days for which a step is shown when nobody ticks it off; after them it is no use to mention it again."""


@dataclass(frozen=True, slots=True)
class TimelineStep:
    """One thing to do, and the day from which on ("2026-11-23")."""

    kind: StepKind
    on: str
    done: bool = False

    @property
    def day(self) -> date:
        """The day as a date."""
        return date.fromisoformat(self.on)

    @property
    def title(self) -> str:
        """What to do, in one line."""
        return TITLES[self.kind]

    @property
    def why(self) -> str:
        """Why then, in a sentence or two."""
        return WHY[self.kind]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The steps after one interview; `id` is that of its session or debrief. `about` names role and company.

    `reminds`: home tells what is due of it.
    """

    id: str
    about: str
    interview_on: str
    decision_on: str = ""
    steps: tuple[TimelineStep, ...] = ()
    reminds: bool = True

    def due(self, today: date) -> tuple[TimelineStep, ...]:
        """What is due and not done: at most one step, the latest, and only while it is of use."""
        if not self.reminds:
            return ()
        open_steps = [
            step
            for step in self.steps
            if self.reminds
            and not step.done
            and step.day <= today <= step.day + timedelta(days=_SHOWN_DAYS[step.kind])
        ]
        return tuple(open_steps[-1:])

    def with_done(self, kind: StepKind, done: bool = True) -> "Timeline":
        """The timeline with one step ticked off, or open again."""
        return replace(
            self, steps=tuple(replace(each, done=done) if each.kind is kind else each for each in self.steps)
        )


def timeline_of(id_: str, about: str, interview_on: date, decision_on: date | None = None) -> Timeline:
    """The steps after an interview. Raises UserError when the decision is before the interview."""
    if decision_on is not None and decision_on < interview_on:
        raise UserError(
            f"The decision on {decision_on} would be before the interview on {interview_on}.", "Check the two dates."
        )
    inquiry = (
        _working_day(interview_on + timedelta(days=WAIT_DAYS))
        if decision_on is None
        else _after_working_days(decision_on, GRACE_WORKING_DAYS)
    )
    steps = (
        TimelineStep(StepKind.THANKS, interview_on.isoformat()),
        TimelineStep(StepKind.REFERENCES, (interview_on + timedelta(days=1)).isoformat()),
        TimelineStep(StepKind.APPLY, _working_day(interview_on + timedelta(days=2)).isoformat()),
        TimelineStep(StepKind.INQUIRY, inquiry.isoformat()),
        TimelineStep(StepKind.MOVE_ON, _working_day(inquiry + timedelta(days=MOVE_ON_DAYS)).isoformat()),
    )
    return Timeline(
        id_,
        about,
        interview_on.isoformat(),
        decision_on.isoformat() if decision_on else "",
        tuple(sorted(steps, key=lambda step: step.on)),
    )


def with_dates(old: Timeline, new: Timeline) -> Timeline:
    """The new dates, with what was ticked off already, and reminders as they were."""
    done = {step.kind for step in old.steps if step.done}
    steps = tuple(replace(step, done=step.kind in done) for step in new.steps)
    return replace(new, steps=steps, reminds=old.reminds)


def step_kind(text: str) -> StepKind:
    """A step by its name. Raises UserError with the names there are."""
    try:
        return StepKind(text.strip().lower().replace(" ", "-"))
    except ValueError:
        raise UserError(f"There is no step '{text}'.", f"The steps are {', '.join(StepKind)}.") from None


def as_calendar(timelines: Iterable[Timeline], stamp: datetime) -> str:
    """The open steps as an iCalendar file (RFC 5545): whole days, no alarms. `stamp` is the time of writing, UTC."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Second Round//Follow-up//EN", "CALSCALE:GREGORIAN"]
    for timeline in timelines:
        for step in timeline.steps:
            if step.done:
                continue
            lines += [
                "BEGIN:VEVENT",
                f"UID:{timeline.id}-{step.kind.value}@second-round",
                f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
                f"DTSTART;VALUE=DATE:{step.day:%Y%m%d}",
                f"DTEND;VALUE=DATE:{step.day + timedelta(days=1):%Y%m%d}",
                f"SUMMARY:{_escaped(f'{step.title}: {timeline.about}' if timeline.about else step.title)}",
                f"DESCRIPTION:{_escaped(step.why)}",
                "TRANSP:TRANSPARENT",
                "END:VEVENT",
            ]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _escaped(text: str) -> str:
    for char, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
        text = text.replace(char, written)
    return text


def _folded(line: str) -> list[str]:
    """A line in pieces of at most 75 bytes, the later ones begun with a space; never inside a character."""
    pieces, piece = [], ""
    for char in line:
        if len((piece + char).encode()) > 75:
            pieces.append(piece)
            piece = " "
        piece += char
    return [*pieces, piece]


def _working_day(day: date) -> date:
    """The day itself, or Monday where it falls on a weekend."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day


def _after_working_days(day: date, count: int) -> date:
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day

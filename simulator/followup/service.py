"""What is done after an interview, for the app and the commands alike: letters, dates, notes.

Looking keeps nothing. Everything here works on the desk; the faces only show what it returns.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from simulator.followup.days import day_of
from simulator.followup.desk import Desk
from simulator.followup.letters import draft_letters
from simulator.followup.occasion import Occasion
from simulator.followup.references import Note, draft_notes
from simulator.followup.sheet import Sheet, drafted
from simulator.followup.timeline import StepKind, Timeline, as_calendar, timeline_of, with_dates
from simulator.places import private_opener
from simulator.preparation.people import Person
from simulator.problems import Problem
from simulator.sessions.session import Session

NO_DAY = ("none", "no", "unknown", "-", "")
"""Words for a decision of which no day was told."""
NOBODY = "Nobody is known by name who interviewed, so there is nobody to write to."
NOBODY_CURE = "Note their names in the debrief: '# Name, role'."
UNFINISHED = "This practice is not finished, so the letters know only what was said so far."


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of one interview; `kept`: home reminds of them. A practice has none until they are asked for."""

    timeline: Timeline
    kept: bool
    practice: bool

    @property
    def shown(self) -> bool:
        """Whether there are dates: kept ones, or those that a real interview has."""
        return self.kept or not self.practice


# Letters.


def sheet_of(desk: Desk, occasion: Occasion, again: bool = False) -> Sheet:
    """The letters as drafted now, with what was edited or sent; `again` forgets that. Keeps nothing."""
    kept = desk.letters.find(occasion.id)
    given = {page.letter.interviewer_id: page.letter.skeleton for page in kept.pages} if kept else {}
    letters = draft_letters(occasion, _skeletons_of_the_office(desk, occasion), given)
    return drafted(occasion.id, letters, kept, again, occasion.job_id)


def sheet_with_letters(desk: Desk, occasion: Occasion, again: bool = False) -> Sheet:
    """As `sheet_of`; `again` also keeps that the edits are gone. Raises Problem where there is nobody to write to."""
    sheet = sheet_of(desk, occasion, again)
    if not sheet.pages:
        raise Problem(NOBODY, NOBODY_CURE)
    if again and desk.letters.find(occasion.id):
        desk.letters.forget(occasion.id)
    return sheet


def keep_letter(desk: Desk, sheet: Sheet, interviewer_id: str, text: str) -> Sheet:
    """Keep a letter as edited; nothing is written where nothing was changed. Raises Problem."""
    changed = sheet.with_text(interviewer_id, text)
    return desk.letters.keep(changed) if changed != sheet else sheet


def mark_sent(desk: Desk, sheet: Sheet, interviewer_id: str, on: date | None) -> Sheet:
    """Mark a letter as sent, or not; with the last one the step is done, where dates are kept. Raises Problem."""
    changed = desk.letters.keep(sheet.with_sent(interviewer_id, on.isoformat() if on else ""))
    if on and all(page.sent_on for page in changed.pages) and (timeline := desk.timelines.find(sheet.id)):
        desk.timelines.keep(timeline.with_done(StepKind.THANKS))
    return changed


def _skeletons_of_the_office(desk: Desk, occasion: Occasion) -> list[str]:
    """The skeletons that other people of this company, or this job, got in letters that are kept."""
    same = {
        each.id
        for each in desk.debriefs.all()
        if occasion.company and each.company.casefold() == occasion.company.casefold()
    }
    here = {host.name for host in occasion.hosts}
    return [
        page.letter.skeleton
        for sheet in desk.letters.all()
        if sheet.id != occasion.id and (sheet.id in same or sheet.job_id == occasion.job_id != "")
        for page in sheet.pages
        if page.letter.skeleton and page.letter.to not in here
    ]


# Dates.


def dates_of(desk: Desk, occasion: Occasion, title: str = "") -> Dates:
    """The dates as kept, or as they would be. `title` is what they are called where no role or company is known."""
    old, debrief = desk.timelines.find(occasion.id), desk.debriefs.find(occasion.id)
    told = (old.decision_on if old else "") or (debrief.decision_on if debrief else "")
    decided = date.fromisoformat(told) if told else None
    new = timeline_of(occasion.id, occasion.about or title, date.fromisoformat(occasion.on), decided)
    return Dates(with_dates(old, new) if old else new, old is not None, occasion.practice)


def decide(desk: Desk, timeline: Timeline, told: str) -> Timeline:
    """Keep the dates with the day of the decision as told, or without one ("none"). Raises Problem."""
    interview = date.fromisoformat(timeline.interview_on)
    day = None if told.strip().lower() in NO_DAY else day_of(told, "The decision's date", since=interview)
    return desk.timelines.keep(with_dates(timeline, timeline_of(timeline.id, timeline.about, interview, day)))


def tick(desk: Desk, timeline: Timeline, kind: StepKind, done: bool = True) -> Timeline:
    """Keep the dates with one step ticked off, or open again."""
    return desk.timelines.keep(timeline.with_done(kind, done))


def write_calendar(path: Path, timeline: Timeline) -> Path:
    """The open steps as a calendar file, in place of an earlier one. Raises Problem."""
    try:
        with open(path, "w", encoding="utf-8", newline="", opener=private_opener) as file:
            file.write(as_calendar([timeline], datetime.now(UTC)))
    except OSError as error:
        raise Problem(f"{path} cannot be written: {error.strerror or error}.", "Name another file.") from None
    return path


# References and notes on real interviews.


def notes_of(desk: Desk, occasion: Occasion, session: Session | None) -> tuple[tuple[Note, ...], tuple[Person, ...]]:
    """The notes to the references after an interview, and the people they are to."""
    people = tuple(desk.references(occasion.job_id))
    job = desk.jobs.find(occasion.job_id)
    return draft_notes(occasion, people, desk.stories.all(), job, session), people


def forget_debrief(desk: Desk, id_: str) -> Callable[[], None]:
    """Take the notes on a real interview away, with letters and dates; what brings them back. Raises Problem."""
    sheet, timeline = desk.letters.find(id_), desk.timelines.find(id_)
    debrief = desk.debriefs.forget(id_)
    desk.letters.drop(id_)
    desk.timelines.drop(id_)

    def again() -> None:
        desk.debriefs.keep(debrief)
        if sheet:
            desk.letters.keep(sheet)
        if timeline:
            desk.timelines.keep(timeline)

    return again

"""What is done after an interview, for the app and the commands alike: letters, dates, notes.

Looking saves nothing. Everything here works on the repositories; app and commands only show what it returns.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from simulator.errors import UserError
from simulator.followup.days import day_of
from simulator.followup.interview_record import InterviewRecord
from simulator.followup.letter_drafts import LetterDrafts, drafted
from simulator.followup.letters import draft_letters
from simulator.followup.references import ReferenceNote, draft_notes
from simulator.followup.repositories import Repositories
from simulator.followup.timeline import StepKind, Timeline, as_calendar, timeline_of, with_dates
from simulator.paths import whole_file
from simulator.preparation.people import Person
from simulator.sessions.session import Session

NO_DAY = ("none", "no", "unknown", "-", "")
"""Words for a decision of which no day was told."""
NOBODY = "Nobody is known by name who interviewed, so there is nobody to write to."
NOBODY_CURE = "Note the interview again, with the names of those who asked."
UNANSWERED = "Nothing was answered in this practice, so there is no letter to write."
UNANSWERED_CURE = "After a practice with an answer in it, the letters are drafted here."
UNFINISHED = "This practice is not finished, so the letters know only what was said so far."


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of one interview; `reminds`: home tells what is due. A practice has none until they are asked for."""

    timeline: Timeline
    reminds: bool
    practice: bool

    @property
    def shown(self) -> bool:
        """Whether there are dates: kept ones, or those that a real interview has."""
        return self.reminds or not self.practice


# Letters.


def drafts_of(repositories: Repositories, record: InterviewRecord, again: bool = False) -> LetterDrafts:
    """The letters as drafted now, with what was edited or sent; `again` forgets that. Keeps nothing."""
    kept = repositories.letters.find(record.id)
    given = {page.letter.interviewer_id: page.letter.shape for page in kept.pages} if kept else {}
    letters = draft_letters(record, _shapes_of_the_office(repositories, record), given)
    return drafted(record.id, letters, kept, again, record.job_id)


def drafts_with_letters(repositories: Repositories, record: InterviewRecord, again: bool = False) -> LetterDrafts:
    """As `drafts_of`; `again` also saves that the edits are gone. Raises UserError without anybody to write to."""
    drafts = drafts_of(repositories, record, again)
    if not drafts.pages:
        raise UserError(*none_of(record))
    if again and repositories.letters.find(record.id):
        repositories.letters.delete(record.id)
    return drafts


def none_of(record: InterviewRecord) -> tuple[str, str]:
    """Why there is no letter after an interview, and what to do."""
    return (NOBODY, NOBODY_CURE) if record.answered else (UNANSWERED, UNANSWERED_CURE)


def keep_letter(repositories: Repositories, drafts: LetterDrafts, interviewer_id: str, text: str) -> LetterDrafts:
    """Keep a letter as edited; nothing is written where nothing was changed. Raises UserError."""
    changed = drafts.with_text(interviewer_id, text)
    return repositories.letters.save(changed) if changed != drafts else drafts


def mark_sent(repositories: Repositories, drafts: LetterDrafts, interviewer_id: str, on: date | None) -> LetterDrafts:
    """Mark a letter as sent, or not; with the last one the step is done. Raises UserError."""
    changed = repositories.letters.save(drafts.with_sent(interviewer_id, on.isoformat() if on else ""))
    if on and _all_sent(changed) and (timeline := repositories.timelines.find(drafts.id)):
        repositories.timelines.save(timeline.with_done(StepKind.THANKS))
    return changed


def _all_sent(drafts: LetterDrafts) -> bool:
    return bool(drafts.pages) and all(page.sent_on for page in drafts.pages)


def _shapes_of_the_office(repositories: Repositories, record: InterviewRecord) -> list[str]:
    """The shapes that other people of this company, or this job, got in letters that are kept."""
    same = {
        each.id
        for each in repositories.debriefs.all()
        if record.company and each.company.casefold() == record.company.casefold()
    }
    here = {person.name for person in record.interviewers}
    return [
        page.letter.shape
        for drafts in repositories.letters.all()
        if drafts.id != record.id and (drafts.id in same or drafts.job_id == record.job_id != "")
        for page in drafts.pages
        if page.letter.shape and page.letter.to not in here
    ]


# Dates.


def dates_of(repositories: Repositories, record: InterviewRecord, title: str = "") -> Dates:
    """The dates as kept, or as they would be. `title` is what they are called where no role or company is known."""
    old, debrief = repositories.timelines.find(record.id), repositories.debriefs.find(record.id)
    decision_on = (old.decision_on if old else "") or (debrief.decision_on if debrief else "")
    decided = date.fromisoformat(decision_on) if decision_on else None
    new = timeline_of(record.id, record.about or title, date.fromisoformat(record.on), decided)
    if old:
        return Dates(with_dates(old, new), old.reminds, record.practice)
    letters = repositories.letters.find(record.id)
    return Dates(new.with_done(StepKind.THANKS, bool(letters and _all_sent(letters))), False, record.practice)


def remind(repositories: Repositories, timeline: Timeline, reminds: bool = True) -> Timeline:
    """Keep the dates, with home to tell what is due or not; nothing else changes."""
    return repositories.timelines.save(replace(timeline, reminds=reminds))


def decide(repositories: Repositories, timeline: Timeline, text: str) -> Timeline:
    """Keep the dates with the day of the decision as told, or without one ("none"). Raises UserError."""
    interview = date.fromisoformat(timeline.interview_on)
    day = None if text.strip().lower() in NO_DAY else day_of(text, "The decision's date", since=interview)
    return repositories.timelines.save(with_dates(timeline, timeline_of(timeline.id, timeline.about, interview, day)))


def tick(repositories: Repositories, timeline: Timeline, kind: StepKind, done: bool = True) -> Timeline:
    """Keep the dates with one step ticked off, or open again."""
    return repositories.timelines.save(timeline.with_done(kind, done))


def write_calendar(path: Path, timeline: Timeline) -> Path:
    """The open steps as a calendar file, in place of an earlier one. Raises UserError."""
    try:
        with whole_file(path, keep_mode=True) as file:
            file.write(as_calendar([timeline], datetime.now(UTC)).encode())
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror or error}.", "Name another file.") from None
    return path


# References and notes on real interviews.


def notes_of(
    repositories: Repositories, record: InterviewRecord, session: Session | None
) -> tuple[tuple[ReferenceNote, ...], tuple[Person, ...]]:
    """The notes to the references after an interview, and the people they are to."""
    people = tuple(repositories.references(record.job_id))
    job = repositories.jobs.find(record.job_id)
    return draft_notes(record, people, repositories.stories.all(), job, session), people


def forget_debrief(repositories: Repositories, id_: str) -> Callable[[], None]:
    """Take the notes on a real interview away, with letters and dates; what brings them back. Raises UserError."""
    drafts, timeline = repositories.letters.find(id_), repositories.timelines.find(id_)
    lines = repositories.letter_lines.find(id_)
    debrief = repositories.debriefs.delete(id_)
    repositories.letters.delete_if_present(id_)
    repositories.letter_lines.delete_if_present(id_)
    repositories.timelines.delete_if_present(id_)

    def again() -> None:
        repositories.debriefs.save(debrief)
        if drafts:
            repositories.letters.save(drafts)
        if lines:
            repositories.letter_lines.save(lines)
        if timeline:
            repositories.timelines.save(timeline)

    return again

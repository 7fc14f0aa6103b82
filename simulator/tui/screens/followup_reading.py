"""What the screens after an interview show: read from the store, off the screen's own thread; files they write."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.followup.interview_record import InterviewRecord
from simulator.followup.letter_drafts import LetterDrafts
from simulator.followup.letter_output import write_file
from simulator.followup.service import Dates, dates_of, drafts_of
from simulator.followup.timeline import Timeline
from simulator.paths import AppPaths, private_folder
from simulator.preparation.people import Person
from simulator.sessions.json_repository import JsonRepository
from simulator.sessions.store import Store
from simulator.texts import unreadable

if TYPE_CHECKING:
    from simulator.services import Services

MOST_PRACTICES = 50
"""Practices listed: nobody writes a letter about an older one."""


@dataclass(frozen=True, slots=True)
class InterviewEntry:
    """One interview in the list. `due` is what is to be done today, in words."""

    id: str
    on: str
    title: str
    who: tuple[str, ...] = ()
    practice: bool = True
    due: str = ""


@dataclass(frozen=True, slots=True)
class InterviewFollowup:
    """All that belongs to one interview."""

    record: InterviewRecord
    drafts: LetterDrafts
    dates: Dates
    references: tuple[Person, ...] = ()

    @property
    def timeline(self) -> Timeline:
        """The dates as kept, or as they would be."""
        return self.dates.timeline


def entries(services: "Services", today: date) -> tuple[InterviewEntry, ...]:
    """Real interviews and finished practices, the newest first. Raises UserError."""
    repositories = services.data.repositories
    due = {timeline.id: step.title for timeline in repositories.timelines.all() for step in timeline.due(today)}
    jobs = {job.id: job.title for job in repositories.jobs.all()}
    found = [
        InterviewEntry(
            each.id, each.on, each.title, tuple(met.name for met in each.people), False, due.get(each.id, "")
        )
        for each in repositories.debriefs.all()
    ]
    for each in services.data.store.summaries(limit=MOST_PRACTICES, finished=True, with_sample=False):
        title = jobs.get(each.job_id) or each.bank_title or "A practice"
        found.append(
            InterviewEntry(each.id, each.finished_at[:10], title, each.interviewer_names, due=due.get(each.id, ""))
        )
    # Sorting keeps the order of those of one day: real interviews first, then the newest practice.
    return tuple(sorted(found, key=lambda entry: entry.on, reverse=True))


def after(services: "Services", wanted: str, title: str = "") -> InterviewFollowup:
    """Letters, dates and references of one interview. Raises UserError. Reads only; nothing is kept by looking.

    `title` is what its dates are called where neither role nor company is known.
    """
    record = services.interview_records.get(wanted)
    dates = dates_of(services.data.repositories, record, title)
    people = tuple(services.data.repositories.references(record.job_id))
    return InterviewFollowup(record, drafts_of(services.data.repositories, record), dates, people)


@dataclass(frozen=True, slots=True)
class Unkept:
    """Notes on a real interview that were begun and neither kept nor left."""

    id: str
    text: str


UNKEPT_ID = "debrief"


def unkept_notes(store: Store) -> JsonRepository[Unkept]:
    """Where notes that were begun are put, so that a quit or a crash takes nothing away."""
    return JsonRepository(store, "unkept-notes", Unkept, "notes", "'followup debrief list'")


def letters_folder(paths: AppPaths, id_: str) -> Path:
    """Where the letters and notes of one interview are written."""
    return private_folder(private_folder(paths.exports) / f"letters-{id_}")


def write_free(folder: Path, name: str, text: str) -> Path:
    """Write a file; where one of that name says something else, beside it, with a number. Raises UserError."""
    path, number = folder / name, 2
    while path.exists() and not _says(path, text):
        path, number = folder / f"{Path(name).stem}-{number}{Path(name).suffix}", number + 1
    return write_file(folder, path.name, text)


def _says(path: Path, text: str) -> bool:
    try:
        return path.read_bytes() == text.encode()
    except OSError as error:
        raise unreadable(path, error) from None


def grouped(traced: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    """Sentences by the source they come from, both in order."""
    found: dict[str, list[str]] = {}
    for sentence, source in traced:
        found.setdefault(source, []).append(sentence)
    return found

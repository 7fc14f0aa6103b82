"""What the screens after an interview show: read from the store, off the screen's own thread; files they write."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.followup.letter_output import write_file
from simulator.followup.occasion import Occasion
from simulator.followup.service import Dates, dates_of, sheet_of
from simulator.followup.sheet import Sheet
from simulator.followup.timeline import Timeline
from simulator.places import Places, private_folder
from simulator.preparation.people import Person
from simulator.problems import Problem
from simulator.sessions.shelf import Shelf
from simulator.sessions.store import Store

if TYPE_CHECKING:
    from simulator.studio import Studio

MOST_PRACTICES = 50
"""Practices listed: nobody writes a letter about an older one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One interview in the list. `due` is what is to be done today, in words."""

    id: str
    on: str
    title: str
    who: tuple[str, ...] = ()
    practice: bool = True
    due: str = ""


@dataclass(frozen=True, slots=True)
class After:
    """All that belongs to one interview."""

    occasion: Occasion
    sheet: Sheet
    dates: Dates
    references: tuple[Person, ...] = ()

    @property
    def timeline(self) -> Timeline:
        """The dates as kept, or as they would be."""
        return self.dates.timeline


def entries(studio: "Studio", today: date) -> tuple[Entry, ...]:
    """Real interviews and finished practices, the newest first. Raises Problem."""
    desk = studio.desk
    due = {timeline.id: step.title for timeline in desk.timelines.all() for step in timeline.due(today)}
    jobs = {job.id: job.title for job in desk.jobs.all()}
    found = [
        Entry(each.id, each.on, each.title, tuple(met.name for met in each.people), False, due.get(each.id, ""))
        for each in desk.debriefs.all()
    ]
    for each in studio.store.summaries(limit=MOST_PRACTICES, finished=True, with_sample=False):
        title = jobs.get(each.job_id) or each.bank_title or "A practice"
        found.append(Entry(each.id, each.finished_at[:10], title, each.interviewer_names, due=due.get(each.id, "")))
    # Sorting keeps the order of those of one day: real interviews first, then the newest practice.
    return tuple(sorted(found, key=lambda entry: entry.on, reverse=True))


def after(studio: "Studio", wanted: str, title: str = "") -> After:
    """Letters, dates and references of one interview. Raises Problem. Reads only; nothing is kept by looking.

    `title` is what its dates are called where neither role nor company is known.
    """
    occasion = studio.occasion(wanted)
    dates = dates_of(studio.desk, occasion, title)
    people = tuple(studio.desk.references(occasion.job_id))
    return After(occasion, sheet_of(studio.desk, occasion), dates, people)


@dataclass(frozen=True, slots=True)
class Unkept:
    """Notes on a real interview that were begun and neither kept nor left."""

    id: str
    text: str


UNKEPT_ID = "debrief"


def unkept_notes(store: Store) -> Shelf[Unkept]:
    """Where notes that were begun are put, so that a quit or a crash takes nothing away."""
    return Shelf(store, "unkept-notes", Unkept, "notes", "'followup debrief list'")


def letters_folder(places: Places, id_: str) -> Path:
    """Where the letters and notes of one interview are written."""
    return private_folder(private_folder(places.exports) / f"letters-{id_}")


def write_free(folder: Path, name: str, text: str) -> Path:
    """Write a file; where one of that name says something else, beside it, with a number. Raises Problem."""
    path, number = folder / name, 2
    while path.exists() and not _says(path, text):
        path, number = folder / f"{Path(name).stem}-{number}{Path(name).suffix}", number + 1
    return write_file(folder, path.name, text)


def _says(path: Path, text: str) -> bool:
    try:
        return path.read_bytes() == text.encode()
    except OSError as error:
        raise Problem(f"{path} cannot be read: {error.strerror or error}.", "Check its rights.") from None


def listed(names: Iterable[str]) -> str:
    """ "Ruth, Bill and Noor"."""
    found = list(names)
    return " and ".join(filter(None, (", ".join(found[:-1]), *found[-1:])))


def grouped(traced: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    """Sentences by the source they come from, both in order."""
    found: dict[str, list[str]] = {}
    for sentence, source in traced:
        found.setdefault(source, []).append(sentence)
    return found

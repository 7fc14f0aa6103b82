"""What the screens after an interview show: read from the store, off the screen's own thread; files they write."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.followup.desk import Desk
from simulator.followup.letter_output import write_file
from simulator.followup.letters import draft_letters
from simulator.followup.occasion import Occasion
from simulator.followup.sheet import Sheet, drafted
from simulator.followup.timeline import Timeline, as_calendar, day_of, timeline_of, with_dates
from simulator.places import Places, private_folder, private_opener
from simulator.preparation.people import Person
from simulator.problems import Problem
from simulator.sessions.shelf import Shelf
from simulator.sessions.store import Store

if TYPE_CHECKING:
    from simulator.studio import Studio

MOST_PRACTICES = 50
"""Practices listed: nobody writes a letter about an older one."""
NO_DAY = ("none", "no", "unknown", "-")
"""Words for a decision of which no day was told."""


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
    """All that belongs to one interview. `kept` is whether its dates are kept, so that home tells what is due."""

    occasion: Occasion
    sheet: Sheet
    timeline: Timeline
    kept: bool
    references: tuple[Person, ...] = ()


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
    timeline, kept = dates_of(studio.desk, occasion, title)
    return After(
        occasion,
        sheet_of(studio.desk, occasion),
        timeline,
        kept,
        tuple(studio.desk.references(occasion.job_id)),
    )


def sheet_of(desk: Desk, occasion: Occasion) -> Sheet:
    """The letters as drafted now, with what was edited or sent."""
    return drafted(occasion.id, draft_letters(occasion), desk.letters.find(occasion.id))


def dates_of(desk: Desk, occasion: Occasion, title: str = "") -> tuple[Timeline, bool]:
    """The dates as kept, with the occasion's present name; or as they would be. And whether they are kept."""
    old, debrief = desk.timelines.find(occasion.id), desk.debriefs.find(occasion.id)
    told = (old.decision_on if old else "") or (debrief.decision_on if debrief else "")
    new = timeline_of(
        occasion.id,
        occasion.about or title,
        date.fromisoformat(occasion.on),
        date.fromisoformat(told) if told else None,
    )
    return (with_dates(old, new), True) if old else (new, False)


def decided(timeline: Timeline, told: str) -> Timeline:
    """The dates with the day of the decision as told, or without one. Raises Problem when it is no day."""
    day = None if told.strip().lower() in NO_DAY else day_of(told, "The decision's date")
    return with_dates(
        timeline, timeline_of(timeline.id, timeline.about, date.fromisoformat(timeline.interview_on), day)
    )


@dataclass(frozen=True, slots=True)
class Unkept:
    """Notes on a real interview that were begun and neither kept nor left."""

    id: str
    text: str


UNKEPT_ID = "debrief"


def unkept_notes(store: Store) -> Shelf[Unkept]:
    """Where notes that were begun are put, so that a quit or a crash takes nothing away."""
    return Shelf(store, "unkept-notes", Unkept, "notes", "'followup debrief list'")


def forget_debrief(desk: Desk, id_: str) -> Callable[[], None]:
    """Take the notes on a real interview away, with letters and dates; what brings them back. Raises Problem."""
    sheet, timeline = desk.letters.find(id_), desk.timelines.find(id_)
    debrief = desk.debriefs.forget(id_)
    if sheet:
        desk.letters.forget(id_)
    if timeline:
        desk.timelines.forget(id_)

    def again() -> None:
        desk.debriefs.keep(debrief)
        if sheet:
            desk.letters.keep(sheet)
        if timeline:
            desk.timelines.keep(timeline)

    return again


def letters_folder(places: Places, id_: str) -> Path:
    """Where the letters and notes of one interview are written."""
    return private_folder(private_folder(places.exports) / f"letters-{id_}")


def write_free(folder: Path, name: str, text: str) -> Path:
    """Write a file; where one of that name says something else, beside it, with a number. Raises Problem."""
    path, number = folder / name, 2
    while path.exists() and not _says(path, text):
        path, number = folder / f"{Path(name).stem}-{number}{Path(name).suffix}", number + 1
    return write_file(folder, path.name, text)


def write_calendar(places: Places, timeline: Timeline) -> Path:
    """The open steps as a calendar file, in place of an earlier one. Raises Problem."""
    path = letters_folder(places, timeline.id) / "dates.ics"
    try:
        with open(path, "w", encoding="utf-8", newline="", opener=private_opener) as file:
            file.write(as_calendar([timeline], datetime.now(UTC)))
    except OSError as error:
        raise Problem(f"{path} cannot be written: {error.strerror or error}.", "Check its rights.") from None
    return path


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

"""A debrief kept, and what it tells fed into the next practice: questions to a bank, what was learned to the job."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from simulator.errors import UserError
from simulator.followup.debrief import (
    BANK_ID,
    Debrief,
    empty_bank,
    job_for,
    new_debrief,
    people_met,
    with_learned,
    with_questions,
)
from simulator.followup.repositories import Repositories
from simulator.followup.timeline import timeline_of
from simulator.preparation.job import Job
from simulator.preparation.people import Person
from simulator.questions.bank import Bank, Question
from simulator.questions.bank_files import BrokenBank
from simulator.questions.editing import file_for, own_copy, save_bank


@dataclass(frozen=True, slots=True)
class SavedDebrief:
    """What became of a debrief: as kept, the job it was noted for, the questions and the people that were new."""

    debrief: Debrief
    job: Job | None = None
    questions: tuple[Question, ...] = ()
    people: tuple[Person, ...] = ()


def keep_debrief(
    debrief: Debrief,
    repositories: Repositories,
    banks: Sequence[Bank | BrokenBank],
    bank_folder: Path,
    job_id: str = "",
    bank_id: str = "",
) -> SavedDebrief:
    """Check and save a debrief, its dates, people and what it tells. Raises UserError before anything is saved."""
    job = repositories.jobs.resolve(job_id) if job_id else job_for(debrief, repositories.jobs.all())
    kept = new_debrief(debrief, repositories.debriefs.ids())
    kept = replace(
        kept,
        job_id=job.id if job else "",
        company=kept.company or (job.company if job else ""),
        role=kept.role or (job.role if job else ""),
        bank_id=(bank_id or BANK_ID) if kept.asked else "",
    )
    same = next((each for each in repositories.debriefs.all() if _content(each) == _content(kept)), None)
    if same:
        raise UserError(f"This interview is noted already, as '{same.id}'.", "Nothing was changed.")
    decided = date.fromisoformat(kept.decision_on) if kept.decision_on else None
    about = kept.title if kept.role or kept.company else ""
    timeline = timeline_of(kept.id, about, date.fromisoformat(kept.on), decided)
    bank, added = with_questions(_bank(kept.bank_id, banks, bank_folder), kept) if kept.asked else (None, ())
    if bank and added:
        save_bank(bank)
    if job:
        job = repositories.jobs.save(with_learned(job, kept))
    people = people_met(kept, repositories.people.all(), job.id) if job else ()
    for person in people:
        repositories.people.save(person)
    repositories.debriefs.save(kept)
    repositories.timelines.save(timeline)
    return SavedDebrief(kept, job, added, people)


def _content(debrief: Debrief) -> Debrief:
    return replace(debrief, id="", added_at="", job_id="", bank_id="", company="", role="")


def _bank(bank_id: str, banks: Sequence[Bank | BrokenBank], folder: Path) -> Bank:
    """The user's bank of that id; a shipped one as a copy of their own; a new one where there is none."""
    for bank in banks:
        if bank.id == bank_id:
            if not isinstance(bank, Bank):
                raise UserError(str(bank), "Mend it first, or name another bank.")
            return own_copy(bank, folder)
    return empty_bank(bank_id, file_for(bank_id, folder))

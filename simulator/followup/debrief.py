"""A real interview, noted afterwards: who asked what, and what was learned; fed into the next practice.

Pure steps; files are read in `debrief_file`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from simulator.errors import UserError
from simulator.preparation.job import Job, new_id, with_priorities
from simulator.preparation.people import Person, PersonKind, new_person
from simulator.questions.bank import DEFAULT_RUBRICS, Bank, Question
from simulator.questions.guessing import Ids, guess_competency
from simulator.questions.kind_model import guess_kind

BANK_ID, BANK_TITLE = "asked-in-interviews", "Asked in real interviews"
LONGEST_NOTE = 600


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody who interviewed, or, with an empty name, what nobody in particular asked and said.

    `problems` is what presses this person, `facts` anything else that was learned, `told` what the
    candidate told them that should not be forgotten.
    """

    name: str
    role: str = ""
    email: str = ""
    asked: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Debrief:
    """One real interview. `reason` is what the candidate said about wanting the job. Days are "2026-11-23"."""

    id: str
    on: str
    company: str = ""
    role: str = ""
    met: tuple[Met, ...] = ()
    decision_on: str = ""
    reason: str = ""
    job_id: str = ""
    bank_id: str = ""
    added_at: str = ""

    @property
    def title(self) -> str:
        """Role and company as far as they are known."""
        return " at ".join(part for part in (self.role, self.company) if part) or f"Interview of {self.on}"

    @property
    def people(self) -> tuple[Met, ...]:
        """Those with a name; letters go to them."""
        return tuple(each for each in self.met if each.name)

    @property
    def asked(self) -> tuple[str, ...]:
        """All questions, in order, each once."""
        return tuple(dict.fromkeys(question for each in self.met for question in each.asked))


def new_debrief(debrief: Debrief, taken: Iterable[str]) -> Debrief:
    """The debrief checked and trimmed, with an id of its own. Raises UserError when nothing is in it."""
    met = tuple(_cleaned(each) for each in debrief.met)
    names = [each.name for each in met if each.name]
    for name in names:
        if names.count(name) > 1:
            raise UserError(f"{name} is noted twice.", "Put what belongs to one person under one heading.")
    if not any(each.name or each.asked or each.priorities or each.problems or each.facts for each in met):
        raise UserError("Nothing is noted yet.", "Note at least who interviewed you, or one question.")
    cleaned = replace(
        debrief,
        met=met,
        company=_one_line(debrief.company),
        role=_one_line(debrief.role),
        reason=_one_line(debrief.reason),
    )
    words = " ".join((cleaned.on, cleaned.company or cleaned.role))
    return replace(cleaned, id=new_id(words, taken, "interview"))


def _cleaned(met: Met) -> Met:
    def lines(texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line for text in texts if (line := _one_line(text))))

    return Met(
        _one_line(met.name),
        _one_line(met.role),
        met.email.strip(),
        lines(met.asked),
        lines(met.priorities),
        lines(met.problems),
        lines(met.facts),
        lines(met.told),
    )


def _one_line(text: str) -> str:
    note = " ".join(text.split())
    if len(note) > LONGEST_NOTE:
        raise UserError(f"A note of {len(note)} characters is too long.", f"Up to {LONGEST_NOTE} fit; note the gist.")
    return note


# Feeding the next practice.


def with_questions(bank: Bank, debrief: Debrief) -> tuple[Bank, tuple[Question, ...]]:
    """The bank with the questions that were asked and are not in it yet, and those added.

    Kind and competency are guessed from the words; who asked and where stands in the tags.
    """
    known = {_plain(question.ask) for question in bank.questions}
    ids = Ids(question.id for question in bank.questions)
    added = []
    for ask in debrief.asked:
        if _plain(ask) in known:
            continue
        known.add(_plain(ask))
        kind = guess_kind(ask)
        added.append(
            Question(
                id=ids.make(ask),
                ask=ask[:1].upper() + ask[1:],
                kind=kind,
                competency=guess_competency(ask, kind),
                rubrics=DEFAULT_RUBRICS[kind],
                tags=("real-interview",),
            )
        )
    return replace(bank, questions=(*bank.questions, *added)), tuple(added)


def empty_bank(bank_id: str, path: Path | None = None) -> Bank:
    """A bank to which questions of real interviews are added."""
    title = BANK_TITLE if bank_id == BANK_ID else bank_id.replace("-", " ").capitalize()
    return Bank(bank_id, title, (), description="Questions that were asked in real interviews.", path=path)


def with_learned(job: Job, debrief: Debrief) -> Job:
    """The job with the priorities and problems that were learned, by the person who told them."""
    for each in debrief.met:
        job = with_priorities(job, each.name, (*each.priorities, *each.problems))
    return job


def people_met(debrief: Debrief, known: Iterable[Person], job_id: str) -> tuple[Person, ...]:
    """The interviewers who are not on the list for that job yet."""
    listed = list(known)
    names = {person.name.casefold() for person in listed if person.job_id == job_id}
    ids = [person.id for person in listed]
    found: list[Person] = []
    for each in debrief.people:
        if each.name.casefold() in names:
            continue
        person = new_person(
            each.name,
            PersonKind.INTERVIEWER,
            (*ids, *(new.id for new in found)),
            role=each.role,
            company=debrief.company,
            email=each.email,
            job_id=job_id,
        )
        found.append(person)
    return tuple(found)


def job_for(debrief: Debrief, jobs: Iterable[Job]) -> Job | None:
    """The one job of that company (and role, where several are); None where none or more fit."""
    if not debrief.company:
        return None
    fitting = [job for job in jobs if _plain(job.company) == _plain(debrief.company)]
    if len(fitting) > 1 and debrief.role:
        fitting = [job for job in fitting if _plain(job.role) == _plain(debrief.role)]
    return fitting[0] if len(fitting) == 1 else None


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", "")))

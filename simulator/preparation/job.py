"""The job one applies for: what its posting asks, taken apart and corrected by the candidate.

Reading a posting is in `posting`; here are the types, and the steps by which a job is corrected.
All steps are pure and return a new job.
"""

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from simulator.errors import UserError
from simulator.texts import without_accents

LONGEST_TEXT = 400
"""Characters of one requirement; a longer one is no requirement but a paragraph."""


class RequirementKind(StrEnum):
    """What a requirement is about."""

    EXPERIENCE = "experience"
    """Something one has done or can do; an example shows it."""
    QUALIFICATION = "qualification"
    """Something one holds or is: degrees, licences, checks, the right to work. One says yes or no."""
    DUTY = "duty"
    """Something one would do in the job."""
    SOFT = "soft skill"
    """How one works with others and with oneself."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement of a job. `source` is the words of the posting it came from, "" when the user added it.

    `must` is False where the posting says that it is welcome but not needed.
    """

    id: str
    text: str
    kind: RequirementKind
    must: bool = True
    source: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """The user's word on whether a story answers a requirement; stands above what the matching found."""

    requirement_id: str
    story_id: str
    linked: bool = True


@dataclass(frozen=True, slots=True)
class Job:
    """One job. What the posting does not say is "". `posting` is the text as it was given.

    `priorities` is what matters most to the people there, as heard or found out; by name of the
    person, "" for the company as a whole.
    """

    id: str
    role: str = ""
    company: str = ""
    place: str = ""
    contact: str = ""
    email: str = ""
    requirements: tuple[Requirement, ...] = ()
    links: tuple[Link, ...] = ()
    priorities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    posting: str = ""
    added_at: str = ""

    @property
    def title(self) -> str:
        """Role and company as far as they are known; the id where neither is."""
        return " at ".join(part for part in (self.role, self.company) if part) or self.id

    def requirement(self, requirement_id: str) -> Requirement:
        """The requirement of that id. Raises UserError when there is none."""
        for requirement in self.requirements:
            if requirement.id == requirement_id:
                return requirement
        known = ", ".join(requirement.id for requirement in self.requirements) or "none yet"
        raise UserError(f"The job '{self.id}' has no requirement '{requirement_id}'.", f"It has {known}.")

    def requirement_texts(self) -> tuple[str, ...]:
        """What answers are judged against: the requirements, those needed first, and the priorities heard."""
        ordered = sorted(self.requirements, key=lambda requirement: not requirement.must)
        heard = (text for texts in self.priorities.values() for text in texts)
        return tuple(dict.fromkeys((*(requirement.text for requirement in ordered), *heard)))


# Correcting.


FACTS = ("role", "company", "place", "contact", "email")
LONGEST_FACT = 120


def with_facts(job: Job, facts: Mapping[str, str]) -> Job:
    """The job with some of `FACTS` corrected. Raises UserError for a fact it does not have, or an endless one."""
    given: dict[str, Any] = {}
    for name, value in facts.items():
        if name not in FACTS:
            raise UserError(f"A job has no '{name}'.", f"It has {', '.join(FACTS)}.")
        given[name] = " ".join(value.split())
        if len(given[name]) > LONGEST_FACT:
            raise UserError(f"The {name} has {len(given[name])} characters.", f"Up to {LONGEST_FACT} fit.")
    return replace(job, **given)


def with_requirement(job: Job, text: str, kind: RequirementKind, must: bool = True) -> Job:
    """The job with one more requirement. Raises UserError for an empty or endless text."""
    number = 1 + max((int(found[1]) for r in job.requirements if (found := re.fullmatch(r"r(\d+)", r.id))), default=0)
    return replace(job, requirements=(*job.requirements, Requirement(f"r{number}", _checked(text), kind, must)))


def with_change(
    job: Job,
    requirement_id: str,
    text: str | None = None,
    kind: RequirementKind | None = None,
    must: bool | None = None,
) -> Job:
    """The job with one requirement corrected; what is None stays. Raises UserError."""
    old = job.requirement(requirement_id)
    new = replace(
        old,
        text=old.text if text is None else _checked(text),
        kind=kind or old.kind,
        must=old.must if must is None else must,
    )
    return replace(job, requirements=tuple(new if each.id == old.id else each for each in job.requirements))


def without_requirement(job: Job, requirement_id: str) -> Job:
    """The job without one requirement, and without the links to it. Raises UserError."""
    gone = job.requirement(requirement_id)
    return replace(
        job,
        requirements=tuple(each for each in job.requirements if each.id != gone.id),
        links=tuple(link for link in job.links if link.requirement_id != gone.id),
    )


def with_restored(job: Job, before: Job, requirement_id: str) -> Job:
    """The job with a requirement that was deleted from `before`, at its old place, with its links."""
    gone = before.requirement(requirement_id)
    behind = {each.id for each in before.requirements[before.requirements.index(gone) :]}
    at = next((at for at, each in enumerate(job.requirements) if each.id in behind), len(job.requirements))
    if any(each.id == gone.id for each in job.requirements):  # its number was given to another one meanwhile
        return with_requirement(job, gone.text, gone.kind, gone.must)
    return replace(
        job,
        requirements=(*job.requirements[:at], gone, *job.requirements[at:]),
        links=(*job.links, *(link for link in before.links if link.requirement_id == gone.id)),
    )


def with_link(job: Job, requirement_id: str, story_id: str, linked: bool) -> Job:
    """The job with the user's word on one requirement and one story. Raises UserError."""
    job.requirement(requirement_id)
    others = (
        link for link in job.links if (link.requirement_id, link.story_id) != (requirement_id, story_id)
    )  # fmt: skip
    return replace(job, links=(*others, Link(requirement_id, story_id, linked)))


def with_priorities(job: Job, person: str, texts: Iterable[str]) -> Job:
    """The job with more priorities of one person ("" for the company); what is known already is not repeated."""
    kept = dict(job.priorities)
    added = (" ".join(text.split()) for text in texts)
    kept[person] = tuple(dict.fromkeys((*kept.get(person, ()), *(text for text in added if text))))
    return replace(job, priorities={name: texts for name, texts in kept.items() if texts})


def without_priority(job: Job, text: str) -> Job:
    """The job without one priority, whoever it was heard from. Raises UserError when it is not there."""
    if not any(text in texts for texts in job.priorities.values()):
        raise UserError(f"The job '{job.id}' has no priority '{text}'.", "'job show' lists them.")
    kept = {name: tuple(each for each in texts if each != text) for name, texts in job.priorities.items()}
    return replace(job, priorities={name: texts for name, texts in kept.items() if texts})


def job_id_for(role: str, company: str, taken: Iterable[str]) -> str:
    """A short id such as "nurse-st-annes"; numbered where it is taken."""
    return new_id(" ".join((role, company)), taken, "job")


_OTHER_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
"""Letters that are no others with an accent, as they are written where there are none."""


def new_id(words: str, taken: Iterable[str], otherwise: str) -> str:
    """The first words as an id of small letters, digits and hyphens; `otherwise` where there are none."""
    parts = re.findall(r"[a-z0-9]+", without_accents(words).translate(_OTHER_LETTERS).replace("'", ""))
    base = ""
    for part in parts[:6]:
        if len(base) + len(part) > 36:
            break
        base = f"{base}-{part}" if base else part[:36]
    base = base or otherwise
    # Not copied where it is a set: a file of thousands names each in turn.
    known = taken if isinstance(taken, Set) else set(taken)
    number, found = 2, base
    while found in known:
        found, number = f"{base}-{number}", number + 1
    return found


def _checked(text: str) -> str:
    plain = " ".join(text.split())
    if not plain:
        raise UserError("A requirement needs some words.", "Write what the job asks for.")
    if len(plain) > LONGEST_TEXT:
        raise UserError(f"A requirement of {len(plain)} characters is too long.", f"Up to {LONGEST_TEXT} fit.")
    return plain

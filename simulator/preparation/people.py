"""The people around an application: contacts, alumni, interviewers, references; and what to do next about each.

A short list, kept on this machine. Nobody is written to by the app.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from simulator.errors import UserError
from simulator.preparation.job import new_id


class PersonKind(StrEnum):
    """What somebody is to the application."""

    CONTACT = "contact"
    """Works there, or knows somebody who does."""
    ALUMNUS = "alumnus"
    """Was at the same school or firm and went there."""
    INTERVIEWER = "interviewer"
    REFERENCE = "reference"
    """May be called and would vouch for the candidate."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the list. `told` says whether a reference knows that they may be called; `reached` whether
    a contact was written to; `knows` what a reference saw (words, or a story's title)."""

    id: str
    name: str
    kind: PersonKind
    role: str = ""
    company: str = ""
    email: str = ""
    phone: str = ""
    job_id: str = ""
    interviewer_id: str = ""
    knows: str = ""
    note: str = ""
    told: bool = False
    reached: bool = False


def new_person(name: str, kind: PersonKind, taken: Iterable[str], **more: str) -> Person:
    """Somebody with an id of their own. Raises UserError without a name, or for an address that cannot be one."""
    person = changed_person(Person("", name, kind), **more)
    return replace(person, id=new_id(person.name, taken, "person"))


def changed_person(person: Person, **values: str) -> Person:
    """The person with some fields replaced. Raises UserError as `new_person` does."""
    given: dict[str, object] = {key: " ".join(text.split()) for key, text in values.items()}
    if "kind" in given:
        given["kind"] = PersonKind(str(given["kind"]))
    given.setdefault("name", " ".join(person.name.split()))
    person = replace(person, **given)  # type: ignore[arg-type]
    if not person.name:
        raise UserError("A person needs a name.", "Write at least the first name.")
    if person.email and not re.fullmatch(r"[^@\s]+@[^@\s]+", person.email):
        raise UserError(f"'{person.email}' is no mail address.", "Write it as name@place.")
    return person


def next_step(person: Person, role: str = "", company: str = "") -> str:
    """What to do next about somebody, "" where nothing is due. `role` and `company` are those of the job."""
    first = person.name.split()[0]
    there = person.company or company
    match person.kind:
        case PersonKind.REFERENCE if not person.told:
            about = f"the {role} job" if role else "the job"
            return f"Ask {first} before anybody calls, and say what {about} is about."
        case PersonKind.REFERENCE if not (person.email or person.phone):
            return f"Note how {first} can be reached."
        case PersonKind.CONTACT if not person.reached:
            at = f" at {there}" if there else ""
            return f"Ask {first} what the work{at} is really like; fifteen minutes are enough."
        case PersonKind.ALUMNUS if not person.reached:
            return f"Write to {first}: name what you share, ask one question{f' about {there}' if there else ''}."
        case PersonKind.INTERVIEWER if not person.role:
            return f"Find out what {person.name} does there."
    return ""


def done(person: Person) -> Person:
    """The person with the step above taken: a reference told, a contact written to."""
    if person.kind is PersonKind.REFERENCE:
        return replace(person, told=True)
    return replace(person, reached=True)

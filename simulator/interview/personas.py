"""Interviewers as the candidate noted them: real names and roles, and what is known of the job, on voices of the app.

Whoever is known to interview for a job is played by one of the app's interviewers, who lends voice and manner and
nothing else: what they say comes from the posting and the candidate's notes, or from answers that fit any job.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from simulator.interview.interviewer import CANDIDATE, Interviewer
from simulator.interview.plan import MAX_INTERVIEWERS
from simulator.preparation.job import Job, RequirementKind
from simulator.preparation.people import Person

MOST_FROM_POSTING = 2
"""Wishes of the posting that one interviewer names; the next one names others."""
Alike = Callable[[str, Sequence[str]], Sequence[float]]
"""How near each of some texts is to the first: `simulator.assessment.alike`."""


def assign_personas(
    people: Sequence[Person], interviewers: Sequence[Interviewer], job: Job, alike: Alike
) -> dict[str, Person]:
    """Interviewer ids to the people they play, up to a full panel.

    Those the candidate chose first; for the others whoever's work is nearest to the person's role, or to the job.
    """
    chosen: dict[str, Person] = {}
    known = {interviewer.id for interviewer in interviewers}
    for person in people:
        if person.interviewer_id in known and len(chosen) < MAX_INTERVIEWERS:
            chosen.setdefault(person.interviewer_id, person)
    taken = {person.id for person in chosen.values()}
    for person in people:
        free = [each for each in interviewers if each.id not in chosen]
        if person.id in taken or len(chosen) == MAX_INTERVIEWERS or not free:
            continue
        near = alike(person.role or job.role, [f"{each.role}, {each.field}" for each in free])
        chosen[free[list(near).index(max(near))].id] = person
    return chosen


def persona_panel(
    ids: Sequence[str],
    people: Sequence[Person],
    interviewers: Sequence[Interviewer],
    job: Job,
    alike: Alike,
    problems: Mapping[str, Sequence[str]],
) -> tuple[Interviewer, ...]:
    """The interviewers of those ids (empty: all who play somebody), as the people they play.

    `problems` is what presses them, by name, from notes on real interviews.
    """
    plays = assign_personas(people, interviewers, job, alike)
    known = {interviewer.id: interviewer for interviewer in interviewers}
    order = list(plays)
    return tuple(
        as_persona(known[each], plays[each], job, problems, order.index(each)) if each in plays else known[each]
        for each in dict.fromkeys(ids or plays)
        if each in known
    )


def as_persona(
    interviewer: Interviewer, person: Person, job: Job, problems: Mapping[str, Sequence[str]], number: int = 0
) -> Interviewer:
    """The interviewer as the person noted. `number`: their place, so that each names other requirements."""
    pressing = _of(person.name, problems)
    own_priorities = tuple(text for text in _of(person.name, job.priorities) if text not in pressing)
    named_priorities = own_priorities or _from_posting(job, number)
    answers = {}
    if named_priorities and not own_priorities:
        answers["priorities"] = (
            f"What we wrote in the posting counts for me, above all this: {'; '.join(named_priorities)}."
        )
    role = person.role or (f"interviewer at {job.company}" if job.company else "interviewer")
    about = f" We are here to talk about the role of {job.role}." if job.role else ""
    return replace(
        interviewer,
        name=person.name,
        role=role,
        field="",
        greeting=f"Hello, {CANDIDATE}. I am {person.name}{f', {person.role}' if person.role else ''}.{about}",
        thanks=f"Thank you, {CANDIDATE}. It was good to talk with you.",
        priorities=named_priorities,
        pressing_problem=" ".join(pressing),
        answers=answers,
        noted=True,
    )


def _of(name: str, texts: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    return tuple(text for who, found in texts.items() if who and who.casefold() == name.casefold() for text in found)


def _from_posting(job: Job, number: int) -> tuple[str, ...]:
    """What the posting asks of how one works and what one does, before what one must have."""
    order = (RequirementKind.SOFT, RequirementKind.DUTY, RequirementKind.EXPERIENCE, RequirementKind.QUALIFICATION)
    requirements = [
        each.text for each in sorted(job.requirements, key=lambda each: (order.index(each.kind), not each.must))
    ]
    first = number * MOST_FROM_POSTING
    return tuple(requirements[first : first + MOST_FROM_POSTING] or requirements[:MOST_FROM_POSTING])

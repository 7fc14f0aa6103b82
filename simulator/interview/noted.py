"""Interviewers as the candidate noted them: the real names, roles and priorities on the people of the app.

Whoever is known to interview for a job is played by one of the app's interviewers, who keeps the
voice and the manner, and takes on the name, the role and what matters to the person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from simulator.interview.interviewer import CANDIDATE, Interviewer
from simulator.interview.plan import MAX_INTERVIEWERS
from simulator.preparation.job import Job
from simulator.preparation.matching import Matcher
from simulator.preparation.people import Person


def who_plays(people: Sequence[Person], interviewers: Sequence[Interviewer], job: Job) -> dict[str, Person]:
    """Interviewer ids to the people they play, up to a full panel.

    Those the candidate chose first; for the others whoever fits the person's role or the job's best.
    """
    chosen: dict[str, Person] = {}
    known = {interviewer.id for interviewer in interviewers}
    for person in people:
        if person.interviewer_id in known and len(chosen) < MAX_INTERVIEWERS:
            chosen.setdefault(person.interviewer_id, person)
    taken = {person.id for person in chosen.values()}
    texts = [f"{each.role} {each.field} {' '.join(each.competencies)}" for each in interviewers]
    matcher = Matcher(texts)
    for person in people:
        if person.id in taken or len(chosen) == MAX_INTERVIEWERS:
            continue
        free = [(each, text) for each, text in zip(interviewers, texts, strict=True) if each.id not in chosen]
        if free:
            best = max(
                free,
                key=lambda pair: (
                    matcher.match(person.role, pair[1]).strength,
                    matcher.match(job.role, pair[1]).strength,
                ),
            )
            chosen[best[0].id] = person
    return chosen


def noted_cast(
    ids: Sequence[str], people: Sequence[Person], interviewers: Sequence[Interviewer], job: Job
) -> tuple[Interviewer, ...]:
    """The interviewers of those ids (empty: all who play somebody), as the people they play."""
    plays = who_plays(people, interviewers, job)
    known = {interviewer.id: interviewer for interviewer in interviewers}
    return tuple(
        as_noted(known[each], plays[each], job.priorities) if each in plays else known[each]
        for each in dict.fromkeys(ids or plays)
        if each in known
    )


def as_noted(interviewer: Interviewer, person: Person, priorities: Mapping[str, Sequence[str]]) -> Interviewer:
    """The interviewer as the person noted; what is not known of the person stays as it is in the file."""
    first = person.name.split()[0]
    role = person.role or interviewer.role
    told = f", {person.role}" if person.role else ""
    known = {name.casefold(): tuple(texts) for name, texts in priorities.items() if name}
    noted = known.get(person.name.casefold(), ())
    answers = interviewer.answers
    if noted:
        # What the file says of priorities is another person's.
        answers = {topic: text for topic, text in answers.items() if topic != "priorities"}
    return replace(
        interviewer,
        name=person.name,
        role=role,
        greeting=f"Hello, {CANDIDATE}. I am {person.name}{told}. Thank you for coming.",
        thanks=interviewer.thanks.replace(interviewer.name, person.name).replace(interviewer.name.split()[0], first),
        priorities=noted or interviewer.priorities,
        answers=answers,
    )

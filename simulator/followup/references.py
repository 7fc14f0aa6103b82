"""A note for each reference: who may call, what came up as a weak spot, and what they could affirm.

Made from what is stored: the job and its people, the scores of the session, the stories and who saw them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from simulator.followup.asked import asked_about
from simulator.followup.dangling_references import dangles, sentences_of, stranger
from simulator.followup.interview_record import InterviewRecord
from simulator.followup.letters import Sentence
from simulator.followup.naming import at_the_place, role_in_text
from simulator.followup.told_stories import SourceKind, likeness
from simulator.preparation.job import Job
from simulator.preparation.people import Person
from simulator.preparation.stories import Story
from simulator.sessions.session import Answer, Session, is_closing
from simulator.texts import listed

WEAK = 2
"""Up to this level an answer is a weak spot."""
MOST_WEAK, MOST_POINTS = 2, 3
SPEAKS_TO = 0.3
"""Likeness from which what somebody saw speaks to what the job asks."""
_IN_PLAIN_WORDS = {
    ("examples", 0): "I gave no example",
    ("examples", 1): "I spoke in general and gave no real example",
    ("examples", 2): "I gave an example, but did not say clearly enough what I did or what came of it",
    ("motivation", 0): "I could not say why I want this work",
    ("motivation", 1): "my reasons for wanting this work stayed general",
    ("motivation", 2): "my reasons for wanting this work stayed a little general",
}


@dataclass(frozen=True, slots=True)
class WeakSpot:
    """Something that went less well. `answer_id` is the answer, `level` 0 to 2, `says` plain words in the first
    person."""

    answer_id: str
    rubric: str
    level: int
    competency: str
    says: str


@dataclass(frozen=True, slots=True)
class Point:
    """Something a reference could affirm: a `requirement`, and the story (or what they are noted to know)
    that speaks to it."""

    requirement: str
    seen: str
    story_id: str = ""


@dataclass(frozen=True, slots=True)
class ReferenceNote:
    """A note to one reference, for the candidate to send or to speak from."""

    person_id: str
    to: str
    subject: str
    paragraphs: tuple[tuple[Sentence, ...], ...]
    weak: tuple[WeakSpot, ...] = ()
    points: tuple[Point, ...] = ()
    signed: str = ""
    email: str = ""
    hints: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The note as plain text; points stand on lines of their own."""
        parts = []
        for part in self.paragraphs:
            listed = [f"- {each.text}" for each in part if each.kind is SourceKind.STORY]
            running = " ".join(each.text for each in part if each.kind is not SourceKind.STORY)
            parts.append("\n".join(line for line in (running, *listed) if line))
        name = f"\n{self.signed}" if self.signed else ""
        return f"Dear {self.to},\n\n" + "\n\n".join(parts) + f"\n\nKind regards{name}\n"

    @property
    def markdown(self) -> str:
        """The note as Markdown."""
        text = self.text.replace("Kind regards\n", "Kind regards  \n")
        return f"# To {self.to}\n\n**Subject:** {self.subject}\n\n{text}"


def weak_spots(session: Session) -> tuple[WeakSpot, ...]:
    """The lowest scored answers of a session, lowest first, in plain words; at most one for a competency."""
    found: dict[str, WeakSpot] = {}
    scored = (
        (level, answer, rubric)
        for answer in session.latest_attempts()
        if answer.scorecard and answer.scorecard.scored and not is_closing(answer)
        for rubric in answer.question.rubrics[:1]
        if (level := answer.scorecard.level(rubric)) is not None and level <= WEAK
    )
    for level, answer, rubric in sorted(scored, key=lambda each: (each[0], each[1].position)):
        if says := _weak_words(answer, rubric, level):
            found.setdefault(
                answer.question.competency or answer.id,
                WeakSpot(answer.id, rubric, level, answer.question.competency, says),
            )
    return tuple(found.values())[:MOST_WEAK]


def _weak_words(answer: Answer, rubric: str, level: int) -> str:
    plain = _IN_PLAIN_WORDS.get((rubric, level), "")
    about = asked_about(answer.question.ask)
    asked = f"about {about}" if about else f"“{answer.question.ask.strip()}”"
    return f"When I was asked {asked}, {plain}." if plain else ""


def draft_notes(
    record: InterviewRecord,
    people: Sequence[Person],
    stories: Sequence[Story],
    job: Job | None = None,
    session: Session | None = None,
) -> tuple[ReferenceNote, ...]:
    """A note for each of the references. `session` is None after a real interview: there are no scores then."""
    weak = weak_spots(session) if session else ()
    return tuple(_note(record, person, stories, job, weak) for person in people)


def points_for(person: Person, stories: Sequence[Story], requirements: Sequence[str]) -> tuple[Point, ...]:
    """What a reference could affirm: requirements that a story they saw, or what they know, speaks to; then other
    stories."""
    seen, knows = witnessed(person, stories), _knows(person)
    points: list[Point] = []
    used: set[str] = set()
    for requirement in requirements:
        near = [(likeness(requirement, [story.searched]), story) for story in seen if story.id not in used]
        best = max(near, key=lambda pair: pair[0], default=None)
        if best and best[0] >= SPEAKS_TO:
            used.add(best[1].id)
            points.append(Point(requirement, _seen(best[1]), best[1].id))
        elif knows and likeness(requirement, [knows]) >= SPEAKS_TO:
            points.append(Point(requirement, knows))
    points.extend(Point("", _seen(story), story.id) for story in seen if story.id not in used)
    if knows and not any(each.seen == knows for each in points) and not _names_story(knows, seen):
        points.append(Point("", knows))
    return tuple(points[:MOST_POINTS])


def witnessed(person: Person, stories: Iterable[Story]) -> tuple[Story, ...]:
    """The stories a person saw: noted as their witness, or named in what they know."""
    return tuple(
        story for story in stories if _same_person(person.name, story.witness) or _names_story(person.knows, (story,))
    )


def _same_person(name: str, witness: str) -> bool:
    """Whether a witness ("Karin Holm, ward sister", "Karin") is this person."""
    words = re.findall(r"[\w'-]+", witness.casefold())
    parts = [part for part in re.findall(r"[\w'-]+", name.casefold()) if len(part) > 1]
    if not words or not parts:
        return False
    return all(part in words for part in parts) or words in ([parts[0]], [parts[-1]])


def _names_story(knows: str, stories: Iterable[Story]) -> bool:
    return bool(knows) and any(
        len(story.title) > 5 and story.title.casefold() in knows.casefold() for story in stories
    )


def _seen(story: Story) -> str:
    """What is told of a story: what was done and what came of it, as it is written down; from the situation on where
    the deed alone names nobody."""
    parts = [part.strip().rstrip(".") for part in (story.situation or story.task, story.action, story.result)]
    if not dangles(sentences_of(parts[1])[:1], after=True):
        del parts[0]
    return ". ".join(part for part in parts if part) or story.title


def said_about(person: Person) -> str:
    """The sentence on a person that speaks of them as "she" or "he", and so cannot stand in a note to them."""
    return next((each for each in sentences_of(person.knows) if stranger(each)), "")


def _knows(person: Person) -> str:
    return " ".join(each for each in sentences_of(person.knows) if not stranger(each))


def _note(
    record: InterviewRecord, person: Person, stories: Sequence[Story], job: Job | None, weak: Sequence[WeakSpot]
) -> ReferenceNote:
    requirements = _requirements(job, record)
    points = points_for(person, stories, requirements)
    parts = (_who_may_call(record, job), _affirm(points, person), _weak(weak), _thanks(person))
    hints = []
    if about := said_about(person):
        hints.append(f"“{about}” is not in the note: it speaks of {person.name}. Write it to them: “You saw ...”")
    if not points:
        hints.append(
            f"Note what {person.name} saw: 'job people edit {person.id} --knows ...', or as witness of a story."
        )
    if not person.told:
        hints.append(f"Ask {person.name} before anybody calls; then tick it off with 'references told {person.id}'.")
    if not record.company:
        hints.append("The company is not known here; practise with --job, or say it by hand.")
    return ReferenceNote(
        person.id,
        person.name,
        f"You may get a call about me: {record.about}" if record.about else "You may get a call about me",
        tuple(part for part in parts if part),
        tuple(weak),
        points,
        record.candidate,
        person.email,
        tuple(hints),
    )


def _requirements(job: Job | None, record: InterviewRecord) -> tuple[str, ...]:
    statements = tuple(each.text for person in record.interviewers for each in person.said)
    return tuple(dict.fromkeys((*statements, *(job.requirement_texts() if job else ()))))


def _who_may_call(record: InterviewRecord, job: Job | None) -> tuple[Sentence, ...]:
    where = "the interview"
    source = (where, SourceKind.JOB if job else SourceKind.DEBRIEF, job.id if job else record.id)
    for_role = f" for the role of {role_in_text(record.role)}" if record.role else ""
    at = at_the_place(record)
    found = [Sentence(f"I have had an interview{for_role}{at}, and somebody from there may call you.", *source)]
    if people := [_person(person.name, person.role) for person in record.interviewers]:
        found.append(Sentence(f"I spoke with {listed(people)}.", where, SourceKind.DEBRIEF, record.id))
    return tuple(found)


def _affirm(points: Sequence[Point], person: Person) -> tuple[Sentence, ...]:
    if not points:
        return ()
    found = [Sentence("If they ask, it would help me most if you could say what you saw yourself of these things.")]
    for point in points:
        label = "your story" if point.story_id else f"what {person.name} is noted to know"
        text = f"{_headed(point.requirement)}{point.seen.rstrip('.')}."
        found.append(Sentence(text, label, SourceKind.STORY, point.story_id or person.id))
    return tuple(found)


def _headed(requirement: str) -> str:
    heading = requirement.strip().rstrip(".:")
    return f"{heading[0].upper()}{heading[1:]}: " if heading else ""


def _weak(weak: Sequence[WeakSpot]) -> tuple[Sentence, ...]:
    if not weak:
        return ()
    found = [Sentence("You should also know what I did less well, as they may ask you about it.")]
    found.extend(Sentence(spot.says, "your scores", SourceKind.ANSWER, spot.answer_id) for spot in weak)
    found.append(
        Sentence("If you remember something that shows it in another light, please say so, and say it as it was.")
    )
    return tuple(found)


def _thanks(person: Person) -> tuple[Sentence, ...]:
    ask = (
        Sentence("Please tell me if you would rather not be called.")
        if not person.told
        else Sentence("If anything about this has changed for you, please tell me.")
    )
    return (ask, Sentence("Thank you for standing up for me."))


def _person(name: str, role: str) -> str:
    return f"{name} ({role})" if role else name

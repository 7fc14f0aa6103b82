"""The stories that an interview can give a letter, and which one suits whom.

A story is what the candidate told, or has stored. Its words choose it, and stand beside the lines in which it is told
again; they are never printed. Whoever asked for it, it may suit another reader: that is told by sentence vectors, by
what this person said and cares about.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from simulator.assessment import alike
from simulator.errors import MissingPart
from simulator.followup.shapes import looked_for
from simulator.preparation.matching import TOUCHES, matches

FITS = 0.3
"""Likeness to what somebody said from which a story suits them that they did not ask for."""
FITS_UNTOLD = 0.4
"""The same for a stored story that was not told in the interview at all."""
OWN = 0.1
"""How much a person's own question counts beside what they said."""
UNTOLD = 0.1
"""How much less a story counts that was not told."""
TOUCHY = 0.6
"""Likeness from which a question asks for one's own mistake, or for a quarrel."""
TOUCHY_BY_FAR, BY_FAR = 0.5, 0.1
"""The same for one that is by so much less like a harmless question."""


class SourceKind(StrEnum):
    """Where a sentence of a letter comes from."""

    COURTESY = "courtesy"
    """Claims nothing."""
    ANSWER = "answer"
    STORY = "story"
    SAID = "said"
    """By an interviewer, or noted of them."""
    JOB = "job"
    DEBRIEF = "debrief"
    """The candidate's own notes on a real interview."""
    LINE = "line"
    """A line that the candidate wrote for the letter."""


@dataclass(frozen=True, slots=True)
class ToldStory:
    """One story: `where` is the id of the answer, story or note, `label` says it in words, `text` is what was told.

    `asked_by` is who asked for it, `ask` the question. `touchy`: a mistake of one's own or
    a quarrel; the app suggests none of these.
    """

    kind: SourceKind
    where: str
    label: str
    text: str
    asked_by: str = ""
    ask: str = ""
    told: bool = True
    touchy: bool = False
    whole: bool = True
    """Whether something that was done is told in it; what is not whole is only offered to choose from."""
    parts: tuple[str, str, str] = ("", "", "")
    """Written words for the three lines, where there are some: a stored story, or a well written answer."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a story is to suit: their id and name, and what is known to matter to them."""

    id: str
    name: str
    priorities: tuple[str, ...] = ()

    def asked_for(self, story: ToldStory) -> bool:
        """Whether this person asked for a story."""
        return bool(story.asked_by) and story.asked_by in (self.id, self.name)


def own_story(person_id: str) -> ToldStory:
    """A story that is told nowhere yet: something else, for one person."""
    label = "something else you did"
    return ToldStory(SourceKind.LINE, f"own/{person_id}", label, "", told=False, whole=False)


def likeness(one: str, others: Sequence[str]) -> float:
    """The likeness of the nearest of some texts; 0 where there are none, or no model to tell."""
    try:
        return max(alike(one, others), default=0.0) if one else 0.0
    except MissingPart:
        return 0.0


def speaks_to(topic: str, story: ToldStory, lines: Sequence[str]) -> bool:
    """Whether a story, as it is told in some lines, surely has to do with what somebody spoke about."""
    try:
        return bool(lines) and matches([topic], [each for each in (story.ask, *lines) if each])[0].strength >= TOUCHES
    except MissingPart:
        return False


def is_touchy(question: str) -> bool:
    """Whether a question asks for one's own mistake, or for a quarrel."""
    near, harmless = (likeness(question, looked_for(each)) for each in ("own_fault", "no_fault"))
    return (near >= TOUCHY and near > harmless) or (near >= TOUCHY_BY_FAR and near >= harmless + BY_FAR)


def by_fit(reader: Reader, stories: Sequence[ToldStory]) -> list[tuple[float, ToldStory]]:
    """All stories with how well they suit somebody, the best first; those one has to pick oneself come last."""
    weighed = [(_weight(reader, each), each) for each in stories]
    return sorted(weighed, key=lambda pair: (pair[1].touchy, -pair[0]))


def suggested(readers: Sequence[Reader], stories: Sequence[ToldStory]) -> dict[str, ToldStory]:
    """For each reader, by id, the story that suits best; no two get the same one."""
    weighed = [
        (-weight, place, at)
        for place, reader in enumerate(readers)
        for at, story in enumerate(stories)
        if not story.touchy and story.whole and (weight := _weight(reader, story)) and _suits(reader, story, weight)
    ]
    weighed.sort()
    given: dict[int, int] = {}
    for _, place, at in weighed:
        if place not in given and at not in given.values():
            given[place] = at
    return {readers[place].id: stories[at] for place, at in given.items()}


def _suits(reader: Reader, story: ToldStory, weight: float) -> bool:
    return reader.asked_for(story) or weight >= (FITS if story.told else FITS_UNTOLD - UNTOLD)


def _weight(reader: Reader, story: ToldStory) -> float:
    near = likeness(f"{story.ask} {story.text}".strip(), reader.priorities)
    return near + OWN * reader.asked_for(story) - UNTOLD * (not story.told)

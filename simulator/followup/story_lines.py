"""The candidate's own lines for the letters: a story in three of them, what was said that stayed, why this job.

They are kept for the interview, a story's lines once for all its letters.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from simulator.followup.shapes import listed

MOST_IN_LINE = 30
"""Words of a line: more is hard to read aloud in one breath."""
TOPIC_WORDS = range(3, 17)
"""Words in which what was said can be named; up to twelve read best."""
_MARK = re.compile(r"^[\s•*·–—-]+(?=\w)|^\(?\d{1,2}[.)]\s+")


@dataclass(frozen=True, slots=True)
class Telling:
    """A story told again: what was wrong, what one did, what came of it; a whole sentence or two each."""

    problem: str = ""
    did: str = ""
    outcome: str = ""

    @property
    def complete(self) -> bool:
        """Whether it tells enough for a letter: what was done, and what for or what came of it."""
        return bool(self.did and (self.problem or self.outcome))

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines there are, each as a sentence."""
        return tuple(sentence_of(each) for each in (self.problem, self.did, self.outcome) if each.strip())


@dataclass(frozen=True, slots=True)
class PersonLines:
    """For one letter: the story chosen ("" for the one suggested), what this person said that stayed, and why."""

    story: str = ""
    topic: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class LetterLines:
    """All lines for the letters of one interview; `tellings` by story, `people` by interviewer."""

    id: str
    tellings: Mapping[str, Telling] = field(default_factory=dict)
    people: Mapping[str, PersonLines] = field(default_factory=dict)

    def of(self, person_id: str) -> PersonLines:
        """What is written for one letter."""
        return self.people.get(person_id, PersonLines())

    def telling(self, story_id: str) -> Telling:
        """How a story is told; empty where it is not yet."""
        return self.tellings.get(story_id, Telling())

    def with_person(self, person_id: str, lines: PersonLines) -> "LetterLines":
        """With what is written for one letter."""
        return replace(self, people={**self.people, person_id: lines})

    def with_telling(self, story_id: str, telling: Telling) -> "LetterLines":
        """With a story as it is told; an empty one is taken out."""
        rest = {key: each for key, each in self.tellings.items() if key != story_id}
        return replace(self, tellings={**rest, story_id: telling} if any(telling.lines) else rest)

    @property
    def all(self) -> tuple[str, ...]:
        """Every line as a sentence."""
        told = [line for each in self.tellings.values() for line in each.lines]
        said = [line for each in self.people.values() for line in (each.topic, each.why) if line]
        return (*told, *said)


def sentence_of(line: str) -> str:
    """A line as a sentence: one line, without a bullet mark before it, with a capital and a full stop."""
    plain = _written(line)
    plain = plain[:1].upper() + plain[1:]
    return plain if not plain or re.search(r"[.!?…][\"'”’)]*$", plain) else f"{plain}."


def _written(line: str) -> str:
    """A line without its mark, and with the capitals that always stand: "I", and the days."""
    plain = re.sub(r"\s+(?=[.,;:!?](?:\s|$))", "", _MARK.sub("", " ".join(line.split())))
    return re.sub(r"\b(?:i(?!\.)|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b", _capital, plain)


def _capital(found: re.Match[str]) -> str:
    return found[0][0].upper() + found[0][1:]


def phrase_of(line: str) -> str:
    """A line as it can stand inside a sentence: without full stop, and without the capital of a usual word."""
    plain = _written(line).rstrip(" .;,").strip('“”"')
    first = plain.split(" ", 1)[0]
    is_usual = first.lower() in listed("usually_small") and first != "I"
    return plain[:1].lower() + plain[1:] if is_usual else plain

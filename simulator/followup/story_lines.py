"""The candidate's own lines for the letters: a story in three of them, what was said that stayed, why this job.

They are kept for the interview, a story's lines once for all its letters.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from simulator.followup.dangling_references import sentences_of, stranger
from simulator.followup.shapes import listed
from simulator.reading.numbers_told import TENS, UNITS, in_words

MOST_IN_LINE = 30
"""Words of a line: more is hard to read aloud in one breath."""
TOPIC_WORDS = range(3, 17)
"""Words in which what was said can be named; up to twelve read best."""
_OPENING_NUMBER = re.compile(
    r"(?:^|(?<=[.!?] ))\d{1,2}(?= (?!(?:of|out of|in|to|or|and|per) \d|(?:[ap]m|per|to|or)\b)[a-z])"
)
_TWO_WORDS = re.compile(rf"\b({'|'.join(TENS)}) ({'|'.join(UNITS[1:10])})\b(?!-)", re.IGNORECASE)
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
    """A line as a sentence: one line, without a bullet mark before it, with a capital and a full stop.

    A number that opens it is in words: "Nineteen people rang."
    """
    plain = _OPENING_NUMBER.sub(lambda each: in_words(int(each[0])).capitalize(), _written(line))
    plain = plain[:1].upper() + plain[1:]
    return plain if not plain or re.search(r"[.!?…][\"'”’)]*$", plain) else f"{plain}."


_REPORT = re.compile(
    r"^I (?:told|said to|explained to) (?:her|him|them) (?:that )?|^I said (?:that )?", re.IGNORECASE
)
"""What makes a report of a reason: "I told her that ..."."""


def unreported(reason: str) -> str:
    """A noted reason as it can be said to whoever was told it; "" where it still speaks of somebody not named."""
    plain = _REPORT.sub("", reason.strip())
    return "" if any(map(stranger, sentences_of(plain))) else plain[:1].upper() + plain[1:]


def _written(line: str) -> str:
    """A line without its mark, with the capitals that always stand ("I", the days) and the hyphen of "forty-five"."""
    plain = re.sub(r"\s+(?=[.,;:!?](?:\s|$))", "", _MARK.sub("", " ".join(line.split())))
    plain = _TWO_WORDS.sub(r"\1-\2", plain)
    return re.sub(r"\b(?:i(?!\.)|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b", _capital, plain)


def _capital(found: re.Match[str]) -> str:
    return found[0][0].upper() + found[0][1:]


def phrase_of(line: str) -> str:
    """A line as it can stand inside a sentence: without full stop, and without the capital of a usual word."""
    plain = _written(line).rstrip(" .;,").strip('“”"')
    first = plain.split(" ", 1)[0]
    is_usual = first.lower() in listed("usually_small") and first != "I"
    return plain[:1].lower() + plain[1:] if is_usual else plain

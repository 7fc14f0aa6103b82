"""Whether a text speaks to a requirement, by a small trained head over the language model; and which sentence does.

The strength runs from 0 to 1, as the head was taught: some odds that a careful reader would say so.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from simulator.language.vectors import shared_vectors
from simulator.preparation.matching_head import matching_head

ANSWERS = 0.7
"""From this strength on a text answers a requirement: one that is none is worse than one that is looked at again."""
TOUCHES = 0.25
"""From this strength on it touches it; below there is no story."""
_LONGEST_QUOTED = 26
_SENTENCE = re.compile(r"(?<=[.!?;])[\"'”’]?\s+")


@dataclass(frozen=True, slots=True)
class Match:
    """How strongly a text speaks to a requirement, 0 to 1, and the sentence or skill that does."""

    strength: float
    words: str = ""

    @property
    def answers(self) -> bool:
        """Whether it answers the requirement."""
        return self.strength >= ANSWERS

    @property
    def enough(self) -> bool:
        """Whether it touches it at least."""
        return self.strength >= TOUCHES


def sentences_in(text: str) -> list[str]:
    """The sentences of a written text."""
    return [found for each in _SENTENCE.split(text) if (found := " ".join(each.split()))]


def match(requirement: str, text: str, skills: Sequence[str] = ()) -> Match:
    """How strongly a text, with the skills beside it, speaks to a requirement. Raises Missing without the model."""
    return matches([requirement], sentences_in(text), skills)[0]


def matches(requirements: Sequence[str], sentences: Sequence[str], skills: Sequence[str] = ()) -> list[Match]:
    """For each requirement how strongly the sentences of one text speak to it. Raises Missing without the model."""
    if not requirements or not (sentences or skills):
        return [Match(0.0) for _ in requirements]
    head = matching_head()
    compared = head.compare(requirements, sentences, skills)
    weighed = head.weighed(compared)
    found = []
    for at in range(len(requirements)):
        nearest = int(compared.told[:, at].argmax()) if sentences else 0
        words = _shortened(sentences[nearest]) if sentences else ""
        if skills:
            skill = int(compared.shown[:, at].argmax())
            if not sentences or compared.shown[skill, at] > compared.told[nearest, at]:
                words = skills[skill]
        found.append(Match(round(1 / (1 + math.exp(-float(weighed[at]))), 3), words))
    return found


def _shortened(sentence: str) -> str:
    words = sentence.split()
    return sentence if len(words) <= _LONGEST_QUOTED else f"{' '.join(words[:_LONGEST_QUOTED])} ..."


def best(requirement: str, texts: Sequence[str]) -> tuple[int, Match]:
    """The position of the text that speaks to the requirement most, and how; -1 where there is none."""
    found = [match(requirement, text) for text in texts]
    at = max(range(len(found)), key=lambda number: found[number].strength, default=-1)
    return at, found[at] if found else Match(0.0)


def nearness(requirement: str, texts: Sequence[str]) -> list[float]:
    """How near each whole text is to a requirement: a cosine, to choose among texts that are all possible."""
    return [float(each) for each in shared_vectors.of(list(texts)) @ shared_vectors.of([requirement])[0]]

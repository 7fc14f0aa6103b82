"""Whether a text speaks to a wish, by the vectors of its sentences; and which sentence does.

The strength runs from 0 to 1; where it says "answers" and "touches" was fitted on
`tests/preparation/matching_cases.yaml`.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.language.vectors import shared_vectors

if TYPE_CHECKING:
    from simulator.language.vectors import Floats

ANSWERS = 0.5
"""From this strength on a text answers a wish: of made-up cases, 85 % of what stands so high is right."""
TOUCHES = 0.25
"""From this strength on it touches it; below there is no story."""
_SLOPE, _MIDDLE, _SKILLED_MIDDLE = 20.0, 0.24, 0.54
_WHOLE, _NEAREST, _MEAN = 0.4, 0.3, 0.3
"""Shares of the whole text, its nearest sentence, and all sentences on average."""
_GENERAL = 0.6
"""What is taken off a text that is near to all wishes alike; less where there are few wishes to tell by."""
_FEW = 5
_LONGEST_QUOTED = 26
_SENTENCE = re.compile(r"(?<=[.!?;])[\"'”’]?\s+")


@dataclass(frozen=True, slots=True)
class Match:
    """How strongly a text speaks to a wish, 0 to 1, and the sentence or skill that does."""

    strength: float
    words: str = ""

    @property
    def answers(self) -> bool:
        """Whether it answers the wish."""
        return self.strength >= ANSWERS

    @property
    def enough(self) -> bool:
        """Whether it touches it at least."""
        return self.strength >= TOUCHES


def sentences_in(text: str) -> list[str]:
    """The sentences of a written text."""
    return [found for each in _SENTENCE.split(text) if (found := " ".join(each.split()))]


def match(wish: str, text: str, skills: Sequence[str] = ()) -> Match:
    """How strongly a text, with the skills named beside it, speaks to a wish. Raises Missing without the model."""
    return matches([wish], sentences_in(text), skills)[0]


def matches(wishes: Sequence[str], sentences: Sequence[str], skills: Sequence[str] = ()) -> list[Match]:
    """For each wish how strongly the sentences of one text speak to it. Raises Missing without the model."""
    if not wishes or not (sentences or skills):
        return [Match(0.0) for _ in wishes]
    whole = [" ".join(sentences)] if sentences else []
    wanted = shared_vectors.of(wishes).T
    told = shared_vectors.of([*sentences, *whole]) @ wanted
    shown = shared_vectors.of([*skills, ", ".join(skills)] if skills else []) @ wanted
    near = _nearness_of(told) if sentences else shared_vectors.of(wishes)[:, 0] * 0
    found = []
    for at in range(len(wishes)):
        nearest = int(told[:-1, at].argmax()) if sentences else 0
        words = _shortened(sentences[nearest]) if sentences else ""
        if not skills:
            found.append(Match(_logistic(float(near[at]) - _MIDDLE), words))
            continue
        skill = int(shown[:-1, at].argmax())
        named = float(shown[skill, at] + shown[-1, at]) / 2
        if not sentences or shown[skill, at] > told[nearest, at]:
            words = skills[skill]
        found.append(Match(_logistic(float(near[at]) + named - _SKILLED_MIDDLE), words))
    return found


def _nearness_of(told: "Floats") -> "Floats":
    """How near a text is to each wish; the last row of `told` is the whole text, those above its sentences."""
    near: Floats = _WHOLE * told[-1] + _NEAREST * told[:-1].max(axis=0) + _MEAN * told[:-1].mean(axis=0)
    off: Floats = near - _GENERAL * len(near) / (len(near) + _FEW) * near.mean()
    return off


def _logistic(value: float) -> float:
    return round(1 / (1 + math.exp(-_SLOPE * value)), 3)


def _shortened(sentence: str) -> str:
    words = sentence.split()
    return sentence if len(words) <= _LONGEST_QUOTED else f"{' '.join(words[:_LONGEST_QUOTED])} ..."


def best(wish: str, texts: Sequence[str]) -> tuple[int, Match]:
    """The position of the text that speaks to the wish most, and how; -1 where there is none."""
    found = [match(wish, text) for text in texts]
    at = max(range(len(found)), key=lambda number: found[number].strength, default=-1)
    return at, found[at] if found else Match(0.0)


def nearness(wish: str, texts: Sequence[str]) -> list[float]:
    """How near each whole text is to a wish: a cosine, to choose among texts that are all possible."""
    return [float(each) for each in shared_vectors.of(list(texts)) @ shared_vectors.of([wish])[0]]

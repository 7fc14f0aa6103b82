"""Whether a text speaks to a requirement, by vectors tuned to that on labelled stories; and which sentence does.

The strength runs from 0 to 1, as it was taught: some odds that a careful reader would say so.
"""

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.errors import MissingPart
from simulator.language.vectors import Vectors, shared_vectors
from simulator.paths import shipped

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Floats = NDArray[numpy.float32]

ANSWERS = 0.7
"""From this strength on a text answers a requirement: one that is none is worse than one that is looked at again."""
TOUCHES = 0.25
"""From this strength on it touches it; below there is no story."""
SURE = 0.9
"""From this strength on it may be said of what was not written to be matched, such as what somebody values."""
FEW = 5
"""So many requirements weigh as much as all those it learned from, in telling how near a text is to any at all."""
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

    @property
    def sure(self) -> bool:
        """Whether it answers it beyond doubt."""
        return self.strength >= SURE


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
    import numpy  # late

    vectors, weights = _vectors(), _weights()
    wanted = vectors.of(requirements).T
    told, shown = vectors.of(sentences) @ wanted, vectors.of(skills) @ wanted
    near = (
        vectors.of([" ".join(sentences)]) @ wanted if sentences else numpy.full((1, wanted.shape[1]), weights.usual)
    )
    signs = [apart(near, weights.usual)]
    if skills:
        signs.append(vectors.of([", ".join(skills)]) @ wanted)
    *shares, always = weights.skilled if skills else weights.bare
    odds = numpy.array(shares) @ numpy.vstack(signs) + always
    found = []
    for at in range(len(requirements)):
        parts = [*zip(told[:, at], map(_shortened, sentences), strict=True), *zip(shown[:, at], skills, strict=True)]
        words = max(parts, key=lambda each: each[0])[1]
        found.append(Match(round(1 / (1 + math.exp(-float(odds[at]))), 3), words))
    return found


def apart(near: "Floats", usual: float) -> "Floats":
    """How near a text is to each requirement, beyond what it is to any: some texts are near to all."""
    found: Floats = near - (near.sum() + FEW * usual) / (near.size + FEW)
    return found


@dataclass(frozen=True, slots=True)
class Weights:
    """What makes odds of cosines: how near a text usually is, the weights of text (and skills), and a constant."""

    usual: float
    bare: tuple[float, float]
    skilled: tuple[float, float, float]


def weights_in(path: Path) -> Weights:
    """The weights in a file. Raises Missing where they do not load."""
    try:
        found = Weights(**json.loads(path.read_text(encoding="utf-8")))
        if (len(found.bare), len(found.skilled)) == (2, 3):
            return found
    except (OSError, ValueError, TypeError):
        pass  # told below
    raise MissingPart(
        f"Stories cannot be matched: {path} does not hold the numbers it should.",
        "Get the app's files anew: a part of them is damaged or missing.",
    )


@lru_cache(maxsize=1)
def _weights() -> Weights:
    return weights_in(shipped("assets") / "matching" / "weights.json")


@lru_cache(maxsize=1)
def _vectors() -> Vectors:
    return Vectors(upper=shipped("assets") / "matching" / "upper.onnx")


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

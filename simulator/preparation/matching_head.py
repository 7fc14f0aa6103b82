"""What speaks for a text answering a requirement, weighed by a small head that learned from labelled stories.

The meanings of whole texts and sentences are compared, and each word piece of the text with the nearest one of the
requirement. A bilinear map of low rank knows what stories sound like in which a requirement hardly named is met
("I put the notes away" and speaking in front of people). `tests/matching_model/train.py` makes the weights.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from simulator.errors import MissingPart
from simulator.language.vectors import shared_vectors
from simulator.paths import shipped

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Floats = NDArray[numpy.float32]

_WHOLE, _NEAREST, _MEAN = 0.4, 0.3, 0.3
"""Shares of the whole text, its nearest sentence, and all sentences on average, in how near a text is."""
FEW = 5
"""So many requirements weigh as much as all those it learned from, in telling how near a text is to any at all."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A text beside some requirements; each row of `story` and `skills` is one sign, with a number for each.

    `told` has the cosines of sentences, `shown` of single skills; they are empty where there are none."""

    told: "Floats"
    shown: "Floats"
    story: "Floats"
    skills: "Floats"


@dataclass(frozen=True, slots=True)
class MatchingHead:
    """The weights. Vectors are taken from `middles` (of requirements, texts, skills) before the maps; `usual` is what
    the signs of a story are for any requirement."""

    middles: "Floats"
    requirement_map: "Floats"
    story_map: "Floats"
    usual: "Floats"
    bare: "Floats"
    skilled: "Floats"

    def compare(self, requirements: Sequence[str], sentences: Sequence[str], skills: Sequence[str]) -> Compared:
        """All signs of one text. Raises Missing without the language model."""
        import numpy  # late

        whole, all_of_them = " ".join(sentences), ", ".join(skills)
        # The word pieces first: the vectors of the same texts come with them.
        met, met_by_skills = (_pieces_met(requirements, text) for text in (whole, all_of_them))
        wanted = shared_vectors.of(requirements)
        bent = (wanted - self.middles[0]) @ self.requirement_map
        told = shown = numpy.zeros((0, len(requirements)), numpy.float32)
        story, named = numpy.repeat(self.usual[:, None], len(requirements), 1), numpy.zeros((3, len(requirements)))
        if sentences:
            vector = shared_vectors.of([whole])[0]
            told = shared_vectors.of(sentences) @ wanted.T
            near = _WHOLE * wanted @ vector + _NEAREST * told.max(axis=0) + _MEAN * told.mean(axis=0)
            story = numpy.stack([near, met, bent @ ((vector - self.middles[1]) @ self.story_map)])
        if skills:
            vector = shared_vectors.of([all_of_them])[0]
            shown = shared_vectors.of(skills) @ wanted.T
            near = (shown.max(axis=0) + wanted @ vector) / 2
            named = numpy.stack([near, met_by_skills, bent @ ((vector - self.middles[2]) @ self.story_map)])
        return Compared(told, shown, story.astype(numpy.float32), named.astype(numpy.float32))

    def weighed(self, compared: Compared) -> "Floats":
        """For each requirement the logarithm of the odds that the text answers it."""
        import numpy  # late

        signs = apart(compared.story, self.usual)
        weights = self.skilled if len(compared.shown) else self.bare
        if len(compared.shown):
            signs = numpy.vstack([signs, compared.skills])
        logits: Floats = weights[:-1] @ signs + weights[-1]
        return logits


def apart(story: "Floats", usual: "Floats") -> "Floats":
    """The signs of a story, without what it has for these and any requirements alike: a text can be near to all."""
    count = story.shape[1]
    found: Floats = story - ((story.sum(axis=1) + FEW * usual) / (count + FEW))[:, None]
    return found


def _pieces_met(requirements: Sequence[str], text: str) -> "Floats":
    """How near each word piece of the text comes to one of the requirement, on average."""
    import numpy  # late

    found = numpy.zeros(len(requirements), numpy.float32)
    if not text:
        return found
    pieces = shared_vectors.pieces_of(text)
    for at, requirement in enumerate(requirements):
        wanted = shared_vectors.pieces_of(requirement)
        if len(wanted) and len(pieces):
            found[at] = (wanted @ pieces.T).max(axis=0).mean()
    return found


@lru_cache(maxsize=1)
def matching_head() -> MatchingHead:
    """The shipped weights. Raises Missing where they do not load."""
    return head_from(shipped("assets") / "matching" / "head.npz")


def head_from(path: Path) -> MatchingHead:
    """The weights in a file. Raises Missing where they do not load."""
    import numpy  # late

    try:
        with numpy.load(path) as arrays:
            return MatchingHead(
                **{name: arrays[name].astype(numpy.float32) for name in MatchingHead.__dataclass_fields__}
            )
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise MissingPart(
            f"Stories cannot be matched: {path} does not load ({type(error).__name__}).",
            "Get the app's files anew: a part of them is damaged or missing.",
        ) from None

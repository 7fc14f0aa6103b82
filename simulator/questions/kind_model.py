"""The trained guess of a question's kind, in English, German, French, Spanish and Swedish.

A linear classifier over words, groups of words and parts of words, each counted at a place that its checksum names,
and, where they are given, over the language model's sentence vectors, which know English only.
`tests/question_kinds/train.py` makes the weights.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.errors import MissingPart
from simulator.paths import shipped
from simulator.questions.bank import Kind
from simulator.texts import without_accents

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Floats = NDArray[numpy.float64]

KINDS = tuple(Kind)
PLACES = 1 << 15
_LONGEST = 400
"""Characters of a question that are looked at."""
_STEM = 4
"""Letters at the beginning of a word that mostly stay the same when it is inflected."""
_PARTS = (3, 4, 5)
"""Lengths of the parts of words."""
_AT_ONCE = 500


def _place(feature: str) -> int:
    return zlib.crc32(feature.encode()) % PLACES


@lru_cache(maxsize=20_000)
def _parts_of(word: str) -> tuple[int, ...]:
    marked = f"<{word}>"
    return tuple(_place(f"c{marked[at : at + size]}") for size in _PARTS for at in range(len(marked) - size + 1))


def _groups(mark: str, words: Sequence[str], size: int) -> Iterator[str]:
    return (mark + " ".join(words[at : at + size]) for at in range(len(words) - size + 1))


def _named_features(sentence: Sequence[str]) -> Iterator[str]:
    """Of one sentence: groups of up to three words and of three stems, pairs of stems apart, how it begins."""
    stems = [word[:_STEM] for word in sentence]
    yield from _groups("w", sentence, 1)
    for size in (2, 3):
        yield from _groups("w", ["^", *sentence, "$"], size)
    for size in (1, 2, 3):
        yield from _groups("s", stems, size)
    for apart in (2, 3):
        yield from (f"k{one}_{other}" for one, other in zip(stems, stems[apart:], strict=False))
    for size in range(1, min(3, len(sentence)) + 1):
        yield "b" + " ".join(sentence[:size])
        yield "bs" + " ".join(stems[:size])


def places(ask: str) -> dict[int, float]:
    """Where a question counts, and how much; the counts have length 1 together."""
    low = without_accents(ask[:_LONGEST])
    sentences = [words for part in re.split(r"[.?!:;…]+", low) if (words := re.findall(r"[^\W\d_]+|\d+", part))]
    if not sentences:
        return {}
    found = [place for sentence in sentences for word in sentence for place in _parts_of(word)]
    found += [_place(feature) for sentence in sentences for feature in _named_features(sentence)]
    several = len(sentences) > 1
    found += [_place(f"l{several}" + " ".join(sentences[-1][:size])) for size in (1, 2, 3)]
    found.append(_place(f"n{min(len(sentences), 3)}{low.rstrip().endswith('?')}"))
    counts: dict[int, float] = {}
    for place in found:
        counts[place] = counts.get(place, 0.0) + 1.0
    length = sum(count * count for count in counts.values()) ** 0.5
    return {place: count / length for place, count in counts.items()}


class KindModel:
    """The shipped weights, loaded when they are first needed. Raises Missing where they do not load."""

    def __init__(self, file: Path | BytesIO | None = None) -> None:
        self._file = file

    @cached_property
    def _weights(self) -> "dict[str, Floats]":
        import numpy  # late

        file = self._file or shipped("assets") / "questions" / "kinds.npz"
        try:
            with numpy.load(file) as arrays:
                return {name: arrays[name].astype(numpy.float64) for name in ("words", "meaning", "steps", "bias")}
        except (OSError, ValueError, KeyError) as error:
            raise MissingPart(
                f"Kinds of questions cannot be guessed: {file} does not load ({type(error).__name__}).",
                "Get the app's files anew: a part of them is damaged or missing.",
            ) from None

    def scores(self, asks: Sequence[str]) -> "Floats":
        """Questions x kinds, by their words; the higher, the likelier."""
        import numpy  # late

        words, step, bias = self._weights["words"], self._weights["steps"][0], self._weights["bias"][0]
        found = numpy.empty((len(asks), len(KINDS)))
        for start in range(0, len(asks), _AT_ONCE):
            counted = [places(ask) or {0: 0.0} for ask in asks[start : start + _AT_ONCE]]
            at = numpy.concatenate([numpy.fromiter(each, numpy.intp, len(each)) for each in counted])
            much = numpy.concatenate([numpy.fromiter(each.values(), float, len(each)) for each in counted])
            begins = numpy.cumsum([0, *(len(each) for each in counted[:-1])])
            sums = numpy.add.reduceat(words[at] * much[:, None], begins, axis=0)
            found[start : start + _AT_ONCE] = sums * step + bias
        return found

    def meaning(self, vectors: "Floats") -> "Floats":
        """What sentence vectors add to the scores."""
        found: Floats = vectors @ self._weights["meaning"] * self._weights["steps"][1] + self._weights["bias"][1]
        return found


kind_model = KindModel()


def guess_kind(ask: str) -> Kind:
    """The likeliest kind of one question by its words alone, in a moment."""
    return KINDS[int(kind_model.scores([ask])[0].argmax())]

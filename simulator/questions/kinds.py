"""The kinds of a list of questions, from their words, what they mean, and the headings above them.

Words are weighed in five languages by `kind_model.py`; sentence vectors tell what an English question means. Without
the language model, and for very long lists, words alone decide.
"""

import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from simulator.errors import MissingPart
from simulator.language.vectors import shared_vectors
from simulator.questions.bank import Kind
from simulator.questions.kind_model import KINDS, kind_model

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Numbers = NDArray[numpy.float64]

MOST_VECTORS = 2_000
"""Questions of one list that are read by meaning (some 4 ms each); in longer lists, words alone decide."""
SAME_MEANING = 0.9
"""Cosine of two questions from which they ask the same thing in other words."""
HEADING = 6.0
"""What a heading that means a kind counts for it; questions that are clear are further ahead."""
_LIKE_KIND, _AHEAD = 0.45, 0.08
"""Cosine of a heading and what a kind means from which it means that kind, and how far others must be behind."""
_ENGLISH = re.compile(r"\b(?:the|you|your|us|we|our|are|is|of|did|would|have|what|why|how|when|tell|it|to)\b")
_FOREIGN_LETTER = re.compile("[¿¡äöüåßéèêàçñáíóú]", re.IGNORECASE)
_LONGEST = 400
"""Characters of a question that are looked at."""


def guess_kinds(asks: Sequence[str], headings: Sequence[str] = ()) -> list[Kind]:
    """The likeliest kinds of a list of questions, each with the heading it stands below ("" for none); all of them
    are guesses."""
    if not asks:
        return []
    scores = kind_model.scores(asks)
    if len(asks) <= MOST_VECTORS:
        english = _english(asks)
        try:
            scores[english] += kind_model.meaning(vectors_of([asks[at] for at in english]))
            _count_headings(scores, english, headings)
        except MissingPart:
            pass  # words do
    return [KINDS[best] for best in scores.argmax(axis=1)]


def _english(asks: Sequence[str]) -> list[int]:
    """The places of the questions that the language model understands."""
    english = [is_english(ask) for ask in asks]
    # "Biggest achievement so far" is in the language of the list.
    mostly = 2 * sum(english) >= len(asks)
    return [at for at, ask in enumerate(asks) if english[at] or (mostly and not _FOREIGN_LETTER.search(ask))]


def _count_headings(scores: "Numbers", english: Sequence[int], headings: Sequence[str]) -> None:
    meant = kinds_meant(frozenset(headings))
    for at in english:
        if headings and (kind := meant.get(headings[at])):
            scores[at, KINDS.index(kind)] += HEADING


def kinds_meant(headings: Collection[str]) -> dict[str, Kind]:
    """The kinds that headings mean; those are left out that are in no kind's neighbourhood, or in several."""
    from simulator.questions.import_headings import kind_meanings  # late

    named = [heading for heading in headings if heading]
    if not named:
        return {}
    kinds = kind_meanings()
    likes = [(vectors_of(words) @ vectors_of(named).T).max(axis=0) for words in kinds.values()]
    found: dict[str, Kind] = {}
    for heading, *each in zip(named, *likes, strict=True):
        (best, kind), (second, _) = sorted(zip(map(float, each), kinds, strict=True), reverse=True)[:2]
        if best >= _LIKE_KIND and best - second >= _AHEAD and kind != "none":
            found[heading] = Kind(kind)
    return found


def is_english(ask: str) -> bool:
    """Whether a question has common English words in it: two, or one and no letter that English has not."""
    common = len(_ENGLISH.findall(_plain(ask)))
    return common > 1 or (common == 1 and not _FOREIGN_LETTER.search(ask))


def vectors_of(texts: Sequence[str]) -> "Numbers":
    """Sentence vectors. Raises Missing without the language model."""
    found: Numbers = shared_vectors.of([text[:_LONGEST] for text in texts]).astype("float64")
    return found


def same_meaning(asks: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of places, the earlier first, of questions that ask the same in other words; none where the list is too
    long to be read by meaning, or the language model is missing."""
    if not 1 < len(asks) <= MOST_VECTORS:
        return []
    try:
        vectors = vectors_of(asks)
    except MissingPart:
        return []
    alike = vectors @ vectors.T
    pairs: list[tuple[int, int]] = []
    for place in range(1, len(asks)):
        nearest = int(alike[place, :place].argmax())
        if alike[place, nearest] >= SAME_MEANING:
            pairs.append((nearest, place))
    return pairs


def _plain(ask: str) -> str:
    return " ".join(ask[:_LONGEST].lower().replace("’", "'").replace("'s", "s").split())

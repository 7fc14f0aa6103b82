"""The kind of a question by its likeness to questions whose kinds are known: the shipped banks and typical ones.

Sentence vectors tell what a question means, groups of words how it is asked ("what would you", "tell me about a").
A ridge regression over both, solved in a moment from some six hundred questions, weighs them. Without the language
model, and for very long lists, groups of words alone decide.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from simulator.errors import MissingPart
from simulator.language.vectors import shared_vectors
from simulator.paths import shipped
from simulator.questions.bank import Kind
from simulator.questions.bank_files import bank_paths, read_bank
from simulator.questions.guessing import guess_kind, word_patterns

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Numbers = NDArray[numpy.float64]

MOST_VECTORS = 2_000
"""Questions of one list that are read by meaning (some 4 ms each); in longer lists, words alone decide."""
MOST_WEIGHED = 5_000
"""Questions of one list whose words are weighed; in longer lists, patterns alone decide, in a tenth of the time."""
SAME_MEANING = 0.9
"""Cosine of two questions from which they ask the same thing in other words."""
_KINDS = tuple(Kind)
RIDGE = 1.0
"""How much a weight costs beside what it explains."""
_PATTERN_WEIGHT = 0.05
"""What the hand-written patterns of `question_words.yaml` count beside vectors and groups of words (each 1)."""
HEADING = 0.5
"""What a heading that means a kind counts for it; questions that are clear are some 1 to 2 ahead."""
_LIKE_KIND, _AHEAD = 0.45, 0.08
"""Cosine of a heading and what a kind means from which it means that kind, and how far others must be behind."""
_ENGLISH = re.compile(r"\b(?:the|you|your|us|we|our|are|is|of|did|would|have|what|why|how|when|tell|it|to)\b")
_FOREIGN_LETTER = re.compile("[¿¡äöüåßéèêàçñáíóú]", re.IGNORECASE)
_LONGEST = 400
"""Characters of a question that are looked at."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question whose kind is known."""

    ask: str
    kind: Kind


@lru_cache(maxsize=1)
def labelled() -> tuple[Labelled, ...]:
    """The questions that kinds are learned from, each once."""
    import yaml

    text = (shipped("assets") / "typical_questions.yaml").read_text(encoding="utf-8")
    typical: dict[str, list[str]] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    found = {ask: Labelled(ask, Kind(kind)) for kind, asks in typical.items() for ask in asks}
    for path in bank_paths(shipped("question_banks")):
        for question in read_bank(path).questions:
            found.setdefault(question.ask, Labelled(question.ask, question.kind))
    return tuple(found.values())


class KindReader:
    """Learns kinds from labelled questions; `by_meaning` with the language model's sentence vectors (may raise
    Missing)."""

    def __init__(self, known: Sequence[Labelled], by_meaning: bool) -> None:
        self._known, self._by_meaning = known, by_meaning

    @cached_property
    def _rarity(self) -> dict[str, float]:
        counts: dict[str, int] = {}
        for each in self._known:
            for gram in _grams(each.ask):
                counts[gram] = counts.get(gram, 0) + 1
        return {gram: math.log(len(self._known) / count) for gram, count in counts.items() if count > 1}

    @cached_property
    def _places(self) -> dict[str, int]:
        return {gram: place for place, gram in enumerate(self._rarity)}

    def features(self, asks: Sequence[str]) -> "Numbers":
        """One row a question: groups of words, patterns, and the sentence vector where read by meaning."""
        import numpy

        words = numpy.zeros((len(asks), len(self._places)))
        patterns = [pattern for _, pattern in word_patterns("kinds")]
        told = numpy.zeros((len(asks), len(patterns) + len(_KINDS)))
        for row, ask in enumerate(asks):
            for gram in _grams(ask):
                if gram in self._places:
                    words[row, self._places[gram]] = self._rarity[gram]
            low, first = _plain(ask), guess_kind(ask)
            told[row] = [*(bool(each.search(low)) for each in patterns), *(kind is first for kind in _KINDS)]
        words /= numpy.maximum(numpy.linalg.norm(words, axis=1, keepdims=True), 1e-9)
        parts = [words, told * math.sqrt(_PATTERN_WEIGHT), numpy.ones((len(asks), 1))]
        if self._by_meaning:
            parts.append(vectors_of(asks))
        return numpy.hstack(parts)

    @cached_property
    def trained_on(self) -> tuple["Numbers", "Numbers"]:
        """What the weights are solved from: the features of the known questions, and 1 or -1 for each kind.

        A question of a kind with few of them counts for more, by the square root: a rare kind would hardly ever be
        guessed otherwise, and one that counts in full would be guessed too often.
        """
        import numpy

        counts = Counter(each.kind for each in self._known)
        fair = len(self._known) / len(counts)
        # The root of the root: features and targets are both multiplied by it.
        counted = numpy.array([[(fair / counts[each.kind]) ** 0.25] for each in self._known])
        targets = numpy.array([[1.0 if each.kind is kind else -1.0 for kind in _KINDS] for each in self._known])
        return counted * self.features([each.ask for each in self._known]), counted * targets

    @cached_property
    def _weights(self) -> "Numbers":
        import numpy

        rows, targets = self.trained_on
        solved: Numbers = rows.T @ numpy.linalg.solve(rows @ rows.T + RIDGE * numpy.eye(len(rows)), targets)
        return solved

    def kinds_of(self, asks: Sequence[str], above: Sequence[Kind | None] = ()) -> list[Kind]:
        """The likeliest kind of each question, where the heading above it means a kind, or None."""
        import numpy

        kinds: list[Kind] = []
        for start in range(0, len(asks), 500):
            part = slice(start, start + 500)
            scores = self.features(asks[part]) @ self._weights
            if above:
                scores += numpy.array([[HEADING * (kind is meant) for kind in _KINDS] for meant in above[part]])
            kinds.extend(_KINDS[place] for place in scores.argmax(axis=1))
        return kinds


def guess_kinds(asks: Sequence[str], headings: Sequence[str] = ()) -> list[Kind]:
    """The likeliest kinds of a list of questions, each with the heading it stands below ("" for none); all of them
    are guesses."""
    if not 0 < len(asks) <= MOST_WEIGHED:
        return [guess_kind(ask) for ask in asks]
    # The language model knows English only; other languages are told by their words and parts of words.
    english = [is_english(ask) for ask in asks]
    # "Biggest achievement so far" is in the language of the list.
    mostly = 2 * sum(english) >= len(asks)
    ours = [at for at, ask in enumerate(asks) if english[at] or (mostly and not _FOREIGN_LETTER.search(ask))]
    others = sorted(set(range(len(asks))) - set(ours))
    found = dict(zip(others, _foreign_reader().kinds_of([asks[at] for at in others]), strict=True))
    found |= zip(
        ours, _english_kinds([asks[at] for at in ours], [headings[at] for at in ours if headings]), strict=True
    )
    return [found[place] for place in range(len(asks))]


def _english_kinds(asks: Sequence[str], headings: Sequence[str]) -> list[Kind]:
    if not asks:
        return []
    try:
        by_meaning = len(asks) <= MOST_VECTORS
        meant = kinds_meant(frozenset(headings)) if by_meaning else {}
        return _reader(by_meaning).kinds_of(asks, [meant.get(each) for each in headings])
    except MissingPart:
        return _reader(False).kinds_of(asks)


def kinds_meant(headings: Collection[str]) -> dict[str, Kind]:
    """The kinds that headings mean; those are left out that are in no kind's neighbourhood, or in several."""
    from simulator.questions.import_words import kind_meanings

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


@lru_cache(maxsize=2)
def _reader(by_meaning: bool) -> KindReader:
    return KindReader([each for each in labelled() if is_english(each.ask)], by_meaning)


@lru_cache(maxsize=1)
def _foreign_reader() -> KindReader:
    return KindReader([each for each in labelled() if not is_english(each.ask)], by_meaning=False)


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


def _grams(ask: str) -> set[str]:
    """Groups of up to three words, marked where they begin the question or its last sentence."""
    low = _plain(ask)
    words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?|[.?,]", low)
    grams = {" ".join(words[at : at + size]) for size in (1, 2, 3) for at in range(len(words) - size + 1)}
    last = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", re.split(r"(?<=[.?!]) ", low)[-1])
    for size in (1, 2, 3):
        grams |= {"^" + " ".join(words[:size]), "$" + " ".join(last[:size])}
    return grams if is_english(ask) else grams | _pieces(words)


def _pieces(words: Sequence[str]) -> set[str]:
    """Parts of words, three to five letters long; in languages that inflect, whole words seldom come twice."""
    line = f" {' '.join(word for word in words if word not in '.?,')} "
    return {f"~{line[at : at + size]}" for size in (3, 4, 5) for at in range(len(line) - size + 1)}

"""The questions of all banks that mean nearly the same as one of them, by sentence vectors."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from simulator.questions.advice import content_words
from simulator.questions.kinds import MOST_VECTORS, SAME_MEANING, vectors_of
from simulator.questions.merging import same_words
from simulator.questions.search import QuestionHit

MOST_LIKE = 10
"""Questions that are offered."""
_DEGREES = ((SAME_MEANING, "asks the same"), (0.7, "very close"), (0.58, "close"), (0.45, "related"))
"""From which cosine on which words are used; below the last one a question is not offered. Of the shipped banks'
questions one pair in sixty is "related" at least; five in six questions have such a neighbour."""


@dataclass(frozen=True, slots=True)
class Like:
    """A question like another: where it stands, and how near it is (a cosine)."""

    hit: QuestionHit
    cosine: float

    @property
    def degree(self) -> str:
        """How near it is, in words."""
        return next(words for least, words in _DEGREES if self.cosine >= least)


def questions_like(ask: str, hits: Sequence[QuestionHit], most: int = MOST_LIKE) -> list[Like]:
    """The nearest first; no text twice, and never the question itself. Raises Missing without the language model."""
    known = {same_words(ask)}
    others = []
    for hit in hits:
        if (words := same_words(hit.question.ask)) not in known:
            known.add(words)
            others.append(hit)
    near = _sharing_words(ask, others)
    if not near:
        return []
    cosines = vectors_of([hit.question.ask for hit in near]) @ vectors_of([ask])[0]
    found = [Like(hit, round(float(cosine), 3)) for hit, cosine in zip(near, cosines, strict=True)]
    found.sort(key=lambda like: -like.cosine)
    return [like for like in found if like.cosine >= _DEGREES[-1][0]][:most]


def _sharing_words(ask: str, hits: Sequence[QuestionHit]) -> Sequence[QuestionHit]:
    """All; of more than can be read by meaning at once, those that share the rarest words with the question."""
    if len(hits) <= MOST_VECTORS:
        return hits
    wanted = content_words(ask)
    shared = [wanted & content_words(hit.question.ask) for hit in hits]
    counts = Counter(word for words in shared for word in words)
    weights = [sum(1 / counts[word] for word in words) for words in shared]
    places = sorted(range(len(hits)), key=lambda place: -weights[place])[:MOST_VECTORS]
    return [hits[place] for place in places]

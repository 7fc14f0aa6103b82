"""Which word follows which: a bigram model with Kneser-Ney smoothing, learned from the sentences."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .texts import HESITATIONS

BEGIN, END = "<s>", "</s>"

_DISCOUNT = 0.6
_HESITATION_SHARE = 0.03
"""How much of what follows any word may be an "um" or an "uh", whatever the sentences say."""


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """Probabilities of the next word.

    `after[h][w]` holds the pairs seen in the text. For all others the probability is
    `back_off[h] * alone[w]`. `BEGIN` is only ever a history, `END` only ever a next word.
    """

    after: Mapping[str, Mapping[str, float]]
    back_off: Mapping[str, float]
    alone: Mapping[str, float]


def learn(sentences: Sequence[str]) -> LanguageModel:
    """The language model of the sentences."""
    pairs: dict[str, Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        words = [BEGIN, *sentence.split(), END]
        for before, word in pairwise(words):
            pairs[before][word] += 1
    alone = _alone(pairs)
    after: dict[str, dict[str, float]] = {}
    back_off: dict[str, float] = {}
    for before, counts in pairs.items():
        total = sum(counts.values())
        spared = _DISCOUNT * len(counts) / total
        after[before] = {word: (count - _DISCOUNT) / total + spared * alone[word] for word, count in counts.items()}
        back_off[before] = spared
        if before not in HESITATIONS:
            _make_room_for_hesitations(after[before], alone)
    return LanguageModel(after, back_off, alone)


def _alone(pairs: Mapping[str, Counter[str]]) -> dict[str, float]:
    """Kneser-Ney: a word is as likely in a new place as the number of different words it has followed."""
    followed = Counter(word for counts in pairs.values() for word in counts)
    smoothed = {word: count + 0.5 for word, count in followed.items()}
    total = sum(smoothed.values())
    return {word: count / total for word, count in smoothed.items()}


def _make_room_for_hesitations(following: dict[str, float], alone: Mapping[str, float]) -> None:
    """People hesitate anywhere, not only where the sentences do."""
    for hesitation in HESITATIONS:
        share = _HESITATION_SHARE / len(HESITATIONS)
        following[hesitation] = max(following.get(hesitation, 0.0), share)

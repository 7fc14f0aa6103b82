"""How each word is pronounced, learned from what espeak-ng said."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from .synthesise import SpokenWords

Sounds = tuple[str, ...]
Heard = Mapping[SpokenWords, int]
"""How often espeak-ng pronounced which words in which way."""

Lexicon = Mapping[str, Sequence[tuple[Sounds, float]]]
"""For each word its pronunciations and what choosing each of them costs (a negative logarithm)."""

_AT_MOST = 5
_RARE = 0.04


def learn_pronunciations(words: Iterable[str], heard: Heard) -> Lexicon:
    """The common pronunciations of each word, the most common one free of cost.

    Raises ValueError for a word that was never heard by itself.
    """
    counted = _counted(heard)
    lexicon: dict[str, list[tuple[Sounds, float]]] = {}
    for word in words:
        if not counted[word]:
            raise ValueError(f"{word!r} was never heard by itself")
        ranked = sorted(counted[word].items(), key=lambda entry: (-entry[1], entry[0]))[:_AT_MOST]
        most = ranked[0][1]
        lexicon[word] = [(sounds, -math.log(count / most)) for sounds, count in ranked if count / most > _RARE]
    return lexicon


def _counted(heard: Heard) -> Mapping[str, Counter[Sounds]]:
    alone: dict[str, Counter[Sounds]] = defaultdict(Counter)
    for spoken, count in heard.items():
        if len(spoken.words) == 1 and spoken.sounds:
            alone[spoken.words[0]][spoken.sounds] += count
    every: dict[str, Counter[Sounds]] = defaultdict(Counter)
    every.update({word: counts.copy() for word, counts in alone.items()})
    # In "for the" the first word is weaker than alone. Where one of two words is recognised in the
    # common sounds, the rest must be the other.
    for spoken, count in heard.items():
        if len(spoken.words) != 2:
            continue
        first, second = spoken.words
        for cut in range(1, len(spoken.sounds)):
            before, after = spoken.sounds[:cut], spoken.sounds[cut:]
            if before in alone[first] or after in alone[second]:
                every[first][before] += count
                every[second][after] += count
                break
    return every

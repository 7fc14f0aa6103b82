"""Role, company, place and contact of a posting, chosen among the phrases the network thinks of.

The network says word by word where each may begin and end. Here the same words, wherever they stand, are one
candidate, and how it is written (whole or cut out of a name, its length, in an e-mail's address ...) is weighed with
what the network says. "It is not told" is a candidate too. `tests/posting_model/choosing.py` fits the weights.
"""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from simulator.paths import shipped
from simulator.preparation.posting_layout import PostingLine, PostingPage
from simulator.preparation.posting_model import FACTS, LABELS

if TYPE_CHECKING:
    from simulator.preparation.posting_model import PostingGuess

_MOST_CANDIDATES = 12
_MOST_WORDS = 10
"""Words of a fact, as "Northern Lights Academy Trust"."""
_FAR = -12.0
"""Logarithm of the least probability that is looked at."""
_ADDRESS = re.compile(r"(?:@|www\.|https?://)([\w-]{3,60})\.")
_ENDS = re.compile(r"[,;:.!?)\]–—|-]['\"]?$")


@dataclass(frozen=True, slots=True)
class FactCandidate:
    """A phrase that may be a fact, as it is written where it is likeliest, or "" for "it is not told".

    `features` say what speaks for it and against it, in numbers of about 0 to 1."""

    text: str
    features: Mapping[str, float]


def candidates_for(fact: str, page: PostingPage, guess: "PostingGuess") -> list[FactCandidate]:
    """The likeliest phrases for a fact, and last, without a text, that it is not told."""
    column = FACTS.index(fact)
    starts, ends = guess.starts[:, column].tolist(), guess.ends[:, column].tolist()
    places: dict[str, list[tuple[float, int, int, int]]] = {}
    at = 0
    for number, line in enumerate(page.lines):
        count = len(line.words)
        for first in range(count):
            for last in range(first, min(first + _MOST_WORDS, count)):
                score = starts[at + first] + ends[at + last]
                if score > _FAR and (key := _bare(_phrase(line, first, last))):
                    places.setdefault(key, []).append((score, -number, first, last))
        at += count
    likely = {key: math.log(sum(math.exp(score) for score, *_ in each)) for key, each in places.items()}
    addresses = {re.sub(r"\W", "", each.lower()) for line in page.lines for each in _ADDRESS.findall(line.text)}
    title = {
        (piece.line, word): float(row[LABELS.index("title")])
        for piece, row in zip(page.pieces, guess.labels, strict=True)
        for word in range(piece.first, piece.behind)
    }
    found = []
    for key in sorted(likely, key=lambda each: -likely[each])[:_MOST_CANDIDATES]:
        _, number, first, last = max(places[key])
        line = page.lines[-number]
        squashed = key.replace(" ", "")
        features = {
            "likely": likely[key] / 3,
            "title": sum(title[-number, word] for word in range(first, last + 1)) / (last + 1 - first),
            "address": max((_shared(squashed, each) / len(each) for each in addresses), default=0.0),
            **_written(line, first, last),
        }
        found.append(FactCandidate(_phrase(line, first, last), features))
    return [*found, FactCandidate("", {"untold": 1.0, "untold likely": (starts[-1] + ends[-1]) / 3})]


def _written(line: PostingLine, first: int, last: int) -> dict[str, float]:
    """How a phrase is written and stands in its line."""
    words = [word.text for word in line.words[first : last + 1]]
    before = line.words[first - 1].text if first else ""
    behind = line.words[last + 1].text if last + 1 < len(line.words) else ""
    start, end = line.words[first].start, line.words[last].behind
    opens = start <= line.body or words[0].startswith("(") or bool(_ENDS.search(before))
    opens = opens or not first or any(cell.start == start for cell in line.cells)
    closes = (
        bool(_ENDS.search(words[-1])) or not behind[:1].isalnum() or any(cell.behind == end for cell in line.cells)
    )
    return {
        "whole": opens and closes,
        "cut before": not opens and before[:1].isupper(),
        "cut behind": not closes and behind[:1].isupper(),
        "comma behind": words[-1].endswith(",") and behind[:1].isupper(),
        "comma within": any(word.endswith(",") for word in words[:-1]),
        "last capital": words[-1][:1].isupper(),
        "words": len(words) / 5,
    }


def _bare(text: str) -> str:
    """The words of a phrase in small letters, without signs."""
    return " ".join(re.findall(r"[^\W_]+", text.lower()))


def _shared(one: str, other: str) -> int:
    """How many letters two words begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _phrase(line: PostingLine, first: int, last: int) -> str:
    return line.text[line.words[first].start : line.words[last].behind]


def facts_in(page: PostingPage, guess: "PostingGuess") -> dict[str, str]:
    """Role, company, place and contact as they are written; "" for what is not told."""
    return {
        fact: max(candidates_for(fact, page, guess), key=lambda each: weight_of(each, weights)).text
        for fact, weights in _shipped_weights().items()
    }


def weight_of(candidate: FactCandidate, weights: Mapping[str, float]) -> float:
    """How much speaks for a candidate."""
    return round(sum(weights[name] * value for name, value in candidate.features.items()), 3)


@lru_cache(maxsize=1)
def _shipped_weights() -> dict[str, dict[str, float]]:
    path = shipped("assets") / "posting" / "facts.json"
    weights: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8"))
    return weights

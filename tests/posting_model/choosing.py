"""Fits how role, company, place and contact are chosen among the phrases the network thinks of.

    python -m tests.posting_model.train --without lime --to NETS/lime.npz     for every hand: one that never saw it
    python -m tests.posting_model.choosing NETS                               tell how hands left out are read
    python -m tests.posting_model.choosing NETS --write                       and write the shipped weights

Every posting is read by the network that did not learn from its hand, and each hand's facts are chosen by weights of
the other hands. The postings of `kept_apart` are never opened here.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy

from simulator.preparation.posting import as_fact, page_of_posting
from simulator.preparation.posting_facts import FactCandidate, candidates_for, weight_of
from simulator.preparation.posting_model import FACTS, PostingModel
from tests.posting_model.marked import marked
from tests.posting_model.measure import is_fact

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[numpy.float64]

WEIGHTS = Path(__file__).resolve().parents[2] / "assets" / "posting" / "facts.json"
STEPS, RATE, HELD = 250, 0.03, 0.003
IN_DOUBT = 0.4
"""What is put on "it is not told", as absent beats wrong; not for the role, which every posting has."""
_START = {"likely": 3.0, "untold likely": 3.0}
"""What the network says alone."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidates for one fact of a posting, and which of them are right; where none is, that it is not told."""

    hand: str
    fact: str
    value: str
    candidates: list[FactCandidate]

    def is_right(self, candidate: FactCandidate) -> bool:
        return is_fact(self.fact, as_fact(self.fact, candidate.text), self.value)


def choices(nets: Path) -> list[Choice]:
    """All choices, each read by the network of `nets` that did not learn from its hand."""
    found = []
    models = {path.stem: PostingModel(path) for path in sorted(nets.glob("*.npz"))}
    for posting in marked():
        hand = posting.id.split("-")[0]
        page = page_of_posting(posting.text)
        guess = models[hand].guess(page)
        found += [Choice(hand, fact, posting.facts[fact], candidates_for(fact, page, guess)) for fact in FACTS]
    return found


def fitted(given: Iterable[Choice]) -> dict[str, float]:
    """Weights under which the right candidates are the likeliest (a softmax over each choice, held to its start)."""
    chosen = list(given)
    names = sorted({name for choice in chosen for each in choice.candidates for name in each.features})
    rows = numpy.array(
        [[each.features.get(name, 0.0) for name in names] for one in chosen for each in one.candidates]
    ).astype(float)
    right = []
    for choice in chosen:
        flags = [bool(choice.value) and choice.is_right(each) for each in choice.candidates]
        right += flags if any(flags) else [*flags[:-1], True]
    wanted = numpy.array(right, float)
    sizes = [len(choice.candidates) for choice in chosen]
    firsts = numpy.cumsum([0, *sizes[:-1]])
    of = numpy.repeat(numpy.arange(len(sizes)), sizes)

    def shares(of_each: "Floats") -> "Floats":
        found: Floats = of_each / numpy.maximum(numpy.add.reduceat(of_each, firsts)[of], 1e-12)
        return found

    start = numpy.array([_START.get(name, 0.0) for name in names])
    weights, mean, square = start.copy(), 0 * start, 0 * start
    for step in range(1, STEPS + 1):
        scores = rows @ weights
        chances = shares(numpy.exp(scores - numpy.maximum.reduceat(scores, firsts)[of]))
        slope = rows.T @ (chances - shares(chances * wanted)) / len(sizes) + HELD * (weights - start)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        rate = RATE * (1 - step / (STEPS + 1))
        weights -= rate * (mean / (1 - 0.9**step)) / (numpy.sqrt(square / (1 - 0.99**step)) + 1e-8)
    weights[names.index("untold")] += IN_DOUBT * (chosen[0].fact != "role")
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}


def tally(given: Iterable[Choice], weights: Mapping[str, Mapping[str, float]]) -> dict[str, list[int]]:
    """For each fact: right, told wrongly, left out."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for choice in given:
        best = max(choice.candidates, key=lambda each: weight_of(each, weights[choice.fact]))
        found[choice.fact][0 if choice.is_right(best) else 1 if best.text else 2] += 1
    return found


def main() -> None:
    """Tell how hands left out are read, and write the weights if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("nets", type=Path)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    everything = choices(asked.nets)
    total = {fact: [0, 0, 0] for fact in FACTS}
    for hand in sorted({choice.hand for choice in everything}):
        others = [choice for choice in everything if choice.hand != hand]
        weights = {fact: fitted(choice for choice in others if choice.fact == fact) for fact in FACTS}
        told = tally((choice for choice in everything if choice.hand == hand), weights)
        print(hand, *(f"{fact} {told[fact]}" for fact in FACTS))
        total = {fact: [a + b for a, b in zip(total[fact], told[fact], strict=True)] for fact in FACTS}
    print("all", *(f"{fact} {total[fact]}" for fact in FACTS), "(right, told wrongly, left out)")
    if asked.write:
        weights = {fact: fitted(choice for choice in everything if choice.fact == fact) for fact in FACTS}
        WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

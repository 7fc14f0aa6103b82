"""The shipped reader and the rule over its elements: floors near the real figures, on hands that it learned from.

What it does on hands kept apart is measured by `benchmark scoring`, which alone opens them.
"""

import pytest

from simulator.language.model import late_model
from tests.reading_model.attacks import WHY, attacks, by_kind
from tests.reading_model.marks import MEASURING
from tests.reading_model.measure import HERE, Judged, hands_in, judged, level_figures, quote_figures, worst

EVERY = 12
"""One answer in so many is read here: the floors hold with few, and reading all takes minutes."""


@pytest.fixture(scope="module")
def some() -> list[Judged]:
    model = late_model.get()
    learned = [each for each in hands_in(HERE / "answers") if each.id.split("-")[0] not in MEASURING.split(",")]
    return [judged(model, answer) for answer in learned[::EVERY]]


def test_labels_of_quotes_are_true(some: list[Judged]) -> None:
    figures = quote_figures([each for each in some if each.answer.kind != "closing"])
    assert figures["quotes"] > 400
    assert figures["quotes_true"] >= 0.96
    assert figures["parts_said_that_are_there"] >= 0.96
    assert figures["missing_that_is_there"] <= 0.02
    assert figures["quotes_that_deny_missing"] == 0


@pytest.mark.parametrize(("rubric", "least"), [("examples", 0.92), ("motivation", 0.95), ("questions", 0.92)])
def test_levels_are_those_of_the_writers(some: list[Judged], rubric: str, least: float) -> None:
    assert level_figures(some, {})[rubric]["writer"] >= least


def test_words_strung_together_earn_nothing() -> None:
    import random

    model = late_model.get()
    for kind, group in by_kind(attacks(random.Random(7))).items():
        levels = [worst(model, each.text, question) for each in group[:4] for question in (each.question, WHY)]
        # Phrases of real answers strung together read like an answer: the weak spot that docs/scoring.md names.
        allowed = len(levels) // 2 if kind == "cue words strung together" else 0
        assert sum(level > 1 for level in levels) <= allowed, kind

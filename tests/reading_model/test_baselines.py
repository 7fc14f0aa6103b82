"""The baselines that stand beside the reader's figures: they learn what can be learned so, and no more."""

import numpy
import pytest

from tests.reading_model.baselines import Guesses, share_anywhere
from tests.reading_model.measure import HERE, hands_in

WEAK = "i always work hard and people like me for it {}"
STRONG = "last march the lathe stopped so i mended it and we delivered {}"
NAMES = ("quickly", "well", "again", "in time", "for them", "there")


@pytest.fixture(scope="module")
def guesses() -> Guesses:
    texts = [told.format(name) for name in NAMES for told in (WEAK, STRONG)]
    return Guesses(texts, ["behavioural", "strength"] * len(NAMES), [0, 4] * len(NAMES))


def test_words_and_vectors_learn_from_the_text_and_the_kind_from_the_question_alone(guesses: Guesses) -> None:
    said = guesses.levels([WEAK.format("now"), STRONG.format("now")], ["strength", "strength"])
    assert said == {"kind": [4, 4], "words": [0, 4], "vectors": [0, 4]}


def test_a_kind_never_met_gets_the_mean(guesses: Guesses) -> None:
    assert guesses.levels(["x"], ["closing"])["kind"] == [2]


@pytest.mark.parametrize(
    ("marked", "length", "share"), [((), 2, 0), ((0, 1, 2, 3), 2, 1), ((0,), 1, 0.25), ((0,), 2, 1 / 3), ((0,), 9, 1)]
)
def test_a_stretch_anywhere_meets_what_is_marked_by_chance(
    marked: tuple[int, ...], length: int, share: float
) -> None:
    assert numpy.isclose(share_anywhere(frozenset(marked), length, 4), share)


def test_nothing_of_the_hands_kept_apart_is_among_what_is_learned_from() -> None:
    assert not {each.id for each in hands_in(HERE / "answers")} & {each.id for each in hands_in(HERE / "kept_apart")}

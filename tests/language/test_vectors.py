"""Sentence vectors that are kept."""

import numpy

from simulator.language.model import late_model
from simulator.language.vectors import Vectors


def test_texts_come_in_their_order_and_the_same_each_time() -> None:
    vectors = Vectors()
    first = vectors.of(["I cooked.", "I sold shoes.", "I cooked."])
    assert numpy.array_equal(first[0], first[2])
    assert numpy.array_equal(vectors.of(["I sold shoes."])[0], first[1])
    assert not numpy.array_equal(first[0], first[1])


def test_a_text_is_worked_out_once() -> None:
    asked = []

    class Counting:
        def get(self) -> "Counting":
            return self

        def sentence_vectors(self, texts: list[str], _upper: object) -> object:
            asked.extend(texts)
            return late_model.get().sentence_vectors(texts)

    vectors = Vectors(Counting())  # type: ignore[arg-type]
    vectors.of(["One.", "Two."])
    vectors.of(["Two.", "Three."])
    assert asked == ["One.", "Two.", "Three."]


def test_nothing_gives_no_rows() -> None:
    assert Vectors().of([]).shape == (0, 384)

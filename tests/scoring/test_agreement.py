"""Quadratic weighted kappa, checked against values worked out by hand."""

import math

import pytest

from simulator.scoring.agreement import share_equal, weighted_kappa


def test_full_agreement_is_one() -> None:
    assert weighted_kappa([0, 1, 2, 3, 4], [0, 1, 2, 3, 4]) == 1


def test_the_opposite_is_minus_one() -> None:
    assert weighted_kappa([0, 4], [4, 0]) == pytest.approx(-1)


def test_a_worked_example() -> None:
    # Squared differences 0, 1, 0, 1 (mean 1/2); by chance, with rows {0: 1/4, 1: 1/4, 2: 1/2} and columns
    # {0: 1/2, 2: 1/4, 3: 1/4}:
    # 1/4(0·1/2 + 4·1/4 + 9·1/4) + 1/4(1·1/2 + 1·1/4 + 4·1/4) + 1/2(4·1/2 + 0 + 1·1/4) = 2.375
    assert weighted_kappa([0, 1, 2, 2], [0, 0, 2, 3]) == pytest.approx(1 - 0.5 / 2.375)


def test_without_variation_it_is_undefined() -> None:
    assert math.isnan(weighted_kappa([1, 1], [1, 1]))
    assert math.isnan(weighted_kappa([], []))


def test_share_equal_counts_pairs() -> None:
    assert share_equal([1, 2, 3, 4], [1, 2, 0, 4]) == 0.75

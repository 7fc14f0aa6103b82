"""How well two lists of levels agree."""

from collections.abc import Sequence


def weighted_kappa(ours: Sequence[int], theirs: Sequence[int], levels: int = 5) -> float:
    """Quadratic weighted kappa (Cohen 1968) of two equally long lists of levels; nan where it is undefined.

    1 is full agreement, 0 what chance would give; a difference of two levels weighs four times one of one.
    """
    n = len(ours)
    if not n or n != len(theirs):
        return float("nan")
    rows = [ours.count(k) for k in range(levels)]
    columns = [theirs.count(k) for k in range(levels)]
    seen = sum((a - b) ** 2 for a, b in zip(ours, theirs, strict=True)) / n
    chance = sum(rows[i] * columns[j] * (i - j) ** 2 for i in range(levels) for j in range(levels)) / n**2
    return 1 - seen / chance if chance else float("nan")


def share_equal(ours: Sequence[int], theirs: Sequence[int]) -> float:
    """The share of pairs that are the same."""
    return sum(a == b for a, b in zip(ours, theirs, strict=True)) / len(ours) if ours else float("nan")

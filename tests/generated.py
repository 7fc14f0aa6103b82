"""How many generated cases a test tries: some by default, with `--all` in full."""

from collections.abc import Sequence
from typing import TypeVar

from hypothesis import settings

T = TypeVar("T")


def many(full: int) -> int:
    """So many where all is asked for, else a part of them (see the profiles in `conftest.py`)."""
    return max(1, full * settings().max_examples // 100)


def some(cases: Sequence[T]) -> Sequence[T]:
    """All of them where all is asked for, else every third."""
    return cases[:: 100 // min(100, settings().max_examples)]

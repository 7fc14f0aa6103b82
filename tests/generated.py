"""How many generated cases a test tries: some by default, with `--all` in full."""

from hypothesis import settings


def many(full: int) -> int:
    """So many where all is asked for, else a part of them (see the profiles in `conftest.py`)."""
    return max(1, full * settings().max_examples // 100)

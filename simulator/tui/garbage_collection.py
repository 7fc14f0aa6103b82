"""Keeps the garbage collector from walking through what stays for as long as the app runs.

The parts of the app are some 100,000 objects. Looking through them again and again held up the keys for 80 ms and
more (measured); without them it is a few milliseconds.
"""

import gc

RARELY = 200
"""How many looks at what is young come before one at everything (Python's own choice is 10)."""

_settled: set[str] = set()


def settle_garbage_collector(part: str) -> None:
    """Call when a part of the app was loaded and shown. Only the first time counts, so that no garbage piles up."""
    if part not in _settled:
        _settled.add(part)
        gc.freeze()
        young, middle, _ = gc.get_threshold()
        gc.set_threshold(young, middle, RARELY)

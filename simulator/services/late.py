"""Parts that are made when first asked for."""

from collections.abc import Callable
from threading import RLock
from typing import Generic, TypeVar

Part = TypeVar("Part")


class Late(Generic[Part]):
    """A part that `make` makes when it is first asked for, once, from whichever thread."""

    def __init__(self, make: Callable[[], Part]) -> None:
        self._make = make
        self._made: list[Part] = []
        self._lock = RLock()

    def get(self) -> Part:
        """The part. Raises what `make` raises; it is then tried again the next time."""
        with self._lock:
            if not self._made:
                self._made.append(self._make())
            return self._made[0]

    def forget(self, close: Callable[[Part], object] | None = None) -> None:
        """Let go of the part, where it was made, and close it so; it is made anew when next asked for."""
        with self._lock:
            made, self._made = self._made, []
        for part in made:
            if close:
                close(part)

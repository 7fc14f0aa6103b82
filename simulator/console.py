"""Words to the terminal for the commands: results on stdout, messages on stderr."""

import json
import sys
from collections.abc import Callable
from typing import Any, TextIO


def say(text: str = "") -> None:
    """A line of the result, on stdout."""
    sys.stdout.write(text + "\n")


def tell(text: str) -> None:
    """A message to the person, on stderr, so that results can be piped."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def say_json(document: Any) -> None:
    """Exactly one JSON document on stdout."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2, default=_plain) + "\n")


class ProgressLine:
    """How far something is, on one line of stderr that is written over; nothing where no person watches."""

    def __init__(self, what: str, stream: TextIO | None = None) -> None:
        self._what = what
        self._stream = stream or sys.stderr
        self._watched = self._stream.isatty()
        self._shown = ""

    def show(self, done: float, total: float) -> None:
        """`done` of `total`, in percent."""
        text = f"{self._what} {int(100 * done / total) if total else 0} %"
        if self._watched and text != self._shown:
            self._shown = text
            self._stream.write(f"\r{text}")
            self._stream.flush()

    def clear(self) -> None:
        """Leave the line empty for what comes next."""
        if self._shown:
            self._stream.write("\r" + " " * len(self._shown) + "\r")
            self._stream.flush()
            self._shown = ""


def _plain(value: Any) -> Any:
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    return str(value)


Printer = Callable[[str], None]

"""Words to the terminal for the commands: results on stdout, messages on stderr."""

import contextlib
import json
import shutil
import sys
from typing import Any, TextIO

from simulator.errors import UserError, as_started


def say(text: str = "") -> None:
    """A line of the result, on stdout."""
    write(text + "\n")


def tell(text: str) -> None:
    """A message to the person, on stderr, so that results can be piped; commands in it work as they stand."""
    with contextlib.suppress(OSError):  # a full or broken stderr: there is nowhere left to say it
        sys.stderr.write(as_started(text) + "\n")
        sys.stderr.flush()


def write(text: str) -> None:
    """A result as it is, on stdout. Raises UserError where it cannot be written."""
    try:
        sys.stdout.write(text)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UserError(
            f"The result could not be written: {error.strerror or error}.", "Send it elsewhere."
        ) from None


def asked(question: str) -> str | None:
    """What a person at the terminal says to a question; None where they end it (Ctrl+D)."""
    tell(question)
    try:
        line = sys.stdin.readline()
    except (OSError, ValueError):
        return None
    return line.strip() if line else None


def plain_signs() -> bool:
    """Whether stdout cannot show every sign; JSON has another way to write those."""
    return not (sys.stdout.encoding or "").lower().startswith("utf")


def say_json(document: Any) -> None:
    """Exactly one JSON document on stdout."""
    write(json.dumps(document, ensure_ascii=plain_signs(), indent=2, default=_plain) + "\n")


def room() -> int:
    """How many columns a table has: those of the terminal, or 100 where the result goes elsewhere."""
    return shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 100


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

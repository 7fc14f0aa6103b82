"""Words to the terminal for the commands: results on stdout, messages on stderr."""

import json
import sys
from collections.abc import Callable
from typing import Any


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


def _plain(value: Any) -> Any:
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    return str(value)


Printer = Callable[[str], None]

"""Failures that a user can understand and mend, and the exit status of each.

Every package raises `UserError` (or a subclass) for what can go wrong outside the code:
a missing file, a broken bank, no microphone. App and commands print it as it is; a traceback
is for programming errors only.
"""

import re
import sys
from enum import IntEnum
from pathlib import Path


class ExitCode(IntEnum):
    """What a command's exit status means. Scripts rely on it."""

    DONE = 0
    NOT_IN_ORDER = 1
    WRONG_USE = 2
    MISSING = 3


_QUOTED = re.compile(
    r"'(?=(?:practice|score|transcribe|speak|banks|sessions|job|stories|followup|references|class|rubrics|interviewers|"
    r"model|doctor|settings|completion) (?:--|(?:add|agreement|answer|check|comment|compare|coverage|debrief|delete|"
    r"draft|due|edit|export|from-answer|import|install|link|list|merge|new|path|people|priorities|progress|remove|"
    r"rename|reorder|report|rescore|reset|return|schema|search|set|show|timeline|told|unlink|wipe)\b))"
)
"""A command in quotes without the program before it ('banks list')."""


def as_started(text: str, started: str = "") -> str:
    """The text with its commands, `second-round ...` or only in quotes, as they work for how it was started."""
    text = _QUOTED.sub("'second-round ", text)
    program = Path(started or sys.argv[0])
    if program.parts[-2:] != ("simulator", "__main__.py"):
        return text
    from_source = (program.parent.parent / "run.py").is_file()
    return text.replace("second-round ", "python3 run.py " if from_source else "python3 -m simulator ")


class UserError(Exception):
    """One or two plain sentences: what happened and where, then what to do.

    `message` says what happened, `hint` what to do about it (may be empty where nothing can be done).
    """

    exit_code: ExitCode = ExitCode.NOT_IN_ORDER

    def __init__(self, message: str, hint: str = "") -> None:
        hint = as_started(hint)
        super().__init__(f"{message} {hint}".strip())
        self.message = message
        self.hint = hint


class WrongUse(UserError):
    """The words of a command do not fit; exit status 2."""

    exit_code = ExitCode.WRONG_USE


class Unreadable(UserError):
    """Something that is kept is broken: it can be deleted, and the rest works."""


class MissingPart(UserError):
    """Something needed is not there (a model, a device, a library); exit status 3."""

    exit_code = ExitCode.MISSING

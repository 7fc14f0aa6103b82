"""Failures that a user can understand and mend.

Every room raises `Problem` (or a subclass) for what can go wrong outside the code:
a missing file, a broken bank, no microphone. The faces print it as it is; a traceback
is for programming errors only.
"""

from enum import IntEnum


class ExitCode(IntEnum):
    """What a command's exit status means. Scripts rely on it."""

    DONE = 0
    NOT_IN_ORDER = 1
    WRONG_USE = 2
    MISSING = 3


class Problem(Exception):
    """One or two plain sentences: what happened and where, then what to do.

    `what` says what happened, `cure` what to do about it (may be empty where nothing can be done).
    """

    exit_code: ExitCode = ExitCode.NOT_IN_ORDER

    def __init__(self, what: str, cure: str = "") -> None:
        super().__init__(f"{what} {cure}".strip())
        self.what = what
        self.cure = cure


class WrongUse(Problem):
    """The words of a command do not fit; exit status 2."""

    exit_code = ExitCode.WRONG_USE


class Missing(Problem):
    """Something needed is not there (a model, a device, a library); exit status 3."""

    exit_code = ExitCode.MISSING

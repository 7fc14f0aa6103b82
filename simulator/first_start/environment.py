"""Where the Python environment of a checkout lies, and whether it is finished.

Each start comes through here, so it starts no process and imports little.
"""

import hashlib
import os
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
LAYOUT = b"1"
"""Changed when what an older version called finished must be looked over again."""


class SetUpFailed(Exception):
    """The set-up cannot go on; one or two sentences for the user. `offline`: only the network was missing."""

    def __init__(self, sentence: str, offline: bool = False) -> None:
        super().__init__(sentence)
        self.offline = offline


class Environment:
    """Where one environment lies: the folder itself and, beside it, what its set-up needs."""

    def __init__(self, venv: Path, checkout: Path = CHECKOUT) -> None:
        self.checkout = checkout
        self.lock_file = checkout / "requirements.lock"
        self.venv = venv
        self.python = venv / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        self.stamp = venv / "second-round.stamp"
        """Written last: the lock's hash and the version of Python."""
        self.sound_answer = venv / "second-round.sound"
        """Whether PortAudio was found, or what was answered when it was offered."""
        self.workshop = venv.with_name(venv.name + ".setup")
        self.log = self.workshop / "set-up.log"
        self.unfinished = self.workshop / "unfinished"
        """Is there while a set-up is under way, and after one that was interrupted."""

    def wanted(self) -> str:
        """The hash of the lock, as a finished environment carries it. Raises SetUpFailed without a lock."""
        try:
            return hashlib.sha256(LAYOUT + self.lock_file.read_bytes()).hexdigest()
        except OSError as error:
            raise SetUpFailed(
                f"{self.lock_file} cannot be read: {error.strerror}. It belongs to Second Round; get the folder anew."
            ) from None

    def is_finished(self) -> bool:
        """Whether the environment is complete, made for this lock, and its Python still there."""
        try:
            lock_hash, version = self.stamp.read_text(encoding="utf-8").split()
        except (OSError, ValueError):
            return False
        if lock_hash != self.wanted() or not self.python.exists():
            return False
        # A system upgrade may have put another version behind the same name; its packages would lie elsewhere.
        same = self.python.resolve() == Path(sys.executable).resolve()
        return not same or version == f"{sys.version_info[0]}.{sys.version_info[1]}"

    def sound_is_settled(self) -> bool:
        """Whether PortAudio was found or offered before, or there is nobody to offer it to."""
        return self.sound_answer.exists() or not (sys.stdin.isatty() and sys.stdout.isatty())


def in_checkout() -> Environment:
    """The usual one."""
    return Environment(CHECKOUT / ".venv")


def in_cache() -> Environment:
    """The one for a checkout that cannot be written to: the user's cache, a folder for each checkout."""
    home = os.environ.get("SIMULATOR_HOME")
    if home:
        root = Path(os.path.expanduser(home)).absolute() / "cache"  # noqa: PTH111 - it leaves an unknown user as it is
    else:
        usual = {"win32": "~/AppData/Local", "darwin": "~/Library/Caches"}.get(sys.platform, "~/.cache")
        root = Path(os.path.expanduser(os.environ.get("XDG_CACHE_HOME") or usual)) / "second-round"  # noqa: PTH111
    return Environment(root / f"venv-{hashlib.sha256(os.fsencode(CHECKOUT)).hexdigest()[:12]}")


def finished_environment() -> Environment | None:
    """The finished environment of this checkout, or None when there is something to set up."""
    for environment in (in_checkout(), in_cache()):
        if environment.is_finished():
            return environment
    return None

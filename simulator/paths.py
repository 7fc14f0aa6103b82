"""Where everything lives, readable by the user alone: their data, settings and cache; and the files of the app.

`SIMULATOR_HOME` moves all of the user's data into one folder; otherwise the platform's usual
folders are used. Folders made here are the user's alone (0700).
"""

import errno
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from simulator.errors import UserError

APP_NAME = "second-round"
EXPORTS = "Second Round"
"""The folder for exports, among the user's documents."""


@dataclass(frozen=True, slots=True)
class AppPaths:
    """The user's folders and files. Nothing is created by making one; see `private_folder`."""

    data: Path
    config: Path
    cache: Path
    documents: Path | None = None
    """Where the user looks for documents; None where everything stays in one folder."""

    @property
    def database(self) -> Path:
        return self.data / "sessions.sqlite3"

    @property
    def recordings(self) -> Path:
        return self.data / "recordings"

    @property
    def classes(self) -> Path:
        """A coach's classes: their own store and recordings, apart from the user's own practice."""
        return self.data / "classes"

    @property
    def open_interviews(self) -> Path:
        """Locks on the interviews that are going on."""
        return self.data / "open_interviews"

    @property
    def banks(self) -> Path:
        return self.data / "question_banks"

    @property
    def interviewers(self) -> Path:
        return self.data / "interviewers"

    @property
    def rubrics(self) -> Path:
        return self.data / "rubrics"

    @property
    def speech_models(self) -> Path:
        return self.data / "speech_models"

    @property
    def exports(self) -> Path:
        """What the user made to look at, send or print: where they find it."""
        return self.documents / EXPORTS if self.documents is not None else self.data / "exports"

    @property
    def settings_file(self) -> Path:
        return self.config / "settings.toml"

    @property
    def spoken(self) -> Path:
        """Cache of questions already spoken to sound files."""
        return self.cache / "spoken"

    @property
    def sound_check(self) -> Path:
        """What the user said in the last sound check."""
        return self.cache / "sound-check.wav"

    @property
    def log_file(self) -> Path:
        return self.data / "second-round.log"


def user_paths() -> AppPaths:
    """The folders of this user, from `SIMULATOR_HOME` or the platform."""
    home = os.environ.get("SIMULATOR_HOME")
    if home:
        root = _written_out(home)
        if str(root).startswith("~"):
            raise UserError(f"There is no such user as in SIMULATOR_HOME={home}.", "Name a folder.")
        root = root.absolute()
        return AppPaths(data=root, config=root, cache=root / "cache")
    import platformdirs  # late

    return AppPaths(
        data=Path(platformdirs.user_data_dir(APP_NAME, appauthor=False)),
        config=Path(platformdirs.user_config_dir(APP_NAME, appauthor=False)),
        cache=Path(platformdirs.user_cache_dir(APP_NAME, appauthor=False)),
        documents=documents_folder(),
    )


def documents_folder() -> Path:
    """The user's own folder of documents or, where there is none (as on a server), their home folder."""
    import platformdirs  # late

    documents = Path(platformdirs.user_documents_dir())
    return documents if documents.is_dir() else Path.home()


def expanded(name: str) -> Path:
    """The path that somebody wrote, "~" written out. A user who is not there, or too long a name, leads nowhere."""
    path = _written_out(name)
    try:
        path.lstat()
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:  # pathlib raises it even where it is asked whether the file is there
            return Path(f"{name[:60]}...")
    return path


def _written_out(name: str) -> Path:
    return Path(os.path.expanduser(name.replace("\0", "?")))  # noqa: PTH111 - it leaves an unknown user as it is


@contextmanager
def locked_told(path: Path) -> Iterator[None]:
    """Raise UserError for what within `path` may not be looked at (a folder of somebody else, of mode 000)."""
    try:
        yield
    except PermissionError as error:
        raise UserError(
            f"{error.filename or path} cannot be used: {error.strerror}.", "Check the rights of it and its folder."
        ) from None


def private_folder(path: Path) -> Path:
    """Make `path` (and its parents) if needed, for this user alone, and return it.

    Raises UserError when something else stands in the way or the place cannot be written.
    """
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        if sys.platform != "win32" and path.stat().st_mode & 0o077:
            path.chmod(0o700)
    except FileExistsError:
        if path.is_symlink() and not path.exists():
            raise UserError(
                f"{path} is a link that leads nowhere.", "Remove it, or make the folder it names."
            ) from None
        raise UserError(f"{path} is a file, but a folder is needed there.", "Move or rename that file.") from None
    except NotADirectoryError:
        raise UserError(
            f"A part of {path} is a file, not a folder.",
            "Move that file, or set SIMULATOR_HOME to another folder.",
        ) from None
    except OSError as error:
        raise UserError(
            f"The folder {path} cannot be made or used: {error.strerror or error}.",
            "Set SIMULATOR_HOME to a folder you can write to.",
        ) from None
    return path


_users_umask = 0o022


def keep_to_oneself() -> None:
    """Make this process's files and folders the user's alone, whatever the umask; see `as_the_user_wishes`."""
    global _users_umask
    _users_umask = os.umask(0o077)


def as_the_user_wishes(path: Path) -> None:
    """Give a file that the user asked for by name the rights that files of theirs have."""
    if sys.platform != "win32" and path.is_file():
        path.chmod(0o666 & ~_users_umask)


def private_opener(path: str, flags: int) -> int:
    """An `opener` for `open()` that makes new files readable by this user alone."""
    return os.open(path, flags, 0o600)


@contextmanager
def whole_file(path: Path, keep_mode: bool = False) -> Iterator[BinaryIO]:
    """A file to write into that takes the place of `path` once it is whole and on the disk; else the old one stays.

    A link is followed; a device or a pipe is written into and stays what it is. The new file is the user's alone, or
    with `keep_mode` has the mode of the old one. Raises OSError.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        with target.open("wb") as file:
            yield file
        return
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.")
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if keep_mode and target.exists():
            Path(name).chmod(target.stat().st_mode & 0o777)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def shipped(name: str) -> Path:
    """The folder `assets` or `question_banks` (or a path below one) that comes with the app.

    Looks inside the installed package first, then in the checkout beside it.
    """
    package = Path(__file__).resolve().parent
    inside = package / name
    return inside if inside.exists() else package.parent / name

"""Where everything lives: the user's data, settings and cache, and the files that come with the app.

`SIMULATOR_HOME` moves all of the user's data into one folder; otherwise the platform's usual
folders are used. Folders made here are the user's alone (0700).
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from simulator.problems import Problem

APP_NAME = "second-round"


@dataclass(frozen=True, slots=True)
class Places:
    """The user's folders and files. Nothing is created by making one; see `private_folder`."""

    data: Path
    config: Path
    cache: Path

    @property
    def database(self) -> Path:
        return self.data / "sessions.sqlite3"

    @property
    def recordings(self) -> Path:
        return self.data / "recordings"

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
        return self.data / "exports"

    @property
    def settings_file(self) -> Path:
        return self.config / "settings.toml"

    @property
    def spoken(self) -> Path:
        """Cache of questions already spoken to sound files."""
        return self.cache / "spoken"

    @property
    def log_file(self) -> Path:
        return self.data / "second-round.log"


def user_places() -> Places:
    """The folders of this user, from `SIMULATOR_HOME` or the platform."""
    home = os.environ.get("SIMULATOR_HOME")
    if home:
        root = Path(home).expanduser().absolute()
        return Places(data=root, config=root, cache=root / "cache")
    import platformdirs

    return Places(
        data=Path(platformdirs.user_data_dir(APP_NAME, appauthor=False)),
        config=Path(platformdirs.user_config_dir(APP_NAME, appauthor=False)),
        cache=Path(platformdirs.user_cache_dir(APP_NAME, appauthor=False)),
    )


def private_folder(path: Path) -> Path:
    """Make `path` (and its parents) if needed, for this user alone, and return it.

    Raises Problem when something else stands in the way or the place cannot be written.
    """
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        if sys.platform != "win32" and path.stat().st_mode & 0o077:
            path.chmod(0o700)
    except FileExistsError:
        raise Problem(f"{path} is a file, but a folder is needed there.", "Move or rename that file.") from None
    except NotADirectoryError:
        raise Problem(
            f"A part of {path} is a file, not a folder.",
            "Move that file, or set SIMULATOR_HOME to another folder.",
        ) from None
    except OSError as error:
        raise Problem(
            f"The folder {path} cannot be made or used: {error.strerror or error}.",
            "Set SIMULATOR_HOME to a folder you can write to.",
        ) from None
    return path


def private_opener(path: str, flags: int) -> int:
    """An `opener` for `open()` that makes new files readable by this user alone."""
    return os.open(path, flags, 0o600)


def shipped(name: str) -> Path:
    """The folder `assets` or `question_banks` (or a path below one) that comes with the app.

    Looks inside the installed package first, then in the checkout beside it.
    """
    package = Path(__file__).resolve().parent
    inside = package / name
    return inside if inside.exists() else package.parent / name

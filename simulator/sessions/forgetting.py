"""Keep or forget: recordings that are older than the settings say, and everything at once.

Words and levels stay when a recording goes. `wipe` looks again afterwards and says what it found.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from simulator.errors import UserError
from simulator.paths import AppPaths, locked_told
from simulator.sessions.store import Store


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many files went, and their bytes."""

    files: int = 0
    size: int = 0


def recordings_size(folder: Path) -> Forgotten:
    """How many recordings there are, and their bytes."""
    files = [path for path in folder.rglob("*") if path.is_file()] if folder.is_dir() else []
    return Forgotten(len(files), sum(path.stat().st_size for path in files))


def forget_recordings(folder: Path, session_id: str) -> Forgotten:
    """Remove the recordings of one session. Raises UserError when a file cannot be removed."""
    place = folder / session_id
    with locked_told(place):
        # An id can come from an imported file; it must not lead anywhere else.
        if session_id in ("", ".", "..") or place.parent != folder or not place.is_dir() or place.is_symlink():
            return Forgotten()
        gone = recordings_size(place)
        _remove(place)
        return gone


def forget_old_recordings(store: Store, folder: Path, days: int, now: datetime) -> Forgotten:
    """Remove recordings of sessions that began more than `days` days before `now`; 0 days: none ever.

    Unfinished interviews keep theirs.
    """
    if days <= 0 or not folder.is_dir():
        return Forgotten()
    until = f"{now.astimezone(UTC) - timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}"
    files = size = 0
    with locked_told(folder):
        present = {path.name for path in folder.iterdir() if path.is_dir()}
    for session_id in store.finished_before(until):
        if session_id in present:
            gone = forget_recordings(folder, session_id)
            files, size = files + gone.files, size + gone.size
    return Forgotten(files, size)


def private_leftovers(paths: AppPaths) -> list[Path]:
    """Everything on the disk that holds the user's practice: store, copies of it, recordings, exports, log, and
    what was spoken: by the user in the sound check, to them by name."""
    database = paths.database
    patterns = (f"{database.name}*", f"{database.stem}-damaged-*", f"{database.stem}-before-version-*")
    found = [path for pattern in patterns for path in paths.data.glob(pattern)]
    # Earlier versions kept exports among the data.
    exports = dict.fromkeys((paths.exports, paths.data / "exports"))
    others = (
        paths.recordings, *exports, paths.log_file, paths.open_interviews, paths.sound_check, paths.spoken,
    )  # fmt: skip
    found.extend(path for path in others if path.exists())
    return sorted(found)


def forget_backups(paths: AppPaths) -> None:
    """Remove the copies that were made before the store was brought up to date: they hold what was deleted since.

    Raises UserError when one cannot be removed.
    """
    forget_backups_of(paths.database)


def forget_backups_of(database: Path) -> None:
    """The same for a store elsewhere."""
    for path in database.parent.glob(f"{database.stem}-before-version-*"):
        _remove(path)


def copies_left(paths: AppPaths, session_id: str) -> list[Path]:
    """What may still hold the words of a session that was deleted: exports, and damaged files that were set aside."""
    exports = (f"*{session_id}*", "second-round-history-*")
    found = [path for pattern in exports for path in paths.exports.glob(pattern)]
    return sorted([*found, *paths.data.glob(f"{paths.database.stem}-damaged-*")])


def wipe(paths: AppPaths) -> Forgotten:
    """Remove every session, recording, document and export, copies and backups too; settings and models stay.

    The store must be closed. Raises UserError when something is still there afterwards.
    """
    files = size = 0
    for path in private_leftovers(paths):
        sizes = recordings_size(path) if path.is_dir() else Forgotten(1, path.lstat().st_size)
        files, size = files + sizes.files, size + sizes.size
        _remove(path)
    left = private_leftovers(paths)
    if left:
        raise UserError(
            f"Not everything could be removed: {', '.join(map(str, left))}.", "Close the app and try again."
        )
    return Forgotten(files, size)


def _remove(path: Path) -> None:
    try:
        if path.is_dir() and not path.is_symlink():
            for inside in path.iterdir():
                _remove(inside)
            path.rmdir()
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(f"{path} cannot be removed: {error.strerror or error}.", "Remove it yourself.") from None

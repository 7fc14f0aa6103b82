"""Unpacks an archive with a speech model in it, taking nothing in it on trust."""

import shutil
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from simulator.errors import UserError
from simulator.paths import private_opener
from simulator.speech.model_files import ModelFolder, Origin
from simulator.zip_files import leads_outside, open_zip

Progress = Callable[[int, int], None]
"""Called with bytes done and bytes in all."""

CHUNK = 256 * 1024

MOST_UNPACKED = 8_000_000_000
MOST_FILES = 10_000
MOST_RATIO = 200
"""Limits to what a zip may unpack to; the largest models have 4 GB in some 30 files, packed to about half."""


def unpack_model(archive: Path, folder: Path, on_progress: Progress, cancelled: Callable[[], bool]) -> Path:
    """Unpack a zip into the empty `folder`; where in it the one whole model is.

    Raises UserError for what is no zip, damaged, unsafe, too large, without a model or with several, when the disk is
    full, or when `cancelled`.
    """
    try:
        with open_zip(archive, str(archive), "Fetch it again, or unpack it yourself and name the folder.") as opened:
            _unpack(opened, archive, folder, on_progress, cancelled)
    except OSError as error:
        raise UserError(
            f"{archive} cannot be unpacked: {error.strerror or error}.", "Free some space and try again."
        ) from None
    return _model_in(folder, archive)


def _unpack(
    opened: zipfile.ZipFile, archive: Path, folder: Path, on_progress: Progress, cancelled: Callable[[], bool]
) -> None:
    members = opened.infolist()
    total = sum(member.file_size for member in members)
    if len(members) > MOST_FILES or total > MOST_UNPACKED or total > MOST_RATIO * max(1, archive.stat().st_size):
        raise UserError(
            f"{archive} would unpack to {total:,} bytes in {len(members):,} files; that is no speech model."
        )
    for member in members:
        _check_member(member, archive)
    need_space(folder, total)
    done = 0
    for member in members:
        target = folder.joinpath(*PurePosixPath(member.filename).parts)
        if member.is_dir():
            target.mkdir(parents=True, exist_ok=True)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        written = 0
        with opened.open(member) as packed, open(target, "wb", opener=private_opener) as file:
            while chunk := packed.read(CHUNK):
                stop_if(cancelled)
                written += len(chunk)
                if written > member.file_size:
                    raise UserError(f"{archive} holds more than it says in {member.filename}.", "Fetch it again.")
                file.write(chunk)
                on_progress(done + written, total)
        done += written


def _check_member(member: zipfile.ZipInfo, archive: Path) -> None:
    """Refuse names that lead out of the folder or mean another file elsewhere, and what is neither file nor folder.

    Windows reads a backslash as a new folder and a colon as a stream of a file; no model has either.
    """
    name = member.filename
    kind = stat.S_IFMT(member.external_attr >> 16)
    if leads_outside(name) or "\\" in name or ":" in name or kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise UserError(
            f"{archive} is not safe to unpack: '{name}' leads outside of its folder or is a link.",
            "Nothing was installed. Take the model from the Vosk project itself.",
        )


def _model_in(folder: Path, archive: Path) -> Path:
    """The one model below `folder`."""
    candidates = [folder, *(path for path in sorted(folder.rglob("*")) if path.is_dir() and len(path.parts) < 64)]
    whole = [path for path in candidates if not ModelFolder(path, Origin.INSTALLED).missing()]
    if len(whole) == 1:
        return whole[0]
    if whole:
        raise UserError(
            f"{archive} holds {len(whole)} models.", "Unpack it yourself, then install the folder you want."
        )
    meant = [path for path in candidates if (path / "am").is_dir()] or candidates
    near = min((ModelFolder(path, Origin.INSTALLED).missing() for path in meant), key=len)
    raise UserError(f"{archive} holds no whole speech model: it lacks {', '.join(near)}.", "Fetch it again.")


def need_space(folder: Path, size: int) -> None:
    """Raise UserError unless `size` bytes fit on the disk of `folder`."""
    free = shutil.disk_usage(folder).free
    if free < size:
        raise UserError(
            f"The speech model needs {_size(size, up=True)}; only {_size(free)} are free in {folder}.",
            "Free some space, or set SIMULATOR_HOME to a folder on another disk.",
        )


def _size(size: int, up: bool = False) -> str:
    """In MB, what is needed rounded up and what is free rounded down: they never read as the same."""
    return f"{-(-size // 1_000_000) if up else size // 1_000_000} MB" if size >= 10_000_000 else f"{size:,} bytes"


def stop_if(cancelled: Callable[[], bool]) -> None:
    """Raise UserError when the user has cancelled."""
    if cancelled():
        raise UserError("Stopped.", "What was fetched so far is kept for the next time.")

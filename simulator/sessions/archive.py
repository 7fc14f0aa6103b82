"""A whole history as one ZIP file: sessions, documents of other packages, recordings.

The format is described in `docs/export.md`. How it is read: `archive_reading.py`.
"""

import hashlib
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, TypeVar

from simulator.errors import Unreadable, UserError
from simulator.paths import whole_file
from simulator.sessions.export import as_json, json_text
from simulator.sessions.recordings import found
from simulator.sessions.session import Session
from simulator.sessions.store import Store
from simulator.zip_files import leads_outside

ARCHIVE_FORMAT = "second-round-history"
ARCHIVE_VERSION = 1
SUMS = "sums.json"
"""In a session that is handed in: the SHA-256 of everything else in it."""
SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")
"""Names that are the same file everywhere and lead nowhere else."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class ArchiveCounts:
    """What was written to an archive, or taken from one. `known` were here already, `different` were left alone."""

    sessions: int = 0
    recordings: int = 0
    documents: int = 0
    known: int = 0
    different: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    """Sessions and answers that cannot be read, and so were left out."""


def full_json(session: Session) -> dict[str, Any]:
    """A session's JSON with what only this app needs: where an unfinished interview stands."""
    return {**as_json(session), "place": session.place}


def write_archive(store: Store, recordings: Path, target: Path, sound: bool = True) -> ArchiveCounts:
    """Everything in the store as a ZIP file at `target`, for this user alone. The same store gives the same bytes.

    Raises UserError when it cannot be written; what stood there before stays then.
    """
    broken: list[str] = []

    def sessions() -> Iterator[Session]:
        for session_id in store.session_ids():
            try:
                session = store.session(session_id)
            except Unreadable:
                broken.append(session_id)
                continue
            broken.extend(store.unreadable_answers(session_id))
            yield session

    documents = store.all_documents()
    counted = written_whole(target, lambda file: _write(sessions(), documents, recordings, file, sound))
    return replace(counted, broken=tuple(broken))


def write_one(session: Session, recordings: Path, target: Path, sound: bool = True) -> ArchiveCounts:
    """One session with its recordings to hand in: a history of it alone, with the sums of all that is in it.

    The sums tell whether it was changed afterwards by somebody who did not mean to hide it. Raises UserError.
    """
    return written_whole(target, lambda file: _write([session], {}, recordings, file, sound, sums=True))


Outcome = TypeVar("Outcome")


def written_whole(target: Path, write: Callable[[BinaryIO], Outcome]) -> Outcome:
    """What `write` puts into a file, at `target` when whole; until then under another name. Raises UserError."""
    try:
        with whole_file(target) as file:
            return write(file)
    except OSError as error:
        raise UserError(f"{target} cannot be written: {error.strerror or error}.", "Choose another place.") from None


def _write(
    sessions: Iterable[Session],
    documents: Mapping[str, Mapping[str, str]],
    recordings: Path,
    file: BinaryIO,
    sound: bool,
    sums: bool = False,
) -> ArchiveCounts:
    written = kept = 0
    found_sums: dict[str, str] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:

        def put(name: str, text: str) -> None:
            archive.writestr(_entry(name), text)
            found_sums[name] = hashlib.sha256(text.encode()).hexdigest()

        put("manifest.json", json_text({"format": ARCHIVE_FORMAT, "version": ARCHIVE_VERSION, "sound": sound}))
        put("documents.json", json_text(documents))
        for session in sessions:
            put(f"sessions/{session.id}.json", json_text(full_json(session)))
            written += 1
            for name in recordings_of(session) if sound else ():
                path = found(recordings, name)
                if path is not None:
                    inside = f"recordings/{path.relative_to(recordings).as_posix()}"
                    found_sums[inside] = _put_file(archive, inside, path)
                    kept += 1
        if sums:
            archive.writestr(_entry(SUMS), json_text({**found_sums, SUMS: sum_of(found_sums)}))
    return ArchiveCounts(written, kept, sum(len(of_kind) for of_kind in documents.values()))


def sum_of(sums: Mapping[str, str]) -> str:
    """One sum over all others, so that none can be taken out."""
    return hashlib.sha256("\n".join(f"{name} {sums[name]}" for name in sorted(sums)).encode()).hexdigest()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def _put_file(archive: zipfile.ZipFile, name: str, path: Path) -> str:
    """Put a file in; its sum."""
    entry = _entry(name)
    # Sound hardly gets smaller.
    entry.compress_type = zipfile.ZIP_STORED
    entry.file_size = path.stat().st_size
    total = hashlib.sha256()
    with path.open("rb") as source, archive.open(entry, "w") as target:
        while block := source.read(BLOCK):
            total.update(block)
            target.write(block)
    return total.hexdigest()


def recordings_of(session: Session) -> Iterator[str]:
    """The recordings of a session, in the order they were made; names that are not its own are left out."""
    seen = set()
    for answer in session.answers:
        for utterance in answer.utterances:
            name = utterance.recording
            if name and name not in seen and is_recording_of(session.id, name):
                seen.add(name)
                yield name


def is_recording_of(session_id: str, name: str) -> bool:
    parts = PurePosixPath(name).parts
    safe = not leads_outside(name) and ".." not in name
    return safe and len(parts) == 2 and parts[0] == session_id and bool(SAFE_NAME.fullmatch(parts[1]))

"""A whole history as one ZIP file, and back: sessions, documents of other rooms, recordings.

The format is described in `docs/export.md`. Reading is safe: an archive is taken as a stranger's,
every name in it is checked, nothing is written outside the recordings folder, and nothing that is
already here is replaced unless that is asked for.
"""

import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

import msgspec

from simulator.places import private_folder, private_opener
from simulator.problems import Problem
from simulator.sessions.export import JSON_VERSION, as_json, json_text
from simulator.sessions.session import Session
from simulator.sessions.store import Store

ARCHIVE_FORMAT = "second-round-history"
ARCHIVE_VERSION = 1
LONGEST_JSON = 64_000_000
"""Bytes of one session's JSON; an hour of talk has half a million."""
LONGEST_RECORDING = 4_000_000_000
"""Bytes of one recording: more than a WAV file can have is a trap."""
SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")
"""Names that are the same file everywhere and lead nowhere else."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Counted:
    """What was written to an archive, or taken from one. `known` were here already, `different` were left alone."""

    sessions: int = 0
    recordings: int = 0
    documents: int = 0
    known: int = 0
    different: tuple[str, ...] = ()


def full_json(session: Session) -> dict[str, Any]:
    """A session's JSON with what only this app needs: where an unfinished interview stands."""
    return {**as_json(session), "place": session.place}


def write_archive(store: Store, recordings: Path, target: Path, sound: bool = True) -> Counted:
    """Everything in the store as a ZIP file at `target`, for this user alone. The same store gives the same bytes.

    Raises Problem when it cannot be written; what stood there before stays then.
    """
    part = target.with_name(target.name + ".part")
    try:
        with open(part, "wb", opener=private_opener) as file:
            counted = _write(store, recordings, file, sound)
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Problem(f"{target} cannot be written: {error.strerror or error}.", "Choose another place.") from None
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return counted


def _write(store: Store, recordings: Path, file: BinaryIO, sound: bool) -> Counted:
    sessions = kept = 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        manifest = {"format": ARCHIVE_FORMAT, "version": ARCHIVE_VERSION, "sound": sound}
        archive.writestr(_entry("manifest.json"), json_text(manifest))
        documents = store.all_documents()
        archive.writestr(_entry("documents.json"), json_text(documents))
        for session_id in store.session_ids():
            session = store.session(session_id)
            archive.writestr(_entry(f"sessions/{session_id}.json"), json_text(full_json(session)))
            sessions += 1
            for name in _recordings(session) if sound else ():
                path = recordings / name
                if path.is_file():
                    _put_file(archive, f"recordings/{name}", path)
                    kept += 1
    return Counted(sessions, kept, sum(len(of_kind) for of_kind in documents.values()))


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def _put_file(archive: zipfile.ZipFile, name: str, path: Path) -> None:
    entry = _entry(name)
    # Sound hardly gets smaller.
    entry.compress_type = zipfile.ZIP_STORED
    entry.file_size = path.stat().st_size
    with path.open("rb") as source, archive.open(entry, "w") as target:
        while block := source.read(_BLOCK):
            target.write(block)


def _recordings(session: Session) -> Iterator[str]:
    """The recordings of a session, in the order they were made; names that are not its own are left out."""
    seen = set()
    for answer in session.answers:
        for utterance in answer.utterances:
            name = utterance.recording
            if name and name not in seen and _is_recording_of(session.id, name):
                seen.add(name)
                yield name


def _is_recording_of(session_id: str, name: str) -> bool:
    parts = PurePosixPath(name).parts
    return len(parts) == 2 and parts[0] == session_id and bool(SAFE_NAME.fullmatch(parts[1])) and ".." not in name


# Back again.


def read_archive(source: Path, store: Store, recordings: Path, replace_known: bool = False) -> Counted:
    """Take in an archive, or one session's JSON. What is already here and differs stays, unless `replace_known`.

    Raises Problem when it is not one of ours, is damaged or unsafe; sessions before the damaged one are kept then.
    """
    try:
        if zipfile.is_zipfile(source):
            with zipfile.ZipFile(source) as archive:
                return _read_zip(archive, store, recordings, replace_known)
        if source.stat().st_size > LONGEST_JSON:
            raise Problem(f"{source} is too large for a session.", "Give an archive made by 'sessions export --all'.")
        session = _session_of(source.read_bytes(), source.name)
    except OSError as error:
        raise Problem(f"{source} cannot be read: {error.strerror or error}.", "Check its name.") from None
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise Problem(f"{source} is damaged: {error}.", "Make the archive anew.") from None
    return _keep(store, session, replace_known)


def _read_zip(archive: zipfile.ZipFile, store: Store, recordings: Path, replace_known: bool) -> Counted:
    names = {entry.filename: entry for entry in archive.infolist()}
    manifest = _plain(_content(archive, names, "manifest.json"), "manifest.json")
    if not isinstance(manifest, dict) or manifest.get("format") != ARCHIVE_FORMAT:
        raise Problem("This ZIP file is no history of Second Round.", "'sessions export --all' makes one.")
    if not isinstance(manifest.get("version"), int) or manifest["version"] > ARCHIVE_VERSION:
        raise Problem("This history was written by a newer Second Round.", "Use that version, or a newer one.")
    total = _documents(store, _content(archive, names, "documents.json"), replace_known)
    for name in sorted(names):
        if not re.fullmatch(r"sessions/[^/]+\.json", name):
            continue
        session = _session_of(_content(archive, names, name), name)
        # The sound first: a session in the store always has what it names, if the archive had it.
        copied = 0
        if replace_known or not store.has(session.id):
            for recording in _recordings(session):
                entry = names.get(f"recordings/{recording}")
                if entry is not None:
                    copied += _copy_recording(archive, entry, recordings / recording)
        one = _keep(store, session, replace_known)
        total = Counted(
            total.sessions + one.sessions,
            total.recordings + copied,
            total.documents,
            total.known + one.known,
            total.different + one.different,
        )
    return total


def _content(archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo], name: str) -> bytes:
    entry = names.get(name)
    if entry is None:
        raise Problem("This ZIP file is no history of Second Round.", "'sessions export --all' makes one.")
    with archive.open(entry) as file:
        content = file.read(LONGEST_JSON + 1)
    if len(content) > LONGEST_JSON:
        raise Problem(f"{name} in the archive is too large.", "Nothing of it was taken in.")
    return content


def _copy_recording(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> int:
    private_folder(target.parent)
    part = target.with_name(target.name + ".part")
    try:
        with archive.open(entry) as source, open(part, "wb", opener=private_opener) as file:
            copied = 0
            while block := source.read(_BLOCK):
                copied += len(block)
                if copied > LONGEST_RECORDING:
                    raise Problem(f"{entry.filename} in the archive is too large.", "It was left out.")
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return 1


def _plain(content: bytes, name: str) -> Any:
    try:
        return msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Problem(f"{name} is damaged: {error}.", "Make the archive anew.") from None


def _session_of(content: bytes, name: str) -> Session:
    """A session from its JSON, checked. Raises Problem."""
    document = _plain(content, name)
    if not isinstance(document, dict) or document.get("format") != "second-round-session":
        raise Problem(f"{name} is no session of Second Round.", "'sessions export --format json' makes one.")
    if not isinstance(document.get("version"), int) or document["version"] > JSON_VERSION:
        raise Problem(f"{name} was written by a newer Second Round.", "Use that version, or a newer one.")
    try:
        session = msgspec.convert(document, Session)
    except (msgspec.ValidationError, RecursionError) as error:
        raise Problem(f"{name} does not fit: {error}.", "Make the file anew.") from None
    if not SAFE_NAME.fullmatch(session.id) or ".." in session.id:
        raise Problem(f"{name} names its session '{session.id}', which is no name for one.", "Nothing was taken in.")
    for answer in session.answers:
        if answer.session_id != session.id or not answer.id.startswith(f"{session.id}/"):
            raise Problem(f"The answer '{answer.id}' in {name} belongs to another session.", "Nothing was taken in.")
    # A recording elsewhere is none of this session's: its name would lead out of the recordings folder.
    answers = tuple(
        replace(
            answer,
            utterances=tuple(
                utterance if _is_recording_of(session.id, utterance.recording) else replace(utterance, recording="")
                for utterance in answer.utterances
            ),
        )
        for answer in session.answers
    )
    return replace(session, answers=answers)


def _keep(store: Store, session: Session, replace_known: bool) -> Counted:
    if store.has(session.id):
        if store.session(session.id) == session:
            return Counted(known=1)
        if not replace_known:
            return Counted(different=(session.id,))
    store.replace(session)
    return Counted(sessions=1)


def _documents(store: Store, content: bytes, replace_known: bool) -> Counted:
    document = _plain(content, "documents.json")
    try:
        kinds = msgspec.convert(document, dict[str, dict[str, str]])
    except msgspec.ValidationError as error:
        raise Problem(f"documents.json does not fit: {error}.", "Make the archive anew.") from None
    taken, different = 0, []
    for kind, documents in kinds.items():
        here = store.documents(kind)
        for document_id, text in documents.items():
            if here.get(document_id, text) == text or replace_known:
                store.keep_document(kind, document_id, text)
                taken += document_id not in here
            else:
                different.append(f"{kind} {document_id}")
    return Counted(documents=taken, different=tuple(different))

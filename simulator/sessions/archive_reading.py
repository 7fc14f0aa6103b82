"""Reading a history back: an archive is taken as a stranger's.

Every name in it is checked, nothing is written outside the recordings folder, and nothing that is already here is
replaced unless that is asked for. How it is written: `archive.py`.
"""

import hashlib
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from simulator.errors import Unreadable, UserError
from simulator.paths import private_folder, whole_file
from simulator.sessions.archive import (
    ARCHIVE_FORMAT,
    ARCHIVE_VERSION,
    BLOCK,
    SAFE_NAME,
    SUMS,
    ArchiveCounts,
    is_recording_of,
    recordings_of,
    sum_of,
)
from simulator.sessions.export import JSON_VERSION
from simulator.sessions.recordings import other_names
from simulator.sessions.session import Session
from simulator.sessions.session_check import check_numbers, check_values
from simulator.sessions.store import Store
from simulator.texts import read_bytes
from simulator.zip_files import copy_entry, is_zip, open_zip, read_entry

LONGEST_JSON = 64_000_000
"""Bytes of one session's JSON; an hour of talk has half a million."""
LONGEST_RECORDING = 4_000_000_000
"""Bytes of one recording: more than a WAV file can have is a trap."""


@dataclass(frozen=True, slots=True)
class Checks:
    """What packages above know of what an archive holds; each raises UserError for what does not fit.

    `document` takes kind, id and text; `place` a session that may be unfinished.
    """

    document: Callable[[str, str, str], None] = lambda kind, document_id, text: None
    place: Callable[[Session], None] = lambda session: None


NO_CHECKS = Checks()


class History:
    """A history that is open, or one session's JSON: its sessions, and the recordings that they name."""

    def __init__(self, checks: Checks, archive: zipfile.ZipFile | None = None, only: Session | None = None) -> None:
        self._checks, self._archive, self._only = checks, archive, only
        self._names = {entry.filename: entry for entry in archive.infolist()} if archive else {}

    def sessions(self) -> Iterator[Session]:
        """Each session, checked. Raises UserError at the first that is damaged or unsafe."""
        if self._only is not None:
            yield self._only
        for name in sorted(self._names):
            if re.fullmatch(r"sessions/[^/]+\.json", name):
                yield _session_of(self.content(name), name, self._checks)

    def content(self, name: str) -> bytes:
        """The bytes of a text in the archive. Raises UserError."""
        assert self._archive is not None
        return _content(self._archive, self._names, name)

    @property
    def documents(self) -> bytes | None:
        """The documents of other packages, None where there cannot be any."""
        return self.content("documents.json") if self._archive is not None else None

    def copy_recording(self, name: str, target: Path) -> bool:
        """Copy a recording (under either ending) to `target`, with the ending it has; False where there is none."""
        for name_of_it in other_names(name):
            entry = self._names.get(f"recordings/{name_of_it}")
            if self._archive is not None and entry is not None:
                copy_whole(self._archive, entry, target.with_suffix(PurePosixPath(name_of_it).suffix))
                return True
        return False

    def copy_recordings(self, session: Session, folder: Path) -> int:
        """Copy all recordings of a session below a folder; how many there were."""
        return sum(self.copy_recording(name, folder / name) for name in recordings_of(session))

    @property
    def has_sums(self) -> bool:
        """Whether it was written to be handed in."""
        return SUMS in self._names

    def check_sums(self) -> None:
        """Raise UserError where something is not as it was when it was written."""
        assert self._archive is not None
        try:
            sums = msgspec.json.decode(self.content(SUMS), type=dict[str, str])
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            raise _changed(SUMS) from None
        whole = sums.pop(SUMS, "")
        if set(sums) != set(self._names) - {SUMS} or whole != sum_of(sums):
            raise _changed(SUMS)
        for name, expected in sums.items():
            total = hashlib.sha256()
            with self._archive.open(self._names[name]) as file:
                while block := file.read(BLOCK):
                    total.update(block)
            if total.hexdigest() != expected:
                raise _changed(name)


def _changed(name: str) -> UserError:
    return UserError(f"It was changed after it was written ({name}).", "Ask for the file as the app made it.")


@contextmanager
def open_history(source: Path, checks: Checks = NO_CHECKS) -> Iterator[History]:
    """A history, or one session's JSON, to be read. Raises UserError, also while the block reads it."""
    try:
        if is_zip(source):
            with open_zip(source, str(source), "Make the archive anew.") as archive:
                history = History(checks, archive)
                manifest = _plain(history.content("manifest.json"), "manifest.json")
                if not isinstance(manifest, dict) or manifest.get("format") != ARCHIVE_FORMAT:
                    raise UserError(
                        "This ZIP file is no history of Second Round.", "'sessions export --all' makes one."
                    )
                if not isinstance(manifest.get("version"), int) or manifest["version"] > ARCHIVE_VERSION:
                    raise UserError(
                        "This history was written by a newer Second Round.", "Use that version, or a newer one."
                    )
                yield history
            return
        raw = read_bytes(source, LONGEST_JSON, "Give an archive made by 'sessions export --all'.")
        if not raw.lstrip().startswith(b"{"):
            what = "no session or history of Second Round" if raw.strip() else "empty"
            raise UserError(f"{source.name} is {what}.", "'sessions export ID --format zip' makes one to hand in.")
        session = _session_of(raw, source.name, checks)
    except OSError as error:
        raise UserError(f"{source} cannot be read: {error.strerror or error}.", "Check its name.") from None
    yield History(checks, only=session)


def read_archive(
    source: Path, store: Store, recordings: Path, replace_known: bool = False, checks: Checks = NO_CHECKS
) -> ArchiveCounts:
    """Take in an archive, or one session's JSON. What is already here and differs stays, unless `replace_known`.

    Raises UserError when it is not one of ours, is damaged or unsafe; sessions before the damaged one are kept then.
    """
    with open_history(source, checks) as history:
        documents = history.documents
        total = ArchiveCounts() if documents is None else _documents(store, documents, replace_known, checks)
        for session in history.sessions():
            # The sound first: a session in the store always has what it names, if the archive had it.
            copied = 0
            if replace_known or not store.has(session.id):
                copied = history.copy_recordings(session, recordings)
            one = _keep(store, session, replace_known)
            total = ArchiveCounts(
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
        raise UserError("This ZIP file is no history of Second Round.", "'sessions export --all' makes one.")
    content = read_entry(archive, entry, LONGEST_JSON)
    if content is None:
        raise UserError(f"{name} in the archive is too large.", "Nothing of it was taken in.")
    return content


def copy_whole(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> None:
    """Copy an entry to a file that is there when it is whole. Raises UserError where it is too large."""
    private_folder(target.parent)
    with whole_file(target) as file:
        if not copy_entry(archive, entry, file, LONGEST_RECORDING):
            raise UserError(f"{entry.filename} in the archive is too large.", "It was left out.")


def _plain(content: bytes, name: str) -> Any:
    try:
        return msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UserError(f"{name} is damaged: {error}.", "Make the archive anew.") from None


def _session_of(content: bytes, name: str, checks: Checks) -> Session:
    """A session from its JSON, checked. Raises UserError."""
    document = _plain(content, name)
    if not isinstance(document, dict) or document.get("format") != "second-round-session":
        raise UserError(f"{name} is no session of Second Round.", "'sessions export --format json' makes one.")
    if not isinstance(document.get("version"), int) or document["version"] > JSON_VERSION:
        raise UserError(f"{name} was written by a newer Second Round.", "Use that version, or a newer one.")
    check_numbers(document, name)
    try:
        session = msgspec.convert(document, Session)
    except (msgspec.ValidationError, RecursionError) as error:
        raise UserError(f"{name} does not fit: {error}.", "Make the file anew.") from None
    if not SAFE_NAME.fullmatch(session.id) or ".." in session.id:
        raise UserError(
            f"{name} names its session '{session.id}', which is no name for one.", "Nothing was taken in."
        )
    for answer in session.answers:
        if answer.session_id != session.id or not answer.id.startswith(f"{session.id}/"):
            raise UserError(
                f"The answer '{answer.id}' in {name} belongs to another session.", "Nothing was taken in."
            )
    check_values(session, name)
    checks.place(session)
    # A recording elsewhere is none of this session's: its name would lead out of the recordings folder.
    answers = tuple(
        replace(
            answer,
            utterances=tuple(
                utterance if is_recording_of(session.id, utterance.recording) else replace(utterance, recording="")
                for utterance in answer.utterances
            ),
        )
        for answer in session.answers
    )
    return replace(session, answers=answers)


def _keep(store: Store, session: Session, replace_known: bool) -> ArchiveCounts:
    if store.has(session.id):
        if _same(store, session):
            return ArchiveCounts(known=1)
        if not replace_known:
            return ArchiveCounts(different=(session.id,))
    store.replace(session)
    return ArchiveCounts(sessions=1)


def _same(store: Store, session: Session) -> bool:
    """Whether the store has just this; what it has and cannot read is something else."""
    try:
        return store.session(session.id) == session and not store.unreadable_answers(session.id)
    except Unreadable:
        return False


def _documents(store: Store, content: bytes, replace_known: bool, checks: Checks) -> ArchiveCounts:
    document = _plain(content, "documents.json")
    try:
        kinds = msgspec.convert(document, dict[str, dict[str, str]])
    except msgspec.ValidationError as error:
        raise UserError(f"documents.json does not fit: {error}.", "Make the archive anew.") from None
    for kind, documents in kinds.items():
        for document_id, text in documents.items():
            checks.document(kind, document_id, text)
    taken, different = 0, []
    for kind, documents in kinds.items():
        here = store.documents(kind)
        for document_id, text in documents.items():
            if here.get(document_id, text) == text or replace_known:
                store.keep_document(kind, document_id, text)
                taken += document_id not in here
            else:
                different.append(f"{kind} {document_id}")
    return ArchiveCounts(documents=taken, different=tuple(different))

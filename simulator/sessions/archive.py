"""A whole history as one ZIP file, and back: sessions, documents of other packages, recordings.

The format is described in `docs/export.md`. Reading is safe: an archive is taken as a stranger's,
every name in it is checked, nothing is written outside the recordings folder, and nothing that is
already here is replaced unless that is asked for.
"""

import hashlib
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, TypeVar

import msgspec

from simulator.errors import Unreadable, UserError
from simulator.paths import private_folder, whole_file
from simulator.sessions.export import JSON_VERSION, as_json, json_text
from simulator.sessions.recordings import found, other_names
from simulator.sessions.session import Session
from simulator.sessions.session_check import check_numbers, check_values
from simulator.sessions.store import Store
from simulator.texts import read_bytes
from simulator.zip_files import copy_entry, is_zip, open_zip, read_entry

ARCHIVE_FORMAT = "second-round-history"
ARCHIVE_VERSION = 1
SUMS = "sums.json"
"""In a session that is handed in: the SHA-256 of everything else in it."""
LONGEST_JSON = 64_000_000
"""Bytes of one session's JSON; an hour of talk has half a million."""
LONGEST_RECORDING = 4_000_000_000
"""Bytes of one recording: more than a WAV file can have is a trap."""
SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")
"""Names that are the same file everywhere and lead nowhere else."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_BLOCK = 1 << 20


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


@dataclass(frozen=True, slots=True)
class Checks:
    """What packages above know of what an archive holds; each raises UserError for what does not fit.

    `document` takes kind, id and text; `place` a session that may be unfinished.
    """

    document: Callable[[str, str, str], None] = lambda kind, document_id, text: None
    place: Callable[[Session], None] = lambda session: None


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
            for name in _recordings(session) if sound else ():
                path = found(recordings, name)
                if path is not None:
                    inside = f"recordings/{path.relative_to(recordings).as_posix()}"
                    found_sums[inside] = _put_file(archive, inside, path)
                    kept += 1
        if sums:
            archive.writestr(_entry(SUMS), json_text({**found_sums, SUMS: _sum_of(found_sums)}))
    return ArchiveCounts(written, kept, sum(len(of_kind) for of_kind in documents.values()))


def _sum_of(sums: Mapping[str, str]) -> str:
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
        while block := source.read(_BLOCK):
            total.update(block)
            target.write(block)
    return total.hexdigest()


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
        return sum(self.copy_recording(name, folder / name) for name in _recordings(session))

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
        if set(sums) != set(self._names) - {SUMS} or whole != _sum_of(sums):
            raise _changed(SUMS)
        for name, expected in sums.items():
            total = hashlib.sha256()
            with self._archive.open(self._names[name]) as file:
                while block := file.read(_BLOCK):
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
                utterance if _is_recording_of(session.id, utterance.recording) else replace(utterance, recording="")
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

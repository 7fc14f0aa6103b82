"""The SQLite file below the store: opened, checked, brought up to date, shared among threads.

Writers take turns on one connection and are on disk when their block ends (WAL, synchronous=FULL).
Readers have connections of their own, so that a long read holds nobody up. A damaged file is set
aside under another name, never overwritten.
"""

import os
import re
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from simulator.errors import UserError

BUSY_SECONDS = 10.0
"""How long another process may hold the file before a write gives up."""

CHECKED_AT_EVERY_START = 8_000_000
"""Files up to this size (bytes) are checked whole at every start, which takes some 10 ms; larger ones only after
a crash (a write-ahead log was left behind) or when damage was met."""

DAMAGE_CODES = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error says that the file itself is broken (and not, say, locked or the disk full)."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return isinstance(error, sqlite3.DatabaseError) and "malformed" in str(error)
    # The low byte is the kind, the rest says where it was met.
    return code & 0xFF in DAMAGE_CODES


def readable(text: str) -> str:
    """Text that can be written: bytes that were no UTF-8 when they came in become U+FFFD."""
    return _LONE_SURROGATES.sub("\ufffd", text)


def why(error: sqlite3.Error) -> tuple[str, str]:
    """What went wrong, in words, and what to do about it."""
    code = getattr(error, "sqlite_errorcode", None) or 0
    # The shared memory of a write-ahead log finds no room on a full disk. Else the low byte is the kind.
    match code if code == sqlite3.SQLITE_IOERR_SHMSIZE else code & 0xFF:
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR_SHMSIZE:
            return "the disk is full", "Free some space and try again."
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return "another program is writing to it", "Close that program, or try again in a moment."
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN:
            return f"it may not be written here ({error})", "Check the rights of the file and its folder."
        case sqlite3.SQLITE_CONSTRAINT if "FOREIGN KEY" in str(error):
            return "the session it belongs to is not there any more", "It may have been deleted in another window."
        case sqlite3.SQLITE_IOERR:
            return f"the disk gave an error ({error})", "Check the disk and its space."
    return str(error), ""


class Writer:
    """Statements of one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def execute(self, statement: str, values: Sequence[object] = ()) -> int:
        """Carry out one statement; how many rows it changed."""
        values = tuple(readable(v) if isinstance(v, str) else v for v in values)
        return self._connection.execute(statement, values).rowcount

    def read(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query, as they stand in this transaction."""
        return self._connection.execute(query, tuple(values)).fetchall()


class StoreFile:
    """One SQLite file. `notice` says in a sentence what had to be done on opening ("" usually)."""

    def __init__(self, path: Path, migrations: Sequence[str]) -> None:
        """Open or make it. Raises UserError when the place cannot be used."""
        self.path = path
        self.notice = ""
        self._migrations = migrations
        self._marker = path.with_name(path.name + "-check")
        self._writing = threading.RLock()
        self._pool = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._closed = False
        self._writer = self._open()
        self._file = path.stat()

    # Opening.

    def _open(self) -> sqlite3.Connection:
        try:
            return self._make_ready()
        except sqlite3.Error as error:
            if not is_damage(error):
                raise self._cannot_open(error) from None
        aside = self._set_aside()
        self.notice = f"The file of your sessions was damaged. It was set aside as {aside}, and a new one begun."
        try:
            return self._make_ready()
        except sqlite3.Error as error:
            raise self._cannot_open(error) from None

    def _cannot_open(self, error: sqlite3.Error) -> UserError:
        what, hint = why(error)
        return UserError(
            f"The practice sessions in {self.path} cannot be opened: {what}.",
            hint or "Check that the file is yours to write, or set SIMULATOR_HOME to another folder.",
        )

    def _set_aside(self) -> Path:
        stem = f"{self.path.stem}-damaged-{datetime.now(UTC):%Y%m%d-%H%M%S}"
        aside, number = self.path.with_name(stem + self.path.suffix), 1
        while aside.exists():
            number += 1
            aside = self.path.with_name(f"{stem}-{number}{self.path.suffix}")
        try:
            self.path.replace(aside)
            for ending in ("-wal", "-shm"):
                side = self.path.with_name(self.path.name + ending)
                if side.exists():
                    side.replace(aside.with_name(aside.name + ending))
            self._marker.unlink(missing_ok=True)
        except OSError as error:
            raise UserError(
                f"The file {self.path} is damaged and cannot be set aside: {error.strerror or error}.",
                "Move it away yourself; nothing was deleted.",
            ) from None
        return aside

    def _make_ready(self) -> sqlite3.Connection:
        self._make_private()
        log = self.path.with_name(self.path.name + "-wal")
        suspicious = self._marker.exists() or log.exists() or self.path.stat().st_size <= CHECKED_AT_EVERY_START
        connection = self._connect()
        try:
            if suspicious and connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise _damage(self.path)
            self._migrate(connection)
            self._marker.unlink(missing_ok=True)
        except BaseException:
            connection.close()
            raise
        return connection

    def _make_private(self) -> None:
        if self.path.is_dir():
            raise UserError(f"{self.path} is a folder, but the file of your sessions belongs there.", "Move it away.")
        if self.path.exists() and not self.path.is_file():
            raise UserError(f"{self.path} is no plain file, but your sessions belong there.", "Move it away.")
        try:
            # Made here and not by SQLite, so that nobody else can read it even for a moment.
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
            if sys.platform != "win32" and self.path.stat().st_mode & 0o077:
                self.path.chmod(0o600)
        except OSError as error:
            raise UserError(
                f"The file {self.path} cannot be made or written: {error.strerror or error}.",
                "Set SIMULATOR_HOME to a folder you can write to.",
            ) from None

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=64
        )
        # Text that is damaged is shown as far as it can be, and its row can be told from the others.
        connection.text_factory = lambda text: text.decode(errors="replace")
        try:
            self._use_log(connection)
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA foreign_keys=ON")
            # What is deleted is overwritten: these are somebody's own words.
            connection.execute("PRAGMA secure_delete=ON")
            # Nor do they lie in the system's folder for temporary files for a moment.
            connection.execute("PRAGMA temp_store=MEMORY")
        except UnicodeDecodeError:
            # SQLite quotes the damaged words of the schema in its message, which then is no text.
            connection.close()
            raise _damage(self.path) from None
        except BaseException:
            connection.close()
            raise
        return connection

    def _use_log(self, connection: sqlite3.Connection) -> None:
        """Switch to the write-ahead log. SQLite does not wait by itself while another process does the same."""
        give_up = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                connection.execute("PRAGMA journal_mode=WAL")
                return
            except sqlite3.OperationalError as error:
                if is_damage(error) or "locked" not in str(error) or time.monotonic() > give_up:
                    raise
                time.sleep(0.02)

    def _migrate(self, connection: sqlite3.Connection) -> None:
        # A store that is being made has nothing to lose yet.
        made_here = int(connection.execute("PRAGMA user_version").fetchone()[0]) == 0
        while self._migrate_once(connection, made_here):
            pass

    def _migrate_once(self, connection: sqlite3.Connection, made_here: bool) -> bool:
        """One step towards the newest form of the store; False when there is none to take."""
        # Taking the write lock also finds out now, and not at the first answer, whether the file can be written.
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Read anew in each step: another process may have taken it meanwhile.
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if version > len(self._migrations):
                raise UserError(
                    f"Your sessions in {self.path} were written by a newer Second Round.",
                    "Use that version, or a newer one.",
                )
            due = version < len(self._migrations)
            if due:
                if not made_here and version > 0:
                    self._back_up(f"{self.path.stem}-before-version-{version + 1}{self.path.suffix}")
                for statement in statements(self._migrations[version]):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version={version + 1}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        return due

    def _back_up(self, name: str) -> None:
        """Copy what is committed to a file of that name beside this one, under another name until it is whole."""
        backup = self.path.with_name(name)
        part = backup.with_name(backup.name + ".part")
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_WRONLY, 0o600))
        source, copy = self._connect(), sqlite3.connect(part)
        try:
            source.backup(copy)
        finally:
            copy.close()
            source.close()
        part.replace(backup)

    # Using.

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """One transaction, on disk when the block ends. Raises UserError when it cannot be, and saves nothing."""
        with self._writing:
            try:
                self._writer.execute("BEGIN IMMEDIATE")
                try:
                    self._look_for_it()
                    yield Writer(self._writer)
                    self._writer.execute("COMMIT")
                except BaseException:
                    # A full disk can have ended the transaction already.
                    if self._writer.in_transaction:
                        self._writer.execute("ROLLBACK")
                    raise
            except sqlite3.Error as error:
                self._note_damage(error)
                what, hint = why(error)
                raise UserError(f"Your session could not be saved to {self.path}: {what}.", hint) from error

    def _look_for_it(self) -> None:
        """Raise UserError where the file was removed or replaced: what is written would be lost."""
        try:
            now = self.path.stat()
        except FileNotFoundError:
            raise self._gone() from None
        except OSError:
            return
        if not os.path.samestat(now, self._file):
            # Some disks give a file another number now and then; the same one is locked at this moment.
            with closing(sqlite3.connect(self.path, timeout=0, isolation_level=None)) as other:
                try:
                    other.execute("BEGIN IMMEDIATE")
                except sqlite3.Error:
                    self._file = now
                    return
                raise self._gone()

    def _gone(self) -> UserError:
        return UserError(
            f"Nothing more is kept: {self.path} was removed or replaced by another program.",
            "Leave Second Round and start it again.",
        )

    def read(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query. Raises UserError when the file cannot be read."""
        with self._reader() as connection:
            try:
                return connection.execute(
                    query, tuple(readable(v) if isinstance(v, str) else v for v in values)
                ).fetchall()
            except sqlite3.DatabaseError as error:
                raise self._cannot_read(error) from error

    @contextmanager
    def _reader(self) -> Iterator[sqlite3.Connection]:
        with self._pool:
            if self._closed:
                raise UserError("The store of your sessions is closed.")
            connection = self._idle.pop() if self._idle else None
        if connection is None:
            if not self.path.exists():
                raise self._gone()
            try:
                connection = self._connect()
            except sqlite3.Error as error:
                raise self._cannot_read(error) from error
        try:
            yield connection
        finally:
            with self._pool:
                if self._closed:
                    connection.close()
                else:
                    self._idle.append(connection)

    def _cannot_read(self, error: sqlite3.Error) -> UserError:
        self._note_damage(error)
        what, hint = why(error)
        return UserError(
            f"Your sessions in {self.path} cannot be read: {what}.",
            "Start Second Round again: what is damaged is then set aside." if is_damage(error) else hint,
        )

    def _note_damage(self, error: sqlite3.Error) -> None:
        if is_damage(error):
            try:
                self._marker.touch(0o600)
            except OSError:
                # The next start then finds out by itself, at the latest when it meets the damage again.
                return

    def forget_deleted(self) -> None:
        """Make deleted words vanish from the disk: from the search index, free pages and the log."""
        with self.writing() as db:
            db.execute("INSERT INTO answer_words (answer_words) VALUES ('optimize')")
        with self._writing:
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Close the file; readers that are at it finish first."""
        with self._pool:
            if self._closed:
                return
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()
        with self._writing:
            self._writer.close()


def _damage(path: Path) -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError(f"{path} is malformed")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def statements(script: str) -> Iterator[str]:
    """The single statements of a script, triggers whole."""
    collected = ""
    for line in script.splitlines(keepends=True):
        collected += line
        if sqlite3.complete_statement(collected):
            yield collected
            collected = ""
    if collected.strip():
        yield collected

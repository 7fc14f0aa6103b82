"""Anki decks (.apkg, .colpkg), old and new: a zip around a database, which newer versions pack with Zstandard.

The one file beside the store that knows SQL: the notes of a deck can be had in no other way. The database is a
stranger's: it is read in memory, its own functions and triggers are not trusted, and its time is bounded.
"""

import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from simulator.errors import UserError
from simulator.zip_files import open_zip, read_entry

MOST_BYTES = 200_000_000
MOST_NOTES = 200_000
_MOST_STEPS = 2_000
"""Times that 100,000 steps of the database's machine may pass."""
_BY_CARDS = "SELECT did, count(*) FROM cards GROUP BY did ORDER BY 2 DESC LIMIT 20"
_HINT = "In Anki, choose File, Export and 'Anki Deck Package' again, or 'Notes in Plain Text'."
_NAMES = ("collection.anki21b", "collection.anki21", "collection.anki2")
"""The database, the newest form first: packages hold an old one too, which only asks for a newer Anki."""


@dataclass(frozen=True, slots=True)
class NoteType:
    """Notes of one sort: the names of their fields, and each note's fields and tags."""

    name: str
    fields: tuple[str, ...]
    notes: tuple[tuple[tuple[str, ...], str], ...]


@dataclass(frozen=True, slots=True)
class Deck:
    """What a package holds."""

    title: str
    types: tuple[NoteType, ...]


def read_deck(raw: bytes, path: Path) -> Deck:
    """The notes of a package. Raises UserError where it is damaged, too large, or no deck."""
    content = _database(raw, path)
    if not content:
        raise UserError(f"{path} is damaged: its collection is empty.", _HINT)
    try:
        with closing(sqlite3.connect(":memory:")) as base:
            base.deserialize(content)
            base.execute("PRAGMA trusted_schema = OFF")
            base.create_collation(
                "unicase",
                lambda one, other: (one.casefold() > other.casefold()) - (one.casefold() < other.casefold()),
            )
            steps = iter(range(_MOST_STEPS))
            base.set_progress_handler(lambda: next(steps, None) is None, 100_000)
            base.text_factory = lambda text: text.decode("utf-8", "replace")
            return _deck(base)
    except (sqlite3.Error, ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
        raise UserError(f"The notes in {path} cannot be read ({error}).", _HINT) from None


def _database(raw: bytes, path: Path) -> bytes:
    with open_zip(io.BytesIO(raw), str(path), _HINT) as archive:
        names = {entry.filename: entry for entry in archive.infolist()}
        name = next((name for name in _NAMES if name in names), None)
        if name is None:
            raise UserError(f"{path} is no Anki deck: there is no collection in it.", _HINT)
        content = read_entry(archive, names[name], MOST_BYTES)
    if content is not None and name.endswith("b"):
        content = _unpacked(content, path)
    if content is None:
        raise UserError(f"{path} unpacks to more than {MOST_BYTES // 1_000_000} MB.", "Export one deck by itself.")
    # In a database that logs ahead, the two bytes say so; in memory there is no log.
    return content[:18] + b"\1\1" + content[20:] if content[18:20] == b"\2\2" else content


def _unpacked(content: bytes, path: Path) -> bytes | None:
    import zstandard  # late

    out = io.BytesIO()
    try:
        with zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(io.BytesIO(content)) as reader:
            while piece := reader.read(1 << 20):
                out.write(piece)
                if out.tell() > MOST_BYTES:
                    return None
    except zstandard.ZstdError as error:
        raise UserError(f"{path} is damaged: {error}.", _HINT) from None
    return out.getvalue()


def _deck(base: sqlite3.Connection) -> Deck:
    tables = {name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "notes" not in tables:
        raise ValueError("there are no notes in it")
    names, fields = _new_types(base) if {"notetypes", "fields"} <= tables else _old_types(base)
    notes: dict[int, list[tuple[tuple[str, ...], str]]] = {}
    for kind, text, tags in base.execute("SELECT mid, flds, tags FROM notes ORDER BY id LIMIT ?", (MOST_NOTES,)):
        notes.setdefault(kind, []).append((tuple(str(text).split("\x1f")), str(tags)))
    types = tuple(
        NoteType(names.get(kind, ""), tuple(fields.get(kind, ())), tuple(each)) for kind, each in notes.items()
    )
    return Deck(next(_titles(base, tables), ""), types)


def _new_types(base: sqlite3.Connection) -> tuple[dict[int, str], dict[int, list[str]]]:
    names = {kind: str(name) for kind, name in base.execute("SELECT id, name FROM notetypes")}
    fields: dict[int, list[str]] = {}
    for kind, _, name in sorted(base.execute("SELECT ntid, ord, name FROM fields")):
        fields.setdefault(kind, []).append(str(name))
    return names, fields


def _old_types(base: sqlite3.Connection) -> tuple[dict[int, str], dict[int, list[str]]]:
    (text,) = base.execute("SELECT models FROM col").fetchone()
    models = json.loads(text or "{}")
    names = {int(kind): str(model["name"]) for kind, model in models.items()}
    return names, {int(kind): [str(each["name"]) for each in model["flds"]] for kind, model in models.items()}


def _titles(base: sqlite3.Connection, tables: set[str]) -> Iterator[str]:
    """The names of the decks that have cards, the one with most first."""
    order = [deck for deck, _ in base.execute(_BY_CARDS)] \
        if "cards" in tables else []  # fmt: skip
    if "decks" in tables:
        names = {deck: str(name).replace("\x1f", ", ") for deck, name in base.execute("SELECT id, name FROM decks")}
    else:
        (text,) = base.execute("SELECT decks FROM col").fetchone()
        names = {int(deck): str(each["name"]).replace("::", ", ") for deck, each in json.loads(text or "{}").items()}
    yield from (names[deck] for deck in order if names.get(deck) not in (None, "Default"))

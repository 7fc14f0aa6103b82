"""Texts and JSON documents that people hand in: of a bounded size, and every fault told in a sentence."""

import difflib
import errno
import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

from simulator.errors import UserError, WrongUse

MOST_BYTES = 64_000_000
"""Of a file of many answers, say; what should be shorter says so itself."""
_STDIN = "Standard input"
_IN_PARTS = "Is it the right file? If it is, give it in parts."
_PLAIN = "Save what is in it as plain text, and give that."
_HALF = re.compile(r"[\ud800-\udfff]|\\u[dD][89a-fA-F]")
"""Half of a character: in itself, or as JSON writes it (where its other half may follow)."""

_FOREIGN = {
    b"%PDF": "a PDF file",
    b"\xd0\xcf\x11\xe0": "an old Word, Excel or PowerPoint file",
    b"{\\rtf": "an RTF file",
    b"SQLite format 3": "a database",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"\x1f\x8b": "packed with gzip",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
    b"ID3": "a sound file",
    b"OggS": "a sound file",
    b"fLaC": "a sound file",
    b"(\xb5/\xfd": "packed with Zstandard",
    b"MZ": "a program",
    b"\x7fELF": "a program",
}
"""What begins with these bytes is a file of another program."""
_WRITTEN = ("a PDF file", "an RTF file")
"""Those that may be letters alone and are no text all the same."""
_RIFF = {b"WAVE": "a sound file", b"WEBP": "an image", b"AVI ": "a video"}
_ZIPS = {
    b"word/": "a Word file",
    b"xl/": "an Excel file",
    b"ppt/": "a PowerPoint file",
    b"opendocument": "an OpenDocument file",
}
"""What a zip is, by what is named in it."""


def counted(number: int, what: str) -> str:
    """ "1 question", "4 questions"."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def listed(items: Iterable[str], joint: str = "and") -> str:
    """ "Ruth, Bill and Noor"; "" for none."""
    *before, last = [*items] or [""]
    return f"{', '.join(before)} {joint} {last}" if before else last


def without_accents(text: str) -> str:
    """Small letters without accents, which many leave out when they type; apostrophes are straight."""
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("’", "'").replace("ß", "ss"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "", cutoff: float = 0.6) -> str:
    """ "Did you mean ...?" with the nearest of what is known, whatever its case; else `otherwise`."""
    lower = {name.lower(): name for name in known}
    near = difflib.get_close_matches(word[:60].lower(), lower, n=1, cutoff=cutoff)
    return f"Did you mean '{lower[near[0]]}'?" if near else otherwise


def read_plain_text(path: Path, most: int = MOST_BYTES, wanted: str = _PLAIN) -> str:
    """The text of a file or pipe, UTF-8. Raises WrongUse where there is none, UserError where it cannot be read.

    `wanted` is what to give in place of a file of another program.
    """
    return _text(read_bytes(path, most), str(path), wanted)


def foreign_kind(raw: bytes) -> str:
    """What a file of another program is, by its first bytes: "a PDF file"; "" where they tell nothing."""
    found = next((what for start, what in _FOREIGN.items() if raw.startswith(start)), "")
    riff = _RIFF.get(raw[8:12], "") if raw.startswith(b"RIFF") else ""
    return found or riff or ("a video, a photo or a sound file" if raw[4:8] == b"ftyp" else "")


def read_bytes(path: Path, most: int = MOST_BYTES, hint: str = _IN_PARTS) -> bytes:
    """What is in a file, pipe or device that somebody named, and never more than `most`.

    Raises WrongUse where there is none, UserError where it cannot be read or (with `hint`) is too large.
    """
    try:
        with path.open("rb") as file:
            # Not by its size: a pipe has none, and a device may have no end.
            raw = file.read(most + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise not_there(path) from None
    except IsADirectoryError:
        raise WrongUse(f"{path} is a folder, not a file.", "Name a file in it.") from None
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from None
    return _within(raw, most, str(path), hint)


_CURES = {
    errno.ELOOP: "Check where it leads.",
    errno.ENAMETOOLONG: "Check its name.",
    errno.EIO: "Check the disk.",
    errno.ENOSPC: "Free some space.",
}


def cure_of(error: OSError | ValueError) -> str:
    """What to do about a file that cannot be used."""
    number = error.errno if isinstance(error, OSError) else None
    return _CURES.get(number or 0, "Check its rights, and those of its folder.")


def unreadable(path: Path, error: OSError | ValueError) -> UserError:
    """What to raise for a file that is there and cannot be read."""
    why = error.strerror if isinstance(error, OSError) else ""
    return UserError(f"{path} cannot be read: {why or error}.", cure_of(error))


def not_there(path: Path, what: str = "file") -> WrongUse:
    """What to raise for a name behind which there is nothing: `what` was looked for."""
    if path.is_symlink():
        return WrongUse(f"{path} is a link to a file that is not there.", "Check where it leads.")
    return WrongUse(f"There is no {what} {path}.", "Check its name.")


def refuse_dead_link(path: Path) -> None:
    """Raise WrongUse for a link that leads nowhere."""
    if path.is_symlink() and not path.exists():
        raise not_there(path)


def refuse_endless(path: Path) -> None:
    """Raise WrongUse for what is no file with an end, before any of it is copied: a folder, a device, a pipe."""
    try:
        if path.is_file():
            return
        refuse_dead_link(path)
        kind = "a folder" if path.is_dir() else "a device or a pipe"
        there = path.exists()
    except OSError as error:
        raise unreadable(path, error) from None
    raise WrongUse(f"{path} is {kind}, not a file.", "Name a file.") if there else not_there(path)


def refuse_taken(path: Path, hint: str) -> None:
    """Raise WrongUse where something has the name of a file that is to be made."""
    if path.exists():
        raise WrongUse(f"There is a {'folder' if path.is_dir() else 'file'} {path} already.", hint)


def words_of_name(path: Path) -> str:
    """A file's name without its ending, as words: bytes in it that are no text become U+FFFD."""
    return os.fsencode(path.stem).decode(errors="replace")


def piped_text(most: int = MOST_BYTES) -> str:
    """The text on standard input, UTF-8 whatever the locale. Raises UserError where it cannot be read."""
    return _text(piped_bytes(most), _STDIN)


def piped_bytes(most: int = MOST_BYTES, hint: str = _IN_PARTS) -> bytes:
    """Standard input, and never more than `most`. Raises UserError where it cannot be read or there is more."""
    try:
        if hasattr(sys.stdin, "buffer"):
            raw = sys.stdin.buffer.read(most + 1)
        else:
            raw = sys.stdin.read(most + 1).encode(errors="replace")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UserError(f"{_STDIN} cannot be read: {why}.", "Name a file instead.") from None
    return _within(raw, most, _STDIN, hint)


def _within(raw: bytes, most: int, where: str, hint: str) -> bytes:
    if len(raw) > most:
        size = f"{most // 1_000_000} MB" if most >= 1_000_000 else f"{most // 1_000} kB"
        raise UserError(f"{where} has more than {size}.", hint)
    return raw


def _text(raw: bytes, where: str, wanted: str = _PLAIN) -> str:
    kind = foreign_kind(raw)
    if raw.startswith(b"PK\x03\x04"):
        kind = next((what for inside, what in _ZIPS.items() if inside in raw), "a zip file")
    # A text may begin with such letters, too; but no text has a zero in it.
    if kind in _WRITTEN or (kind and b"\0" in raw):
        raise UserError(f"{where} is {kind}, not plain text.", wanted)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(f"{where} is not UTF-8 text.", "Save it as UTF-8 and try again.") from None


def read_json(text: str, where: str, hint: str) -> Any:
    """The JSON document in a text. Raises UserError for all that is none: `where` it is, and the `hint`."""
    try:
        document = json.loads(text, parse_constant=_no_number)
        if _HALF.search(text):
            json.dumps(document, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        line = f"line {error.lineno}, " if "\n" in text.strip() else ""
        raise UserError(f"{where} is not JSON: {error.msg} ({line}column {error.colno}).", hint) from None
    except RecursionError:
        raise UserError(f"{where} is nested too deeply.", hint) from None
    except UnicodeEncodeError as error:
        half = f"U+{ord(error.object[error.start]):04X}"
        raise UserError(f"{where} holds half of a character ({half}), which is no text.", hint) from None
    except ValueError as error:
        raise UserError(f"{where} cannot be read: {why_no_value(error)}.", hint) from None
    return document


def why_no_value(error: ValueError) -> str:
    """What Python says of a value that it cannot read, without its advice to programmers on long numbers."""
    return "a number in it is far too long" if "digits" in str(error) else str(error)


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")

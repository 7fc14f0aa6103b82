"""Zip archives from elsewhere: read with every fault of every compression told as one, and nothing believed.

Whoever unpacks decides how much of an entry is wanted, and may be stricter about its name than `leads_outside`; sizes
are counted as they come.
"""

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from simulator.errors import UserError

MOST_ENTRIES = 200_000
"""Entries of one archive, far more than a history of ten years has."""
PIECE = 1 << 18
MOST_PARTS = 5_000
MOST_UNPACKED = 200_000_000
"""Of a file of an office program: parts, and bytes of all of them."""
_DTDS = (b"<!DOCTYPE", b"<\0!\0D\0O\0C\0T\0Y\0P\0E", b"\0<\0!\0D\0O\0C\0T\0Y\0P\0E", b"<!ENTITY")
_DRIVE = re.compile(r"[A-Za-z]:")
"""With this before it, a part of a path begins at another drive."""
_BEGINNING = b"PK\x03\x04"
_HINT = "Save it again in the program it comes from, or as CSV or text."

DAMAGES = (
    zipfile.BadZipFile, EOFError, NotImplementedError, ValueError, RuntimeError, OverflowError, MemoryError,
    struct.error, zlib.error, lzma.LZMAError,
)  # fmt: skip
"""What the standard library raises for archives that are cut, changed, locked, or packed in ways it does not know."""


def is_zip(path: Path) -> bool:
    """Whether a file is a zip, cut short or not; a device or pipe is none, and is not read to find that out."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_BEGINNING)) == _BEGINNING or zipfile.is_zipfile(file)


def names_in(path: Path) -> list[str]:
    """The names of what a zip holds; none where it is no zip, or one that cannot be read."""
    try:
        if not is_zip(path):
            return []
        with open_zip(path, str(path), "") as archive:
            return archive.namelist()
    except (UserError, OSError):
        return []


@contextmanager
def open_zip(source: Path | IO[bytes], name: str, hint: str) -> Iterator[zipfile.ZipFile]:
    """The archive, open. Raises UserError (with `hint`) for what is wrong in it, also while the block reads it.

    What cannot be read or written for other reasons stays an OSError with its number.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            if len(archive.infolist()) > MOST_ENTRIES:
                raise UserError(f"{name} holds more than {MOST_ENTRIES:,} entries.", hint)
            if not all(entry.filename for entry in archive.infolist()):
                raise zipfile.BadZipFile("one of its files has no name")
            yield archive
    except DAMAGES as error:
        why = str(error) or "it ends too early"
        if "encrypted" in why:
            raise UserError(f"{name} is locked with a password.", "Save it without one.") from None
        raise UserError(f"{name} is damaged or not a zip: {why}.", hint) from None
    except OSError as error:
        if error.errno is None:
            # bzip2 says so where its data are damaged.
            raise UserError(f"{name} is damaged: {error}.", hint) from None
        raise


def leads_outside(name: str) -> bool:
    """Whether a name in an archive leads out of the folder it is unpacked into, on any system: Windows' ways, too."""
    parts = re.split(r"[/\\]", name)
    absolute = not parts[0]
    return absolute or "\0" in name or any(part == ".." or _DRIVE.match(part) for part in parts)


def read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes | None:
    """An entry's bytes; None where there are more than `most`, whatever the archive claims."""
    with archive.open(entry) as file:
        content = file.read(most + 1)
    return content if len(content) <= most else None


def copy_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: IO[bytes], most: int) -> bool:
    """Write an entry to a file piece by piece; False (with a part written) where there is more than `most`."""
    copied = 0
    with archive.open(entry) as file:
        while piece := file.read(PIECE):
            copied += len(piece)
            if copied > most:
                return False
            target.write(piece)
    return True


def check_archive(raw: bytes, name: str) -> None:
    """Raises UserError for a zip with XML in it that is damaged, unpacks to too much, or declares document types.

    With those (DTDs) a small file can name others or grow without end.
    """
    with open_zip(io.BytesIO(raw), name, _HINT) as archive:
        entries = archive.infolist()
        left = MOST_UNPACKED
        if len(entries) > MOST_PARTS:
            raise UserError(f"{name} holds more than {MOST_PARTS:,} parts.", _HINT)
        for entry in entries:
            content = read_entry(archive, entry, left)
            if content is None:
                raise UserError(f"{name} unpacks to more than {MOST_UNPACKED // 1_000_000} MB.", "Save a part of it.")
            left -= len(content)
            if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
                refuse_document_types(content, name)


def refuse_document_types(xml: bytes, name: str) -> None:
    """Raises UserError where an XML text declares a document type: nothing of ours needs one."""
    if any(sign in xml for sign in _DTDS):
        raise UserError(f"{name} declares its own document type, which is not read for safety.", _HINT)

"""What a file is by its first bytes: one that an import reads, or another program's, named with the way out of it."""

import io
import zipfile
from pathlib import Path

from simulator.errors import UserError
from simulator.questions.import_result import ImportFormat
from simulator.texts import foreign_kind
from simulator.zip_files import open_zip

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_UNPACK = "Unpack it first, then import what was in it."
_IMAGE = "Type the questions, or let your phone or scanner read the text, and save that."
_WAYS_OUT = {
    "a PDF file": "Copy its text into a text file, or save the original as Word or text.",
    "an old Word, Excel or PowerPoint file": "Open it there and save it as .docx, .xlsx or text.",
    "an RTF file": "Open it in your text program and save it as .docx, .odt or plain text.",
    "a database": "If it is Anki's, choose File and Export in Anki; it makes an .apkg or a text file.",
    "an image": _IMAGE,
    "packed with gzip": _UNPACK,
    "a 7-Zip archive": _UNPACK,
    "a RAR archive": _UNPACK,
    "packed with Zstandard": _UNPACK,
    "a sound file": "'second-round transcribe FILE' writes down what is said in it.",
    "a program": "Choose the file that has the questions.",
}


def refuse_foreign(raw: bytes, path: Path) -> None:
    """Raises UserError for a file of a program whose files are not read, and says how to get the questions out."""
    if what := foreign_kind(raw):
        raise UserError(f"{path} is {what}.", _WAYS_OUT.get(what, "Choose the file that has the questions as text."))


def known_zip(raw: bytes, path: Path) -> ImportFormat | None:
    """What a zip is, None for what is no zip. Raises UserError for one that is not read, with the way out."""
    if not raw.startswith(_ZIP):
        return None
    with open_zip(io.BytesIO(raw), str(path), "Save or fetch it again.") as archive:
        names = set(archive.namelist())
        kind = _mimetype(archive) if "mimetype" in names else ""
    if "word/document.xml" in names:
        return ImportFormat.WORD
    if any(name.startswith("xl/") for name in names):
        if "xl/workbook.bin" in names:
            raise UserError(f"{path} is a binary Excel file (.xlsb).", "Save it as .xlsx in Excel.")
        return ImportFormat.EXCEL
    if any(name.startswith("collection.anki2") for name in names):
        return ImportFormat.ANKI
    if kind.startswith(("application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet")):
        return ImportFormat.OPENDOCUMENT
    raise UserError(*_zip_told(names, kind, path))


def _mimetype(archive: zipfile.ZipFile) -> str:
    with archive.open("mimetype") as file:
        return file.read(200).decode("ascii", "replace")


def _zip_told(names: set[str], kind: str, path: Path) -> tuple[str, str]:
    lowered = [name.lower() for name in names]
    if any(name.startswith("ppt/") for name in names):
        return (f"{path} is a PowerPoint file.",
                "In PowerPoint, save the outline (.rtf) or copy the slides' text into a text file.")  # fmt: skip
    if kind.startswith("application/vnd.oasis.opendocument"):
        return f"{path} is an OpenDocument presentation or drawing.", "Copy its text into a text file."
    if kind.startswith("application/epub"):
        return f"{path} is an e-book.", "Copy the questions into a text file."
    if any(name.endswith(".iwa") for name in lowered):
        return (f"{path} is a Pages, Numbers or Keynote file.",
                "In that program, choose File and Export to Word, Excel or CSV.")  # fmt: skip
    if any(name.endswith((".yaml", ".yml")) for name in lowered):
        return f"{path} is a zip with banks.", f"'second-round banks install {path}' installs them."
    if names & {"manifest.json", "feedback.json"}:
        return (f"{path} holds practised sessions or a coach's feedback, no list of questions.",
                "Take it in among past sessions, or into a class.")  # fmt: skip
    if not names:
        return f"{path} is an empty zip file.", "Choose the file that has the questions."
    inside = ", ".join(sorted(names)[:3])
    return f"{path} is a zip file ({inside[:120]}).", "Unpack it first, then import the file with the questions."

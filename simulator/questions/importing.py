"""Makes a bank of whatever list of questions somebody has: tables, Markdown, text, JSON, Anki, another bank.

Nothing is lost: each line of the file is in a question, is listed as unused with the reason, or only says
what the others are. Kind and competency are guessed where the file does not say them, and marked as guesses.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from simulator.problems import Problem
from simulator.questions.gathering import Format, Gathering, Head, Import, Imported, Unused
from simulator.questions.import_data import gather_json, gather_yaml
from simulator.questions.import_markdown import gather_markdown
from simulator.questions.import_tables import find_delimiter, gather_anki, gather_table, is_anki
from simulator.questions.import_text import LINE_ENDS, gather_text
from simulator.yaml_nodes import quiet_collector, read_raw

__all__ = ["Format", "Head", "Import", "Imported", "Unused", "find_format", "import_text", "read_import"]

_ENDINGS = {
    ".csv": Format.CSV, ".tsv": Format.TSV, ".tab": Format.TSV, ".md": Format.MARKDOWN, ".markdown": Format.MARKDOWN,
    ".json": Format.JSON, ".jsonl": Format.JSON, ".ndjson": Format.JSON, ".yaml": Format.BANK, ".yml": Format.BANK,
}  # fmt: skip
_FOREIGN = (
    (b"PK\x03\x04", "This is a zip file, or a Word, Excel or OpenDocument file.",
     "Save the document as CSV or text first; 'second-round banks install' takes zip files of banks."),
    (b"%PDF", "This is a PDF file.", "Copy its text into a text file first."),
    (b"\xd0\xcf\x11\xe0", "This is an old Word or Excel file.", "Save it as CSV or text first."),
    (b"{\\rtf", "This is an RTF file.", "Save it as plain text first."),
    (b"SQLite format 3", "This is a database.", "In Anki, choose 'Notes in plain text' when you export."),
)  # fmt: skip


def read_import(
    path: Path, form: Format | None = None, rubrics: Sequence[str] | None = None, every_line: bool = False
) -> Import:
    """Read a file. `form` says what it is where its name and words do not; `rubrics` are those there are.

    Raises BrokenFile (with the place) where it cannot be read at all, Problem where it is no text.
    """
    text, notes = _decode(read_raw(path), path)
    return import_text(text, path, form, rubrics, every_line, notes)


def import_text(
    text: str,
    path: Path,
    form: Format | None = None,
    rubrics: Sequence[str] | None = None,
    every_line: bool = False,
    notes: Sequence[str] = (),
) -> Import:
    """Read a text; `path` is its name. With `every_line` each line of a text is a question."""
    found = form or find_format(text, path.suffix)
    gathering = Gathering(str(path), rubrics)
    gathering.notes.extend(notes)
    ways: dict[Format, Callable[[], None]] = {
        Format.CSV: lambda: gather_table(text, gathering),
        Format.TSV: lambda: gather_table(text, gathering, "\t"),
        Format.MARKDOWN: lambda: gather_markdown(text, gathering, every_line),
        Format.TEXT: lambda: gather_text(text, gathering, every_line),
        Format.JSON: lambda: gather_json(text, gathering, path),
        Format.ANKI: lambda: gather_anki(text, gathering),
        Format.BANK: lambda: gather_yaml(text, gathering, path),
    }
    with quiet_collector(len(text)):
        ways[found]()
        return gathering.finish(found)


def find_format(text: str, suffix: str = "") -> Format:
    """What a text is, by the ending of its name and by its first lines."""
    if is_anki(text):
        return Format.ANKI
    known = _ENDINGS.get(suffix.lower())
    if known:
        return known
    start = text[:20_000].lstrip()
    lines = [line for line in LINE_ENDS.split(start) if line.strip()][:60]
    if not lines:
        return Format.TEXT
    if start.startswith(("[", "{")) and start[1:].lstrip()[:1] in ("{", "[", '"', "]", "}"):
        return Format.JSON
    if any(line.startswith(("bank:", "questions:")) for line in lines):
        return Format.BANK
    tabs = sum("\t" in line.strip() for line in lines)
    if tabs > 0.8 * len(lines):
        return Format.TSV
    if any(line.startswith(("# ", "## ", "### ", "| ", "|-")) for line in lines):
        return Format.MARKDOWN
    if _has_csv_header(lines):
        return Format.CSV
    return Format.TEXT


def _has_csv_header(lines: Sequence[str]) -> bool:
    import csv

    from simulator.questions.import_rows import roles_of_header

    delimiter = find_delimiter(lines)
    if delimiter not in lines[0]:
        return False
    return roles_of_header(next(csv.reader([lines[0]], delimiter=delimiter), [])) is not None


def _decode(raw: bytes, path: Path) -> tuple[str, list[str]]:
    for start, what, cure in _FOREIGN:
        if raw.startswith(start):
            raise Problem(f"{path}: {what}", cure)
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            text = raw.decode(encoding, errors="replace")
            return text, ["Some characters could not be read."] if "\ufffd" in text else []
    even, odd = raw[:2000:2].count(b"\0"), raw[1:2000:2].count(b"\0")
    if even + odd > len(raw[:2000]) // 3 and min(even, odd) * 20 < max(even, odd):
        # Half of the bytes of English text in UTF-16 are zero, always the same half.
        return raw.decode("utf-16-le" if odd > even else "utf-16-be", errors="replace"), []
    if even or odd:
        raise Problem(f"{path}: this is not text.", "Save it as text, CSV, Markdown or JSON first.")
    try:
        return raw.decode("utf-8"), []
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
        return text, ["This is not UTF-8; it was read as Windows-1252. Look at letters with accents."]

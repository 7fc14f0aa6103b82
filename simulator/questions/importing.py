"""Makes a bank of whatever list of questions somebody has: tables, documents, decks, quizzes, text, another bank.

Nothing is lost: each line of the file is in a question, is listed as unused with the reason, or only says
what the others are. Kind and competency are guessed where the file does not say them, and marked as guesses.
"""

import csv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from simulator.errors import UserError
from simulator.questions import import_office
from simulator.questions.anki_collection import read_deck
from simulator.questions.gathering import Gathering
from simulator.questions.import_columns import holds_questions
from simulator.questions.import_data import gather_json, gather_yaml
from simulator.questions.import_exchange import gather_gift, gather_moodle, looks_like_gift
from simulator.questions.import_files import known_zip, refuse_foreign
from simulator.questions.import_headings import role_of
from simulator.questions.import_html import html_to_markdown
from simulator.questions.import_markdown import gather_markdown
from simulator.questions.import_outline import item_of
from simulator.questions.import_result import BankHead, Import, Imported, ImportFormat, TableColumn, Unused
from simulator.questions.import_rows import gather_rows
from simulator.questions.import_tables import find_delimiter, gather_anki, gather_notes, gather_table, is_anki
from simulator.questions.import_text import LINE_ENDS, gather_text
from simulator.yaml_nodes import quiet_collector, read_raw

__all__ = [
    "TEXTS",
    "BankHead",
    "Import",
    "ImportFormat",
    "Imported",
    "TableColumn",
    "Unused",
    "find_format",
    "import_text",
    "read_import",
]

_ENDINGS_OF = {
    ImportFormat.CSV: (".csv",),
    ImportFormat.TSV: (
        ".tsv",
        ".tab",
    ),
    ImportFormat.MARKDOWN: (
        ".md",
        ".markdown",
    ),
    ImportFormat.JSON: (
        ".json",
        ".jsonl",
        ".ndjson",
    ),
    ImportFormat.BANK: (
        ".yaml",
        ".yml",
    ),
    ImportFormat.GIFT: (".gift",),
    ImportFormat.HTML: (
        ".html",
        ".htm",
        ".xhtml",
    ),
}
_ENDINGS = {ending: form for form, endings in _ENDINGS_OF.items() for ending in endings}
_PACKED = (ImportFormat.EXCEL, ImportFormat.WORD, ImportFormat.OPENDOCUMENT)
TEXTS = tuple(form for form in ImportFormat if form not in _PACKED)
"""The formats that are text."""


def read_import(
    path: Path,
    form: ImportFormat | None = None,
    rubrics: Sequence[str] | None = None,
    every_line: bool = False,
    mapping: Mapping[str, str] | None = None,
) -> Import:
    """Read a file. `form` says what it is where its name and words do not; `rubrics` are those there are;
    `mapping` says which role a column has, by its heading or number.

    Raises BrokenFile (with the place) where it cannot be read at all, UserError where it is another program's.
    """
    raw = read_raw(path)
    packed = known_zip(raw, path)
    if packed is not None:
        return _read_packed(raw, packed, path, Gathering(str(path), rubrics, mapping), every_line)
    if form in _PACKED:
        raise UserError(f"{path} is no file of this sort.", "Leave --format out: what it is shows by itself.")
    text, notes = _decode(raw, path)
    return import_text(text, path, form, rubrics, every_line, notes, mapping)


def _read_packed(raw: bytes, form: ImportFormat, path: Path, gathering: Gathering, every_line: bool) -> Import:
    if form is ImportFormat.ANKI:
        _gather_deck(raw, path, gathering)
    elif form is ImportFormat.WORD:
        gather_markdown(import_office.read_word(raw, path), gathering, every_line, document=True)
    elif form is ImportFormat.EXCEL:
        sheets, notes = import_office.read_excel(raw, path)
        gathering.notes.extend(notes)
        _gather_sheets(sheets, gathering)
    else:
        content = import_office.read_open_document(raw, path)
        if isinstance(content, str):
            gather_markdown(content, gathering, every_line, document=True)
        else:
            _gather_sheets(content, gathering)
    return gathering.finish(form)


def _gather_sheets(
    sheets: Sequence[tuple[str, Sequence[tuple[Sequence[int], Sequence[str]]]]], gathering: Gathering
) -> None:
    filled = [(name, rows) for name, rows in sheets if rows]
    asking = [holds_questions(rows) for _, rows in filled]
    for (name, rows), asks in zip(filled, asking, strict=True):
        if asks or not any(asking):
            gather_rows(rows, gathering, name if len(filled) > 1 else "")
            continue
        for lines, cells in rows:
            if any(map(str.strip, cells)):
                words = " | ".join(cell for cell in cells if cell.strip())
                gathering.leave(lines[0], words, f"the sheet {name} has no questions")


def _gather_deck(raw: bytes, path: Path, gathering: Gathering) -> None:
    deck = read_deck(raw, path)
    if deck.title:
        gathering.head["title"] = deck.title
    number = 1
    for kind in deck.types:
        gather_notes(kind.fields, kind.notes, number, gathering)
        number += len(kind.notes)


def import_text(
    text: str,
    path: Path,
    form: ImportFormat | None = None,
    rubrics: Sequence[str] | None = None,
    every_line: bool = False,
    notes: Sequence[str] = (),
    mapping: Mapping[str, str] | None = None,
) -> Import:
    """Read a text; `path` is its name. With `every_line` each line of a text is a question."""
    found = form or find_format(text, path.suffix)
    gathering = Gathering(str(path), rubrics, mapping)
    gathering.notes.extend(notes)

    def gather_html() -> None:
        gather_markdown(html_to_markdown(text), gathering, every_line, document=True)

    ways: dict[ImportFormat, Callable[[], None]] = {
        ImportFormat.CSV: lambda: gather_table(text, gathering),
        ImportFormat.TSV: lambda: gather_table(text, gathering, "\t"),
        ImportFormat.MARKDOWN: lambda: gather_markdown(text, gathering, every_line),
        ImportFormat.TEXT: lambda: gather_text(text, gathering, every_line),
        ImportFormat.JSON: lambda: gather_json(text, gathering, path),
        ImportFormat.ANKI: lambda: gather_anki(text, gathering),
        ImportFormat.BANK: lambda: gather_yaml(text, gathering, path),
        ImportFormat.GIFT: lambda: gather_gift(text, gathering),
        ImportFormat.MOODLE: lambda: gather_moodle(text, gathering, path),
        ImportFormat.HTML: gather_html,
    }
    with quiet_collector(len(text)):
        ways[found]()
        return gathering.finish(found)


def find_format(text: str, suffix: str = "") -> ImportFormat:
    """What a text is, by the ending of its name and by its first lines."""
    if is_anki(text):
        return ImportFormat.ANKI
    known = _ENDINGS.get(suffix.lower())
    if known:
        return known
    start = text[:20_000].lstrip()
    lines = [line for line in LINE_ENDS.split(start) if line.strip()][:60]
    if not lines:
        return ImportFormat.TEXT
    if start.startswith("<") and "<quiz" in start[:2_000]:
        return ImportFormat.MOODLE
    if start[:200].lower().startswith(("<!doctype html", "<html", "<?xml")) and "<html" in start[:2_000].lower():
        return ImportFormat.HTML
    if looks_like_gift(lines):
        return ImportFormat.GIFT
    if start.startswith(("[", "{")) and start[1:].lstrip()[:1] in ("{", "[", '"', "]", "}"):
        return ImportFormat.JSON
    if any(line.startswith(("bank:", "questions:")) for line in lines):
        return ImportFormat.BANK
    bare = [item.words if (item := item_of(line)) else line.strip() for line in lines]
    if sum("\t" in line for line in bare) > 0.8 * len(lines):
        return ImportFormat.TSV
    if any(line.startswith(("# ", "## ", "### ", "| ", "|-")) for line in lines):
        return ImportFormat.MARKDOWN
    if _has_csv_header(lines):
        return ImportFormat.CSV
    return ImportFormat.TEXT


def _has_csv_header(lines: Sequence[str]) -> bool:
    delimiter = find_delimiter(lines)
    if delimiter not in lines[0]:
        return False
    roles = [role_of(cell) for cell in next(csv.reader([lines[0]], delimiter=delimiter), [])]
    return "ask" in roles or sum(map(bool, roles)) > 1


def _decode(raw: bytes, path: Path) -> tuple[str, list[str]]:
    refuse_foreign(raw, path)
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            text = raw.decode(encoding, errors="replace")
            return text, ["Some characters could not be read."] if "\ufffd" in text else []
    even, odd = raw[:2000:2].count(b"\0"), raw[1:2000:2].count(b"\0")
    if even + odd > len(raw[:2000]) // 3 and min(even, odd) * 20 < max(even, odd):
        # Half of the bytes of English text in UTF-16 are zero, always the same half.
        return raw.decode("utf-16-le" if odd > even else "utf-16-be", errors="replace"), []
    if even or odd:
        raise UserError(f"{path}: this is not text.", "Save it as text, CSV, Markdown or JSON first.")
    try:
        return raw.decode("utf-8"), []
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
        return text, ["This is not UTF-8; it was read as Windows-1252. Look at letters with accents."]

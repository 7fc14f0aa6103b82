"""Questions out of CSV, TSV and the text files that Anki exports: any sensible headings, or none."""

import csv
import html
import re
from collections.abc import Iterator, Sequence

from simulator.questions.gathering import Gathering
from simulator.questions.import_headings import role_of
from simulator.questions.import_rows import draft_of, gather_rows
from simulator.questions.import_text import LINE_ENDS

_DELIMITERS = "\t;|,"
"""The comma last: sentences have it too, and of two that cut equally well the other is meant."""
_ANKI_SEPARATORS = {
    "tab": "\t", "comma": ",", "semicolon": ";", "space": " ", "pipe": "|", "colon": ":",
}  # fmt: skip
_ANKI_HEAD = re.compile(r"^#(separator|html|tags column|deck column|notetype column|guid column|columns|tags|deck|"
                        r"notetype|if matches):(.*)$", re.IGNORECASE)  # fmt: skip
_LONGEST_RECORD = 60
"""Lines of one record; a longer one is a quote that nobody closed."""

Row = tuple[list[int], list[str]]


def _rows_in_one_line(lines: Sequence[str]) -> list[Row]:
    """The rows of a text whose rows are parted by semicolons, as Quizlet may write them; none for any other."""
    (number, line), *more = [(n, line) for n, line in enumerate(lines, 1) if line.strip()][:2] or [(0, "")]
    parts = [part for part in line.split(";") if part.strip()]
    if more or len(parts) < 2 or any(part.count("\t") != 1 for part in parts):
        return []
    return [([number], part.split("\t")) for part in parts]


def gather_table(text: str, gathering: Gathering, delimiter: str = "") -> None:
    """Gather the rows of CSV (the delimiter is found out) or TSV."""
    lines = LINE_ENDS.split(text)
    if lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:
        delimiter = lines[0].strip()[4]
        gathering.structure(1)
        lines[0] = ""
    if delimiter == "\t" and (in_one := _rows_in_one_line(lines)):
        gather_rows(in_one, gathering)
        return
    rows = _records(lines, delimiter or find_delimiter(lines), gathering)
    gather_rows([(numbers, [_unguarded(cell) for cell in cells]) for numbers, cells in rows], gathering)


def find_delimiter(lines: Sequence[str]) -> str:
    """The character that cuts most of the first lines into equally many cells."""
    sample = [line for line in lines[:200] if line.strip()]
    best, most = ",", 0.0
    for delimiter in _DELIMITERS:
        widths = [len(cells) for _, cells in _plain_records(sample, delimiter)]
        usual = max(set(widths), key=widths.count, default=1)
        steady = widths.count(usual) / max(1, len(widths)) if usual > 1 else 0.0
        if steady > most + 0.05:
            best, most = delimiter, steady
    return best


def _plain_records(lines: Sequence[str], delimiter: str) -> Iterator[Row]:
    reader = csv.reader((line + "\n" for line in lines), delimiter=delimiter, skipinitialspace=True)
    last = 0
    try:
        for cells in reader:
            yield list(range(last + 1, reader.line_num + 1)), cells
            last = reader.line_num
    except csv.Error:
        return


def _records(lines: Sequence[str], delimiter: str, gathering: Gathering) -> Iterator[Row]:
    """The rows with the lines each came from. A quote that nobody closes costs its line, not the rest of the file."""
    start = 0
    while start < len(lines):
        line = lines[start]
        if '"' not in line:
            yield [start + 1], [cell.lstrip(" ") for cell in line.split(delimiter)]
            start += 1
            continue
        window = lines[start : start + _LONGEST_RECORD]
        numbers, cells = next(_plain_records(window, delimiter), ([1], []))
        open_to_the_end = numbers[-1] == len(window) > 1 and "\n".join(window).count('"') % 2
        if not cells or open_to_the_end:
            gathering.notes.append(f"Line {start + 1}: a quote is opened and not closed; it was read without it.")
            numbers, cells = [1], [cell.strip().strip('"') for cell in line.split(delimiter)]
        yield [start + number for number in numbers], cells
        start += numbers[-1]


def _unguarded(cell: str) -> str:
    """A cell without the apostrophe that keeps spreadsheets from reading it as a formula (see `exporting`)."""
    return cell[1:] if re.match("'+[=+\\-@]", cell) else cell


def is_anki(text: str) -> bool:
    """Whether a text begins as Anki's exports do."""
    return bool(_ANKI_HEAD.match(LINE_ENDS.split(text[:200])[0]))


def gather_anki(text: str, gathering: Gathering) -> None:
    """Gather the notes of an Anki text export: the first field asks, the second is the guidance."""
    lines = LINE_ENDS.split(text)
    head: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if not line.startswith("#"):
            continue
        found = _ANKI_HEAD.match(line)
        if not found:
            gathering.leave(number, line, "it is a comment")
            lines[number - 1] = ""
            continue
        head.setdefault(found[1].lower(), found[2].strip("\r\n"))
        gathering.structure(number)
        lines[number - 1] = ""
    named = head.get("separator", "tab").strip()
    delimiter = _ANKI_SEPARATORS.get(named.lower(), named[:1] or "\t")
    if head.get("deck"):
        gathering.head["title"] = head["deck"].replace("::", ", ")
    special = {_number(head.get(f"{name} column", "")): name for name in ("tags", "deck", "notetype", "guid")}
    marked_up = head.get("html", "true").strip().lower() != "false"
    for numbers, cells in _records(lines, delimiter, gathering):
        if not any(cell.strip() for cell in cells):
            continue
        fields: list[str] = []
        values: list[tuple[str, str]] = []
        for place, cell in enumerate(cells, 1):
            name = special.get(place, "")
            if name == "tags":
                values += _tags(cell)
            elif not name:
                fields.append(field_words(cell) if marked_up else cell)
        ours = any(role == "id" for role, _ in values)
        names = ["ask", "guidance" if ours else "answer"]
        values += [(names[index] if index < 2 else "guidance", text) for index, text in enumerate(fields)]
        if draft_of(gathering, numbers, values) is None:
            for line in numbers:
                gathering.leave(line, lines[line - 1], "the first field is empty")


def gather_notes(
    names: Sequence[str], notes: Sequence[tuple[Sequence[str], str]], first: int, gathering: Gathering
) -> None:
    """Gather the notes of one sort of an Anki deck, numbered from `first`: fields by their names, and tags."""
    headed = [name if role_of(name) else "" for name in names]
    rows = []
    for number, (fields, tags) in enumerate(notes, first):
        rows.append(([number], [*(" ".join(field_words(each).split()) for each in fields[: len(names)]), tags]))
    if any(headed):
        # Fields are known by their names: "Front" asks, "Back" answers.
        gather_rows([([0], [*names, "Tags"]), *rows], gathering)
    else:
        gather_rows(rows, gathering)


def _number(text: str) -> int:
    return int(text) if text.strip().isdecimal() and len(text.strip()) < 4 else 0


def _tags(cell: str) -> list[tuple[str, str]]:
    """Anki tags: ours ("kind::closing") are fields again, the others stay tags."""
    values: list[tuple[str, str]] = []
    for tag in cell.split():
        name, _, value = tag.partition("::")
        role = {"id": "id", "kind": "kind", "competency": "competency", "rubric": "rubrics", "target": "target"}.get(
            name
        )
        values.append((role, value) if role and value else ("tags", tag.replace("_", " ")))
    return values


def field_words(field: str) -> str:
    """A field of HTML as words; clozes are filled in."""
    text = re.sub(r"\{\{c\d+::(.*?)(?:::.*?)?\}\}", r"\1", field)
    text = re.sub(r"\[sound:[^\]]*\]", " ", text)
    text = re.sub(r"(?<=[^\s.!?;:,>])\s*</li>\s*<li\b[^<>]*>", "; ", text, flags=re.IGNORECASE)
    text = re.sub(r"<(?:br|/?div|/?p|/?li|hr)\b[^<>]*>", " ", text, flags=re.IGNORECASE)
    return html.unescape(re.sub(r"</?[A-Za-z][^<>]*>", "", text))

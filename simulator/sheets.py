"""Rows and columns out and in: a table for the terminal, CSV, Excel sheets.

Text that a spreadsheet would run as a formula gets an apostrophe before it in CSV, and is a plain text in a sheet.
"""

import csv
import io
import unicodedata
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path

from simulator.errors import UserError
from simulator.texts import not_there, read_bytes, unreadable
from simulator.zip_files import check_archive

Cell = str | int | float | None
Row = Sequence[Cell]

FORMULA_SIGNS = tuple("=+-@\t\r\n＝＋－＠")
"""Signs at the start of a cell that make a spreadsheet take it for a formula, their wide forms too."""
MOST_BYTES = 64_000_000
LONGEST_FIELD = 1_000_000
"""Characters of one cell of a CSV file: an answer of many hours."""
WIDEST = 40
"""Columns of a cell in a table for the terminal."""
NARROWEST = 8
"""No cell is cut to less, however little room there is."""


def harmless(value: object) -> object:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it."""
    if isinstance(value, str) and value.lstrip(" ")[:1] in FORMULA_SIGNS:
        return f"'{value}"
    return value


def csv_text(header: Row, rows: Sequence[Row]) -> str:
    """The rows as CSV (RFC 4180): commas, a header, CR LF."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in (header, *rows))
    return out.getvalue()


def sheet_bytes(sheets: Sequence[tuple[str, Row, Sequence[Row]]]) -> bytes:
    """An Excel file with these sheets: a title, the header and the rows of each. The header stays in sight."""
    from openpyxl import Workbook  # late
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # late
    from openpyxl.styles import Font  # late
    from openpyxl.utils import get_column_letter  # late

    book = Workbook()
    book.remove(book.active)
    for title, header, rows in sheets:
        sheet = book.create_sheet(title[:31])
        for line, row in enumerate((header, *rows), 1):
            for column, value in enumerate(row, 1):
                cell = sheet.cell(line, column)
                if isinstance(value, str):
                    # Set as a text: "=1+1" stays what it is, and signs that the format cannot hold go.
                    cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)
                    cell.data_type = "s"
                elif value is not None:
                    cell.value = value
                if line == 1:
                    cell.font = Font(bold=True)
        sheet.freeze_panes = "A2"
        for column in range(len(header)):
            longest = max((len(_shown(row[column])) for row in (header, *rows)), default=0)
            sheet.column_dimensions[get_column_letter(column + 1)].width = min(60, longest + 2)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def table_lines(header: Row, rows: Sequence[Row], room: int = 0) -> list[str]:
    """The rows as lines for a terminal, columns under each other; numbers stand to the right.

    With `room` lines have at most so many columns where that can be: the widest cells are cut.
    """
    cells = [[_printable(_shown(cell)) for cell in row] for row in (header, *rows)]
    columns = range(len(header))
    widths = [min(WIDEST, max(_width(row[at]) for row in cells)) for at in columns]
    while room and sum(widths) + 2 * (len(widths) - 1) > room and max(widths) > NARROWEST:
        widths[widths.index(max(widths))] -= 1
    numbers = [bool(rows) and all(isinstance(row[at], (int, float, type(None))) for row in rows) for at in columns]
    lines = []
    for row in cells:
        padded = []
        for cell, width, right in zip(row, widths, numbers, strict=True):
            cut = _cut(cell, width)
            space = " " * (width - _width(cut))
            padded.append(space + cut if right else cut + space)
        lines.append("  ".join(padded).rstrip())
    return lines


def _shown(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{cell:.1f}"
    return "" if cell is None else " ".join(str(cell).split())


def _printable(text: str) -> str:
    """Text that cannot steer the terminal."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)


def _cut(text: str, widest: int) -> str:
    while _width(text) > widest:
        text = text[:-2] + "…"
    return text


def _width(text: str) -> int:
    """Columns of a terminal: wide characters take two, marks on a letter none."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def rows_in(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a .csv or .xlsx file below its header: the line's number in the file, and its cells by column.

    Empty rows are left out. Raises UserError for what is neither, cannot be read, or has no header.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UserError(f"{path} has more than {MOST_BYTES // 1_000_000} MB.", "Give it in parts.")
        numbered = enumerate(_cells(path), 1)
        header_at, header = next(((at, row) for at, row in numbered if any(row)), (0, ()))
    except FileNotFoundError:
        raise not_there(path) from None
    except OSError as error:
        raise unreadable(path, error) from None
    names = [name.strip() for name in header]
    while names and not names[-1]:
        names.pop()
    if not header_at:
        raise UserError(f"{path} is empty.", "Its first row names the columns, as 'question' and 'text'.")
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise UserError(f"{path}:{header_at}: two columns are named '{twice}'.", "Give each a name of its own.")
    for at, row in numbered:
        if any(cell.strip() for cell in row):
            if any(cell.strip() for cell in row[len(names) :]):
                raise UserError(f"{path}:{at}: this row has more cells than the header.", "Put texts into quotes.")
            yield at, dict(zip(names, [*row, *[""] * (len(names) - len(row))], strict=False))


def _cells(path: Path) -> Iterator[list[str]]:
    if path.suffix.lower() == ".xlsx":
        yield from _sheet_cells(path)
        return
    csv.field_size_limit(LONGEST_FIELD)
    try:
        text = read_bytes(path, MOST_BYTES, "Give it in parts.").decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(f"{path} is not UTF-8 text.", "Save it as 'CSV UTF-8' and try again.") from None
    first = text.split("\n", 1)[0]
    # Where a comma is the decimal sign, spreadsheets write semicolons between cells.
    delimiter = max(",;\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise UserError(f"{path} is no CSV: {error}.", "Save it anew from the spreadsheet.") from None


def _sheet_cells(path: Path) -> Iterator[list[str]]:
    from openpyxl import load_workbook  # late

    raw = read_bytes(path, MOST_BYTES, "Give it in parts.")
    check_archive(raw, str(path))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(values_only=True) if book.worksheets else ()
        yield from (["" if cell is None else str(cell) for cell in row] for row in rows)
    except Exception as error:  # noqa: BLE001 - the library raises bare kinds of its own for each broken part
        message = f"{path} is no Excel sheet that can be read ({type(error).__name__})."
        raise UserError(message, "Save it anew as .xlsx.") from None

"""Sheets and documents of office programs: Excel (.xlsx), Word (.docx), OpenDocument (.odt, .ods).

They are zips with XML in them, checked before any library opens one.
"""

import datetime
import html
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from simulator.errors import UserError
from simulator.questions.import_columns import Row
from simulator.questions.import_html import html_to_markdown
from simulator.zip_files import check_archive

MOST_ROWS = 200_000
MOST_COLUMNS = 60
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_REPEATED = 50
"""Times that one cell or row may stand for; more are the empty rest of the sheet."""
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
"""
_DEEPER = "".join(
    f"p[style-name='List {sort} {level}'] => {'ul|ol > li > ' * (level - 1)}{tag} > li:fresh\n"
    for sort, tag in (("Bullet", "ul"), ("Number", "ol"), ("Continue", "ul"))
    for level in (2, 3, 4, 5)
)
"""The styles by which Word puts a list below another, whatever level their numbers say."""
_HINT = "Save it again in the program it comes from, or as CSV or text."


def read_excel(raw: bytes, path: Path) -> tuple[list[tuple[str, list[Row]]], list[str]]:
    """The visible sheets, each with its name and rows of texts, and notes. Raises UserError."""
    import openpyxl  # late

    check_archive(raw, str(path))
    notes: list[str] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
            sheets: list[tuple[str, list[Row]]] = []
            for sheet in book.worksheets:
                if sheet.sheet_state != "visible":
                    notes.append(f"The sheet '{sheet.title}' is hidden and was not read.")
                    continue
                sheet.reset_dimensions()
                rows: list[Row] = []
                for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
                    if number > MOST_ROWS:
                        notes.append(f"Of the sheet '{sheet.title}' the first {MOST_ROWS:,} rows were read.")
                        break
                    if len(cells) > MOST_COLUMNS and any(cell is not None for cell in cells[MOST_COLUMNS:]):
                        notes.append(f"Row {number}: only the first {MOST_COLUMNS} columns were read.")
                    rows.append(([number], [_cell(cell) for cell in cells[:MOST_COLUMNS]]))
                sheets.append((sheet.title, rows))
            book.close()
    except UserError:
        raise
    except Exception as error:  # noqa: BLE001 - the library raises bare kinds of its own for each broken part
        raise UserError(f"{path} cannot be read as an Excel file ({type(error).__name__}).", _HINT) from None
    return sheets, notes


def _cell(value: object) -> str:
    """A cell as it is seen; a time of day was typed as minutes and seconds."""
    if value is None:
        return ""
    if isinstance(value, datetime.time):
        value = datetime.timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    if isinstance(value, datetime.timedelta):
        seconds = int(value.total_seconds())
        # "1:30" in a cell is an hour and a half to the program, and a minute and a half to whoever typed it.
        minutes = seconds // 60 if seconds >= 3600 and seconds % 60 == 0 else seconds
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def read_word(raw: bytes, path: Path) -> str:
    """A Word document as Markdown. Raises UserError."""
    import mammoth  # late

    check_archive(raw, str(path))
    try:
        result = mammoth.convert_to_html(
            io.BytesIO(raw), style_map=_STYLES + _DEEPER, convert_image=mammoth.images.img_element(lambda image: {})
        )
    except Exception as error:  # noqa: BLE001 - the library raises bare kinds of its own for each broken part
        raise UserError(f"{path} cannot be read as a Word file ({type(error).__name__}).", _HINT) from None
    return html_to_markdown(result.value)


def read_open_document(raw: bytes, path: Path) -> str | list[tuple[str, list[Row]]]:
    """An OpenDocument text as Markdown, or the sheets of a spreadsheet. Raises UserError."""
    check_archive(raw, str(path))
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            root = ElementTree.fromstring(archive.read("content.xml"))
    except (KeyError, ElementTree.ParseError, ValueError) as error:
        raise UserError(f"{path} cannot be read as an OpenDocument file ({type(error).__name__}).", _HINT) from None
    sheet = root.find(f".//{_OFFICE}spreadsheet")
    if sheet is not None:
        return [(table.get(f"{_TABLE}name", ""), list(_rows(table))) for table in sheet.findall(f"{_TABLE}table")]
    body = root.find(f".//{_OFFICE}text")
    if body is None:
        raise UserError(f"{path} is an OpenDocument file without text.", "Save the questions as a text or a sheet.")
    try:
        return html_to_markdown("".join(_as_html(body, _bold_styles(root), _list_kinds(root))))
    except RecursionError:
        raise UserError(f"{path} is nested too deeply.", _HINT) from None


def _rows(table: ElementTree.Element) -> Iterator[Row]:
    number = 0
    for row in table.iter(f"{_TABLE}table-row"):
        cells: list[str] = []
        for cell in row:
            if cell.tag.endswith("table-cell"):
                times = min(_count(cell, "number-columns-repeated"), _REPEATED)
                cells += [" ".join("".join(part.itertext()) for part in cell.iter(f"{_TEXT}p"))] * times
        for _ in range(min(_count(row, "number-rows-repeated"), _REPEATED)):
            number += 1
            if number > MOST_ROWS:
                return
            if any(cell.strip() for cell in cells):
                yield [number], cells[:MOST_COLUMNS]


def _count(element: ElementTree.Element, name: str) -> int:
    text = element.get(f"{_TABLE}{name}", "1")
    return int(text) if text.isdecimal() and len(text) < 8 else 1


def _bold_styles(root: ElementTree.Element) -> set[str]:
    """The names of paragraph and text styles that are bold throughout."""
    fo = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}font-weight"
    style = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
    return {
        each.get(f"{style}name", "")
        for each in root.iter(f"{style}style")
        for properties in each.findall(f"{style}text-properties")
        if properties.get(fo) == "bold"
    }


def _list_kinds(root: ElementTree.Element) -> dict[str, str]:
    """Whether the lists of a style are numbered ("ol") or have bullets ("ul")."""
    style = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
    return {
        each.get(f"{style}name", ""): "ol" if each.find(f"{_TEXT}list-level-style-number") is not None else "ul"
        for each in root.iter(f"{_TEXT}list-style")
    }


def _as_html(element: ElementTree.Element, bold: set[str], lists: dict[str, str], kind: str = "ul") -> Iterator[str]:
    """The blocks of an OpenDocument text as HTML."""
    for part in element:
        name = part.tag.rpartition("}")[2]
        if name == "h":
            level = part.get(f"{_TEXT}outline-level", "1")
            tag = f"h{level if level in '123456' and level else 6}"
            yield f"<{tag}>{_inline(part)}</{tag}>"
        elif name == "p":
            strong = part.get(f"{_TEXT}style-name") in bold or _all_bold(part, bold)
            words = _inline(part)
            title = (part.get(f"{_TEXT}style-name") or "").lower() == "title"
            yield f"<h1>{words}</h1>" if title else f"<p><b>{words}</b></p>" if strong else f"<p>{words}</p>"
        elif name == "list":
            own = lists.get(part.get(f"{_TEXT}style-name", ""), kind)
            yield f"<{own}>"
            for item in part:
                yield "<li>"
                yield from _as_html(item, bold, lists, own)
                yield "</li>"
            yield f"</{own}>"
        elif name == "table":
            yield "<table>"
            for row in part.iter(f"{_TABLE}table-row"):
                cells = (cell for cell in row if cell.tag.endswith("table-cell"))
                words = "".join(
                    f"<td>{' '.join(_inline(each) for each in cell.iter(f'{_TEXT}p'))}</td>" for cell in cells
                )
                yield f"<tr>{words}</tr>"
            yield "</table>"
        elif name in ("section", "list-header", "index-body"):
            yield from _as_html(part, bold, lists, kind)


def _all_bold(part: ElementTree.Element, bold: set[str]) -> bool:
    spans = list(part)
    return bool(spans) and not (part.text or "").strip() and all(
        span.get(f"{_TEXT}style-name") in bold and not (span.tail or "").strip() for span in spans
    )  # fmt: skip


def _inline(part: ElementTree.Element) -> str:
    """The words of a paragraph; remarks and changes beside the text are not of it."""
    pieces = [html.escape(part.text or "")]
    for child in part:
        name = child.tag.rpartition("}")[2]
        if name == "tab":
            pieces.append("\t")
        elif name == "line-break":
            pieces.append("<br>")
        elif name == "s":
            pieces.append(" ")
        elif name not in ("annotation", "note", "tracked-changes", "frame"):
            pieces.append(_inline(child))
        pieces.append(html.escape(child.tail or ""))
    return re.sub(r" {2,}", " ", "".join(pieces))

"""Rows and columns: CSV and sheets come back as they went, tables fit the terminal."""

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from simulator.errors import UserError
from simulator.sheets import FORMULA_SIGNS, csv_text, rows_in, sheet_bytes, table_lines

CELLS = st.none() | st.integers(-99, 99) | st.text(max_size=30)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=4), st.integers(30, 120))
def test_lines_are_as_wide_as_there_is_room_and_steer_nothing(rows: list[list[str | int | None]], room: int) -> None:
    lines = table_lines(["one", "two", "three"], rows, room)
    assert len(lines) == len(rows) + 1
    assert all(line.isprintable() for line in lines)
    # Wide characters take two columns.
    assert all(len(line) <= room for line in lines)


@given(st.lists(st.tuples(st.text(max_size=9), st.sampled_from(FORMULA_SIGNS)), min_size=1, max_size=4))
def test_no_cell_of_csv_is_a_formula(cells: list[tuple[str, str]]) -> None:
    text = csv_text(["a"], [[sign + rest] for rest, sign in cells])
    for row in list(csv.reader(io.StringIO(text)))[1:]:
        assert not row[0].lstrip(" ").startswith(FORMULA_SIGNS)


def test_a_sheet_holds_texts_as_texts_and_numbers_as_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(sheet_bytes([("One", ["name", "level"], [["=1+1", 2.5], ["a\x00b", None]]), ("Two", ["x"], [])]))
    book = load_workbook(path)
    assert book.sheetnames == ["One", "Two"]
    assert [[cell.value for cell in row] for row in book["One"]] == [["name", "level"], ["=1+1", 2.5], ["a�b", None]]
    assert book["One"]["A2"].data_type == "s"
    assert [row for _, row in rows_in(path)] == [{"name": "=1+1", "level": "2.5"}, {"name": "a�b", "level": ""}]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_of_any_spreadsheet_is_read(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    lines = [["name", " level "], ["Amara", "2"], ["", ""], ["Bru\nno", "3"]]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(lines)
    path.write_bytes(out.getvalue().encode("utf-8-sig"))
    assert [row for _, row in rows_in(path)] == [{"name": "Amara", "level": "2"}, {"name": "Bru\nno", "level": "3"}]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00n", b"PK\x03\x04 no zip", b""])
def test_what_is_no_table_is_a_problem(tmp_path: Path, content: bytes) -> None:
    for name in ("a.csv", "a.xlsx"):
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError):
        list(rows_in(tmp_path / "a.xlsx"))
    if content != b"PK\x03\x04 no zip":
        with pytest.raises(UserError):
            list(rows_in(tmp_path / "a.csv"))


def sheet_with(part: str, change: Callable[[bytes], bytes]) -> bytes:
    """An Excel file with one of its parts changed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(sheet_bytes([("One", ["a"], [["b"]])]))) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(name, change(source.read(name)) if name == part else source.read(name))
    return out.getvalue()


def test_a_sheet_may_name_no_other_files_and_not_grow_without_end(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(sheet_with("xl/workbook.xml", lambda xml: b'<!DOCTYPE a [<!ENTITY a "b">]>' + xml))
    with pytest.raises(UserError, match="document type"):
        list(rows_in(path))
    path.write_bytes(sheet_with("docProps/core.xml", lambda xml: bytes(200_000_001)))
    with pytest.raises(UserError, match="unpacks to more"):
        list(rows_in(path))


def test_a_sheet_whose_packing_is_damaged_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    raw = bytearray(sheet_bytes([("One", ["a"], [["b"]])]))
    at = raw.index(b"docProps/core.xml") + len("docProps/core.xml")
    raw[at + 2 : at + 12] = b"\xff" * 10
    path.write_bytes(raw)
    with pytest.raises(UserError, match="damaged"):
        list(rows_in(path))

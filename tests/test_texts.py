"""Texts and JSON that people hand in: a sentence for every fault, and never more than a bounded size."""

import io
import os
import sys
import zipfile
from pathlib import Path

import pytest

from simulator.errors import UserError, WrongUse
from simulator.texts import did_you_mean, read_json, read_plain_text

WRONG = {
    "deep lists": ("[" * 200_000, "nested too deeply"),
    "deep objects": ('{"a":' * 100_000, "nested too deeply"),
    "a long number": ("9" * 5_000, "a number in it is far too long"),
    "half of a character in a text": ('["\\ud800"]', "half of a character (U+D800)"),
    "half of a character in a key": ('{"a": {"\\uDFFF": 1}}', "half of a character (U+DFFF)"),
    "half of a character as it is": ('["\udc80"]', "half of a character (U+DC80)"),
    "no number": ("[NaN]", "NaN is no number"),
    "no number either": ("[-Infinity]", "-Infinity is no number"),
    "nothing": ("", "is not JSON"),
    "a second line": ('{"a": 1,\n b: 2}', "(line 2, column 2)"),
}


@pytest.mark.parametrize(("text", "says"), WRONG.values(), ids=list(WRONG))
def test_what_is_no_json_is_a_sentence(text: str, says: str) -> None:
    with pytest.raises(UserError) as told:
        read_json(text, "The file", "Write it anew.")
    assert says in str(told.value)
    assert str(told.value).startswith("The file ")
    assert str(told.value).endswith("Write it anew.")


def test_both_halves_of_a_character_are_one() -> None:
    assert read_json('["\\ud83d\\ude00"]', "It", "") == ["\U0001f600"]


def test_a_file_of_more_than_its_size_is_told(tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    path.write_text("a" * 1_000)
    assert len(read_plain_text(path, 1_000)) == 1_000
    path.write_text("a" * 1_001)
    with pytest.raises(UserError, match="more than 1 kB"):
        read_plain_text(path, 1_000)


@pytest.mark.skipif(sys.platform == "win32", reason="devices and pipes of POSIX")
def test_a_device_without_an_end_is_told_and_a_pipe_is_read(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="more than 2 MB"):
        read_plain_text(Path("/dev/zero"), 2_000_000)
    reads, writes = os.pipe()
    os.write(writes, b"some words")
    os.close(writes)
    assert read_plain_text(Path(f"/dev/fd/{reads}")) == "some words"


def test_what_is_no_file_is_wrong_use(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nothing", Path("a\0b")):
        with pytest.raises((WrongUse, UserError)) as told:
            read_plain_text(path)
        assert str(told.value)


def zipped(inside: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        # Its time stays the same: the bytes name the test, and every worker must find the same tests.
        archive.writestr(zipfile.ZipInfo(inside), "words")
    return made.getvalue()


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"%PDF-1.4\n1 0 obj", "a PDF file"),
        (b"{\\rtf1 Mina Park}", "an RTF file"),
        (b"\x89PNG\r\n\x1a\n\0\0", "an image"),
        (b"ID3\x03\0", "a sound file"),
        (zipped("word/document.xml"), "a Word file"),
        (zipped("xl/workbook.xml"), "an Excel file"),
        (zipped("names.txt"), "a zip file"),
    ],
)
def test_a_file_of_another_program_is_named_with_what_to_give(raw: bytes, what: str, tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_bytes(raw)
    with pytest.raises(UserError, match=f"names.txt is {what}, not plain text. One name a line."):
        read_plain_text(path, wanted="One name a line.")


def test_a_text_may_begin_like_a_file_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    for words in ("MZ Ali", "PK Rao", "ID3 is a format, I said"):
        path.write_text(words, encoding="utf-8")
        assert read_plain_text(path) == words


@pytest.mark.skipif(sys.platform == "win32", reason="links are different there")
def test_a_link_in_a_circle_is_told_as_a_link(tmp_path: Path) -> None:
    path = tmp_path / "circle"
    path.symlink_to(path)
    with pytest.raises(UserError, match="Check where it leads"):
        read_plain_text(path)


def test_a_near_name_is_offered_whatever_its_case() -> None:
    assert did_you_mean("STORYS", ["Stories", "job"], "nothing near") == "Did you mean 'Stories'?"
    assert did_you_mean("banks", ["stories", "job"], "nothing near") == "nothing near"

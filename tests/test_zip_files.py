"""Zips that are damaged, in every compression and at every reader: a sentence, never a traceback."""

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.classroom.handing_back import is_feedback_file
from simulator.errors import UserError
from simulator.paths import user_paths
from simulator.questions.installing import read_package
from simulator.sessions.archive import is_recording_of
from simulator.sessions.archive_reading import read_archive
from simulator.sessions.store import Store
from simulator.sharing import is_package
from simulator.speech.model_archives import unpack_model
from simulator.zip_files import leads_outside

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
MEMBERS = {
    "manifest.json": b'{"format": "second-round-history", "version": 1}' + b" " * 50,
    "documents.json": b"{}",
    "b.yaml": b"bank: b\ntitle: B\nquestions:\n  - {id: a, ask: Why?, kind: motivation}\n" * 3,
    "am/final.mdl": bytes(range(256)) * 4,
}


OUTSIDE = (
    "../e",
    "/e",
    "a/../../e",
    "a/..",
    "..\\e",
    "\\e",
    "a\\..\\e",
    "\\\\host\\e",
    "C:e",
    "C:/e",
    "a/C:\\e",
    "a\0e",
)


@pytest.mark.parametrize("name", OUTSIDE)
def test_names_lead_outside_on_any_system(name: str) -> None:
    assert leads_outside(name)


@pytest.mark.parametrize("name", ["a.yaml", "a/b.yaml", "a/", "a\\b.yaml", "a..b.yaml", "...", "Nursing 24:25.yaml"])
def test_other_names_do_not(name: str) -> None:
    assert not leads_outside(name)


@pytest.mark.parametrize("name", OUTSIDE[:-1])
def test_no_reader_takes_a_name_that_leads_outside(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}.yaml" if not name.endswith("..") else f"{name}/e.yaml", MEMBERS["b.yaml"])
    assert not read_package(path).files
    with pytest.raises(UserError, match="not safe"):
        read_model(path)
    assert not is_recording_of("a", name)


def read_history(path: Path) -> None:
    store = Store(path.with_suffix(".sqlite3"))
    try:
        read_archive(path, store, user_paths().recordings)
    finally:
        store.close()


def read_model(path: Path) -> None:
    folder = path.with_suffix("")
    folder.mkdir(exist_ok=True)
    unpack_model(path, folder, lambda done, total: None, lambda: False)


READERS = {"history": read_history, "package": lambda path: read_package(path), "model": read_model}


def packed(method: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in MEMBERS.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("reader", READERS)
def test_a_damaged_zip_is_a_sentence(tmp_path: Path, method: int, reader: str) -> None:
    read: Callable[[Path], object] = READERS[reader]
    whole, chance = packed(method), random.Random(method)
    for number in range(16):
        raw = bytearray(whole)
        if number == 0:
            # The packed bytes of the first entry, its header left whole.
            at = raw.find(b"manifest.json") + len("manifest.json")
            raw[at + 5 : at + 25] = b"\xff" * 20
        else:
            for _ in range(6):
                raw[chance.randrange(len(raw))] = chance.randrange(256)
        path = tmp_path / f"{number}.zip"
        path.write_bytes(raw)
        try:
            read(path)
        except UserError as problem:
            assert str(problem)  # noqa: PT017


def test_a_file_without_a_name_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x", b"a")
    path.write_bytes(path.read_bytes().replace(b"x", b"\0"))
    for read in READERS.values():
        with pytest.raises(UserError, match="damaged or not a zip"):
            read(path)


@pytest.mark.parametrize("is_one", [is_package, is_feedback_file])
def test_what_a_zip_is_for_is_asked_of_any_bytes(tmp_path: Path, is_one: Callable[[Path], bool]) -> None:
    path, whole = tmp_path / "a.zip", packed(zipfile.ZIP_DEFLATED)
    path.write_bytes(whole)
    assert is_one(path) == (is_one is is_package)
    entry = whole.find(b"PK\x01\x02")
    for at in range(entry, entry + 46):
        path.write_bytes(whole[:at] + b"\xff" + whole[at + 1 :])
        assert is_one(path) in (True, False)


@pytest.mark.parametrize("reader", READERS)
def test_a_zip_that_is_cut_short_is_told_as_a_zip(tmp_path: Path, reader: str) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(packed(zipfile.ZIP_DEFLATED)[:-30])
    with pytest.raises(UserError, match="damaged or not a zip"):
        READERS[reader](path)


def test_a_zip_with_a_password_is_told_as_that(tmp_path: Path) -> None:
    path, raw = tmp_path / "a.zip", bytearray(packed(zipfile.ZIP_DEFLATED))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := raw.find(mark, at + 1)) >= 0:
            raw[at + flags] |= 1
    path.write_bytes(raw)
    for read in (read_history, read_model):
        with pytest.raises(UserError, match="locked with a password"):
            read(path)

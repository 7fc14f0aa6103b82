"""Installing what others shared: whole or not at all, and safe against hostile archives."""

import io
import stat
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from simulator.errors import UserError
from simulator.questions import installing
from simulator.questions.bank_files import read_bank
from simulator.questions.exporting import package
from simulator.questions.installing import check_package, install_package, read_package
from simulator.yaml_nodes import BrokenFile, Finding
from tests.questions.some_banks import BANK, bank

RUBRIC = "rubric: calm_voice\ntitle: Calm\n"


def zipped(
    tmp_path: Path, entries: Iterable[tuple[str | zipfile.ZipInfo, str | bytes]], name: str = "shared.zip"
) -> Path:
    """A zip of names and texts (or ready ZipInfo keys)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in entries:
            archive.writestr(entry, content)
    path = tmp_path / name
    path.write_bytes(out.getvalue())
    return path


@pytest.fixture
def folders(tmp_path: Path) -> dict[str, Path]:
    return {kind: tmp_path / "home" / kind for kind in installing.KINDS}


def files_below(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_zip_of_a_bank_and_its_rubric_is_installed_by_ids(tmp_path: Path, folders: dict[str, Path]) -> None:
    found = read_package(
        zipped(tmp_path, [("My Bank!.yaml", BANK), ("deep/er/r.yml", RUBRIC), ("README.md", "hello")])
    )
    installed = install_package(found, folders, {})
    assert [(each.kind, each.path.name) for each in installed] == [
        ("rubric", "calm_voice.yaml"),
        ("bank", "night-shift.yaml"),
    ]
    assert found.left_out == (("README.md", "it is no .yaml file"),)
    assert read_bank(installed[1].path).title == "Night shift"
    assert stat.S_IMODE(installed[1].path.stat().st_mode) == 0o600


def test_a_packed_bank_installs_the_same(tmp_path: Path, folders: dict[str, Path]) -> None:
    source = tmp_path / "night.yaml"
    source.write_text("# by Ann\n" + BANK)
    path = tmp_path / "s.zip"
    path.write_bytes(package([read_bank(source)]))
    assert path.read_bytes() == package([read_bank(source)])
    (installed,) = install_package(read_package(path), folders, {})
    assert installed.path.read_text() == "# by Ann\n" + BANK


@pytest.mark.parametrize(
    "name",
    [
        "../evil.yaml",
        "/etc/evil.yaml",
        "a/../../evil.yaml",
        "C:\\evil.yaml",
        "..\\evil.yaml",
        "\\\\host\\evil.yaml",
        "a\\..\\evil.yaml",
    ],
)
def test_names_that_point_outside_are_left_out(tmp_path: Path, folders: dict[str, Path], name: str) -> None:
    found = read_package(zipped(tmp_path, [(name, BANK), ("ok.yaml", BANK)]))
    assert [why for _, why in found.left_out] == ["its name points outside of the archive"]
    install_package(found, folders, {})
    assert files_below(tmp_path / "home") == ["bank/night-shift.yaml"]


@pytest.mark.parametrize("identity", ["../evil", "a/b", "..", "C:evil", "con\x00", "A", ""])
def test_ids_never_become_paths(tmp_path: Path, folders: dict[str, Path], identity: str) -> None:
    import json

    path = tmp_path / "x.yaml"
    path.write_text(f"bank: {json.dumps(identity)}\n")
    found = read_package(path)
    assert found.files == ()
    assert found.left_out[0][1]


def test_links_in_an_archive_or_a_folder_are_left_out(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.yaml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    found = read_package(zipped(tmp_path, [(link, "/etc/passwd")]))
    assert "link" in found.left_out[0][1]
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link.yaml").symlink_to("/etc/passwd")
    (folder / "dir").symlink_to("/etc")
    assert read_package(folder).files == ()


def test_a_zip_bomb_is_stopped_while_unpacking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installing, "MOST_BYTES", 100_000)
    with pytest.raises(UserError, match="unpacks to more"):
        read_package(zipped(tmp_path, [("a.yaml", "#" * 10_000_000)]))
    with pytest.raises(UserError, match="unpacks to more"):
        read_package(zipped(tmp_path, [(f"{n}.yaml", BANK + "#" * 40_000) for n in range(5)]))


def test_a_size_that_lies_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installing, "MOST_BYTES", 100_000)
    path = zipped(tmp_path, [("a.yaml", "#" * 500_000)])
    raw = path.read_bytes().replace((500_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    path.write_bytes(raw)
    with pytest.raises(UserError):
        read_package(path)


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installing, "MOST_ENTRIES", 10)
    with pytest.raises(UserError, match="more than 10"):
        read_package(zipped(tmp_path, [(f"{n}.yaml", BANK) for n in range(11)]))


@pytest.mark.parametrize("raw", [b"PK\x03\x04" + b"\0" * 50, b"PK\x05\x06", b"PK\x03\x04"])
def test_a_damaged_archive_is_a_sentence(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(raw)
    with pytest.raises(UserError, match="is damaged"):
        read_package(path)


def test_every_byte_of_an_archive_may_be_damaged(tmp_path: Path) -> None:
    raw = zipped(tmp_path, [("a.yaml", BANK), ("b.yaml", RUBRIC)]).read_bytes()
    path = tmp_path / "x.zip"
    for place in range(0, len(raw), 3):
        path.write_bytes(raw[:place] + bytes([raw[place] ^ 0xFF]) + raw[place + 1 :])
        try:
            said = str(read_package(path).source)
        except UserError as problem:
            said = str(problem)
        assert str(path) in said


def test_everything_wrong_is_told_with_the_name_it_has_in_the_package(tmp_path: Path) -> None:
    path = zipped(tmp_path, [("a.yaml", BANK.replace("kind:", "knd:")), ("b.yaml", BANK)])
    found = read_package(path)

    def check(file: Path) -> Sequence[Finding]:
        try:
            read_bank(file)
        except BrokenFile as broken:
            return broken.findings
        return ()

    (tmp_path / "tmp").mkdir()
    findings = [str(each) for each in check_package(found, {"bank": check}, tmp_path / "tmp")]
    assert findings[0].startswith(f"{path}/a.yaml:4:5: a question has no 'kind'")
    assert findings[-1].startswith(f"{path}/b.yaml:1:1: bank 'night-shift' is in a.yaml too.")


def test_what_is_there_already_is_kept_unless_replaced_and_then_set_aside(
    tmp_path: Path, folders: dict[str, Path]
) -> None:
    found = read_package(zipped(tmp_path, [("a.yaml", BANK)]))
    (first,) = install_package(found, folders, {})
    first.path.write_text("mine")
    known = {("bank", "night-shift"): first.path}
    with pytest.raises(UserError, match="already"):
        install_package(found, folders, known)
    assert first.path.read_text() == "mine"
    (again,) = install_package(found, folders, known, replacing=True)
    assert again.instead_of is not None
    assert again.instead_of.read_text() == "mine"
    assert read_bank(first.path).id == "night-shift"


def test_a_folder_is_read_with_all_below_it(tmp_path: Path) -> None:
    (tmp_path / "f" / "sub").mkdir(parents=True)
    (tmp_path / "f" / "sub" / "a.yaml").write_text(BANK)
    (tmp_path / "f" / ".hidden.yaml").write_text(BANK)
    found = read_package(tmp_path / "f")
    assert [shared.kind for shared in found.files] == ["bank"]
    assert len(found.left_out) == 1


def test_two_banks_in_one_package(tmp_path: Path) -> None:
    made = package([bank("a"), bank("b")])
    assert zipfile.ZipFile(io.BytesIO(made)).namelist() == ["night-shift.yaml", "2-night-shift.yaml"]


def test_nothing_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no"):
        read_package(tmp_path / "nothing.zip")


def test_what_was_put_aside_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "bank.yaml"
    for content in (b"first", b"second", b"second", b"third"):
        path.write_bytes(content)
        assert installing.keep_aside(path).read_bytes() == content
    assert sorted(each.read_bytes() for each in tmp_path.glob("*.before*")) == [b"first", b"second", b"third"]


def test_a_file_given_by_itself_is_called_as_it_was_given(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("")
    with pytest.raises(UserError) as told:
        read_package(path)
    assert str(told.value).startswith(f"{path}:1:1: the file is empty")

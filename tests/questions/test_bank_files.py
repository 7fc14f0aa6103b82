"""Banks on disk: found, listed as broken where they are, read again when they change, large ones kept."""

import os
from pathlib import Path

import pytest

from simulator.questions import bank_files
from simulator.questions.bank import DEFAULT_RUBRICS, Bank, Kind
from simulator.questions.bank_cache import LARGE, MOST_KEPT
from simulator.questions.bank_files import BrokenBank, find_banks, parse_bank, read_bank
from simulator.questions.bank_text import bank_to_yaml
from simulator.yaml_nodes import BrokenFile
from tests.questions.some_banks import BANK, bank


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """The shipped folder and the user's."""
    for name in ("shipped", "own"):
        (tmp_path / name).mkdir()
    return tmp_path / "shipped", tmp_path / "own"


def write(folder: Path, name: str, text: str = BANK) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_what_a_question_leaves_out_comes_from_its_kind(tmp_path):
    question = read_bank(write(tmp_path, "b.yaml")).questions[0]
    assert question.rubrics == DEFAULT_RUBRICS[Kind.BEHAVIOURAL]
    assert question.target_seconds == 90


def test_findings_name_ids_used_twice_and_unknown_rubrics():
    text = BANK + "  - id: first\n    ask: And then?\n    kind: closing\n    rubrics: [exampels]\n"
    with pytest.raises(BrokenFile) as caught:
        parse_bank(text, Path("b.yaml"), ["examples", "questions"])
    assert [str(finding) for finding in caught.value.findings] == [
        "b.yaml:7:9: the id 'first' is used on line 4 too. Choose another.",
        "b.yaml:10:14: there is no rubric 'exampels'. Did you mean 'examples'?",
    ]


def test_a_broken_bank_is_listed_with_its_reason(folders):
    write(folders[1], "mine.yaml", BANK.replace("kind: behavioural", "kind: funny"))
    (found,) = find_banks(folders)
    assert isinstance(found, BrokenBank)
    assert found.id == "mine"
    assert "mine.yaml:6:11:" in str(found)


def test_a_bank_of_ones_own_stands_in_the_place_of_the_shipped_one(folders):
    write(folders[0], "a.yaml", BANK.replace("night-shift", "aaa"))
    write(folders[0], "b.yaml")
    own = write(folders[1], "x.yaml", BANK.replace("Night shift", "My night shift"))
    found = find_banks(folders)
    assert [(each.id, each.path) for each in found] == [("aaa", folders[0] / "a.yaml"), ("night-shift", own)]
    assert [each.shipped for each in found if isinstance(each, Bank)] == [True, False]


def test_a_broken_copy_does_not_hide_the_shipped_bank(folders):
    write(folders[0], "night-shift.yaml")
    write(folders[1], "night-shift.yaml", "bank: night-shift\n")
    shipped, broken = find_banks(folders)
    assert isinstance(shipped, Bank)
    assert isinstance(broken, BrokenBank)


def test_of_two_own_banks_with_one_id_the_second_is_broken_and_says_why(folders):
    first = write(folders[1], "a.yaml")
    write(folders[1], "b.yaml")
    one, two = find_banks(folders)
    assert isinstance(one, Bank)
    assert str(first) in str(two)


def test_the_same_folder_named_twice_lists_a_bank_once(folders):
    write(folders[1], "a.yaml")
    assert len(find_banks([*folders, folders[1]])) == 1


def test_links_that_lead_nowhere_are_told_and_hidden_files_left_alone(folders):
    (folders[1] / "lost.yaml").symlink_to(folders[1] / "nothing")
    write(folders[1], "._copy.yaml", "rubbish: [")
    write(folders[1], "UPPER.YAML")
    assert [(each.id, isinstance(each, Bank)) for each in find_banks(folders)] == [
        ("night-shift", True),
        ("lost", False),
    ]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs rights that can be taken away")
def test_a_folder_that_cannot_be_read_is_told(folders):
    folders[1].chmod(0)
    try:
        (found,) = find_banks(folders)
    finally:
        folders[1].chmod(0o700)
    assert "cannot be read" in str(found)


def test_a_folder_that_is_not_there_holds_nothing(tmp_path):
    assert find_banks([tmp_path / "a", tmp_path / "b"]) == []


def test_a_change_on_disk_is_seen_and_an_unchanged_file_is_not_read_again(folders, monkeypatch):
    path = write(folders[1], "a.yaml")
    find_banks(folders)
    read: list[Path] = []
    real = bank_files.read_raw
    monkeypatch.setattr(bank_files, "read_raw", lambda path: (read.append(path), real(path))[1])
    find_banks(folders)
    assert read == []
    write(folders[1], "a.yaml", BANK.replace("Night shift", "Changed"))
    os.utime(path, ns=(1, 1))
    (found,) = find_banks(folders)
    assert isinstance(found, Bank)
    assert found.title == "Changed"
    path.unlink()
    assert find_banks(folders) == []


# The cache of large banks.


@pytest.fixture
def large(folders, tmp_path):
    """A bank large enough to be kept, and the cache."""
    text = bank_to_yaml(bank(*(f"n{number}" for number in range(3000))))
    assert len(text) > LARGE
    return write(folders[1], "large.yaml", text), tmp_path / "cache"


def test_a_large_bank_comes_from_the_cache_the_same_as_from_its_file(folders, large, monkeypatch):
    _, cache = large
    (fresh,) = find_banks(folders, cache)
    assert [file.suffix for file in cache.iterdir()] == [".msgpack"]
    bank_files._memory.clear()
    monkeypatch.setattr(bank_files, "parse_bank", None)
    assert find_banks(folders, cache) == [fresh]


def test_errors_of_a_large_bank_are_kept_too(folders, large, monkeypatch):
    path, cache = large
    path.write_text(path.read_text() + "  - id: x\n", encoding="utf-8")
    fresh = find_banks(folders, cache)
    bank_files._memory.clear()
    monkeypatch.setattr(bank_files, "parse_bank", None)
    assert find_banks(folders, cache) == fresh
    assert isinstance(fresh[0], BrokenBank)


def test_a_changed_large_bank_is_never_taken_from_the_cache(folders, large):
    path, cache = large
    find_banks(folders, cache)
    path.write_text(path.read_text().replace("Night shift", "Other shift"), encoding="utf-8")
    bank_files._memory.clear()
    (found,) = find_banks(folders, cache)
    assert isinstance(found, Bank)
    assert found.title == "Other shift"


@pytest.mark.parametrize("damage", [b"", b"\x00", b"\xff" * 100])
def test_a_damaged_cache_costs_time_only(folders, large, damage):
    _, cache = large
    fresh = find_banks(folders, cache)
    for file in cache.iterdir():
        file.write_bytes(damage)
    bank_files._memory.clear()
    assert find_banks(folders, cache) == fresh


def test_a_cache_that_cannot_be_written_is_done_without(folders, large, tmp_path):
    (tmp_path / "file").write_text("")
    assert isinstance(find_banks(folders, tmp_path / "file" / "cache")[0], Bank)


def test_the_cache_does_not_grow_for_ever(folders, large):
    path, cache = large
    text = path.read_text()
    for number in range(MOST_KEPT + 3):
        path.write_text(text.replace("Night shift", f"Shift {number}"), encoding="utf-8")
        bank_files._memory.clear()
        find_banks(folders, cache)
    assert len(list(cache.iterdir())) == MOST_KEPT

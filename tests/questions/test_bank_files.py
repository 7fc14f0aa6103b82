"""Banks on disk: found, listed as broken where they are, read again when they change, large ones kept."""

import os
from pathlib import Path

import pytest

from simulator.questions import bank_files
from simulator.questions.bank import DEFAULT_RUBRICS, Bank, Kind
from simulator.questions.bank_files import BrokenBank, find_banks, parse_bank, read_bank
from simulator.yaml_nodes import BrokenFile, read_text
from tests.questions.some_banks import BANK, NURSE, VAGUE


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


def test_what_a_question_leaves_out_comes_from_its_kind(tmp_path: Path) -> None:
    (asked,) = read_bank(write(tmp_path, "b.yaml")).questions
    assert asked.rubrics == DEFAULT_RUBRICS[Kind.BEHAVIOURAL]
    assert asked.target_seconds == 90
    assert asked.examples == ()


def test_findings_name_ids_used_twice_and_unknown_rubrics() -> None:
    text = BANK + "  - id: first\n    ask: And then?\n    kind: closing\n    rubrics: [exampels]\n"
    with pytest.raises(BrokenFile) as caught:
        parse_bank(text, Path("b.yaml"), ["examples", "questions"])
    assert [str(finding) for finding in caught.value.findings] == [
        "b.yaml:7:9: the id 'first' is used on line 4 too. Choose another.",
        "b.yaml:10:14: there is no rubric 'exampels'. Did you mean 'examples'?",
    ]


def test_worked_answers_say_who_gives_them_and_are_strong_unless_they_say_weak() -> None:
    text = (
        BANK
        + """\
    examples:
      - answer: I made a list of the beds.
        who: Ward nurse, 34
        remark: One clear deed.
      - {level: weak, who: "Somebody in a hurry, 20", answer: Nights are fine for me., remark: Nothing happens in it.}
"""
    )
    assert parse_bank(text, Path("b.yaml")).questions[0].examples == (NURSE, VAGUE)


@pytest.mark.parametrize(
    ("example", "says"),
    [
        ("- answer: I did.", "8:9: an example has no 'who'. Add 'who:'."),
        ("- who: Ann, 30", "8:9: an example has no 'answer'. Add 'answer:'."),
        ("- {who: 'Ann, 30', answer: I did., level: good}", "'good' is not a level that is known."),
        ("- {who: 'Ann, 30', answer: I did., remarks: Short.}", "Did you mean 'remark'?"),
        (f"- {{who: 'Ann, 30', answer: {'x' * 2001}}}", "'answer' has 2001 characters. At most 2000 fit here."),
        ("[]", "'examples' is an empty list. Add one entry at least."),
    ],
)
def test_what_is_wrong_with_a_worked_answer_is_told_with_its_place(example: str, says: str) -> None:
    with pytest.raises(BrokenFile) as caught:
        parse_bank(f"{BANK}    examples:\n      {example}\n", Path("b.yaml"))
    assert says in str(caught.value)


def test_a_broken_bank_is_listed_with_its_reason(folders: tuple[Path, Path]) -> None:
    write(folders[1], "mine.yaml", BANK.replace("kind: behavioural", "kind: funny"))
    (found,) = find_banks(folders)
    assert isinstance(found, BrokenBank)
    assert found.id == "mine"
    assert "mine.yaml:6:11:" in str(found)


def test_a_bank_of_ones_own_stands_in_the_place_of_the_shipped_one(folders: tuple[Path, Path]) -> None:
    write(folders[0], "a.yaml", BANK.replace("night-shift", "aaa"))
    write(folders[0], "b.yaml")
    own = write(folders[1], "x.yaml", BANK.replace("Night shift", "My night shift"))
    found = find_banks(folders)
    assert [(each.id, each.path) for each in found] == [("aaa", folders[0] / "a.yaml"), ("night-shift", own)]
    assert [each.shipped for each in found if isinstance(each, Bank)] == [True, False]


def test_a_broken_copy_does_not_hide_the_shipped_bank(folders: tuple[Path, Path]) -> None:
    write(folders[0], "night-shift.yaml")
    write(folders[1], "night-shift.yaml", "bank: night-shift\n")
    shipped, broken = find_banks(folders)
    assert isinstance(shipped, Bank)
    assert isinstance(broken, BrokenBank)


def test_of_two_own_banks_with_one_id_the_second_is_broken_and_says_why(folders: tuple[Path, Path]) -> None:
    first = write(folders[1], "a.yaml")
    write(folders[1], "b.yaml")
    one, two = find_banks(folders)
    assert isinstance(one, Bank)
    assert str(first) in str(two)


def test_the_same_folder_named_twice_lists_a_bank_once(folders: tuple[Path, Path]) -> None:
    write(folders[1], "a.yaml")
    assert len(find_banks([*folders, folders[1]])) == 1


def test_links_that_lead_nowhere_are_told_and_hidden_files_left_alone(folders: tuple[Path, Path]) -> None:
    (folders[1] / "lost.yaml").symlink_to(folders[1] / "nothing")
    write(folders[1], "._copy.yaml", "rubbish: [")
    write(folders[1], "UPPER.YAML")
    assert [(each.id, isinstance(each, Bank)) for each in find_banks(folders)] == [
        ("night-shift", True),
        ("lost", False),
    ]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs rights that can be taken away")
def test_a_folder_that_cannot_be_read_is_told(folders: tuple[Path, Path]) -> None:
    folders[1].chmod(0)
    try:
        (found,) = find_banks(folders)
    finally:
        folders[1].chmod(0o700)
    assert "cannot be read" in str(found)


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert find_banks([tmp_path / "a", tmp_path / "b"]) == []


def test_a_change_on_disk_is_seen_and_an_unchanged_file_is_not_read_again(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(folders[1], "a.yaml")
    find_banks(folders)
    read: list[Path] = []

    def counted(path: Path) -> str:
        read.append(path)
        return read_text(path)

    monkeypatch.setattr(bank_files, "read_text", counted)
    find_banks(folders)
    assert read == []
    write(folders[1], "a.yaml", BANK.replace("Night shift", "Changed"))
    os.utime(path, ns=(1, 1))
    (found,) = find_banks(folders)
    assert isinstance(found, Bank)
    assert found.title == "Changed"
    path.unlink()
    assert find_banks(folders) == []

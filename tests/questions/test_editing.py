"""Editing: pure steps, undo, checks while typing, and files that are never lost or half written."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from simulator.errors import UserError
from simulator.questions import editing
from simulator.questions.bank import Bank, Kind, Probe
from simulator.questions.bank_files import read_bank
from simulator.yaml_nodes import BrokenFile
from tests.questions.some_banks import BANK, NURSE, bank, question


def names(of: Bank) -> list[str]:
    return [each.id for each in of.questions]


def test_questions_are_added_at_the_end_or_in_a_place() -> None:
    assert names(editing.add_question(bank("a", "b"), question("c"))) == ["a", "b", "c"]
    assert names(editing.add_question(bank("a", "b"), question("c"), at=1)) == ["a", "c", "b"]


def test_an_id_is_used_once() -> None:
    with pytest.raises(UserError, match="already"):
        editing.add_question(bank("a"), question("a"))
    with pytest.raises(UserError, match="already"):
        editing.change_question(bank("a", "b"), "a", question("b"))


def test_a_question_may_get_another_id_of_its_own() -> None:
    assert names(editing.change_question(bank("a", "b"), "a", question("c"))) == ["c", "b"]


def test_an_unknown_question_is_told_with_the_nearest() -> None:
    with pytest.raises(UserError, match="'second'"):
        editing.remove_question(bank("first", "second"), "secnd")


def test_the_last_question_stays() -> None:
    assert names(editing.remove_question(bank("a", "b"), "a")) == ["b"]
    with pytest.raises(UserError, match="last question"):
        editing.remove_question(bank("a"), "a")


def test_a_copy_stands_behind_its_original_with_an_id_of_its_own() -> None:
    made, copy = editing.duplicate_question(bank("a", "a-2", "b"), "a")
    assert names(made) == ["a", copy.id, "a-2", "b"]
    assert replace(copy, id="a") == made.questions[0]
    assert len(set(names(made))) == 4


@pytest.mark.parametrize(("by", "order"), [(1, "bac"), (2, "bca"), (9, "bca"), (0, "abc"), (-1, "abc")])
def test_questions_are_reordered_as_far_as_there_is_room(by: int, order: str) -> None:
    assert names(editing.reorder_question(bank("a", "b", "c"), "a", by)) == list(order)


def test_questions_are_placed_in_the_order_they_are_named() -> None:
    assert names(editing.place_questions(bank("a", "b", "c", "d"), ["d", "b", "d"], 1)) == ["a", "d", "b", "c"]
    assert names(editing.place_questions(bank("a", "b", "c"), ["a"], 9)) == ["b", "c", "a"]


def test_a_question_moves_to_another_bank_and_gives_way_to_its_namesake() -> None:
    left, there = editing.move_question(bank("a", "b"), bank("a", "c"), "a")
    assert names(left) == ["b"]
    assert names(there) == ["a", "c", "a-2"]


def test_ids_are_made_of_telling_words() -> None:
    assert (
        editing.new_question_id(bank("a"), "Tell me about a time you disagreed with your boss?") == "disagreed-boss"
    )


# Checks.


def test_a_question_in_order_has_no_faults() -> None:
    assert editing.question_faults(question(examples=(NURSE,)), ["other"], ["examples"]) == ()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"ask": ""}, "ask"),
        ({"ask": "x" * 601}, "ask"),
        ({"ask": "a\x1b[0m"}, "ask"),
        ({"competency": "Two Words"}, "competency"),
        ({"rubrics": ("exampels",)}, "rubrics"),
        ({"target_seconds": 5}, "target_seconds"),
        ({"tags": ("a", "a")}, "tags"),
        ({"probes": {Probe.RESULT: ""}}, "probes"),
        ({"guidance": "x" * 1201}, "guidance"),
        ({"examples": (NURSE, replace(NURSE, answer="x" * 2001))}, "examples"),
        ({"examples": (replace(NURSE, who=""),)}, "examples"),
    ],
)
def test_each_fault_names_its_field(fields: dict[str, Any], field: str) -> None:
    (fault,) = editing.question_faults(question(**fields), [], ["examples"])
    assert fault.field == field
    assert fault.what


def test_ids_are_checked_against_the_others() -> None:
    assert [each.field for each in editing.question_faults(question("a"), ["a"])] == ["id"]
    assert [each.field for each in editing.question_faults(question("A b"))] == ["id"]


# Saving.


def test_a_saved_bank_reads_the_same_and_is_the_users_alone(tmp_path: Path) -> None:
    saved = editing.save_bank(bank("a", "b"), tmp_path / "new" / "b.yaml")
    assert read_bank(tmp_path / "new" / "b.yaml") == saved
    if os.name == "posix":
        assert (tmp_path / "new" / "b.yaml").stat().st_mode & 0o777 == 0o600
        assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["b.yaml"]


def test_comments_line_ends_and_rights_of_a_file_stay(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_bytes(("# mine\n" + BANK + "    # why not\n").replace("\n", "\r\n").encode())
    path.chmod(0o640)
    loaded = read_bank(path)
    editing.save_bank(editing.change_bank(loaded, title="New title"), base=loaded)
    text = path.read_bytes().decode()
    assert text.startswith("# mine\r\n")
    assert "title: New title\r\n" in text
    assert "# why not\r\n" in text
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o640


def test_a_shipped_bank_is_copied_before_it_is_changed(tmp_path: Path) -> None:
    original = bank(path=tmp_path / "shipped.yaml", shipped=True)
    with pytest.raises(UserError, match="comes with the app"):
        editing.save_bank(original)
    copy = editing.own_copy(original, tmp_path / "own")
    assert (copy.id, copy.shipped, copy.path) == ("night-shift", False, tmp_path / "own" / "night-shift.yaml")
    assert editing.own_copy(copy, tmp_path) is copy
    assert editing.save_bank(copy).path == copy.path


def test_a_bank_that_is_not_in_order_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_text(BANK)
    for wrong in (bank("a", "a"), replace(bank(), questions=(question(ask=""),)), replace(bank(), title="")):
        with pytest.raises(BrokenFile):
            editing.save_bank(wrong, path)
    assert path.read_text() == BANK


def test_what_another_program_changed_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_text(BANK)
    loaded = read_bank(path)
    path.write_text(BANK.replace("Night shift", "By another"))
    with pytest.raises(UserError, match="another program"):
        editing.save_bank(editing.change_bank(loaded, title="Mine"), base=loaded)
    assert "By another" in path.read_text()


def test_a_broken_file_is_set_aside_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_text("hours of work, one slip: [")
    editing.save_bank(bank(), path)
    assert (tmp_path / "b.yaml.broken-1").read_text() == "hours of work, one slip: ["
    assert read_bank(path).id == "night-shift"


def test_a_full_disk_leaves_the_old_file_and_no_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "b.yaml"
    path.write_text(BANK)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match="No space left"):
        editing.save_bank(editing.change_bank(read_bank(path), title="New"))
    assert path.read_text() == BANK
    assert [each.name for each in tmp_path.iterdir()] == ["b.yaml"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.yaml").write_text(BANK)
    (tmp_path / "b.yaml").symlink_to(tmp_path / "real.yaml")
    editing.save_bank(editing.change_bank(read_bank(tmp_path / "b.yaml"), title="New"))
    assert (tmp_path / "b.yaml").is_symlink()
    assert read_bank(tmp_path / "real.yaml").title == "New"


@pytest.mark.parametrize("name", ["con", "com1"])
def test_names_that_windows_keeps_for_itself_are_avoided(tmp_path: Path, name: str) -> None:
    assert editing.file_for(name, tmp_path).name == f"{name}-bank.yaml"


def test_a_file_that_would_not_be_found_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"\.yaml"):
        editing.save_bank(bank(), tmp_path / "b.txt")


def test_the_kind_may_change_without_touching_the_rubrics() -> None:
    changed = editing.change_question(bank("a"), "a", replace(question("a"), kind=Kind.CLOSING))
    assert changed.questions[0].rubrics == ("examples",)


def test_a_file_in_flow_style_is_written_anew_and_keeps_its_place(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_text("{bank: b, title: B, questions: [{id: first, ask: Tell me more., kind: closing}]}")
    saved = editing.save_bank(editing.change_bank(read_bank(path), title="C"))
    assert read_bank(path) == saved
    assert [each.name for each in tmp_path.iterdir()] == ["b.yaml"]

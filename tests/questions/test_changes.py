"""Changes to bank files: kept, taken back to the byte, and never over what another program wrote."""

from dataclasses import replace
from pathlib import Path

import pytest

from simulator.errors import UserError
from simulator.questions.bank import Bank, Kind, Question
from simulator.questions.bank_files import read_bank
from simulator.questions.changes import Changes
from simulator.questions.editing import add_question, change_question, move_question

WRITTEN = """# mine, with a remark
bank: night
title: Night shift
questions:
  - id: first
    ask: What draws you to nights?   # the usual one
    kind: motivation
  - id: second
    ask: Tell me about a long night.
    kind: behavioural
"""
THIRD = Question("third", "How do you stay awake?", Kind.SITUATIONAL, rubrics=("examples",))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    folder.mkdir()
    return folder


def written(folder: Path, text: str = WRITTEN, name: str = "night.yaml") -> Bank:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_bank(path)


def test_a_step_is_taken_back_and_done_again_to_the_byte(folder: Path) -> None:
    bank, changes = written(folder), Changes(folder)
    changes.keep("Question added", (bank, add_question(bank, THIRD)))
    after = (folder / "night.yaml").read_bytes()
    assert b"stay awake" in after
    assert b"# mine, with a remark" in after
    assert changes.undo() == "Question added"
    assert (folder / "night.yaml").read_text() == WRITTEN
    assert changes.redo() == "Question added"
    assert (folder / "night.yaml").read_bytes() == after
    assert changes.redo() == ""


def test_the_first_change_of_a_shipped_bank_makes_a_copy_and_undo_removes_it(tmp_path: Path, folder: Path) -> None:
    with_app = tmp_path / "app"
    with_app.mkdir()
    shipped = replace(written(with_app), shipped=True)
    changes = Changes(folder)
    changed = replace(shipped.questions[0], ask="Why nights?")
    (own,) = changes.keep("Question changed", (shipped, change_question(shipped, "first", changed)))
    assert (with_app / "night.yaml").read_text() == WRITTEN
    assert own.path == folder / "night.yaml"
    assert own.id == shipped.id
    assert read_bank(folder / "night.yaml").questions[0].ask == "Why nights?"
    changes.undo()
    assert not (folder / "night.yaml").exists()


def test_what_another_program_wrote_since_is_not_taken_back(folder: Path) -> None:
    bank, changes = written(folder), Changes(folder)
    changes.keep("Question added", (bank, add_question(bank, THIRD)))
    (folder / "night.yaml").write_text(WRITTEN + "# by hand\n")
    with pytest.raises(UserError, match="another program"):
        changes.undo()
    assert (folder / "night.yaml").read_text().endswith("# by hand\n")
    assert not changes.can_undo


def test_a_change_to_an_outdated_bank_is_refused_and_nothing_is_written(folder: Path) -> None:
    bank, changes = written(folder), Changes(folder)
    theirs = WRITTEN.replace("long night", "short night")
    (folder / "night.yaml").write_text(theirs)
    with pytest.raises(UserError, match="another program"):
        changes.keep("Question added", (bank, add_question(bank, THIRD)))
    assert (folder / "night.yaml").read_text() == theirs
    assert not changes.can_undo


def test_a_move_that_fails_at_the_second_bank_leaves_the_first_as_it_was(folder: Path) -> None:
    source = written(folder)
    other_text = WRITTEN.replace("bank: night", "bank: day").replace("first", "other-first").replace("second", "more")
    target = written(folder, other_text, "day.yaml")
    (folder / "day.yaml").write_text(other_text.replace("a long night", "a long day"))
    left, more = move_question(source, target, "first")
    with pytest.raises(UserError):
        Changes(folder).keep("Question moved", (source, left), (target, more))
    assert (folder / "night.yaml").read_text() == WRITTEN


def test_a_new_bank_gets_a_file_and_a_deleted_one_comes_back(folder: Path) -> None:
    changes = Changes(folder)
    (made,) = changes.keep("Bank made", (None, Bank("fresh", "Fresh", (THIRD,))))
    assert made.path == folder / "fresh.yaml"
    content = (folder / "fresh.yaml").read_bytes()
    changes.delete(made)
    assert not (folder / "fresh.yaml").exists()
    changes.undo()
    assert (folder / "fresh.yaml").read_bytes() == content
    changes.undo()
    assert not (folder / "fresh.yaml").exists()


def test_a_bank_that_comes_with_the_app_cannot_be_deleted(folder: Path) -> None:
    with pytest.raises(UserError, match="comes with the app"):
        Changes(folder).delete(replace(written(folder), shipped=True))

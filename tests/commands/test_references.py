"""`references`: noted, told, and a note for each."""

import json
from pathlib import Path
from typing import Any

import pytest

from simulator.cli import main
from simulator.errors import ExitCode
from tests.commands.test_followup import kept as kept_session

kept = kept_session


def json_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_reference_is_noted_told_and_taken_off_by_id_or_name(kept: str, capsys: pytest.CaptureFixture[str]) -> None:
    added = json_of(
        capsys, "references", "add", "Karin Holm", "--knows", "the night list", "--email", "k@example.org"
    )
    assert added[0]["kind"] == "reference"
    assert json_of(capsys, "references", "told", "karin holm")[0]["told"] is True
    assert json_of(capsys, "references", "edit", "karin-holm", "--role", "ward sister")[0]["role"] == "ward sister"
    assert [each["name"] for each in json_of(capsys, "references", "list")] == ["Karin Holm"]
    json_of(capsys, "references", "delete", "Karin Holm")
    assert json_of(capsys, "references", "list") == []


def test_a_note_names_the_company_the_weak_spot_and_what_was_seen(
    kept: str, capsys: pytest.CaptureFixture[str]
) -> None:
    json_of(capsys, "references", "add", "Karin Holm")
    note = json_of(capsys, "references", "draft", kept)[0]
    assert "St Anne's Hospital" in note["text"]
    assert "unhappy customer" in note["text"]
    assert "I drew up a list of one page with the night staff." in note["text"]
    assert note["weak"][0]["level"] <= 2


def test_notes_go_into_a_folder(kept: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    json_of(capsys, "references", "add", "Karin Holm")
    assert main(["references", "draft", kept, "--format", "md", "--out", str(tmp_path / "notes")]) == 0
    text = (tmp_path / "notes" / "reference-karin-holm.md").read_text(encoding="utf-8")
    assert text.startswith("# To Karin Holm")


def test_without_references_and_for_strangers_the_hint_is_told(kept: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["references", "draft", kept]) == ExitCode.NOT_IN_ORDER
    assert "references add" in capsys.readouterr().err
    json_of(capsys, "references", "add", "Karin Holm")
    assert main(["references", "told", "Karin Holme"]) == ExitCode.NOT_IN_ORDER
    assert "Did you mean 'Karin Holm'?" in capsys.readouterr().err

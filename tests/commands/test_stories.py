"""`stories`: what each action prints, keeps and returns."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from simulator.cli import main
from simulator.errors import ExitCode
from simulator.services import Services
from tests.preparation.posting_cases import FOLDER
from tests.sessions.made import practice

NURSE = "staff-nurse-st-annes-hospital"
SESSION = "20261123-140509-7f3a"
Out = pytest.CaptureFixture[str]
LIST = [
    "--title", "The night list", "--situation", "Last winter our evening sheets missed half of the drips.",
    "--action", "I wrote a one-page list for the next shift and handed it over at the bedside.",
    "--result", "Missed doses fell from nine a month to one.", "--skill", "handover", "--skill", "writing",
]  # fmt: skip


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


def document(capsys: Out, *words: str, code: int = ExitCode.DONE) -> Any:
    assert main(["stories", *words, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def test_a_story_by_options_is_kept_and_checked(capsys: Out) -> None:
    assert main(["stories", "add", *LIST]) == ExitCode.DONE
    captured = capsys.readouterr()
    assert "The night list   (the-night-list)" in captured.out
    assert "Level" in captured.err
    story = document(capsys, "show", "the-night-list")
    assert story["skills"] == ["handover", "writing"]
    assert story["added_at"]


def test_a_story_without_an_outcome_is_told_so(capsys: Out) -> None:
    words = ["--situation", "Three bells rang at once.", "--action", "I told each who came first."]
    assert main(["stories", "add", *words]) == ExitCode.DONE
    captured = capsys.readouterr()
    assert "result     not told yet" in captured.out
    assert "what came of it" in captured.err
    (check,) = document(capsys, "check", code=ExitCode.NOT_IN_ORDER)
    assert "what came of it" in check["missing"]
    assert not check["good"]
    main(["stories", "list"])
    assert "no result yet" in capsys.readouterr().out


def test_a_file_is_taken_whole_or_not_at_all(capsys: Out, tmp_path: Path) -> None:
    file = tmp_path / "stories.yaml"
    file.write_text("- {title: A, action: I wrote}\n- {title: B}\n")
    assert main(["stories", "add", str(file)]) == ExitCode.NOT_IN_ORDER
    assert document(capsys, "list") == []
    file.write_text("- {title: A, action: I wrote}\n- {title: A, action: I read}\n")
    assert [story["id"] for story in document(capsys, "add", str(file))] == ["a", "a-2"]


@pytest.mark.parametrize("text", ["title: A\naction: I wrote\n", "# A\n\n## Action\nI wrote\n"])
def test_standard_input_in_both_forms(text: str, capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    assert document(capsys, "add", "-")["action"] == "I wrote"


def test_asked_in_the_terminal(capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = "The oven\nIt broke\n\nI rang three bakeries\nAll was sold\n\nplanning, calm\n\n"
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    assert main(["stories", "add"]) == ExitCode.DONE
    assert "What came of it?" in capsys.readouterr().err
    story = document(capsys, "show", "the-oven")
    assert (story["action"], story["task"], story["skills"]) == ("I rang three bakeries", "", ["planning", "calm"])


def test_a_story_left_in_the_middle_is_not_kept(capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal("The oven\nIt broke\n"))
    assert main(["stories", "add"]) == ExitCode.NOT_IN_ORDER
    assert "not kept" in capsys.readouterr().err
    assert document(capsys, "list") == []


def test_wrong_use_is_told(capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    for words in (["add"], ["add", "a.yaml", "--title", "x"], ["edit", "x"]):
        assert main(["stories", *words]) == ExitCode.WRONG_USE, words
    assert main(["stories", "show", "x"]) == ExitCode.NOT_IN_ORDER
    assert "no story 'x'" in capsys.readouterr().err


@pytest.fixture
def practised() -> None:
    services = Services()
    services.data.store.begin(practice(SESSION))
    services.close()


@pytest.mark.usefixtures("practised")
def test_an_answer_is_taken_over_once(capsys: Out) -> None:
    story = document(capsys, "from-answer", "20261123", "1")
    assert story["situation"].startswith("Last winter")
    assert "side room" in story["action"]
    assert "thank us" in story["result"]
    assert story["source"] == f"{SESSION}/01-2"
    assert main(["stories", "from-answer", SESSION]) == ExitCode.NOT_IN_ORDER
    assert f"as '{story['id']}'" in capsys.readouterr().err


@pytest.mark.usefixtures("practised")
def test_the_best_answer_is_taken_where_none_is_named(capsys: Out) -> None:
    assert document(capsys, "from-answer", SESSION, "--title", "The side room")["title"] == "The side room"


@pytest.mark.usefixtures("practised")
def test_answers_that_are_not_there_or_hold_nothing_are_told(capsys: Out) -> None:
    for number, told in (("9", "no answer '9'"), ("x", "no answer 'x'"), ("3", "no example")):
        assert main(["stories", "from-answer", SESSION, number]) == ExitCode.NOT_IN_ORDER
        assert told in capsys.readouterr().err


def test_edit_changes_what_is_named_and_delete_takes_the_links_along(capsys: Out) -> None:
    main(["job", "add", str(FOLDER / "nursing_a.md")])
    main(["stories", "add", *LIST])
    main(["stories", "link", "the-night-list", "r9", "--job", NURSE])
    capsys.readouterr()
    story = document(capsys, "edit", "the-night-list", "--use", "Your handover", "--skill", "calm")
    assert (story["use"], story["skills"], story["title"]) == ("Your handover", ["calm"], "The night list")
    assert main(["stories", "delete", "the-night-list"]) == ExitCode.DONE
    capsys.readouterr()
    assert document(capsys, "coverage", "--job", NURSE)["covered"] == 0


def test_coverage_shows_words_and_takes_the_users_word(capsys: Out) -> None:
    main(["job", "add", str(FOLDER / "nursing_a.md")])
    main(["stories", "add", *LIST])
    home = "I explained to the family what to look out for at home."
    main(["stories", "add", "--title", "The daughter", "--action", home, "--situation", "She was afraid."])
    capsys.readouterr()
    rows = {row["requirement"]["id"]: row for row in document(capsys, "coverage", "--job", NURSE)["requirements"]}
    found = next(key for key, row in rows.items() if row["stories"])
    assert rows[found]["stories"][0]["words"]
    assert rows["r9"]["gap"]
    after = document(capsys, "link", "the-night-list", "r9", "--job", NURSE)
    assert next(row for row in after["requirements"] if row["requirement"]["id"] == "r9")["stories"][0]["linked"]
    after = document(capsys, "unlink", "the-daughter", found, "--job", NURSE)
    assert next(row for row in after["requirements"] if row["requirement"]["id"] == found)["gap"]
    assert main(["stories", "coverage", "--job", NURSE]) == ExitCode.DONE
    out = capsys.readouterr().out
    assert "linked by you" in out
    assert "no story yet" in out
    assert "What to prepare next" in out

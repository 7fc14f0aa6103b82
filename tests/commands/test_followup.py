"""`followup`: letters, their check, dates, and notes on a real interview, from the command line."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from simulator.cli import main
from simulator.errors import ExitCode
from simulator.services import Services
from simulator.settings import Settings
from tests.followup.made import JOB, LIST, SESSION

NOTES = """\
company: St Anne's Hospital
date: 2026-11-20
reason: I want to work on a ward where people stay.

# Ana Costa, ward sister
- Tell me about a time you had to calm somebody.
priority: a calm handover
"""


@pytest.fixture
def kept(simulator_home: Path) -> str:
    """A session in the store, with its job and a story; its id."""
    services = Services()
    services.settings.change(Settings())
    services.data.repositories.jobs.save(JOB)
    services.data.repositories.stories.save(LIST)
    services.data.store.begin(SESSION)
    for answer in SESSION.answers:
        services.data.store.keep_answer(answer)
    services.data.store.keep_step(SESSION.id, learned=SESSION.learned)
    services.data.store.keep_step(SESSION.id, finished_at=SESSION.finished_at)
    services.close()
    return SESSION.id


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "interview.txt"
    path.write_text(NOTES, encoding="utf-8")
    return path


TOLD = (
    "--to", "ruth", "--problem", "A visitor was shouting at the desk because nobody had called him.",
    "--did", "I took him to the side room and told him everything that had happened.",
    "--outcome", "He came back the next morning to thank us.", "--topic", "the night staff and half the picture",
    "--why", "This hospital looked after my grandmother, and I want to work here.",
)  # fmt: skip


def test_lines_given_as_options_make_the_letter_and_are_kept(kept: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "A visitor was shouting" in out_of(capsys, "followup", "draft", kept, *TOLD)
    ruth, marek = json_of(capsys, "followup", "draft", kept)
    assert "He came back the next morning to thank us." in ruth["text"]
    assert "the night staff and half the picture" in ruth["text"]
    assert "This hospital looked after my grandmother" in ruth["text"]
    assert "This hospital looked after my grandmother" not in marek["text"], "no sentence goes to two people"
    assert "He came back" not in marek["text"]


def test_lines_for_several_letters_come_from_a_file(
    kept: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "lines.json"
    entries = [
        {"to": "Marek", "story": "2", "did": "I drew a plan.", "outcome": "It worked."},
        {"why": "I want to stay."},
    ]
    path.write_text(json.dumps(entries), encoding="utf-8")
    ruth, marek = json_of(capsys, "followup", "draft", kept, "--lines", str(path))
    assert "I drew a plan. It worked." in marek["text"]
    assert "I want to stay." in ruth["text"]
    path.write_text("[", encoding="utf-8")
    assert main(["followup", "draft", kept, "--lines", str(path)]) == ExitCode.NOT_IN_ORDER
    assert "does not hold lines" in capsys.readouterr().err


def test_lines_are_asked_for_one_by_one_and_enter_leaves_one_as_it_is(
    kept: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out_of(capsys, "followup", "draft", kept, *TOLD)
    monkeypatch.setattr("sys.stdin", io.StringIO("\n\nI listened to him in the side room.\n\n\n\n"))
    assert main(["followup", "draft", kept, "--ask", "--to", "Ruth"]) == 0
    captured = capsys.readouterr()
    assert "I listened to him in the side room. He came back the next morning" in captured.out
    assert "Where, and what was wrong?  [A visitor was shouting" in captured.err
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert "I listened to him" in out_of(capsys, "followup", "draft", kept, "--ask")


def test_lines_without_a_person_are_refused_where_there_are_two(
    kept: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["followup", "draft", kept, "--did", "I rang."]) == ExitCode.NOT_IN_ORDER
    assert "Whose letter is it?" in capsys.readouterr().err
    assert main(["followup", "draft", kept, "--to", "Ruth", "--story", "77"]) == ExitCode.NOT_IN_ORDER
    assert "There is no story '77'" in capsys.readouterr().err


def out_of(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    assert main(arguments) == status
    return capsys.readouterr().out


def json_of(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> Any:
    return json.loads(out_of(capsys, *arguments, "--json", status=status))


def test_draft_writes_one_letter_for_each_interviewer(kept: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = out_of(capsys, "followup", "draft", kept)
    assert out.count("Dear ") == 2
    assert out.index("Dear Ruth") < out.index("Dear Marek")


def test_where_claims_come_from_goes_to_stderr_so_that_letters_can_be_piped(
    kept: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["followup", "draft", kept, *TOLD]) == 0
    captured = capsys.readouterr()
    assert "comes from your own lines" in captured.err
    assert "comes from" not in captured.out


def test_json_has_every_sentence_with_its_source_and_no_remarks(
    kept: str, capsys: pytest.CaptureFixture[str]
) -> None:
    letters = json_of(capsys, "followup", "draft", kept, "--mailto", *TOLD)
    assert [letter["to"] for letter in letters] == ["Ruth Adeyemi", "Marek Dvorsky"]
    sentences = [sentence for letter in letters for part in letter["paragraphs"] for sentence in part]
    assert {sentence["kind"] for sentence in sentences} == {"line", "courtesy"}
    assert [letter["short"] for letter in letters] == [False, True]
    assert letters[0]["stories"][0]["id"] == "s/03-1"
    assert all(sentence["where"] for sentence in sentences if sentence["kind"] != "courtesy")
    assert all(letter["remarks"] == [] for letter in letters)
    assert all(letter["mailto"].startswith("mailto:?subject=Thank%20you") for letter in letters)


def test_letters_go_into_a_folder_and_are_never_written_over(
    kept: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "letters"
    out = out_of(capsys, "followup", "draft", kept, "--format", "md", "--out", str(folder))
    assert sorted(out.split()) == sorted(str(path) for path in folder.iterdir())
    (folder / "ruth-adeyemi.md").write_text("mine", encoding="utf-8")
    assert main(["followup", "draft", kept, "--format", "md", "--out", str(folder)]) == ExitCode.NOT_IN_ORDER
    assert (folder / "ruth-adeyemi.md").read_text(encoding="utf-8") == "mine"


def test_a_letter_in_order_passes_the_check_and_an_invention_does_not(
    kept: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = json_of(capsys, "followup", "draft", kept)[0]["text"]
    path = tmp_path / "letter.txt"
    path.write_text(text, encoding="utf-8")
    assert json_of(capsys, "followup", "check", str(path), "--session", kept) == {
        "to": "Ruth Adeyemi", "in_order": True, "remarks": [],
    }  # fmt: skip
    body, closing = text.rsplit("\n\n", 1)
    path.write_text(f"{body} I led a fleet of 70 ships.\n\n{closing}", encoding="utf-8")
    out = out_of(capsys, "followup", "check", str(path), "--session", kept, status=ExitCode.NOT_IN_ORDER)
    assert "I led a fleet of 70 ships." in out
    assert out.startswith("line ")


def test_what_was_kept_stays_until_asked_to_begin_anew(
    kept: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Ruth Adeyemi,\n\nShort.\n\nKind regards\n", encoding="utf-8")
    out_of(capsys, "followup", "check", str(path), "--session", kept, "--keep", status=ExitCode.NOT_IN_ORDER)
    ruth = json_of(capsys, "followup", "draft", kept)[0]
    assert (ruth["edited"], ruth["text"]) == (True, "Dear Ruth Adeyemi,\n\nShort.\n\nKind regards\n")
    assert json_of(capsys, "followup", "draft", kept, "--again")[0]["edited"] is False


def test_a_practice_has_no_dates_until_they_are_asked_for_and_looking_keeps_nothing(
    kept: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["followup", "timeline", kept]) == ExitCode.NOT_IN_ORDER
    assert "--start plans dates all the same" in capsys.readouterr().err
    out_of(capsys, "followup", "draft", kept)
    services = Services()
    assert services.data.repositories.timelines.find(kept) is None
    assert services.data.repositories.letters.find(kept) is None
    services.close()
    assert json_of(capsys, "followup", "timeline", kept, "--start")["steps"]


def test_the_timeline_is_kept_ticked_off_and_written_as_a_calendar(
    kept: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = json_of(capsys, "followup", "timeline", kept, "--decision", "2026-12-04")
    assert first["about"] == "Staff nurse at St Anne's Hospital"
    assert {step["kind"]: step["on"] for step in first["steps"]}["inquiry"] == "2026-12-08"
    again = json_of(capsys, "followup", "timeline", kept, "--done", "thanks")
    assert again["decision_on"] == "2026-12-04"
    assert [step["kind"] for step in again["steps"] if step["done"]] == ["thanks"]
    path = tmp_path / "dates.ics"
    out_of(capsys, "followup", "timeline", kept, "--ics", str(path))
    calendar = path.read_bytes()
    assert calendar.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"-thanks@" not in calendar
    assert json_of(capsys, "followup", "timeline", kept, "--open", "thanks")["steps"][0]["done"] is False


def test_wrong_steps_days_and_sessions_are_told(kept: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["followup", "timeline", kept, "--done", "cake"]) == ExitCode.NOT_IN_ORDER
    assert main(["followup", "timeline", kept, "--decision", "soon"]) == ExitCode.NOT_IN_ORDER
    assert main(["followup", "draft", "no-such-session"]) == ExitCode.NOT_IN_ORDER
    assert "cake" in capsys.readouterr().err
    with pytest.raises(SystemExit) as stopped:
        main(["followup", "check", "letter.txt"])
    assert stopped.value.code == ExitCode.WRONG_USE


def test_a_debrief_feeds_the_bank_and_the_job_and_gives_letters(
    kept: str, notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    added = json_of(capsys, "followup", "debrief", "add", str(notes))
    assert [each["kind"] for each in added["questions_added"]] == ["behavioural"]
    assert added["job_id"] == JOB.id
    assert json_of(capsys, "banks", "show", "asked-in-interviews")["questions"][0]["ask"].startswith("Tell me about")
    assert json_of(capsys, "job", "show", JOB.id)["priorities"]["Ana Costa"] == ["a calm handover"]
    letter = json_of(capsys, "followup", "draft", added["id"])[0]
    assert letter["to"] == "Ana Costa"
    assert "a calm handover" not in letter["text"]
    assert "I want to work on a ward where people stay" in letter["text"]
    assert [each["id"] for each in json_of(capsys, "followup", "debrief", "list")] == [added["id"]]
    assert json_of(capsys, "followup", "debrief", "show", added["id"])["met"][0]["name"] == "Ana Costa"
    assert main(["followup", "debrief", "add", str(notes)]) == ExitCode.NOT_IN_ORDER


def test_a_deleted_debrief_takes_its_letters_and_dates_along(
    kept: str, notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    id_ = json_of(capsys, "followup", "debrief", "add", str(notes))["id"]
    json_of(capsys, "followup", "draft", id_, "--why", "I want to stay.")
    out_of(capsys, "followup", "debrief", "delete", id_)
    services = Services()
    assert (
        services.data.repositories.debriefs.ids(),
        services.data.repositories.letters.ids(),
        services.data.repositories.letter_lines.ids(),
        services.data.repositories.timelines.ids(),
    ) == ([], [], [], [])
    services.close()


def test_questions_go_into_the_bank_that_was_named_and_a_shipped_one_is_copied(
    kept: str, notes: Path, capsys: pytest.CaptureFixture[str], simulator_home: Path
) -> None:
    added = json_of(capsys, "followup", "debrief", "add", str(notes), "--bank", "first-round-general")
    assert added["bank_id"] == "first-round-general"
    assert len(list((simulator_home / "question_banks").glob("first-round-general*.yaml"))) == 1


def test_the_help_of_each_action_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["followup"], ["followup", "draft"], ["followup", "check"], ["followup", "timeline"],
                      ["followup", "debrief"], ["followup", "due"], ["references"]):  # fmt: skip
        with pytest.raises(SystemExit) as stopped:
            main([*arguments, "--help"])
        assert stopped.value.code == 0
        assert "example:\n  second-round " in capsys.readouterr().out


def test_nothing_due_is_an_empty_list(kept: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert json_of(capsys, "followup", "due") == []


def test_without_an_id_the_last_interview_is_meant(
    kept: str, notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert out_of(capsys, "followup", "draft") == out_of(capsys, "followup", "draft", kept)
    assert json_of(capsys, "followup", "timeline", "--start")["id"] == kept
    text = notes.read_text(encoding="utf-8").replace("2026-11-20", "2026-11-30")
    notes.write_text(text, encoding="utf-8")
    out_of(capsys, "followup", "debrief", "add", str(notes))
    assert "Dear Ana" in out_of(capsys, "followup", "draft")


def test_without_any_interview_the_user_is_told_how_to_have_one(
    simulator_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["followup", "draft"]) != ExitCode.DONE
    assert "There is no interview yet. Practise one" in capsys.readouterr().err

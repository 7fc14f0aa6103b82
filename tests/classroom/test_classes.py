"""Classes: students' files in, each under its name, apart from the coach's own; numbers that are right."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.classroom.class_overview import overview_of
from simulator.classroom.classes import Classes, own_id
from simulator.classroom.taking_in import Gathered, files_in, gather
from simulator.cli import main
from simulator.errors import ExitCode, UserError
from simulator.sessions.archive import write_archive, write_one
from simulator.sessions.coach_feedback import CoachFeedback
from simulator.sessions.export import as_json, json_text
from simulator.sessions.session import Session
from simulator.sessions.store import Store
from tests.sessions.made import CALM, STRONG, WEAK, WHY, answered, practice
from tests.speech.sounds import tone, write_wav


@pytest.fixture
def classes(tmp_path: Path) -> Iterator[Classes]:
    classes = Classes(tmp_path / "classes")
    classes.new("Evening course", ["Amara Okoye", "Zora Absent"])
    yield classes
    classes.close()


def told_nothing(_path: Path, _name: str) -> str:
    return ""


def exported(path: Path, session: Session) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json_text(as_json(session)), encoding="utf-8")
    return path


def added(classes: Classes, *paths: Path, name: str = "") -> list[Gathered]:
    return list(gather(classes, "evening-course", files_in(paths), name, told_nothing))


def test_a_session_is_kept_under_its_students_name_whatever_its_capitals(classes: Classes, tmp_path: Path) -> None:
    path = exported(tmp_path / "in" / "one.json", practice("s1", candidate_name=" amara  OKOYE"))
    assert [(each.student, each.new) for each in added(classes, path)] == [("Amara Okoye", 1)]
    (kept,) = classes.session_ids("evening-course", "amara-okoye")
    assert (kept, own_id(kept)) == ("evening-course.amara-okoye.s1", "s1")


def test_names_with_accents_are_found_however_they_are_typed_or_stored(classes: Classes, tmp_path: Path) -> None:
    student = classes.add_student("evening-course", "Léa Sørlie")
    assert student.id == "lea-sorlie"
    roster = classes.get("evening-course")
    assert roster.student("lea") == roster.student("LÉA s") == student
    path = exported(tmp_path / "in" / "one.json", practice("s1", candidate_name="Le\u0301a Sørlie"))
    assert [each.student for each in added(classes, path)] == ["Léa Sørlie"]


def test_two_students_with_sessions_of_one_id_are_told_apart(classes: Classes, tmp_path: Path) -> None:
    for name in ("Amara Okoye", "Bruno Silva"):
        exported(tmp_path / "in" / f"{name}.json", practice("s1", candidate_name=name))
    assert [each.new for each in added(classes, tmp_path / "in")] == [1, 1]
    assert classes.store.count() == 2


def test_the_same_file_again_changes_nothing_and_a_newer_state_replaces(classes: Classes, tmp_path: Path) -> None:
    session = practice("s1", candidate_name="Amara Okoye")
    path = exported(tmp_path / "one.json", replace(session, answers=session.answers[:2]))
    added(classes, path)
    assert [(each.new, each.known) for each in added(classes, path)] == [(0, 1)]
    feedback = CoachFeedback("evening-course.amara-okoye.s1/01-1", comment="Good.")
    classes.feedback.save(feedback)
    exported(path, session)
    assert [(each.new, each.known) for each in added(classes, path)] == [(1, 0)]
    assert len(classes.store.session("evening-course.amara-okoye.s1").answers) == len(session.answers)
    assert classes.feedback.get(feedback.id) == feedback


def test_a_history_comes_with_its_sound_and_without_anything_else_of_the_student(
    classes: Classes, tmp_path: Path
) -> None:
    recordings = tmp_path / "recordings"
    (recordings / "s1").mkdir(parents=True)
    write_wav(recordings / "s1" / "01-1-question-1.wav", tone(440, 1.0))
    answer = answered("s1", 0, CALM, STRONG)
    answer = replace(answer, utterances=(replace(answer.utterances[0], recording="s1/01-1-question-1.wav"),))
    store = Store(tmp_path / "student.sqlite3")
    store.begin(practice("s1", candidate_name="Amara Okoye", answers=(answer,)))
    store.begin(practice("s2", candidate_name="Amara Okoye", sample=True))
    store.keep_document("letters", "s1", "private")
    write_archive(store, recordings, tmp_path / "history.zip")
    store.close()
    (found,) = added(classes, tmp_path / "history.zip")
    assert (found.new, len(found.notes)) == (1, 1)
    assert "sample interview" in found.notes[0]
    kept = classes.store.session("evening-course.amara-okoye.s1")
    assert (classes.recordings / kept.answers[0].utterances[0].recording).is_file()
    assert "letters" not in classes.store.all_documents()


def test_one_broken_file_stops_none_of_the_others(classes: Classes, tmp_path: Path) -> None:
    exported(tmp_path / "in" / "b.json", practice("s1", candidate_name="Bruno Silva"))
    (tmp_path / "in" / "a.json").write_text('{"format": "second-round-session", "version": 1', encoding="utf-8")
    (tmp_path / "in" / "c.zip").write_bytes(b"PK\x05\x06")
    (tmp_path / "in" / "d.txt").write_text("no session", encoding="utf-8")
    found = {each.path.name: each for each in added(classes, tmp_path / "in")}
    assert sorted(found) == ["a.json", "b.json", "c.zip"]
    assert found["a.json"].left_out
    assert found["c.zip"].left_out
    assert found["b.json"].new == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"", "in/x.pdf is empty."), (b"%PDF-1.4", "in/x.pdf is no session or history of Second Round.")],
)
def test_what_is_no_session_at_all_is_told_as_that(
    classes: Classes, tmp_path: Path, content: bytes, told: str
) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(content)
    roster = classes.new("A class")
    (found,) = gather(classes, roster.id, [path], "", lambda _path, name: name)
    assert found.told_as("in/x.pdf").startswith(told)


def test_a_file_without_a_name_is_asked_about_or_left_out(classes: Classes, tmp_path: Path) -> None:
    path = exported(tmp_path / "mina.json", practice("s1", candidate_name=""))
    (found,) = added(classes, path)
    assert found.left_out
    (found,) = gather(classes, "evening-course", [path], "", lambda _path, name: name.capitalize())
    assert found.student == "Mina"
    (found,) = added(classes, path, name="Somebody Else")
    assert found.student == "Somebody Else"


@pytest.mark.parametrize("session_id", ["../elsewhere", "a/b", "a" * 200, ""])
def test_ids_that_lead_elsewhere_are_refused(classes: Classes, tmp_path: Path, session_id: str) -> None:
    (found,) = added(classes, exported(tmp_path / "one.json", practice(session_id, candidate_name="Amara Okoye")))
    assert found.left_out
    assert classes.store.count() == 0


def test_first_latest_and_change_are_means_of_sessions(classes: Classes, tmp_path: Path) -> None:
    days = {"s1": ("2026-11-02", WEAK), "s2": ("2026-11-09", STRONG)}
    for session_id, (day, words) in days.items():
        answers = (
            answered(session_id, 0, CALM, words, answered_at=f"{day}T10:02:00Z"),
            answered(session_id, 1, WHY, WEAK, answered_at=f"{day}T10:04:30Z"),
        )
        exported(
            tmp_path / "in" / f"{session_id}.json",
            practice(session_id, started_at=f"{day}T10:00:00Z", candidate_name="Amara Okoye", answers=answers),
        )
    added(classes, tmp_path / "in")
    overview = overview_of(classes, classes.get(""))
    line = overview.lines[0]
    examples = line.levels["examples"]
    assert (examples.first, examples.latest, examples.change) == (0.0, 4.0, 4.0)
    assert (line.sessions, line.answers, line.minutes, line.last_at) == (2, 4, 9.0, "2026-11-09T10:00:00Z")
    assert [student.name for student in overview.not_practised] == ["Zora Absent"]
    assert {each.id: (each.answers, each.students) for each in overview.questions} == {"calm": (2, 1), "why": (2, 1)}
    since = overview_of(classes, classes.get(""), since="2026-11-05")
    assert since.lines[0].levels["examples"].change is None
    assert overview_of(classes, classes.get(""), until="2026-11-02").lines[0].sessions == 1


def test_removing_a_student_takes_everything_of_theirs_from_the_disk(classes: Classes, tmp_path: Path) -> None:
    for name in ("Amara Okoye", "Bruno Silva"):
        path = exported(tmp_path / "in" / f"{name}.json", practice(f"s-{name[0]}", candidate_name=name))
    added(classes, path.parent)
    kept = classes.session_ids("evening-course", "amara-okoye")[0]
    (classes.recordings / kept).mkdir(parents=True)
    (classes.recordings / kept / "01-1-question-1.wav").write_bytes(b"sound")
    classes.feedback.save(CoachFeedback(f"{kept}/01-1", comment="a very particular remark"))
    classes.remove_student("evening-course", "amara-okoye")
    assert [student.id for student in classes.get("").students] == ["zora-absent", "bruno-silva"]
    assert not (classes.recordings / kept).exists()
    assert classes.store.count() == 1
    left = b"".join(path.read_bytes() for path in classes.folder.rglob("*") if path.is_file())
    assert b"a very particular remark" not in left
    classes.delete("evening-course")
    assert classes.store.count() == 0
    with pytest.raises(UserError, match="no class yet"):
        classes.get("")


def test_names_that_are_none_or_taken_are_refused(classes: Classes) -> None:
    for name in ("", "  ", "\x00", "x" * 81):
        with pytest.raises(UserError):
            classes.add_student("evening-course", name)
    with pytest.raises(UserError, match="already"):
        classes.new("evening  COURSE")
    with pytest.raises(UserError, match="already"):
        classes.rename_student("evening-course", "zora-absent", "Amara Okoye")
    classes.rename_student("evening-course", "zora-absent", "Zora Present")
    assert classes.get("").student("zora").name == "Zora Present"
    assert classes.add_student("evening-course", "日本 太郎").id == "student"


def test_a_folder_with_nothing_in_it_is_told(classes: Classes, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UserError, match="nothing to add"):
        files_in([tmp_path / "empty"])
    with pytest.raises(UserError, match="There is no"):
        files_in([tmp_path / "nowhere"])


def test_without_a_terminal_the_command_tells_how_to_give_a_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = exported(tmp_path / "mina.json", practice("s1", candidate_name=""))
    assert main(["class", "add", str(path)]) == ExitCode.NOT_IN_ORDER
    assert "There is no class yet" in capsys.readouterr().err
    assert main(["class", "new", "Morning"]) == ExitCode.DONE
    assert main(["class", "add", str(path)]) == ExitCode.NOT_IN_ORDER
    assert "--name NAME" in capsys.readouterr().err
    assert main(["class", "add", str(path), "--names-from-files"]) == ExitCode.DONE
    assert "mina: 1 new session" in capsys.readouterr().out
    assert main(["class", "remove", "mina"]) == ExitCode.WRONG_USE
    assert main(["class", "remove", "mina", "--yes"]) == ExitCode.DONE


def test_a_class_begun_with_a_list_says_which_names_were_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "list.pdf"
    path.write_text("Mina Park\n\nJo Reed\n", encoding="utf-8")
    main(["class", "new", "Morning", "--students", str(path)])
    assert "begins with 2 students: Mina Park, Jo Reed." in capsys.readouterr().err
    path.write_text("Mina Park\nJo Reed\nAl Day\nBo Lee\n", encoding="utf-8")
    main(["class", "new", "Evening", "--students", str(path)])
    assert "begins with 4 students: Mina Park, Jo Reed, Al Day and so on." in capsys.readouterr().err


def test_a_list_that_is_no_text_makes_no_class(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "list.pdf"
    path.write_text("%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\n", encoding="utf-8")
    assert main(["class", "new", "Morning", "--students", str(path)]) != ExitCode.DONE
    assert "is a PDF file, not plain text. Give a text file with their names, one a line." in capsys.readouterr().err
    main(["class", "list"])
    assert "Morning" not in capsys.readouterr().out


def test_wiping_ones_own_practice_leaves_the_class(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["class", "new", "Morning"])
    path = tmp_path / "mina.zip"
    write_one(practice("s1", candidate_name="Mina Park"), tmp_path, path)
    main(["class", "add", str(path)])
    main(["sessions", "wipe", "--yes"])
    capsys.readouterr()
    assert main(["class", "show"]) == ExitCode.DONE
    assert "Mina Park" in capsys.readouterr().out

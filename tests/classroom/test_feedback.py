"""A coach's feedback: handed back as one file, taken in beside the answers, shown as the coach's."""

import html
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from simulator.classroom.class_overview import overview_of
from simulator.classroom.classes import Classes
from simulator.classroom.handing_back import TakenBack, comment_recording, take_feedback, write_feedback
from simulator.classroom.pages import write_pages
from simulator.classroom.taking_in import gather
from simulator.cli import main
from simulator.errors import ExitCode, UserError
from simulator.paths import user_paths
from simulator.sessions.archive import write_one
from simulator.sessions.coach_feedback import CoachFeedback, MarkedPassage, coach_lines, feedback_on, marks_that_fit
from simulator.sessions.export_html import as_html
from simulator.sessions.store import Store
from tests.sessions.made import CALM, HOSTILE, STRONG, WEAK, answered, practice
from tests.speech.sounds import tone, write_wav

ANSWER = "s1/01-1"
HERE = f"evening-course.amara-okoye.{ANSWER}"


@pytest.fixture
def student(tmp_path: Path) -> Iterator[Store]:
    """The student's own store, with one session."""
    store = Store(tmp_path / "student.sqlite3")
    store.begin(practice("s1", candidate_name="Amara Okoye", answers=(answered("s1", 0, CALM, WEAK),)))
    yield store
    store.close()


@pytest.fixture
def classes(tmp_path: Path, student: Store) -> Iterator[Classes]:
    """The class that the session was handed in to."""
    classes = Classes(tmp_path / "classes")
    classes.new("Evening course")
    write_one(student.session("s1"), tmp_path / "recordings", tmp_path / "in.zip")
    list(gather(classes, "evening-course", [tmp_path / "in.zip"], "", lambda _path, _name: ""))
    yield classes
    classes.close()


def handed_back(classes: Classes, tmp_path: Path, **said: Any) -> Path:
    """The file a coach hands back who said this of the answer."""
    answer = classes.store.answer(HERE)
    feedback = CoachFeedback(
        HERE, {"examples": 2}, comment="Tell one day.", by="Iva Coach", at="2026-11-24T10:00:00Z"
    )
    classes.feedback.save(replace(feedback.with_mark(answer, 4, 2, "Says who?"), **said))
    target = tmp_path / "back.zip"
    roster = classes.get("")
    write_feedback(classes, roster, roster.students[0], target)
    return target


def test_it_comes_back_under_the_students_own_ids_with_its_sound(
    classes: Classes, student: Store, tmp_path: Path
) -> None:
    name = comment_recording(HERE)
    (classes.recordings / name).parent.mkdir(parents=True)
    write_wav(classes.recordings / name, tone(440, 1.0))
    path = handed_back(classes, tmp_path, recording=name, spoken="well begun")
    assert take_feedback(path, student, tmp_path / "recordings") == TakenBack(1)
    feedback = feedback_on(student, ANSWER)
    assert feedback is not None
    assert (feedback.levels, feedback.comment, feedback.by) == ({"examples": 2}, "Tell one day.", "Iva Coach")
    assert [(mark.first_word, mark.last_word, mark.note) for mark in feedback.marks] == [(2, 4, "Says who?")]
    assert (tmp_path / "recordings" / feedback.recording).read_bytes() == (classes.recordings / name).read_bytes()


def test_it_is_shown_as_the_coachs_and_the_apps_level_stays(classes: Classes, student: Store, tmp_path: Path) -> None:
    take_feedback(handed_back(classes, tmp_path), student, tmp_path / "recordings")
    answer = student.answer(ANSWER)
    assert answer.scorecard
    assert answer.scorecard.level("examples") == 0
    feedback = feedback_on(student, ANSWER)
    assert feedback
    lines = coach_lines(feedback, answer, 80)
    assert lines[0] == "Your coach, Iva Coach"
    assert "2 (the app: 0)" in lines[1]
    page = as_html(student.session("s1"), coach={ANSWER: feedback})
    assert page.index("Your coach, Iva Coach") > page.index("Concrete examples")
    assert "Tell one day." in page
    assert "Tell one day." not in as_html(student.session("s1"), words=False, coach={ANSWER: feedback})


def test_marked_words_are_quoted_as_the_answer_is_shown_and_as_they_were_where_it_was_corrected() -> None:
    spoken = answered("s", 0, CALM, "um last winter uh i took him to the side room and i rang the ward myself")
    mark = MarkedPassage(0, 5, "um last winter uh i took", "Good")
    assert "“Last winter, I took”: Good" in "\n".join(coach_lines(CoachFeedback("a", marks=(mark,)), spoken, 80))
    old = replace(mark, text="um last summer uh i took")
    assert "“um last summer uh i took”" in "\n".join(coach_lines(CoachFeedback("a", marks=(old,)), spoken, 80))


def test_a_students_page_has_the_words_of_every_answer_once_and_the_coachs_first(
    classes: Classes, tmp_path: Path
) -> None:
    exported = tmp_path / "later.zip"
    later = practice("s2", candidate_name="Amara Okoye", answers=(answered("s2", 0, CALM, STRONG),))
    write_one(later, tmp_path / "recordings", exported)
    list(gather(classes, "evening-course", [exported], "", lambda _path, _name: ""))
    handed_back(classes, tmp_path)
    roster = classes.get("")
    pages = write_pages(classes, overview_of(classes, roster), tmp_path / "pages", "2026-11-25")
    told = html.unescape(pages[1].read_text(encoding="utf-8"))
    assert told.count('<p class="words">') == 2
    other = told.index("a visitor was shouting at the desk")
    assert told.index("What the coach said") < told.index("Tell one day.") < other


def test_feedback_on_answers_that_are_not_here_is_told_and_not_kept(
    classes: Classes, student: Store, tmp_path: Path
) -> None:
    path = handed_back(classes, tmp_path)
    student.delete("s1")
    student.purge()
    assert take_feedback(path, student, tmp_path / "recordings") == TakenBack(0, (ANSWER,))
    assert feedback_on(student, ANSWER) is None


def test_feedback_for_somebody_else_is_told_as_that(
    classes: Classes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = handed_back(classes, tmp_path)
    assert main(["sessions", "import", str(path)]) == 1
    told = capsys.readouterr().err
    assert f"{path.name} is feedback on answers that are not here." in told
    assert "0 answers" not in told


def test_it_goes_with_its_session(classes: Classes, student: Store, tmp_path: Path) -> None:
    take_feedback(handed_back(classes, tmp_path), student, tmp_path / "recordings")
    student.delete("s1")
    student.purge()
    assert student.all_documents() == {}


def test_marks_of_words_that_were_corrected_since_are_not_put_on_others(
    classes: Classes, student: Store, tmp_path: Path
) -> None:
    take_feedback(handed_back(classes, tmp_path), student, tmp_path / "recordings")
    feedback = feedback_on(student, ANSWER)
    assert feedback
    other = answered("s1", 0, CALM, STRONG)
    assert marks_that_fit(feedback, other) == ()
    assert "Says who?" in "\n".join(coach_lines(feedback, other, 80))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(classes: Classes, student: Store, tmp_path: Path, text: str) -> None:
    take_feedback(handed_back(classes, tmp_path, comment=text, by=text), student, tmp_path / "recordings")
    feedback = feedback_on(student, ANSWER)
    page = as_html(student.session("s1"), coach={ANSWER: feedback} if feedback else {})
    assert "<script>alert" not in page
    assert "<img" not in page


def changed(path: Path, change: dict[str, object]) -> Path:
    """The file with its first answer changed."""
    with zipfile.ZipFile(path) as archive:
        document = json.loads(archive.read("feedback.json"))
    document["answers"][0].update(change)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("feedback.json", json.dumps(document))
        archive.writestr("recordings/../../elsewhere.wav", b"sound")
        archive.writestr("recordings/s1/01-1-question-1.wav", b"not the student's own")
    return path


@pytest.mark.parametrize("recording", ["../../elsewhere.wav", "s1/01-1-question-1.wav", "s2/coach-01-1.wav"])
def test_a_recording_that_would_lie_elsewhere_is_left_out(
    classes: Classes, student: Store, tmp_path: Path, recording: str
) -> None:
    path = changed(handed_back(classes, tmp_path), {"recording": recording})
    take_feedback(path, student, tmp_path / "recordings")
    feedback = feedback_on(student, ANSWER)
    assert feedback
    assert feedback.recording == ""
    assert not list(tmp_path.rglob("elsewhere.wav"))
    assert not (tmp_path / "recordings" / "s1" / "01-1-question-1.wav").exists()


@pytest.mark.parametrize(
    "change", [{"levels": {"examples": 9}}, {"levels": 3}, {"marks": [{}]}, {"comment": "x" * 20_001}]
)
def test_a_file_that_does_not_fit_is_refused_whole(
    classes: Classes, student: Store, tmp_path: Path, change: dict[str, object]
) -> None:
    path = changed(handed_back(classes, tmp_path), change)
    with pytest.raises(UserError):
        take_feedback(path, student, tmp_path / "recordings")
    assert feedback_on(student, ANSWER) is None


def class_of_one(folder: Path) -> None:
    """A class with one answer in it, made by the commands."""
    main(["class", "new", "Evening course"])
    session = practice("s1", candidate_name="Amara Okoye", answers=(answered("s1", 0, CALM, WEAK),))
    write_one(session, folder, folder / "in.zip")
    main(["class", "add", str(folder / "in.zip")])


def test_the_commands_take_levels_marks_and_words_and_refuse_what_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class_of_one(tmp_path)
    capsys.readouterr()
    assert main(["class", "answer", HERE]) == ExitCode.DONE
    assert f"1  {' '.join(WEAK.split()[:6])}" in capsys.readouterr().out
    assert (
        main(["class", "comment", HERE, "--level", "examples=2", "--mark", "2-4=Says who?", "--text", "One day."])
        == 0
    )
    said = capsys.readouterr().out
    assert f"“{' '.join(WEAK.split()[1:4])}”: Says who?" in said
    for wrong in (
        ("--level", "examples=9"),
        ("--level", "charm=2"),
        ("--mark", "x"),
        ("--mark", "5-5000"),
        ("--sound", "a.mp3"),
    ):
        assert main(["class", "comment", HERE, *wrong]) in (ExitCode.WRONG_USE, ExitCode.NOT_IN_ORDER)
    assert main(["class", "comment", "nobody", "--text", "x"]) == ExitCode.NOT_IN_ORDER
    capsys.readouterr()
    main(["class", "answer", HERE, "--json"])
    assert json.loads(capsys.readouterr().out)["coach"]["levels"] == {"examples": 2}
    main(["class", "comment", HERE, "--clear"])
    assert main(["class", "return", "--out", str(tmp_path / "back")]) == ExitCode.NOT_IN_ORDER


def test_only_sound_with_an_end_becomes_a_spoken_comment_and_the_one_before_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class_of_one(tmp_path)
    before = write_wav(tmp_path / "before.wav", tone(440, 0.5))
    assert main(["class", "comment", HERE, "--sound", str(before)]) == ExitCode.DONE
    (tmp_path / "words.wav").write_text("no sound\n" * 500)
    (tmp_path / "folder.wav").mkdir()
    wrong = {"words.wav": "as sound", "folder.wav": "is a folder", "gone.wav": "There is no file"}
    if Path("/dev/zero").exists():
        (tmp_path / "device.wav").symlink_to("/dev/zero")
        wrong["device.wav"] = "a device or a pipe"
    for name, why in wrong.items():
        capsys.readouterr()
        assert main(["class", "comment", HERE, "--sound", str(tmp_path / name)]) != ExitCode.DONE
        assert why in capsys.readouterr().err
    kept = user_paths().classes / "recordings"
    assert [path.read_bytes() for path in kept.rglob("coach-*")] == [before.read_bytes()]


@pytest.mark.parametrize(
    "given",
    ["evening-course.ama", "amara", "s1", "s1/01", "amara/01", "evening/0", HERE],
)
def test_an_answer_is_found_by_a_beginning_of_its_id(classes: Classes, given: str) -> None:
    assert classes.answer_meant(given) == HERE


def test_a_beginning_of_several_answers_is_told(classes: Classes, tmp_path: Path) -> None:
    write_one(
        practice("s2", candidate_name="Amara Okoye", answers=(answered("s2", 0, CALM, STRONG),)),
        tmp_path,
        tmp_path / "more.zip",
    )
    list(gather(classes, "evening-course", [tmp_path / "more.zip"], "", lambda _path, _name: ""))
    with pytest.raises(UserError, match="Several answers"):
        classes.answer_meant("amara")
    assert classes.answer_meant("s2") == HERE.replace("s1", "s2")
    with pytest.raises(UserError, match="is no answer"):
        classes.answer_meant("mara")


def test_a_level_is_given_by_the_beginning_of_a_rubrics_id(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class_of_one(tmp_path)
    assert main(["class", "comment", "amara", "--level", "exam=2"]) == ExitCode.DONE
    capsys.readouterr()
    assert main(["class", "agreement", "--answers", "s1", "--out", str(tmp_path / "chosen.jsonl")]) == ExitCode.DONE
    assert "1 answer written" in capsys.readouterr().err

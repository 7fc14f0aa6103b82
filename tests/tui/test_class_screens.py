"""A coach in the app: a class begun, taken in, commented on and handed back; and a student who sees it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from textual.widgets import DataTable, Input, OptionList, Select

from simulator.classroom.assignment import ASSIGNMENT, assignment_text, make_assignment
from simulator.classroom.class_overview import StudentRow
from simulator.classroom.classes import Student
from simulator.interview.events import Phase
from simulator.sessions.archive import write_one
from simulator.sessions.coach_feedback import CoachFeedback, coach_repository
from simulator.tui.screens.class_table import ClassScreen
from simulator.tui.screens.class_words import last_days
from simulator.tui.screens.classes import ClassesScreen
from simulator.tui.screens.coaching import CoachScreen
from simulator.tui.screens.history import HistoryScreen
from simulator.tui.screens.interview import InterviewScreen
from simulator.tui.screens.report import ReportScreen
from simulator.tui.screens.self_rating import SelfRatingScreen
from simulator.tui.screens.session import SessionScreen
from simulator.tui.screens.setup import SetupScreen
from simulator.tui.screens.student import StudentScreen
from simulator.tui.screens.transcript import TranscriptScreen
from simulator.tui.widgets.marked_words import MarkedWords
from simulator.tui.widgets.picking import AskText, PickOne
from simulator.tui.widgets.writing import WriteText
from tests.fakes import spoken
from tests.sessions.made import CALM, STRONG, WEAK, WHY, answered, practice
from tests.tui.driving import Driver, lines_of, running
from tests.tui.test_banks_screen import FIRST, own_bank

pytestmark = pytest.mark.thorough


def handed_in(folder: Path, name: str, session_id: str = "s1") -> Path:
    folder.mkdir(exist_ok=True)
    answers = (answered(session_id, 0, CALM, WEAK), answered(session_id, 1, WHY, WEAK))
    path = folder / f"{session_id}-{name or 'nobody'}.zip"
    write_one(practice(session_id, candidate_name=name, answers=answers), folder, path)
    return path


async def shows(driver: Driver, screen: type) -> None:
    await driver.until(lambda: isinstance(driver.app.screen, screen), screen.__name__)


async def answer_ask(driver: Driver, text: str) -> None:
    await shows(driver, AskText)
    await driver.type(text)
    await driver.press("enter")


async def open_class(driver: Driver) -> None:
    driver.app.go("classes")
    await shows(driver, ClassesScreen)
    await driver.until_text("For coaches and teachers")
    await driver.press("n")
    await answer_ask(driver, "Evening course")
    await shows(driver, ClassScreen)
    await driver.until_text("Nobody is in this class yet")


async def take_in(driver: Driver, path: Path) -> None:
    await driver.press("a")
    await shows(driver, AskText)
    ask = driver.app.screen
    assert isinstance(ask, AskText)
    ask.dismiss(str(path))


def rows(driver: Driver) -> list[str]:
    table = driver.app.screen.query_one(DataTable)
    return [str(table.get_row_at(number)[0]) for number in range(table.row_count)]


async def with_her_answers(driver: Driver, folder: Path) -> None:
    """A class that Amara Okoye's answers were taken into."""
    await open_class(driver)
    await take_in(driver, folder)
    await driver.until(lambda: rows(driver) == ["Amara Okoye"], "the student")


async def open_answer(driver: Driver) -> CoachScreen:
    await driver.press("enter")
    await shows(driver, StudentScreen)
    await driver.until(lambda: driver.app.screen.query_one(OptionList).option_count == 3, "the answers")
    await driver.press("enter")
    await shows(driver, CoachScreen)
    screen = driver.app.screen
    assert isinstance(screen, CoachScreen)
    await driver.until(lambda: screen.query_one(MarkedWords).text, "the words")
    return screen


def said_of(driver: Driver, answer: str = "01-1") -> CoachFeedback:
    return driver.app.services.data.classes.feedback.get(f"evening-course.amara-okoye.s1/{answer}")


@pytest.mark.one_in(3)
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)])
async def test_a_class_is_begun_and_taken_in(tmp_path: Path, size: tuple[int, int]) -> None:
    handed_in(tmp_path / "in", "Amara Okoye")
    handed_in(tmp_path / "in", "Bruno Silva")
    async with running(size=size) as driver:
        await open_class(driver)
        await take_in(driver, tmp_path / "in")
        await driver.until(lambda: rows(driver) == ["Amara Okoye", "Bruno Silva"], "both students")
        await driver.until_text("Missing most")
        await driver.press("v")
        await driver.until_text("2 answers of 2 students")
        await driver.press("v")
        await driver.until_text("You have given no levels yet")
        await driver.press("escape")
        await driver.until(
            lambda: "2 students" in str(driver.app.screen.query_one(OptionList).options[0].prompt), "it"
        )


async def test_a_file_without_a_name_is_asked_about(tmp_path: Path) -> None:
    handed_in(tmp_path / "in", "")
    async with running() as driver:
        await open_class(driver)
        await take_in(driver, tmp_path / "in")
        await driver.until(lambda: isinstance(driver.app.screen, AskText) and "Whose is" in driver.text(), "it")
        ask = driver.app.screen
        assert isinstance(ask, AskText)
        ask.dismiss("Mina Park")
        await driver.until(
            lambda: isinstance(driver.app.screen, ClassScreen) and rows(driver) == ["Mina Park"], "her"
        )


@pytest.mark.quick
async def test_levels_marks_and_a_comment_are_kept_as_they_are_given(tmp_path: Path) -> None:
    handed_in(tmp_path / "in", "Amara Okoye")
    async with running() as driver:
        await with_her_answers(driver, tmp_path / "in")
        screen = await open_answer(driver)
        await driver.press("l", "3")
        await driver.until(lambda: "3 (the app: 0)" in driver.text(), "the level")
        assert said_of(driver).levels == {"examples": 3}
        await driver.press("l")
        await shows(driver, SelfRatingScreen)
        assert driver.app.screen.query_one(OptionList).highlighted == 3
        await driver.press("escape", "m", "right", "right", "m")
        await answer_ask(driver, "Says who")
        await driver.until(lambda: "«" in "".join(_drawn(screen)), "the mark")
        assert [(mark.first_word, mark.last_word, mark.note) for mark in said_of(driver).marks] == [
            (0, 2, "Says who")
        ]
        await driver.press("c")
        await shows(driver, WriteText)
        await driver.type("One day")
        await driver.press("escape")
        await driver.until_text("One day")
        assert said_of(driver).comment == "One day"
        await driver.press("delete")
        await driver.until(lambda: not said_of(driver).marks, "no mark")
        await driver.press("escape")
        await driver.until(lambda: isinstance(driver.app.screen, StudentScreen), "the student")
        prompts = [str(option.prompt) for option in driver.app.screen.query_one(OptionList).options]
        await driver.until(
            lambda: any("commented" in str(o.prompt) for o in driver.app.screen.query_one(OptionList).options),
            prompts[0],
        )


def _drawn(screen: CoachScreen) -> list[str]:
    words = screen.query_one(MarkedWords)
    return [piece.before + piece.text + piece.after for line in words.lines for piece in line]


async def test_the_answer_is_never_called_the_coachs_own(tmp_path: Path) -> None:
    handed_in(tmp_path / "in", "Amara Okoye")
    async with running(size=(120, 40)) as driver:
        await with_her_answers(driver, tmp_path / "in")
        screen = await open_answer(driver)
        answer = screen.query_one("#card-answer")
        await driver.until(lambda: answer.border_title is not None, "the panels")
        assert answer.border_title == "What the app found in it"


async def test_a_mark_that_was_begun_can_be_taken_back(tmp_path: Path) -> None:
    handed_in(tmp_path / "in", "Amara Okoye")
    async with running() as driver:
        await with_her_answers(driver, tmp_path / "in")
        screen = await open_answer(driver)
        await driver.press("m")
        await driver.until_text("press M again")
        await driver.press("escape")
        assert driver.app.screen is screen
        await driver.press("escape")
        await shows(driver, StudentScreen)


async def test_a_note_that_was_left_keeps_its_words_and_the_mark_that_was_begun(tmp_path: Path) -> None:
    handed_in(tmp_path / "in", "Amara Okoye")
    async with running(notices=True) as driver:
        await with_her_answers(driver, tmp_path / "in")
        screen = await open_answer(driver)
        await driver.press("m", "right", "right", "m")
        await shows(driver, AskText)
        await driver.until_text("What about “I am a")
        await driver.type("Says who")
        await driver.press("escape")
        await driver.until(lambda: any("What you typed is kept" in notice for notice in driver.notices), "so it says")
        assert "«" not in "".join(_drawn(screen))
        await driver.until_text("press M again")
        await driver.press("m")
        await shows(driver, AskText)
        await driver.until(lambda: driver.app.screen.query_one(Input).value == "Says who", "the words")
        await driver.press("enter")
        await driver.until(lambda: "«" in "".join(_drawn(screen)), "the mark")
        assert [(mark.first_word, mark.last_word, mark.note) for mark in said_of(driver).marks] == [
            (0, 2, "Says who")
        ]


async def test_a_spoken_comment_is_recorded_kept_and_handed_back(tmp_path: Path) -> None:
    handed_in(tmp_path / "in", "Amara Okoye")
    async with running([spoken("well begun")], notices=True) as driver:
        await with_her_answers(driver, tmp_path / "in")
        await open_answer(driver)
        await driver.press("r")
        await driver.until(lambda: driver.listening, "the microphone")
        await driver.until_text("Listening to your comment")
        await driver.press("r")
        await driver.until_text("Spoken comment: well begun")
        feedback = said_of(driver)
        assert (driver.app.services.data.classes.recordings / feedback.recording).is_file()
        await driver.press("escape", "escape")
        await shows(driver, ClassScreen)
        await driver.press("h")
        folder = driver.app.paths.exports / "feedback-evening-course"
        await driver.until(lambda: (folder / "feedback-amara-okoye.zip").is_file(), "the file")
        await driver.until(lambda: any("I among past sessions" in each for each in driver.notices), "what to do")


async def test_without_a_microphone_a_comment_can_be_written(tmp_path: Path) -> None:
    handed_in(tmp_path / "in", "Amara Okoye")
    async with running(microphone=False, notices=True) as driver:
        await with_her_answers(driver, tmp_path / "in")
        await open_answer(driver)
        await driver.press("r")
        await driver.until(lambda: driver.notices, "it is told")
        await driver.press("c")
        await shows(driver, WriteText)


async def test_names_stay_in_sight_on_a_small_screen(tmp_path: Path) -> None:
    handed_in(tmp_path / "in", "Amara Okoye")
    async with running(size=(60, 20)) as driver:
        await with_her_answers(driver, tmp_path / "in")
        table = driver.app.screen.query_one(DataTable)
        table.styles.width = 40
        await driver.until(lambda: table.max_scroll_x > 0, "more than there is room for")
        table.scroll_to(x=table.max_scroll_x, animate=False)
        await driver.until(lambda: table.scroll_x == table.max_scroll_x, "the last column")
        await driver.until(lambda: "last" in table.render_line(0).text, "its heading")
        assert "Amara Okoye" in table.render_line(1).text


async def test_a_coachs_own_banks_are_offered_first_as_an_assignment() -> None:
    own_bank("zzz", "Zinc workshop", FIRST)
    async with running() as driver:
        await open_class(driver)
        await driver.press("w")
        await shows(driver, PickOne)
        assert str(driver.app.screen.query_one(OptionList).get_option_at_index(0).prompt) == "Zinc workshop"


@pytest.mark.quick
async def test_pages_are_written(tmp_path: Path) -> None:
    handed_in(tmp_path / "in", "Amara Okoye")
    async with running() as driver:
        await with_her_answers(driver, tmp_path / "in")
        await driver.press("x", "down", "enter")
        folder = driver.app.paths.exports / "class-evening-course-without-names"
        await driver.until(lambda: (folder / "student-1.html").is_file(), "the pages")
        assert "Amara" not in "".join(path.read_text(encoding="utf-8") for path in folder.iterdir())


# At the student's.


@pytest.mark.quick
async def test_the_coachs_feedback_stands_beside_the_apps(tmp_path: Path) -> None:
    async with running() as driver:
        store = driver.app.services.data.store
        answer = answered("s1", 0, CALM, WEAK)
        store.begin(practice("s1", answers=(answer,)))
        feedback = CoachFeedback(answer.id, {"examples": 2}, comment="Tell one day.", by="Iva Coach")
        coach_repository(store).save(feedback.with_mark(answer, 0, 1, "Says who?"))
        driver.app.push_screen(SessionScreen(answer.session_id))
        await shows(driver, SessionScreen)
        answers = driver.app.screen.query_one("#answers", OptionList)
        await driver.until(
            lambda: ["✎ Your coach, Iva Coach" in str(each.prompt) for each in answers.options] == [True], "the note"
        )
        driver.app.push_screen(TranscriptScreen(answer.id))
        await driver.until_text("Your coach, Iva Coach")
        await driver.until_text("2 (the app: 0)")
        await driver.press("right")
        await driver.until_text("marked by your coach: Says who?")
        await driver.press("right", "right", "right")
        await driver.until(lambda: "marked by your coach" not in driver.text(), "another word")


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_an_assignment_is_opened_and_done_by_its_rules(tmp_path: Path, size: tuple[int, int]) -> None:
    path = tmp_path / "work.json"
    async with running(microphone=False, size=size) as driver:
        bank = driver.app.services.library.bank("first-round-general")
        assignment = make_assignment(replace(bank, questions=bank.questions[:2]), "Week one", note="By Friday.")
        path.write_text(assignment_text(assignment, {}), encoding="utf-8")
        driver.app.go("history")
        await shows(driver, HistoryScreen)
        await driver.press("i")
        await shows(driver, AskText)
        ask = driver.app.screen
        assert isinstance(ask, AskText)
        ask.dismiss(str(path))
        await driver.until(lambda: driver.app.services.data.assignments.ids() == [assignment.id], "the work")
        await driver.press("escape")
        driver.app.go("setup")
        await shows(driver, SetupScreen)
        await driver.until(
            lambda: driver.app.screen.query_one("#bank", Select).value == assignment.bank.id, "the work chosen"
        )
        await driver.until(lambda: driver.app.screen.query_one("#plan", OptionList).option_count == 2, "the plan")
        await driver.until_text("one try each")
        await driver.until_text("By Friday.")
        setup = driver.app.screen
        await driver.until(lambda: "Friday" in "".join(lines_of(setup)), "the coach's note in sight")
        assert {each.id for each in setup.query("#choices *:disabled") if each.id} >= {"count", "weak", "seed"}
        assert "new questions" not in driver.text()
        driver.app.screen.query_one("#plan").focus()
        await driver.press("delete", "ctrl+down", "enter")
        plan = driver.app.screen.query_one("#plan", OptionList)
        assert bank.questions[0].ask in " ".join(str(plan.options[0].prompt).split())
        assert plan.option_count == 2
        await driver.press("f9")
        await shows(driver, InterviewScreen)
        screen = driver.app.screen
        assert isinstance(screen, InterviewScreen)
        await driver.until(lambda: screen.conversation.state.phase is Phase.INVITED, "the first question")
        if size[0] >= 80:  # in less the keys have the room
            await driver.until_text("limit ")
        assert not screen.conversation.options.second_try


@pytest.mark.parametrize("bank_id", ["general", f"{ASSIGNMENT}abc"])
async def test_after_an_assignment_the_report_and_its_answers_lead_to_the_coach(bank_id: str) -> None:
    assigned = bank_id.startswith(ASSIGNMENT)
    async with running() as driver:
        made = practice("s1", bank_id=bank_id, answers=(answered("s1", 0, CALM, STRONG),))
        driver.app.services.data.store.begin(made)
        driver.app.push_screen(ReportScreen("s1"))
        await driver.until_text("You answered 1 question")
        assert ("For your coach" in driver.text()) is assigned
        screen = SessionScreen("s1")
        driver.app.push_screen(screen)
        await driver.until(lambda: screen.in_footer("followup") is not assigned, "its keys")
        assert screen.in_footer("hand_in")


@pytest.mark.quick
@pytest.mark.parametrize(("room", "day"), [(9, "Mon 9 Nov"), (8, "9 Nov"), (5, "9 Nov"), (4, None), (-20, None)])
def test_a_day_in_the_class_is_whole_or_left_out(room: int, day: str | None) -> None:
    line = StudentRow(Student("a", "Amara Okoye"), {}, last_at="2026-11-09T09:00:00+00:00")
    assert last_days([line], room, date(2026, 11, 30)) == ([day] if day else [])


async def test_a_long_name_is_cut_with_a_sign(tmp_path: Path) -> None:
    handed_in(tmp_path / "in", "Maximiliane Philippa Josephine Hohenstein-Wiedenbrueck von und zu Achterberg")
    async with running(size=(80, 24)) as driver:
        await open_class(driver)
        await take_in(driver, tmp_path / "in")
        await driver.until(lambda: rows(driver), "the student")
        assert rows(driver)[0].startswith("Maximiliane Ph")
        assert rows(driver)[0].endswith("…")
        assert driver.app.screen.query_one(DataTable).max_scroll_x == 0


async def test_the_same_file_again_and_a_wrong_one_are_told_as_that(tmp_path: Path) -> None:
    handed_in(tmp_path / "in", "Amara Okoye")
    async with running(notices=True) as driver:
        await with_her_answers(driver, tmp_path / "in")
        await take_in(driver, tmp_path / "in")
        await driver.until(
            lambda: any("Nothing new: 1 session is here already." in each for each in driver.notices), "told"
        )
        (tmp_path / "notes.pdf").write_bytes(b"%PDF-1.4")
        await take_in(driver, tmp_path / "notes.pdf")
        await driver.until(lambda: any("notes.pdf is no session" in each for each in driver.notices), "told")
        assert not any("0 students" in each for each in driver.notices)


async def test_enter_held_down_opens_a_student_once(tmp_path: Path) -> None:
    handed_in(tmp_path / "in", "Amara Okoye")
    async with running() as driver:
        await with_her_answers(driver, tmp_path / "in")
        table = driver.app.screen.query_one(DataTable)
        for _ in range(3):
            table.action_select_cursor()
        await shows(driver, StudentScreen)
        await driver.rest()
        assert sum(isinstance(screen, StudentScreen) for screen in driver.app.screen_stack) == 1

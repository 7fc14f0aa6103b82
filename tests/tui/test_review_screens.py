"""Reviewing: the list is filtered and sorted, two attempts stand side by side, and rating oneself comes first."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from textual.content import Content
from textual.widgets import ContentSwitcher, DataTable, OptionList, Select, Static

from simulator.interview.events import FinishEarly, Phase
from simulator.questions.bank import GOODBYE
from simulator.sessions.session import Answer, Mode
from simulator.tui.screens.compare import CompareScreen
from simulator.tui.screens.history import HistoryScreen
from simulator.tui.screens.interview import InterviewScreen
from simulator.tui.screens.record_form import RecordForm
from simulator.tui.screens.report import ReportScreen
from simulator.tui.screens.self_rating import SelfRatingScreen
from simulator.tui.screens.session import SessionScreen
from simulator.tui.screens.transcript import TranscriptScreen
from tests.fakes import spoken
from tests.sessions.made import CALM, STRONG, WEAK, WHY, answered, practice
from tests.tui.driving import Driver, lines_of, options_of, running
from tests.tui.gallery import SCENES, settled, visiting

pytestmark = pytest.mark.thorough

BANK = "first-round-general"


def rows(driver: Driver) -> list[str]:
    table = driver.app.screen.query_one(DataTable)
    return [str(row.value) for row in table.rows]


async def open_history(driver: Driver) -> None:
    store = driver.app.services.data.store
    store.begin(practice("new", bank_id="a", bank_title="Bank A"))
    weak = (answered("old", 0, CALM, WEAK, answered_at="2020-01-01T00:00:00Z"),)
    store.begin(practice("old", bank_id="b", bank_title="Bank B", started_at="2020-01-01T00:00:00Z", answers=weak))
    driver.app.go("history")
    await driver.until(lambda: isinstance(driver.app.screen, HistoryScreen), "the history")
    await driver.until(lambda: rows(driver) == ["new", "old"], "both sessions")


async def test_the_list_is_sorted_by_one_key() -> None:
    async with running(size=(120, 40)) as driver:
        await open_history(driver)
        for first in (["old", "new"], ["new", "old"], ["old", "new"], ["new", "old"]):
            await driver.press("s")
            await driver.until(lambda: rows(driver) == first, f"{first}")


@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    ("name", "value", "left"),
    [("bank", "b", ["old"]), ("rubric", "questions", ["new"]), ("since", "7", [])],
)
async def test_the_list_is_filtered_and_the_filters_go_again(name: str, value: str, left: list[str]) -> None:
    async with running(size=(120, 40)) as driver:
        await open_history(driver)
        if name == "since":
            driver.app.services.data.store.delete("new")
        await driver.press("f")
        screen = driver.app.screen
        await driver.until(lambda: len(options_of(screen.query_one("#bank", Select))) > 1, "the banks")
        screen.query_one(f"#{name}", Select).value = value
        await driver.until(lambda: rows(driver) == left, f"{left}")
        if not left:
            await driver.until_text("No session fits these filters")
        screen.query_one(DataTable).display = True
        await driver.press("escape")
        await driver.until(lambda: len(rows(driver)) == (1 if name == "since" else 2), "all sessions")
        assert isinstance(driver.app.screen, HistoryScreen)


async def open_transcript(driver: Driver, answer_id: str) -> None:
    driver.app.push_screen(TranscriptScreen(answer_id))
    await driver.until(lambda: isinstance(driver.app.screen, TranscriptScreen), "the transcript")
    await driver.until_text("Concrete examples")


@pytest.mark.quick
async def test_two_attempts_stand_side_by_side_with_what_was_gained() -> None:
    async with running(size=(100, 40)) as driver:
        session = practice()
        driver.app.services.data.store.begin(session)
        await open_transcript(driver, session.answers[1].id)
        await driver.press("c")
        await driver.until(lambda: isinstance(driver.app.screen, CompareScreen), "the comparison")
        await driver.until_text("Concrete examples: 0, now 4, up by 4")
        await driver.until_text("+ new in this try")
        text = driver.text()
        # Each side names the skills that its levels are of.
        assert "Level 0 of 4  Concrete examples" in text
        assert "Level 4 of 4  Concrete examples" in text
        assert text.index("natural leader") < text.index("visitor was shouting")
        await driver.press("escape")
        await driver.until(lambda: isinstance(driver.app.screen, TranscriptScreen), "the transcript again")


async def test_the_earlier_attempt_is_on_the_left_whichever_was_opened() -> None:
    async with running(size=(100, 40)) as driver:
        session = practice()
        driver.app.services.data.store.begin(session)
        driver.app.push_screen(CompareScreen(session.answers[0].id))
        await driver.until_text("Concrete examples: 0, now 4, up by 4")


async def test_left_and_right_choose_among_attempts() -> None:
    async with running(size=(100, 40)) as driver:
        store = driver.app.services.data.store
        for number, words in enumerate((WEAK, f"{WEAK} really", STRONG), 1):
            day = f"2026-11-0{number}T10:00:00Z"
            answer = answered(f"s{number}", 0, CALM, words, answered_at=day)
            store.begin(practice(f"s{number}", started_at=day, answers=(answer,)))
        # The one it was opened from stands beside the latest.
        driver.app.push_screen(CompareScreen("s1/01-1"))
        await driver.until_text("Tries 1 and 3 of 3")
        await driver.until_text("Try 1 of 3, Sun 1 Nov")
        assert "really" not in driver.text()
        await driver.press("right")
        await driver.until_text("Tries 2 and 3 of 3")
        await driver.until_text("really")
        await driver.press("left")
        await driver.until_text("Tries 1 and 3 of 3")
        await driver.press("escape")
        driver.app.push_screen(CompareScreen("s3/01-1"))
        await driver.until_text("Tries 2 and 3 of 3")


async def test_a_question_tried_once_says_so_and_is_tried_again_by_one_key() -> None:
    async with running(size=(100, 40)) as driver:
        question = driver.app.services.library.bank(BANK).questions[0]
        driver.app.services.data.store.begin(
            practice("s", bank_id=BANK, answers=(answered("s", 0, question, STRONG),))
        )
        driver.app.push_screen(CompareScreen("s/01-1"))
        await driver.until_text("no other try at this question yet")
        assert "Two tries" not in driver.text()
        await driver.press("a")
        await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the drill")
        screen = driver.app.screen
        assert isinstance(screen, InterviewScreen)
        assert screen.conversation.session.mode is Mode.DRILL
        assert screen.conversation.state.plan.turns[0].question.id == question.id


@pytest.mark.quick
async def test_the_transcript_shows_pace_and_the_own_rating() -> None:
    async with running(size=(100, 60)) as driver:
        session = practice()
        driver.app.services.data.store.begin(session)
        driver.app.services.data.store.rate_self(session.answers[1].id, {"examples": 2})
        await open_transcript(driver, session.answers[1].id)
        await driver.until_text("words a minute")
        await driver.until_text("Pace")
        await driver.until_text("Concrete examples: you gave yourself 2, I heard 4")


async def test_a_typed_answer_has_no_plot() -> None:
    async with running(size=(100, 60)) as driver:
        session = practice()
        driver.app.services.data.store.begin(session)
        driver.app.push_screen(TranscriptScreen(session.answers[2].id))
        await driver.until_text("Motivation")
        assert "Pace" not in driver.text()


async def rated(driver: Driver) -> InterviewScreen:
    await driver.press("enter")
    await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the interview")
    screen = driver.app.screen
    assert isinstance(screen, InterviewScreen)
    await driver.until(lambda: screen.conversation.state.phase is Phase.INVITED, "the candidate's turn")
    await driver.press("enter")
    await driver.until(lambda: driver.listening, "the microphone")
    await driver.press("enter")
    await driver.until(lambda: isinstance(driver.app.screen, SelfRatingScreen), "the question about oneself")
    return screen


@pytest.mark.quick
async def test_the_own_rating_comes_before_the_levels_and_is_kept() -> None:
    async with running([spoken(STRONG)], questions=2, probes=False, self_rating=True) as driver:
        screen = await rated(driver)
        assert screen.query_one(ContentSwitcher).current != "feedback"
        for _ in range(3):
            if isinstance(driver.app.screen, SelfRatingScreen):
                await driver.press("2")
                await driver.pilot.pause()
        await driver.until(lambda: driver.app.screen is screen, "the feedback")
        await driver.until_text("of 4, you gave yourself 2")
        (answer,) = driver.app.services.data.store.session(screen.conversation.session.id).answers
        assert set(answer.self_rating.values()) == {2}
        assert set(answer.self_rating) <= set(answer.question.rubrics)
        # A newer state of the same answer does not take the rating away.
        driver.app.services.data.store.keep_answer(replace(answer, self_rating={}))
        assert driver.app.services.data.store.answer(answer.id).self_rating == answer.self_rating
        assert {point.self_level for point in driver.app.services.data.store.levels_over_time()} == {2}


async def test_the_own_rating_can_be_left_out() -> None:
    async with running([spoken(STRONG)], questions=2, probes=False, self_rating=True) as driver:
        screen = await rated(driver)
        await driver.press("escape")
        await driver.until(lambda: driver.app.screen is screen, "the feedback")
        await driver.until_text("Concrete examples")
        assert "you gave yourself" not in driver.text()
        (answer,) = driver.app.services.data.store.session(screen.conversation.session.id).answers
        assert answer.self_rating == {}


@pytest.mark.quick
async def test_a_session_opens_from_the_list_and_an_answer_from_the_session() -> None:
    async with running(size=(120, 40)) as driver:
        await open_history(driver)
        await driver.press("enter")
        await driver.until(lambda: isinstance(driver.app.screen, SessionScreen), "the session")
        await driver.until_text("Bank A   coach")
        await driver.press("enter")
        await driver.until(lambda: isinstance(driver.app.screen, TranscriptScreen), "the transcript")


@pytest.mark.quick
async def test_a_deleted_session_comes_back_while_the_list_is_open() -> None:
    async with running(size=(120, 40)) as driver:
        await open_history(driver)
        await driver.press("d")
        await driver.until(lambda: rows(driver) == ["old"], "one session")
        await driver.press("u")
        await driver.until(lambda: rows(driver) == ["new", "old"], "both sessions")


async def test_leaving_the_list_makes_a_deletion_final() -> None:
    async with running(size=(120, 40)) as driver:
        await open_history(driver)
        await driver.press("d")
        await driver.until(lambda: rows(driver) == ["old"], "one session")
        assert driver.app.services.data.store.deleted() == ["new"]
        await driver.press("escape")
        await driver.until(lambda: driver.app.services.data.store.deleted() == [], "nothing left to purge")


async def test_a_click_on_a_word_moves_there() -> None:
    async with running(size=(100, 40)) as driver:
        session = practice()
        driver.app.services.data.store.begin(session)
        await open_transcript(driver, session.answers[1].id)
        await driver.press("v")
        words = STRONG.split()
        # The first line holds the first words.
        for position in (3, 6):
            cell = len(" ".join(words[:position])) + 1
            await driver.pilot.click("#words", offset=(cell, 0))
            note = driver.app.screen.query_one("#note", Static)
            await driver.until(lambda: f"“{words[position]}”" in str(note.content), "the word")


@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    ("columns", "headings"),
    [
        (60, ["when", "what", "E    M    Q"]),
        (80, ["when", "length", "what", "mode", "E    M    Q"]),
        (120, ["when", "length", "what", "mode", "examples", "motivation", "questions", ""]),
    ],
)
async def test_the_list_fits_the_screen_and_tells_the_whole_title(columns: int, headings: list[str]) -> None:
    async with running(size=(columns, 24)) as driver:
        title = "A very long name for a bank of questions that goes on and on, and still it is told in full"
        driver.app.services.data.store.begin(practice("s", bank_title=title))
        driver.app.go("history")
        await driver.until(lambda: isinstance(driver.app.screen, HistoryScreen), "the history")
        await driver.until(lambda: rows(driver) == ["s"], "the session")
        table = driver.app.screen.query_one(DataTable)
        assert [str(column.label) for column in table.columns.values()] == headings
        cells = dict(zip(headings, table.get_row("s"), strict=True))
        assert cells["what"] == title
        await driver.until(lambda: all(word in drawn(driver) for word in title.split()), "every word of the title")
        await driver.until(lambda: table.virtual_size.width > 0, "the table laid out")
        assert table.virtual_size.width <= columns
        legend = "E Concrete examples" if columns >= 76 else "E examples, M motivation, Q questions"
        assert (legend in drawn(driver)) == (columns < 100)
        await driver.until(lambda: "D delete" in lines_of(driver.app.screen)[-1], "the key that deletes")
        await driver.press("s")
        assert table.border_title == "Your practices, the oldest first"


async def test_home_and_end_go_to_the_first_and_the_last_session() -> None:
    async with running(size=(80, 24)) as driver:
        for n in range(30):
            driver.app.services.data.store.begin(practice(f"s{n:02d}", answers=()))
        driver.app.go("history")
        await driver.until(lambda: isinstance(driver.app.screen, HistoryScreen), "the history")
        await driver.until(lambda: len(rows(driver)) == 30, "the sessions")
        table = driver.app.screen.query_one(DataTable)
        await driver.press("end")
        assert table.cursor_row == 29
        await driver.press("home")
        assert table.cursor_row == 0


@pytest.mark.parametrize("key", ["enter", "down"])
async def test_what_was_found_is_opened_from_the_keyboard_alone(key: str) -> None:
    async with running(size=(80, 24)) as driver:
        await open_history(driver)
        await driver.press("slash")
        assert not driver.app.screen.check_action("sort", ())
        await driver.type("visitor side")
        hits = driver.app.screen.query_one("#hits", OptionList)
        await driver.until(lambda: hits.option_count == 1, "the hit")
        await driver.press(key)
        assert hits.has_focus
        await driver.press("enter")
        await driver.until(lambda: isinstance(driver.app.screen, TranscriptScreen), "the transcript")


@pytest.mark.parametrize("leave_out", [False, True])
async def test_in_realistic_mode_one_rates_oneself_before_the_report(leave_out: bool) -> None:
    async with running([spoken(STRONG)] * 3, questions=2, probes=False, self_rating=True, mode="realistic") as driver:
        await driver.press("enter")
        await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the interview")
        screen = driver.app.screen
        assert isinstance(screen, InterviewScreen)
        await driver.until(lambda: screen.conversation.state.phase is Phase.INVITED, "the candidate's turn")
        await driver.press("enter")
        await driver.until(lambda: driver.listening, "the microphone")
        await driver.press("enter")
        await driver.until(lambda: screen.conversation.session.answers, "the answer")
        assert not isinstance(driver.app.screen, SelfRatingScreen)
        screen.control.send(FinishEarly())
        await driver.until(lambda: isinstance(driver.app.screen, SelfRatingScreen), "the question about oneself")
        assert "Report" not in driver.text()
        for _ in range(9):
            if isinstance(driver.app.screen, SelfRatingScreen):
                await driver.press("escape" if leave_out else "3")
                await driver.pilot.pause()
        await driver.until(lambda: isinstance(driver.app.screen, ReportScreen), "the report")
        answer = driver.app.services.data.store.session(screen.conversation.session.id).answers[0]
        assert set(answer.self_rating.values()) == (set() if leave_out else {3})
        assert screen not in driver.app.screen_stack


def drawn(driver: Driver) -> str:
    """What is to be read on the screen, line by line."""
    return "\n".join(lines_of(driver.app.screen))


async def test_the_list_tells_the_time_of_day_and_how_long_it_took() -> None:
    async with running() as driver:
        driver.app.today = lambda: date(2026, 11, 24)
        at = datetime(2026, 11, 23, 14, 5).astimezone()
        ended = at + timedelta(minutes=15)
        kept = practice("s", started_at=at.astimezone(UTC).isoformat(), finished_at=ended.astimezone(UTC).isoformat())
        driver.app.services.data.store.begin(kept)
        driver.app.go("history")
        await driver.until(lambda: isinstance(driver.app.screen, HistoryScreen), "the history")
        await driver.until(lambda: "yesterday 14:05" in drawn(driver), "the time of day")
        assert "15 min" in drawn(driver)


async def test_on_a_wide_screen_a_past_session_shows_what_to_do_next_beside_the_levels() -> None:
    async with visiting(size=(120, 40)) as driver:
        await SCENES["review"](driver)
        levels, steps = (driver.app.screen.query_one(f"#report-{name}") for name in ("levels", "next"))
        assert levels.region.right <= steps.region.x


async def test_t_in_a_session_takes_the_marked_answer_over_as_a_story_and_the_border_counts() -> None:
    long = replace(CALM, ask=f"{CALM.ask} {CALM.ask} {CALM.ask}")
    async with running(size=(80, 24)) as driver:
        store = driver.app.services.data.store
        given = (answered("told", 0, long, STRONG), answered("told", 1, CALM, STRONG))
        left_out = replace(answered("told", 2, CALM, ""), skipped=True, scorecard=None)
        store.begin(practice("told", answers=(*given, left_out)))
        store.begin(practice("silent", answers=()))
        driver.app.push_screen(SessionScreen("told"))
        await driver.until_text("answered: 2 questions")
        await driver.until(lambda: any("T as story" in line for line in lines_of(driver.app.screen)), "the key")
        rows = str(driver.app.screen.query_one("#answers", OptionList).options[0].prompt).split("\n")
        assert len(rows) > 2
        assert all(row.startswith("   ") for row in rows[1:])
        await driver.press("t")
        await driver.until(lambda: isinstance(driver.app.screen, RecordForm), "the story")
        driver.app.push_screen(SessionScreen("silent"))
        told = "No question was answered."
        await driver.until(lambda: any(told in line for line in lines_of(driver.app.screen)), told)
        assert not any("T as story" in line for line in lines_of(driver.app.screen))


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_sessions_of_another_year_and_unfinished_ones_fit_into_the_list(size: tuple[int, int]) -> None:
    async with running(size=size) as driver:
        store, title = driver.app.services.data.store, "Medical receptionist at the hospital in the park"
        old = practice("old", started_at="2024-12-18T10:30:00Z", finished_at="", bank_title=title)
        store.begin(old)
        driver.app.go("history")
        await driver.until(lambda: driver.app.screen.query_one(DataTable).row_count == 1, "the session")
        await driver.rest()
        assert driver.app.screen.query_one(DataTable).max_scroll_x == 0
        assert any("Wed 18 Dec 2024" in line for line in lines_of(driver.app.screen))


async def open_report(driver: Driver, *answers: Answer, mode: Mode = Mode.COACH) -> str:
    """The report of a session with these answers, and what it says."""
    driver.app.services.data.store.begin(
        practice(answers[0].session_id, answers=answers, mode=mode, bank_id="first-round-general")
    )
    driver.app.push_screen(ReportScreen(answers[0].session_id))
    await driver.until_text("You answered")
    await driver.rest()
    return " ".join(driver.text().split())


@pytest.mark.quick
async def test_the_report_lists_a_skipped_question_and_asks_it_at_one_key() -> None:
    async with running(size=(60, 20)) as driver:
        bank = driver.app.services.library.bank("first-round-general")
        question = next(each for each in bank.questions if each.rubrics == ("examples",))
        left = replace(answered("s", 1, question, STRONG), utterances=(), scorecard=None, skipped=True)
        rated = replace(answered("s", 0, CALM, STRONG), self_rating={"examples": 2})
        told = await open_report(driver, rated, left)
        assert f"{question.ask} skipped" in told
        assert "S asks you the first skipped question now." in told
        assert "Level 4 of 4, you gave yourself 2" in told
        await driver.press("s")
        await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the interview")
        screen = driver.app.screen
        assert isinstance(screen, InterviewScreen)
        assert screen.conversation.session.mode is Mode.DRILL
        assert screen.conversation.question.id == question.id


async def test_a_question_answered_after_it_was_skipped_is_told_so_when_one_comes_back() -> None:
    async with running(size=(100, 40)) as driver:
        left = replace(answered("s", 1, WHY, ""), utterances=(), scorecard=None, skipped=True)
        tries = (answered("s", 0, CALM, WEAK), answered("s", 0, CALM, STRONG, attempt=2))
        told = await open_report(driver, *tries, left)
        assert "You answered 1 question in 2 tries." in told
        assert f"{WHY.ask} skipped" in told
        driver.app.push_screen(SessionScreen("s"))
        await driver.until(lambda: isinstance(driver.app.screen, SessionScreen), "another screen")
        later = answered("t", 0, WHY, WEAK, answered_at="2026-11-24T09:00:00Z")
        driver.app.services.data.store.begin(practice("t", answers=(later,), started_at="2026-11-24T09:00:00Z"))
        await driver.press("escape")
        await driver.until_text("answered later")
        assert "skipped" not in driver.text()
        assert "s" not in driver.app.screen.active_bindings
        assert len(driver.app.screen.query("#report-head Portrait")) == 2


@pytest.mark.quick
async def test_the_report_of_a_drill_says_what_the_second_try_added() -> None:
    async with running(size=(60, 20)) as driver:
        tries = (answered("s", 0, CALM, WEAK), answered("s", 0, CALM, STRONG, attempt=2))
        told = await open_report(driver, *tries, mode=Mode.DRILL)
        assert "What got better" in told
        assert "new: " in told
        assert ", then " in told
        assert "s" not in driver.app.screen.active_bindings, "nothing was skipped"


@pytest.mark.quick
@pytest.mark.parametrize(
    "scene", ["home", "report", "review", "transcript", "compare", "progress", "phrases", "followup"]
)
async def test_nothing_is_cut_in_mid_word_on_the_smallest_screen(scene: str) -> None:
    async with visiting(size=(60, 20)) as driver:
        await SCENES[scene](driver)
        assert [line for line in lines_of(driver.app.screen) if re.search(r"\w…", line)] == []


@pytest.mark.quick
async def test_what_a_marked_word_counts_as_is_told_to_the_end() -> None:
    async with visiting(size=(60, 20)) as driver:
        await SCENES["transcript"](driver)
        for _ in range(12):
            note = driver.app.screen.query_one("#note", Static)
            lines = Content(str(note.content)).wrap(note.size.width)
            assert len(lines) <= note.size.height, note.content
            await driver.press("tab")
            await settled(driver)


@pytest.mark.quick
async def test_a_goodbye_is_neither_compared_nor_tried_again_nor_counted() -> None:
    async with running(size=(80, 24)) as driver:
        bye = answered("s", 1, replace(CALM, ask=GOODBYE), "thank you and goodbye to all of you")
        bye = replace(bye, utterances=tuple(replace(each, purpose="goodbye") for each in bye.utterances))
        driver.app.services.data.store.begin(practice("s", answers=(answered("s", 0, CALM, STRONG), bye)))
        driver.app.push_screen(SessionScreen("s"))
        await driver.until_text("answered: 1 question")
        row = str(driver.app.screen.query_one("#answers", OptionList).options[1].prompt)
        assert "your last words" in row
        assert "2." not in row
        screen = TranscriptScreen(bye.id)
        driver.app.push_screen(screen)
        await driver.until(lambda: screen.check_action("edit", ()) is True, "the words")
        assert not any(screen.check_action(name, ()) for name in ("compare", "again", "as_story"))

"""The keys: what a footer offers works, is there, and fits on the screen."""

import time
from dataclasses import replace
from functools import partial
from itertools import product
from typing import Any

import pytest
from textual.widgets import DataTable, OptionList
from textual.widgets._footer import FooterKey
from textual.widgets._toast import Toast, ToastRack

from simulator.interview.events import Phase, Purpose
from simulator.interview.setup import Setup
from simulator.interview_control.turn_words import to_start, to_type, while_speaking
from simulator.tui.routes import SCREEN_PLACES
from simulator.tui.screens.help import KeyGroup
from simulator.tui.screens.history import HistoryScreen
from simulator.tui.screens.interview import InterviewScreen
from simulator.tui.screens.report import ReportScreen
from simulator.tui.screens.self_rating import SelfRatingScreen
from simulator.tui.screens.setup import SetupScreen
from tests.fakes import spoken
from tests.sessions.made import answered, practice
from tests.tui.driving import Driver, lines_of, running
from tests.tui.gallery import SCENES, visiting

pytestmark = pytest.mark.thorough

THIN = "i am a natural leader and i work hard and people like me because i always give my best every day"
SEED = 1
"""Of a plan whose first question asks for an example: what can be done after an answer depends on it."""
STORY = "last winter i led a team of six at the depot and in the end only four of nine hundred boxes were late"


def cut_off(driver: Driver) -> list[str]:
    """The keys of the current footer that are not wholly on the screen."""
    return [key.description for key in driver.app.screen.query(FooterKey) if key.region.right > driver.app.size.width]


def names(driver: Driver) -> list[str]:
    return [key.description for key in driver.app.screen.query(FooterKey)]


def offered(driver: Driver) -> list[str]:
    return [key.key_display for key in driver.app.screen.query(FooterKey)]


@pytest.mark.one_in(6)
@pytest.mark.parametrize("name", [*SCREEN_PLACES])
async def test_no_footer_is_cut_off_on_a_narrow_screen(name: str) -> None:
    async with running(size=(60, 20)) as driver:
        if name != "home":
            driver.app.go(name)
        await driver.until(lambda: type(driver.app.screen).__name__ == SCREEN_PLACES[name][1], name)
        await driver.until(lambda: "F1" in offered(driver), "the keys")
        assert cut_off(driver) == []


@pytest.mark.quick
async def test_the_keys_of_the_interview_fit_on_a_narrow_screen() -> None:
    async with running([spoken(STORY)], size=(60, 20), questions=3, probes=False) as driver:
        await driver.press("enter")
        for step in (Phase.INVITED, Phase.ANSWERING, Phase.FEEDBACK):
            await driver.until(
                lambda: (
                    isinstance(driver.app.screen, InterviewScreen)
                    and driver.app.screen.conversation.state.phase is step
                    and (step is not Phase.ANSWERING or driver.listening)
                ),
                step,
            )
            await driver.until(lambda: "F1" in offered(driver), "the keys")
            assert cut_off(driver) == []
            await driver.press("enter")


async def at_feedback(driver: Driver) -> InterviewScreen:
    """The feedback on a first answer that was spoken."""
    driver.app.open_interview(setup=Setup(count=3, seed=SEED))
    await driver.until(lambda: "start" in names(driver), "the candidate's turn")
    await driver.press("enter")
    await driver.until(lambda: driver.listening, "the microphone")
    await driver.press("enter")
    await driver.until(lambda: "next" in names(driver), "feedback")
    screen = driver.app.screen
    assert isinstance(screen, InterviewScreen)
    return screen


@pytest.mark.quick
async def test_on_a_narrow_screen_the_keys_of_most_use_stay_and_one_key_lists_the_others() -> None:
    async with running([spoken(THIN)], size=(60, 20), questions=3, probes=False) as driver:
        await at_feedback(driver)
        await driver.until(lambda: offered(driver) == ["Enter", "A", "P", "Esc", "F1"], "the keys of most use")
        assert names(driver)[-1] == "more"
        assert cut_off(driver) == []
        await driver.press("f1")
        await driver.until(lambda: driver.app.screen.query(KeyGroup), "the groups of keys")
        helped = " ".join(str(group.render()) for group in driver.app.screen.query(KeyGroup))
        for words in ("why this level", "correct", "the interview, with the report", "try again"):
            assert words in helped


@pytest.mark.parametrize(
    ("scene", "narrow", "usual"),
    [
        ("home", ["Enter", "C", "P", "Q", "F1"], ["Enter", "C", "P", "R", "Q", "F1"]),
        ("report", ["Enter", "A", "T", "F1"], ["Enter", "A", "T", "F", "F1"]),
        ("transcript", ["Tab", "A", "H", "Esc", "F1"], ["Tab", "A", "H", "E", "Esc", "F1"]),
    ],
)
async def test_after_a_practice_the_way_out_and_the_next_try_are_in_the_footer(
    scene: str, narrow: list[str], usual: list[str]
) -> None:
    async with visiting(size=(60, 20)) as driver:
        await SCENES[scene](driver)
        await driver.until(lambda: offered(driver) == narrow, f"{narrow}, not {offered(driver)}")
        assert cut_off(driver) == []
        await driver.pilot.resize_terminal(80, 24)
        await driver.until(lambda: offered(driver) == usual, f"{usual}, not {offered(driver)}")
        assert cut_off(driver) == []


async def test_what_was_skipped_is_offered_beside_the_words_and_before_the_letters() -> None:
    async with running(size=(60, 20)) as driver:
        skipped = replace(answered("skipped", 0, practice().answers[0].question, ""), skipped=True)
        driver.app.services.data.store.begin(practice("skipped", answers=(skipped,)))
        driver.app.push_screen(ReportScreen("skipped"))
        await driver.until(lambda: offered(driver) == ["Enter", "A", "S", "T", "F1"], "the keys")
        assert cut_off(driver) == []


async def test_feedback_shows_few_keys_and_help_has_all_that_work_there() -> None:
    async with running([spoken(THIN)], size=(160, 60), questions=3, probes=False) as driver:
        screen = await at_feedback(driver)
        few = ["Enter", "A", "P", "H", "Esc", "F1"]
        await driver.until(lambda: offered(driver) == few, "the keys of most use")
        assert names(driver)[-1] == "more"
        await driver.press("f1")
        await driver.until(lambda: driver.app.screen.query(KeyGroup), "the groups of keys")
        helped = [str(group.render()) for group in driver.app.screen.query(KeyGroup)]
        listed = {line.split()[0] for group in helped for line in group.splitlines()[1:]}
        assert listed >= {*few, "X", "L", "E", "F10"}
        assert not listed & {"S", "M", "R", "T", "F7", "any"}, "what does nothing here is not told"
        assert "Enter  next: after feedback" in "\n".join(helped)
        await driver.press("escape", "x")
        await driver.until(lambda: screen.explains, "the reasons, by a key that is not in the footer")


async def test_a_key_has_the_same_name_however_much_room_there_is() -> None:
    async with running([spoken(THIN)], size=(60, 40), questions=3, probes=False) as driver:
        await at_feedback(driver)
        narrow = set(names(driver))
        await driver.pilot.resize_terminal(240, 40)
        await driver.until(lambda: "strong answer" in names(driver), "room for more keys")
        assert narrow - {"more"} < set(names(driver))


async def test_help_lists_the_keys_that_work_where_answers_are_typed_and_where_they_are_spoken() -> None:
    for microphone, work, sleep in (
        (False, {"F8"}, {"F7", "R", "M", "T"}),
        (True, {"F8", "R", "M"}, {"F7"}),
    ):
        async with running(size=(120, 60), questions=3, probes=False, microphone=microphone) as driver:
            await driver.press("enter")
            await driver.until(lambda: {"skip"} <= set(names(driver)), "the candidate's turn")
            await driver.press("f1")
            await driver.until(lambda: driver.app.screen.query(KeyGroup), "the groups of keys")
            helped = "\n".join(str(group.render()) for group in driver.app.screen.query(KeyGroup))
            listed = {line.split()[0] for line in helped.splitlines() if line.strip()}
            assert work <= listed
            assert not sleep & listed


async def test_escape_closes_the_reasons_first_and_enter_at_home_undoes_leaving() -> None:
    async with running([spoken(THIN)], size=(100, 30), questions=3, probes=False) as driver:
        screen = await at_feedback(driver)
        await driver.press("x")
        await driver.until(lambda: screen.explains and "close" in " ".join(names(driver)), "the reasons")
        await driver.press("escape")
        await driver.until(lambda: not screen.explains, "the scorecard")
        assert driver.app.screen is screen
        await driver.press("escape")
        await driver.until(lambda: driver.app.screen.query("#menu"), "home")
        await driver.until(
            lambda: driver.app.screen.query_one("#menu", OptionList).get_option_at_index(0).id == "resume", "left"
        )
        await driver.press("enter")
        await driver.until(lambda: "next" in names(driver), "the same feedback")


@pytest.mark.quick
async def test_escape_in_mid_answer_and_the_end_key_ask_once() -> None:
    async with running([spoken(THIN)], questions=3, probes=False) as driver:
        await driver.press("enter")
        await driver.until(lambda: "start" in names(driver), "the candidate's turn")
        screen = driver.app.screen
        assert isinstance(screen, InterviewScreen)
        await driver.press("f10")
        await driver.until_text("End the interview now")
        await driver.press("enter")
        await driver.until(lambda: driver.app.screen is screen, "going on")
        assert screen.conversation.state.position == 0
        await driver.press("enter")
        await driver.until(lambda: driver.listening, "the microphone")
        await driver.press("escape")
        await driver.until_text("Leave in the middle of your answer?")
        assert driver.listener.hearings[0].calls == []
        await driver.press("escape")
        await driver.until(lambda: driver.app.screen is screen, "going on")
        await driver.press("escape")
        await driver.until_text("Leave in the middle of your answer?")
        await driver.press("down", "enter")
        await driver.until(lambda: driver.app.screen.query("#menu"), "home")


async def test_the_closing_turns_name_their_keys_for_what_they_do() -> None:
    async with running(size=(60, 20), questions=3, probes=False, microphone=False) as driver:
        await driver.press("enter")
        for name, key in (("skip", "f8"), ("skip", "f8"), ("no questions", "f8"), ("see the report", "f8")):
            await driver.until(lambda: name in names(driver) and driver.app.screen.focused, name)
            await driver.rest()
            await driver.press(key)
        await driver.until(lambda: type(driver.app.screen).__name__ == "ReportScreen", "the report")


ROOM = 60 - 2 - len("● ") - len("   ")
"""Columns for whose turn it is and the key that matters, on the narrowest screen."""


@pytest.mark.quick
@pytest.mark.parametrize("purpose", [*Purpose])
def test_whose_turn_it_is_and_the_key_that_matters_fit_on_a_narrow_screen(purpose: Purpose) -> None:
    clock = len("   0:29 to think") if purpose is Purpose.QUESTION else 0
    assert len("".join(to_start(purpose))) + clock <= ROOM
    for asking in (False, True):
        for written, empty in ((False, False), (True, False), (False, True)):
            assert len("".join(to_type(purpose, asking, written, empty))) <= ROOM
    for heard, types in product((False, True), repeat=2):
        assert len("Margarethe " + "".join(while_speaking(heard, types))) <= ROOM


async def test_undo_is_not_offered_for_what_is_gone() -> None:
    async with running() as driver:
        driver.app.services.data.store.begin(practice())
        driver.app.go("history")
        await driver.until(lambda: isinstance(driver.app.screen, HistoryScreen), "past sessions")
        await driver.until(lambda: driver.app.screen.query_one(DataTable).row_count, "the session")
        await driver.press("d")
        await driver.until(lambda: "U" in offered(driver), "undo")
        await driver.press("escape")
        driver.app.go("history")
        await driver.until(lambda: isinstance(driver.app.screen, HistoryScreen), "past sessions")
        await driver.until(lambda: "F1" in offered(driver) and "U" not in offered(driver), "no undo")


async def test_the_own_rating_is_a_list_for_arrows_and_enter() -> None:
    async with running() as driver:
        given: list[dict[str, int] | None] = []
        driver.app.push_screen(SelfRatingScreen("How was it?", ["examples", "motivation"]), given.append)
        await driver.until(lambda: driver.app.screen.query(OptionList), "the levels")

        def footer() -> str:
            return " ".join(lines_of(driver.app.screen)[-1].split())

        await driver.until(lambda: footer().startswith("0-4 rate Esc skip this one"), "the keys in the footer")
        assert any("4  ▰▰▰▰  very well" in line for line in lines_of(driver.app.screen))
        await driver.press("down", "enter", "up", "up", "enter")
        await driver.until(lambda: given, "the levels")
        assert given == [{"examples": 3, "motivation": 0}]


async def test_leaving_the_second_part_out_keeps_the_level_of_the_first() -> None:
    async with running() as driver:
        given: list[dict[str, int] | None] = []
        driver.app.push_screen(SelfRatingScreen("How was it?", ["examples", "motivation"]), given.append)
        await driver.until(lambda: driver.app.screen.query(OptionList), "the levels")
        await driver.press("3", "escape")
        await driver.until(lambda: given, "the levels")
        assert given == [{"examples": 3}]


async def test_enter_on_the_chooser_starts_the_interview() -> None:
    async with running(size=(100, 40)) as driver:
        driver.app.go("setup")
        await driver.until(
            lambda: (
                isinstance(driver.app.screen, SetupScreen)
                and driver.app.screen.query_one("#plan", OptionList).options
            ),
            "a plan",
        )
        await driver.press("enter")
        await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the interview")


async def test_escape_in_feedback_closes_a_notice_first_and_then_says_that_all_is_kept() -> None:
    async with running([spoken(THIN)], questions=3, probes=False, notices=True) as driver:
        screen = await at_feedback(driver)
        driver.app.clear_notifications()
        driver.app.notify("Corrected.")
        await driver.until(lambda: driver.notices == ["Corrected."], "the notice")
        await driver.press("escape")
        await driver.until(lambda: not driver.notices, "the notice closed")
        assert driver.app.screen is screen
        await driver.press("escape")
        await driver.until(lambda: driver.app.screen.query("#menu"), "home")
        assert any("go on where you stopped" in notice for notice in driver.notices)


async def test_a_letter_of_the_footer_works_as_it_is_written_there_and_in_a_field_stays_a_letter() -> None:
    async with running() as driver:
        await driver.until(lambda: "R" in offered(driver), "the row of keys")
        await driver.press("R")
        await driver.until(lambda: isinstance(driver.app.screen, HistoryScreen), "the past sessions")
        await driver.press("escape", "S")
        await driver.until_text("What should the interviewer call you?")
        await driver.press("R")
        assert driver.app.focused is not None
        assert getattr(driver.app.focused, "value", "") == "R"


@pytest.mark.quick
async def test_ctrl_c_leaves_an_interview_politely_and_then_the_app() -> None:
    async with running(questions=3) as driver:
        await driver.press("enter")
        await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the interview")
        await driver.press("ctrl+c")
        await driver.until(lambda: driver.app.screen.query("#menu"), "home")
        assert driver.app.services.data.store.summaries(finished=False)
        await driver.press("ctrl+c")
        await driver.until(lambda: driver.app.return_code == 0, "the end")


async def test_notices_come_one_at_a_time_and_cover_only_the_title() -> None:
    async with running(notices=True) as driver:
        driver.app.notify("The first thing.")
        driver.app.notify("The second thing.")
        driver.app.notify("The second thing.")
        rack = driver.app.screen.get_child_by_type(ToastRack)
        both = "The first thing. The second thing."

        def shown() -> str:
            return "\n".join(lines_of(driver.app.screen))

        await driver.until(lambda: len(rack.query(Toast)) == 1 and both in shown(), "one notice")
        toast = rack.query_one(Toast)
        await driver.until(lambda: toast.region.height > 0, "the notice")
        assert (toast.region.y, toast.region.height) == (0, 1)
        for notice in ("One more.", "Another one.", "The last one."):
            driver.app.clear_notifications()
            driver.app.notify(notice)
            await driver.until(partial(in_the_title, driver, notice), "the title's row")


def in_the_title(driver: Driver, words: str) -> bool:
    return lines_of(driver.app.screen)[0].strip().startswith(words)


async def test_the_title_is_drawn_again_however_late_a_notice_is_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(notices=True) as driver:
        screen, drawn = driver.app.screen, list[bool]()
        driver.app.notify("Soon over.", timeout=0.2)
        await driver.until(lambda: screen.query(Toast), "the notice")
        draw = screen.refresh

        def noted(*given: Any, **named: Any) -> Any:
            drawn.append(bool(screen.query(Toast)))
            return draw(*given, **named)

        monkeypatch.setattr(screen, "refresh", noted)
        time.sleep(1.0)  # the machine stands still until all of it is over
        await driver.until(lambda: drawn and not drawn[-1], "the title without the notice")


async def test_what_holds_for_long_is_not_told_at_each_start() -> None:
    async with running(notices=True) as driver:
        driver.app.tell_once("Only the sample model listens.")
        await driver.until(lambda: len(driver.notices) == 1, "the notice")
        driver.app.clear_notifications()
        driver.app.tell_once("Only the sample model listens.")
        await driver.pilot.pause()
        assert len(driver.notices) == 0

"""The progress screen: what is weak is seen and started with one key."""

import pytest

from simulator.sessions.session import Mode
from simulator.tui.screens.history import HistoryScreen
from simulator.tui.screens.interview import InterviewScreen
from simulator.tui.screens.progress import ProgressScreen
from tests.sessions.made import STRONG, answered, practice
from tests.tui.driving import Driver, running

BANK = "first-round-general"


def keep(driver: Driver) -> str:
    """A session of two real questions of the bank in the store; the id of the weaker."""
    bank = driver.app.studio.bank(BANK)
    questions = [question for question in bank.questions if question.rubrics == ("examples",)][:2]
    answers = (
        answered("kept", 0, questions[0], STRONG),
        answered("kept", 1, questions[1], "i am a natural leader and i work very hard every day of the year"),
    )
    driver.app.studio.store.begin(practice("kept", answers=answers, bank_id=BANK))
    driver.app.studio.store.rate_self(answers[1].id, {"examples": 4})
    return questions[1].id


async def open_progress(driver: Driver) -> None:
    driver.app.go("progress")
    await driver.until(lambda: isinstance(driver.app.screen, ProgressScreen), "the progress screen")


async def test_without_practice_it_says_what_will_be_here() -> None:
    async with running() as driver:
        await open_progress(driver)
        await driver.until_text("No scored answers yet")
        await driver.press("p")
        assert isinstance(driver.app.screen, ProgressScreen)


async def test_levels_competencies_and_the_own_eye_are_shown() -> None:
    async with running() as driver:
        keep(driver)
        await open_progress(driver)
        await driver.until_text("Concrete examples")
        await driver.until_text("2 answers, practised on")
        await driver.until_text("By competency, the weakest first")
        await driver.until_text("you rate yourself")


@pytest.mark.parametrize("key", ["enter", "p"])
async def test_one_key_starts_a_drill_on_what_is_weakest(key: str) -> None:
    async with running() as driver:
        weakest = keep(driver)
        await open_progress(driver)
        await driver.until_text("By competency")
        await driver.press(key)
        await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the drill")
        screen = driver.app.screen
        assert isinstance(screen, InterviewScreen)
        assert screen.conversation.session.mode is Mode.DRILL
        assert [turn.question.id for turn in screen.conversation.place.plan.turns] == [weakest]


async def test_a_bank_that_is_gone_is_told_and_nothing_starts() -> None:
    async with running() as driver:
        driver.app.studio.store.begin(practice(bank_id="gone"))
        await open_progress(driver)
        await driver.until_text("By competency")
        await driver.press("p")
        await driver.until(lambda: driver.app._notifications, "the message")
        assert "There is no question bank 'gone'" in next(iter(driver.app._notifications)).message
        assert isinstance(driver.app.screen, ProgressScreen)


async def test_past_sessions_are_one_key_away_and_escape_goes_back() -> None:
    async with running() as driver:
        keep(driver)
        await open_progress(driver)
        await driver.until_text("By competency")
        await driver.press("r")
        await driver.until(lambda: isinstance(driver.app.screen, HistoryScreen), "the history")
        await driver.press("escape")
        await driver.until(lambda: isinstance(driver.app.screen, ProgressScreen), "progress again")
        await driver.press("escape")
        await driver.until(lambda: not isinstance(driver.app.screen, ProgressScreen), "home")

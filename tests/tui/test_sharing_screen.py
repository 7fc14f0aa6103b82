"""Only what was chosen is in the page that is shared."""

import stat
from pathlib import Path

import pytest
from textual.widgets import OptionList

from simulator.sessions.session import Session
from simulator.tui.screens.session import SessionScreen
from simulator.tui.screens.sharing import SharingScreen
from tests.sessions.made import practice
from tests.sessions.test_archive import with_recording
from tests.tui.driving import Driver, running

SAID = "visitor was shouting"


async def asked(driver: Driver, session: Session) -> OptionList:
    driver.app.studio.store.begin(session)
    driver.app.push_screen(SessionScreen(session.id))
    await driver.until_text("Report: ")
    await driver.press("x")
    await driver.until(lambda: isinstance(driver.app.screen, SharingScreen), "the choice")
    return driver.app.screen.query_one(OptionList)


async def page(driver: Driver, name: str) -> str:
    path: Path = driver.app.places.exports / name
    await driver.until(lambda: driver.app._notifications and path.is_file() and path.stat().st_size, name)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("downs", "name", "words", "sound"),
    [(0, "s.html", True, False), (1, "s-with-sound.html", True, True), (2, "s-levels.html", False, False)],
)
async def test_only_what_was_chosen_is_in_the_page(downs: int, name: str, words: bool, sound: bool) -> None:
    async with running() as driver:
        await asked(driver, with_recording(driver.app.places, practice("s")))
        await driver.press(*["down"] * downs, "enter")
        text = await page(driver, name)
        assert (SAID in text) is words
        assert ("<audio" in text) is sound
        assert "Concrete examples" in text


async def test_without_a_recording_sound_is_not_offered() -> None:
    async with running() as driver:
        options = await asked(driver, practice("s"))
        assert options.option_count == 2
        await driver.press("end", "enter")
        assert SAID not in await page(driver, "s-levels.html")


async def test_escape_writes_nothing() -> None:
    async with running() as driver:
        await asked(driver, practice("s"))
        await driver.press("escape")
        await driver.until(lambda: isinstance(driver.app.screen, SessionScreen), "the session")
        assert not driver.app.places.exports.exists() or not list(driver.app.places.exports.iterdir())

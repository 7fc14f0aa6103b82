"""Only what was chosen is in the page that is shared."""

import stat
from pathlib import Path

import pytest
from textual.widgets import OptionList

from simulator.sessions.session import Session
from simulator.tui.screens.saved import SavedScreen
from simulator.tui.screens.session import SessionScreen
from simulator.tui.screens.sharing import SharingScreen
from tests.sessions.made import practice
from tests.sessions.test_archive import with_recording
from tests.tui.driving import Driver, running

pytestmark = pytest.mark.thorough

SAID = "visitor was shouting"


async def asked(driver: Driver, session: Session) -> OptionList:
    driver.app.services.data.store.begin(session)
    driver.app.push_screen(SessionScreen(session.id))
    await driver.until_text("Your levels")
    await driver.press("x")
    await driver.until(lambda: isinstance(driver.app.screen, SharingScreen), "the choice")
    return driver.app.screen.query_one(OptionList)


async def page(driver: Driver, name: str) -> str:
    path: Path = driver.app.paths.exports / name
    await driver.until(lambda: isinstance(driver.app.screen, SavedScreen) and path.stat().st_size, name)
    await driver.until_text(str(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    return path.read_text(encoding="utf-8")


@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    ("downs", "name", "words", "sound"),
    [(0, "s.html", True, False), (1, "s-with-sound.html", True, True), (2, "s-levels.html", False, False)],
)
async def test_only_what_was_chosen_is_in_the_page(downs: int, name: str, words: bool, sound: bool) -> None:
    async with running() as driver:
        await asked(driver, with_recording(driver.app.paths, practice("s")))
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


@pytest.mark.quick
async def test_escape_writes_nothing() -> None:
    async with running() as driver:
        await asked(driver, practice("s"))
        await driver.press("escape")
        await driver.until(lambda: isinstance(driver.app.screen, SessionScreen), "the session")
        assert not driver.app.paths.exports.exists() or not list(driver.app.paths.exports.iterdir())


async def test_what_was_saved_can_be_opened_and_its_path_copied(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "xdg-open"
    opened = tmp_path / "opened"
    program.write_text(f'#!/bin/sh\nprintf %s "$1" > "{opened}"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setenv("DISPLAY", ":7")
    async with running() as driver:
        listing = await asked(driver, practice("s"))
        assert listing.option_count
        await driver.press("enter")
        await page(driver, "s.html")
        path = str(driver.app.paths.exports / "s.html")
        await driver.press("c")
        assert driver.app.clipboard == path
        await driver.press("o")
        await driver.until(lambda: opened.is_file() and opened.read_text() == path, "the desktop's program")


async def test_without_a_desktop_opening_is_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    async with running() as driver:
        driver.app.push_screen(SavedScreen(Path("page.html")))
        await driver.until(lambda: isinstance(driver.app.screen, SavedScreen), "what was saved")
        offered = {key for key, active in driver.app.screen.active_bindings.items() if active.enabled}
        assert "c" in offered
        assert "o" not in offered

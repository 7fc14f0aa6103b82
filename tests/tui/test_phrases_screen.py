"""Your phrases on the screen: listed, looked up, heard with a key."""

from dataclasses import replace

import pytest
from textual.widgets import OptionList

from simulator.sessions.session import Answer
from simulator.tui.screens.phrases import BEFORE, PhrasesScreen
from simulator.tui.screens.transcript import TranscriptScreen
from simulator.tui.widgets.marked_words import MarkedWords
from tests.sessions.made import CALM, answered, practice
from tests.speech.sounds import silence, write_wav
from tests.tui.driving import Driver, running

pytestmark = pytest.mark.thorough

WORDS = (
    "um last winter on the late shift a visitor was shouting so um i took him to the side room and i guess i um "
    "explained it in the end he came back to thank us"
)


def keep(driver: Driver, recorded: bool = True) -> Answer:
    """An answer with three "um" in the store."""
    answer = answered("kept", 0, CALM, WORDS)
    if recorded:
        folder = driver.app.paths.recordings / "kept"
        folder.mkdir(parents=True)
        write_wav(folder / "1.wav", silence(answer.transcript.duration or 1.0))
        answer = replace(answer, utterances=(replace(answer.utterances[0], recording="kept/1.wav"),))
    driver.app.services.data.store.begin(practice("kept", answers=(answer,)))
    return answer


async def open_phrases(driver: Driver) -> PhrasesScreen:
    """From progress, with the key that it offers."""
    driver.app.go("progress")
    await driver.until_text("What else questions look for")
    await driver.press("w")
    await driver.until(lambda: isinstance(driver.app.screen, PhrasesScreen), "your phrases")
    screen = driver.app.screen
    assert isinstance(screen, PhrasesScreen)
    await driver.until(lambda: screen.query_one("#places", OptionList).option_count, "the places")
    return screen


def listed(screen: PhrasesScreen, name: str) -> list[str]:
    options = screen.query_one(f"#{name}", OptionList)
    return [str(options.get_option_at_index(n).prompt) for n in range(options.option_count)]


@pytest.mark.quick
async def test_phrases_and_their_places_are_listed() -> None:
    async with running() as driver:
        keep(driver)
        screen = await open_phrases(driver)
        phrases = listed(screen, "phrases")
        assert phrases[0] == "Fillers"
        assert any("um" in line and "3 times in 1 answer" in line for line in phrases)
        assert any("I guess" in line and line.rstrip().endswith("once") for line in phrases)
        assert len(listed(screen, "places")) == 3
        assert CALM.ask in listed(screen, "places")[0]


async def test_space_plays_a_place_with_a_little_around_it_and_then_stops() -> None:
    async with running() as driver:
        answer = keep(driver)
        player = driver.player
        await open_phrases(driver)
        await driver.press("right", "down", "space")
        second = answer.transcript.words[12].start
        assert answer.transcript.words[12].text == "um"
        assert second is not None
        assert [each[:2] for each in player.asked] == [("1.wav", second - BEFORE)]
        player.on_position(second)
        await driver.pilot.pause()
        assert player.playing
        player.on_position(second + 60)
        await driver.until(lambda: not player.playing, "the end of the words")


@pytest.mark.quick
async def test_enter_opens_the_answer_at_these_words() -> None:
    async with running() as driver:
        keep(driver)
        await open_phrases(driver)
        await driver.press("right", "down", "enter")
        await driver.until(lambda: isinstance(driver.app.screen, TranscriptScreen), "the transcript")
        screen = driver.app.screen
        assert isinstance(screen, TranscriptScreen)
        await driver.until(lambda: screen.query_one(MarkedWords).cursor == 12, "the marked word")
        await driver.press("escape")
        assert isinstance(driver.app.screen, PhrasesScreen)


async def test_what_was_typed_offers_nothing_to_hear() -> None:
    async with running() as driver:
        keep(driver, recorded=False)
        screen = await open_phrases(driver)
        assert screen.check_action("listen", ()) is False


async def test_before_any_answer_it_says_what_will_be_here() -> None:
    async with running() as driver:
        driver.app.go("phrases")
        await driver.until_text("No answers yet")

"""The scored transcript: heard from any word, followed with the eye, mended, and the original one key away."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from textual.widgets import Static

from simulator.sessions.session import Answer, Utterance
from simulator.speech.transcript import typed
from simulator.tui.screens.answer_player import word_at
from simulator.tui.screens.transcript import TranscriptScreen
from simulator.tui.screens.transcript_words import TranscriptWords
from simulator.tui.widgets.correction_box import CorrectionBox
from simulator.tui.widgets.marked_words import MarkedWords
from tests.fakes import FakePlayer, spoken
from tests.sessions.made import CALM, STRONG, WEAK, answered, practice
from tests.speech.sounds import silence, write_wav
from tests.tui.driving import Driver, running

pytestmark = pytest.mark.thorough

REPLY = "he came back and thanked us for it"


class Review:
    """The screen, and what a test asks of it."""

    def __init__(self, driver: Driver, answer: Answer, player: FakePlayer) -> None:
        self.driver, self.answer, self.player = driver, answer, player

    @property
    def screen(self) -> TranscriptScreen:
        screen = self.driver.app.screen
        assert isinstance(screen, TranscriptScreen)
        return screen

    @property
    def words(self) -> MarkedWords:
        return self.screen.query_one(MarkedWords)

    @property
    def note(self) -> str:
        return str(self.screen.query_one("#note", Static).content)

    def stored(self) -> Answer:
        return self.driver.app.services.data.store.answer(self.answer.id)

    async def until(self, condition: Callable[[], object], what: str = "") -> None:
        await self.driver.until(condition, what)


async def opened(driver: Driver, recorded: bool = True, words: str = STRONG) -> Review:
    """A transcript of an answer and the reply to a probe, each with a recording."""
    answer = answered("s", 0, CALM, words)
    reply = Utterance("What came of it?", spoken(REPLY), purpose="probe")
    parts = [
        replace(each, recording=f"s/{n}.wav" if recorded else "")
        for n, each in enumerate((*answer.utterances, reply))
    ]
    folder = driver.app.paths.recordings / "s"
    folder.mkdir(parents=True)
    for n, part in enumerate(parts):
        write_wav(folder / f"{n}.wav", silence(part.transcript.duration or 1.0))
    answer = replace(answer, utterances=tuple(parts))
    driver.app.services.data.store.begin(practice("s", answers=(answer,)))
    driver.app.push_screen(TranscriptScreen(answer.id))
    await driver.until(lambda: isinstance(driver.app.screen, TranscriptScreen), "the transcript")
    review = Review(driver, answer, driver.player)
    await driver.until(lambda: review.words.text.startswith(words), "the words")
    return review


@pytest.mark.quick
async def test_space_plays_from_the_marked_word_and_stops_where_one_was() -> None:
    async with running(size=(100, 40)) as driver:
        review = await opened(driver)
        spoken_words = review.answer.utterances[0].transcript.words
        await driver.press("right", "right", "right", "space")
        assert review.player.asked == [("0.wav", spoken_words[3].start, 1.0, False)]
        review.player.on_position((spoken_words[9].start or 0) + 0.01)
        await review.until(lambda: review.words.heard == 9, "the word being heard")
        await driver.press("space")
        assert not review.player.playing
        assert review.words.cursor == 9
        await driver.press("space")
        assert review.player.asked[-1][1] == spoken_words[9].start


@pytest.mark.quick
async def test_every_word_is_marked_while_it_is_said() -> None:
    async with running(size=(100, 40)) as driver:
        review = await opened(driver)
        await driver.press("space")
        for position, word in enumerate(review.answer.utterances[0].transcript.words[:12]):
            review.player.on_position(((word.start or 0) + (word.end or 0)) / 2)
            await review.until(lambda: review.words.heard == position, f"word {position}")
        review.player.stop()
        review.player.on_finished(False)
        await review.until(lambda: review.words.heard is None, "nothing heard")


async def test_the_reply_to_a_probe_follows_by_itself_and_its_words_are_marked() -> None:
    async with running(size=(100, 40)) as driver:
        review = await opened(driver)
        await driver.press("space")
        review.player.end()
        await review.until(lambda: len(review.player.asked) == 2, "the reply")
        assert review.player.asked[1] == ("1.wav", 0.0, 1.0, False)
        review.player.on_position((review.answer.utterances[1].transcript.words[2].start or 0) + 0.01)
        count = len(STRONG.split())
        await review.until(lambda: review.words.heard == count + 2, "a word of the reply")
        review.player.end()
        await review.until(lambda: review.words.heard is None, "the end")
        assert len(review.player.asked) == 2


async def test_playing_begins_in_the_reply_when_the_word_is_there() -> None:
    async with running(size=(100, 40)) as driver:
        review = await opened(driver)
        await driver.press("end", "space")
        last = review.answer.utterances[1].transcript.words[-1]
        assert review.player.asked == [("1.wav", last.start, 1.0, False)]


async def test_speed_and_skipped_pauses_are_shown_and_take_effect_at_once() -> None:
    async with running(size=(100, 40)) as driver:
        review = await opened(driver)
        await driver.press("space")
        words = review.answer.utterances[0].transcript.words
        review.player.on_position((words[5].start or 0) + 0.01)
        await review.until(lambda: review.words.heard == 5, "the word")
        await driver.press("s", "k")
        assert review.player.asked[1:] == [
            ("0.wav", words[5].start, 1.25, False),
            ("0.wav", words[5].start, 1.25, True),
        ]
        await driver.until_text("S speed 1.25  K pauses skipped")
        await driver.press("k", "s", "s", "s")
        await driver.until_text("S speed 0.75  K pauses kept")


async def test_a_click_while_it_plays_goes_on_from_there_and_a_second_click_plays() -> None:
    async with running(size=(100, 40)) as driver:
        review = await opened(driver)
        words = STRONG.split()

        async def click(position: int) -> None:
            await driver.pilot.click("#words", offset=(len(" ".join(words[:position])) + 1, 0))
            await review.until(lambda: review.words.cursor == position, f"word {position}")

        starts = [word.start for word in review.answer.utterances[0].transcript.words]
        await click(4)
        assert review.player.asked == []
        await click(4)
        await review.until(lambda: [each[1] for each in review.player.asked] == [starts[4]], "playing")
        await click(7)
        await review.until(lambda: [each[1] for each in review.player.asked] == [starts[4], starts[7]], "from there")


async def test_without_a_recording_nothing_offers_to_play() -> None:
    async with running(size=(100, 40)) as driver:
        review = await opened(driver, recorded=False)
        await driver.press("space", "s", "k")
        assert review.player.asked == []
        assert not review.screen.check_action("listen", ())


async def test_what_cannot_be_played_is_told() -> None:
    async with running(size=(100, 40)) as driver:
        review = await opened(driver)
        await driver.press("space")
        review.player.on_trouble("No loudspeaker was found. Connect or switch on one.")
        review.player.playing = False
        review.player.on_finished(False)
        await driver.until(lambda: driver.notices, "the message")
        assert "No loudspeaker was found" in driver.notices[0]


async def edit(review: Review) -> CorrectionBox:
    await review.driver.press("e")
    box = review.screen.query_one(CorrectionBox)
    await review.until(lambda: box.has_focus, "the box")
    return box


@pytest.mark.quick
async def test_a_word_is_corrected_by_typing_over_it_and_enter() -> None:
    async with running(size=(80, 24)) as driver:
        review = await opened(driver)
        await driver.press(*["right"] * 5)
        box = await edit(review)
        assert box.selected_text == STRONG.split()[5]
        await driver.type("early")
        await driver.press("enter")
        await review.until(lambda: review.stored().corrected, "the correction")
        await review.until(lambda: box.display is False, "the transcript again")
        old, new = review.answer.utterances[0].transcript, review.stored().utterances[0]
        assert [word.text for word in new.transcript.words] == [
            "early" if n == 5 else word.text for n, word in enumerate(old.words)
        ]
        assert [word.start for word in new.transcript.words] == [word.start for word in old.words]
        assert (new.original, new.recording) == (old, "s/0.wav")
        assert review.words.text.split()[5].strip(",") == "early"
        assert review.words.cursor == 5
        assert "corrected by you" in review.note


async def test_a_sentence_is_corrected_and_the_levels_follow_at_once() -> None:
    async with running(size=(80, 24)) as driver:
        review = await opened(driver, words=WEAK)
        assert review.answer.scorecard
        before = review.answer.scorecard.level("examples")
        box = await edit(review)
        box.text = STRONG
        await driver.press("f2")
        await review.until(lambda: review.words.text.startswith("Last winter on the late shift"), "the new words")
        scored = review.stored().scorecard
        assert scored
        after = scored.level("examples")
        assert before is not None
        assert after is not None
        assert after > before
        assert any(f"{before}, now {after}" in notice for notice in driver.notices)
        await driver.until_text(f"{'▰' * after} Level {after} of 4  Concrete examples")


async def test_what_was_first_heard_is_one_key_away_and_can_be_put_back() -> None:
    async with running(size=(80, 24)) as driver:
        review = await opened(driver)
        assert not review.screen.check_action("original", ())
        await edit(review)
        await driver.type("first")
        await driver.press("enter")
        await review.until(lambda: review.words.text.startswith("First winter"), "the correction")
        await driver.press("o")
        assert review.words.text.startswith("last winter")
        assert "As first heard" in review.note
        await driver.press("space")
        assert review.player.asked[-1][1] == review.answer.utterances[0].transcript.words[0].start
        await driver.press("o")
        assert review.words.text.startswith("First winter")
        await edit(review)
        await driver.press("f4", "enter")
        await review.until(lambda: not review.stored().corrected, "no correction")
        assert review.stored().utterances == review.answer.utterances
        await review.until(lambda: review.words.text.startswith("Last winter"), "as first heard")


async def test_escape_leaves_all_as_it_was() -> None:
    async with running(size=(80, 24)) as driver:
        review = await opened(driver)
        box = await edit(review)
        await driver.type("nonsense")
        await driver.press("escape")
        await review.until(lambda: box.display is False, "the transcript again")
        assert isinstance(driver.app.screen, TranscriptScreen)
        assert review.stored().utterances == review.answer.utterances


async def test_w_goes_to_the_next_word_that_was_perhaps_misheard() -> None:
    async with running(size=(80, 24)) as driver:
        answer = answered("d", 0, CALM, STRONG)
        first = answer.utterances[0]
        doubted = tuple(
            replace(word, confidence=0.3) if n in (4, 20) else word for n, word in enumerate(first.transcript.words)
        )
        answer = replace(answer, utterances=(replace(first, transcript=replace(first.transcript, words=doubted)),))
        driver.app.services.data.store.begin(practice("d", answers=(answer,)))
        driver.app.push_screen(TranscriptScreen(answer.id))
        await driver.until_text("Concrete examples")
        words = driver.app.screen.query_one(MarkedWords)
        for expected in (4, 20, 4):
            await driver.press("w")
            assert words.cursor == expected
        await driver.until_text("perhaps misheard")


@pytest.mark.quick
@pytest.mark.parametrize(("second", "expected"), [(0.0, 0), (1.0, 0), (1.99, 0), (2.0, 1), (99.0, 2)])
def test_the_word_being_said_is_the_last_that_has_begun(second: float, expected: int) -> None:
    words = spoken("one two three").words
    timed = tuple(replace(word, start=at, end=at + 0.4) for word, at in zip(words, (0.5, 2.0, 3.0), strict=True))
    assert word_at(timed, second) == expected


@pytest.mark.quick
def test_typed_words_are_never_being_said() -> None:
    assert word_at((), 1.0) is None


@pytest.mark.quick
async def test_the_follow_up_stands_with_the_question_and_a_word_is_told_by_its_quote() -> None:
    async with running(size=(100, 40)) as driver:
        review = await opened(driver)
        assert "Follow-up: What came of it?" in str(review.screen.query_one("#question", Static).content)
        await driver.press("tab")
        await review.until(lambda: "counts as: " in review.note, "what it earned")
        shown = TranscriptWords(review.stored())
        quote = next(each for each in shown.quotes if each.first_word == review.words.cursor)
        words = [mark.text for mark in shown.marks[quote.first_word : quote.last_word + 1]]
        assert f"“{' '.join(words[:5])}" in review.note


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)])
async def test_what_is_corrected_is_seen(size: tuple[int, int]) -> None:
    async with running(size=size) as driver:
        review = await opened(driver)
        box = await edit(review)
        await review.until(lambda: box.content_size.height >= 3, "lines of text in the box")
        assert box.content_size.height >= min(len(STRONG) // box.content_size.width, 5)


async def test_typed_words_have_no_other_form() -> None:
    async with running(size=(80, 24)) as driver:
        answer = answered("t", 0, CALM, typed("I rang them, um, myself. They came on the day after that one."))
        driver.app.services.data.store.begin(practice("t", answers=(answer,)))
        driver.app.push_screen(TranscriptScreen(answer.id))
        await driver.until(lambda: isinstance(driver.app.screen, TranscriptScreen), "the transcript")
        screen = driver.app.screen
        await driver.until(lambda: screen.query_one(MarkedWords).text == answer.transcript.text, "the words as typed")
        assert "v" not in screen.active_bindings


async def test_a_question_that_was_skipped_says_so_and_offers_nothing_to_hold_it_against() -> None:
    async with running() as driver:
        answer = replace(answered("s", 0, CALM, STRONG), utterances=(), scorecard=None, skipped=True)
        driver.app.services.data.store.begin(practice("s", answers=(answer,)))
        driver.app.push_screen(TranscriptScreen(answer.id))
        await driver.until(lambda: "a" in driver.app.screen.active_bindings, "the answer read")
        assert driver.app.screen.query_one(MarkedWords).empty == "You skipped this question."
        assert "no score" not in driver.text()
        assert not {"c", "e", "t", "h"} & set(driver.app.screen.active_bindings)


@pytest.mark.parametrize("utterances", [1, 2])
async def test_escape_from_correcting_words_goes_back_to_where_that_was_asked_for(utterances: int) -> None:
    async with running() as driver:
        answer = answered("s", 0, CALM, typed("I led six people"))
        answer = replace(answer, utterances=answer.utterances * utterances)
        driver.app.services.data.store.begin(practice("s", answers=(answer,)))
        before = driver.app.screen
        driver.app.push_screen(TranscriptScreen(answer.id, correct=True))
        if utterances > 1:
            await driver.until_text("Word “I”: E corrects it")
            await driver.press("e")
        await driver.until_text("Correct your answer")
        await driver.press("escape")
        await driver.until(lambda: driver.app.screen is before, "where one was")


async def test_nothing_is_said_of_a_word_before_one_was_gone_to() -> None:
    async with running() as driver:
        answer = answered("s", 0, CALM, typed("I led six people"))
        driver.app.services.data.store.begin(practice("s", answers=(answer,)))
        driver.app.push_screen(TranscriptScreen(answer.id))
        await driver.until(lambda: "e" in driver.app.screen.active_bindings, "the answer read")
        assert "Word “" not in driver.text()
        await driver.press("right")
        await driver.until_text("Word “led”: E corrects it")


async def test_what_was_typed_is_changed_as_such_and_the_title_says_what_is_done() -> None:
    async with running() as driver:
        answer = answered("s", 0, CALM, typed("I led six people"))
        driver.app.services.data.store.begin(practice("s", answers=(answer,)))
        driver.app.push_screen(TranscriptScreen(answer.id))
        await driver.until(lambda: "e" in driver.app.screen.active_bindings, "the answer read")
        assert "Scored transcript" in driver.text()
        await driver.press("e")
        await driver.until_text("Change what you typed.")
        assert "Correct your answer" in driver.text()
        await driver.type(" now")
        assert driver.app.screen.query_one(CorrectionBox).text == "I led six people now"
        await driver.press("escape")
        await driver.until_text("Scored transcript")

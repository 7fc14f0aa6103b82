"""The interview on the screen: keys in, words out, everything kept."""

from simulator.interview.events import Phase
from simulator.speech.ports import Readiness
from simulator.tui.screens.interview import InterviewScreen
from simulator.tui.screens.report import ReportScreen
from simulator.tui.widgets.answer_box import AnswerBox
from tests.fakes import spoken
from tests.tui.driving import Driver, running

STORY = (
    "last winter i led a team of six at the depot when the sorting machine broke i drew a plan on the wall "
    "and moved two people to the late shift and in the end only four of nine hundred boxes were late"
)
SETUP = {"questions": 3, "probes": False}


def screen(driver: Driver) -> InterviewScreen:
    assert isinstance(driver.app.screen, InterviewScreen)
    return driver.app.screen


def phase(driver: Driver) -> Phase:
    return screen(driver).conversation.place.phase


async def started(driver: Driver) -> None:
    await driver.press("enter")
    await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the interview")


async def invited(driver: Driver) -> None:
    await driver.until(lambda: phase(driver) is Phase.INVITED, "the candidate's turn")


async def test_a_whole_interview_by_keys_is_spoken_heard_scored_and_kept() -> None:
    answers = [
        spoken(STORY),
        spoken(STORY),
        spoken("what is the biggest challenge for the new person"),
        spoken("no i think you covered everything"),
        spoken("thank you"),
    ]
    async with running(answers, **SETUP) as driver:
        await started(driver)
        for _ in range(2):
            await invited(driver)
            await driver.press("enter")
            await driver.until(lambda: screen(driver)._hearing is not None, "the microphone")
            await driver.until_text("in the end only four")
            await driver.press("enter")
            await driver.until(lambda: phase(driver) is Phase.FEEDBACK, "feedback")
            await driver.until_text("Concrete examples")
            await driver.press("enter")
        for _ in range(2):
            await invited(driver)
            await driver.press("enter")
            await driver.until(lambda: screen(driver)._hearing is not None, "the microphone")
            await driver.press("enter")
            await driver.until(lambda: phase(driver) is not Phase.ANSWERING, "what follows")
        await driver.until(lambda: phase(driver) is Phase.FEEDBACK, "feedback on the questions")
        await driver.press("enter")
        await invited(driver)
        await driver.press("s")
        await driver.until(lambda: isinstance(driver.app.screen, ReportScreen), "the report")
        await driver.until_text("To do next")
        (summary,) = driver.app.studio.store.summaries()
        session = driver.app.studio.store.session(summary.id)
    assert session.finished
    assert [len(answer.utterances) for answer in session.answers] == [1, 1, 2]
    assert session.answers[0].transcript.text == STORY
    assert session.answers[0].utterances[0].recording.endswith(".wav")
    assert len(session.learned) == 1


async def test_any_key_silences_the_interviewer_and_does_nothing_else() -> None:
    async with running(patient=True, **SETUP) as driver:
        await started(driver)
        await driver.until(lambda: len(driver.voice.said) == 1, "the greeting")
        await driver.press("x")
        await driver.until(lambda: len(driver.voice.said) == 2, "the question")
        await driver.press("enter")
        await invited(driver)
    assert driver.voice.silenced >= 2


async def test_from_the_first_words_on_the_hint_fits_what_can_be_heard_and_said() -> None:
    for readiness, microphone, hint in (
        (Readiness.READY, True, "any key stops the voice"),
        (Readiness.READY, False, "Enter stops the voice, or begin to type"),
        (Readiness.MISSING, False, "captions only, Enter goes on"),
    ):
        async with running(patient=True, microphone=microphone, **SETUP) as driver:
            driver.voice.readiness = readiness
            await started(driver)
            await driver.until(lambda: len(driver.voice.said) == 1, "the greeting")
            await driver.until_text(hint)
            assert len(driver.voice.said) == 1


async def test_an_answer_typed_into_the_question_is_not_lost() -> None:
    async with running(patient=True, microphone=False, **SETUP) as driver:
        await started(driver)
        await driver.until(lambda: len(driver.voice.said) == 1, "the greeting")
        await driver.press("enter")
        await driver.until(lambda: len(driver.voice.said) == 2, "the question")
        await driver.until_text("Enter stops the voice, or begin to type")
        await driver.press("m", "y", "space", "m", "u", "m")
        await driver.until(lambda: screen(driver).query_one(AnswerBox).text == "my mum", "what was typed")
        assert not screen(driver).conversation.place.paused


async def test_without_a_microphone_answers_are_typed() -> None:
    async with running(microphone=False, **SETUP) as driver:
        await started(driver)
        await invited(driver)
        await driver.until(lambda: screen(driver)._typing, "typing")
        await driver.type("last year i planned the move of our ward and it took two days")
        await driver.press("enter")
        await driver.until(lambda: phase(driver) is Phase.FEEDBACK, "feedback")
        answer = screen(driver).conversation.session.answers[0]
    assert answer.transcript.text.startswith("last year i planned")
    assert answer.scorecard is not None
    assert answer.scorecard.scored


async def test_typing_and_speaking_can_be_exchanged_at_any_turn() -> None:
    async with running([spoken(STORY)], **SETUP) as driver:
        await started(driver)
        await invited(driver)
        await driver.press("t")
        await driver.until(lambda: screen(driver)._typing, "typing")
        await driver.press("f2")
        await driver.until(lambda: not screen(driver)._typing, "speaking")
        await driver.press("enter")
        await driver.until(lambda: phase(driver) is Phase.ANSWERING, "listening")


async def test_what_was_typed_is_there_again_after_leaving() -> None:
    async with running(microphone=False, **SETUP) as driver:
        await started(driver)
        await driver.until(
            lambda: isinstance(driver.app.screen, InterviewScreen) and screen(driver)._typing, "typing"
        )
        await driver.type("half a thought")
        await driver.until(lambda: driver.app.studio.store.documents("draft"), "the draft")
        await driver.press("escape")
        await driver.until(lambda: driver.app.screen.query("#menu"), "home")
        (unfinished,) = driver.app.studio.store.unfinished()
        driver.app.open_interview(resume=unfinished.id)
        await driver.until(
            lambda: isinstance(driver.app.screen, InterviewScreen) and screen(driver)._typing, "typing"
        )
        assert driver.app.screen.query_one("#answer-box").text == "half a thought"


async def test_an_interview_goes_on_where_it_was_left_and_asks_nothing_twice() -> None:
    async with running([spoken(STORY)], **SETUP) as driver:
        await started(driver)
        await invited(driver)
        said = list(driver.voice.said)
        await driver.press("escape")
        await driver.until(lambda: driver.app.screen.query("#menu"), "home")
        (unfinished,) = driver.app.studio.store.unfinished()
        driver.app.open_interview(resume=unfinished.id)
        await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the interview")
        await invited(driver)
        assert driver.voice.said == said
        assert said[-1][0] in driver.text()


async def test_trying_again_shows_the_attempt_before() -> None:
    async with running([spoken("i am a natural leader and i work hard every day"), spoken(STORY)], **SETUP) as driver:
        await started(driver)
        for _ in range(2):
            await invited(driver)
            await driver.press("enter")
            await driver.until(lambda: screen(driver)._hearing is not None, "the microphone")
            await driver.press("enter")
            await driver.until(lambda: phase(driver) is Phase.FEEDBACK, "feedback")
            await driver.press("a")
        session = screen(driver).conversation.session
        assert [answer.attempt for answer in session.answers] == [1, 2]


async def test_a_pause_stops_listening_and_goes_on() -> None:
    async with running([spoken(STORY)], **SETUP) as driver:
        await started(driver)
        await invited(driver)
        await driver.press("enter")
        await driver.until(lambda: screen(driver)._hearing is not None, "the microphone")
        await driver.press("space")
        await driver.until(lambda: driver.listener.hearings[0].calls == ["pause"], "the pause")
        await driver.until_text("Paused")
        await driver.press("space")
        await driver.until(lambda: driver.listener.hearings[0].calls == ["pause", "resume"], "going on")


async def test_a_microphone_that_stops_is_told_and_the_answer_can_be_typed() -> None:
    async with running([spoken(STORY)], **SETUP) as driver:
        driver.listener.microphone = True
        await started(driver)
        await invited(driver)
        driver.listener.microphone = False
        await driver.press("enter")
        await driver.until(lambda: screen(driver)._typing, "typing")


async def test_the_recording_of_an_answer_lies_in_the_sessions_own_folder() -> None:
    async with running([spoken(STORY)], **SETUP) as driver:
        await started(driver)
        await invited(driver)
        await driver.press("enter")
        await driver.until(lambda: screen(driver)._hearing is not None, "the microphone")
        await driver.press("enter")
        await driver.until(lambda: phase(driver) is Phase.FEEDBACK, "feedback")
        session = screen(driver).conversation.session
        recording = session.answers[0].utterances[0].recording
        assert (driver.app.places.recordings / recording).is_file()
        assert recording.startswith(f"{session.id}/")


async def test_every_size_from_the_smallest_shows_the_question_and_the_keys() -> None:
    for size in ((80, 24), (120, 40), (200, 60)):
        async with running(size=size, **SETUP) as driver:
            await started(driver)
            await invited(driver)
            caption = driver.app.screen.query_one("#caption")
            footer = driver.app.screen.query_one("Footer")
            assert caption.region.height > 0
            assert footer.region.bottom <= size[1]


async def test_why_tells_in_signs_what_counted_for_a_level_and_what_against() -> None:
    async with running([spoken(STORY)], **SETUP) as driver:
        await started(driver)
        await invited(driver)
        await driver.press("enter")
        await driver.until(lambda: screen(driver)._hearing is not None, "listening")
        await driver.press("enter")
        await driver.until_text("Concrete examples")
        await driver.press("x")
        await driver.until_text("counted for it, − against it")
        assert "++" in driver.text()

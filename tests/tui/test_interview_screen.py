"""The interview on the screen: keys in, words out, everything kept."""

import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.events import Paste
from textual.widgets._footer import FooterKey

from simulator.errors import UserError
from simulator.interview.events import Phase
from simulator.interview.setup import Setup
from simulator.interview_control import drafts, spoken_answer
from simulator.interview_control.drafts import DRAFT
from simulator.paths import user_paths
from simulator.services import Services
from simulator.sessions.session import Mode
from simulator.sessions.store import Store
from simulator.settings import Settings
from simulator.speech.ports import Readiness, SoundLevel
from simulator.speech.transcript import Transcript, typed
from simulator.tui.screens.interview import InterviewScreen
from simulator.tui.screens.report import ReportScreen
from simulator.tui.widgets.answer_box import AnswerBox
from tests.fakes import spoken
from tests.tui.driving import Driver, running

pytestmark = pytest.mark.thorough

STORY = (
    "last winter i led a team of six at the depot when the sorting machine broke i drew a plan on the wall "
    "and moved two people to the late shift and in the end only four of nine hundred boxes were late"
)
SETUP: dict[str, Any] = {"questions": 3, "probes": False}


def screen(driver: Driver) -> InterviewScreen:
    assert isinstance(driver.app.screen, InterviewScreen)
    return driver.app.screen


def phase(driver: Driver) -> Phase:
    return screen(driver).conversation.state.phase


async def started(driver: Driver) -> None:
    await driver.press("enter")
    await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the interview")


async def invited(driver: Driver) -> None:
    await driver.until(lambda: phase(driver) is Phase.INVITED, "the candidate's turn")


async def test_who_types_without_a_pause_has_the_draft_kept_and_no_timer_of_no_length(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(drafts, "LATEST_DRAFT_SECONDS", 0.0)
    async with running(microphone=False, **SETUP) as driver:
        await started(driver)
        await driver.until(lambda: phase(driver) is Phase.INVITED and driver.typing, "typing")
        waits: list[float] = []
        monkeypatch.setattr(screen(driver), "set_timer", lambda wait, *_, **__: waits.append(wait))
        await driver.type("half a thought")
        store = driver.app.services.data.store
        await driver.until(lambda: "half a thought" in store.documents(DRAFT).values(), "the draft")
        assert 0 not in waits


@pytest.mark.quick
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
            await driver.until(lambda: driver.listening, "the microphone")
            await driver.until_text("in the end only four")
            await driver.press("enter")
            await driver.until(lambda: phase(driver) is Phase.FEEDBACK, "feedback")
            await driver.until_text("Concrete examples")
            await driver.press("enter")
        for _ in range(2):
            await invited(driver)
            await driver.press("enter")
            await driver.until(lambda: driver.listening, "the microphone")
            await driver.press("enter")
            await driver.until(lambda: phase(driver) is not Phase.ANSWERING, "what follows")
        await driver.until(lambda: phase(driver) is Phase.FEEDBACK, "feedback on the questions")
        await driver.press("enter")
        await invited(driver)
        await driver.press("s")
        await driver.until(lambda: isinstance(driver.app.screen, ReportScreen), "the report")
        await driver.until_text("You answered")
        (summary,) = driver.app.services.data.store.summaries()
        session = driver.app.services.data.store.session(summary.id)
    assert session.finished
    assert [len(answer.utterances) for answer in session.answers] == [1, 1, 2]
    assert session.answers[0].transcript.text == STORY
    assert session.answers[0].utterances[0].recording.endswith(".wav")
    assert len(session.learned) == 1


@pytest.mark.quick
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
        (Readiness.READY, False, "Enter stops it, or answer now"),
        (Readiness.MISSING, False, "goes on by itself, or answer now"),
    ):
        async with running(patient=True, microphone=microphone, **SETUP) as driver:
            driver.voice.readiness = readiness
            await started(driver)
            await driver.until(lambda: len(driver.voice.said) == 1, "the greeting")
            await driver.until_text(hint)
            assert len(driver.voice.said) == 1


async def test_after_t_every_key_goes_into_the_text_field_also_while_the_voice_speaks() -> None:
    async with running(patient=True, **SETUP) as driver:
        await started(driver)
        await driver.until(lambda: len(driver.voice.said) == 1, "the greeting")
        await driver.press("t")
        await driver.type("ms bell? stop x")
        await driver.until(lambda: screen(driver).query_one(AnswerBox).text == "ms bell? stop x", "what was typed")
        assert len(driver.voice.said) == 1
        assert screen(driver).conversation.state.position == 0
        assert not screen(driver).conversation.state.paused


async def test_a_text_pasted_into_the_question_begins_the_answer() -> None:
    async with running(patient=True, microphone=False, **SETUP) as driver:
        await started(driver)
        await driver.until_text("or answer now")
        driver.app.post_message(Paste("last winter i led"))
        await driver.until(lambda: screen(driver).query_one(AnswerBox).text == "last winter i led", "the text")


async def test_going_on_by_voice_is_offered_only_where_it_works() -> None:
    def offers() -> set[str]:
        return {key.description for key in driver.app.screen.query(FooterKey) if key.key == "f2"}

    async with running(size=(120, 40), **SETUP) as driver:
        driver.listener.model = Readiness.MISSING
        await started(driver)
        await driver.until(lambda: driver.typing, "typing")
        await driver.until_text("Type your answer")
        await driver.rest()
        assert offers() == set()
    async with running(size=(120, 40), microphone=False, **SETUP) as driver:
        await started(driver)
        await driver.until(lambda: offers() == {"microphone"}, "the way to a microphone")


async def test_an_answer_typed_into_the_question_is_not_lost() -> None:
    async with running(patient=True, microphone=False, **SETUP) as driver:
        await started(driver)
        await driver.until(lambda: len(driver.voice.said) == 1, "the greeting")
        await driver.press("enter")
        await driver.until(lambda: len(driver.voice.said) == 2, "the question")
        await driver.until_text("Enter stops it, or answer now")
        await driver.press("m", "y", "space", "m", "u", "m")
        await driver.until(lambda: screen(driver).query_one(AnswerBox).text == "my mum", "what was typed")
        assert not screen(driver).conversation.state.paused


async def test_no_letter_is_lost_of_what_is_typed_into_the_question_in_one_go() -> None:
    async with running(patient=True, microphone=False, **SETUP) as driver:
        await started(driver)
        await driver.until(lambda: len(driver.voice.said) == 1, "the greeting")
        await driver.press("enter")
        await driver.until_text("Enter stops it, or answer now")
        words = "what do you mean"
        for letter in words:
            driver.app.post_message(events.Key("space" if letter == " " else letter, letter))
        box = screen(driver).query_one(AnswerBox)
        await driver.until(lambda: len(box.text) == len(words), "all that was typed")
        assert box.text == words


@pytest.mark.quick
async def test_without_a_microphone_answers_are_typed() -> None:
    async with running(microphone=False, **SETUP) as driver:
        await started(driver)
        await invited(driver)
        await driver.until(lambda: driver.typing, "typing")
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
        await driver.until(lambda: driver.typing, "typing")
        await driver.press("f2")
        await driver.until(lambda: not driver.typing, "speaking")
        await driver.press("enter")
        await driver.until(lambda: phase(driver) is Phase.ANSWERING, "listening")


async def test_what_was_typed_is_there_again_after_leaving() -> None:
    async with running(microphone=False, **SETUP) as driver:
        await started(driver)
        await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen) and driver.typing, "typing")
        await driver.type("half a thought")
        await driver.until(lambda: driver.app.services.data.store.documents("draft"), "the draft")
        await driver.press("escape")
        await driver.until(lambda: driver.app.screen.query("#menu"), "home")
        (unfinished,) = driver.app.services.data.store.summaries(finished=False)
        driver.app.open_interview(resume=unfinished.id)
        await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen) and driver.typing, "typing")
        assert driver.app.screen.query_one("#answer-box", AnswerBox).text == "half a thought"


async def test_a_draft_is_kept_once_after_the_last_key_and_not_at_every_key(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[tuple[str, bool]] = []
    keep = Store.keep_draft

    def counted(self: Store, session_id: str, text: str) -> None:
        kept.append((text, threading.current_thread() is threading.main_thread()))
        keep(self, session_id, text)

    monkeypatch.setattr(Store, "keep_draft", counted)
    async with running(microphone=False, **SETUP) as driver:
        await started(driver)
        await driver.until(lambda: driver.typing, "typing")
        await driver.type("half a thought")
        await driver.until(lambda: kept and kept[-1][0] == "half a thought", "the draft")
        assert len(kept) < 5, "far fewer than keys, however slow the machine"
        assert not any(on_the_screens_thread for _, on_the_screens_thread in kept)


async def test_an_answer_handed_in_leaves_no_draft_and_none_comes_late() -> None:
    async with running(microphone=False, **SETUP) as driver:
        await started(driver)
        await driver.until(lambda: driver.typing, "typing")
        await driver.type("half a thought")
        await driver.press("enter")
        await driver.until(lambda: screen(driver).conversation.session.answers, "the answer")
        driver.app.exit()
    store = Store(user_paths().database)
    assert not store.documents("draft")
    store.close()


async def test_what_is_typed_last_is_kept_when_the_app_ends() -> None:
    async with running(microphone=False, **SETUP) as driver:
        await started(driver)
        await driver.until(lambda: driver.typing, "typing")
        await driver.type("half a thought")
        session_id = screen(driver).conversation.session.id
    store = Store(user_paths().database)
    assert store.document("draft", f"{session_id}/01-1-question") == "half a thought"
    store.close()


@pytest.mark.quick
async def test_an_answer_that_the_disk_refuses_is_kept_with_the_next_step(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Store, *given: object, **named: object) -> None:
        raise UserError("The disk is full.")

    async with running(microphone=False, **SETUP) as driver:
        await started(driver)
        await driver.until(lambda: driver.typing, "typing")
        await driver.type("half a thought")
        with monkeypatch.context() as patch:
            patch.setattr(Store, "keep_step", refuse)
            await driver.press("enter")
            await driver.until(lambda: screen(driver).conversation.session.answers, "the answer")
        session_id = screen(driver).conversation.session.id
        assert not driver.app.services.data.store.session(session_id).answers
        await driver.press("enter")
        await driver.until(
            lambda: driver.app.services.data.store.session(session_id).answers, "the answer in the store"
        )


async def test_after_two_crashes_in_one_answer_both_recordings_are_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    def transcribed(path: Path, *given: object) -> Transcript:
        return typed({"-2": "the newer words"}.get(path.stem[-2:], "the older words"))

    monkeypatch.setattr("simulator.speech.transcriber.transcribe_file", transcribed)
    services = Services(user_paths(), Settings(candidate_name="Sam"))
    talk = services.interviews.begin(Setup(count=2, seed=1))
    path = services.recordings.path_for(talk)
    for name in (path, path.with_name(f"{path.stem}-2.wav")):
        name.write_bytes(b"x" * 2_000)
    services.close()
    async with running(**SETUP) as driver:
        driver.app.open_interview(resume=talk.session.id)
        await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the interview")
        await driver.until(lambda: driver.app.screen.query_one("#answer-box", AnswerBox).text, "the words")
        assert driver.app.screen.query_one("#answer-box", AnswerBox).text == "the newer words"
        await driver.press("f9")
        assert driver.app.screen.query_one("#answer-box", AnswerBox).text == "the older words\nthe newer words"


@pytest.mark.quick
async def test_an_interview_goes_on_where_it_was_left_and_asks_nothing_twice() -> None:
    async with running([spoken(STORY)], **SETUP) as driver:
        await started(driver)
        await invited(driver)
        said = list(driver.voice.said)
        await driver.press("escape")
        await driver.until(lambda: driver.app.screen.query("#menu"), "home")
        (unfinished,) = driver.app.services.data.store.summaries(finished=False)
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
            await driver.until(lambda: driver.listening, "the microphone")
            await driver.press("enter")
            await driver.until(lambda: phase(driver) is Phase.FEEDBACK, "feedback")
            await driver.press("a")
        session = screen(driver).conversation.session
        assert [answer.attempt for answer in session.answers] == [1, 2]


@pytest.mark.quick
async def test_a_pause_stops_listening_and_goes_on() -> None:
    async with running([spoken(STORY)], **SETUP) as driver:
        await started(driver)
        await invited(driver)
        await driver.press("enter")
        await driver.until(lambda: driver.listening, "the microphone")
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
        await driver.until(lambda: driver.typing, "typing")


async def test_the_recording_of_an_answer_lies_in_the_sessions_own_folder() -> None:
    async with running([spoken(STORY)], **SETUP) as driver:
        await started(driver)
        await invited(driver)
        await driver.press("enter")
        await driver.until(lambda: driver.listening, "the microphone")
        await driver.press("enter")
        await driver.until(lambda: phase(driver) is Phase.FEEDBACK, "feedback")
        session = screen(driver).conversation.session
        recording = session.answers[0].utterances[0].recording
        assert (driver.app.paths.recordings / recording).is_file()
        assert recording.startswith(f"{session.id}/")


@pytest.mark.quick
async def test_every_size_from_the_smallest_shows_the_question_and_the_keys() -> None:
    for size in ((80, 24), (120, 40), (200, 60)):
        async with running(size=size, **SETUP) as driver:
            await started(driver)
            await invited(driver)
            caption = driver.app.screen.query_one("#caption")
            footer = driver.app.screen.query_one("Footer")
            assert caption.region.height > 0
            assert footer.region.bottom <= size[1]


async def test_why_tells_in_words_what_counted_for_a_level_and_what_did_not() -> None:
    async with running([spoken(STORY)], **SETUP) as driver:
        await started(driver)
        await invited(driver)
        await driver.press("enter")
        await driver.until(lambda: driver.listening, "listening")
        await driver.press("enter")
        await driver.until_text("Concrete examples")
        await driver.press("x")
        await driver.until_text("Counted")
        assert "++" not in driver.text()


@pytest.mark.quick
async def test_a_key_held_down_takes_one_step_only() -> None:
    async with running([spoken(STORY)] * 3, **SETUP) as driver:
        await started(driver)
        await invited(driver)
        await driver.press("enter")
        await driver.until(lambda: driver.listening, "words")
        await driver.press("enter")
        await driver.until(lambda: phase(driver) is Phase.FEEDBACK, "feedback")
        await driver.hold("enter", 60)
        await invited(driver)
        assert screen(driver).conversation.state.position == 1
        await driver.hold("s", 10)
        assert screen(driver).conversation.state.position == 2


async def test_letters_typed_twice_in_a_row_stay_as_they_are_typed() -> None:
    async with running(microphone=False, **SETUP) as driver:
        await started(driver)
        await driver.until(lambda: driver.typing, "typing")
        driver.app.held_within = 1e9
        await driver.type("letter less")
        assert screen(driver).query_one(AnswerBox).text == "letter less"


async def test_an_answer_in_which_nothing_was_heard_is_handed_in_only_at_the_second_enter() -> None:
    async with running([spoken("")], **SETUP) as driver:
        await started(driver)
        await invited(driver)
        await driver.press("enter")
        await driver.until(lambda: driver.listening, "the microphone")
        await driver.press("enter")
        await driver.until_text("Nothing heard yet")
        await driver.until_text("Enter again sends it")
        assert driver.listener.hearings[0].calls == []
        await driver.press("enter")
        await driver.until(lambda: driver.listener.hearings[0].calls == ["finish"], "the end of the answer")


async def test_a_question_that_was_left_out_can_be_gone_back_to() -> None:
    async with running(microphone=False, **SETUP) as driver:
        await started(driver)
        await driver.until(lambda: driver.typing, "typing")
        await driver.press("f8")
        await driver.until(lambda: screen(driver).conversation.state.position == 1, "the second question")
        await invited(driver)
        await driver.press("f7")
        await driver.until(lambda: screen(driver).conversation.state.position == 0, "the first question")
        await driver.until_text("let us go back")


async def test_a_draft_ends_with_its_question_however_that_was_answered() -> None:
    async with running([spoken(STORY)], **SETUP) as driver:
        await started(driver)
        await invited(driver)
        await driver.press("t")
        await driver.type("half a thought")
        await driver.until(lambda: driver.app.services.data.store.documents("draft"), "the draft")
        await driver.press("f2", "enter")
        await driver.until(lambda: driver.listening, "the microphone")
        await driver.press("enter")
        await driver.until(lambda: phase(driver) is Phase.FEEDBACK, "feedback")
        assert not driver.app.services.data.store.documents("draft")
        await driver.press("enter")
        await invited(driver)
        await driver.press("t")
        assert screen(driver).query_one(AnswerBox).text == ""


async def test_a_draft_of_a_question_left_out_stays_with_it() -> None:
    async with running(microphone=False, **SETUP) as driver:
        await started(driver)
        await driver.until(lambda: driver.typing, "typing")
        await driver.type("half a thought")
        await driver.press("f8")
        await driver.until(lambda: screen(driver).conversation.state.position == 1, "the second question")
        await invited(driver)
        assert screen(driver).query_one(AnswerBox).text == ""
        await driver.press("f7")
        await driver.until(lambda: screen(driver).conversation.state.position == 0, "the first question")
        await invited(driver)
        assert screen(driver).query_one(AnswerBox).text == "half a thought"


async def test_unkept_words_are_gone_on_from_by_keys_and_by_voice() -> None:
    async with running([spoken("and then we won")], **SETUP) as driver:
        await started(driver)
        await invited(driver)
        screen(driver).control.turn.unkept.show(["we began late"])
        box = screen(driver).query_one(AnswerBox)
        assert box.cursor_location == (0, len("we began late"))
        await driver.press("f2")
        await driver.until_text("we began late")
        await driver.press("enter")
        await driver.until_text("we began late and then we won")
        await driver.press("enter")
        await driver.until(lambda: phase(driver) is Phase.FEEDBACK, "feedback")
        (answer,) = screen(driver).conversation.session.answers
    assert answer.transcript.text == "we began late and then we won"


async def test_m_says_that_it_is_now_the_candidates_question() -> None:
    async with running([spoken("may i ask what the team is like")], **SETUP) as driver:
        await started(driver)
        await invited(driver)
        await driver.press("m")
        await driver.until_text("Your question   ask, then Enter")


async def listening_asleep(driver: Driver) -> InterviewScreen:
    """An answer begun with a microphone that gives no sound yet."""
    driver.listener.asleep = True
    await started(driver)
    await invited(driver)
    await driver.press("enter")
    await driver.until(lambda: driver.listening, "the microphone")
    return screen(driver)


async def test_one_is_told_to_speak_only_when_the_first_sound_arrives() -> None:
    async with running([spoken(STORY)], **SETUP) as driver:
        await listening_asleep(driver)
        await driver.until_text("the microphone is starting")
        assert "Listening" not in driver.text()
        assert driver.listener.level is not None
        driver.listener.level(SoundLevel(-60.0, 0.01, False))
        await driver.until_text("Listening")


@pytest.mark.quick
async def test_a_dead_microphone_is_told_calmly_with_the_hint_and_one_can_type(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with running([spoken(STORY)], **SETUP) as driver:
        await listening_asleep(driver)
        assert driver.listener.level is not None
        driver.listener.level(SoundLevel(-96.0, 0.0, False, "silent"))
        await driver.until_text("Listening")
        assert "Nothing arrives" not in driver.text()
        monkeypatch.setattr(spoken_answer, "MUTED_SECONDS", 0.0)
        await driver.until_text("Nothing arrives: is it muted?")
        await driver.press("t")
        await driver.until(lambda: driver.typing, "typing")


async def test_thinking_after_the_first_words_is_no_alarm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spoken_answer, "MUTED_SECONDS", 0.5)
    monkeypatch.setattr(spoken_answer, "UNHEARD_SECONDS", 0.5)
    async with running([spoken(STORY)], **SETUP) as driver:
        await listening_asleep(driver)
        assert driver.listener.level is not None
        driver.listener.level(SoundLevel(-24.0, 0.3, True))
        answer = screen(driver).control.turn.answer
        await driver.until(lambda: answer and answer.voice_heard, "the voice")
        driver.listener.level(SoundLevel(-96.0, 0.0, False, "silent"))
        await driver.until_text("0:01")
        assert "Nothing arrives" not in driver.text()
        assert "no sound" not in driver.text()


async def test_who_walks_away_is_asked_and_no_longer_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running([spoken(STORY)], **SETUP) as driver:
        await started(driver)
        await invited(driver)
        await driver.press("enter")
        await driver.until(lambda: driver.listening, "words")
        monkeypatch.setattr(spoken_answer, "AWAY_SECONDS", 0.0)
        await driver.until_text("Are you still there?")
        await driver.until(lambda: driver.listener.hearings[0].calls == ["pause"], "the end of recording")
        monkeypatch.setattr(spoken_answer, "AWAY_SECONDS", 1e9)
        await driver.press("space")
        await driver.until(lambda: driver.listener.hearings[0].calls == ["pause", "resume"], "going on")


async def test_a_microphone_that_is_back_is_spoken_into_without_leaving() -> None:
    async with running([spoken(STORY)], microphone=False, **SETUP) as driver:
        await started(driver)
        await driver.until(lambda: driver.typing, "typing")
        driver.listener.microphone = True
        await driver.press("f2")
        await driver.until(lambda: not driver.typing, "speaking")
        await driver.press("enter")
        await driver.until_text("Listening")


async def test_one_key_asks_for_the_missing_piece_and_the_whole_answer_is_shown_before_and_after() -> None:
    unfinished = (
        "last march on the late shift a visitor was shouting at the desk because nobody had called him about his "
        "wife so i took him to the side room and i gave him a glass of water and i explained what had happened and "
        "i called the ward for him while he was sitting there"
    )
    end = "in the end he came back the next day to thank us"
    async with running([spoken(unfinished), spoken(end)], **SETUP) as driver:
        drill = Setup(bank_id="first-round-general", mode=Mode.DRILL, question_id="calm-a-situation")
        driver.app.open_interview(setup=drill)
        await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the drill")
        for key in ("p", "x"):
            await invited(driver)
            await driver.press("enter")
            await driver.until(lambda: driver.listening, "the microphone")
            await driver.press("enter")
            await driver.until(lambda: phase(driver) is Phase.FEEDBACK, "feedback")
            if key == "p":
                await driver.until_text("✗ what came of it")
            await driver.press(key)
        await driver.until_text("new in this try: what came of it")
        (answer,) = screen(driver).conversation.session.answers
    assert [utterance.purpose for utterance in answer.utterances] == ["question", "piece"]
    assert answer.attempt == 1


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be moved there")
async def test_where_nothing_can_be_kept_that_is_told_and_the_app_goes_on(tmp_path: Path) -> None:
    async with running(microphone=False, notices=True, **SETUP) as driver:
        await started(driver)
        await driver.until(lambda: phase(driver) is Phase.INVITED and driver.typing, "typing")
        user_paths().database.rename(tmp_path / "moved")
        await driver.type("i led a team of six")
        await driver.press("enter")
        await driver.until(lambda: phase(driver) is not Phase.INVITED, "the answer taken")
        await driver.until(lambda: any("Nothing more is kept" in each for each in driver.notices), "what is wrong")
        await driver.press("enter")
        await driver.until(lambda: driver.at_rest, "what follows")


async def test_a_key_that_does_nothing_says_what_it_is_for() -> None:
    async def told(words: str) -> None:
        await driver.until(lambda: words in " ".join(driver.notices), "what the key is for")

    async with running(size=(120, 40), **SETUP) as driver:
        driver.listener.model = Readiness.MISSING
        await started(driver)
        await driver.until(lambda: driver.typing, "typing")
        await driver.type("half an answer")
        await driver.press("f7")
        await told("F7 goes to the previous question. This is the first.")
        await driver.press("f2")
        await told("F2 is for speaking. It needs a speech model")
        await driver.type(" of a few words")
        assert screen(driver).query_one(AnswerBox).text == "half an answer of a few words", "F7 selects nothing there"
        await driver.press("enter")
        await driver.until(lambda: screen(driver).control.phase is Phase.FEEDBACK, "feedback")
        await driver.press("f8")
        await told("This one is answered: Enter goes on.")

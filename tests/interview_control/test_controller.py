"""The interview as a whole, under the controller alone: who speaks, what fits, what is kept."""

from dataclasses import replace

import pytest

from simulator.interview.events import GoOn, Phase, ShowFeedback
from simulator.sessions.session import Mode
from simulator.speech.ports import Readiness
from tests.fakes import spoken
from tests.interview_control.sitting import Sitting

STORY = "L3 i led a team of six at the depot"


def at_feedback(**given: object) -> Sitting:
    at = Sitting([spoken(STORY)] * 5, **given).start()  # type: ignore[arg-type]
    at.speak()
    at.control.finish_answer()
    at.settle()
    assert at.phase is Phase.FEEDBACK
    return at


def test_any_key_stops_the_voice_and_does_nothing_else() -> None:
    at = Sitting(patient=True).start()
    said = len(at.voice.said)
    assert at.control.stops_voice("x", "x")
    assert at.voice.silenced == 1
    at.settle()
    assert len(at.voice.said) == said + 1
    assert at.talk.place.position == 0


@pytest.mark.parametrize("key", ["escape", "f1", "space", "ctrl+q"])
def test_keys_that_leave_help_or_pause_do_what_they_always_do(key: str) -> None:
    at = Sitting(patient=True).start()
    assert not at.control.stops_voice(key, "")
    assert at.voice.silenced == 0


def test_once_it_is_the_candidates_turn_keys_are_theirs() -> None:
    assert not Sitting().start().control.stops_voice("x", "x")


def test_the_hint_fits_what_can_be_heard_and_said() -> None:
    assert "any key stops the voice" in Sitting(patient=True).start().stage.turn
    assert "or begin to type" in Sitting(microphone=False, patient=True).start().stage.turn
    at = Sitting(patient=True)
    at.voice.readiness = Readiness.MISSING
    assert "captions only" in at.start().stage.turn


def test_enter_held_down_takes_one_step_in_every_phase() -> None:
    at = Sitting([spoken(STORY)], patient=True).start()
    assert at.control.takes_once("enter")
    while at.phase is Phase.SPEAKING:
        at.voice.finish()
        at.settle()
    assert at.control.takes_once("enter")
    at.speak()
    assert at.control.takes_once("enter")
    at.control.finish_answer()
    at.settle()
    assert at.phase is Phase.FEEDBACK
    assert at.control.takes_once("enter")


def test_letters_run_on_while_one_types_and_only_then() -> None:
    assert not Sitting(microphone=False).start().control.takes_once("s")
    assert Sitting().start().control.takes_once("s")
    assert not Sitting().start().control.takes_once("up")


def test_a_late_end_of_a_line_does_not_end_the_next_one() -> None:
    at = Sitting(patient=True).start()
    for settle in (at.settle, lambda: None):
        at.control.pause()
        settle()
        at.control.pause()
        at.settle()
    first, second, third = at.voice.said
    assert first == second == third
    assert at.phase is Phase.SPEAKING


def test_only_the_keys_that_fit_the_moment_work() -> None:
    at = Sitting([spoken(STORY)], patient=True).start()
    assert at.fitting_keys() == {"pause"}
    while at.phase is Phase.SPEAKING:
        at.voice.finish()
        at.settle()
    assert at.fitting_keys() == {"start_answer", "pause", "hear_again", "type", "ask", "skip"}
    at.control.turn.switch()
    assert at.fitting_keys() == {"type", "skip_typing"}
    at.control.turn.switch()
    at.speak()
    assert at.fitting_keys() == {"finish_answer", "pause"}
    at.control.pause()
    assert at.fitting_keys() == {"finish_answer", "pause"}
    at.control.pause()
    at.control.finish_answer()
    at.settle()
    assert at.fitting_keys() == {"next", "again", "correct", "explain"}


def test_while_paused_only_going_on_works_and_enter_goes_on_too() -> None:
    at = Sitting().start()
    at.control.pause()
    assert at.stage.turn == "Paused: Space goes on"
    assert at.fitting_keys() == {"start_answer", "pause"}
    at.control.start_answer()
    assert at.phase is Phase.INVITED
    assert at.stage.turn == "Your turn: Enter starts your answer"


def test_no_clock_runs_in_a_pause() -> None:
    at = Sitting().start()
    at.go_by(5.0)
    shown = at.view.session_time
    at.control.pause()
    at.go_by(60.0)
    assert at.view.session_time == shown != ""


def test_what_cannot_be_kept_is_told_and_the_interview_goes_on_and_it_is_kept_later() -> None:
    at = Sitting(microphone=False).start()
    at.backend.full = True
    at.hand_in(STORY)
    assert "The disk is full. Make room." in at.view.told
    assert at.phase is Phase.FEEDBACK
    at.backend.full = False
    at.control.next()
    at.settle()
    assert at.talk.place.position == 1


def test_what_is_to_be_kept_is_kept_before_it_is_shown() -> None:
    at = Sitting(microphone=False).start()
    kept: list[int] = []

    def shown(feedback: ShowFeedback) -> None:
        kept.append(len(at.services.data.store.session(at.talk.session.id).answers))

    at.view.show_feedback = shown  # type: ignore[method-assign]
    at.hand_in(STORY)
    assert kept == [1]


def test_one_is_asked_how_it_went_before_the_feedback_where_that_is_wished() -> None:
    assert at_feedback().view.asked_about == []
    at = at_feedback(self_rating=True)
    assert [answer.position for answer in at.view.asked_about] == [0]
    for _ in range(2):
        at.control.finish_early()
        at.settle()
    assert at.view.report == at.talk.session.id
    assert len(at.view.asked_about) == 1


def test_in_a_realistic_interview_one_is_asked_at_the_end() -> None:
    at = Sitting(microphone=False, self_rating=True, mode=Mode.REALISTIC).start()
    at.hand_in(STORY)
    at.hand_in(STORY)
    assert at.view.asked_about == []
    for _ in range(2):
        at.control.finish_early()
        at.settle()
    assert at.view.report == at.talk.session.id
    assert [answer.position for answer in at.view.asked_about] == [0, 1]


def test_a_correction_is_shown_and_gone_on_with() -> None:
    at = at_feedback()
    assert at.control.feedback is not None
    mended = replace(at.talk.session.answers[0], scorecard=None)
    at.control.corrected(None)
    assert at.view.feedback is at.control.feedback
    at.control.corrected(mended)
    assert at.talk.session.answers == (mended,)
    assert at.view.feedback is not None
    assert at.view.feedback.answer is mended


def test_trying_again_names_the_attempt_and_going_on_the_question() -> None:
    at = at_feedback()
    assert at.view.where.startswith("question 1 of 3")
    at.control.try_again()
    at.settle()
    assert at.view.where.startswith("question 1 of 3   attempt 2")
    at.control.skip()
    at.settle()
    assert at.view.where.startswith("question 2 of 3")


def test_leaving_in_mid_answer_stops_voice_and_microphone() -> None:
    at = Sitting([spoken(STORY)]).start()
    at.speak()
    at.control.leave()
    at.settle()
    assert at.listener.hearings[0].calls == ["cancel"]
    assert at.voice.silenced == 1
    assert at.view.closed


def test_an_event_that_does_not_fit_the_moment_changes_nothing() -> None:
    at = Sitting([spoken(STORY)]).start()
    at.speak()
    before = at.talk.place
    at.control.send(GoOn())
    assert at.talk.place == before

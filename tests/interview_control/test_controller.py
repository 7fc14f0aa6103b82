"""The interview as a whole, under the controller alone: who speaks, what fits, what is kept."""

from dataclasses import replace
from typing import Any

import pytest

from simulator.interview.events import GoOn, Phase, Purpose, ShowFeedback
from simulator.interview_control.actions import fits, why_idle
from simulator.interview_control.turn_words import where
from simulator.sessions.answer_feedback import thing_to_do
from simulator.sessions.session import Mode
from simulator.speech.ports import Readiness
from simulator.speech.transcript import Transcript
from tests.fakes import spoken
from tests.interview_control.sitting import Sitting

STORY = "L3 i led a team of six at the depot"


def test_a_follow_up_is_named_before_whoever_asks_it() -> None:
    at = Sitting(microphone=False, probes=True).start()
    assert "follow-up" not in at.stage.speaker
    at.hand_in("L1 lacks reason")
    assert at.talk.state.turn is Purpose.PROBE
    assert at.stage.speaker.startswith("A follow-up from")
    assert at.stage.turn.startswith("Type your reply:")


def test_a_follow_up_left_out_by_words_is_told_with_the_key_that_takes_it_back() -> None:
    at = Sitting(microphone=False, probes=True).start()
    at.hand_in("L1 lacks reason")
    at.hand_in("I'd rather not say")
    assert at.phase is Phase.FEEDBACK
    assert at.view.told == [
        "No microphone was found. You can type instead.",
        "The follow-up is left out, as you asked. F6 if that was your answer.",
    ]
    assert fits("take_the_other_way", at.control, "answer")
    at.control.take_the_other_way()
    assert at.talk.session.answers[0].transcript.text.endswith("I'd rather not say")
    assert not fits("take_the_other_way", at.control, "answer")


def at_feedback(**given: object) -> Sitting:
    at = Sitting([spoken(STORY)] * 5, **given).start()  # type: ignore[arg-type]
    at.speak()
    at.control.finish_answer()
    at.settle()
    assert at.phase is Phase.FEEDBACK
    return at


def test_after_feedback_only_what_does_something_fits_and_a_key_in_vain_says_why() -> None:
    at = Sitting(microphone=False).start()
    at.hand_in(STORY)
    assert at.phase is Phase.FEEDBACK
    assert not fits("listen", at.control)
    assert fits("correct", at.control)
    assert why_idle("l", at.control) == "L plays what you said. You typed this answer."
    assert why_idle("p", at.control).startswith("P adds")
    assert fits("listen", at_feedback().control)


def test_any_key_stops_the_voice_and_does_nothing_else() -> None:
    at = Sitting(patient=True).start()
    said = len(at.voice.said)
    assert at.control.stops_voice("x", "x")
    assert at.voice.silenced == 1
    at.settle()
    assert len(at.voice.said) == said + 1
    assert at.talk.state.position == 0


def test_a_voice_that_takes_its_time_to_fall_silent_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    at = Sitting(patient=True, microphone=False).start()
    monkeypatch.setattr(at.voice, "silence", lambda: None)
    at.control.stops_voice("enter", "\r")
    assert at.stage.caption != at.talk.question.ask, "the greeting was cut short, the question begins"
    at.control.stops_voice("enter", "\r")
    assert at.stage.caption == at.talk.question.ask
    assert at.stage.typing


def test_who_reads_and_types_has_the_whole_question_and_the_field_with_one_enter() -> None:
    at = Sitting(patient=True, microphone=False)
    at.voice.readiness = Readiness.MISSING
    at.start()
    assert at.stage.turn.endswith("Noor writes: goes on by itself, or answer now")
    at.control.stops_voice("enter", "\r")
    assert at.phase is Phase.INVITED
    assert at.stage.caption == at.talk.question.ask
    assert at.stage.typing
    at.hand_in("")
    assert at.stage.turn == "Type your answer: Enter sends it, Ctrl+J new line", "a second Enter finds no fault"


@pytest.mark.parametrize("key", ["escape", "f1", "space", "ctrl+q"])
def test_keys_that_leave_help_or_pause_do_what_they_always_do(key: str) -> None:
    at = Sitting(patient=True).start()
    assert not at.control.stops_voice(key, "")
    assert at.voice.silenced == 0


def test_once_it_is_the_candidates_turn_keys_are_theirs() -> None:
    assert not Sitting().start().control.stops_voice("x", "x")


def test_the_hint_fits_what_can_be_heard_and_said() -> None:
    assert "any key stops the voice" in Sitting(patient=True).start().stage.turn
    assert "or answer now" in Sitting(microphone=False, patient=True).start().stage.turn
    at = Sitting(patient=True)
    at.voice.readiness = Readiness.MISSING
    assert "writes" in at.start().stage.turn


def test_a_voice_that_comes_back_or_goes_while_somebody_speaks_changes_the_hint() -> None:
    at = Sitting(patient=True)
    at.voice.readiness = Readiness.MISSING
    at.start()
    assert "writes" in at.stage.turn
    at.voice.readiness = Readiness.READY
    at.go_by(1.0)
    assert "any key stops the voice" in at.stage.turn
    at.voice.readiness = Readiness.MISSING
    at.go_by(1.0)
    assert "writes" in at.stage.turn


def test_whoever_chose_captions_is_not_told_of_a_voice() -> None:
    at = Sitting(patient=True, sound="captions").start()
    assert "writes" in at.stage.turn


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
    assert at.fitting_keys() == {"pause", "type"}
    while at.phase is Phase.SPEAKING:
        at.voice.finish()
        at.settle()
    assert at.fitting_keys() == {"start_answer", "pause", "hear_again", "type", "ask", "skip"}
    at.control.type()
    assert at.fitting_keys() == {"speak", "skip"}
    at.control.turn.speak_instead()
    at.speak()
    assert at.fitting_keys() == {"finish_answer", "pause"}
    at.control.pause()
    assert at.fitting_keys() == {"resume"}
    at.control.pause()
    at.control.finish_answer()
    at.settle()
    assert at.fitting_keys() == {"next", "again", "correct", "explain"}


def test_while_paused_only_going_on_works_and_enter_goes_on_too() -> None:
    at = Sitting().start()
    at.control.pause()
    assert at.stage.turn == "Paused: Space goes on"
    assert at.fitting_keys() == {"resume"}, "the row of keys says go on, not pause"
    at.control.pause()
    assert at.phase is Phase.INVITED
    assert at.stage.turn == "Your turn: Enter starts your answer"


def test_whoever_types_can_pause_while_somebody_speaks() -> None:
    at = Sitting(patient=True).start()
    at.control.type()
    assert "pause" not in at.fitting_keys(), "a space is a letter of the answer"
    at.control.skip()
    at.settle()
    assert at.phase is Phase.SPEAKING
    assert "pause" in at.fitting_keys()


def test_enter_goes_on_after_a_pause_while_somebody_speaks() -> None:
    at = Sitting(patient=True).start()
    at.control.pause()
    assert at.control.stops_voice("x", "x")
    assert at.control.paused
    assert at.control.stops_voice("enter", "\r")
    assert not at.control.paused
    assert at.phase is Phase.SPEAKING


def test_no_clock_runs_in_a_pause() -> None:
    at = Sitting([spoken(STORY)]).start()
    at.speak()
    at.go_by(5.0)
    at.control.finish_answer()
    at.settle()
    at.go_by(1.0)
    shown = at.view.session_time
    at.control.pause()
    at.go_by(60.0)
    assert at.view.session_time == shown != ""


def test_the_clock_counts_only_what_the_candidate_says_and_says_so() -> None:
    at = Sitting([spoken(STORY)], patient=True).start()
    at.go_by(5.0)
    assert at.view.session_time == "", "the interviewer speaks"
    while at.phase is Phase.SPEAKING:
        at.voice.finish()
        at.settle()
    at.go_by(60.0)
    assert at.view.session_time == "", "thinking is not counted"
    at.speak()
    at.go_by(7.0)
    assert at.stage.spent == 7.0
    at.control.finish_answer()
    at.settle()
    at.go_by(60.0)
    assert at.view.session_time == "you spoke 0:07", "reading the feedback is not counted"


def test_whoever_types_sees_no_clock_of_what_they_spoke() -> None:
    at = Sitting(microphone=False).start()
    at.type("last")
    at.go_by(4.0)
    assert at.view.session_time == ""
    at.hand_in("last winter i drew a plan")
    at.go_by(4.0)
    assert at.view.session_time == ""


def test_the_head_says_follow_up_and_goodbye_where_it_is_no_question_of_the_plan() -> None:
    at = Sitting(microphone=False, probes=True).start()
    assert at.view.where.startswith("question 1 of 3   ")
    at.hand_in("L1 lacks result")
    assert at.talk.state.turn is Purpose.PROBE
    assert at.view.where.startswith("Follow-up to question 1   ")
    at.hand_in("L1 lacks result")
    assert at.phase is Phase.FEEDBACK
    assert at.view.where.startswith("question 1 of 3   "), "feedback is about the whole answer"
    at.control.add_piece()
    at.settle()
    assert at.view.where.startswith("Adding to question 1   ")
    at.control.skip()
    at.control.next()
    at.settle()
    assert at.view.where.startswith("question 2 of 3   ")
    for _ in range(2):
        at.control.skip()
        at.settle()
    assert at.view.where.startswith("Goodbye   ")


def test_leaving_in_mid_answer_and_ending_ask_once_and_otherwise_leaving_is_undone_by_going_on() -> None:
    at = Sitting([spoken(STORY)]).start()
    at.speak()
    at.control.leave_if_sure()
    assert not at.view.closed
    assert at.listener.hearings[0].calls == [], "it goes on listening"
    (question, leave) = at.view.questions[0]
    assert question == "Leave in the middle of your answer?"
    leave()
    assert at.view.closed
    at = Sitting().start()
    at.control.leave_if_sure()
    assert at.view.closed
    assert at.view.questions == []
    at = Sitting().start()
    at.control.finish_if_sure()
    assert at.talk.state.turn is Purpose.QUESTION
    at.view.questions[0][1]()
    assert at.view.report == at.talk.session.id, "what was asked for is what comes"


def test_the_keys_of_the_closing_turns_are_named_for_what_they_do() -> None:
    at = Sitting().start()
    assert [fits("skip", at.control, turn) for turn in ("", "closing", "goodbye")] == [True, False, False]
    for _ in range(2):
        at.control.skip()
        at.settle()
    assert at.stage.turn == "Your questions: Enter to ask, F8 if you have none"
    assert [fits("skip", at.control, turn) for turn in ("", "closing", "goodbye")] == [False, True, False]
    at.control.skip()
    at.settle()
    assert at.stage.turn == "A last word?: Enter to speak, F8 shows your report"
    assert [fits("skip", at.control, turn) for turn in ("", "closing", "goodbye")] == [False, False, True]
    at.control.type()
    assert at.stage.turn == "A last word?: or just Enter for your report"
    at.type("Thank you")
    assert at.stage.turn == "A last word: Enter says it, then your report"
    at.type("")
    assert at.stage.turn == "A last word?: or just Enter for your report"
    assert [fits("skip", at.control, turn) for turn in ("", "closing", "goodbye")] == [False, False, True]


def test_escape_first_drops_what_was_begun_aside() -> None:
    at = Sitting([spoken("")]).start()
    at.control.turn.ask()
    at.settle()
    assert fits("drop_question", at.control)
    assert not fits("leave", at.control)
    at.control.turn.drop_question()
    at.settle()
    assert at.phase is Phase.INVITED
    assert at.stage.turn == "Your turn: Enter starts your answer"
    assert fits("leave", at.control)


def test_what_cannot_be_kept_is_told_and_the_interview_goes_on_and_it_is_kept_later() -> None:
    at = Sitting(microphone=False).start()
    at.backend.full = True
    at.hand_in(STORY)
    assert "The disk is full. Make room." in at.view.told
    assert at.phase is Phase.FEEDBACK
    at.backend.full = False
    at.control.next()
    at.settle()
    assert at.talk.state.position == 1


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
    at.control.finish_early()
    at.settle()
    assert at.view.report == at.talk.session.id
    assert len(at.view.asked_about) == 1


def test_in_a_realistic_interview_one_is_asked_at_the_end() -> None:
    at = Sitting(microphone=False, self_rating=True, mode=Mode.REALISTIC).start()
    at.hand_in(STORY)
    at.hand_in(STORY)
    assert at.view.asked_about == []
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
    assert at.view.where.startswith("question 1 of 3   try 2")
    at.control.skip()
    at.settle()
    assert at.view.where.startswith("question 2 of 3")


def test_a_drill_left_after_its_feedback_is_over_and_a_practice_is_not() -> None:
    for mode in (Mode.DRILL, Mode.COACH):
        at = Sitting(microphone=False, mode=mode).start()
        at.type("last june i rang the cafe")
        at.control.turn.hand_in_typed("last june i rang the cafe")
        at.settle()
        assert at.phase is Phase.FEEDBACK
        at.control.leave()
        at.settle()
        over = bool(at.services.data.store.session(at.talk.session.id).finished_at)
        assert (over, bool(at.view.report), at.view.closed) == (mode is Mode.DRILL, over, not over)


def test_a_limit_is_seen_before_and_while_one_types_but_not_at_the_goodbye() -> None:
    at = Sitting(microphone=False)
    at.talk.options = replace(at.talk.options, limits=True)
    at.start()
    at.go_by(1.0)
    assert at.stage.clock.startswith("limit ")
    at.type("last")
    at.go_by(3.0)
    assert at.stage.clock.startswith("limit ")
    assert replace(at.talk.state, turn=Purpose.CLOSING).invite(at.talk.options).limit
    assert not replace(at.talk.state, turn=Purpose.GOODBYE).invite(at.talk.options).limit


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
    before = at.talk.state
    at.control.send(GoOn())
    assert at.talk.state == before


def at_goodbye(*answers: Transcript, **given: Any) -> Sitting:
    at = Sitting(answers, **given).start()
    for _ in range(3):
        at.control.skip()
        at.settle()
    assert at.talk.state.turn is Purpose.GOODBYE
    return at


def test_enter_without_a_last_word_ends_the_interview() -> None:
    typing = at_goodbye(microphone=False)
    typing.control.turn.hand_in_typed("")
    assert not typing.view.report, "it was meant for the interviewer's last words"
    typing.go_by(2)
    typing.control.turn.hand_in_typed(" ")
    assert typing.view.report
    speaking = at_goodbye(spoken(""))
    speaking.speak()
    speaking.control.finish_answer()
    assert speaking.view.report


def test_the_goodbye_of_a_second_attempt_is_just_goodbye() -> None:
    at = at_goodbye()
    at.talk.state = replace(at.talk.state, attempt=2)
    assert where(at.talk).startswith("Goodbye   coach   ")


def test_the_follow_up_of_a_drill_has_a_number_too() -> None:
    at = Sitting(microphone=False, mode=Mode.DRILL).start()
    at.talk.state = replace(at.talk.state, turn=Purpose.PROBE)
    assert where(at.talk).startswith("Follow-up to question 1   drill")


def test_one_key_goes_back_and_skips_whether_one_speaks_or_types() -> None:
    for at in (Sitting(microphone=False).start(), Sitting().start()):
        assert "skip" in at.fitting_keys()
        at.control.skip()
        at.settle()
        assert "back" in at.fitting_keys()


def test_the_key_that_takes_back_how_one_was_understood_is_there_when_it_can_be_used() -> None:
    at = Sitting(microphone=False).start()
    for _ in range(2):
        at.control.skip()
        at.settle()
    assert at.talk.state.turn is Purpose.CLOSING

    def offered() -> list[str]:
        return [
            how for how in ("asked", "answer", "closing", "goodbye") if fits("take_the_other_way", at.control, how)
        ]

    assert offered() == []
    at.hand_in("ask could you show me that again")
    assert offered() == ["asked"]
    at.control.take_the_other_way()
    at.settle()
    assert offered() == ["closing"]
    at.control.skip()
    at.settle()
    assert offered() == []
    at.hand_in("pardon")
    assert offered() == ["goodbye"]


def tried_again(**given: object) -> Sitting:
    at = Sitting([spoken(STORY)], **given).start()  # type: ignore[arg-type]
    at.control.turn.type_instead()
    at.hand_in("L1 i led a team at the depot")
    asked_for = thing_to_do(at.talk.session.answers[0])
    assert asked_for
    assert not fits("last_words", at.control), "the feedback has its own way to the words"
    at.control.try_again()
    at.settle()
    assert at.stage.advice == asked_for
    return at


def test_another_try_shows_what_to_do_and_brings_the_last_words_to_be_made_better() -> None:
    at = tried_again(microphone=False)
    assert (at.stage.typed, at.stage.turn.endswith("F3 brings your last words")) == ("", True)
    at.type("Well,")
    at.control.turn.bring_last_words()
    assert at.stage.typed == "L1 i led a team at the depot Well,"
    assert not fits("last_words", at.control), "once"
    at.hand_in("L2 i led a team of six")
    at.control.next()
    at.settle()
    assert at.talk.state.position == 1
    assert (at.stage.advice, fits("last_words", at.control)) == ("", False), "of another question"


def test_whoever_speaks_another_try_reads_the_last_words_first() -> None:
    at = tried_again()
    at.control.turn.speak_instead()
    at.control.turn.bring_last_words()
    assert at.stage.words == "L1 i led a team at the depot"
    assert at.stage.typed == ""
    at.speak()
    assert "L1" not in at.stage.words


def test_where_no_feedback_was_seen_another_try_shows_none_of_it() -> None:
    at = Sitting(microphone=False, mode=Mode.REALISTIC).start()
    at.hand_in("L1 i led a team at the depot")
    assert at.talk.last_try is None
    assert at.stage.advice == ""

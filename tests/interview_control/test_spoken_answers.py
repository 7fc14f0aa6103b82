"""Spoken answers from the first sound to the words handed in, under the controller alone."""

from dataclasses import replace

from simulator.interview.events import Phase
from simulator.speech.transcript import Source, Transcript
from tests.fakes import spoken
from tests.interview_control.sitting import NOTHING, STALLED, VOICE, Sitting

STORY = "L3 i led a team of six at the depot"


def test_one_is_told_to_speak_only_when_the_first_sound_arrives() -> None:
    at = Sitting([spoken(STORY)], asleep=True).start()
    at.speak()
    assert at.stage.turn == "One moment: the microphone is starting"
    at.hear(VOICE)
    assert at.stage.turn == "Listening: Enter when done"


def test_an_answer_is_read_before_the_screen_hears_of_its_end() -> None:
    at = Sitting([spoken(STORY)]).start()
    at.speak()
    at.control.finish_answer()
    (finish,) = at.view.background
    at.view.background.clear()
    finish()
    assert (at.read, at.phase.value) == ([STORY], "answering")
    at.settle()
    assert at.phase is Phase.FEEDBACK


def test_enter_held_down_ends_an_answer_once() -> None:
    at = Sitting([spoken(STORY)]).start()
    at.speak()
    for _ in range(5):
        at.control.finish_answer()
    at.settle()
    assert at.listener.hearings[0].calls == ["finish"]


def test_an_answer_without_speech_is_not_handed_in_until_one_insists() -> None:
    at = Sitting([spoken("")], asleep=True).start()
    at.speak()
    at.hear(NOTHING)
    at.control.finish_answer()
    at.settle()
    assert at.stage.turn == "Nothing heard yet: Enter again sends it"
    assert at.listener.hearings[0].calls == []
    at.control.finish_answer()
    at.settle()
    assert at.listener.hearings[0].calls == ["finish"]


def test_a_muted_microphone_is_told_calmly_and_one_can_type() -> None:
    at = Sitting([spoken(STORY)], asleep=True).start()
    at.speak()
    at.hear(NOTHING)
    at.go_by(3.0)
    assert at.stage.turn.startswith("Nothing arrives: is it muted?")
    assert at.stage.level is not None
    assert at.stage.level.hint == ""
    assert "type" in at.fitting_keys()
    at.control.type()
    at.settle()
    assert at.stage.typing
    assert at.listener.hearings[0].calls == ["cancel"]


def test_what_was_said_of_silence_goes_once_a_voice_is_heard() -> None:
    at = Sitting([spoken(STORY)] * 2, asleep=True).start()
    at.speak()
    at.hear(NOTHING)
    at.go_by(4.0)
    assert at.stage.turn.startswith("Nothing arrives")
    at.hear(VOICE)
    at.go_by(1.0)
    assert at.stage.turn == "Listening: Enter when done"
    at.control.finish_answer()
    at.settle()
    at.control.next()
    at.settle()
    at.speak()
    at.hear(NOTHING)
    at.control.finish_answer()
    assert at.stage.turn.startswith("Nothing heard yet")
    at.hear(VOICE)
    at.go_by(1.0)
    assert at.stage.turn == "Listening: Enter when done"


def test_a_microphone_that_stops_is_told_in_place_of_listening_until_it_is_back() -> None:
    at = Sitting([spoken(STORY)]).start()
    at.speak()
    at.go_by(5.0)
    at.hear(STALLED)
    at.go_by(10.0)
    assert at.stage.turn == "The microphone stopped: Enter sends what you said"
    assert at.stage.level is not None
    assert at.stage.level.hint == ""
    assert at.stage.spent == 5.0
    at.hear(VOICE)
    at.go_by(1.0)
    assert at.stage.turn == "Listening: Enter when done"
    assert at.stage.spent == 6.0


def test_what_went_wrong_while_one_spoke_is_not_told_again_over_the_feedback() -> None:
    stopped, again = "The microphone stopped.", "Listening again."
    heard = replace(spoken(STORY), trouble=f"{stopped} {again} The last words are missing.")
    at = Sitting([heard]).start()
    at.speak()
    assert at.listener.trouble is not None
    for sentence in (stopped, again):
        at.listener.trouble(sentence)
    at.settle()
    at.control.finish_answer()
    at.settle()
    assert at.phase is Phase.FEEDBACK
    assert at.view.told == [stopped, again, "The last words are missing."]


def test_walking_away_stops_the_recording_and_keeps_what_was_said() -> None:
    at = Sitting([spoken(STORY)]).start()
    at.speak()
    at.go_by(179.0)
    assert not at.control.paused
    at.go_by(1.0)
    assert at.control.paused
    assert at.stage.turn == "Are you still there?: All is kept. Space goes on"
    assert at.stage.clock == ""
    assert at.listener.hearings[0].calls == ["pause"]
    at.go_by(3_600.0)
    at.control.pause()
    at.settle()
    assert at.listener.hearings[0].calls == ["pause", "resume"]
    at.go_by(1.0)
    assert at.stage.spent == 181.0
    at.control.finish_answer()
    at.settle()
    assert at.talk.session.answers[0].transcript.text == STORY


def test_whoever_walked_away_before_a_word_is_not_told_that_it_is_kept_and_is_listened_to_again() -> None:
    at = Sitting([spoken(STORY)], asleep=True).start()
    at.speak()
    at.hear(NOTHING)
    at.control.finish_answer()
    at.go_by(180.0)
    assert at.stage.turn == "Are you still there?: Space goes on"
    at.control.pause()
    at.settle()
    at.go_by(0.25)
    assert at.stage.turn == "Listening: Enter when done"


def test_a_microphone_that_opens_too_late_is_closed_again() -> None:
    at = Sitting([spoken(STORY)]).start()
    at.control.start_answer()
    at.control.type()
    at.settle()
    assert at.listener.hearings[0].calls == ["cancel"]
    assert at.stage.typing


def test_words_of_an_answer_that_was_taken_back_are_ignored() -> None:
    at = Sitting([spoken("")], asleep=True).start()
    at.speak()
    hearing = at.listener.hearings[0]
    at.control.type()
    hearing.finish()
    at.settle()
    assert at.phase is Phase.INVITED
    assert at.talk.session.answers == ()


def test_a_microphone_that_fails_is_told_and_the_answer_can_be_typed() -> None:
    at = Sitting([spoken(STORY)]).start()
    at.listener.microphone = False
    at.speak()
    assert at.view.told == ["No microphone was found. Connect one."] * 2
    assert at.phase is Phase.INVITED
    assert at.stage.typing


def test_trouble_while_one_speaks_is_told_and_one_speaks_on() -> None:
    at = Sitting([spoken(STORY)]).start()
    at.speak()
    assert at.listener.trouble is not None
    at.listener.trouble("The disk is full: no sound is kept.")
    at.settle()
    assert at.view.told == ["The disk is full: no sound is kept."]
    assert at.phase is Phase.ANSWERING


def test_what_was_recorded_and_not_understood_can_be_typed() -> None:
    deaf = Transcript((), Source.SPOKEN, duration=4.0, trouble="There is no speech model.")
    at = Sitting([deaf]).start()
    at.speak()
    at.hear(VOICE)
    at.go_by(2.0)
    at.control.finish_answer()
    at.settle()
    assert at.view.told == ["There is no speech model."]
    assert at.stage.typing


def test_where_no_recording_can_be_made_that_is_told() -> None:
    at = Sitting([spoken(STORY)]).start()
    at.services.paths.recordings.write_text("a file is in the way")
    at.listener.microphone = False
    at.speak()
    assert "recordings" in at.view.told[0]


def test_a_question_of_ones_own_is_said_aloud_too() -> None:
    at = Sitting([spoken("may i ask what the team is like")]).start()
    at.control.turn.ask()
    at.settle()
    assert at.stage.turn.startswith("Your question: ask")
    asked = len(at.voice.said)
    at.control.finish_answer()
    at.settle()
    assert len(at.voice.said) > asked
    assert at.phase is Phase.INVITED
    assert at.talk.state.position == 0

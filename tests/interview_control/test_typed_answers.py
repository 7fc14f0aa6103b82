"""Typed answers and their drafts, under the controller alone."""

from simulator.interview.events import Phase, Purpose
from simulator.speech.ports import Readiness
from tests.fakes import spoken
from tests.interview_control.sitting import Sitting


def typing() -> Sitting:
    return Sitting(microphone=False).start()


def test_without_a_microphone_one_types_and_is_told_why_once() -> None:
    at = typing()
    assert at.stage.typing
    at.hand_in("L3 an answer")
    at.control.next()
    at.settle()
    assert [words for words in at.view.told if "No microphone" in words] == [
        "No microphone was found. You can type instead."
    ]


def test_without_a_speech_model_typing_is_no_news() -> None:
    at = Sitting()
    at.listener.model = Readiness.MISSING
    at.start()
    assert at.stage.typing
    assert at.view.told == []


def test_what_is_typed_is_kept_a_moment_after_the_last_key() -> None:
    at = typing()
    at.type("half a")
    at.type("half a thought")
    assert at.drafts() == []
    at.go_by(1.0)
    assert at.drafts() == ["half a thought"]


def test_who_types_without_a_pause_has_the_draft_kept_too() -> None:
    at = typing()
    for length in range(1, 12):
        at.type("word " * length)
        at.view.now += 0.5
        at.settle()
    assert at.drafts()


def test_a_draft_belongs_to_its_question() -> None:
    at = typing()
    at.type("half a thought")
    at.control.skip()
    at.settle()
    assert at.talk.state.position == 1
    assert at.stage.typed == ""
    at.control.go_back()
    at.settle()
    assert at.talk.state.position == 0
    assert at.stage.typed == "half a thought"


def test_a_question_asked_aside_has_a_draft_of_its_own() -> None:
    at = typing()
    at.type("my answer")
    at.go_by(1.0)
    at.control.turn.ask()
    assert at.stage.typed == ""
    at.type("may i ask")
    at.go_by(1.0)
    assert at.drafts() == ["my answer", "may i ask"]
    at.hand_in("may i ask what the team is like")
    assert at.drafts() == ["my answer"]
    assert at.stage.typed == "my answer"


def test_an_answer_takes_its_draft_with_it() -> None:
    at = typing()
    at.type("half a thought")
    at.go_by(1.0)
    at.hand_in("L3 a whole thought")
    assert at.view.feedback
    assert at.drafts() == []
    at.go_by(10.0)
    assert at.drafts() == []


def test_leaving_keeps_what_was_typed_last_and_says_that_all_is_saved() -> None:
    at = typing()
    at.type("half a thought")
    at.control.leave()
    at.settle()
    assert at.drafts() == ["half a thought"]
    assert at.view.told[-1] == "Saved. You can go on where you stopped."
    assert at.view.closed


def test_letters_typed_into_the_question_begin_the_answer() -> None:
    at = Sitting(microphone=False, patient=True).start()
    assert at.control.stops_voice("m", "m")
    assert at.phase is Phase.INVITED
    assert at.stage.typing
    assert at.stage.typed == "m"
    assert at.stage.caption == at.talk.question.ask
    at.settle()
    assert at.phase is Phase.INVITED


def test_t_opens_the_box_at_once_whatever_is_being_said() -> None:
    at = Sitting(patient=True).start()
    assert len(at.voice.said) == 1, "the greeting"
    assert "type" in at.fitting_keys()
    assert not at.control.stops_voice("t", "t"), "the key is left to what it does"
    at.control.type()
    assert at.phase is Phase.INVITED
    assert at.stage.typing
    assert at.voice.silenced == 1
    assert at.stage.caption == at.talk.question.ask
    at.hand_in("L3 i led a team of six")
    assert at.view.feedback


def test_a_question_that_is_said_again_stands_there_once_when_one_types_into_it() -> None:
    at = Sitting(microphone=False, patient=True).start()
    at.control.stops_voice("x", "x")
    at.hand_in("could you say that again please")
    assert at.phase is Phase.SPEAKING
    at.control.stops_voice("l", "l")
    assert at.stage.caption == at.talk.question.ask


def test_a_question_that_was_explained_stays_there_in_those_words() -> None:
    at = Sitting(microphone=False).start()
    at.hand_in("sorry, what do you mean?")
    assert at.phase is Phase.INVITED
    assert at.stage.caption.startswith("Let me put it another way.")


def test_what_an_interviewer_had_not_said_yet_is_there_to_be_read_when_one_types() -> None:
    at = Sitting(microphone=False, patient=True).start()
    at.control.stops_voice("x", "x")
    at.control.skip()
    at.control.stops_voice("x", "x")
    at.control.skip()
    at.control.stops_voice("x", "x")
    at.hand_in("ask what is the biggest problem of the team")
    assert at.phase is Phase.SPEAKING
    lines = [line.text for line in at.talk.state.lines]
    assert len(lines) > 1
    at.control.stops_voice("i", "i")
    assert at.stage.caption == " ".join(lines)
    assert at.stage.typed == "i"


def test_enter_on_nothing_says_where_to_type() -> None:
    at = typing()
    at.go_by(5.0)
    at.hand_in("  ")
    assert at.stage.turn == "Your turn: Type your answer here, then Enter"
    assert at.phase is Phase.INVITED
    assert at.talk.session.answers == ()
    at.type("L3 last")
    assert at.stage.turn == "Type your answer: Enter sends it, Ctrl+J new line", "it is said only while it is so"


def test_an_enter_meant_for_the_captions_that_ended_by_themselves_says_nothing() -> None:
    at = typing()
    at.hand_in("")
    assert at.stage.turn == "Type your answer: Enter sends it, Ctrl+J new line"
    assert at.phase is Phase.INVITED


def test_a_question_begun_aloud_and_typed_instead_stays_a_question() -> None:
    at = Sitting([spoken("")]).start()
    at.control.turn.ask()
    at.settle()
    at.control.type()
    at.settle()
    assert at.stage.turn.startswith("Ask your question")
    at.hand_in("what is the team like?")
    assert at.talk.state.turn is Purpose.QUESTION
    assert at.talk.state.position == 0


def test_only_ways_to_speak_that_work_are_offered() -> None:
    at = Sitting().start()
    at.control.type()
    assert {"speak", "find_microphone"} & at.fitting_keys() == {"speak"}
    at = Sitting(microphone=False).start()
    assert {"speak", "find_microphone"} & at.fitting_keys() == {"find_microphone"}
    at = Sitting()
    at.listener.model = Readiness.MISSING
    at.start()
    assert at.stage.typing
    assert not {"speak", "find_microphone"} & at.fitting_keys()


def test_a_microphone_that_is_back_is_spoken_into() -> None:
    at = Sitting([spoken("L3 hello")], microphone=False).start()
    at.control.turn.find_microphone()
    at.settle()
    assert at.stage.typing
    assert at.view.told[-1] == "No microphone was found. Connect one."
    at.listener.microphone = True
    at.control.turn.find_microphone()
    at.settle()
    assert not at.stage.typing
    at.speak()
    assert at.phase is Phase.ANSWERING


def test_a_draft_stays_while_the_answer_cannot_be_kept() -> None:
    at = typing()
    at.type("half a thought")
    at.go_by(1.0)
    at.backend.full = True
    at.hand_in("half a thought and the rest")
    at.backend.full = False
    assert at.phase is Phase.FEEDBACK
    assert at.drafts() == ["half a thought"]

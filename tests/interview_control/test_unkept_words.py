"""After a crash in mid-answer: nothing that was said or typed is lost."""

from simulator.interview.events import Phase
from tests.fakes import spoken
from tests.interview_control.sitting import Sitting


def cut_short(recorded: dict[str, str], draft: str = "", **given: object) -> Sitting:
    """An interview that is gone on with, after these recordings were made and this was typed."""
    at = Sitting(resumed=True, **given)  # type: ignore[arg-type]
    at.backend.recorded = recorded
    if draft:
        at.services.data.store.keep_draft(at.control.turn.draft_id, draft)
    return at.start()


def test_the_unkept_words_are_offered() -> None:
    at = cut_short({"1.wav": "we began late"})
    assert at.stage.typing
    assert at.stage.typed == "we began late"
    assert "Your answer was cut short. Here is what was heard" in at.view.told[-1]


def test_they_are_offered_beside_what_was_typed_and_only_once() -> None:
    assert cut_short({"1.wav": "we began late"}, "and more").stage.typed == "we began late\nand more"
    assert cut_short({"1.wav": "we began late"}, "we began late, and more").stage.typed == "we began late, and more"


def test_the_words_of_older_recordings_can_be_added() -> None:
    at = cut_short({"2.wav": "the newer words", "1.wav": "the older words"})
    assert at.stage.typed == "the newer words"
    assert at.view.told[-1].endswith("F9 adds what was recorded before that.")
    at.control.turn.unkept.add_earlier()
    assert at.stage.typed == "the older words\nthe newer words"


def test_what_is_said_next_goes_on_from_them() -> None:
    at = cut_short({"1.wav": "L3 we began late"}, answers=[spoken("and then we won")])
    at.control.turn.speak_instead()
    assert at.stage.words == "L3 we began late"
    at.speak()
    assert at.stage.words == "L3 we began late and then we won"
    at.control.finish_answer()
    at.settle()
    assert at.talk.session.answers[0].transcript.text == "L3 we began late and then we won"


def test_they_come_too_late_for_an_answer_that_is_being_given() -> None:
    at = cut_short({}, answers=[spoken("L3 i start anew")])
    at.speak()
    at.control.turn.unkept.show(["we began late"])
    assert at.phase is Phase.ANSWERING
    assert at.stage.typed == ""
    assert at.view.told == []


def test_a_recording_that_cannot_be_read_is_named() -> None:
    at = cut_short({"2.wav": "", "1.wav": "the older words"})
    assert at.stage.typed == "the older words"
    assert any("was recorded in 2.wav. It cannot be read." in words for words in at.view.told)


def test_what_was_typed_is_offered_without_any_recording() -> None:
    at = cut_short({}, "half a thought")
    assert at.stage.typing
    assert at.stage.typed == "half a thought"

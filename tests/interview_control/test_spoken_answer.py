"""What is made of sound and of silence while an answer is spoken."""

from simulator.interview_control.spoken_answer import Silence, SpokenAnswer
from simulator.speech.ports import SoundLevel
from simulator.speech.transcript import typed
from tests.fakes import FakeHearing
from tests.interview_control.sitting import NOISE, NOTHING, STALLED, VOICE


def listened(*levels: SoundLevel) -> SpokenAnswer:
    """An answer whose microphone gave these levels at second 10, after a start that took a while."""
    answer = SpokenAnswer(0.0)
    answer.hearing = FakeHearing(typed(""), None, print)
    for level in levels:
        answer.goes_live(level, 10.0)
        answer.take_level(level, 10.0)
    return answer


def test_an_answers_time_counts_from_the_first_word_neither_from_the_key_nor_from_thinking() -> None:
    assert listened().spent(5.0) == 0.0
    thinking = listened(NOISE)
    assert thinking.spent(40.0) == 0.0
    thinking.take_level(VOICE, 40.0)
    thinking.take_level(NOISE, 43.0)
    thinking.take_level(VOICE, 45.0)
    assert thinking.spent(50.0) == 10.0


def test_a_stalled_device_is_no_first_sound() -> None:
    assert not listened(STALLED).live


def test_a_voice_heard_for_less_than_a_second_is_no_answer_but_words_are() -> None:
    cough = listened(VOICE)
    assert not cough.something_said(10.9)
    assert cough.something_said(11.0)
    word = listened(NOISE)
    word.take_words("yes", 10.2)
    assert word.something_said(10.3)
    assert not listened(NOISE).something_said(60.0)


def test_digital_silence_from_the_start_is_a_muted_microphone_after_three_seconds() -> None:
    answer = listened(NOTHING)
    assert answer.silence(12.9) is None
    assert answer.silence(13.0) is Silence.MUTED


def test_a_room_without_a_voice_is_told_after_twelve_seconds() -> None:
    answer = listened(NOISE)
    assert answer.silence(21.9) is None
    assert answer.silence(22.0) is Silence.UNHEARD


def test_thinking_after_the_first_words_is_no_alarm_but_three_minutes_are_nobody() -> None:
    answer = listened(VOICE, NOTHING)
    assert answer.silence(60.0) is None
    assert answer.silence(189.9) is None
    assert answer.silence(190.0) is Silence.AWAY
    answer.take_words("and then", 189.0)
    assert answer.silence(190.0) is None


def test_nothing_is_said_of_silence_before_the_microphone_is_live_or_once_the_answer_ends() -> None:
    assert listened().silence(500.0) is None
    ended = listened(NOISE)
    ended.writing_down = True
    assert ended.silence(500.0) is None


def test_whoever_walks_away_after_they_were_asked_is_missed_too() -> None:
    asked = listened(NOISE)
    asked.told_nothing_to_send = True
    assert asked.silence(60.0) is Silence.NOTHING_TO_SEND
    assert asked.silence(500.0) is Silence.AWAY


def test_a_device_that_stops_is_told_and_the_outage_is_no_time_of_the_answer() -> None:
    answer = listened(VOICE)
    answer.take_level(STALLED, 15.0)
    answer.take_level(STALLED, 18.0)
    assert answer.silence(20.0) is Silence.STOPPED
    assert answer.spent(30.0) == 5.0
    answer.take_level(NOISE, 35.0)
    assert answer.silence(35.0) is None
    assert answer.spent(36.0) == 6.0


def test_a_pause_in_an_outage_is_counted_once() -> None:
    answer = listened(VOICE)
    answer.take_level(STALLED, 15.0)
    answer.paused_for(100.0, 120.0)
    answer.take_level(NOISE, 125.0)
    assert answer.spent(126.0) == 6.0


def test_a_pause_is_no_time_of_the_answer_and_no_silence() -> None:
    answer = listened(VOICE)
    answer.paused_for(300.0, 320.0)
    assert answer.begun_at == 310.0
    assert answer.silence(400.0) is None

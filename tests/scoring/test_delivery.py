"""How it was said: bands with their borders, and nothing measured that cannot be."""

from dataclasses import replace

import pytest

from simulator.scoring.delivery import delivery_of, hesitation_band, pace_band, target_band
from simulator.scoring.scorecard import Measure
from simulator.speech.transcript import Source, Transcript, Word, joined, typed


def spoken(words: str, seconds_a_word: float = 0.4, begin: float = 1.0, hesitations_heard: bool = True) -> Transcript:
    made = tuple(
        Word(word, begin + i * seconds_a_word, begin + (i + 1) * seconds_a_word)
        for i, word in enumerate(words.split())
    )
    return Transcript(made, Source.SPOKEN, duration=made[-1].end, hesitations_heard=hesitations_heard)


def measure(transcript: Transcript, name: str, target: int | None = None) -> Measure:
    return next(each for each in delivery_of(transcript, target).measures if each.name == name)


@pytest.mark.parametrize(
    ("rate", "band"),
    [
        (99, "low"),
        (100, "watch"),
        (129, "watch"),
        (130, "good"),
        (180, "good"),
        (181, "watch"),
        (210, "watch"),
        (211, "high"),
    ],
)
def test_pace_has_its_bands(rate: float, band: str) -> None:
    assert pace_band(rate) == band


@pytest.mark.parametrize(("rate", "band"), [(0, "good"), (5, "good"), (5.1, "watch"), (12, "watch"), (12.1, "high")])
def test_hesitations_have_their_bands(rate: float, band: str) -> None:
    assert hesitation_band(rate) == band


@pytest.mark.parametrize(("share", "band"), [(0.2, "good"), (1.0, "good"), (1.2, "watch"), (1.6, "high")])
def test_time_over_the_target_is_warned_of_and_a_short_answer_is_not(share: float, band: str) -> None:
    assert target_band(share) == band


def test_pace_counts_words_without_hesitations_over_the_time_spoken() -> None:
    transcript = spoken("so um " + "word " * 28, seconds_a_word=0.4, begin=5.0)
    assert measure(transcript, "pace").value == round(29 / 12 * 60)


def test_hesitations_read_not_measurable_where_the_model_has_no_word_for_them() -> None:
    found = measure(spoken("word " * 30, hesitations_heard=False), "hesitations")
    assert (found.value, found.band) == (None, "not measurable")


def test_thinking_before_speaking_is_told_but_never_judged() -> None:
    found = measure(spoken("word " * 30, begin=20.0), "before the first word")
    assert (found.value, found.band) == (20.0, "noted")


def test_a_long_pause_is_told_with_its_place() -> None:
    words = (Word("one", 0.0, 0.5), Word("two", 3.2, 3.6), Word("three", 4.0, 4.4))
    pauses = delivery_of(Transcript(words, Source.SPOKEN, duration=4.4), None).pauses
    assert [(pause.after_word, round(pause.length, 1)) for pause in pauses] == [(0, 2.7)]


def test_a_typed_answer_has_no_measures() -> None:
    delivery = delivery_of(typed("um like this like that"), 60)
    assert delivery.measures == ()
    assert delivery.phrases == {"like": 2}
    assert delivery.hesitation_words == (0,)


def test_the_wait_before_the_reply_to_a_follow_up_is_no_pause_of_the_speaker() -> None:
    # Spoken for eight seconds, silent for seven before "I'm done", and for six more before the reply.
    first = replace(spoken("one two three four five " * 4, begin=0.0), duration=15.0)
    reply = spoken("and nine and ten", begin=6.0)
    both = joined([first, reply])
    delivery = delivery_of(both, 20)
    assert delivery.pauses == ()
    assert measure(both, "time", 20).value == pytest.approx((8.0 + 1.6) / 20, abs=0.01)
    alone = delivery_of(first, None).measures
    assert measure(both, "pace").value == pytest.approx(alone[0].value, rel=0.1)


def test_an_outage_of_the_microphone_is_no_pause_of_the_speaker() -> None:
    words = (Word("one", 0.0, 0.5), Word("two", 6.0, 6.5))
    told = Transcript(words, Source.SPOKEN, duration=7.0)
    assert delivery_of(told, None).pauses
    assert delivery_of(replace(told, breaks=(5.0,)), None).pauses == ()

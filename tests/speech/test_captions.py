"""Captions follow the words."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulator.speech.captions import caption_track, reading_seconds
from simulator.speech.ports import VoiceStyle
from simulator.speech.synthesis import Synthesizer
from tests.speech.sounds import samples

WORDS = st.lists(st.text("abcdefgh,.?é—", min_size=1, max_size=9), max_size=30).map(" ".join)
MARKS = st.lists(st.tuples(st.integers(-5, 200), st.floats(0, 20)), max_size=20)


@given(WORDS, st.floats(0.01, 60), MARKS)
def test_words_come_in_order_within_the_sound_whatever_the_marks(
    text: str, seconds: float, marks: list[tuple[int, float]]
) -> None:
    track = caption_track(text, seconds, marks)
    assert len(track.starts) == len(text.split())
    assert list(track.starts) == sorted(track.starts)
    assert all(0 <= start <= seconds for start in track.starts)
    shown = [track.shown_at(second) for second in np.linspace(0, seconds, 50)]
    assert shown == sorted(shown)
    assert all(text[:end].split() == text.split()[: len(text[:end].split())] for end in shown)
    assert track.shown_at(seconds + 1) == len(text.rstrip())


def test_marks_place_the_words_they_stand_for() -> None:
    text = "one two three four"
    track = caption_track(text, 10.0, [(4, 5.0), (14, 9.0)])
    assert track.starts[1] == 5.0
    assert track.starts[3] == 9.0
    assert 5.0 < track.starts[2] < 9.0
    assert track.shown_at(4.9) == len("one")
    assert track.shown_at(5.0) == len("one two")


def test_a_mark_that_would_turn_time_back_is_left_out() -> None:
    assert caption_track("one two three", 3.0, [(8, 1.0), (4, 2.0)]).starts[2] == 1.0


def test_a_comma_takes_time_where_there_are_no_marks() -> None:
    plain = caption_track("well then we begin", 4.0)
    rested = caption_track("well, then we begin", 4.0)
    assert rested.starts[1] > 1.5 * plain.starts[1]


def test_next_change_is_when_the_next_word_begins() -> None:
    track = caption_track("one two", 2.0, [(4, 1.5)])
    assert track.next_change(0.5) == 1.5
    assert track.next_change(1.6) is None


def test_an_empty_text_has_an_empty_track() -> None:
    track = caption_track("  ", 1.0)
    assert track.shown_at(0.5) == 0
    assert track.next_change(0) is None


def test_reading_pace_counts_words() -> None:
    assert reading_seconds("one two three four") == 4 * 60 / 200


def test_the_marks_of_the_real_voice_lie_where_words_begin_after_a_rest(synthesizer: Synthesizer) -> None:
    """A long rest in the sound ends where the mark of the next word lies."""
    text = "Good morning. Please take a seat."
    spoken = synthesizer.make(text, VoiceStyle())
    import wave

    with wave.open(str(spoken.path)) as file:
        rate, sound = file.getframerate(), samples(file.readframes(file.getnframes()))
    loud = np.abs(sound) > 0.02
    rest_ends = [
        index / rate
        for index in range(int(0.15 * rate), len(loud))
        if loud[index] and not loud[index - int(0.15 * rate) : index].any()
    ]
    mark = dict(spoken.marks)[text.index("Please")]
    assert min(abs(end - mark) for end in rest_ends) < 0.1

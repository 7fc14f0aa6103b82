"""Plots of delivery: as wide as wished, high where speech was fast, marked where it was silent."""

from hypothesis import given
from hypothesis import strategies as st

from simulator.sessions.delivery_plot import delivery_plot, level_row
from simulator.speech.transcript import Transcript, Word, typed
from tests.sessions.made import timed_transcripts


def said(*starts: float) -> Transcript:
    return Transcript(tuple(Word("word", start, start + 0.2) for start in starts))


@given(timed_transcripts(), st.integers(1, 80))
def test_a_plot_is_never_wider_than_wished_and_its_rows_are_alike(transcript: Transcript, width: int) -> None:
    plot = delivery_plot(transcript, width)
    if plot is None:
        return
    assert len(plot.pace) == len(plot.pauses) <= width
    assert 0 < plot.slowest <= plot.fastest
    assert plot.pace.strip()


def test_fast_speech_stands_higher_than_slow_speech() -> None:
    slow = [n * 1.0 for n in range(10)]
    fast = [10 + n * 0.25 for n in range(40)]
    plot = delivery_plot(said(*slow, *fast), 10)
    assert plot
    assert plot.pace[0] < plot.pace[-1]
    assert plot.fastest > 2 * plot.slowest


def test_a_long_pause_is_marked_where_it_was() -> None:
    plot = delivery_plot(said(*(n * 0.4 for n in range(10)), *(14 + n * 0.4 for n in range(15))), 10)
    assert plot
    assert "▓" in plot.pauses[3:6]
    assert plot.pauses[0] == plot.pauses[-1] == " "
    assert plot.pace[4] == " "


def test_what_was_typed_or_is_very_short_has_no_plot() -> None:
    assert delivery_plot(typed("some words without times")) is None
    assert delivery_plot(said(0.0, 1.0, 2.0)) is None
    assert delivery_plot(Transcript()) is None


def test_the_level_row_is_blank_for_silence_and_full_for_loud_speech() -> None:
    assert level_row([-96.0, -60.0, -35.0, -10.0, 0.0], 5) == "  ▄██"


def test_the_level_row_is_no_wider_than_asked_and_shows_the_loudest_of_each_part() -> None:
    assert level_row([-96.0, -10.0, -96.0, -96.0], 2) == "█ "
    assert level_row([], 10) == ""
    assert len(level_row([-30.0] * 120, 37)) == 37

"""Long pauses are shortened, words are not, and every piece says where it was taken from."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.speech.pauses import KEPT_PAUSE, LONGEST_PAUSE, without_long_pauses
from tests.generated import many
from tests.speech.sounds import hiss, noise, samples, silence

RATE = 16_000


def seconds_of(blocks: list[bytes]) -> float:
    return len(b"".join(pcm for _, pcm in without_long_pauses(blocks, RATE))) / 2 / RATE


def room(seconds: float) -> bytes:
    """The quiet of a real room: never quite silent."""
    return noise(seconds, 0.0008, seed=5)


@pytest.mark.parametrize("quiet", [silence, room])
def test_a_long_pause_is_shortened_to_what_is_kept(quiet: Callable[[float], bytes]) -> None:
    spoken = seconds_of([hiss(1.0), quiet(5.0), hiss(1.0, seed=2)])
    assert spoken == pytest.approx(2.0 + KEPT_PAUSE, abs=0.05)


def test_a_pause_for_breath_stays_to_the_last_sample() -> None:
    whole = hiss(1.0) + silence(LONGEST_PAUSE - 0.1) + hiss(1.0, seed=2)
    assert b"".join(pcm for _, pcm in without_long_pauses([whole], RATE)) == whole


def test_silence_at_the_end_is_cut_and_at_the_beginning_too() -> None:
    assert seconds_of([silence(4.0), hiss(1.0), silence(4.0)]) < 1.0 + 1.5 * KEPT_PAUSE + 0.1


def test_no_word_is_touched() -> None:
    first, second = hiss(1.0), hiss(1.0, seed=2)
    heard = b"".join(pcm for _, pcm in without_long_pauses([first, silence(3.0), second], RATE))
    assert heard.startswith(first[:-1000])
    assert heard.endswith(second[1000:])


def test_nothing_gives_nothing() -> None:
    assert list(without_long_pauses([], RATE)) == []


@given(
    st.lists(st.tuples(st.floats(0.1, 1.5), st.floats(0.0, 3.0)), min_size=1, max_size=5), st.integers(200, 20_000)
)
@settings(max_examples=many(40), deadline=None)
def test_each_piece_is_what_stood_at_its_place_however_the_sound_is_cut(
    parts: list[tuple[float, float]], step: int
) -> None:
    whole = b"".join(hiss(loud, seed=n) + silence(quiet) for n, (loud, quiet) in enumerate(parts))
    step -= step % 2
    pieces = list(without_long_pauses([whole[at : at + step] for at in range(0, len(whole), step)], RATE))
    assert pieces == list(without_long_pauses([whole], RATE))
    due, original = 0, samples(whole)
    for first, pcm in pieces:
        assert first >= due
        # What was left out between two pieces was silent.
        assert np.abs(original[due:first]).max(initial=0.0) < 0.01
        # Faded edges lie in silence, so that they differ from it by next to nothing.
        assert np.abs(original[first : first + len(pcm) // 2] - samples(pcm)).max() < 0.01
        due = first + len(pcm) // 2
    assert np.abs(original[due:]).max(initial=0.0) < 0.01

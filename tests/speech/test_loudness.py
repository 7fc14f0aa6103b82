"""The level of a recording over time, as it is drawn."""

from array import array
from pathlib import Path

import pytest

from simulator.errors import WrongUse
from simulator.speech.loudness import loudness, slices_of
from simulator.speech.sound_levels import LOWEST
from tests.speech.sounds import silence, tone, write_wav


def test_each_slice_has_the_level_of_its_own_part(tmp_path: Path) -> None:
    sound = silence(1.0) + tone(440, 1.0, loud=1.0) + tone(440, 1.0, loud=0.1) + silence(1.0)
    quiet, loud, soft, end = loudness(write_wav(tmp_path / "a.wav", sound), 4)
    assert quiet == end == LOWEST
    assert loud == pytest.approx(-3.0, abs=0.2)
    assert soft == pytest.approx(-23.0, abs=0.2)


def test_a_recording_shorter_than_its_slices_gives_as_many_all_the_same(tmp_path: Path) -> None:
    levels = loudness(write_wav(tmp_path / "a.wav", tone(440, 0.2)), 40)
    assert len(levels) == 40
    assert max(levels) > -20


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(WrongUse):
        loudness(tmp_path / "none.wav", 10)


def test_a_spoken_text_is_loud_where_it_is_loud_and_still_where_it_is_still() -> None:
    rate = 22_050
    tone = array("h", [12_000 if n % 2 else -12_000 for n in range(rate // 2)])
    softer = array("h", [3_000 if n % 2 else -3_000 for n in range(rate // 2)])
    silence = array("h", [0] * (rate // 2))
    slices = slices_of((tone + silence + softer).tobytes(), rate)
    assert slices == (1.0,) * 5 + (0.0,) * 5 + (0.25,) * 5


@pytest.mark.parametrize("pcm", [b"", b"\0", bytes(2000)])
def test_where_nothing_is_to_be_heard_there_is_no_loudness(pcm: bytes) -> None:
    assert slices_of(pcm, 16_000) == ()

"""What is played is what is heard, from where it was asked, at the speed that was asked."""

import functools
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulator.errors import MissingPart
from simulator.speech.pauses import KEPT_PAUSE
from simulator.speech.playback import Loudspeaker, RecordingPlayer
from simulator.speech.recording import to_flac
from simulator.speech.sound_files import Resampler
from simulator.speech.stretch import stretched
from tests.sound_devices import SoundDevices, undisturbed, wait_until
from tests.speech.conftest import Say
from tests.speech.sounds import hiss, loudest_hertz, noise, pitch_hertz, place_of, samples, silence, tone, write_wav

sound = pytest.mark.sound


@sound
def test_the_sound_leaves_the_loudspeaker_unchanged(sound_devices: SoundDevices) -> None:
    said = hiss(1.0)

    def heard() -> float:
        with sound_devices.captured() as capture:
            playing = Loudspeaker().play(said, 16_000)
            assert playing.over.wait(10)
            assert playing.played_to_end
            playing.close()
            return place_of(said, capture.after(0.3))[1]

    assert undisturbed(heard, lambda alike: alike > 0.8) > 0.8


@sound
def test_position_follows_what_is_heard_and_ends_at_the_length(sound_devices: SoundDevices) -> None:
    playing = Loudspeaker().play(tone(440, 1.0), 16_000)
    seen = []
    while not playing.over.wait(0.02):
        seen.append(playing.position)
    playing.close()
    assert seen == sorted(seen)
    assert len([position for position in seen if 0 < position < 1]) > 10
    assert 0.8 < playing.position <= 1.0


@sound
def test_stop_cuts_the_sound_off(sound_devices: SoundDevices) -> None:
    with sound_devices.captured() as capture:
        playing = Loudspeaker().play(tone(440, 30.0), 16_000)
        wait_until(lambda: playing.position > 0.3)
        playing.stop()
        playing.close()
        before = capture.seconds
        wait_until(lambda: capture.seconds > before + 1.0)
        tail = samples(capture.pcm)[-4000:]
    assert not playing.played_to_end
    assert np.abs(tail).max() == 0


@sound
def test_a_rate_the_device_cannot_do_is_resampled(
    sound_devices: SoundDevices, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The virtual device does every rate up to 96 kHz; 700 Hz is one it refuses."""
    playing = Loudspeaker().play(tone(100, 0.5, rate=700), 700)
    assert playing.rate >= 8000
    assert playing.over.wait(10)
    playing.close()
    assert playing.position == pytest.approx(0.5, abs=0.1)


def test_without_a_loudspeaker_that_is_told(no_sound_devices: None) -> None:
    with pytest.raises(MissingPart, match=r"No loudspeaker was found|PortAudio"):
        Loudspeaker().play(tone(440, 0.1), 16_000)


class Heard:
    """The call-backs of a replay."""

    def __init__(self) -> None:
        self.positions: list[float] = []
        self.finished: list[bool] = []
        self.troubles: list[str] = []
        self.over = threading.Event()

    def on_finished(self, to_end: bool) -> None:
        self.finished.append(to_end)
        self.over.set()

    @property
    def call_backs(self) -> dict[str, Any]:
        return {
            "on_position": self.positions.append,
            "on_finished": self.on_finished,
            "on_trouble": self.troubles.append,
        }


@sound
def test_a_recording_plays_from_the_second_asked_for(sound_devices: SoundDevices, tmp_path: Path) -> None:
    whole = hiss(4.0)
    path = write_wav(tmp_path / "a.wav", whole)
    player = RecordingPlayer()

    def played() -> tuple[Heard, bytes]:
        heard = Heard()
        with sound_devices.captured() as capture:
            player.play(path, from_second=2.5, **heard.call_backs)
            assert heard.over.wait(10)
            return heard, capture.after(0.3)

    first_words, just_before = (whole[int(a * 32_000) : int(b * 32_000)] for a, b in ((2.5, 2.8), (2.0, 2.4)))
    heard, pcm = undisturbed(played, lambda found: place_of(first_words, found[1])[1] > 0.8)
    player.close()
    assert place_of(first_words, pcm)[1] > 0.8
    assert place_of(just_before, pcm)[1] < 0.3
    assert heard.finished == [True]
    assert heard.troubles == []
    assert min(heard.positions) >= 2.5
    assert 3.8 < max(heard.positions) <= 4.0
    assert heard.positions == sorted(heard.positions)


def _samples_off(
    sound_devices: SoundDevices, player: RecordingPlayer, path: Path, whole: bytes, rate: int, second: float
) -> int:
    """By how many samples what is heard begins before or after the word at that second; a second of them if torn."""
    heard = Heard()
    with sound_devices.captured(rate=rate) as capture:
        player.play(path, from_second=second, **heard.call_backs)
        wait_until(lambda: player.position > second + 0.5)
        player.stop()
        pcm = capture.after(0.2)
    at, alike = place_of(whole[2 * round(second * rate) :][: rate // 5], pcm)
    sounding = np.flatnonzero(np.abs(samples(pcm)) > 0.01)
    assert heard.over.wait(5)
    return at - int(sounding[0]) if alike > 0.8 and len(sounding) else rate


@sound
@pytest.mark.parametrize("rate", [pytest.param(16_000, marks=pytest.mark.thorough), 44_100])
@pytest.mark.parametrize("ending", [pytest.param("wav", marks=pytest.mark.thorough), "flac"])
def test_the_first_sample_heard_is_that_of_the_word_asked_for(
    sound_devices: SoundDevices, tmp_path: Path, rate: int, ending: str
) -> None:
    """Not the time but the sample: what comes out begins where the word does, and not a block earlier or later."""
    whole = Resampler(16_000, rate).take(hiss(4.0), last=True)
    path = write_wav(tmp_path / "a.wav", whole, rate)
    if ending == "flac":
        path = to_flac(path)
    player = RecordingPlayer()
    for second in (0.0, 1.237, 2.3):
        off = undisturbed(
            functools.partial(_samples_off, sound_devices, player, path, whole, rate, second),
            lambda off: abs(off) <= rate // 1000,
        )
        assert abs(off) <= rate // 1000
    player.close()


@sound
def test_long_pauses_are_skipped_and_the_position_stays_that_of_the_recording(
    sound_devices: SoundDevices, tmp_path: Path
) -> None:
    first, second = hiss(1.0), hiss(1.0, seed=2)
    path = write_wav(tmp_path / "a.wav", first + silence(6.0) + second)
    player = RecordingPlayer()

    def played() -> tuple[Heard, float]:
        heard = Heard()
        with sound_devices.captured() as capture:
            player.play(path, skip_pauses=True, **heard.call_backs)
            assert heard.over.wait(10)
            pcm = capture.after(0.3)
        return heard, (place_of(second, pcm)[0] - place_of(first, pcm)[0]) / 16_000

    expected = pytest.approx(1.0 + KEPT_PAUSE, abs=0.1)
    heard, apart = undisturbed(played, lambda found: found[1] == expected)
    player.close()
    assert apart == expected
    assert heard.finished == [True]
    assert heard.positions == sorted(heard.positions)
    assert 7.8 < max(heard.positions) <= 8.0
    # In the middle of the pause nobody was.
    assert not [position for position in heard.positions if 1.5 < position < 6.5]


@sound
def test_stopping_a_recording_keeps_its_position(sound_devices: SoundDevices, tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", tone(300, 20.0))
    player, heard = RecordingPlayer(), Heard()
    player.play(path, from_second=5.0, **heard.call_backs)
    wait_until(lambda: player.position > 5.3)
    assert player.playing
    player.stop()
    assert heard.over.wait(5)
    assert heard.finished == [False]
    assert not player.playing
    assert 5.3 < player.position < 8
    player.close()


@sound
def test_playing_another_recording_stops_the_first(sound_devices: SoundDevices, tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", tone(300, 20.0))
    player, first, second = RecordingPlayer(), Heard(), Heard()
    player.play(path, **first.call_backs)
    wait_until(lambda: player.position > 0.2)
    player.play(path, from_second=19.5, **second.call_backs)
    assert first.over.wait(5)
    assert second.over.wait(10)
    assert (first.finished, second.finished) == ([False], [True])
    player.close()


@sound
def test_double_speed_takes_half_the_time(sound_devices: SoundDevices, tmp_path: Path, said: Say) -> None:
    pcm, rate = said("i called the customer and we found a way")
    path = write_wav(tmp_path / "a.wav", pcm, rate)
    player, heard = RecordingPlayer(), Heard()
    seconds = len(pcm) / 2 / rate
    with sound_devices.captured() as capture:
        player.play(path, speed=2.0, **heard.call_backs)
        assert heard.over.wait(10)
        wait_until(lambda: not samples(capture.pcm)[-4000:].any())
        audible = np.flatnonzero(np.abs(samples(capture.pcm)) > 0.01)
    player.close()
    assert (audible[-1] - audible[0]) / 16_000 == pytest.approx(seconds / 2, rel=0.2)
    assert max(heard.positions) == pytest.approx(seconds, abs=0.3)


def test_a_recording_that_is_gone_is_told_and_ends(tmp_path: Path) -> None:
    player, heard = RecordingPlayer(), Heard()
    player.play(tmp_path / "none.wav", **heard.call_backs)
    assert heard.over.wait(5)
    assert heard.finished == [False]
    assert "There is no file" in heard.troubles[0]


def test_without_a_loudspeaker_a_recording_says_so(no_sound_devices: None, tmp_path: Path) -> None:
    player, heard = RecordingPlayer(), Heard()
    player.play(write_wav(tmp_path / "a.wav", silence(0.2)), **heard.call_backs)
    assert heard.over.wait(10)
    assert heard.finished == [False]
    assert len(heard.troubles) == 1


@pytest.mark.parametrize("speed", [0.5, 0.8, 1.25, 2.0, 3.0])
def test_stretching_changes_the_length_and_keeps_the_pitch(said: Say, speed: float) -> None:
    pcm, rate = said("tell me about a time you led a team", gender="female")
    blocks = [pcm[start : start + 8000] for start in range(0, len(pcm), 8000)]
    made = b"".join(stretched(blocks, rate, speed))
    assert len(made) == pytest.approx(len(pcm) / speed, rel=0.1)
    assert pitch_hertz(made, rate) == pytest.approx(pitch_hertz(pcm, rate), rel=0.1)


def test_stretching_keeps_a_tone_pure() -> None:
    made = b"".join(stretched([tone(220, 2.0)], 16_000, 1.5))
    assert loudest_hertz(made, 16_000) == pytest.approx(220, rel=0.02)
    sound_ = samples(made)[3200:-3200]
    assert np.sqrt(np.mean(sound_**2)) == pytest.approx(0.5 / np.sqrt(2), rel=0.1)


def test_stretching_is_the_same_however_the_sound_is_cut() -> None:
    pcm = noise(1.5, 0.2)
    whole = b"".join(stretched([pcm], 16_000, 1.5))
    assert whole == b"".join(stretched([pcm[at : at + 1000] for at in range(0, len(pcm), 1000)], 16_000, 1.5))


def test_stretching_nothing_gives_next_to_nothing() -> None:
    assert len(b"".join(stretched([], 16_000, 1.5))) < 2000

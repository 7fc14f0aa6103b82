"""The meter tells speech from the room, and what is wrong with the sound."""

import numpy as np
import pytest

from simulator.speech.ports import SoundLevel
from simulator.speech.sound_levels import LevelMeter, SoundTrial, Verdict, decibels
from tests.speech.conftest import Say
from tests.speech.sounds import noise, samples, silence, tone

BLOCK = 1600  # bytes of 50 ms


def levels(pcm: bytes, block: int = BLOCK) -> list[SoundLevel]:
    meter = LevelMeter()
    return [meter.take(pcm[at : at + block]) for at in range(0, len(pcm), block)]


def quieter(pcm: bytes, decibel: float) -> bytes:
    return (samples(pcm) * 10 ** (-decibel / 20) * 32767).astype(np.int16).tobytes()


def mixed(one: bytes, other: bytes) -> bytes:
    size = min(len(one), len(other))
    total = samples(one[:size]) + samples(other[:size])
    return bytes((total.clip(-1, 1) * 32767).astype(np.int16).tobytes())


@pytest.fixture(scope="module")
def speech(said: Say) -> bytes:
    from simulator.speech.sound_files import Resampler

    pcm, rate = said("i called the customer and we found a way and sales grew by twenty percent in six months")
    return Resampler(rate, 16_000).take(pcm, last=True)


def test_the_level_is_that_of_the_signal() -> None:
    level = levels(tone(440, 0.5, loud=0.5))[-1]
    assert level.dbfs == pytest.approx(-9.03, abs=0.1)
    assert level.peak == pytest.approx(0.5, abs=0.01)
    assert decibels(0.0) == -96.0
    assert decibels(1.0) == 0.0


def test_silence_then_speech_then_silence(speech: bytes) -> None:
    room = noise(2.0, 0.001)
    whole = mixed(silence(2.0) + speech + silence(2.0), noise(20.0, 0.001))
    found = [level.speech for level in levels(whole)]
    before, during, after = found[:40], found[40 : 40 + len(speech) // BLOCK], found[-25:]
    assert not any(before)
    assert np.mean(during) > 0.9
    assert not any(after)
    assert room


@pytest.mark.parametrize("loud", [0.0005, 0.003, 0.008])
def test_a_steady_room_is_not_speech(loud: float) -> None:
    found = [level.speech for level in levels(noise(20.0, loud))]
    assert np.mean(found) < 0.04


def test_speech_is_found_above_a_loud_room(speech: bytes) -> None:
    whole = mixed(silence(5.0) + speech, noise(20.0, 0.01))
    found = [level.speech for level in levels(whole)]
    assert np.mean(found[:100]) < 0.04
    assert np.mean(found[100:]) > 0.7


def test_clicks_are_not_speech() -> None:
    sound = np.frombuffer(noise(10.0, 0.001), dtype=np.int16).copy()
    sound[8000::16000] = 30000
    assert not any(level.speech for level in levels(sound.tobytes()))


def test_a_good_level_has_no_hint(speech: bytes) -> None:
    assert {level.hint for level in levels(speech * 2)} == {""}


def test_quiet_speech_is_told(speech: bytes) -> None:
    hints = [level.hint for level in levels(mixed(quieter(speech * 2, 38), noise(20, 0.0003)))]
    assert hints[-1] == "quiet"


def test_thinking_in_silence_is_not_called_quiet(speech: bytes) -> None:
    hints = {level.hint for level in levels(mixed(speech * 2 + silence(8.0), noise(30, 0.001)))}
    assert hints == {""}


def test_clipping_is_told_and_forgotten(speech: bytes) -> None:
    loud = (samples(speech) * 30).clip(-1, 1)
    hints = [level.hint for level in levels((loud * 32767).astype(np.int16).tobytes() + speech * 2)]
    assert "clipping" in hints[:40]
    assert hints[-1] == ""


def test_no_signal_at_all_is_told_after_two_seconds() -> None:
    hints = [level.hint for level in levels(silence(3.0))]
    assert hints[:38] == [""] * 38
    assert hints[-1] == "silent"


def test_sound_after_no_signal_takes_the_hint_back(speech: bytes) -> None:
    assert levels(silence(3.0) + speech)[-1].hint == ""


def test_the_size_of_blocks_makes_no_difference(speech: bytes) -> None:
    sound = mixed(silence(1.0) + speech, noise(20, 0.001))
    sound = sound[: len(sound) // 6400 * 6400]
    small, large = levels(sound, 640), levels(sound, 6400)
    assert [level.speech for level in small[9::10]] == [level.speech for level in large]


def test_an_empty_block_does_no_harm() -> None:
    meter = LevelMeter()
    assert meter.take(b"").peak == 0.0


@pytest.mark.parametrize(
    ("levels", "words"),
    [
        ([SoundLevel(-96.0, 0.0, False)], "Nothing arrives"),
        ([SoundLevel(-60.0, 0.01, False)], "nobody speaking"),
        ([SoundLevel(-50.0, 0.02, True)], "I hear you, but faintly"),
        ([SoundLevel(-20.0, 0.5, True)], "You sound fine."),
        ([SoundLevel(-5.0, 1.0, True, "clipping")] * 30, "too loud"),
    ],
)
def test_a_sound_check_ends_with_a_verdict(levels: list[SoundLevel], words: str) -> None:
    verdict = Verdict()
    for level in levels:
        verdict.take(level)
    assert words in verdict.words()


VOICE, FAINT = SoundLevel(-24.0, 0.3, True), SoundLevel(-55.0, 0.01, True)
ROOM, NOTHING = SoundLevel(-60.0, 0.01, False), SoundLevel(-96.0, 0.0, False, "silent")


@pytest.mark.parametrize(
    ("first", "then", "seconds", "words"),
    [
        (VOICE, ROOM, 1.5, "You sound fine."),
        (FAINT, ROOM, 3.0, "I hear you, but faintly."),
        (NOTHING, NOTHING, 4.0, "Nothing arrives"),
        (ROOM, ROOM, 12.0, "I hear the room, but nobody speaking."),
    ],
)
def test_a_trial_is_over_by_itself_once_all_is_known(
    first: SoundLevel, then: SoundLevel, seconds: float, words: str
) -> None:
    trial = SoundTrial()
    assert not trial.over(SoundLevel(-96.0, 0.0, False, "stalled"), 100.0)
    assert not trial.over(first, 500.0)
    assert not trial.over(then, 500.0 + seconds)
    assert trial.over(then, 500.1 + seconds)
    assert trial.verdict.words().startswith(words)

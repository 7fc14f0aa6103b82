"""What the shipped sample speech model promises: it hears the sample interview, and silence as silence."""

import wave
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from tests.speech_model.texts import read_texts
from tests.speech_model.word_error_rate import MODEL, SAMPLE_RATE, Pcm, Score, errors, recognise, text_of

SOUNDS = sorted((Path(__file__).parent.parent / "fixtures" / "sound").glob("*.wav"))
RANDOM = np.random.default_rng(11)
SIX_SECONDS = 6 * SAMPLE_RATE
TIMES = np.arange(SIX_SECONDS) / SAMPLE_RATE

WORDLESS: dict[str, npt.NDArray[np.float64]] = {
    "digital silence": np.zeros(SIX_SECONDS),
    "a faint hiss": RANDOM.standard_normal(SIX_SECONDS) * 20,
    "white noise": RANDOM.standard_normal(SIX_SECONDS) * 2000,
    "loud white noise": RANDOM.standard_normal(SIX_SECONDS) * 8000,
    "a rumble": np.clip(np.cumsum(RANDOM.standard_normal(SIX_SECONDS)) * 15, -30_000, 30_000),
    "mains hum": np.sin(2 * np.pi * 50 * TIMES) * 3000,
    "a steady tone": np.sin(2 * np.pi * 440 * TIMES) * 4000,
}


@pytest.fixture(scope="module")
def model() -> Any:
    import vosk

    vosk.SetLogLevel(-1)
    return vosk.Model(str(MODEL))


def samples_of(path: Path) -> Pcm:
    """The sound as the recogniser wants it, whatever the file's format."""
    import soxr

    with wave.open(str(path)) as sound:
        raw = sound.readframes(sound.getnframes())
        width, channels, rate = sound.getsampwidth(), sound.getnchannels(), sound.getframerate()
    if width == 1:
        samples = (np.frombuffer(raw, np.uint8).astype(np.int16) - 128) * 256
    else:
        samples = np.frombuffer(raw, np.int16)
    mono = samples.reshape(-1, channels).mean(axis=1).astype(np.int16)
    resampled: Pcm = soxr.resample(mono, rate, SAMPLE_RATE)
    return resampled


def said_in(path: Path) -> str:
    return path.with_suffix(".txt").read_text(encoding="utf-8").strip()


def test_fixtures_are_there_in_three_formats() -> None:
    formats = set()
    for path in SOUNDS:
        with wave.open(str(path)) as sound:
            formats.add((sound.getframerate(), sound.getnchannels(), sound.getsampwidth()))
    assert formats == {(16_000, 1, 2), (44_100, 2, 2), (16_000, 1, 1)}
    assert sum(path.stat().st_size for path in SOUNDS) < 600_000


def test_fixtures_are_recognised_with_fewer_than_one_word_in_twenty_wrong(model: Any) -> None:
    total = Score(0, 0)
    for path in SOUNDS:
        total += errors(said_in(path), text_of(recognise(model, samples_of(path))))
    assert total.spoken >= 40
    assert total.rate < 0.05


@pytest.mark.parametrize("path", SOUNDS, ids=lambda path: path.stem)
def test_every_fixture_is_recognised_for_the_most_part(model: Any, path: Path) -> None:
    assert errors(said_in(path), text_of(recognise(model, samples_of(path)))).rate <= 0.2


@pytest.mark.parametrize("path", SOUNDS, ids=lambda path: path.stem)
def test_words_carry_rising_times_and_a_confidence(model: Any, path: Path) -> None:
    samples = samples_of(path)
    words = recognise(model, samples)
    assert words
    edges = [edge for word in words for edge in (word["start"], word["end"])]
    assert edges == sorted(edges)
    assert all(word["start"] < word["end"] for word in words)
    # Words reach into the pauses that follow, by at most a few frames beyond the sound.
    assert edges[0] >= 0
    assert edges[-1] <= len(samples) / SAMPLE_RATE + 0.1
    assert all(0 < word["conf"] <= 1 for word in words)


def test_a_pause_inside_an_answer_is_seen_in_the_times(model: Any) -> None:
    path = next(path for path in SOUNDS if path.stem == "long_pause")
    words = recognise(model, samples_of(path))
    gaps = [after["start"] - before["end"] for before, after in pairwise(words)]
    assert max(gaps) == pytest.approx(1.5, abs=0.3)


def test_an_answer_of_more_than_twenty_seconds_without_a_pause_loses_no_word_in_the_middle(model: Any) -> None:
    path = next(path for path in SOUNDS if path.stem == "led_a_team")
    samples = np.tile(samples_of(path), 8)
    assert len(samples) > 25 * SAMPLE_RATE
    score = errors(" ".join([said_in(path)] * 8), text_of(recognise(model, samples)))
    assert score.rate < 0.02


def test_the_size_of_the_blocks_makes_no_difference(model: Any) -> None:
    samples = samples_of(next(path for path in SOUNDS if path.stem == "led_a_team"))
    assert recognise(model, samples, block=800) == recognise(model, samples, block=8000)


@pytest.mark.parametrize("name", WORDLESS)
def test_silence_and_noise_give_no_words(model: Any, name: str) -> None:
    samples = np.clip(WORDLESS[name], -32_767, 32_767).astype(np.int16)
    assert text_of(recognise(model, samples)) == ""


def test_hesitations_are_words_of_the_model(model: Any) -> None:
    assert model.vosk_model_find_word("um") >= 0
    assert model.vosk_model_find_word("uh") >= 0
    assert model.vosk_model_find_word("seahorse") == -1


def test_every_word_of_the_sample_interview_is_in_the_model() -> None:
    lines = (MODEL / "graph" / "words.txt").read_text(encoding="utf-8").splitlines()
    known = {line.split()[0] for line in lines}
    texts = read_texts()
    assert {word for answer in texts.sample_answers for word in answer.split()} <= known
    assert set(texts.vocabulary) == known - {"<eps>"}, "the model was built from other sentences: build it again"


def test_the_model_is_smaller_than_a_megabyte() -> None:
    assert sum(path.stat().st_size for path in MODEL.rglob("*") if path.is_file()) < 1_000_000


def test_errors_counts_words_left_out_put_in_and_replaced() -> None:
    assert errors("i led a team", "i led a team") == Score(0, 4)
    assert errors("i led a team", "i led team") == Score(1, 4)
    assert errors("i led a team", "um i led a team") == Score(1, 4)
    assert errors("i led a team", "i left a team") == Score(1, 4)
    assert errors("i led a team", "").rate == 1.0

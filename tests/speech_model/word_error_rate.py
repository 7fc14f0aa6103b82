"""How many words the recogniser gets wrong, and the measurements that the README reports.

`python -m tests.speech_model.word_error_rate` measures the shipped model. Everything is spoken anew
by the system's espeak-ng, saved as WAV, resampled with soxr and recognised by Vosk: the way of sound
in the sample interview. `errors` needs none of that and is used by the tests too.
"""

import argparse
import json
import subprocess
import tempfile
import wave
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

SAMPLE_RATE = 16_000
MODEL = Path(__file__).resolve().parent.parent.parent / "assets" / "sample_speech_model"

Pcm = npt.NDArray[np.int16]

KNOWN_VOICES = ("en-us", "en-us+f2", "en-us+f3", "en-us+m3", "en-gb", "en-gb+f3", "en-gb-x-rp")
NEW_VOICES = ("en-us+f5", "en-us+m6", "en-us+m8", "en-us+klatt3", "en-gb-scotland")
SPEECH_RATES = (120, 150, 165, 175, 200, 220)


@dataclass(frozen=True, slots=True)
class Score:
    """Wrong words (left out, put in, or replaced) among those spoken."""

    wrong: int
    spoken: int

    @property
    def rate(self) -> float:
        """The word error rate; 0 is perfect."""
        return self.wrong / self.spoken if self.spoken else 0.0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.wrong + other.wrong, self.spoken + other.spoken)


def errors(spoken: str, recognised: str) -> Score:
    """Compare two texts word by word: the least number of changes that makes one into the other."""
    wanted, found = spoken.split(), recognised.split()
    row = list(range(len(found) + 1))
    for index, word in enumerate(wanted, start=1):
        diagonal, row[0] = row[0], index
        for column, other in enumerate(found, start=1):
            replaced = diagonal + (word != other)
            diagonal = row[column]
            row[column] = min(replaced, row[column] + 1, row[column - 1] + 1)
    return Score(row[-1], len(wanted))


def recognise(model: Any, samples: Pcm, block: int = 4000) -> list[dict[str, Any]]:
    """The words that Vosk hears in 16 kHz samples, each with `word`, `start`, `end` and `conf`."""
    import vosk

    recogniser = vosk.KaldiRecognizer(model, SAMPLE_RATE)
    recogniser.SetWords(True)
    words: list[dict[str, Any]] = []
    for start in range(0, len(samples), block):
        if recogniser.AcceptWaveform(samples[start : start + block].tobytes()):
            words += json.loads(recogniser.Result()).get("result", [])
    words += json.loads(recogniser.FinalResult()).get("result", [])
    return words


def text_of(words: Iterable[dict[str, Any]]) -> str:
    """The recognised words as one line."""
    return " ".join(str(word["word"]) for word in words)


def speak(text: str, voice: str, words_per_minute: int) -> Pcm:
    """The text in the voice of the system's espeak-ng, at 16 kHz."""
    import soxr

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "speech.wav"
        command = ["espeak-ng", "-v", voice, "-s", str(words_per_minute), "-w", str(path), text]
        subprocess.run(command, check=True, capture_output=True)
        with wave.open(str(path)) as sound:
            rate = sound.getframerate()
            samples: Pcm = np.frombuffer(sound.readframes(sound.getnframes()), np.int16)
    return np.asarray(soxr.resample(samples, rate, SAMPLE_RATE), np.int16)


def noisy(samples: Pcm, seed: int) -> Pcm:
    """The same in a small room with a hiss 20 dB below the speech."""
    chance = np.random.default_rng(seed)
    echo = chance.standard_normal(2400) * np.exp(-np.arange(2400) / 500) * 0.08
    echo[0] = 1.0
    sound = np.convolve(samples, echo)[: len(samples)]
    sound += chance.standard_normal(len(sound)) * np.sqrt(np.mean(sound**2)) / 10
    clipped: Pcm = np.clip(sound, -32_767, 32_767).astype(np.int16)
    return clipped


def measure(
    model: Any,
    sentences: Sequence[str],
    voice: str,
    words_per_minute: int,
    *,
    noise: bool = False,
    show: bool = False,
) -> Score:
    """The score over all sentences in one voice at one rate; `show` prints those with errors."""
    total = Score(0, 0)
    for index, sentence in enumerate(sentences):
        samples = speak(sentence, voice, words_per_minute)
        recognised = text_of(recognise(model, noisy(samples, index) if noise else samples))
        score = errors(sentence, recognised)
        if show and score.wrong:
            print(f"  {voice} {words_per_minute}\n    said  {sentence}\n    heard {recognised}")
        total += score
    return total


def main() -> None:
    """Measure and print a table."""
    import vosk

    from .texts import read_texts

    parser = argparse.ArgumentParser(description="Measure the word error rate of the sample speech model.")
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--show", action="store_true", help="print what was misheard")
    choices = parser.parse_args()
    vosk.SetLogLevel(-1)
    model = vosk.Model(str(choices.model))
    texts = read_texts()

    def row(name: str, sentences: Sequence[str], voices: Sequence[str], rates: Sequence[int], noise: bool) -> None:
        total = Score(0, 0)
        for voice in voices:
            for rate in rates:
                total += measure(model, sentences, voice, rate, noise=noise, show=choices.show)
        print(f"{name:52} {total.rate:6.1%}  ({total.wrong} of {total.spoken} words)", flush=True)

    for voice in KNOWN_VOICES:
        row(
            f"sample answers, {voice}, 150 to 175 words a minute",
            texts.sample_answers,
            [voice],
            [150, 160, 175],
            False,
        )
    for voice in KNOWN_VOICES:
        row(f"new sentences, {voice}, 165 words a minute", texts.heldout, [voice], [165], False)
    for voice in NEW_VOICES:
        row(f"new sentences, new voice {voice}", texts.heldout, [voice], [165], False)
    for rate in SPEECH_RATES:
        row(f"new sentences, en-us, {rate} words a minute", texts.heldout, ["en-us"], [rate], False)
    row("new sentences, room and noise", texts.heldout, KNOWN_VOICES, [165], True)
    row("sample answers, room and noise", texts.sample_answers, KNOWN_VOICES, [165], True)


if __name__ == "__main__":
    main()

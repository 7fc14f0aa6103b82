"""Makes and measures sound for tests."""

import difflib
import itertools
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from simulator.speech.model_files import ModelFolder
from simulator.speech.sound_files import Resampler, read_sound
from simulator.speech.transcriber import SpeechModel
from simulator.speech.transcript import Transcript


def tone(hertz: float, seconds: float, rate: int = 16_000, loud: float = 0.5) -> bytes:
    """A sine as PCM16 mono."""
    time = np.arange(int(seconds * rate)) / rate
    return (np.sin(2 * np.pi * hertz * time) * loud * 32767).astype(np.int16).tobytes()


def silence(seconds: float, rate: int = 16_000) -> bytes:
    return bytes(int(seconds * rate) * 2)


def noise(seconds: float, loud: float, rate: int = 16_000, seed: int = 1) -> bytes:
    """White noise of that RMS (0 to 1) as PCM16 mono."""
    sound = np.random.default_rng(seed).normal(0, loud, int(seconds * rate))
    return (sound.clip(-1, 1) * 32767).astype(np.int16).tobytes()


def hiss(seconds: float, loud: float = 0.2, seed: int = 1) -> bytes:
    """Noise below 2 kHz at 16,000 Hz, which resampling on the way leaves as it is; nowhere like itself elsewhere."""
    return Resampler(4000, 16_000).take(noise(seconds, loud, 4000, seed), last=True)


SPEEDS = (16_000, 15_100, 16_700, 15_400, 17_000, 15_700, 16_350)
"""Each time the same is said again it is a little faster or slower, so that no second is like another."""


def endless_talk(folder: Path, seconds: float) -> bytes:
    """Speech from the sound files of `folder`, again and again, with a faint hiss; every moment is its own."""
    return b"".join(talk_in_blocks(folder, seconds))


def talk_in_blocks(folder: Path, seconds: float) -> Iterator[bytes]:
    """The same, piece by piece."""
    said = b"".join(b"".join(read_sound(path)) for path in sorted(folder.glob("*.wav")))
    left = int(seconds * 16_000)
    for number, rate in enumerate(itertools.cycle(SPEEDS)):
        part = samples(Resampler(rate, 16_000).take(said, last=True))[:left]
        beside = samples(hiss(len(part) / 16_000 + 0.1, 0.015, seed=number))[: len(part)]
        yield bytes(((part + beside).clip(-1, 1) * 32767).astype(np.int16).tobytes())
        left -= len(part)
        if left <= 0:
            return


def samples(pcm: bytes) -> npt.NDArray[np.float32]:
    return np.frombuffer(pcm, dtype=np.int16).astype(np.float32) / np.float32(32768)


def times_of(transcript: Transcript) -> list[tuple[float, float]]:
    """From when to when each word was heard; all must be timed."""
    times = [(word.start, word.end) for word in transcript.words if word.start is not None and word.end is not None]
    assert len(times) == len(transcript.words)
    return times


def write_wav(path: Path, pcm: bytes, rate: int = 16_000, channels: int = 1) -> Path:
    with wave.open(str(path), "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(pcm)
    return path


def loudest_hertz(pcm: bytes, rate: int) -> float:
    """The strongest frequency."""
    sound = samples(pcm)
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))
    return float(np.argmax(spectrum) * rate / len(sound))


def pitch_hertz(pcm: bytes, rate: int) -> float:
    """The median pitch of voiced speech, by autocorrelation."""
    sound, size = samples(pcm), int(0.04 * rate)
    shortest, longest = int(rate / 400), int(rate / 60)
    found = []
    for start in range(0, len(sound) - size, size):
        frame = sound[start : start + size]
        if np.sqrt(np.mean(frame**2)) < 0.03:
            continue
        likeness = np.correlate(frame, frame, mode="full")[size - 1 :]
        lag = shortest + int(np.argmax(likeness[shortest:longest]))
        if likeness[lag] > 0.5 * likeness[0]:
            found.append(rate / lag)
    return float(np.median(found))


def place_of(part: bytes, whole: bytes) -> tuple[int, float]:
    """Where `part` lies in `whole` (sample), and how alike they are there (0 to 1)."""
    needle, hay = samples(part), samples(whole)
    size = 1 << int(np.ceil(np.log2(len(hay) + len(needle))))
    paths = max(1, len(hay) - len(needle) + 1)
    likeness = np.fft.irfft(np.fft.rfft(hay, size) * np.conj(np.fft.rfft(needle, size)), size)[:paths]
    # By shape, not by loudness: a louder passage nearby would win otherwise.
    energy = np.cumsum(np.concatenate([[0.0], hay.astype(np.float64) ** 2, np.zeros(len(needle))]))
    norms = np.sqrt(np.maximum(energy[len(needle) :][:paths] - energy[:paths], 1e-9)) * np.linalg.norm(needle)
    alike = likeness / np.maximum(norms, 1e-3)
    at = int(np.argmax(alike))
    return at, float(alike[at])


def words_in(pcm: bytes, rate: int, model: SpeechModel) -> str:
    """What the model hears."""
    transcriber = model.transcriber()
    transcriber.take(Resampler(rate, 16_000).take(pcm, last=True))
    return transcriber.finish().text


def understood(heard: str, said: str) -> bool:
    """Whether at least four of five words came through, in order.

    Sound through virtual devices stutters now and then where all cores are busy; each word of it is compared
    exactly where sound comes from files.
    """
    matcher = difflib.SequenceMatcher(None, heard.split(), said.split(), autojunk=False)
    return matcher.ratio() >= 0.8


def copy_of_model(folder: Path, source: ModelFolder) -> Path:
    """A copy that no longer counts as the sample (its network differs in one ignored trailing byte)."""
    import shutil

    shutil.copytree(source.path, folder)
    with (folder / "am" / "final.mdl").open("ab") as file:
        file.write(b"\0")
    return folder

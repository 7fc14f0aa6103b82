"""Makes and measures sound for tests."""

import difflib
import wave
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


def endless_talk(folder: Path, seconds: float) -> bytes:
    """Speech from the sound files of `folder`, again and again, with a faint hiss that makes every moment its own."""
    parts = [samples(b"".join(read_sound(path))) for path in sorted(folder.glob("*.wav"))]
    wanted = int(seconds * 16_000)
    talk = np.tile(np.concatenate(parts), wanted // sum(map(len, parts)) + 1)[:wanted]
    return bytes(((talk + samples(hiss(seconds + 1, 0.015))[:wanted]).clip(-1, 1) * 32767).astype(np.int16).tobytes())


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


def lost_tenths(ours: bytes, theirs: bytes, seconds: float) -> tuple[int, int, float]:
    """Tenths of a second of what is in `theirs` (a plain recorder's) that `ours` lacks or has in the wrong place.

    Both are PCM16 mono at 16,000 Hz. Returns (lost, compared, worst likeness).
    """
    audible, tenth_bytes, margin = 300, 800, 160
    # At 4000 Hz: the two were resampled apart, and shifts of part of a sample spoil the likeness of high sounds.
    ours, theirs = (Resampler(16_000, 4000).take(pcm, last=True) for pcm in (ours, theirs))
    first = int(np.flatnonzero(np.abs(np.frombuffer(theirs, dtype=np.int16)) > audible)[0]) * 2
    theirs = theirs[first : first + int(seconds * 8000)]
    begin, _ = place_of(theirs[:8000], ours[: 8 * 8000])
    lost, compared, worst, step = 0, 0, 1.0, 0
    for tenth in range(1, len(theirs) // tenth_bytes - 2):
        piece = theirs[tenth * tenth_bytes : (tenth + 1) * tenth_bytes]
        if np.abs(np.frombuffer(piece, dtype=np.int16)).mean() < audible / 2:
            continue  # the virtual mouth stuttered: there is nothing to be found
        compared += 1
        due = 2 * (begin + step) + tenth * tenth_bytes
        near = max(0, due - margin)
        at, likeness = place_of(piece, ours[near : near + tenth_bytes + 2 * margin])
        worst = min(worst, likeness)
        if likeness < 0.7:
            lost += 1
        else:
            # Clocks drift by a sample now and then; what is lost jumps by a block.
            step += at - (due - near) // 2
    return lost, compared, worst


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

"""Speak the sound files that the tests share: `python -m tests.speech_model.fixtures`.

Each file in `tests/fixtures/sound` has a text file of the same name with the words said in it. Made
with the system's espeak-ng; breathy voices differ a little from one run to the next, so the
files are kept, not made anew for each test run.
"""

import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soxr

from .word_error_rate import SAMPLE_RATE, Pcm, speak

FOLDER = Path(__file__).resolve().parent.parent / "fixtures" / "sound"


@dataclass(frozen=True, slots=True)
class Fixture:
    """What a file says. Each of the `parts` is followed by a pause of 1.5 s, but the last."""

    name: str
    voice: str
    words_per_minute: int
    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        """All words said."""
        return " ".join(self.parts)


FIXTURES = (
    Fixture("led_a_team", "en-us+f3", 170, ("i led a team of six and um we finished two weeks early",)),
    Fixture("why_work_here", "en-gb", 160, ("why do you want to work here",)),
    Fixture("twenty_percent", "en-us+m3", 170, ("sales grew by twenty percent in six months",)),
    Fixture("long_pause", "en-us", 175, ("i called him", "and he thanked me")),
)
"""The files at 16 kHz, mono, 16 bits a sample."""

SHORT = Fixture("short", "en-us", 165, ("i led a team",))
"""Said once, kept in two other formats."""

_PAUSE_SECONDS = 1.5
_EDGE_SECONDS = 0.12
_FAINT = 150


def sound_of(fixture: Fixture) -> Pcm:
    """The fixture's speech at 16 kHz, with a breath of silence before and after."""
    edge = np.zeros(int(SAMPLE_RATE * _EDGE_SECONDS), np.int16)
    pause = np.zeros(int(SAMPLE_RATE * _PAUSE_SECONDS), np.int16)
    pieces: list[Pcm] = []
    for part in fixture.parts:
        pieces += [pause if pieces else edge, _trimmed(speak(part, fixture.voice, fixture.words_per_minute))]
    return np.concatenate([*pieces, edge])


def _trimmed(samples: Pcm) -> Pcm:
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > _FAINT)
    return samples[loud[0] : loud[-1] + 1]


def stereo_44100(samples: Pcm) -> Pcm:
    """Two channels at 44.1 kHz, the right one quieter and 5 ms later, as from two microphones."""
    left = soxr.resample(samples, SAMPLE_RATE, 44_100)
    right = np.concatenate([np.zeros(220, np.int16), left[:-220]]) // 2
    both: Pcm = np.stack([left, right], axis=1).astype(np.int16)
    return both


def unsigned_8_bit(samples: Pcm) -> npt.NDArray[np.uint8]:
    """One byte a sample, 128 being silence."""
    return ((samples.astype(np.int32) >> 8) + 128).astype(np.uint8)


def main() -> None:
    """Write all files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for fixture in FIXTURES:
        _keep(fixture.name, fixture.text, sound_of(fixture), SAMPLE_RATE)
    short = sound_of(SHORT)
    _keep("short_stereo_44100", SHORT.text, stereo_44100(short), 44_100)
    _keep("short_8_bit", SHORT.text, unsigned_8_bit(short), SAMPLE_RATE)


def _keep(name: str, text: str, samples: npt.NDArray[np.int16] | npt.NDArray[np.uint8], rate: int) -> None:
    with wave.open(str(FOLDER / f"{name}.wav"), "wb") as sound:
        sound.setnchannels(samples.shape[1] if samples.ndim > 1 else 1)
        sound.setsampwidth(samples.itemsize)
        sound.setframerate(rate)
        sound.writeframes(samples.tobytes())
    (FOLDER / f"{name}.txt").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""How loud a recording or a spoken text is over time, to be drawn: one level for each slice of it."""

from array import array
from itertools import pairwise
from pathlib import Path

from simulator.speech.ports import SLICE_SECONDS
from simulator.speech.sound_files import open_recording
from simulator.speech.sound_levels import LOWEST, decibels


def loudness(path: Path, slices: int) -> tuple[float, ...]:
    """The level (dBFS) of each of `slices` equal parts of a recording, as spoken: the loudest 50 ms in it.

    Raises like `open_recording`.
    """
    import numpy as np  # late

    with open_recording(path) as recording:
        frame = max(1, recording.rate // 20)
        sound = np.frombuffer(b"".join(recording.blocks()), dtype=np.int16)
    frames = sound[: len(sound) // frame * frame].reshape(-1, frame).astype(np.float32) / 32768
    levels = [decibels(float(each)) for each in np.sqrt(np.mean(frames * frames, axis=1))]
    edges = [len(levels) * n // slices for n in range(slices + 1)]
    return tuple(max(levels[begin:end], default=LOWEST) for begin, end in pairwise(edges))


LOOKED_AT = 40
"""Samples of each slice that are looked at: enough to see a mouth open, and a minute of speech takes 10 ms."""


def slices_of(pcm: bytes, rate: int) -> tuple[float, ...]:
    """The loudness of PCM16 mono in slices of `SLICE_SECONDS`, each as a part (0 to 1) of the loudest.

    Without NumPy: the question is about to be heard.
    """
    samples = array("h", pcm[: len(pcm) // 2 * 2])
    size = max(1, int(rate * SLICE_SECONDS))
    step = max(1, size // LOOKED_AT)
    peaks = [max(map(abs, samples[at : at + size : step])) for at in range(0, len(samples), size)]
    top = max(peaks, default=0)
    return tuple(round(peak / top, 2) for peak in peaks) if top else ()

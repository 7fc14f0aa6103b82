"""How loud a recording is over time, to be drawn: one level for each slice of it."""

from itertools import pairwise
from pathlib import Path

from simulator.speech.levels import LOWEST, decibels
from simulator.speech.sound_files import open_recording


def loudness(path: Path, slices: int) -> tuple[float, ...]:
    """The level (dBFS) of each of `slices` equal parts of a recording, as spoken: the loudest 50 ms in it.

    Raises like `open_recording`.
    """
    import numpy as np

    with open_recording(path) as recording:
        frame = max(1, recording.rate // 20)
        sound = np.frombuffer(b"".join(recording.blocks()), dtype=np.int16)
    frames = sound[: len(sound) // frame * frame].reshape(-1, frame).astype(np.float32) / 32768
    levels = [decibels(float(each)) for each in np.sqrt(np.mean(frames * frames, axis=1))]
    edges = [len(levels) * n // slices for n in range(slices + 1)]
    return tuple(max(levels[begin:end], default=LOWEST) for begin, end in pairwise(edges))

"""Which sound of two recordings of the same talk each of them lacks: ours, and a plain recorder's beside it.

Either may lose sound, the plain recorder too: what it lacks is not held against ours, and moves nothing that comes
behind it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.speech.sound_files import Resampler
from tests.speech.sounds import place_of

RATE = 4000
"""Both are compared at this rate: they were resampled apart, and shifts of part of a sample spoil high sounds."""
TENTH = RATE // 10
MARGIN = 80
"""Samples by which clocks drift from one tenth of a second to the next; what is lost jumps by more."""
AUDIBLE = 300
ALIKE = 0.7
SURELY = 0.9
"""What is looked for far away, or where something was lost, must be more alike than what is due."""
AROUND = 60 * RATE
"""How far to either side the talk is looked for again where something was lost."""
AHEAD = 600
"""Tenths: how far behind a loss the other recording is looked for, closely at first."""


@dataclass(frozen=True)
class Compared:
    """What came of it. `lost`: where in the other recording (seconds) ours lacks a tenth of a second.

    `worst` is how little alike the least alike tenth is of those that are there; `other_lost` are the seconds that
    ours has and the other lacks.
    """

    lost: tuple[float, ...]
    compared: int
    worst: float
    other_lost: float


@dataclass
class _Counts:
    lost: list[float]
    compared: int = 0
    worst: float = 1.0
    other_lost: int = 0


Sound = npt.NDArray[np.int16]


def compared(ours: bytes, theirs: bytes, seconds: float) -> Compared:
    """Compare two recordings, PCM16 mono at 16,000 Hz, from the first sound in `theirs` on."""
    mine, other = (_slow(pcm) for pcm in (ours, theirs))
    first = int(np.flatnonzero(np.abs(other) > AUDIBLE)[0])
    other = other[first : first + int(seconds * RATE)]
    begin, _ = _place(other[:RATE], mine[: 8 * RATE])
    counts, step, at, last = _Counts([]), begin, 1, len(other) // TENTH - 2
    while at < last:
        piece = _tenth(other, at)
        # Where the virtual mouth stuttered there is nothing to be found.
        if np.abs(piece).mean() < AUDIBLE / 2:
            at += 1
            continue
        moved, likeness = _moved(piece, mine, step + at * TENTH)
        if likeness >= ALIKE:
            counts.compared += 1
            counts.worst = min(counts.worst, likeness)
            step += moved
            at += 1
        else:
            at, step = _behind_loss(mine, other, at, last, step, counts)
    return Compared(
        tuple((first + tenth * TENTH) / RATE for tenth in counts.lost), counts.compared, counts.worst,
        counts.other_lost / RATE,
    )  # fmt: skip


def _behind_loss(mine: Sound, other: Sound, at: int, last: int, step: int, counts: _Counts) -> tuple[int, int]:
    """Count what one of them lost from `at` on; where both go on, and by how much they are apart from there."""
    again, apart = _found_again(mine, other, at, last, step)
    gone = apart - step
    for tenth in range(at, again):
        piece = _tenth(other, tenth)
        if np.abs(piece).mean() < AUDIBLE / 2:
            continue
        # Where all is gone, some of what is left is a little alike.
        there = max(_moved(piece, mine, where + tenth * TENTH)[1] for where in (step, apart)) >= SURELY
        # The tenth in which the other recorder's loss lies begins in one place of ours and ends in another.
        if not there and gone > MARGIN:
            continue
        counts.compared += 1
        if not there:
            counts.lost.append(tenth)
    counts.other_lost += max(0, gone)
    return again, apart


def _found_again(mine: Sound, other: Sound, at: int, last: int, step: int) -> tuple[int, int]:
    """The next tenth from which a whole second of `other` is in ours, and how far apart they are there."""
    for ahead in _further(last - at):
        second = other[(at + ahead) * TENTH :][:RATE]
        if np.abs(second).mean() < AUDIBLE / 2:
            continue
        due = step + (at + ahead) * TENTH
        near = max(0, due - AROUND)
        place, likeness = _place(second, mine[near : due + RATE + AROUND])
        if likeness >= SURELY:
            return at + ahead, near + place - (at + ahead) * TENTH
    return last, step


def _further(most: int) -> Iterator[int]:
    """Tenths ahead, closely at first: what is lost is mostly short."""
    ahead = 1
    while ahead < min(most, AHEAD):
        yield ahead
        ahead += 1 if ahead < 20 else 10


def _moved(piece: Sound, mine: Sound, due: int) -> tuple[int, float]:
    """By how many samples a piece lies beside where it is due in ours, and how alike they are there."""
    near = max(0, due - MARGIN)
    place, likeness = _place(piece, mine[near : due + len(piece) + MARGIN])
    return near + place - due, likeness


def _tenth(sound: Sound, at: int) -> Sound:
    return sound[at * TENTH : (at + 1) * TENTH]


def _place(part: Sound, whole: Sound) -> tuple[int, float]:
    if len(whole) < len(part):
        return 0, 0.0
    return place_of(part.tobytes(), whole.tobytes())


def _slow(pcm: bytes) -> Sound:
    return np.frombuffer(Resampler(16_000, RATE).take(pcm, last=True), dtype=np.int16)

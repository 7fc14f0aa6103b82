"""Shortens the pauses of a recording, to hear it through in less time.

A pause is found by level alone, as in `levels`, so that words which were not recognised are still heard. Of
each one its edges stay, so that no soft beginning or end of a word is lost.
"""

from collections import deque
from collections.abc import Iterable, Iterator

from simulator.speech.sound_levels import ABOVE_FLOOR, FLOOR_SECONDS, decibels

LONGEST_PAUSE = 1.0
"""Seconds of silence that stay as they are; longer ones are shortened."""
KEPT_PAUSE = 0.5
"""Seconds that are left of a shortened pause, half at each edge: enough to hear that there was one."""
FRAMES_A_SECOND = 50
FADE_SECONDS = 0.005
"""The edges of a cut are faded, so that it does not click."""


def without_long_pauses(
    blocks: Iterable[bytes], rate: int, longest: float = LONGEST_PAUSE, kept: float = KEPT_PAUSE
) -> Iterator[tuple[int, bytes]]:
    """PCM16 mono `blocks` at `rate` Hz without the middle of each long pause.

    Each piece comes with the number of its first sample in what was put in.
    """
    size = max(1, rate // FRAMES_A_SECOND) * 2
    most, edge = int(longest * FRAMES_A_SECOND), max(1, int(kept * FRAMES_A_SECOND / 2))
    ear = _Ear()
    run: list[bytes] = []
    """The silent frames since the last sound, none of them given out yet."""
    ready: list[bytes] = []
    first = at = 0  # samples: where `ready` and where the next frame begin
    for frame in _frames(blocks, size):
        at += len(frame) // 2
        if ear.silent(frame):
            run.append(frame)
            continue
        if len(run) > most:
            if before := b"".join([*ready, _faded(b"".join(run[:edge]), rate, out=True)]):
                yield first, before
            after = b"".join(run[-edge:])
            ready, first = [_faded(after, rate, out=False)], at - len(frame) // 2 - len(after) // 2
        else:
            ready.extend(run)
        run.clear()
        ready.append(frame)
        if len(ready) >= FRAMES_A_SECOND // 4:
            yield first, b"".join(ready)
            first, ready = at, []
    ready.extend(run[:edge] if len(run) > most else run)
    if rest := b"".join(ready):
        yield first, rest


class _Ear:
    """Tells silence from sound, frame by frame, against a floor that follows the room."""

    def __init__(self) -> None:
        self._room: deque[float] = deque(maxlen=FLOOR_SECONDS * FRAMES_A_SECOND)

    def silent(self, frame: bytes) -> bool:
        import numpy as np  # late

        sound = np.frombuffer(frame, dtype=np.int16).astype(np.float32) / 32768
        level = decibels(float(np.sqrt(np.mean(sound**2))))
        self._room.append(level)
        floor = sorted(self._room)[len(self._room) // 10]
        return level <= min(-40.0, max(-70.0, floor)) + ABOVE_FLOOR


def _frames(blocks: Iterable[bytes], size: int) -> Iterator[bytes]:
    """The blocks cut anew into frames of `size` bytes; the last one may be shorter."""
    rest = b""
    for block in blocks:
        rest += block
        whole = len(rest) // size * size
        for start in range(0, whole, size):
            yield rest[start : start + size]
        rest = rest[whole:]
    if rest:
        yield rest


def _faded(pcm: bytes, rate: int, out: bool) -> bytes:
    import numpy as np  # late

    sound = np.frombuffer(pcm, dtype=np.int16).astype(np.float32)
    count = min(len(sound), int(FADE_SECONDS * rate))
    if count:
        ramp = np.linspace(0.0, 1.0, count, dtype=np.float32)
        if out:
            sound[-count:] *= ramp[::-1]
        else:
            sound[:count] *= ramp
    return sound.astype(np.int16).tobytes()

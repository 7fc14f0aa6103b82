"""Faster or slower speech at the same pitch: waveform-similarity overlap-add (Verhelst and Roelands 1993).

Frames of 25 ms are overlapped by half. Each is taken from where, within 10 ms of its due place, the
sound best goes on from the frame before.
"""

from collections.abc import Iterable, Iterator

FRAME_SECONDS = 0.025
SEARCH_SECONDS = 0.010


def stretched(blocks: Iterable[bytes], rate: int, speed: float) -> Iterator[bytes]:
    """PCM16 mono `blocks` at `rate` Hz, played `speed` times as fast."""
    import numpy as np  # late

    half = int(rate * FRAME_SECONDS / 2)
    search = int(rate * SEARCH_SECONDS)
    window = np.hanning(2 * half + 1)[:-1].astype(np.float32)
    incoming = iter(blocks)
    sound = np.zeros(search, dtype=np.float32)  # so that the first frame may be searched for too
    dropped = search  # samples of `sound` that lie before the first sample of the recording, negative later
    tail = np.zeros(half, dtype=np.float32)
    due, follow, ended = 0.0, 0, False
    out: list[bytes] = []
    while True:
        start = int(due) + dropped
        needed = max(start + search, follow + dropped) + 2 * half
        while len(sound) < needed and not ended:
            block = next(incoming, None)
            if block is None:
                ended = True
                # Room for the last frames to be found in.
                sound = np.concatenate([sound, np.zeros(2 * half + search, dtype=np.float32)])
            else:
                sound = np.concatenate([sound, np.frombuffer(block, dtype=np.int16).astype(np.float32)])
        if len(sound) < needed:
            break
        natural = sound[follow + dropped : follow + dropped + half]
        region = sound[start - search : start + search + half]
        likeness = np.correlate(region, natural, mode="valid")
        energy = np.sqrt(np.convolve(region**2, np.ones(half), mode="valid") + 1.0)
        best = start - search + int(np.argmax(likeness / energy))
        frame = sound[best : best + 2 * half] * window
        out.append((tail + frame[:half]).clip(-32768, 32767).astype(np.int16).tobytes())
        tail = frame[half:]
        follow = best - dropped + half
        due += half * speed
        passed = min(int(due) + dropped - search, follow + dropped) - half
        if passed > rate:
            sound, dropped = sound[passed:], dropped - passed
        if len(out) >= 16:
            yield b"".join(out)
            out.clear()
    out.append(tail.clip(-32768, 32767).astype(np.int16).tobytes())
    yield b"".join(out)

"""Delivery over time, as rows of blocks: the pace of speech and the pauses, from word times alone. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from simulator.sessions.progress import SPARKS
from simulator.speech.transcript import Transcript, gaps

TOP_PACE = 240.0
SHOWN_PAUSE = 0.6
"""Seconds; shorter gaps belong to speaking."""
LEAST_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class DeliveryPlot:
    """Rows of one sign for each slice of the answer: `pace` as blocks, `pauses` as ▓ where most of it was silence.

    `seconds` is the length of a slice; `slowest` and `fastest` are words a minute of spoken slices.
    """

    pace: str
    pauses: str
    seconds: float
    slowest: float
    fastest: float


def delivery_plot(transcript: Transcript, width: int = 40) -> DeliveryPlot | None:
    """The plot of an answer, `width` slices wide; None where words have no times or there are too few."""
    timed = [(word.start, word.end) for word in transcript.words if word.start is not None and word.end is not None]
    if len(timed) < 2 or width < 1:
        return None
    begin, end = timed[0][0], max(stop for _, stop in timed)
    if end - begin < LEAST_SECONDS:
        return None
    width = max(1, min(width, int((end - begin) / 2)))
    size = (end - begin) / width
    spoken, silent = [0.0] * width, [0.0] * width
    for start, stop in timed:
        middle = (start + stop) / 2
        spoken[min(width - 1, int((middle - begin) / size))] += 1
    for _, stop, start, own in gaps(transcript):
        if own and start - stop >= SHOWN_PAUSE:
            for slice_ in range(int((stop - begin) / size), min(width - 1, int((start - begin) / size)) + 1):
                low, high = begin + slice_ * size, begin + (slice_ + 1) * size
                silent[slice_] += max(0.0, min(high, start) - max(low, stop))
    rates = [count / size * 60 for count in spoken]
    heard = [rate for rate in rates if rate > 0]
    top = len(SPARKS) - 1
    return DeliveryPlot(
        pace="".join(SPARKS[min(top, round(rate / TOP_PACE * top))] if rate else " " for rate in rates),
        pauses="".join("▓" if gap > size / 2 else "░" if gap > 0 else " " for gap in silent),
        seconds=size,
        slowest=min(heard),
        fastest=max(heard),
    )


QUIETEST, LOUDEST = -60.0, -10.0
"""dBFS at the foot and at the top of the level's row: a quiet room, and loud speech."""


def level_row(levels: Sequence[float], width: int) -> str:
    """Levels in dBFS as a row of blocks, at most `width` wide; silence is blank."""
    width = min(width, len(levels))
    if width < 1:
        return ""
    edges = [len(levels) * n // width for n in range(width + 1)]
    signs = [" ", *SPARKS]
    shares = [(max(levels[a:b]) - QUIETEST) / (LOUDEST - QUIETEST) for a, b in pairwise(edges)]
    return "".join(signs[round(min(1.0, max(0.0, share)) * (len(signs) - 1))] for share in shares)

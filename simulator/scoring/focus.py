"""To the point: how much of an answer serves the question, and which stretch does not. Never a level."""

from simulator.reading.elements import ASIDE
from simulator.reading.readable import readable
from simulator.reading.reading import ElementSpan, Reading
from simulator.scoring.scorecard import Focus

SOME_BESIDE = 0.1
MUCH_BESIDE = 0.2
HALF_BESIDE = 0.35
"""Shares of an answer's words, disfluencies apart, from which it is mostly, partly and hardly to the point."""
BANDS = ("all to the point", "mostly to the point", "partly beside the point", "much of it beside the point")


def focus_of(reading: Reading) -> Focus:
    """The band of an answer and the longest stretch beside the point."""
    counted = len(reading.words) - len(reading.dropped)
    beside = len(reading.covered(reading.of(ASIDE)))
    share = round(beside / counted, 2) if counted else 0.0
    band = BANDS[sum(share >= bound for bound in (SOME_BESIDE, MUCH_BESIDE, HALF_BESIDE))]
    longest = longest_aside(reading)
    if longest is None:
        return Focus(1.0, BANDS[0]) if counted else Focus()
    text = readable(reading, longest.first_word, longest.last_word, quoted=True)
    return Focus(round(1 - share, 2), band, text, longest.first_word, longest.last_word)


def longest_aside(reading: Reading) -> ElementSpan | None:
    """The longest stretch beside the point."""
    return max(reading.of(ASIDE), key=lambda span: (span.words, -span.first_word), default=None)

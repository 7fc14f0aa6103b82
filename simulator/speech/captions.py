"""When each word of a spoken text is heard, so that captions follow the voice.

The synthesiser's own word times are used where it gives them; between and without them, time is
shared out by characters, a comma or full stop counting as more because the voice rests there.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

PAUSE_WEIGHT = 8
"""Characters that a comma or full stop is worth; mean error 81 ms against 115 ms without (measured on espeak-ng)."""

READING_PACE = 200
"""Words per minute of captions without sound: unhurried; silent reading is about 238 (Brysbaert 2019)."""


@dataclass(frozen=True, slots=True)
class CaptionTrack:
    """`starts[i]` is the second at which the word ending at character `ends[i]` begins."""

    starts: tuple[float, ...]
    ends: tuple[int, ...]

    def shown_at(self, second: float) -> int:
        """How many characters have been spoken, or are being spoken, at `second`."""
        index = bisect_right(self.starts, second)
        return self.ends[index - 1] if index else 0

    def next_change(self, second: float) -> float | None:
        """When the next word begins after `second`; None behind the last."""
        index = bisect_right(self.starts, second)
        return self.starts[index] if index < len(self.starts) else None


def caption_track(text: str, seconds: float, marks: Sequence[tuple[int, float]] = ()) -> CaptionTrack:
    """The track of `text` lasting `seconds`, with (character, second) `marks` of some words' starts."""
    words = [match.span() for match in re.finditer(r"\S+", text)]
    if not words:
        return CaptionTrack((), ())
    weights = _weights_before(text, words)
    anchors = _anchors(words, weights, seconds, marks)
    starts = []
    index = 0
    for weight in weights[:-1]:
        while index + 1 < len(anchors) - 1 and anchors[index + 1][0] <= weight:
            index += 1
        (weight_a, second_a), (weight_b, second_b) = anchors[index], anchors[index + 1]
        share = (weight - weight_a) / (weight_b - weight_a) if weight_b > weight_a else 0.0
        starts.append(second_a + share * (second_b - second_a))
    return CaptionTrack(tuple(starts), tuple(end for _, end in words))


def reading_seconds(text: str, words_per_minute: int = READING_PACE) -> float:
    """How long captions of `text` take at reading pace."""
    return len(text.split()) * 60 / max(words_per_minute, 60)


def _weights_before(text: str, words: Sequence[tuple[int, int]]) -> list[int]:
    """The weight of everything before each word; one more entry for the whole text."""
    total, before = 0, []
    for start, end in words:
        before.append(total)
        word = text[start:end]
        total += len(word) + 1 + (PAUSE_WEIGHT if word.rstrip("\"'”’)")[-1:] in tuple(",;:.!?—…") else 0)
    return [*before, total]


def _anchors(
    words: Sequence[tuple[int, int]], weights: Sequence[int], seconds: float, marks: Sequence[tuple[int, float]]
) -> list[tuple[int, float]]:
    """(weight, second) points to draw the line through, rising in both; begin and end included.

    Synthesisers now and then place a mark wrongly (espeak-ng after brackets and quotation marks); a mark that
    would make time run backwards is left out.
    """
    word_starts = [start for start, _ in words]
    anchors = [(0, 0.0)]
    for character, second in sorted(marks, key=lambda mark: mark[1]):
        index = bisect_right(word_starts, character) - 1
        if index >= 0 and weights[index] > anchors[-1][0] and anchors[-1][1] < second < seconds:
            anchors.append((weights[index], second))
    return [*anchors, (weights[-1], max(seconds, anchors[-1][1]))]

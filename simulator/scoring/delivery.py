"""How an answer was said, apart from what was said: pace, hesitations, pauses, time. Never mixed into a level."""

from collections.abc import Sequence

from simulator.reading.reader import HESITATIONS
from simulator.scoring.scorecard import Delivery, Measure, Pause
from simulator.speech.transcript import Source, Transcript, gaps

LONG_PAUSE_SECONDS = 2.5
SHORTEST_SPEECH_SECONDS = 5.0
"""Below this, words a minute say nothing."""

PACE_SOURCE = "Speaker Coach 100-165, Read AI 130-175, MIT interviews: median 157, best rated quarter 176"
HESITATION_SOURCE = "Laske 2024: 12 a minute hurts, 5 may be acceptable; MIT interviews: median 5.6"
TARGET_SOURCE = "the question's target"


def pace_band(words_per_minute: float) -> str:
    """Band of a speech rate in words a minute."""
    if words_per_minute < 100:
        return "low"
    if words_per_minute > 210:
        return "high"
    return "good" if 130 <= words_per_minute <= 180 else "watch"


def hesitation_band(per_minute: float) -> str:
    """Band of um, uh and er in a minute."""
    if per_minute <= 5:
        return "good"
    return "watch" if per_minute <= 12 else "high"


def target_band(share: float) -> str:
    """Band of the time used as a share of the target."""
    if share <= 1.0:
        return "good"
    return "watch" if share <= 1.5 else "high"


FILLER_PHRASES = (
    "like",
    "you know",
    "i mean",
    "basically",
    "sort of",
    "kind of",
    "actually",
    "literally",
    "obviously",
)
"""Listed apart from hesitations, with how often."""


def delivery_of(transcript: Transcript, target_seconds: int | None) -> Delivery:
    """Every fact of delivery that this transcript allows."""
    bare = [word.text.lower().strip(".,!?;:") for word in transcript.words]
    hesitations = tuple(i for i, word in enumerate(bare) if word in HESITATIONS)
    words = len(bare) - len(hesitations)
    counted = _phrase_counts(bare)
    first = next((word.start for word in transcript.words if word.start is not None), None)
    last = next((word.end for word in reversed(transcript.words) if word.end is not None), None)
    if transcript.source is Source.TYPED or first is None or last is None:
        return Delivery(words=words, target_seconds=target_seconds, hesitation_words=hesitations, phrases=counted)
    silences = gaps(transcript)
    broken = sum(end - start for _, start, end, own in silences if not own)
    spoken = last - first - broken
    measures = []
    if spoken >= SHORTEST_SPEECH_SECONDS:
        rate = words / spoken * 60
        measures.append(Measure("pace", round(rate), "words a minute", pace_band(rate), PACE_SOURCE))
        if transcript.hesitations_heard:
            hesitated = len(hesitations) / spoken * 60
            measures.append(
                Measure(
                    "hesitations",
                    round(hesitated, 1),
                    "a minute",
                    hesitation_band(hesitated),
                    HESITATION_SOURCE,
                )
            )
    if not transcript.hesitations_heard:
        measures.append(Measure("hesitations", None, "a minute", "not measurable", HESITATION_SOURCE))
    pauses = [Pause(i, start, round(end - start, 3)) for i, start, end, own in silences if own]
    if pauses:
        longest = max(pause.length for pause in pauses)
        band = "watch" if longest >= LONG_PAUSE_SECONDS else "good"
        measures.append(
            Measure("longest pause", round(longest, 1), "s", band, f"pauses from {LONG_PAUSE_SECONDS} s are noted")
        )
    measures.append(
        Measure("before the first word", round(first, 1), "s", "noted", "thinking first is never held against you")
    )
    if target_seconds:
        measures.append(
            Measure(
                "time",
                round((last - broken) / target_seconds, 2),
                "of the target",
                target_band((last - broken) / target_seconds),
                TARGET_SOURCE,
            )
        )
    return Delivery(
        words=words,
        seconds=round(last - broken, 2),
        target_seconds=target_seconds,
        measures=tuple(measures),
        pauses=tuple(pause for pause in pauses if pause.length >= LONG_PAUSE_SECONDS),
        hesitation_words=hesitations,
        phrases=counted,
    )


def _phrase_counts(bare: Sequence[str]) -> dict[str, int]:
    text = f" {' '.join(bare)} "
    counts = {phrase: text.count(f" {phrase} ") for phrase in FILLER_PHRASES}
    return {phrase: count for phrase, count in counts.items() if count}

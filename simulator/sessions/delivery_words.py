"""How an answer was said, in words: pace, hesitations, pauses, time."""

from collections.abc import Mapping

from simulator.scoring.scorecard import Delivery, Measure
from simulator.sessions.times import clock


def delivery_line(delivery: Delivery) -> str:
    """How it was said, in one line of plain words: only what is worth saying, "" for nothing."""
    bands = {measure.name: measure.band for measure in delivery.measures}
    if len(delivery.hesitation_words) < FEWEST_MANY:
        # By the minute, two in a short answer are many; to anybody who listens they are not.
        bands.pop("hesitations", None)
    phrases = [words for name, by_band in _DELIVERY_LINE.items() if (words := by_band.get(bands.get(name, "")))]
    if not phrases:
        return ""
    text = ", ".join(phrases)
    return f"{text[:1].upper()}{text[1:]}."


FEWEST_MANY = 4
"""Ums and uhs that are worth a word at all."""
_DELIVERY_LINE: Mapping[str, Mapping[str, str]] = {
    "pace": {"low": "rather slow", "high": "too fast to follow easily", "good": "at a good pace"},
    "hesitations": {"high": "many ums", "watch": "some ums"},
    "longest pause": {"watch": "one long silence"},
    "time": {"watch": "a little longer than it should be", "high": "much longer than it should be"},
}


_MEASURE_WORDS = {
    "pace": "{value} words a minute",
    "hesitations": "{value} um/uh a minute",
    "longest pause": "longest pause {value} s",
    "before the first word": "first word after {value} s",
}
"""How the measures of `scoring.delivery` are said; "time" is said as clock against target."""

_BAND_WORDS = {"watch": "worth a look"}
NOT_MEASURABLE = {"hesitations": "um/uh: this speech model does not write them down"}


def measure_words(measure: Measure) -> str:
    """One measure of delivery in words: "148 words a minute, good"."""
    if measure.value is None:
        return NOT_MEASURABLE.get(measure.name, f"{measure.name}: {measure.band}")
    form = _MEASURE_WORDS.get(measure.name, f"{measure.name.replace('_', ' ')} {{value}} {measure.unit}")
    value = f"{measure.value:.0f}" if measure.value >= 10 else f"{measure.value:.1f}".removesuffix(".0")
    words = form.replace("{value}", value)
    return words if measure.band in ("", "noted") else f"{words}, {_BAND_WORDS.get(measure.band, measure.band)}"


def delivery_words(delivery: Delivery) -> list[str]:
    """Delivery as short phrases, the time against the target last."""
    words = [measure_words(measure) for measure in delivery.measures if "of the target" not in measure.unit]
    if delivery.seconds is not None and delivery.target_seconds:
        words.append(f"{clock(delivery.seconds)} of about {clock(delivery.target_seconds)}")
    return words

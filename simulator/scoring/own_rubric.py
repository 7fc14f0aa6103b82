"""Scores an answer by a rubric of the user's: phrases and elements, weights, cut points, conditions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simulator.reading.readable import readable
from simulator.reading.reading import ElementSpan, Reading
from simulator.scoring.phrases import PhraseMatch, Phrases
from simulator.scoring.quotes import LONGEST_REPEATED, MOST_QUOTES
from simulator.scoring.rubric import STEPS, Family, Rubric
from simulator.scoring.scorecard import CueShare, Quote, RubricScore
from simulator.speech.transcript import Transcript

_AROUND = 6
"""Words shown on each side of a found phrase, up to where the sentence ends."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A level, what each family added to a step on average, and how often each was found."""

    level: int
    shares: Mapping[str, float]
    counts: Mapping[str, int]


def score_by(
    rubric: Rubric, phrases: Mapping[str, Phrases], reading: Reading, transcript: Transcript, kind: str
) -> RubricScore:
    """One answer by one rubric."""
    found = find(rubric, phrases, reading)
    judged = judge(rubric, found, reading, kind)
    level = rubric.levels[judged.level]
    missing = missing_of(rubric, judged)
    quotes = _quotes(rubric, found, judged, reading, transcript)
    return RubricScore(
        rubric=rubric.id,
        level=judged.level,
        name=level.name,
        anchor=level.anchor,
        quotes=quotes,
        missing=missing,
        advice=_advice(rubric, judged, missing, quotes),
        cues=_shares(rubric, found, judged, reading),
    )


def find(rubric: Rubric, phrases: Mapping[str, Phrases], reading: Reading) -> dict[str, tuple[PhraseMatch, ...]]:
    """Per family the places where it was found, less those that touch one of its `unless` families."""
    paths: dict[str, tuple[PhraseMatch, ...]] = {}
    for family in rubric.families:
        if family.element:
            paths[family.id] = tuple(
                PhraseMatch(span.first_word, span.last_word) for span in reading.of(family.element)
            )
        else:
            paths[family.id] = phrases[family.id].find(reading)
    return {
        family.id: tuple(
            each
            for each in paths[family.id]
            if not any(_touch(each, other) for name in family.unless for other in paths.get(name, ()))
        )
        for family in rubric.families
    }


def _touch(one: PhraseMatch, other: PhraseMatch) -> bool:
    return one.first_word <= other.last_word and other.first_word <= one.last_word


def judge(rubric: Rubric, found: Mapping[str, Sequence[PhraseMatch]], reading: Reading, kind: str = "") -> Judgement:
    """The level: capped counts weighed per step against the cut points, then the conditions."""
    counts: dict[str, int] = {}
    shares: dict[str, float] = {}
    sums = list(rubric.prior.get(kind, (0.0,) * STEPS))
    for family in rubric.families:
        counts[family.id] = len({reading.words[each.first_word : each.last_word + 1] for each in found[family.id]})
        part = min(counts[family.id], family.cap) / family.cap * (-1 if family.against else 1)
        if part:
            shares[family.id] = round(part * sum(family.weight) / STEPS, 3)
        for step in range(STEPS):
            sums[step] += part * family.weight[step]
    level = sum(1 for total, cut in zip(sums, rubric.cuts, strict=True) if round(total - cut, 4) >= 0)
    for condition in rubric.conditions:
        if level > condition.at_most and not any(counts.get(name) for name in condition.without):
            level = condition.at_most
    return Judgement(level, shares, counts)


def missing_of(rubric: Rubric, judged: Judgement) -> tuple[str, ...]:
    """What keeps an answer from the next levels, the first step first: conditions not met by the level they hold
    at, families not found by the condition that asks for them, else by the next level: those first that count most
    there of all levels, then as they stand in the file."""
    if judged.level == STEPS:
        return ()
    unmet = [
        condition
        for condition in rubric.conditions
        if condition.at_most >= judged.level and not any(judged.counts.get(name) for name in condition.without)
    ]
    step_of: dict[str, int] = {}
    for condition in unmet:
        for name in condition.without:
            step_of[name] = min(condition.at_most, step_of.get(name, STEPS))
    steps = [(condition.at_most, 0, 0.0, place, condition.missing) for place, condition in enumerate(unmet)]
    steps += [
        (
            step_of.get(family.id, judged.level),
            1,
            -family.weight[judged.level] / max(family.weight),
            place,
            family.label,
        )
        for place, family in enumerate(rubric.families)
        if not family.against and family.weight[judged.level] > 0 and not judged.counts[family.id]
    ]
    return tuple(dict.fromkeys(label for *_, label in sorted(steps)))


def _advice(rubric: Rubric, judged: Judgement, missing: Sequence[str], quotes: Sequence[Quote]) -> str:
    own = rubric.advice.get(str(judged.level), "")
    if own:
        return own
    if not missing and judged.level < STEPS:
        above = rubric.levels[judged.level + 1]
        return f"Say more about it. The next level is {above.name}: {above.anchor}"
    if not missing:
        return "Nothing is missing here. Keep this answer ready."
    said = quotes[0].text.rstrip(".?!") if quotes else ""
    return f"You said “{said}”. Add {missing[0]}." if said else f"Add {missing[0]}."


def _weightiest(rubric: Rubric, judged: Judgement) -> list[Family]:
    families = [family for family in rubric.families if judged.counts[family.id] and not family.against]
    return sorted(families, key=lambda family: -sum(family.weight[: max(1, judged.level)]))


def _quotes(
    rubric: Rubric,
    found: Mapping[str, Sequence[PhraseMatch]],
    judged: Judgement,
    reading: Reading,
    transcript: Transcript,
) -> tuple[Quote, ...]:
    """Where the weightiest families were found: the element, or the words around the phrase."""
    quotes: list[Quote] = []
    for family in _weightiest(rubric, judged)[:MOST_QUOTES]:
        place = found[family.id][-1]
        around = (place.first_word, place.last_word) if family.element else _around(place, reading)
        free = [each for each in (around, (place.first_word, place.last_word)) if not _taken(each, quotes)]
        if not free:
            continue
        first, last = free[0]
        words = transcript.words
        text = readable(reading, first, last, quoted=True)
        quotes.append(Quote(text, first, last, words[first].start, words[last].end, family.label, family.element))
    return tuple(sorted(quotes, key=lambda quote: quote.first_word))


def _taken(words: tuple[int, int], quotes: Sequence[Quote]) -> bool:
    return any(quote.first_word <= words[1] and words[0] <= quote.last_word for quote in quotes)


def _around(place: PhraseMatch, reading: Reading) -> tuple[int, int]:
    """A phrase with the words before and behind it, within its sentence and, better, within an element."""
    inside = [span for span in reading.spans if _holds(span, place) and span.words <= LONGEST_REPEATED * 2]
    if inside:
        span = min(inside, key=lambda span: span.words)
        return span.first_word, span.last_word
    stops = set(reading.stops)
    first, last = place.first_word, place.last_word
    while first > 0 and place.first_word - first < _AROUND and first - 1 not in stops:
        first -= 1
    while last + 1 < len(reading.words) and last - place.last_word < _AROUND and last not in stops:
        last += 1
    return first, last


def _holds(span: ElementSpan, place: PhraseMatch) -> bool:
    return span.first_word <= place.first_word and place.last_word <= span.last_word


def _shares(
    rubric: Rubric, found: Mapping[str, Sequence[PhraseMatch]], judged: Judgement, reading: Reading
) -> tuple[CueShare, ...]:
    rows = []
    for family in rubric.families:
        if judged.counts[family.id]:
            words = [" ".join(reading.words[each.first_word : each.last_word + 1]) for each in found[family.id]]
            share = judged.shares.get(family.id, 0.0)
            rows.append(
                CueShare(family.id, family.label, judged.counts[family.id], share, tuple(dict.fromkeys(words)))
            )
    return tuple(sorted(rows, key=lambda row: (-abs(row.share), row.cue)))

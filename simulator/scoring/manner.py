"""Warmth, offers, presuming, and the parts of a story: noticed beside the rubrics, never part of a level."""

from collections.abc import Mapping, Sequence

from simulator.scoring.clauses import clause_at
from simulator.scoring.cues import Span
from simulator.scoring.evidence import words_of
from simulator.scoring.scorecard import ClosingManner, Structure
from simulator.scoring.tokens import Tokens
from simulator.speech.transcript import Transcript

PARTS = ("situation", "task", "action", "result", "lesson")
_RESULT = ("examples.outcome", "signal.change_after", "examples.feedback", "signal.ending")
_FEWEST_FOR_BAND = 15


def closing_manner_of(
    transcript: Transcript,
    tokens: Tokens,
    found: Mapping[str, Sequence[Span]],
    clauses: Sequence[Span],
    interviewers: Sequence[str],
    is_closing: bool = True,
) -> ClosingManner:
    """Thanks, names, warm words, offers and presuming, each with the words said.

    Offers and presuming are looked for in the closing turn only: in a story "I sent him photos" offers nothing.
    """

    def said(name: str, whole_clause: bool = True) -> str:
        spans = found.get(f"manner.{name}", ())
        if not spans:
            return ""
        span = spans[-1]
        return words_of(transcript, tokens, clauses[clause_at(clauses, span.first)] if whole_clause else span)[2]

    named = tuple(
        name
        for name in interviewers
        if any(part.lower().strip(".") in tokens.text for part in name.split() if len(part.strip(".")) > 2)
    )
    return ClosingManner(
        thanks=said("thanks", whole_clause=False),
        interviewer_named=named,
        positive_words=said("positive_words"),
        work_sample_offered=said("work_sample") if is_closing else "",
        availability_offered=said("availability") if is_closing else "",
        presuming=said("presuming") if is_closing else "",
    )


def structure_of(found: Mapping[str, Sequence[Span]], tokens: Tokens) -> Structure:
    """Which parts of a story are there, in the order they come."""
    if len(tokens) < _FEWEST_FOR_BAND:
        return Structure(missing=PARTS, band="too short to tell")
    places: dict[str, int] = {}

    def note(part: str, *families: str, late: bool = False) -> None:
        spans = [span for family in families for span in found.get(family, ())]
        if spans:
            places[part] = max(span.first for span in spans) if late else min(span.first for span in spans)

    note("situation", "examples.occasion", "examples.time_point", "manner.situation")
    note("task", "manner.task", "examples.problem")
    note("action", "signal.own_action", "signal.we_action", "signal.story_now")
    note("result", *_RESULT, late=True)
    note("lesson", "examples.lesson", late=True)
    order = tuple(sorted(places, key=lambda part: (places[part], PARTS.index(part))))
    missing = tuple(part for part in PARTS if part not in places)
    level = _band_level(order, found, tokens)
    return Structure(found=order, missing=missing, band=_BANDS[level], level=level)


_BANDS = ("no order to be made out", "pieces", "partly in order", "in good order", "clear from start to end")


def _band_level(order: Sequence[str], found: Mapping[str, Sequence[Span]], tokens: Tokens) -> int:
    parts = len([part for part in order if part != "lesson"])
    level = 2
    if parts >= 3 and "result" in order and "action" in order:
        level = 3
    if parts <= 1:
        level = 2 if len(tokens) < 120 else 1
    return level

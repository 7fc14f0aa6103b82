"""Warmth, offers, presuming, and the parts of a story: noticed beside the rubrics, never part of a level."""

from collections.abc import Sequence

from simulator.reading import elements as e
from simulator.reading.clauses import ends_sentence
from simulator.reading.readable import readable
from simulator.reading.reader import AROUND_WORDS, bare
from simulator.reading.reading import Reading
from simulator.scoring.clause_bounds import whole_clause
from simulator.scoring.scorecard import ClosingManner, Structure

PARTS = {"situation": (e.OCCASION,), "action": (e.OWN_ACTION,), "result": (e.OUTCOME,), "lesson": (e.LESSON,)}
"""The parts of a story in their usual order, and the elements that tell them."""
_BANDS = ("nothing of a story", "pieces", "partly in order", "in good order", "clear from start to end")
_SHORTEST_NAME = 3


def closing_manner_of(reading: Reading, interviewers: Sequence[str], is_closing: bool = True) -> ClosingManner:
    """Thanks, offers and presuming with the words said, in the closing turn only, and whose names fell at any time.

    Elsewhere "customers thank you for it" is told of others.
    """

    def words(element: str) -> str:
        spans = sorted(reading.of(element), key=lambda span: (-span.probability, span.first_word))
        whole = whole_clause(reading, spans[0]) if spans and is_closing else None
        if whole is None:
            return ""
        first, last = whole
        ends = (place for place in range(first, last) if ends_sentence(reading, place))
        return readable(reading, first, next(ends, last), quoted=True)

    called = {name: _as_called(reading, name) for name in interviewers}
    named = tuple(name for name in interviewers if called[name])
    return ClosingManner(
        thanks=words(e.THANKS),
        interviewer_named=named,
        interviewer_words=tuple(called[name] for name in named),
        work_sample_offered=words(e.OFFER),
        availability_offered=words(e.AVAILABLE),
        presuming=words(e.PRESUMING),
    )


def _as_called(reading: Reading, name: str) -> str:
    """The parts of a name that fell: as they were typed, or, where they were heard, as the name is spelt."""
    places = {bare(word): place for place, word in reversed([*enumerate(reading.words)])}
    parts = {part: places.get(bare(part)) for part in name.split() if len(bare(part)) >= _SHORTEST_NAME}
    fell = ((part, place) for part, place in parts.items() if place is not None)
    return " ".join(
        reading.words[place].strip(AROUND_WORDS) if place in reading.written else part for part, place in fell
    )


def structure_of(reading: Reading) -> Structure:
    """Which parts of a story are there, in the order in which they are told."""
    paths: dict[str, int] = {}
    for part, wanted in PARTS.items():
        spans = reading.of(*wanted)
        if spans:
            paths[part] = spans[-1].first_word if part in ("result", "lesson") else spans[0].first_word
    order = tuple(sorted(paths, key=lambda part: paths[part]))
    missing = tuple(part for part in PARTS if part not in paths)
    usual = tuple(part for part in PARTS if part in paths)
    core = [part for part in order if part != "lesson"]
    level = len(core)
    if level == len(PARTS) - 1:
        level = 4 if order == usual else 3
    return Structure(found=order, missing=missing, band=_BANDS[level], level=level)

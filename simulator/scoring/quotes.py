"""The candidate's words to show: whole clauses in readable form, with what they are and when they were said."""

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum, auto

from simulator.reading.clauses import SCRAP, ends_sentence
from simulator.reading.elements import CHECKABLE, OWN_ACTION, elements
from simulator.reading.readable import readable
from simulator.reading.reader import bare
from simulator.reading.reading import ElementSpan, Reading
from simulator.scoring.clause_bounds import (
    JOINS_CLAUSES,
    asked_within,
    clause,
    cut,
    is_scrap,
    marked_end,
    shown_within,
)
from simulator.scoring.levels import BESIDE, CARRIES
from simulator.scoring.scorecard import CueShare, Quote
from simulator.speech.transcript import Transcript

MOST_QUOTES = 4
LONGEST_ASKED = 60
"""Words of a question in the list of those asked."""
LONGEST_REPEATED = 16
"""Words of the candidate that a piece of advice or an interviewer repeats."""
LONGEST_DEED = 20
"""The same of a deed that is praised or asked more of."""
TELLING = 8
"""Words from which a deed says what was done: "I did say to the nurse" hardly does."""


class Pick(Enum):
    """Which of several clauses to repeat."""

    SUREST = auto()
    DEED = auto()
    """The last that says what was done, else the longest: what was done last helped, and is seldom the mistake."""


def quote_of(span: ElementSpan, reading: Reading, transcript: Transcript, earns: str = "") -> Quote:
    """One span as a quote."""
    first, last = shown_within(reading, span)
    words = transcript.words
    text = readable(reading, first, last, quoted=True)
    broken_off = last + SCRAP < span.last_word and not marked_end(replace(reading, spans=()), last, None)
    return Quote(
        text=f"{text.rstrip('.')} ..." if broken_off else text,
        first_word=first,
        last_word=last,
        start=words[first].start,
        end=words[last].end,
        earns=earns or elements()[span.element].name,
        element=span.element,
    )


def quotes_for(rubric: str, level: int, reading: Reading, transcript: Transcript) -> tuple[Quote, ...]:
    """The two to four spans that carry a level, in the order told: the surest of each element, then more deeds."""
    carrying = CARRIES[rubric].get(level, ())
    chosen: list[ElementSpan] = []
    for element in carrying:
        spans = _best_first(reading, _quotable(reading, element))
        fresh = [span for span in spans if not any(_mostly_inside(span, other) for other in chosen)]
        chosen.extend(fresh[:1])
    more = [OWN_ACTION, *carrying] if OWN_ACTION in carrying else list(carrying)
    for element in more:
        for span in _best_first(reading, _quotable(reading, element)):
            if len(chosen) >= min(MOST_QUOTES, max(2, len(carrying))):
                break
            scrap = is_scrap(reading, span) and any(other.element == element for other in chosen)
            if span not in chosen and not scrap and not any(span.overlaps(other) for other in chosen):
                chosen.append(span)
    if len(chosen) > MOST_QUOTES:
        chosen = _without_least(chosen)
    return tuple(quote_of(span, reading, transcript) for span in sorted(chosen, key=lambda span: span.first_word))


def _quotable(reading: Reading, element: str) -> list[ElementSpan]:
    spans = [span for span in reading.of(element) if span.quotable]
    return [span for span in spans if not _crosses(span, reading)] or spans


def _crosses(span: ElementSpan, reading: Reading) -> bool:
    """Whether it begins within a clause that is another part, and ends outside: parts lie in one another or apart."""
    return any(other.first_word < span.first_word <= other.last_word < span.last_word for other in reading.spans)


def _best_first(reading: Reading, spans: Sequence[ElementSpan]) -> list[ElementSpan]:
    """The surest first, of equals the longest; a scrap only where nothing says more."""

    def rank(span: ElementSpan) -> tuple[bool, float, int]:
        return is_scrap(reading, span), -span.probability, -min(span.words, LONGEST_DEED)

    return sorted(spans, key=rank)


def span_shown(reading: Reading, element: str, unsure: bool = False) -> ElementSpan | None:
    """The span that stands for an element wherever it is shown, or that may do so; None where there is none.

    Where an element is surely there, though not surely in these very words, the likeliest ones are shown (they are
    not `quotable`).
    """
    found = reading.of(element)
    spans = found if unsure else _quotable(reading, element) or [span for span in found if span.sure]
    return next(iter(_best_first(reading, spans)), None)


def words_shown(reading: Reading, element: str, unsure: bool = False) -> str:
    """The words of that span; "" where there is none."""
    span = span_shown(reading, element, unsure)
    return readable(reading, *shown_within(reading, span), quoted=True) if span else ""


def _mostly_inside(span: ElementSpan, other: ElementSpan) -> bool:
    return span.element != CHECKABLE and other.first_word <= span.first_word and span.last_word <= other.last_word


def _without_least(chosen: Sequence[ElementSpan]) -> list[ElementSpan]:
    """Four of five: where both something to check and a lesson were told, the less sure of the two goes."""
    extra = sorted(chosen[3:], key=lambda span: -span.probability)
    return [*chosen[:3], extra[0]]


def best_questions(reading: Reading) -> list[ElementSpan]:
    """What the candidate asked, the best first, each question once; of equals the surest."""
    found: dict[tuple[int, int], ElementSpan] = {}
    for span in sorted(reading.questions, key=lambda span: (-span.level, not span.quotable, span.first_word)):
        found.setdefault(asked_within(reading, span, LONGEST_ASKED), span)
    return list(found.values())


def told_words(reading: Reading, *wanted: str, pick: Pick = Pick.SUREST) -> str:
    """Words of the first of these elements of which some can be repeated, to stand inside a sentence; "" for none."""
    for element in wanted:
        found = _clauses(reading, element)
        if found:
            longest = LONGEST_DEED if pick is Pick.DEED else LONGEST_REPEATED
            return _repeated(reading, *_picked(found, pick), longest)
    return ""


def unsure_words(reading: Reading, element: str) -> str:
    """Words that may be an element, though not surely, to stand inside a sentence; "" where none can be repeated."""
    if reading.garbled:
        return ""
    for span in _best_first(reading, reading.of(element)):
        first, last = shown_within(reading, span)
        if last - first < LONGEST_REPEATED:
            return _repeated(reading, first, last)
    return ""


def echo(reading: Reading, element: str, pick: Pick = Pick.SUREST) -> str:
    """Whole short words of an element as a sentence of their own; "" where none are sure enough to be repeated."""
    whole = [each for each in _clauses(reading, element) if each[1] - each[0] < LONGEST_REPEATED]
    if not whole or reading.garbled:
        return ""
    return readable(reading, *_picked(whole, pick), quoted=True)


def _clauses(reading: Reading, element: str) -> list[tuple[int, int, float]]:
    found = []
    for span in _quotable(reading, element):
        whole = clause(reading, span)
        if whole:
            found.append((*whole, span.probability))
    return found


def _picked(found: Sequence[tuple[int, int, float]], pick: Pick) -> tuple[int, int]:
    def rank(each: tuple[int, int, float]) -> tuple[float, float]:
        first, last, probability = each
        size = last - first + 1
        match pick:
            case Pick.DEED:
                telling = TELLING <= size <= LONGEST_DEED
                return telling, first if telling else min(size, TELLING)
            case Pick.SUREST:
                return probability, -first

    first, last, _ = max(found, key=rank)
    return first, last


def repeated(reading: Reading, span: ElementSpan) -> str:
    """A span's words as they stand inside a sentence of ours: no full stop, cut with an ellipsis where long.

    "" where they are no clause.
    """
    whole = clause(reading, span)
    return _repeated(reading, *whole) if whole else ""


def _repeated(reading: Reading, first: int, last: int, longest: int = LONGEST_REPEATED) -> str:
    # One sentence is enough to know again what was said.
    last = next((n for n in range(first + SCRAP - 1, last) if ends_sentence(reading, n)), last)
    first, end = cut(reading, first, last, longest)
    while last > end > first and bare(reading.words[end]) in JOINS_CLAUSES:
        end -= 1
    text = readable(reading, first, end, quoted=True).rstrip(".?!,;:")
    return text + (" ..." if end < last else "")


def explained(family: Sequence[str], reading: Reading) -> tuple[CueShare, ...]:
    """Every element of a family that was found, with its highest probability and its words, the surest first.

    What earns nothing by itself ("a claim") is not told of words that are something better too.
    """
    better = reading.covered(span for span in reading.of(*family) if span.element not in BESIDE)
    rows = []
    for element in family:
        spans = [span for span in reading.of(element) if element not in BESIDE or not _half_in(span, better)]
        if spans:
            found = dict.fromkeys(readable(reading, *shown_within(reading, span), quoted=True) for span in spans)
            surest = max(span.probability for span in spans)
            rows.append(CueShare(element, elements()[element].name, len(spans), surest, tuple(found)))
    return tuple(sorted(rows, key=lambda row: -row.share))


def _half_in(span: ElementSpan, places: frozenset[int]) -> bool:
    return 2 * sum(place in places for place in range(span.first_word, span.last_word + 1)) >= span.words

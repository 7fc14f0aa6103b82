"""Where the words of a part begin and end when they are shown: at clauses, as far as there is room."""

from dataclasses import replace
from statistics import fmean

from simulator.reading.clauses import SCRAP, asking_part, ends_sentence, without_scraps
from simulator.reading.elements import ATTRACTION, OCCASION, OWN_ACTION, QUESTION, REASON
from simulator.reading.reader import MAY_BE_SHORT, bare, is_myself
from simulator.reading.reading import ElementSpan, Reading

LONGEST_QUOTE = 22
"""Words of a quote."""
_SHORTEST_CLAUSE = 2
_SHORTEST_EVENT = 5
MORE_PARTICULAR = 1.2
"""So much surer of an event are the words of which a quote of it begins later than the event does."""
_BEGINS_ANOTHER = frozenset({"and", "so", "but", "or", "then", "because", "cos"})
_SUBORDINATES = frozenset({
    "because", "cause", "cos", "that", "when", "while", "since", "if", "until", "till", "after", "before", "although",
    "though", "which", "who", "where",
})  # fmt: skip
"""Words before a clause that says nothing by itself."""
JOINS_CLAUSES = _SUBORDINATES | {"and", "so", "but", "then", "or", "well", "okay", "yeah", "anyway"}
"""Words between two clauses."""
_MAY_BE_SUBORDINATE = frozenset({ATTRACTION, REASON})
"""What is told after "because" is no less told."""
_SAYING = frozenset({"said", "says", "say", "asked", "thought"})
"""Words before what somebody said."""
SUBJECTS = frozenset({"i", "we", "he", "she", "they", "you", "there", "it's", "i'm", "i've", "i'd", "we're"})
"""Words with which a clause begins even where nobody paused before them."""


def shown_within(reading: Reading, span: ElementSpan) -> tuple[int, int]:
    """A span as it is shown: from where a clause begins to where one ends, as far as there is room for it."""
    if span.element == QUESTION:
        return asked_within(reading, span, LONGEST_QUOTE)
    if span.element in MAY_BE_SHORT:
        return within(reading, span, LONGEST_QUOTE)
    bounds = replace(reading, spans=())
    first, last = without_scraps(reading, span)
    first = _begun(bounds, first, last, span)
    # "In five years" belongs to what follows, where both are the same part.
    lead = next((each for each in reading.of(span.element) if each.last_word == first - 1), None)
    first = lead.first_word if lead and is_scrap(reading, lead) else first
    first = _from_oneself(bounds, first, last) if span.element == OWN_ACTION else first
    end = _ended(bounds, last, span)
    while _says_too_little(bounds, first, end, span):
        # "I think" ends nothing, whatever clause follows.
        end = _ended(bounds, end + 1, span)
    end = _without_lead_in(bounds, first, end, span)
    if end - first >= LONGEST_QUOTE and span.element == OCCASION:
        first = _most_particular(bounds, first, last)
    first, end = (first, end) if end - first < LONGEST_QUOTE else cut(reading, first, last, LONGEST_QUOTE)
    end = _without_lead_to_speech(reading, first, end)
    while end > first and (end in reading.dropped or _begins_another(reading, end)):
        end -= 1
    return first, end


def within(reading: Reading, span: ElementSpan, most: int) -> tuple[int, int]:
    """The span, or its part of at most so many words that ends where a clause ends."""
    return cut(reading, *without_scraps(reading, span), most)


def asked_within(reading: Reading, span: ElementSpan, most: int) -> tuple[int, int]:
    """The words that ask of a question's span, or their part of at most so many words."""
    first, last = asking_part(reading, span, most)
    first = _from_who_asks(reading, first, span)
    if last - first < most:
        return first, last
    # "Could I" begins no clause in a question, so that a comma is the better place to break off.
    commas = (place for place in range(first + most - 1, first + 3, -1) if _has_comma(reading, place))
    comma = next(commas, None)
    return (first, comma) if comma is not None else cut(reading, first, last, most)


def clause(reading: Reading, span: ElementSpan) -> tuple[int, int] | None:
    """The part of a span that can be repeated as it stands: it begins and ends where a clause does. None for none.

    A stretch that begins or breaks off in the middle of a clause ("and gave him a") is not put in anyone's mouth.
    """
    first, last = without_scraps(reading, span)
    if last - first > 1 and bare(reading.words[last - 1]) in _BEGINS_ANOTHER:
        last -= 2
    if first and bare(reading.words[first - 1]) in _SUBORDINATES and span.element not in _MAY_BE_SUBORDINATE:
        return None
    whole = _begins_clause(reading, first, span) and _ends_clause(reading, last, span)
    if last - first + 1 < _SHORTEST_CLAUSE or not whole:
        return None
    return first, last


def whole_clause(reading: Reading, span: ElementSpan) -> tuple[int, int] | None:
    """The whole clause that a span stands in; None where it is too long to be repeated."""
    first, bounds = span.first_word, replace(reading, spans=())
    while not _begins_clause(bounds, first, span):
        first -= 1
    last = _ended(bounds, span.last_word, None)
    return (first, last) if last - first < LONGEST_QUOTE else None


def clause_end(reading: Reading, place: int, before: int | None = None) -> int:
    """The last word of the clause that a word stands in: where there is a stop or a comma, even where words such as
    "that" or "I" come sooner, unless that is not `before` a place where something else is told."""
    bounds = _as_written(reading)
    end = _ended(bounds, place, None)
    while end and joins(bounds, end):
        end -= 1
    marked = next(
        n for n in range(place, len(reading.words)) if marked_end(bounds, n, None) or n + 1 == len(reading.words)
    )
    return marked if before is None or marked < before else end


def clause_begin(reading: Reading, place: int) -> int:
    """The first word of the clause that a word stands in."""
    bounds = _as_written(reading)
    while not _begins_clause(bounds, place, None):
        place -= 1
    return place


def _as_written(reading: Reading) -> Reading:
    """The words with their stops and commas alone; whoever typed a sentence with signs has set them all."""
    written = reading.written
    stops, commas = (tuple(n for n in marks if n not in written) for marks in (reading.stops, reading.commas))
    return replace(reading, spans=(), stops=stops, commas=commas)


def is_scrap(reading: Reading, span: ElementSpan) -> bool:
    """Whether a part is told in a few words without anybody in them ("in five years")."""
    few = span.element not in MAY_BE_SHORT and span.words <= SCRAP
    return few and bare(reading.words[span.first_word]) not in SUBJECTS


def _from_oneself(reading: Reading, first: int, last: int) -> int:
    """Where what one did begins: at "I", after what somebody else did in the same breath ("when he fell I ran"), but
    not in "rang her although I was ill"."""
    own = next((n for n in range(first, last + 1) if is_myself(reading.words[n])), first)
    if own > first and bare(reading.words[own - 1]) in _SUBORDINATES:
        return first
    return own if _begins_clause(reading, own, None) else first


def _without_lead_to_speech(reading: Reading, first: int, end: int) -> int:
    """The end without "and he said", where what he said comes next."""
    if end + 1 == len(reading.words) or bare(reading.words[end]) not in _SAYING or ends_sentence(reading, end):
        return end
    joints = (place for place in range(max(first + SCRAP, end - SCRAP), end) if joins(reading, place))
    return next(joints, end + 1) - 1


def _most_particular(reading: Reading, first: int, last: int) -> int:
    """Where to begin a long event: what went on for years often leads up to the one time."""

    def likely(start: int) -> float:
        window = range(start, min(last + 1, start + LONGEST_QUOTE // 2))
        return fmean(reading.likely[place].get(OCCASION, 0.0) for place in window) if reading.likely else 0.0

    starts = [
        n
        for n in range(first + 1, last - LONGEST_QUOTE // 2)
        if _begins_clause(reading, n, None) and not joins(reading, n)
    ]
    best = max(starts, key=likely, default=first)
    return best if likely(best) > MORE_PARTICULAR * likely(first) else first


def _says_too_little(bounds: Reading, first: int, end: int, span: ElementSpan) -> bool:
    """Whether words are too few to stand alone; "in my old job" is no event without what happened there."""
    if end + 1 >= len(bounds.words):
        return False
    if span.element == OCCASION:
        return end - first + 1 < _SHORTEST_EVENT and not ends_sentence(bounds, end)
    return end - first + 1 < SCRAP and not marked_end(bounds, end, span)


def _begun(bounds: Reading, first: int, last: int, own: ElementSpan) -> int:
    """Where the clause begins in which a span does, or the one after, where only a scrap of that is in the span."""
    if _begins_clause(bounds, first, own):
        return first
    scrap = next(
        (place for place in range(first, min(first + SCRAP - 1, last)) if marked_end(bounds, place, own)), None
    )
    if scrap is None:
        while not _begins_clause(bounds, first, own):
            first -= 1
        return first
    first = scrap + 1
    while first < last and joins(bounds, first):
        first += 1
    return first


def _ended(bounds: Reading, place: int, own: ElementSpan | None) -> int:
    while not _ends_clause(bounds, place, own):
        place += 1
    return place


def _without_lead_in(bounds: Reading, first: int, end: int, own: ElementSpan) -> int:
    """The end without what leads in the next clause: "and every Saturday", before "I help on the ward"."""
    after = end + 1
    if after >= len(bounds.words) or bare(bounds.words[after]) not in SUBJECTS or marked_end(bounds, end, own):
        return end
    joints = (place for place in range(max(first + 1, after - SCRAP), after) if joins(bounds, place))
    return next(joints, after) - 1


def _from_who_asks(reading: Reading, first: int, span: ElementSpan) -> int:
    """Where a question begins: "I want to know what ..." with its subject, if that stands just before."""
    if first in reading.written or _begins_clause(reading, first, span):
        return first
    before = range(first - 1, max(first - SCRAP, 0) - 1, -1)
    taken = reading.covered(reading.questions)
    subject = next((at for at in before if bare(reading.words[at]) in SUBJECTS or ends_sentence(reading, at)), first)
    return subject if bare(reading.words[subject]) in SUBJECTS and subject not in taken else first


def _has_comma(reading: Reading, place: int) -> bool:
    return place in reading.commas or reading.words[place][-1:] in ",;:"


def cut(reading: Reading, first: int, last: int, most: int) -> tuple[int, int]:
    """At most so many of these words, to where a clause ends."""
    if last - first + 1 <= most:
        return first, last
    longest = range(first + most - 1, first + 3, -1)
    marked = (place for place in longest if 3 * (place - first) > 2 * most and marked_end(reading, place, None))
    ends = (place for place in longest if _ends_clause(reading, place) and not _begins_another(reading, place))
    return first, next(marked, None) or next(ends, first + most - 1)


def _begins_clause(reading: Reading, place: int, own: ElementSpan | None) -> bool:
    before = next((n for n in range(place - 1, -1, -1) if n not in reading.dropped), None)
    return (
        before is None
        or bare(reading.words[place]) in SUBJECTS
        or bare(reading.words[before]) in JOINS_CLAUSES
        or any(marked_end(reading, n, own) for n in range(before, place))
    )


def _ends_clause(reading: Reading, place: int, own: ElementSpan | None = None) -> bool:
    after = next((n for n in range(place + 1, len(reading.words)) if n not in reading.dropped), None)
    return (
        after is None
        or bare(reading.words[after]) in SUBJECTS
        or joins(reading, after)
        or any(marked_end(reading, n, own) for n in range(place, after))
    )


def joins(reading: Reading, place: int) -> bool:
    """Whether a word joins clauses; the last word of a sentence ("it went well") joins nothing."""
    ends = place + 1 == len(reading.words) or ends_sentence(reading, place)
    return bare(reading.words[place]) in JOINS_CLAUSES and not ends


def _begins_another(reading: Reading, place: int) -> bool:
    """Whether a word only leads over to what comes next ("and", "because", "and I")."""
    if ends_sentence(reading, place):
        return False
    word = bare(reading.words[place])
    begun = word in SUBJECTS and place > 0 and bare(reading.words[place - 1]) in _BEGINS_ANOTHER
    return word in _BEGINS_ANOTHER or begun


def marked_end(reading: Reading, place: int, own: ElementSpan | None) -> bool:
    """Whether a sentence, a stretch between commas or another element ends here, or one begins behind it."""
    return (
        place in reading.stops
        or place in reading.commas
        or reading.words[place][-1:] in ".,;:?!"
        or any(place in (each.last_word, each.first_word - 1) for each in reading.spans if each is not own)
    )

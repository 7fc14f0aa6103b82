"""Reads one answer: from the model's probabilities to spans, sentences and disfluencies.

`read` is the only door. Nothing here knows a word of English but the few sounds of thinking; what words mean is
the model's business.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Protocol

from simulator.paths import shipped
from simulator.reading.clauses import ends_sentence
from simulator.reading.elements import (
    ATTRACTION,
    CHECKABLE,
    GRADES,
    OCCASION,
    OWN_ACTION,
    QUESTION,
    STEP,
    THANKS,
    TIE,
    elements,
)
from simulator.reading.reading import Disfluency, ElementSpan, Reading
from simulator.speech.transcript import Transcript
from simulator.yaml_nodes import load_yaml

HESITATIONS = frozenset({
    "um", "umm", "ummm", "uh", "uhh", "uhm", "uhmm", "er", "erm", "ehm", "hm", "hmm", "mm", "mmm", "mhm", "ah", "eh",
})  # fmt: skip
"""Sounds of thinking."""
_STARTERS = frozenset({"i", "we", "he", "she", "they", "it", "the", "a", "and"})
"""Words that false starts hold, and mere fillers do not."""
LIKELY_FROM = 0.2
"""Probability from which an element is told word by word."""
BEGINS_FROM = 0.5
FEWEST_BEFORE_BEGIN = 3
"""Words a span has before another mark may begin inside it."""
MAY_BE_SHORT = frozenset({CHECKABLE, TIE})
"""Elements that a single word may be, shown as that word."""
MAY_BE_A_WORD = MAY_BE_SHORT | {THANKS}
"""Elements told in a single word; thanks are shown with their clause."""
UNSPLIT = MAY_BE_SHORT | {OCCASION}
"""Elements that go on where another clause begins: "in my old job" and what happened there are one event."""
DOUBLED = 0.1
"""How likely a word must be left out that is said again at once ("I I rang", not "I had had it")."""
LONGEST_AGAIN = 3
"""Words of a phrase that may be said again at once."""
_NEVER_TWICE = frozenset({
    "the", "a", "an", "my", "our", "your", "their", "i", "we", "he", "she", "they", "and", "or", "but", "so", "if",
    "because", "when", "what", "who", "of", "to", "at", "with", "for", "from", "by", "about", "in", "on", "is", "was",
    "are", "were",
})  # fmt: skip
"""Words that nobody says twice in a row on purpose: articles, subjects, words that join. So are all short forms."""
STOP_IN_CLAUSE = 0.7
"""An element is a whole clause: inside one, a sentence ends only where that is this sure."""
FAINT_FROM = 0.2
"""From this an element may be there. Much less than is needed to claim it: of the parts that strangers found in an
answer and the feedback called missing, half had left a trace of .2 to .5."""
DENIED_BELOW: Mapping[str, float] = {OWN_ACTION: 0.05, STEP: 0.05, ATTRACTION: 0.03, THANKS: 0.03}
"""Below this an element is told as not heard. What markers found and was not read had left a trace above .1, but for
these: they are told in passing, as a scene, in plain facts, or in one word."""
DENIED_BELOW_ELSE = 0.1
"""The same for all other elements."""
ASKS_AT_END = 0.1
"""How likely a question mark must be where a sure question ends."""
_JOINTS = frozenset({"and", "so", "but", "then", "or", "because", "cause", "cos", "anyway", "well", "okay", "yeah"})
"""Words that join clauses and belong to neither: a span neither begins nor ends with one."""


_MYSELF = frozenset({"i", "me", "my", "myself", "we"})


class WordReader(Protocol):
    """What reads words: `simulator.language.model.LanguageModel`."""

    labels: tuple[str, ...]
    version: str

    def read_words(self, prompt: str, words: Sequence[str]) -> Any:
        """For each word the probability of each label: rows of numbers."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How sure is sure enough (`assets/reading/bounds.yaml`), fitted by `tests/reading_model/bounds.py`.

    `inside` is the probability from which a word belongs to an element, `there` that which a span's surest words
    need on average for the element to count as said, `quoted`
    that from which a span is sure enough to be shown with its label, `sure` that from which it is sure enough to say
    that the element is in the answer; `word` bounds the labels of single words.
    """

    inside: Mapping[str, float]
    there: Mapping[str, float]
    quoted: Mapping[str, float]
    sure: Mapping[str, float]
    word: Mapping[str, float]


@lru_cache(maxsize=1)
def shipped_bounds() -> Bounds:
    """The bounds that come with the shipped head."""
    document = load_yaml(shipped("assets") / "reading" / "bounds.yaml")
    return Bounds(**document)


def prompt_of(question: str, heard: Iterable[str] = ()) -> str:
    """What the model reads beside the answer: what was asked, and what the interviewers had said."""
    return " ".join((question, *heard))


def read(
    transcript: Transcript,
    question: str,
    model: WordReader,
    heard: Iterable[str] = (),
    bounds: Bounds | None = None,
) -> Reading:
    """Read one answer. The same words, question and model always give the same reading."""
    words = tuple(word.text for word in transcript.words)
    rows = model.read_words(prompt_of(question, heard), words)
    return reading_of(words, model.labels, rows, model.version, bounds or shipped_bounds())


def reading_of(
    words: tuple[str, ...], labels: Sequence[str], rows: Sequence[Sequence[float]], version: str, bounds: Bounds
) -> Reading:
    """The reading that the probabilities of each word's labels give."""
    columns = {label: [float(row[place]) for row in rows] for place, label in enumerate(labels)}
    left_out = columns["dropped"]
    said = [bare(word) for word in words]
    dropped = [
        word in HESITATIONS
        or _said_again(said, n)
        or left_out[n] >= (DOUBLED if word in said[n + 1 : n + 2] else bounds.word["dropped"])
        for n, word in enumerate(said)
    ]
    spans = spans_of(columns, bounds, words)

    def marked(label: str) -> tuple[int, ...]:
        return tuple(n for n, value in enumerate(columns[label]) if value >= bounds.word[label])

    in_clause = {place for span in spans for place in range(span.first_word, span.last_word)}
    stops = tuple(n for n in marked("stop") if n not in in_clause or columns["stop"][n] >= STOP_IN_CLAUSE)
    garbled = [value >= bounds.word["garbled"] for value in columns["garbled"]]
    found = Reading(
        words=words,
        spans=spans,
        disfluencies=tuple(_disfluencies(words, dropped)),
        stops=stops,
        asks=tuple(sorted({*marked("asks"), *_asking_ends(columns["asks"], spans)})),
        commas=marked("comma"),
        capitals=marked("capital"),
        garbled=round(sum(garbled) / len(words), 3) if words else 0.0,
        likely=tuple(_likely(columns, n) for n in range(len(words))),
        version=version,
    )
    own = tuple(span for span in spans if span.element != OWN_ACTION or not _is_somebody_elses(found, span))
    traces = {element: surest(_values(columns, element)) for element in bounds.there}
    for there in {span.element for span in own}:
        traces.pop(there, None)
    return replace(
        found,
        spans=own,
        faint=tuple(element for element, trace in traces.items() if trace >= FAINT_FROM),
        not_ruled_out=tuple(
            element for element, trace in traces.items() if denied_below(element) <= trace < FAINT_FROM
        ),
    )


def _said_again(said: Sequence[str], place: int) -> bool:
    """Whether a word, or a phrase of two or three with it, is only said again at once ("on the on the")."""
    for size in range(1, LONGEST_AGAIN + 1):
        for first in range(max(0, place - size + 1), place + 1):
            phrase = said[first : first + size]
            again = phrase == said[first + size : first + 2 * size]
            if again and any(word in _NEVER_TWICE or "'" in word for word in phrase):
                return True
    return False


def _asking_ends(asks: Sequence[float], spans: Iterable[ElementSpan]) -> Iterable[int]:
    """Where sure questions end: nearly all of them are asked outright, so that little is needed there."""
    for span in spans:
        if span.element == QUESTION and span.quotable and asks[span.last_word] >= ASKS_AT_END:
            yield span.last_word


def _is_somebody_elses(reading: Reading, act: ElementSpan) -> bool:
    """Whether an act without "I" continues a sentence about somebody else ("they came and raised the floor").

    Where it begins the sentence, or continues an act of one's own, "I" is only left out.
    """
    if any(is_myself(reading.words[place]) for place in range(act.first_word, act.last_word + 1)):
        return False
    told = frozenset(n for each in reading.of(act.element) for n in range(each.first_word, each.last_word + 1))
    others = False
    for place in range(act.first_word - 1, -1, -1):
        if ends_sentence(reading, place):
            break
        if place in told or is_myself(reading.words[place]):
            return False
        others = others or not (place in reading.dropped or bare(reading.words[place]) in _JOINTS)
    return others


def is_myself(word: str) -> bool:
    """Whether a word is the speaker, alone or among others."""
    return bare(word) in _MYSELF or bare(word).startswith("i'")


AROUND_WORDS = ".,;:!?…\"'()-–—"


def bare(word: str) -> str:
    """A word in small letters without punctuation around it."""
    return word.lower().replace("’", "'").strip(AROUND_WORDS)


def spans_of(columns: Mapping[str, Sequence[float]], bounds: Bounds, words: Sequence[str]) -> tuple[ElementSpan, ...]:
    """Every element that is sure enough, in the order told."""
    found: list[ElementSpan] = []
    begins = columns["begin"]
    for element in elements():
        if element == QUESTION:
            found.extend(_question_spans(columns, bounds, words))
            continue
        least = 1 if element in MAY_BE_A_WORD else 2
        split = element not in UNSPLIT
        for begin, end in runs(columns[element], bounds.inside[element], begins, least, split):
            first, last = trimmed(words, begin, end)
            sure = surest(columns[element][first : last + 1])
            if sure >= bounds.there[element]:
                found.append(_span(element, first, last, sure, bounds))
    return tuple(sorted(found, key=lambda span: (span.first_word, span.last_word, span.element)))


def _span(element: str, first: int, last: int, probability: float, bounds: Bounds, grade: str = "") -> ElementSpan:
    quotable, sure = probability >= bounds.quoted[element], probability >= bounds.sure[element]
    return ElementSpan(element, first, last, probability, grade, quotable, sure)


def trimmed(words: Sequence[str], first: int, last: int) -> tuple[int, int]:
    """A stretch without joints and sounds of thinking at its ends."""
    outside = _JOINTS | HESITATIONS
    while first < last and bare(words[first]) in outside:
        first += 1
    while last > first and bare(words[last]) in outside:
        last -= 1
    return first, last


def _question_spans(
    columns: Mapping[str, Sequence[float]], bounds: Bounds, words: Sequence[str]
) -> Iterable[ElementSpan]:
    """Questions: where any grade is likely; each takes the grade that is likeliest over its words."""
    graded = [columns[f"{QUESTION}.{grade}"] for grade in GRADES]
    asked = _values(columns, QUESTION)
    for begin, end in runs(asked, bounds.inside[QUESTION], columns["begin"], 2, split=True):
        first, last = trimmed(words, begin, end)
        sure = surest(asked[first : last + 1])
        if sure >= bounds.there[QUESTION]:
            sums = [sum(column[first : last + 1]) for column in graded]
            yield _span(QUESTION, first, last, sure, bounds, GRADES[sums.index(max(sums))])


def runs(
    values: Sequence[float], bound: float, begins: Sequence[float], least: int, split: bool = True
) -> Iterable[tuple[int, int]]:
    """Stretches of words at or above a bound; one word below it does not end one, a new beginning does."""
    first = 0
    while first < len(values):
        if values[first] < bound:
            first += 1
            continue
        last = first
        while last + 1 < len(values):
            following = values[last + 1] >= bound
            if split and following and begins[last + 1] >= BEGINS_FROM and last + 1 - first >= FEWEST_BEFORE_BEGIN:
                break
            if not following and not (last + 2 < len(values) and values[last + 2] >= bound):
                break
            last += 1
        if last - first + 1 >= least:
            yield first, last
        first = last + 1


def surest(values: Sequence[float]) -> float:
    """The mean of the surest three values of a stretch, two decimals."""
    best = sorted(values, reverse=True)[:3]
    return round(sum(best) / len(best), 2) if best else 0.0


def denied_below(element: str) -> float:
    """The probability below which an element is told as not heard."""
    return DENIED_BELOW.get(element, DENIED_BELOW_ELSE)


def _values(columns: Mapping[str, Sequence[float]], element: str) -> list[float]:
    """How likely each word is an element; a question of any grade is one."""
    if element != QUESTION:
        return list(columns[element])
    return [
        min(1.0, sum(grades)) for grades in zip(*(columns[f"{QUESTION}.{grade}"] for grade in GRADES), strict=True)
    ]


def _likely(columns: Mapping[str, Sequence[float]], place: int) -> dict[str, float]:
    found = {}
    for element in elements():
        if element == QUESTION:
            value = max(columns[f"{QUESTION}.{grade}"][place] for grade in GRADES)
        else:
            value = columns[element][place]
        if value >= LIKELY_FROM:
            found[element] = round(value, 2)
    return found


def _disfluencies(words: Sequence[str], dropped: Sequence[bool]) -> Iterable[Disfluency]:
    first = 0
    while first < len(words):
        if not dropped[first]:
            first += 1
            continue
        last = first
        while last + 1 < len(words) and dropped[last + 1]:
            last += 1
        yield Disfluency(_kind_of(words, first, last), first, last)
        first = last + 1


def _kind_of(words: Sequence[str], first: int, last: int) -> str:
    dropped_words = [bare(word) for word in words[first : last + 1] if bare(word) not in HESITATIONS]
    if not dropped_words:
        return "filler"
    after = [bare(word) for word in words[last + 1 : last + 1 + len(dropped_words)]]
    if dropped_words == after or dropped_words[-1:] == after[:1]:
        return "repetition"
    return "false start" if any(word in _STARTERS for word in dropped_words) else "filler"

"""Which words of an answer to mark, and why: what earned something, hesitations, pauses, doubtful words.

Pure; the app, the exports and the tests draw from the same marks.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import accumulate, groupby

from simulator.reading.elements import ASIDE
from simulator.reading.readable import readable_words
from simulator.reading.reader import MAY_BE_SHORT
from simulator.reading.reading import ElementSpan, Reading
from simulator.scoring.clause_bounds import clause_begin, clause_end, shown_within
from simulator.scoring.quotes import span_shown, words_shown
from simulator.scoring.scorecard import Part, PartState
from simulator.sessions.session import Answer

DOUBTFUL_BELOW = 0.6
"""Word confidence below which a word is marked as perhaps misheard (wrong words averaged 0.7, right ones 0.99)."""


@dataclass(frozen=True, slots=True)
class WordMark:
    """One word and what is to be seen of it. `earned` names what its quotes earned, rubric by rubric, `element` the
    part of the answer that the shortest of them is.

    `pause_after` is the silence behind it in seconds where it is long, else None. `changed` are words that a
    correction put in, or (as first heard) took out. `left_out` are words of a false start or a filler, which the
    readable form does not show. `marked_from` and `marked_to` are the first and the last word of what a coach marked.
    """

    position: int
    text: str
    start: float | None = None
    end: float | None = None
    earned: tuple[tuple[str, str], ...] = ()
    element: str = ""
    hesitation: bool = False
    doubtful: bool = False
    pause_after: float | None = None
    changed: bool = False
    left_out: bool = False
    marked_from: bool = False
    marked_to: bool = False


@dataclass(frozen=True, slots=True)
class QuoteSpan:
    """One quote of the scorecard in the order of the text. Positions are inclusive."""

    rubric: str
    earns: str
    first_word: int
    last_word: int
    element: str = ""


def quote_spans(answer: Answer) -> tuple[QuoteSpan, ...]:
    """All quotes of an answer, and the words of parts that were found but not quoted, first to last; those that do
    not fit the transcript are left out."""
    if answer.scorecard is None:
        return ()
    count = len(answer.transcript.words)
    spans = [
        QuoteSpan(rubric, quote.earns, quote.first_word, quote.last_word, quote.element)
        for rubric, score in answer.scorecard.rubrics.items()
        for quote in score.quotes
        if 0 <= quote.first_word <= quote.last_word < count
    ]
    if reading := _fitting_reading(answer):
        quoted = {(span.rubric, span.element) for span in spans}
        spans.extend(
            QuoteSpan(rubric, part.name, *shown_within(reading, shown), part.element)
            for rubric, score in answer.scorecard.rubrics.items()
            for part in score.parts
            if part.found is PartState.YES and (rubric, part.element) not in quoted
            if (shown := span_shown(reading, part.element))
        )
    return tuple(sorted(spans, key=lambda span: (span.first_word, span.last_word, span.rubric)))


def readable_parts(answer: Answer) -> tuple[str, ...]:
    """Each utterance as one reads it: sentences, without fillers. As recognised where it was not read yet."""
    shown = _readable_words(answer)
    parts, first = [], 0
    for utterance in answer.utterances:
        words = utterance.transcript.words
        kept = [shown.get(first + n, "") if shown is not None else word.text for n, word in enumerate(words)]
        parts.append(" ".join(word for word in kept if word))
        first += len(words)
    return tuple(parts)


def _readable_words(answer: Answer) -> dict[int, str] | None:
    """The words of the readable form by position; None where there is no reading of these very words."""
    reading = _fitting_reading(answer)
    return None if reading is None else dict(readable_words(reading))


def _fitting_reading(answer: Answer) -> Reading | None:
    """The reading of these very words; None where there is none, or the answer was corrected since."""
    reading = answer.scorecard.reading if answer.scorecard else None
    words = tuple(word.text for word in answer.transcript.words)
    return reading if reading is not None and reading.words == words else None


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of an answer, as one reads them, that are one part of it, or none ("") or beside the point.

    `labels` are the parts to be named behind these words, by element and name: where a part ends, or the clause does
    in which it ends, so that no label parts a clause. `prompt` is the follow-up that was asked before these words.
    """

    text: str
    element: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    prompt: str = ""


def passages(answer: Answer, parts: Iterable[Part]) -> tuple[Passage, ...]:
    """The whole answer in passages: which words are which of these parts. Inside of two parts the shorter one counts.

    Only what is sure enough to be quoted is named; parts of the same kind that follow each other once. Of a part
    that is surely there in words that are not so sure, the likeliest are told without its name.
    """
    names = {part.element: part.name for part in parts if part.found is PartState.YES}
    words = [(mark.position, mark.text) for mark in word_marks(answer) if not mark.left_out]
    turns = [*accumulate(len(each.transcript.words) for each in answer.utterances)]
    reading = _fitting_reading(answer)
    of_word: dict[int, ElementSpan] = {}
    if reading is not None:
        shown = (span_shown(reading, element) for element in names)
        guessed = (span for span in shown if span and not span.quotable)
        wanted = (span for span in reading.of(*names, ASIDE) if span.quotable)
        marked = [_in_whole_clauses(reading, span, turns) for span in (*guessed, *wanted)]
        for span in sorted(marked, key=lambda span: (span.quotable, -span.words)):
            of_word.update(dict.fromkeys(range(span.first_word, span.last_word + 1), span))
    labels = _labels(reading, of_word, names) if reading is not None else {}
    ends = sorted(labels)
    found: list[Passage] = []
    before = 0
    for (turn, within, _), group in groupby(
        words, key=lambda word: (bisect_right(turns, word[0]), of_word.get(word[0]), bisect_left(ends, word[0]))
    ):
        words_here = list(group)
        behind = labels.get(words_here[-1][0], ())
        follows = turn != before and answer.utterances[turn].purpose == "probe"
        found.append(
            Passage(
                " ".join(word for _, word in words_here),
                within.element if within else "",
                tuple(behind),
                answer.utterances[turn].prompt_named if follows else "",
            )
        )
        before = turn
    return tuple(found)


def _in_whole_clauses(reading: Reading, span: ElementSpan, turns: Sequence[int]) -> ElementSpan:
    """A span from where a clause begins to where one ends, as far as nothing else is told there and no turn is over.

    What may be told in a few words ("fourteen people") stays as it is, and so does what is told within another part.
    """
    others = [each for each in reading.spans if each.element != span.element and each.quotable]
    if span.element in MAY_BE_SHORT or any(each.overlaps(span) for each in others):
        return span
    befores = (each.last_word for each in others if each.last_word < span.first_word)
    afters = (each.first_word for each in others if each.first_word > span.last_word)
    before = max((*befores, *(turn - 1 for turn in turns if turn <= span.first_word)), default=-1)
    after = min((*afters, *(turn for turn in turns if turn > span.last_word)), default=len(reading.words))
    first = clause_begin(reading, span.first_word)
    last = clause_end(reading, span.last_word, after)
    return replace(
        span,
        first_word=first if first > before else span.first_word,
        last_word=last if span.last_word < last < after else span.last_word,
    )


def part_quote(answer: Answer, part: Part) -> str:
    """The words that are a part, or of one in doubt may be; "" where none surely are, or the answer was corrected
    since it was read."""
    reading = _fitting_reading(answer)
    unsure = part.found is PartState.PERHAPS
    if reading is None or not (unsure or is_quotable(answer, part)):
        return ""
    return words_shown(reading, part.element, unsure=unsure)


def is_quotable(answer: Answer, part: Part) -> bool:
    """Whether a part was found, and surely in the words that are shown for it."""
    reading = _fitting_reading(answer)
    return part.found is PartState.YES and reading is not None and reading.shows(part.element)


def _labels(
    reading: Reading, of_word: Mapping[int, ElementSpan], names: Mapping[str, str]
) -> dict[int, list[tuple[str, str]]]:
    """Behind which word to name which parts."""
    labels: dict[int, list[tuple[str, str]]] = {}
    before = ""
    spans = [*dict.fromkeys(of_word[place] for place in sorted(of_word))]
    for number, span in enumerate(spans):
        if span.quotable and span.element in names and span.element != before:
            before = span.element
            others = (each.first_word for each in spans[number + 1 :] if each.element != span.element)
            place = clause_end(reading, span.last_word, next(others, None))
            while place in reading.dropped - reading.written and place > span.first_word:
                place -= 1
            labels.setdefault(place, []).append((span.element, names[span.element]))
    return labels


def word_marks(answer: Answer, exact: bool = False) -> tuple[WordMark, ...]:
    """Every word of an answer with its marks, as one reads it or, `exact`, as it was recognised."""
    shown = None if exact else _readable_words(answer)
    earned: dict[int, list[tuple[str, str]]] = {}
    element: dict[int, str] = {}
    spans = quote_spans(answer)
    for span in sorted(spans, key=lambda span: span.first_word - span.last_word):
        element.update(dict.fromkeys(range(span.first_word, span.last_word + 1), span.element))
    for span in spans:
        for position in range(span.first_word, span.last_word + 1):
            earned.setdefault(position, []).append((span.rubric, span.earns))
    delivery = answer.scorecard.delivery if answer.scorecard else None
    hesitations = set(delivery.hesitation_words) if delivery else set()
    pauses = {pause.after_word: pause.length for pause in delivery.pauses} if delivery else {}
    changed = _changed(answer)[1] if answer.corrected else frozenset()
    return tuple(
        WordMark(
            position=position,
            text=word.text if shown is None else shown.get(position, word.text),
            left_out=shown is not None and position not in shown,
            start=word.start,
            end=word.end,
            earned=tuple(earned.get(position, ())),
            element=element.get(position, ""),
            hesitation=position in hesitations,
            doubtful=word.confidence is not None and word.confidence < DOUBTFUL_BELOW,
            pause_after=pauses.get(position),
            changed=position in changed,
        )
        for position, word in enumerate(answer.transcript.words)
    )


def original_marks(answer: Answer) -> tuple[WordMark, ...]:
    """The words as first heard; `changed` are those that the correction took out. Nothing is marked as earned."""
    taken_out = _changed(answer)[0] if answer.corrected else frozenset()
    return tuple(
        WordMark(
            position=position,
            text=word.text,
            start=word.start,
            end=word.end,
            doubtful=word.confidence is not None and word.confidence < DOUBTFUL_BELOW,
            changed=position in taken_out,
        )
        for position, word in enumerate(answer.original_transcript.words)
    )


def _changed(answer: Answer) -> tuple[frozenset[int], frozenset[int]]:
    """The positions of words that corrections took out of what was first heard, and of those they put in."""
    out: set[int] = set()
    put_in: set[int] = set()
    first_old = first_new = 0
    for utterance in answer.utterances:
        old = [word.text for word in (utterance.original or utterance.transcript).words]
        new = [word.text for word in utterance.transcript.words]
        if utterance.original is not None:
            for what, i1, i2, j1, j2 in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
                if what != "equal":
                    out.update(range(first_old + i1, first_old + i2))
                    put_in.update(range(first_new + j1, first_new + j2))
        first_old += len(old)
        first_new += len(new)
    return frozenset(out), frozenset(put_in)

"""Where sentences end in an answer, and which words of a stretch ask.

Who writes question marks has set them all: then signs alone tell. Of what was heard the model tells.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from simulator.reading.reading import ElementSpan, Reading

SCRAP = 3
"""Fewer words than these at an end of a span may belong to the sentence beside it."""
_CLOSING = (".", "?", "!")


def ends_sentence(reading: Reading, place: int) -> bool:
    """Whether a sentence ends with this word, by its sign or by the model."""
    return place in reading.stops or reading.words[place][-1:] in _CLOSING


def parted_at(spans: Iterable[ElementSpan], ends: Iterable[int]) -> tuple[ElementSpan, ...]:
    """The spans, none of them beyond a word with which an utterance ends; scraps that fall off are dropped."""
    cuts = sorted(ends)
    found: list[ElementSpan] = []
    for span in spans:
        edges = [
            span.first_word,
            *(end + 1 for end in cuts if span.first_word <= end < span.last_word),
            span.last_word + 1,
        ]
        parts = [replace(span, first_word=first, last_word=behind - 1) for first, behind in pairwise(edges)]
        longest = max(parts, key=lambda part: part.words)
        found += [part for part in parts if part.words >= SCRAP or part is longest]
    return tuple(found)


def without_scraps(reading: Reading, span: ElementSpan) -> tuple[int, int]:
    """A span without what is left of the sentence before, or begun of the one after ("and sometimes")."""
    first, last = span.first_word, span.last_word
    for place in range(first, last):
        if ends_sentence(reading, place):
            if place - first < SCRAP:
                first = place + 1
            elif last - place < SCRAP:
                return first, place
    return first, last


def asking_part(reading: Reading, span: ElementSpan, most: int) -> tuple[int, int]:
    """The question that a span is, in its own words; where signs were written, its whole sentence if that has at
    most so many words.

    A statement before the question is no part of it, nor are words that were given up for the question.
    """
    span = _asked_by(reading, span)
    first, last = next(iter(_asking(reading, span)), _sentences_in(reading, span)[0])
    if not _signed(reading):
        ahead = range(last, min(last + SCRAP, len(reading.words)))
        return first, next((place for place in ahead if _asks(reading, place)), last)
    begin, end = first, _sentence_end(reading, last)
    while begin and not _closed(reading, begin - 1):
        begin -= 1
    later = (each.first_word for each in reading.questions if first < each.first_word < end)
    return next(((at, end) for at in (begin, first, *later) if end - at < most), (first, end))


def _asked_by(reading: Reading, span: ElementSpan) -> ElementSpan:
    """The span itself, or the question right after one that asks nothing: a statement by its signs, words too unsure
    to be shown, or words that come again in the question."""
    if _asking(reading, span):
        return span
    near = range(span.last_word + 1, span.last_word + SCRAP)
    following = next((each for each in reading.questions if each.first_word in near), None)
    if following and (_signed(reading) or not span.quotable or _comes_again(reading, span, following)):
        return _asked_by(reading, following)
    return span


def _comes_again(reading: Reading, span: ElementSpan, following: ElementSpan) -> bool:
    """Whether a question takes up the last two words before it: "just the hours, what are the hours"."""
    words = [word.lower().strip(".,;:?!") for word in reading.words]
    ending = words[span.last_word - 1 : span.last_word + 1]
    return any(words[at : at + 2] == ending for at in range(following.first_word, following.last_word))


def _asking(reading: Reading, span: ElementSpan) -> list[tuple[int, int]]:
    """The sentences in a span that ask."""
    return [each for each in _sentences_in(reading, span) if _asks(reading, _sentence_end(reading, each[1]))]


def _sentence_end(reading: Reading, place: int) -> int:
    if not _signed(reading):
        return place
    return next((n for n in range(place, len(reading.words)) if _closed(reading, n)), len(reading.words) - 1)


def _sentences_in(reading: Reading, span: ElementSpan) -> list[tuple[int, int]]:
    first, end = without_scraps(reading, span)
    found: list[tuple[int, int]] = []
    for place in range(first, end + 1):
        if place == end or _closed(reading, place):
            found.append((first, place))
            first = place + 1
    return found


def _signed(reading: Reading) -> bool:
    return any(reading.words[place][-1:] == "?" for place in reading.written)


def _closed(reading: Reading, place: int) -> bool:
    if _signed(reading) and place in reading.written:
        return reading.words[place][-1:] in _CLOSING or place in reading.ends
    return ends_sentence(reading, place)


def _asks(reading: Reading, place: int) -> bool:
    asking = place in reading.asks and not (_signed(reading) and place in reading.written)
    return asking or reading.words[place][-1:] == "?"

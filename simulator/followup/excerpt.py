"""What the candidate told, in whole sentences that can stand in a letter: an example, a reason, an offer.

The sentences, their ends and what they tell come from the reading; the words stay the candidate's own. A stretch is
taken only where nothing in it points to something outside it. Nothing is put together anew.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from simulator.followup.dangling_references import dangles
from simulator.followup.sentence_ends import SUBJECTS, composed, told_sentences
from simulator.reading import elements as e
from simulator.reading.readable import readable_words
from simulator.reading.reader import bare
from simulator.reading.reading import ElementSpan, Reading

MOST_EXAMPLE, LEAST_EXAMPLE = 95, 12
"""Words of an example: more would make the letter a report, fewer tell nothing."""
MOST_REASON, LEAST_REASON = 60, 6
LEAST_OUTCOME = 4
LONGEST_HEARD = 50
"""Words of a sentence that was heard: nobody writes a longer one in a letter."""
LIKELY_OUTCOME, LIKELY_OFFER, LIKELY_REASON = 0.8, 0.75, 0.65
"""Probability from which an element counts here, though its place may be too unsure to be shown with its name."""
MOST_GARBLED = 0.12
"""Share of words that make no sense where they stand, from which an answer is not quoted."""
_STORY = (e.OCCASION, e.OWN_ACTION, e.GROUP_ACTION, e.OUTCOME, e.CHECKABLE, e.LESSON)
_WHY = (e.REASON, e.ATTRACTION)
_PATH = {*_WHY, e.PLAN, e.STEP, e.EXPERIENCE}


class SourceKind(StrEnum):
    """Where a sentence of a letter comes from."""

    COURTESY = "courtesy"
    """Claims nothing."""
    ANSWER = "answer"
    STORY = "story"
    SAID = "said"
    """By an interviewer, or noted of them."""
    JOB = "job"
    DEBRIEF = "debrief"
    """The candidate's own notes on a real interview."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Sentences of the candidate's. `where` is the id of their answer, story or debrief, `label` says it in words.

    `asked_by` is who asked, `topic` what about, `ask` the question itself; `told` is False for what was never said
    in the interview. `spoken` words were taken down by the recogniser.
    """

    kind: SourceKind
    where: str
    label: str
    sentences: tuple[str, ...]
    asked_by: str = ""
    topic: str = ""
    ask: str = ""
    told: bool = True
    spoken: bool = False
    weight: float = 0.0

    @property
    def text(self) -> str:
        """All of it."""
        return " ".join(self.sentences)


class Lack(StrEnum):
    """Why an answer has no example for a letter; the words are for the candidate."""

    GARBLED = "some of its words look misheard. Correct the transcript, and it may come up"
    NO_ACTION = "what you did yourself, on one occasion, does not come out clearly in it"
    NO_OUTCOME = "what came of it does not come out clearly in it"
    RUNS_ON = "as they are, its sentences cannot stand in a letter. Full stops in the transcript may help"
    HANGS = "it seems to point to people or things that a reader of the letter cannot know. Name them once"


def example_in(reading: Reading, ends: Sequence[float] = (), outcome_needed: bool = True) -> tuple[str, ...] | Lack:
    """The stretch of whole sentences that tells best what was done and what came of it; or what it lacks.

    `ends`: for each word how likely a sentence ends after it; where it is not known, the reading's stops count.
    """
    if reading.garbled > MOST_GARBLED:
        return Lack.GARBLED
    if not _sure(reading, e.OWN_ACTION):
        return Lack.NO_ACTION
    if outcome_needed and not _came_of_it(reading.spans):
        return Lack.NO_OUTCOME
    told = _AnswerSentences(reading, ends)
    best: tuple[float, tuple[str, ...]] = (0.0, ())
    for first, last in told.stretches(MOST_EXAMPLE):
        weight = told.weight(first, last, outcome_needed)
        if weight > best[0] and not dangles(text := told.text(first, last), told.opens(first)):
            best = (weight, text)
    if not best[1] and any(
        told.weight(*each, outcome_needed) > 0 for each in told.stretches(MOST_EXAMPLE, writable=False)
    ):
        sound = any(told.weight(*each, outcome_needed) > 0 for each in told.stretches(MOST_EXAMPLE))
        return Lack.HANGS if sound else Lack.RUNS_ON
    return best[1] or Lack.HANGS


def reason_in(reading: Reading, ends: Sequence[float] = ()) -> tuple[str, ...]:
    """The sentence, or two, that say why this work is wanted; empty where none can stand alone."""
    if reading.garbled > MOST_GARBLED:
        return ()
    told = _AnswerSentences(reading, ends)
    best: tuple[float, tuple[str, ...]] = (0.0, ())
    for first, last in told.stretches(MOST_REASON, 3):
        inside = told.spans(first, last)
        why = [span for span in inside if span.element in _WHY and span.probability >= LIKELY_REASON]
        bare_ends = [
            place for place in (first, last) if not {each.element for each in told.spans(place, place)} & _PATH
        ]
        if not why or bare_ends or told.words(first, last) < LEAST_REASON:
            continue
        if any(span.element in (e.STOCK, e.QUESTION, e.THANKS) and span.quotable for span in inside):
            continue
        # A plan alone says what is wanted, and not why; beside a reason it belongs to it.
        plans = [span for span in inside if span.element == e.PLAN and span.probability >= LIKELY_REASON]
        weight = sum(span.probability for span in why) + 0.5 * len(plans) - 0.15 * (last - first)
        if weight > best[0] and not dangles(text := told.text(first, last)) and _says_i(text):
            best = (weight, text)
    return best[1]


def _says_i(text: Sequence[str]) -> bool:
    return any(bare(word) in _ONESELF for sentence in text for word in sentence.split())


def offer_in(reading: Reading, ends: Sequence[float] = ()) -> tuple[str, ...]:
    """The sentence in which the candidate offered to send or show something; empty where there is none."""
    told = _AnswerSentences(reading, ends)
    for place in range(len(told.paths)):
        offered = [
            span for span in told.spans(place, place) if span.element == e.OFFER and span.probability >= LIKELY_OFFER
        ]
        others = [span for span in told.spans(place, place) if span.element in (e.QUESTION, e.THANKS, e.AVAILABLE)]
        text = told.text(place, place)
        sound = told.paths[place].sound
        if sound and offered and not others and _FIRST_PERSON.match(text[0]) and not dangles(text):
            return text
    return ()


def _came_of_it(spans: Sequence[ElementSpan]) -> list[ElementSpan]:
    found = [span for span in spans if span.element == e.OUTCOME and span.probability >= LIKELY_OUTCOME]
    return [span for span in found if span.quotable or span.words >= LEAST_OUTCOME]


def _sure(reading: Reading, element: str) -> bool:
    return any(span.quotable for span in reading.of(element))


class _AnswerSentences:
    """An answer by its sentences."""

    def __init__(self, reading: Reading, chances: Sequence[float]) -> None:
        self._reading = reading
        self.paths = told_sentences(reading, chances)
        self._dropped = reading.dropped
        self._composed = composed(reading)
        names = tuple(place for place in reading.capitals if bare(reading.words[place]) not in SUBJECTS)
        self._shown = replace(reading, stops=tuple(each.last for each in self.paths), capitals=names)
        if self._composed:
            self._shown = replace(reading, stops=(), commas=(), capitals=(), asks=())
        told = [span for span in reading.spans if span.element in _STORY]
        self._sets_scene = _sure(reading, e.OCCASION)
        self._story = max(1, len(reading.covered(told)))

    def stretches(self, most: int, sentences_at_most: int = 9, writable: bool = True) -> Iterator[tuple[int, int]]:
        """Neighbouring sound sentences, first and last, of at most so many words."""
        for first in range(len(self.paths)):
            for last in range(first, min(first + sentences_at_most, len(self.paths))):
                if (writable and not self._is_writable(last)) or self.words(first, last) > most:
                    break
                yield first, last

    def _is_writable(self, place: int) -> bool:
        """Whether a sentence can stand in a letter: its ends are sure, it has a subject, one breath is enough."""
        if not self.paths[place].sound or (not self._composed and self.words(place, place) > LONGEST_HEARD):
            return False
        deeds = [span for span in self.spans(place, place) if span.element == e.OWN_ACTION]
        said = [bare(word) for word in self._reading.words[self.paths[place].first : self.paths[place].last + 1]]
        if not self._composed and said[0] in ("me", "him", "us", "them"):
            return False  # "me and another girl we did not get on" is speech, and nobody writes it
        return not deeds or bool(_ONESELF & set(said))

    def words(self, first: int, last: int) -> int:
        """How many words stand in a stretch."""
        return self.paths[last].last - self.paths[first].first + 1

    def spans(self, first: int, last: int) -> list[ElementSpan]:
        """The elements of which at least half stands in a stretch."""
        begin, end = self.paths[first].first, self.paths[last].last
        return [
            span
            for span in self._reading.spans
            if 2 * (min(span.last_word, end) - max(span.first_word, begin) + 1) >= span.words
        ]

    def _opens_idly(self, place: int, is_first: bool) -> bool:
        """Whether a word only joins a sentence to one before it; "and" does in all that was heard."""
        word = bare(self._reading.words[place])
        return word in _OPENERS if is_first else word == "and" and not self._composed

    def opens(self, first: int) -> bool:
        """Whether a stretch opens the story: "It was the week before Christmas" needs nothing before it."""
        return any(span.element == e.OCCASION for span in self.spans(first, first))

    def text(self, first: int, last: int) -> tuple[str, ...]:
        """The sentences as one writes them; the first without the "so" or "yes" it began with."""
        found = []
        for place in range(first, last + 1):
            begin, end = self.paths[place].first, self.paths[place].last
            while begin < end and (begin in self._dropped or self._opens_idly(begin, place == first)):
                begin += 1
            words = [self._without_comma(*each) for each in readable_words(self._shown, begin, end, quoted=True)]
            once = [word for n, word in enumerate(words) if n == 0 or not _said_twice(words[n - 1], word)]
            if once:
                told = " ".join(once)
                told = re.sub(r"\bi\b", "I", told[:1].upper() + told[1:])
                found.append(_MONTHS.sub(lambda each: each[0].title(), told))
        return tuple(found)

    def _without_comma(self, place: int, word: str) -> str:
        """A word without a comma that nobody typed, where it would part a clause from what it hangs on."""
        following = bare(self._reading.words[place + 1]) if place + 1 < len(self._reading.words) else ""
        heard = word.endswith(",") and not self._reading.words[place].endswith(",")
        return word[:-1] if heard and following in _NO_COMMA_BEFORE else word

    def weight(self, first: int, last: int, outcome_needed: bool) -> float:
        """How well a stretch tells an example; 0 where it does not."""
        inside = self.spans(first, last)
        own = [span for span in inside if span.element == e.OWN_ACTION and span.quotable]
        came = _came_of_it(inside)
        words = self.words(first, last)
        if not own or words < LEAST_EXAMPLE or (outcome_needed and not came):
            return 0.0
        if self._sets_scene and not any(span.element == e.OCCASION for span in inside):
            return 0.0  # "the form" and "the two" were named in the sentences left out
        if came and came[-1].last_word < own[0].first_word:
            return 0.0
        if any(span.element in (e.QUESTION, e.THANKS, e.STOCK, e.ASIDE) and span.quotable for span in inside):
            return 0.0
        story = len(self._reading.covered(span for span in inside if span.element in _STORY))
        opinion = len(self._reading.covered(span for span in inside if span.element in (e.CLAIM, e.EXPERIENCE)))
        if story < words / 2 or opinion > story / 2:
            return 0.0
        ends = {span.element for span in self.spans(last, last)} & {e.OUTCOME, e.LESSON}
        begins = {span.element for span in self.spans(first, first)} & set(_STORY)
        there = {span.element for span in inside}
        share = story / self._story
        weight = 3.0 + 2.0 * (e.OCCASION in there) + 0.5 * min(3, len(own)) + 0.5 * (e.CHECKABLE in there)
        return weight + 3.0 * share + 1.0 * bool(ends) + 1.0 * bool(begins) - 0.05 * (words - story) - 0.03 * opinion


_FIRST_PERSON = re.compile(r"(?:I|I'd|I'll|I could|Let me)\b")
_ONESELF = frozenset({"i", "i'd", "i've", "i'm", "i'll", "my", "me", "we", "we'd", "we've", "our", "us"})
_OPENERS = frozenset({
    "so", "and", "but", "then", "well", "yes", "yeah", "okay", "ok", "sure", "right", "anyway", "also", "because",
    "or", "now", "like", "oh",
})  # fmt: skip
"""Words that join a sentence to one before it."""
_NO_COMMA_BEFORE = frozenset({
    "because", "that", "when", "where", "if", "until", "who", "to", "i", "he", "she", "we", "they", "you", "each",
    "every",
})  # fmt: skip
_MAY_STAND_TWICE = frozenset({"that", "had", "very", "really"})


_MONTHS = re.compile(
    r"\b(?:(?:january|february|april|june|july|august|september|october|november|december)\b|"
    r"(?<=\bin )(?:may|march)\b|(?<=\blast )(?:may|march)\b)"
)


def _said_twice(before: str, word: str) -> bool:
    return bare(before) == bare(word) != "" and bare(word) not in _MAY_STAND_TWICE

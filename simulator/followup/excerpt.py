"""What the candidate told, in whole sentences that can stand in a letter: an example, a reason, an offer.

The sentences, their ends and what they tell come from the reading; the words stay the candidate's own. A stretch is
taken only where nothing in it points to something outside it. Nothing is put together anew.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from simulator.followup.dangling_references import dangles
from simulator.followup.heard import is_number, is_told, is_writing, without_fillers
from simulator.followup.sentence_ends import DETERMINERS, JOINTS, SUBJECTS, composed, told_sentences
from simulator.reading import elements as e
from simulator.reading.readable import readable_words
from simulator.reading.reader import bare
from simulator.reading.reading import ElementSpan, Reading

MOST_EXAMPLE, LEAST_EXAMPLE = 95, 12
"""Words of an example: more would make the letter a report, fewer tell nothing."""
MOST_REASON, LEAST_REASON = 60, 6
LONGEST_JOINED = 16
LEAST_OUTCOME = 4
LIKELY_OUTCOME, LIKELY_OFFER, LIKELY_REASON, LIKELY_WISH = 0.8, 0.75, 0.65, 0.2
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
    RUNS_ON = "it is good to hear, but not to read. Put it into two or three written sentences"
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
    weighed = [(told.weight(*each, outcome_needed), each) for each in told.stretches(MOST_EXAMPLE, story=True)]
    fitting = sorted((each for each in weighed if each[0] > 0), key=lambda each: -each[0])
    for _, (first, last) in fitting:
        if not dangles(text := told.text(first, last), told.opens(first)):
            return text
    return Lack.HANGS if fitting else Lack.RUNS_ON


def reason_in(reading: Reading, ends: Sequence[float] = ()) -> tuple[str, ...]:
    """The sentence, or two, that say why this work is wanted; empty where none can stand alone."""
    if reading.garbled > MOST_GARBLED:
        return ()
    told = _AnswerSentences(reading, ends)
    best: tuple[float, tuple[str, ...]] = (0.0, ())
    for first, last in told.stretches(MOST_REASON):
        if first and told.paths[first - 1].parted:
            continue  # the sentence began before, and what it said first may be what matters
        whole = first == 0 and last == len(told.paths) - 1
        inside = told.spans(first, last)
        why = [span for span in inside if span.element in _WHY and span.probability >= LIKELY_REASON]
        on_the_way = (whole and composed(reading)) or (told.on_the_way(first) and told.on_the_way(last))
        if not (why and on_the_way and told.wishes(first, last)) or told.words(first, last) < LEAST_REASON:
            continue
        if any(span.element in (e.STOCK, e.QUESTION, e.THANKS) and span.quotable for span in inside):
            continue
        # A plan alone says what is wanted, and not why; beside a reason it belongs to it.
        plans = [span for span in inside if span.element == e.PLAN and span.probability >= LIKELY_REASON]
        weight = sum(span.probability for span in why) + 0.5 * len(plans) - 0.15 * (last - first) + 2.0 * whole
        if weight > best[0] and not dangles(text := told.text(first, last), after=first > 0) and _says_i(text):
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
    """What came of it, or what has been done differently since."""
    found = [span for span in spans if span.element in (e.OUTCOME, e.LESSON) and span.probability >= LIKELY_OUTCOME]
    return [span for span in found if span.quotable or (span.element == e.OUTCOME and span.words >= LEAST_OUTCOME)]


def _sure(reading: Reading, element: str) -> bool:
    return any(span.quotable for span in reading.of(element))


class _AnswerSentences:
    """An answer by its sentences."""

    def __init__(self, reading: Reading, chances: Sequence[float]) -> None:
        self._reading = reading = without_fillers(reading)
        self.paths = told_sentences(reading, chances)
        self._dropped = reading.dropped
        self._composed = composed(reading)
        names = tuple(place for place in reading.capitals if self._is_name(place))
        stops = tuple(each.last for each in self.paths if not each.parted)
        commas = {*reading.commas, *(each.last for each in self.paths if each.parted)}
        self._shown = replace(reading, stops=stops, commas=tuple(sorted(commas)), capitals=names)
        if self._composed:
            self._shown = replace(reading, stops=(), commas=(), capitals=(), asks=())
        told = [span for span in reading.spans if span.element in _STORY]
        self._sets_scene = _sure(reading, e.OCCASION)
        self._story = max(1, len(reading.covered(told)))

    def _is_name(self, place: int) -> bool:
        """Whether a word with a capital is a name: "the gaffer" is none, "the Tide Museum" is."""
        beside = (n for n in (place - 1, place + 1) if n in self._reading.capitals)
        alone = all(bare(self._reading.words[n]) in SUBJECTS for n in beside)
        before = bare(self._reading.words[place - 1]) if place else ""
        return bare(self._reading.words[place]) not in SUBJECTS and not (alone and before in DETERMINERS)

    def stretches(self, most: int, story: bool = False) -> Iterator[tuple[int, int]]:
        """Neighbouring sound sentences, first and last, of at most so many words. `story`: told as past."""
        for first in range(len(self.paths)):
            for last in range(first, len(self.paths)):
                if not self._is_writable(last) or self.words(first, last) > most:
                    break
                if not story or self._is_told(last, ends=True):
                    yield first, last
                if story and not self._is_told(last, ends=False):
                    break

    def _said(self, place: int) -> list[str]:
        span = range(self.paths[place].first, self.paths[place].last + 1)
        said = [bare(self._reading.words[each]) for each in span if each not in self._dropped]
        if self._composed:
            return said
        while len(said) > 1 and said[0] in _OPENERS:
            del said[0]
        return [word for n, word in enumerate(said) if n == 0 or not _said_twice(said[n - 1], word)]

    def _splices(self, place: int) -> int:
        """How many commas a sentence has that stand before no joint."""
        told = self.paths[place]
        inside = [each for each in self._reading.commas if told.first <= each < told.last]
        return sum(bare(self._reading.words[each + 1]) not in JOINTS | SUBJECTS for each in inside)

    def _is_told(self, place: int, ends: bool) -> bool:
        return self._composed or is_told(self._said(place), ends)

    def _is_writable(self, place: int) -> bool:
        """Whether a sentence can stand in a letter: its ends are sure, it has a subject, and people write so."""
        said = self._said(place)
        if not self.paths[place].sound or not said or not (self._composed or is_writing(said, self._splices(place))):
            return False
        deeds = [span for span in self.spans(place, place, part=True) if span.element == e.OWN_ACTION]
        return not deeds or bool(_ONESELF & set(said))

    def words(self, first: int, last: int) -> int:
        """How many words stand in a stretch."""
        return self.paths[last].last - self.paths[first].first + 1

    def spans(self, first: int, last: int, part: bool = False) -> list[ElementSpan]:
        """The elements of which at least half stands in a stretch. `part`: or of which half the stretch is a part."""
        begin, end = self.paths[first].first, self.paths[last].last
        return [
            span
            for span in self._reading.spans
            if 2 * (min(span.last_word, end) - max(span.first_word, begin) + 1)
            >= (min(span.words, end - begin + 1) if part else span.words)
        ]

    def _opens_idly(self, place: int, is_first: bool) -> bool:
        """Whether a word only joins a sentence to one before it; "and" does in all that was heard."""
        word = bare(self._reading.words[place])
        return word in _OPENERS if is_first else word == "and" and not self._composed

    def opens(self, first: int) -> bool:
        """Whether a stretch opens the story: "It was the week before Christmas" needs nothing before it."""
        return any(span.element == e.OCCASION for span in self.spans(first, first, part=True))

    def text(self, first: int, last: int) -> tuple[str, ...]:
        """The sentences as one writes them; the first without the "so" or "yes" it began with."""
        found: list[str] = []
        for begin, end in self._joined(first, last):
            while begin < end and (begin in self._dropped or self._opens_idly(begin, not found)):
                begin += 1
            words = [self._without_comma(*each) for each in readable_words(self._shown, begin, end, quoted=True)]
            once = [word for n, word in enumerate(words) if n == 0 or not _said_twice(words[n - 1], word)]
            if once:
                told = " ".join(once)
                told = re.sub(r"\bi\b", "I", told[:1].upper() + told[1:])
                found.append(_CAPITAL.sub(lambda each: each[0].title(), told))
        return tuple(found)

    def _joined(self, first: int, last: int) -> list[tuple[int, int]]:
        """First and last word of each sentence to be written; two short ones that "and" joined are one again."""
        found: list[tuple[int, int]] = []
        for place in range(first, last + 1):
            begin, end = self.paths[place].first, self.paths[place].last
            joins = bare(self._reading.words[begin]) == "and" and not self._composed
            if found and joins and end - found[-1][0] < LONGEST_JOINED and self.paths[place - 1].parted:
                found[-1] = (found[-1][0], end)
            else:
                found.append((begin, end))
        return found

    def _without_comma(self, place: int, word: str) -> str:
        """A word without a comma that nobody typed, where it would part a clause from what it hangs on."""
        following = bare(self._reading.words[place + 1]) if place + 1 < len(self._reading.words) else ""
        heard = word.endswith(",") and not self._reading.words[place].endswith(",")
        return word[:-1] if heard and following in _NO_COMMA_BEFORE else word

    def on_the_way(self, place: int) -> bool:
        """Whether a sentence tells of how one came to this work, or why one wants it."""
        return bool({each.element for each in self.spans(place, place, part=True)} & _PATH) or self.wishes(
            place, place
        )

    def wishes(self, first: int, last: int) -> bool:
        """Whether a stretch tells what draws one or what one wants: where it comes from is no reason without that."""
        begin, end = self.paths[first].first, self.paths[last].last + 1
        likely = self._reading.likely[begin:end]
        if any(max(each.get(e.ATTRACTION, 0.0), each.get(e.PLAN, 0.0)) >= LIKELY_WISH for each in likely):
            return True
        said = " ".join(bare(word) for word in self._reading.words[begin:end])
        return bool(_I_WISH.search(said))

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
        ends = {span.element for span in self.spans(last, last, part=True)} & {e.OUTCOME, e.LESSON}
        begins = {span.element for span in self.spans(first, first, part=True)} & set(_STORY)
        there = {span.element for span in inside}
        share = story / self._story
        weight = 3.0 + 2.0 * (e.OCCASION in there) + 0.5 * min(3, len(own)) + 0.5 * (e.CHECKABLE in there)
        return weight + 3.0 * share + 1.0 * bool(ends) + 1.0 * bool(begins) - 0.05 * (words - story) - 0.03 * opinion


_I_WISH = re.compile(r"\b(?:i|i'd|i would|i really|i always) (?:want|wanted|like|love|enjoy|hope)\b")
_FIRST_PERSON = re.compile(r"(?:I|I'd|I'll|I could|Let me)\b")
_ONESELF = frozenset({"i", "i'd", "i've", "i'm", "i'll", "my", "me", "we", "we'd", "we've", "our", "us"})
_OPENERS = frozenset({
    "so", "and", "but", "then", "well", "yes", "yeah", "okay", "ok", "sure", "right", "anyway", "also", "because",
    "or", "now", "like", "oh",
})  # fmt: skip
"""Words that join a sentence to one before it."""
_NO_COMMA_BEFORE = frozenset({
    "because", "that", "when", "where", "if", "before", "after", "until", "who", "to", "i", "he", "she", "we", "they",
    "you", "each", "every",
})  # fmt: skip
_MAY_STAND_TWICE = frozenset({"that", "had", "very", "really"})


_CAPITAL = re.compile(
    r"\b(?:(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|april|june|july|august|september|october|november|december)\b|"
    r"(?<=\bin )(?:may|march)\b|(?<=\blast )(?:may|march)\b|(?:mr|mrs|ms|dr)\b(?= [A-Z]))"
)


def _said_twice(before: str, word: str) -> bool:
    return bare(before) == bare(word) != "" and bare(word) not in _MAY_STAND_TWICE and not is_number(bare(word))

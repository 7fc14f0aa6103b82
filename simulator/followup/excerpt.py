"""What the candidate told, in whole sentences that can stand in a letter: an example, a reason, an offer.

The sentences, their ends and what they tell come from the reading; the words stay the candidate's own. A stretch is
taken only where nothing in it points to something outside it. Nothing is put together anew.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from simulator.followup.dangling_references import dangles
from simulator.followup.heard import as_told, is_number, without_fillers
from simulator.followup.sentence_ends import DETERMINERS, SUBJECTS, composed, told_sentences
from simulator.reading import elements as e
from simulator.reading.readable import readable_words
from simulator.reading.reader import bare
from simulator.reading.reading import ElementSpan, Reading
from simulator.scoring.levels import motivation_level

MOST_EXAMPLE, MOST_REASON, LEAST_REASON = 110, 85, 3
"""Words of an example or a reason: more would make the letter a report."""
LEAST_LEVEL = 2
"""Of motivation: below it an answer has no reason of its own."""
LONGEST_JOINED = 16
LIKELY_STORY, SURE_DEED, LIKELY_OFFER, LIKELY_WISH = 0.4, 0.8, 0.75, 0.2
"""Probability from which an element counts here, though its place may be too unsure to be shown with its name."""
MOST_GARBLED = 0.12
"""Share of words that make no sense where they stand, from which an answer is not quoted."""
_STORY = (e.OCCASION, e.OWN_ACTION, e.GROUP_ACTION, e.OUTCOME, e.CHECKABLE, e.LESSON)
_WISH = (e.ATTRACTION, e.REASON, e.STEP, e.PLAN)


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
    WEAK = "it has no complete story yet, with a time, what you did, and what came of it"
    NO_ACTION = "the app found no one thing in it that you did yourself. If there was one, add a sentence"
    NO_OUTCOME = "the app did not find what came of it. If you know, add a sentence"
    TOO_LONG = "it is longer than a letter should be. Two or three sentences of it would do"
    HANGS = "a reader of the letter may not know whom or what it means. Name them once"


def example_in(reading: Reading, ends: Sequence[float] = (), outcome_needed: bool = True) -> tuple[str, ...] | Lack:
    """The story of an answer in whole sentences, up to what came of it; or what it lacks.

    `ends`: for each word how likely a sentence ends after it; where it is not known, the reading's stops count.
    """
    if reading.garbled > MOST_GARBLED:
        return Lack.GARBLED
    if not _sure(reading, e.OWN_ACTION):
        return Lack.NO_ACTION
    answer = _AnswerSentences(reading, ends)
    if outcome_needed and not answer.tells_what_came():
        return Lack.NO_OUTCOME
    lack = Lack.TOO_LONG
    for first, last in answer.stories():
        if answer.words(first, last) > MOST_EXAMPLE:
            continue
        if not dangles(text := answer.text(first, last), answer.opens(first)):
            return text
        lack = Lack.HANGS
    return lack


def reason_in(reading: Reading, ends: Sequence[float] = ()) -> tuple[str, ...]:
    """What was said about wanting this work, whole where it is short enough; empty where nothing can stand alone."""
    if reading.garbled > MOST_GARBLED:
        return ()
    answer = _AnswerSentences(reading, ends)
    for first, last in sorted(answer.stretches(), key=lambda each: -answer.words(*each)):
        if LEAST_REASON <= answer.words(first, last) <= MOST_REASON and answer.tells_a_wish(first, last):
            text = answer.text(first, last)
            if not answer.is_story(first, last) and not dangles(text, first == 0, first > 0) and _says_i(text):
                return text
    return ()


def is_reason(reading: Reading) -> bool:
    """Whether an answer says why: "my boss was difficult and I want to grow" is no reason for a job."""
    draws = reading.has(e.ATTRACTION) or reading.has(e.PLAN) or _sure(reading, e.REASON)
    return draws and motivation_level(reading) >= LEAST_LEVEL


def _says_i(text: Sequence[str]) -> bool:
    return any(bare(word) in _ONESELF for sentence in text for word in sentence.split())


def offer_in(reading: Reading, ends: Sequence[float] = ()) -> tuple[str, ...]:
    """The sentence in which the candidate offered to send or show something; empty where there is none."""
    answer = _AnswerSentences(reading, ends)
    for place in range(len(answer.places)):
        offered = [
            span
            for span in answer.spans(place, place)
            if span.element == e.OFFER and span.probability >= LIKELY_OFFER
        ]
        others = [span for span in answer.spans(place, place) if span.element in (e.QUESTION, e.THANKS, e.AVAILABLE)]
        text = answer.text(place, place)
        sound = answer.places[place].sound
        if sound and offered and not others and _FIRST_PERSON.match(text[0]) and not dangles(text):
            return text
    return ()


def _sure(reading: Reading, element: str) -> bool:
    return any(span.quotable for span in reading.of(element))


class _AnswerSentences:
    """An answer by its sentences."""

    def __init__(self, reading: Reading, chances: Sequence[float]) -> None:
        self._reading = reading = without_fillers(reading)
        self.places = told_sentences(reading, chances)
        self._dropped = reading.dropped
        self._composed = composed(reading)
        names = tuple(place for place in reading.capitals if self._is_name(place))
        stops = tuple(each.last for each in self.places if not each.parted)
        commas = {*reading.commas, *(each.last for each in self.places if each.parted)}
        self._shown = replace(reading, stops=stops, commas=tuple(sorted(commas)), capitals=names)
        if self._composed:
            self._shown = replace(reading, stops=(), commas=(), capitals=(), asks=())

    def _is_name(self, place: int) -> bool:
        """Whether a word with a capital is a name: "the gaffer" is none, "the Tide Museum" is."""
        beside = (n for n in (place - 1, place + 1) if n in self._reading.capitals)
        alone = all(bare(self._reading.words[n]) in SUBJECTS for n in beside)
        before = bare(self._reading.words[place - 1]) if place else ""
        return bare(self._reading.words[place]) not in SUBJECTS and not (alone and before in DETERMINERS)

    def stretches(self) -> Iterator[tuple[int, int]]:
        """Neighbouring sentences, first and last, without thanks and questions to the interviewer."""
        for first in range(len(self.places)):
            for last in range(first, len(self.places)):
                if {span.element for span in self.spans(last, last) if span.quotable} & {e.THANKS, e.QUESTION}:
                    break
                yield first, last

    def stories(self) -> Iterator[tuple[int, int]]:
        """The stretches that tell the whole story, the longest first: at least from a deed to what came of it."""
        tells = [place for place in range(len(self.places)) if self._likeliest(place, *_STORY) >= LIKELY_STORY]
        own = [place for place in tells if self._likeliest(place, e.OWN_ACTION) >= SURE_DEED]
        if not own:
            return
        last = max(tells[-1], self._ending())
        scene = [place for place in tells if self._likeliest(place, e.OCCASION) >= SURE_DEED]
        latest = min(own[0], scene[0]) if scene else own[0]
        surely = (place for place in tells if self._likeliest(place, *_STORY) >= SURE_DEED)
        stretches = set(self.stretches())
        for first in range(next(surely, latest), latest + 1):  # what is only vaguely told opens no letter
            if (first, last) in stretches and self._is_told(first, last):
                yield first, last

    def is_story(self, first: int, last: int) -> bool:
        """Whether a stretch mainly tells what happened, not what draws somebody."""
        inside = self.spans(first, last)
        story = self._reading.covered(span for span in inside if span.element in _STORY)
        wish = self._reading.covered(span for span in inside if span.element in _WISH)
        return len(story) > len(wish)

    def _is_told(self, first: int, last: int) -> bool:
        """Whether a stretch tells more than it claims."""
        inside = self.spans(first, last)
        story = len(self._reading.covered(span for span in inside if span.element in _STORY))
        return story > 2 * len(self._reading.covered(span for span in inside if span.element == e.CLAIM))

    def tells_what_came(self) -> bool:
        """Whether something follows the first deed: an outcome, or a sentence after the last deed."""
        return bool(self._ending() >= 0)

    def _ending(self) -> int:
        """The sentence in which what came of it is told last; -1 for none."""
        deeds = [place for place in range(len(self.places)) if self._likeliest(place, e.OWN_ACTION) >= SURE_DEED]
        if not deeds:
            return -1
        came = [
            place
            for place in range(deeds[0], len(self.places))
            if self._likeliest(place, e.OUTCOME, e.LESSON) >= LIKELY_STORY
        ]
        after = [deeds[-1] + 1] if deeds[-1] + 1 < len(self.places) and not came else []
        return max(came + after, default=-1)

    def _likeliest(self, place: int, *elements: str) -> float:
        """The highest chance of any of some elements on a word of a sentence."""
        likely = self._reading.likely[self.places[place].first : self.places[place].last + 1]
        return max((each.get(element, 0.0) for each in likely for element in elements), default=0.0)

    def words(self, first: int, last: int) -> int:
        """How many words stand in a stretch."""
        span = range(self.places[first].first, self.places[last].last + 1)
        return sum(place not in self._dropped for place in span)

    def spans(self, first: int, last: int, part: bool = False) -> list[ElementSpan]:
        """The elements of which at least half stands in a stretch. `part`: or of which half the stretch is a part."""
        begin, end = self.places[first].first, self.places[last].last
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
                sentence = " ".join(once)
                sentence = re.sub(r"\bi\b", "I", sentence[:1].upper() + sentence[1:])
                found.append(as_told(_CAPITAL.sub(lambda each: each[0].title(), sentence)))
        return tuple(found)

    def _joined(self, first: int, last: int) -> list[tuple[int, int]]:
        """First and last word of each sentence to be written; two short ones that "and" joined are one again."""
        found: list[tuple[int, int]] = []
        for place in range(first, last + 1):
            begin, end = self.places[place].first, self.places[place].last
            joins = bare(self._reading.words[begin]) == "and" and not self._composed
            if found and joins and end - found[-1][0] < LONGEST_JOINED and self.places[place - 1].parted:
                found[-1] = (found[-1][0], end)
            else:
                found.append((begin, end))
        return found

    def _without_comma(self, place: int, word: str) -> str:
        """A word without a comma that nobody typed, where it would part a clause from what it hangs on."""
        following = bare(self._reading.words[place + 1]) if place + 1 < len(self._reading.words) else ""
        heard = word.endswith(",") and not self._reading.words[place].endswith(",")
        return word[:-1] if heard and following in _NO_COMMA_BEFORE else word

    def tells_a_wish(self, first: int, last: int) -> bool:
        """Whether a stretch tells what draws one or what one wants: where it comes from is no reason without that."""
        begin, end = self.places[first].first, self.places[last].last + 1
        likely = self._reading.likely[begin:end]
        if any(max(each.get(e.ATTRACTION, 0.0), each.get(e.PLAN, 0.0)) >= LIKELY_WISH for each in likely):
            return True
        words = " ".join(bare(word) for word in self._reading.words[begin:end])
        return bool(_I_WISH.search(words))


_I_WISH = re.compile(
    r"\b(?:i|i'd|i would|i don't|i just|i really|i always) (?:want|wanted|like|liked|love|loved|enjoy|hope)\b"
)
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
    r"\b(?:(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|april|june|july|august|september|october|november|december|easter|christmas)\b|"
    r"(?<=\bin )(?:may|march)\b|(?<=\blast )(?:may|march)\b|(?:mr|mrs|ms|dr)\b(?= [A-Z]))"
)


def _said_twice(before: str, word: str) -> bool:
    return bare(before) == bare(word) != "" and bare(word) not in _MAY_STAND_TWICE and not is_number(bare(word))

"""Where the sentences of what was said end, for words that are to stand in a letter.

The model tells how likely a sentence ends after each word. Two things it confuses are put right by grammar: a clause
that belongs to the noun before it ("the phone he had handed back") and a phrase that belongs to what follows ("by the
Monday I was quicker"). A sentence of which neither is sure is told as unsound; nobody should find it in a letter.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from simulator.followup.greeting import TITLES
from simulator.reading.readable import sentences
from simulator.reading.reader import bare
from simulator.reading.reading import Reading

ENDS = 0.4
"""Chance from which a sentence ends."""
MAY_END = 0.15
"""Chance from which it may: before "I" it does where a whole clause went before; before other words it is unsure."""
LIKELY_ENDS = 0.55
LONG_SENTENCE, LEAST_CLAUSE = 17, 6
"""Words from which a sentence that was heard is parted at its "and", and words of a part at least."""
FRONTED = 8
"""Words at most of a phrase before its clause ("at the bistro")."""

JOINTS = frozenset({
    "and", "but", "so", "or", "because", "cause", "as", "than", "that", "which", "who", "whose", "whom", "when",
    "where", "while", "if", "until", "till", "unless", "although", "though", "what", "how", "why", "whether",
})  # fmt: skip
_NEVER_BEGIN = frozenset({"that", "which", "who", "whose", "whom", "than", "or"})
SUBJECTS = frozenset({
    "i", "i'd", "i've", "i'm", "i'll", "you", "we", "we'd", "we've", "we're", "he", "he'd", "he's", "she", "she'd",
    "she's", "it", "it's", "they", "they'd", "they've", "they're", "nobody", "everybody", "there",
})  # fmt: skip
PREPOSITIONS = frozenset({
    "on", "by", "in", "at", "from", "after", "before", "within", "during", "for", "with", "without", "since",
    "through", "under", "over", "behind", "beside", "between", "until",
})  # fmt: skip
_STRANDED = frozenset({"at", "for", "with", "from", "about", "to", "of"})
"""Words at which a clause waits for its noun: "three cafes I used to work at"."""
_TIME = frozenset({"last", "next", "first", "same", "other", "following", "whole", "second"})
DETERMINERS = frozenset({
    "the", "a", "an", "my", "our", "his", "their", "this", "these", "those", "every", "each", "all", "some", "any",
    "no", "everything", "something", "anything", "nothing", "way", "best", "only",
})  # fmt: skip
_OBJECTS = DETERMINERS | frozenset({
    "me", "you", "him", "her", "it", "us", "them", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "one", "that", "everybody", "everyone", "nobody", "somebody", "someone", "myself",
})  # fmt: skip
TIME_WORDS = frozenset({"after", "within", "by", "now", "then", "nobody", "everybody", "people"})
_AUXILIARIES = frozenset({
    "had", "has", "have", "would", "will", "could", "can", "did", "didn't", "do", "does", "don't", "doesn't", "might",
    "should", "must", "couldn't", "hadn't", "never", "not", "always", "just", "really", "only",
})  # fmt: skip
TO_BE = frozenset({"is", "was", "are", "were", "be", "been", "am", "isn't", "wasn't"})
TAKE_A_CLAUSE = frozenset({
    "say", "says", "said", "think", "thinks", "thought", "know", "knows", "knew", "feel", "felt", "hope", "hoped",
    "wish", "wished", "realise", "realised", "realize", "realized", "notice", "noticed", "saw", "mean", "means",
    "meant", "guess", "believe", "believed", "heard", "found", "find", "out", "sure", "decided", "explained",
    "agreed", "glad", "afraid", "sorry", "promised", "suppose", "supposed",
})  # fmt: skip
"""Verbs after which a clause follows without "that" ("it turned out he was fasting")."""
SAYS_ALOUD = frozenset({"said", "says", "asked", "thought"})
TAKE_TIME_CLAUSE = frozenset({"way", "time", "times", "day", "moment", "reason"})
_BEFORE_TIME = frozenset({"the", "a", "every", "each", "any", "first", "last", "next", "only"})
_OPEN_A_CLAUSE = frozenset({"when", "while", "if", "because", "as", "until", "once", "after", "before", "although"})
_TIMES = frozenset({"day", "night", "morning", "evening", "afternoon", "week", "month", "year", "summer", "winter"})
_TELLING = frozenset({"told", "tell", "asked", "asks", "showed", "shows", "promised", "reminded"})


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """One sentence by its first and last word. `sound`: surely one, neither run on nor broken off.

    `parted`: in speech it went on, with "and", "but" or "so".
    """

    first: int
    last: int
    sound: bool = True
    parted: bool = False


def composed(reading: Reading) -> bool:
    """Whether the words were typed with full stops of their own; what the reading adds to them is left out."""
    ended = (word for word in reading.words if word[-1:] in (".", "!", "?", "”", '"'))
    return any(word.rstrip(".") not in TITLES for word in ended)


def told_sentences(reading: Reading, chances: Sequence[float] = ()) -> tuple[SentenceWords, ...]:
    """The sentences of an answer. `chances`: word by word, how likely a sentence ends after it."""
    if composed(reading):
        return tuple(_typed_sentences(reading))
    kept = [place for place in range(len(reading.words)) if place not in reading.dropped]
    if not kept:
        return ()
    if not chances:
        chances = [ENDS if place in reading.stops else 0.0 for place in range(len(reading.words))]
    behind = [*kept[1:], len(reading.words)]
    likely = [max(chances[place:following]) for place, following in zip(kept, behind, strict=True)]
    commas = [place in reading.commas for place in kept]
    ends = _Ends([bare(reading.words[place]) for place in kept], likely, commas)
    return tuple(SentenceWords(kept[first], kept[last], *how) for first, last, *how in ends.sentences())


def _typed_sentences(reading: Reading) -> Iterator[SentenceWords]:
    """Sentences by their own full stops; the one of a title ends nothing ("Mr. Lal")."""
    begin = None
    for first, last in sentences(replace(reading, stops=(len(reading.words) - 1,))):
        begin = first if begin is None else begin
        if reading.words[last].rstrip(".") not in TITLES or last == len(reading.words) - 1:
            yield SentenceWords(begin, last)
            begin = None


class _Ends:
    """Goes through the words once and decides after each whether a sentence ends."""

    def __init__(self, words: Sequence[str], likely: Sequence[float], commas: Sequence[bool]) -> None:
        self._words, self._likely, self._commas = words, likely, commas
        self._begin = 0

    def sentences(self) -> list[tuple[int, int, bool, bool]]:
        """First and last word of each, whether it is sound, and whether it went on."""
        unsure: list[int] = []
        found: list[tuple[int, int]] = []
        last = len(self._words) - 1
        for place in range(len(self._words)):
            ends, sure = (True, True) if place == last else self._ends_after(place)
            if not sure:
                unsure.append(place)
            if ends:
                words = self._words[self._begin : place + 1]
                scrap = len(words) < 5 and not SUBJECTS & set(words) and words[0] not in DETERMINERS | JOINTS
                if found and (len(words) == 1 or scrap):
                    # "first", "thanks to her nurse": it belongs to the sentence before it.
                    found[-1] = (found[-1][0], place)
                else:
                    found.append((self._begin, place))
                self._begin = place + 1
        return [
            (first, last, not any(first <= place <= last for place in unsure), last < whole[1])
            for whole in found
            for first, last in self._parted(*whole)
        ]

    def _parted(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """A sentence by its main clauses: "I rang her, and I told her, and she came" makes two, or three."""
        if last - first < LONG_SENTENCE:
            yield first, last
            return
        self._begin = begin = first
        for place in range(first + LEAST_CLAUSE, last - 2):
            if place - begin >= LEAST_CLAUSE and self._joins(place, last):
                yield begin, place
                self._begin = begin = place + 1
        yield begin, last

    def _joins(self, place: int, last: int) -> bool:
        """Whether a main clause ends before "and", "but" or "so", and another follows."""
        joint, following = self._words[place + 1], self._words[place + 2]
        if joint not in ("and", "but", "so") or self._waits(place):
            return False
        whole = following in SUBJECTS or (self._commas[place] and following in DETERMINERS | TIME_WORDS)
        return whole and last - place > LEAST_CLAUSE // 2

    def _ends_after(self, place: int) -> tuple[bool, bool]:
        """Whether a sentence ends after a word, and whether that is sure."""
        likely, following = self._likely[place], self._words[place + 1]
        if following in _NEVER_BEGIN or self._takes_clause(place) or self._opens_speech(place):
            return False, True
        if self._is_fronted(self._segment(place), place):
            return False, True
        if following in JOINTS:
            return likely >= ENDS, True
        if following in SUBJECTS:
            return self._before_subject(place)
        if self._fronts_next(place):
            return True, True
        if likely >= ENDS:
            return True, True
        return False, likely < MAY_END or self._ends_soon(place + 1) or following in PREPOSITIONS

    def _opens_speech(self, place: int) -> bool:
        """Whether "no" or "yes" is the first word of what somebody said, and not all of it."""
        before = self._words[place - 1] if place else ""
        return self._words[place] in ("no", "yes", "right", "look", "well") and before in SAYS_ALOUD

    def _ends_soon(self, place: int) -> bool:
        """Whether a sentence ends before a new subject comes, so that none begins here: "every two millimetres"."""
        for at in range(place, min(place + FRONTED, len(self._words))):
            if self._words[at] in SUBJECTS:
                return False
            if at == len(self._words) - 1 or self._likely[at] >= ENDS:
                return True
        return False

    def _before_subject(self, place: int) -> tuple[bool, bool]:
        likely = self._likely[place]
        if self._describes_anew(place):
            return True, True
        lacks = self._lacks_object(place)
        if lacks is _Lacking.SURELY or (lacks is _Lacking.MAYBE and likely < LIKELY_ENDS):
            return False, True
        if self._waits(place) or self._is_of_noun(place):
            return False, True
        if likely >= ENDS:
            return True, True
        if self._words[place] in TO_BE and self._words[place + 1] != "there":
            return False, True
        return likely >= MAY_END and self._says_something(place), True

    def _describes_anew(self, place: int) -> bool:
        """Whether somebody who was just named is now described: "there was this little girl | she was seven"."""
        first = self._segment(place)
        named = {"there", "there's"} & set(self._words[first : first + 2])
        following = self._words[place + 1 : place + 3]
        is_they = following[0] in ("he's", "she's", "they're") or following[1:] in (["was"], ["were"])
        return bool(named) and following[0] not in ("i", "we", "it", "there") and is_they

    def _says_something(self, place: int) -> bool:
        """Whether what was said up to a word can be a sentence, if a short one: "I didn't"."""
        words = self._words[self._segment(place) : place + 1]
        return len(words) > 1 and (place - self._begin > 3 or bool(SUBJECTS & set(words)))

    def _is_of_noun(self, place: int) -> bool:
        """Whether a clause belongs to the noun before it by its kind: "the way I did it", "what time it was"."""
        before = self._words[place - 1] if place else ""
        return before in ("which", "what") or (self._words[place] in TAKE_TIME_CLAUSE and before in _BEFORE_TIME)

    def _waits(self, place: int) -> bool:
        """Whether all that was said in a sentence is "when I came back", so that its clause must come."""
        words = list(self._words[self._begin : place + 1])
        while words and words[0] in ("and", "but", "so"):
            del words[0]
        opener = max((n for n, word in enumerate(words) if word in _OPEN_A_CLAUSE), default=-1)
        begins = opener == 0 or (
            opener > 0 and words[opener - 1] in TAKE_A_CLAUSE | {"and", "but", "so", "that", "because"}
        )
        return begins and not (JOINTS & set(words[opener + 1 :]) or SUBJECTS & set(words[opener + 3 :]))

    def _segment(self, place: int) -> int:
        """Where the clause of a word begins: after the last joint, or where the sentence begins."""
        for before in range(place, self._begin - 1, -1):
            beside = {*self._words[before + 1 : before + 2]} & _TIMES or {*self._words[:before][-1:]} & PREPOSITIONS
            that_day = self._words[before] == "that" and beside
            if self._words[before] in JOINTS and not that_day:
                return before + 1
        return self._begin

    def _is_fronted(self, first: int, last: int) -> bool:
        """Whether words are a phrase that waits for its clause: "by the Monday", "and the last three"."""
        words = self._words[first + (self._words[first] == "then") : last + 1]
        if not 1 < len(words) <= FRONTED or SUBJECTS & set(words):
            return False
        opens = words[0] in PREPOSITIONS or words[0] in ("last", "next", "this", "one", "every")
        return opens or (words[0] in ("the", "that") and (words[1] in _TIME or len(words) == 2))

    def _fronts_next(self, place: int) -> bool:
        """Whether the next words are a phrase before a new clause: "... goes in it. After two months we ..."."""
        if self._likely[place] < MAY_END or self._words[place + 1] not in PREPOSITIONS:
            return False
        for end in range(place + 2, min(place + 1 + FRONTED, len(self._words) - 1)):
            if self._words[end + 1] in SUBJECTS and self._likely[end] >= MAY_END:
                return self._is_fronted(place + 1, end)
        return False

    def _takes_clause(self, place: int) -> bool:
        if self._words[place + 1] not in SUBJECTS:
            return False
        speaks_to = (
            place > 0 and self._words[place - 1] in _TELLING and self._words[place] in ("me", "him", "her", "them")
        )
        return speaks_to or self._words[place] in TAKE_A_CLAUSE

    def _lacks_object(self, place: int) -> "_Lacking":
        """Whether the clause after a word lacks the object that the noun before it is: "the notes I had to write"."""
        words = self._words
        stranded = range(place + 3, min(place + 1 + FRONTED, len(words) - 1))
        clause = [at for at in stranded if not JOINTS & set(words[place + 1 : at])]
        if any(words[at] in _STRANDED and words[at + 1] in JOINTS for at in clause):
            return _Lacking.SURELY
        noun = words[max(self._begin, place - 3) : place + 1]
        near = next((word for word in reversed(noun) if word in PREPOSITIONS or word in DETERMINERS), "")
        if near not in DETERMINERS or words[place + 1] in ("it", "it's", "there"):
            return _Lacking.NOT
        at = place + 2
        while at < len(words) and (words[at] in _AUXILIARIES or words[at - 1 : at + 1] == ["had", "to"]):
            at += 1
            if at < len(words) and words[at] in _OBJECTS:
                return _Lacking.NOT
        behind = words[at + 1] if at + 1 < len(words) else ""
        if at >= len(words) or words[at] in TO_BE or behind in _OBJECTS | {"where", "what", "how", "why", "that"}:
            return _Lacking.NOT
        return _Lacking.SURELY if at > place + 2 else _Lacking.MAYBE


class _Lacking(Enum):
    NOT = 0
    MAYBE = 1
    SURELY = 2

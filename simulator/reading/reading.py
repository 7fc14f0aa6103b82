"""A reading: every element of one answer, its sentences and its disfluencies, as frozen data.

It is kept with the answer, so that a review needs no model. Positions count the transcript's words, from 0,
both ends inclusive.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from simulator.reading.elements import GRADES, QUESTION
from simulator.reading.numbers_told import numbers_in

_SIGNS = tuple('.,;:!?…"”)')


@dataclass(frozen=True, slots=True)
class ElementSpan:
    """A stretch of words that is an element, 0 < `probability` <= 1. A question has its `grade`.

    `sure`: sure enough to say that the answer has the element; a less sure span counts for the level only.
    `quotable`: sure enough to show these very words with its label.
    """

    element: str
    first_word: int
    last_word: int
    probability: float
    grade: str = ""
    quotable: bool = True
    sure: bool = False

    @property
    def words(self) -> int:
        """How many words it has."""
        return self.last_word - self.first_word + 1

    @property
    def level(self) -> int:
        """The level a question's grade stands for, 1 to 4; 0 for other elements."""
        return GRADES.index(self.grade) + 1 if self.grade else 0

    def overlaps(self, other: "ElementSpan") -> bool:
        """Whether the two share a word."""
        return self.first_word <= other.last_word and other.first_word <= self.last_word


@dataclass(frozen=True, slots=True)
class Disfluency:
    """Words that a clean transcript leaves out: "filler", "repetition" or "false start"."""

    kind: str
    first_word: int
    last_word: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What one answer says.

    `stops` are words that end a sentence, `asks` those of them that end a question, `commas` words before a comma,
    `capitals` words with a capital. `likely` holds, word by word, the probabilities of elements worth telling.
    `garbled` is the share of words that make no sense where they stand. `version` names model and bounds.
    """

    words: tuple[str, ...] = ()
    spans: tuple[ElementSpan, ...] = ()
    disfluencies: tuple[Disfluency, ...] = ()
    stops: tuple[int, ...] = ()
    asks: tuple[int, ...] = ()
    commas: tuple[int, ...] = ()
    capitals: tuple[int, ...] = ()
    garbled: float = 0.0
    likely: tuple[Mapping[str, float], ...] = field(default=(), repr=False)
    version: str = ""
    faint: tuple[str, ...] = ()
    """Elements that may be there, but not surely enough to say so."""
    not_ruled_out: tuple[str, ...] = ()
    """Elements that left too little to be taken for told, and too much to say that they are not there."""
    ends: tuple[int, ...] = ()
    """The words with which an utterance ends that another follows: a sentence ends there, too."""
    typed: tuple[int, ...] | None = None
    """The words that were typed, not heard; None where nobody told."""

    def __post_init__(self) -> None:
        """Raise ValueError for places where no word is: a kept reading may be damaged, or come from elsewhere."""
        places = [*self.stops, *self.asks, *self.commas, *self.capitals, *(self.typed or ()), *self.ends]
        places += [place for each in self.spans for place in (each.first_word, each.last_word)]
        places += [place for each in self.disfluencies for place in (each.first_word, each.last_word)]
        if places and not 0 <= min(places) <= max(places) < len(self.words):
            raise ValueError("a place where no word is")

    def of(self, *wanted: str) -> tuple[ElementSpan, ...]:
        """The spans of these elements, in the order told."""
        return tuple(span for span in self.spans if span.element in wanted)

    def has(self, element: str) -> bool:
        """Whether the element is in the answer."""
        return any(span.element == element for span in self.spans)

    def tells(self, element: str) -> bool:
        """Whether the element is surely there, so that it may be said; others count for the level only."""
        return any(span.sure or span.quotable for span in self.of(element))

    def shows(self, element: str) -> bool:
        """Whether some words surely are the element, so that they may be shown with its name."""
        return any(span.quotable for span in self.of(element))

    @property
    def has_figure(self) -> bool:
        """Whether a number was said: then nobody is told that there is no figure in it."""
        return bool(numbers_in(" ".join(self.words)))

    @property
    def questions(self) -> tuple[ElementSpan, ...]:
        """What the candidate asked, in order."""
        return self.of(QUESTION)

    @property
    def written(self) -> frozenset[int]:
        """The words that are shown exactly as they stand: typed ones, where their writer set a single sign.

        A speech model sets none, so where nobody told what was typed the signs alone tell.
        """
        typed = range(len(self.words)) if self.typed is None else self.typed
        signed = any(self.words[place][-1:] in _SIGNS for place in typed)
        return frozenset(typed) if signed else frozenset()

    @property
    def dropped(self) -> frozenset[int]:
        """The words that a clean transcript leaves out."""
        return frozenset(place for each in self.disfluencies for place in range(each.first_word, each.last_word + 1))

    def keeping(self, before: "Reading") -> "Reading":
        """This reading with what was found in the same words before others were added to them: nothing is unsaid.

        Of two spans of an element over the same words the surer one stays.
        """
        places: dict[int, int] = {}
        for block in SequenceMatcher(a=before.words, b=self.words, autojunk=False).get_matching_blocks():
            places.update((block.a + n, block.b + n) for n in range(block.size))
        moved = [
            replace(span, first_word=places[span.first_word], last_word=places[span.last_word])
            for span in before.spans
            if span.first_word in places and places.get(span.last_word) == places[span.first_word] + span.words - 1
        ]
        again = [
            each for each in moved if all(_surer(each, now) for now in self.of(each.element) if each.overlaps(now))
        ]
        stays = [
            now for now in self.spans if not any(now.element == each.element and now.overlaps(each) for each in again)
        ]
        found = {span.element for span in again}
        return replace(
            self,
            spans=tuple(sorted((*stays, *again), key=lambda span: (span.first_word, span.last_word, span.element))),
            faint=tuple(element for element in self.faint if element not in found),
            not_ruled_out=tuple(element for element in self.not_ruled_out if element not in found),
        )

    def covered(self, spans: Iterable[ElementSpan]) -> frozenset[int]:
        """The words that stand in any of these spans, disfluencies apart."""
        inside = {place for span in spans for place in range(span.first_word, span.last_word + 1)}
        return frozenset(inside - self.dropped)


def _surer(one: ElementSpan, other: ElementSpan) -> bool:
    """Whether more may be said of the one than of the other."""
    ranks = [(each.sure or each.quotable, each.quotable, each.sure) for each in (one, other)]
    return ranks[0] > ranks[1]

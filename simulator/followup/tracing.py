"""Whether a sentence of a letter claims something, and whether what it claims was said or stored anywhere.

What a sentence is (a deed, experience, a claim, thanks) the reading tells; whether a source tells the same, sentence
vectors. A remark asks to look, it proves nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from simulator.assessment import alike, read_answer
from simulator.errors import MissingPart
from simulator.followup.interview_record import InterviewRecord
from simulator.followup.numbers_meant import numbers_meant, numbers_written
from simulator.followup.shapes import is_courtesy, listed, stock_lines
from simulator.followup.told_stories import SourceKind
from simulator.reading import elements as e
from simulator.speech.transcript import typed

TELLS_IT = 0.5
"""Likeness from which a source tells what a sentence says."""
IS_COURTESY = 0.55
"""Likeness to a sentence of the shapes from which a sentence is courtesy."""
SAME_MATTER = 0.72
"""Likeness from which two sentences are about one thing, so that only a "not" parts them."""
SAME_WORDS = 0.7
"""The part of the longer of two such sentences that has the same words, at least."""
ONLY_A_NOT = 3
"""So many words the "not" of one may take ("could not get", "got"); more say something else besides."""
_DEEDS = (e.OWN_ACTION, e.GROUP_ACTION, e.OUTCOME, e.EXPERIENCE, e.CLAIM, e.STEP, e.ATTRACTION, e.REASON)
_SURE = 0.7
_REPORTED = re.compile(
    r"\b(?:you|he|she|they|[A-Z]\w+) (?:also |both )?(?:said|told|mentioned|explained|promised|stressed)\b"
)
_NOT = re.compile(
    r"\b(?:not|never|no|nobody|nothing|without|cannot)\b|n['’]t\b"
    r"|\b(?:could|would|should|did|does|do|was|were|is|are|has|have|had|ca|wo)nt\b",
    re.IGNORECASE,
)
_ASKED = "What would you like us to remember of you?"


@dataclass(frozen=True, slots=True)
class Claim:
    """Something in a sentence that no source tells: the words, and what it is ("number", "name", "deed", "said")."""

    kind: str
    words: str


class Tracer:
    """All that was said and stored around one interview, ready to be searched."""

    def __init__(self, record: InterviewRecord) -> None:
        self._sources = record.sources
        texts = [known.text for known in record.sources]
        people = [part for person in record.interviewers for part in (person.name, person.role)]
        own = [record.candidate, record.role, record.company]
        everything = " ".join((*texts, *people, *own, *stock_lines()))
        self._words = {word.lower().removesuffix("'s") for word in _words(everything)}
        # After a practice, a number in a line is held against what was told; after a real interview only notes are.
        lines = () if record.practice else record.lines.all
        before = [known.text for known in record.sources if known.kind is not SourceKind.LINE]
        self._numbers = frozenset(number for text in (*before, *own, *lines) for number in numbers_meant(text))
        self._plain = plain_words(" . ".join((*texts, *own)))
        self._told = plain_words(" . ".join((*before, *own)))

    @cached_property
    def _said_by_them(self) -> tuple[str, ...]:
        return tuple(_parts(known.text for known in self._sources if known.kind in (SourceKind.SAID, SourceKind.JOB)))

    @cached_property
    def _all(self) -> tuple[str, ...]:
        return tuple(_parts(known.text for known in self._sources))

    def unknown(self, sentence: str) -> tuple[Claim, ...]:
        """What a sentence claims that nothing tells."""
        found = [Claim("number", words) for words, value in numbers_written(sentence) if value not in self._numbers]
        found.extend(Claim("name", name) for name in self._strange_names(sentence))
        if is_courtesy(sentence) or plain_words(sentence) in self._plain:
            return tuple(found)
        if _REPORTED.search(sentence):
            if (
                self._likeness(sentence, self._said_by_them) < TELLS_IT
                and self._likeness(sentence, self._all) < TELLS_IT + 0.1
            ):
                found.append(Claim("said", sentence))
        elif self._is_claim(sentence) and self._likeness(sentence, self._all) < TELLS_IT:
            found.append(Claim("deed", sentence))
        return tuple(found)

    def contrary(self, sentence: str) -> str:
        """What the candidate said that differs from a sentence by a "not" alone; "" where there is none."""
        if is_courtesy(sentence) or plain_words(sentence) in self._told:
            return ""
        own = tuple(
            _parts(known.text for known in self._sources if known.kind in (SourceKind.ANSWER, SourceKind.DEBRIEF))
        )
        try:
            near = max(zip(alike(sentence, own), own, strict=True), default=(0.0, ""))
        except MissingPart:
            return ""
        return near[1] if near[0] >= SAME_MATTER and _differs_by_a_not(sentence, near[1]) else ""

    def _likeness(self, sentence: str, others: tuple[str, ...]) -> float:
        try:
            return max(alike(sentence, others), default=0.0)
        except MissingPart:
            return 1.0  # nothing can be told, so nothing is held against it

    def _is_claim(self, sentence: str) -> bool:
        try:
            reading = read_answer(typed(sentence), _ASKED)
        except MissingPart:
            return False
        deeds = [span for span in reading.of(*_DEEDS) if span.probability >= _SURE]
        courteous = reading.of(e.THANKS, e.OFFER, e.AVAILABLE)
        return bool(deeds) and not courteous and self._likeness(sentence, tuple(stock_lines())) < IS_COURTESY

    def _strange_names(self, sentence: str) -> Iterable[str]:
        """Words with a capital inside a sentence that stand nowhere."""
        for found in re.finditer(r"[^\W\d_][\w'’-]*", sentence):
            word = found[0].replace("’", "'").removesuffix("'s")
            before = sentence[: found.start()].rstrip(" “\"'(")
            opens = not before or before[-1] in ".!?:"
            if opens or not word[0].isupper() or word in ("I", "I'm", "I'd", "I've", "I'll"):
                continue
            if word.lower() not in self._words and word.lower() not in _CALENDAR:
                yield word


_CALENDAR = listed("calendar")


def _differs_by_a_not(sentence: str, source: str) -> bool:
    """Whether two sentences have the same words but for a "not" among them; one before or behind them is of something
    else, and of other words nothing can be told."""
    words, theirs = plain_words(sentence).split(), plain_words(source).split()
    matcher = SequenceMatcher(None, words, theirs, autojunk=False)
    same = sum(each.size for each in matcher.get_matching_blocks())
    if same < SAME_WORDS * max(len(words), len(theirs)):
        return False
    between = [each for each in matcher.get_opcodes() if each[0] != "equal"]
    nots = 0
    for _, first, last, begin, end in between:
        inside = first > 0 and last < len(words) and begin > 0 and end < len(theirs)
        mine, other = (bool(_NOT.search(" ".join(each))) for each in (words[first:last], theirs[begin:end]))
        nots += mine != other and inside and max(last - first, end - begin) <= ONLY_A_NOT
    return nots % 2 == 1


def capital_words(text: str) -> frozenset[str]:
    """The words of a text in small letters that are written with a capital: "english", "java", "ruth"."""
    try:
        reading = read_answer(typed(text), _ASKED)
    except MissingPart:
        return frozenset()
    return frozenset(reading.words[place].lower() for place in reading.capitals)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_][\w'-]*", text.replace("’", "'"))


def plain_words(text: str) -> str:
    """The bare words of a text, in small letters."""
    return " ".join(word.strip("'-") for word in re.findall(r"[\w'-]+", re.sub("[‘’]", "'", text.lower())))


def _parts(texts: Iterable[str]) -> Iterable[str]:
    """The sentences of texts; what has none is one."""
    return dict.fromkeys(part for text in texts for part in re.split(r"(?<=[.!?])\s+", text.strip()) if part)

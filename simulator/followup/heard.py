"""What was heard, as one would write it: what a letter leaves out, and how speech inside it is marked.

Closed classes of words (pronouns, joints) and the fillers that delivery counts; no lists of topics.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from simulator.followup.numbers_told import numbers_of
from simulator.followup.sentence_ends import DETERMINERS, JOINTS, PREPOSITIONS, SUBJECTS, composed
from simulator.reading.reader import bare
from simulator.reading.reading import Disfluency, Reading
from simulator.scoring.delivery import FILLER_PHRASES

_KINDS = ("sort of", "kind of")
_HEDGES = (
    "i think", "i guess", "i suppose", "i mean", "or anything", "or something", "or whatever", "and stuff",
    "and everything",
)  # fmt: skip
_BYE = re.compile(
    r"(?: (?:so|and|but))?(?: (?:yeah|yes))?"
    r" (?:that's|that is|that was) (?:why|it|that|all)(?: really)?(?: yeah)?$|(?: so)? yeah$| so$"
)
"""How an answer trails off when all is said: "so yeah that's why", "so that was that really"."""


def without_fillers(reading: Reading) -> Reading:
    """The reading with all that a letter leaves out marked as left out; a number never is, nor "like I did"."""
    words = [bare(word) for word in reading.words]
    left_out = {place for place in reading.dropped if not (is_number(words[place]) or _compares(words, place))}
    for phrase in (*FILLER_PHRASES, *_HEDGES):
        parts = phrase.split()
        for place in range(len(words) - len(parts) + 1):
            if words[place : place + len(parts)] == parts and _fills(reading, words, place, phrase, left_out):
                left_out.update(range(place, place + len(parts)))
    if not composed(reading):
        left_out |= _trailing(words, left_out)
    return replace(reading, disfluencies=tuple(Disfluency("filler", place, place) for place in sorted(left_out)))


def _trailing(words: Sequence[str], left_out: Collection[int]) -> set[int]:
    """The last words, where they only say that all is said."""
    kept = [place for place in range(len(words)) if place not in left_out]
    found = _BYE.search("".join(f" {words[place]}" for place in kept))
    count = len(found[0].split()) if found else 0
    return set(kept[len(kept) - count :]) if count and count < len(kept) else set()


def _fills(reading: Reading, words: Sequence[str], place: int, phrase: str, left_out: Collection[int]) -> bool:
    """Whether such words are a filler where they stand: "sort of", but not "this sort of"."""
    before = words[place - 1] if place else ""
    following = words[place + 1] if place + 1 < len(words) else ""
    if phrase == "like":
        return place - 1 in reading.commas and not _compares(words, place)
    if phrase == "you know":
        return place in left_out or place + 1 in left_out
    if phrase in _HEDGES:
        following = " ".join(words[place + len(phrase.split()) :][:1])
        if phrase == "and everything" and following not in JOINTS | {""}:
            return False
        inside = before in PREPOSITIONS and following not in SUBJECTS | PREPOSITIONS
        return inside if phrase.startswith("i ") and place else phrase != "i think"
    if phrase in _KINDS:
        return before not in DETERMINERS
    return not place or before in SUBJECTS | JOINTS or following in SUBJECTS


def _compares(words: Sequence[str], place: int) -> bool:
    return words[place] == "like" and place + 1 < len(words) and words[place + 1] in SUBJECTS


def is_number(word: str) -> bool:
    """Whether a word counts something."""
    return word in ("one", "hundred", "thousand", "million") or bool(numbers_of(word))


def as_told(text: str) -> str:
    """A sentence as one writes it: what was said aloud in quotation marks, short forms with their mark."""
    text = text if text[-1:] in (".", "!", "?", "”", '"') else f"{text}."
    text = _RATHER.sub(",", _DAY_AFTER.sub(r"\1,", marked(text)))
    return _ALOUD.sub(_quoted, text)


def marked(text: str) -> str:
    """Words with the mark that was not typed: "dont" is "don't"."""
    return _SHORT.sub(r"\1n't", text)


def _quoted(found: re.Match[str]) -> str:
    words = found["words"]
    first, _, rest = words.partition(" ")
    words = f"{first}, {rest}" if first in _ANSWERS and not rest.startswith(("to ", "more ")) else words
    ended = "?" if first in _ASKS else "."
    rest = f" {found['end'].strip(' ,')} " if "and" in found["end"] else ""
    return f"{found['before']}, “{words[:1].upper()}{words[1:]}{ended}”{rest}"


_SHORT = re.compile(r"\b(do|did|does|was|were|is|are|could|would|should|have|has|had)nt\b", re.IGNORECASE)
_DAY_AFTER = re.compile(
    r"^(The (?:day|night|morning|week|month|year) (?:after|before))(?= (?:I|we|they|he|she|it)\b)"
)
_RATHER = re.compile(r"(?<=\wing)(?= actually \w+ing\b)")
_ANSWERS = ("no", "yes", "right", "look", "well", "okay")
_ASKS = ("can", "could", "why", "shall", "would", "who", "where")
_ALOUD = re.compile(
    r"(?P<before>\b(?:said|says|thought)),? (?P<words>(?:(?<=thought )I (?:want|can|need)|(?<!thought )"
    r"(?:you|can|why|shall|right|yes|no|please|don't|look|well|let's|see)) (?!longer|more)[^.?!“”]+?)"
    r"(?P<end>[.?!]$|,? and (?=(?:I|we|he|she|they)\b))"
)
"""Speech that somebody acts out: "she said why don't you train"; it goes on to the end of the sentence."""

"""What was heard, as one would write it: what a letter leaves out, and what nobody writes.

Closed classes of words (pronouns, joints, forms of "to be") and the fillers that delivery counts; no lists of topics.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from simulator.followup.numbers_told import numbers_of
from simulator.followup.sentence_ends import (
    DETERMINERS,
    JOINTS,
    PREPOSITIONS,
    SUBJECTS,
    TAKE_A_CLAUSE,
    TAKE_TIME_CLAUSE,
    TO_BE,
)
from simulator.reading.reader import bare
from simulator.reading.reading import Disfluency, Reading
from simulator.scoring.delivery import FILLER_PHRASES

LONGEST_HEARD = 34
"""Words of a sentence that was heard: nobody writes a longer one in a letter."""
_KINDS = ("sort of", "kind of")
_HEDGES = (
    "i think", "i guess", "i suppose", "or anything", "or something", "or whatever", "and stuff", "and that was it",
    "gonna", "wanna", "gotta", "yeah", "okay", "actually", "basically",
    "literally", "obviously",
)  # fmt: skip
_PRESENT = frozenset({
    "is", "are", "am", "i'm", "it's", "there's", "he's", "she's", "they're", "we're", "you're", "that's", "has",
    "doesn't", "don't", "isn't", "can't", "goes", "says", "comes",
})  # fmt: skip
_YOU = frozenset({"you", "your", "yours", "you're", "you've", "you'd", "you'll"})
_SAYS_ALOUD = frozenset({"said", "told", "asked", "thought"})
_OPENS_SPEECH = frozenset(
    {"can", "let's", "why", "right", "yes", "no", "please", "don't", "look", "well", "oh", "hello"}
)
_THIRD = frozenset({"he", "she", "they", "it"})


def without_fillers(reading: Reading) -> Reading:
    """The reading with all that a letter leaves out marked as left out; a number never is, nor "like I did"."""
    said = [bare(word) for word in reading.words]
    left_out = {place for place in reading.dropped if not (is_number(said[place]) or _compares(said, place))}
    for phrase in FILLER_PHRASES:
        parts = phrase.split()
        for place in range(len(said) - len(parts) + 1):
            if said[place : place + len(parts)] == parts and _fills(reading, said, place, phrase, left_out):
                left_out.update(range(place, place + len(parts)))
    return replace(reading, disfluencies=tuple(Disfluency("filler", place, place) for place in sorted(left_out)))


def _fills(reading: Reading, said: Sequence[str], place: int, phrase: str, left_out: Collection[int]) -> bool:
    """Whether such words are a filler where they stand: "sort of", but not "this sort of"."""
    before = said[place - 1] if place else ""
    following = said[place + 1] if place + 1 < len(said) else ""
    if phrase == "like":
        return place - 1 in reading.commas and not _compares(said, place)
    if phrase == "you know":
        return place in left_out or place + 1 in left_out
    if phrase in _KINDS:
        return before not in DETERMINERS
    return not place or before in SUBJECTS | JOINTS or following in SUBJECTS


def _compares(said: Sequence[str], place: int) -> bool:
    return said[place] == "like" and place + 1 < len(said) and said[place + 1] in SUBJECTS


def is_writing(said: Sequence[str], splices: int = 0) -> bool:
    """Whether a sentence that was heard is one that people write as well. `splices`: its commas before no joint."""
    told = f" {' '.join(said)} "
    if len(said) > LONGEST_HEARD or splices > 1 or said[0] in ("me", "him", "us", "them"):
        return False  # "me and another girl we did not get on" is speech
    if any(f" {hedge} " in told for hedge in _HEDGES) or any(_compares(said, place) for place in range(len(said))):
        return False
    return not _has_two_subjects(said)


def is_told(said: Sequence[str], ends: bool) -> bool:
    """Whether a sentence of a story tells it as past and to a reader: not acted out, not said to somebody else.

    `ends`: the last one, which may tell how things are now.
    """
    if _YOU & set(said):
        return False
    aloud = any(word in _SAYS_ALOUD and said[place + 1] in _OPENS_SPEECH for place, word in enumerate(said[:-1]))
    return not aloud and (ends or not _PRESENT & set(said))


def is_number(word: str) -> bool:
    """Whether a word counts something."""
    return word in ("one", "hundred", "thousand", "million") or bool(numbers_of(word))


def _has_two_subjects(said: Sequence[str]) -> bool:
    """Whether a pronoun repeats its noun ("the sister she wrote"), or a clause follows it bare ("a girl she was")."""
    for place, word in enumerate(said):
        if word not in _THIRD or not place:
            continue
        before = said[place - 1]
        if before in JOINTS | PREPOSITIONS | TAKE_A_CLAUSE | TAKE_TIME_CLAUSE | SUBJECTS or before in TO_BE:
            continue
        following = said[place + 1] if place + 1 < len(said) else ""
        first = next((at + 1 for at in range(place - 1, -1, -1) if said[at] in JOINTS), 0)
        noun = said[first:place]
        opens = bool(noun) and (noun[0] in DETERMINERS or is_number(noun[0]))
        if (opens and len(noun) <= 3) or (following in TO_BE and _ends_in_noun(noun)):
            return True
    return False


def _ends_in_noun(words: Sequence[str]) -> bool:
    return any(word in DETERMINERS or word in ("this", "that") for word in words[-3:-1])

"""Whether sentences point to somebody or something that none of them names.

Pronouns and determiners are a closed list of words.
"""

import re
from collections.abc import Sequence

from simulator.followup.shapes import listed
from simulator.reading.numbers_told import UNITS
from simulator.reading.reader import bare

_PERSON = listed("person")
_THING = listed("thing")
_POINTING = frozenset({"this", "that", "these", "those", "that's", "such"})
_MANY, _ONE = frozenset({"they", "them"}), frozenset({"it", "its", "it's"})
_NAMED_BY = listed("named_by") | set(UNITS[1:11])
_ANYBODY = listed("people_unnamed")
_NO_NOUN = listed("no_noun")
FUNCTION_WORDS = _PERSON | _THING | _POINTING | _NAMED_BY | _ANYBODY | _NO_NOUN
"""Words that are nobody's name, also with a capital at the beginning of a sentence."""
_ENDS_OPEN = frozenset({"the", "a", "an", "and", "or", "but", "because", "my", "our", "i", "we", "which"})


FAR_ENOUGH = 7
"""Words after which "it" and "they" have something to point to."""
FAR_POINTED = 12
"""The same for "that person" and "do that"."""


def stranger(sentence: str) -> str:
    """The first "he" or "she" of a sentence that has named nobody before it; "" where there is none."""
    raw = sentence.split()
    words = [bare(word) for word in raw]
    for place, word in enumerate(words):
        if word in _PERSON:
            return word
        if word in _ANYBODY or _is_name(raw, words, place):
            return ""
        if word in _NAMED_BY and place + 1 < len(words) and words[place + 1] not in _NO_NOUN:
            return ""
    return ""


def sentences_of(text: str) -> list[str]:
    """The sentences of a text."""
    return re.split(r"(?<=[.!?])\s+", text.strip())


def kept_whole(text: str, most: int, last: bool = False) -> str:
    """As many whole sentences of a text as fit into `most` words, from the first or the `last` of them.

    None of them opens with what points to a sentence that is left out: rather the piece is longer.
    """
    sentences = sentences_of(text)
    if not last:
        end = next((n for n in range(len(sentences), 0, -1) if _count(sentences[:n]) <= most), 0)
        return " ".join(sentences[:end])
    starts = [n for n in range(len(sentences)) if n == 0 or not dangles(sentences[n : n + 1], after=True)]
    start = next((n for n in starts if _count(sentences[n:]) <= most), starts[-1])
    return " ".join(sentences[start:])


def _count(sentences: Sequence[str]) -> int:
    return len(" ".join(sentences).split())


def _is_name(raw: Sequence[str], words: Sequence[str], place: int) -> bool:
    return place > 0 and raw[place][:1].isupper() and words[place] not in ("i", "i'm", "i'd", "i've")


def dangles(text: Sequence[str], opens: bool = False, after: bool = False) -> bool:
    """Whether sentences point to somebody or something that none of them named before, or break off.

    Errs on the side of yes. `opens`: the first sentence sets the scene, where "it was" and "that winter" are at home.
    `after`: others stood before them, so that "it" and "they" point there unless a noun stands nearer.
    """
    named = False
    thing = many = somebody = False
    for number, sentence in enumerate(text):
        raw = sentence.split()
        words = [bare(word) for word in raw]
        if not words or words[-1] in _ENDS_OPEN:
            return True
        for place, word in enumerate(words):
            if number == 0 and _counts_unnamed(words, place):
                return True
            following = words[place + 1] if place + 1 < len(words) else ""
            if word == "it" and following in ("when", "if"):
                continue  # "I like it when things come out right"
            scene = opens and number == 0 and place <= 1 and _sets_scene(word, following)
            lacks = (word in _MANY and not many and (after or opens)) or (word in _ONE and not thing and after)
            lacks = lacks or (word in _PERSON and not somebody and after)
            if number == 0 and lacks and not scene:
                return True
            if not named and not scene and (word in _PERSON or (word in _THING and place + 12 * number < FAR_ENOUGH)):
                return True
            if word in _POINTING and number == 0 and place < FAR_POINTED and not scene and _points(words, place):
                return True
            is_name = _is_name(raw, words, place)
            noun = is_name or (word in _NAMED_BY | {"this"} and following != "" and following not in _NO_NOUN)
            named = named or noun or word in _ANYBODY
            thing, somebody = thing or noun, somebody or is_name or word in _ANYBODY
            many = (
                many or word in _ANYBODY or is_name or (len(word) > 3 and word[-1] == "s" and word[-2] not in "sui'")
            )
    return False


def _sets_scene(word: str, following: str) -> bool:
    return word == "it's" or (
        word in ("it", "this", "that") and following in ("was", "is", "had", "winter", "summer")
    )


def _counts_unnamed(words: Sequence[str], place: int) -> bool:
    """Whether "the two" or "both" stands without a noun: "I separated the two and went on"."""
    rest = list(words[place : place + 3])
    if rest[:1] == ["the"] and len(rest) > 1 and rest[1] in _COUNTED:
        return len(rest) == 2 or rest[2] in _AFTER_A_NOUN
    return False


def _points(words: Sequence[str], place: int) -> bool:
    """Whether "this" or "that" points to a thing ("be that person", "I like that") and does not join clauses."""
    following = words[place + 1] if place + 1 < len(words) else ""
    before = words[place - 1] if place else ""
    if words[place] == "this" and (following in _OF_THE_TALK or before in ("was", "there's", "had", "got")):
        return False  # "there was this little girl" names her
    if words[place] in ("these", "those", "this", "that's") or not following:
        return following not in ("who", "that", "days")
    return (
        place == 0 or following in _PARTICLES or (words[place - 1] in _BEFORE_A_THING and following not in _NO_NOUN)
    )


_COUNTED = listed("counted") | set(UNITS[1:7])
_AFTER_A_NOUN = listed("after_a_noun")
_BEFORE_A_THING = listed("before_a_thing")
_PARTICLES = listed("particles")
_OF_THE_TALK = listed("of_the_talk")
"""What "this" may stand before where both are talking about it."""

"""Whether a clause of what was said can stand in a letter: whole, not rough, and one statement only."""

import re
from collections.abc import Sequence
from itertools import pairwise

from simulator.followup.said_words import (
    BAD_START,
    DANGLING,
    FIRST,
    HELPING,
    LEAST_WORDS,
    LINKS,
    MOST_WORDS,
    NO_DEEDS,
    OPENERS,
    PAST_WORDS,
    PRONOUNS,
    ROUGH,
    SAYING,
    SUBJECTS,
    TIMES,
    VERBISH,
    WHAT_ADRIFT,
    word_set,
)


def is_fit(text: str, lows: Sequence[str], composed: bool) -> bool:
    """Whether a clause, given as text and as words in small letters, would not look broken on paper."""
    if not (2 if composed else LEAST_WORDS) <= len(lows) <= MOST_WORDS or text.endswith("?"):
        return False
    if not composed and (lows[-1] in DANGLING or lows[0] in BAD_START):
        return False
    if ROUGH.search(text.lower()) or WHAT_ADRIFT.search(text.lower()):
        return False
    if any(len(low) == 1 and low not in ("a", "i") and not low.isdigit() for low in lows):
        return False
    if lows[0] in OPENERS and lows[1] in SUBJECTS - {"a", "the"} and not any(low in PRONOUNS for low in lows[3:]):
        return False
    if re.search(r"[{}\[\]<>_]|\.\.\.|…|\bxx+\b", text.lower()):
        return False
    pairs = list(pairwise(lows))
    if any(first == second and first not in ("had", "that", "very") for first, second in pairs):
        return False
    if any(
        first in ("a", "an", "the", "my", "our") and second in FIRST | {"was", "and", "of", "the", "a"}
        for first, second in pairs
    ):
        return False
    if (
        re.search(r"\bto when I \w+\.$", text)
        or _two_deeds(lows, text)
        or re.search(r"\b(?:because|when|if|that|which) is (?:all|very|no|not)\b", text)
    ):
        return False
    return _runs_once(lows, text) and bool(set(lows) & (PRONOUNS | PAST_WORDS) or VERBISH.search(" ".join(lows)))


def _two_deeds(lows: Sequence[str], text: str) -> bool:
    """ "I pulled the trays got two lads": a second verb of the past that nothing ties to the first."""
    last: int | None = None
    listed = [word.endswith(",") for word in text.split()]
    for at, low in enumerate(lows):
        if at and len(listed) == len(lows) and listed[at - 1]:
            last = None
        if low in LINKS | PRONOUNS | {"having", "to", "of", "by", "with"}:
            last = None
        elif low in PAST_WORDS or (low.endswith("ed") and len(low) > 4 and low not in NO_DEEDS):
            if last is not None and lows[last] not in HELPING and lows[at - 1] not in HELPING:
                return True
            last = at
    return False


def _runs_once(lows: Sequence[str], text: str) -> bool:
    """Whether no second statement begins without a joint, as far as one can tell."""
    if re.search(r"[,;:](?! (?:so|but) )", text.rstrip(".")):
        return True
    starts = [
        at
        for at, low in enumerate(lows)
        if low in PRONOUNS - {"it", "there"} and (at == 0 or lows[at - 1] not in LINKS | SAYING)
    ]
    if starts and starts[0] > 0 and not (lows[0] in TIMES | OPENERS and starts[0] <= 14):
        # "This role joins the planning I do": a short tail says more about a thing; a long one is a new statement.
        return len(starts) == 1 and len(lows) - starts[0] <= 6
    return len(starts) <= 1 or (len(starts) == 2 and len(lows) - starts[1] <= 2)


def stands_alone(lows: Sequence[str]) -> bool:
    """Whether it can be understood without the clause before it."""
    return lows[0] not in word_set(
        "he she they it it's that that's this these those he'd she'd they'd his her their its them him"
    )

"""Phrases in a letter that take an offer for granted, speak to a group, or were to be filled in."""

import re
from collections.abc import Iterator, Sequence

from simulator.followup.letter_remark import Remark, RemarkKind, noted
from simulator.followup.shapes import looked_for

GREETING = re.compile(
    r"^[ \t#>*]{0,9}(?:dear|hello|hi|good (?:morning|afternoon|evening|day))\b(?P<who>[^,:\n]{0,120})", re.I | re.M
)


def _any_of(name: str) -> re.Pattern[str]:
    return re.compile("|".join(looked_for(name)), re.IGNORECASE | re.MULTILINE)


_PRESUMING, GROUP, _TO_MANY, _HOLES = map(_any_of, ("presuming", "group", "to_many", "holes"))


def _named(
    text: str, kind: RemarkKind, patterns: Sequence[re.Pattern[str]], says: str, hint: str
) -> Iterator[Remark]:
    for found in (each for pattern in patterns for each in pattern.finditer(text)):
        yield noted(text, kind, *found.span(), f"“{' '.join(found[0].split())}” {says}", hint)


def presumption(text: str) -> Iterator[Remark]:
    """What takes for granted that the job is theirs."""
    hint = "Say what you would do, not what you will, or leave it out."
    return _named(text, RemarkKind.PRESUMPTION, (_PRESUMING,), "takes for granted what is not decided yet.", hint)


def group(text: str) -> Iterator[Remark]:
    """What speaks to more than one person."""
    hint = "Write to each person alone, by name."
    yield from _named(text, RemarkKind.GROUP, (GROUP, _TO_MANY), "speaks to a group.", hint)
    greeting = GREETING.search(text)
    if greeting and re.search(r"\S (?:and|&) \S", greeting["who"]):
        yield noted(text, RemarkKind.GROUP, *greeting.span("who"), "The letter greets more than one person.", hint)


def holes(text: str) -> Iterator[Remark]:
    """What was to be filled in."""
    hint = "Fill it in, or take the sentence out."
    return _named(text, RemarkKind.HOLE, (_HOLES,), "looks like something that was to be filled in.", hint)

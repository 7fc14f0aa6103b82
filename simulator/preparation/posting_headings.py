"""Which lines of a posting are headings, and of what: duties, wishes, extras, or nothing that is asked."""

import re

from simulator.preparation.posting_cues import cues
from simulator.preparation.posting_text import Line

_MOST_HEADING_WORDS = 8


def heading_of(line: Line, bullets_next: bool = False) -> tuple[str | None, str]:
    """The section a line opens, and what stands behind it on the same line; None where it is no heading.

    "" is a section of its own: a heading that says nothing about what follows.
    """
    text = line.text
    behind = re.match(r"^([^:]{2,60}):\s+(\S.*)$", text)
    if behind and len(behind[1].split()) <= _MOST_HEADING_WORDS and (told := _section(behind[1])) is not None:
        return told, behind[2]
    words = text.split()
    if line.bullet and not line.marked:
        return None, ""
    bare = text.rstrip(": ?!.").strip()
    if len(words) > _MOST_HEADING_WORDS:
        return None, ""
    told = _section(bare)
    if told is not None:
        return told, ""
    if re.fullmatch(r"(?:About|Why|Join|Meet)(?: [A-Z&][\w&'-]*){1,4}", bare):
        return "ignore", ""
    if not (text.endswith((":", "?")) or line.marked or (text.isupper() and len(words) > 1)):
        # A short line above bullets opens a section only where it says which.
        likely = _likely_section(bare) if bullets_next and not text.endswith((".", "!", ",")) else ""
        return (likely, "") if likely else (None, "")
    return _likely_section(bare), ""


def _section(heading: str) -> str | None:
    low = " ".join(re.sub(r"[^\w' -]", " ", heading.lower()).split())
    low = re.sub(r"^\d+ ", "", low)
    known = cues().headings
    for form in (low, low.removeprefix("the "), low.removeprefix("our "), low.removeprefix("your ")):
        if form in known:
            return known[form]
    return None


_TELLING = frozenset({
    "requirements", "responsibilities", "duties", "tasks", "benefits", "qualifications", "skills", "desirable",
    "essential", "profile",
})  # fmt: skip
"""Headings of one word that tell the section also inside a longer heading."""


def _likely_section(heading: str) -> str:
    """The section of a heading that is not listed, by the longest listed one inside it."""
    low = f" {' '.join(re.sub(r'[^a-z]+', ' ', heading.lower()).split())} "
    best = ""
    for phrase in cues().headings:
        bare = " ".join(re.sub(r"[^a-z]+", " ", phrase).split())
        telling = len(bare.split()) > 1 or bare in _TELLING
        if telling and f" {bare} " in low and len(phrase) > len(best):
            best = phrase
    if best:
        return cues().headings[best]
    if re.search(r" (?:even happier|even better|bonus|ideally|extra|plus) ", low):
        return "nice"
    if re.match(r" (?:about|why|how|contact|meet|who are we) ", low):
        return "ignore"
    if re.search(r" (?:offer|benefits|perks|pay|salary|apply|join|you get|for you) ", low):
        return "ignore"
    if re.search(r" (?:you (?:will |ll )?(?:do|be doing|work on|own|spend)|will you do|you be doing|day look) ", low):
        return "duty"
    if re.search(r" (?:you|your) ", low):
        return "must"
    return ""

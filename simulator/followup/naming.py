"""How a role and a place are named inside a sentence."""

import re
from collections.abc import Iterable

from simulator.followup.interview_record import InterviewRecord
from simulator.followup.shapes import listed, looked_for
from simulator.followup.told_stories import likeness
from simulator.followup.tracing import capital_words

IS_PLACE = 0.38
"""Likeness to an institution from which "museum" in "Museum of Salt" is one; a heart or crumbs are none."""
_OF = re.compile(r"(?P<head>[\w'’-]+) (?:of|for) (?P<what>\w.*)")
_BEFORE = re.compile(r"(?:\b(?P<before>[\w'’]+)\s+)?$")


def role_in_text(role: str) -> str:
    """A role inside a sentence: "Staff nurse" is small there; "English tutor" and "Head of Sales" are as written."""
    rest = role[1:]
    usual = rest and rest == rest.lower()
    if usual and role.split()[0].lower() not in capital_words(
        f"i applied for the {role.lower()} position at the college"
    ):
        return role[:1].lower() + rest
    return role


def at_the_place(record: InterviewRecord) -> str:
    """ " at ..." with the employer of an interview; "" where none is noted."""
    place = place_in_text(record.company, (each.text for each in record.sources))
    return f" at {place}" if place else ""


def place_in_text(place: str, texts: Iterable[str] = ()) -> str:
    """An employer's name behind "at": "the Museum of Salt", "Redgate Fulfilment".

    As people say it in `texts`, where they do; else what is named by what it is, "museum of ...", has an article.
    """
    if not place or re.match(r"the\b", place, re.IGNORECASE):
        return place
    name = place.split(",")[0].strip()
    said = _said_with_article(name, texts)
    article = _is_named_by_what_it_is(name) if said is None else said
    return f"the {place}" if article else place


def _said_with_article(name: str, texts: Iterable[str]) -> bool | None:
    """Whether people put "the" before a name; None where nobody says it."""
    found: list[bool] = []
    for text in texts:
        for each in re.finditer(rf"\b{re.escape(name)}\b(?P<behind>\s+[\w'’]+)?", text, re.IGNORECASE):
            before = _BEFORE.search(text[: each.start()])
            word = (before["before"] or "").lower() if before else ""
            behind = (each["behind"] or "").strip()
            # "the Redgate lorries" has the article of the lorries.
            if word == "the" and (not behind or behind.lower() in _BEHIND_A_NAME):
                found.append(True)
            elif word in _BEFORE_A_NAME:
                found.append(False)
    return sum(found) * 2 >= len(found) if found else None


def _is_named_by_what_it_is(name: str) -> bool:
    """Whether a name is "museum of ...". In "City of York Council" the whole stands before "council"."""
    found = _OF.fullmatch(name)
    if not found or likeness(found["head"].lower(), looked_for("institutions")) < IS_PLACE:
        return False
    capitals = capital_words(f"i work at the {name.lower()}")
    *before, last = (word.lower() in capitals and word != "St" for word in found["what"].split())
    return found["head"].lower() not in capitals and not (any(before) and not last)


_BEFORE_A_NAME = listed("prepositions") | {"about", "of", "to"}
_BEHIND_A_NAME = _BEFORE_A_NAME | listed("opening") | listed("finite") | {"and", "or", "but"}

"""How somebody is greeted, named to a colleague, and taken leave of."""

import re

from simulator.followup.shapes import listed
from simulator.followup.tracing import capital_words

TITLES = tuple(sorted(listed("titles")))


_ABBREVIATED = re.compile(r"(?:[^\Waeiouy\d_]{2,}|\w{2,}\.)", re.IGNORECASE)
"""A first word that is no name but a title that stands in no list: "Cllr", "PC", "Hon."."""


def greeting_of(name: str, first_name: bool) -> str:
    """How somebody is greeted: "Dear Ms Okafor," with a title as noted, else the whole or the first name.

    Where the first word may be no name of its own ("Big Al", "Nurse Ann Shaw"), the whole name is right.
    """
    words = name.split()
    if len(words) > 1 and words[0].rstrip(".") in TITLES:
        # A knight is greeted by the first name.
        return f"Dear {words[0]} {words[1] if words[0] in ('Sir', 'Dame') else words[-1]},"
    if len(words) > 1 and _ABBREVIATED.fullmatch(words[0]):
        return f"Dear {words[0]} {words[-1]},"
    two = len(words) == 2 or (len(words) > 2 and words[1][0].islower())
    alone = first_name and two and words[0].lower() in capital_words(f"i talked with {name.lower()} about it")
    return f"Dear {words[0] if alone else name},"


def bye_to(british: str, american: str, name: str) -> str:
    """The closing; to "Ms. Okafor", written with the American full stop, the American one."""
    words = name.split()
    titled = len(words) > 1 and words[0].rstrip(".") in TITLES
    return american if titled and words[0].endswith(".") else british

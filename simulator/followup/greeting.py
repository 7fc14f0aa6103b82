"""How somebody is greeted, named to a colleague, and taken leave of.

A name may have a title before it that stands in no list ("Coach Errol Bryce", "Chief Ranger Nils Berg"), or a byname
("Big Mo Rafiq"). That a word is none of the given names the language model tells, that it is a rank its meaning.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from simulator.followup.shapes import listed, looked_for
from simulator.followup.told_stories import likeness
from simulator.followup.tracing import capital_words

TITLES = tuple(sorted(listed("titles")))
BY_FIRST_NAME = ("Sir", "Dame", "Lord", "Lady")
"""Who has one of these and a first name is greeted by it: "Sir Alan", "Lady Harriet"."""
IS_RANK = 0.4
"""Likeness to a rank from which a common word before a name is one; any other is a byname."""
SURELY_RANK, BY_FAR = 0.5, 0.08
"""The same for a word that may be a first name, and by how much more it is like a rank than like a name."""

_ABBREVIATED = re.compile(r"(?:[^\Waeiouy\d_]{2,}|\w{2,}\.)", re.IGNORECASE)
"""A first word that is no name but a title that stands in no list: "Cllr", "PC", "Hon."."""
_ASIDE = re.compile(r"\s*(?:\([^)]*\)|\[[^]]*\])")
_NICKNAME = re.compile(r"\s[\"“‘']([^\"“”‘’']+)[\"”’'](?=\s)")
_AFTER_A_NAME = re.compile(r"(?:[A-Z]\.?){2,}[a-z]?|[A-Z][a-z]?[A-Z][a-z]?|[JS]r\.?")
"""What may stand behind a name: "OBE", "PhD", "R.N.", "Jr"."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name in its parts. `title` is a title or rank ("" for none), `byname` what goes with the first name.

    `alone`: the first name is surely one, and can stand by itself.
    """

    title: str
    byname: str
    names: tuple[str, ...]
    alone: bool = False

    @property
    def first(self) -> str:
        """The first name."""
        return self.names[0] if self.names else ""

    @property
    def last(self) -> str:
        """The family name, with the "van der" before it."""
        small = next((at for at, each in enumerate(self.names) if at and each[0].islower()), len(self.names) - 1)
        return " ".join(self.names[small:])


def greeting_of(name: str, first_name: bool) -> str:
    """The line a letter begins with: "Dear Ms Okafor,"."""
    return f"Dear {name_in_greeting(name, first_name)},"


def name_in_greeting(name: str, first_name: bool) -> str:
    """How a greeting names somebody: "Ms Okafor", with title or rank as noted, else the whole or the first name.

    Where the first word may be no name of its own ("Big Al"), it stands with the one behind it.
    """
    named = parts_of(name)
    if named.title:
        by_first = named.title in BY_FIRST_NAME and len(named.names) > 1
        return f"{named.title} {named.first if by_first else named.last}"
    if named.byname:
        return f"{named.byname} {named.first}"
    return named.first if first_name and named.alone else " ".join(named.names) or name


def bye_to(british: str, american: str, name: str) -> str:
    """The closing; to "Ms. Okafor", written with the American full stop, the American one."""
    title = parts_of(name).title
    return american if title.rstrip(".") in TITLES and title.endswith(".") else british


@lru_cache(maxsize=64)
def parts_of(name: str) -> Named:
    """A name in its parts."""
    nickname = _NICKNAME.search(name)
    words = _NICKNAME.sub("", _ASIDE.sub("", name.split(",")[0])).split()
    words = words[1:] if len(words) > 2 and words[0].lower() == "the" else words
    titled = len(words) > 1 and words[0].rstrip(".") in TITLES
    while len(words) > 2 + titled and _AFTER_A_NAME.fullmatch(words[-1]) and not words[0].isupper():
        words = words[:-1]
    if len(words) < 2:
        return Named("", "", tuple(words), alone=True)
    if titled:
        rest = next(at for at, each in enumerate([*words[1:], ""], 1) if each.rstrip(".") not in TITLES)
        return Named(words[0], "", tuple(words[min(rest, len(words) - 1) :]))
    if _ABBREVIATED.fullmatch(words[0]):
        return Named(words[0], "", tuple(words[1:]))
    if nickname:
        return Named("", "", (nickname[1].strip(), *words[1:]), alone=True)
    return _by_meaning(words)


def _by_meaning(words: Sequence[str]) -> Named:
    """Parts of a name whose first word stands in no list of titles."""
    capitals = capital_words(f"i talked with {' '.join(words).lower()} about it")
    begin = next((at for at, each in enumerate(words) if each.lower() in capitals), 0)
    before, names = " ".join(words[:begin]), tuple(words[begin:])
    if before and len(names) > 1:
        rank, byname = (likeness(before.lower(), looked_for(each)) for each in ("ranks", "bynames"))
        is_rank = begin > 1 or (rank >= IS_RANK and rank > byname)
        return Named(before, "", names) if is_rank else Named("", before, names)
    rank, given = (likeness(words[0].lower(), looked_for(each)) for each in ("ranks", "given_names"))
    if rank >= SURELY_RANK and rank - given >= BY_FAR:
        return Named(words[0], "", tuple(words[1:]))
    two = len(words) == 2 or words[1][0].islower()
    return Named("", "", tuple(words), two and words[0].lower() in capitals and not words[0].endswith("."))

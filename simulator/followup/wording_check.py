"""What stands oddly in the wording of a letter: list marks, words written twice, names of other people."""

import re
from collections.abc import Iterator, Sequence

from simulator.followup.greeting import TITLES

Place = tuple[int, int]
_BULLET = re.compile(r"(?:^|(?<=[.!?:] )|(?<=\n))[ \t]*(?:[-*•·–—]|\(?\d{1,2}[.)])(?= +\w)")
_DOUBLED = re.compile(r"\b([^\W\d_]+)([ \t]+)\1\b(?!['’-])", re.IGNORECASE)
_MAY_STAND_TWICE = ("that", "had")
_CAPITALISED = re.compile(rf"(?:(?:{'|'.join(TITLES)})\.? )?\b[^\W\d_a-z][^\W\d_]+(?: [^\W\d_a-z][\w'’-]+)*")
_BEFORE_A_PERSON = frozenset({
    "with", "and", "but", "so", "asked", "told", "called", "named", "helped", "said", "showed", "taught", "let",
    "gave", "when", "that", "because", "if", "or", "by", "for", "rang", "met", "to", "of",
})  # fmt: skip


def bullets(text: str) -> Iterator[Place]:
    """Marks of a list, at the beginning of a line or a sentence."""
    return (found.span() for found in _BULLET.finditer(text))


def doubled(text: str) -> Iterator[Place]:
    """Words that stand twice running; "that that" and "had had" may."""
    return (found.span() for found in _DOUBLED.finditer(text) if found[1].lower() not in _MAY_STAND_TWICE)


def names_of_others(sentence: str, known: Sequence[str]) -> Iterator[Place]:
    """What looks like the name of a person that none of the known texts has.

    With a title it is surely one. A bare capital inside a sentence may be a place or a make as well: it counts where
    what stands before it mostly stands before people.
    """
    theirs = {word.lower() for text in known for word in re.findall(r"[^\W\d_]+", text)}
    for found in re.finditer(_CAPITALISED, sentence):
        words = found[0].split()
        titled = len(words) > 1 and words[0].rstrip(".") in TITLES
        bare = words[1 if titled else 0 :]
        if not bare[0][0].isupper() or bare[0].isupper() or all(_plain(word) in theirs for word in bare):
            continue
        before = re.findall(r"[\w'’]+", sentence[: found.start()])
        opens = not before or sentence[: found.start()].rstrip()[-1:] in ".!?:“"
        if titled or (not opens and before[-1].lower() in _BEFORE_A_PERSON and not _is_usual(bare[0])):
            yield found.span()


def _plain(word: str) -> str:
    return re.sub(r"['’]s$", "", word).lower()


def _is_usual(word: str) -> bool:
    return word.split("'")[0].split("’")[0] == "I" or word.lower().rstrip("s") in _DAYS


_DAYS = frozenset({
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
    "april", "may", "june", "july", "august", "september", "october", "november", "december", "christma", "easter",
})  # fmt: skip

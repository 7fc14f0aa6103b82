"""What stands oddly in the wording of a letter: list marks, words written twice, names of other people."""

import re
from collections.abc import Iterator, Sequence

from simulator.followup.dangling_references import FUNCTION_WORDS
from simulator.followup.greeting import TITLES

Place = tuple[int, int]
_BULLET = re.compile(r"(?:^|(?<=[.!?:] )|(?<=\n))[ \t]*(?:[-*•·–—]|\(?\d{1,2}[.)])(?= +\w)")
_DOUBLED = re.compile(r"\b([^\W\d_]+)([ \t]+)\1\b(?!['’-])", re.IGNORECASE)
_MAY_STAND_TWICE = ("that", "had")
_CAPITALISED = re.compile(rf"(?:(?:{'|'.join(TITLES)})\.? )?\b[^\W\d_a-z][^\W\d_]+(?: [^\W\d_a-z][\w'’-]+)*")
_BEFORE_A_PERSON = r"(?:asked|told|helped|showed|taught|rang|met|thanked|named|said to|spoke to|talked to)"
_AFTER_A_PERSON = r"(?:asked|told|said|says|thought|rang|showed|taught|thanked|explained|answered)"


def bullets(text: str) -> Iterator[Place]:
    """Marks of a list, at the beginning of a line or a sentence."""
    return (found.span() for found in _BULLET.finditer(text))


def doubled(text: str) -> Iterator[Place]:
    """Words that stand twice running; "that that" and "had had" may."""
    return (found.span() for found in _DOUBLED.finditer(text) if found[1].lower() not in _MAY_STAND_TWICE)


def names_of_others(sentence: str, known: Sequence[str], around: str = "") -> Iterator[Place]:
    """What is surely the name of a person that none of the known texts has.

    With a title it is one. A bare capital may be a place or a make as well: it counts where somebody speaks to
    them or they speak, here or in the texts `around`, wherever the name stands.
    """
    theirs = {word.lower() for text in known for word in re.findall(r"[^\W\d_]+", text)}
    texts = f"{sentence} {around}"
    for found in re.finditer(_CAPITALISED, sentence):
        words = found[0].split()
        titled = len(words) > 1 and words[0].rstrip(".") in TITLES
        bare = words[1 if titled else 0 :]
        if not bare[0][0].isupper() or bare[0].isupper() or all(_plain(word) in theirs for word in bare):
            continue
        if titled or (
            not _is_usual(bare[0])
            and bare[0].lower() not in FUNCTION_WORDS
            and _is_spoken_with(_plain(bare[0]), texts)
        ):
            yield found.span()


def _is_spoken_with(name: str, texts: str) -> bool:
    word = re.escape(name)
    return bool(
        re.search(rf"\b{_BEFORE_A_PERSON} {word}\b|\b{word}(?: [^\W\d_a-z]\w+)? {_AFTER_A_PERSON}\b", texts, re.I)
    )


def _plain(word: str) -> str:
    return re.sub(r"['’]s$", "", word).lower()


def _is_usual(word: str) -> bool:
    return word.split("'")[0].split("’")[0] == "I" or word.lower().rstrip("s") in _DAYS


_DAYS = frozenset({
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
    "april", "may", "june", "july", "august", "september", "october", "november", "december", "christma", "easter",
})  # fmt: skip

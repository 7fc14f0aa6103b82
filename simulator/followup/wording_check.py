"""What stands oddly in the wording of a letter: list marks, words written twice, slips of grammar, other people."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from simulator.followup.dangling_references import FUNCTION_WORDS
from simulator.followup.greeting import TITLES
from simulator.followup.reminders import PASTS, PREPOSITIONS, VERBS, Form, form_of
from simulator.followup.shapes import listed

Place = tuple[int, int]
LEAST_LETTERS = 4
NEARLY = 0.8
"""Likeness of the letters of two words from which one may be meant for the other."""
_BULLET = re.compile(r"(?:^|(?<=[.!?:] )|(?<=\n))[ \t]*(?:[-*•·–—]|\(?\d{1,2}[.)])(?= +\w)")
_DOUBLED = re.compile(r"\b([^\W\d_]+)([ \t]+)\1\b(?!['’-])", re.IGNORECASE)
_MAY_STAND_TWICE = ("that", "had")
_SLIPS = re.compile(
    r"(?<!\bdid )(?<!does )(?<!ould )(?<!will )(?<!\bcan )"
    rf"\b(?:he|she) (?:{'|'.join(sorted((VERBS - PASTS) | {'have', 'are'}))})\b"
    r"|\b(?:you|we|they) was\b|\b(?:I|you|we|they) (?:has|does|is)\b"
    r"|(?<!had )(?<!have )(?<!has )\b(?:I|he|she|we|they) (?:seen|done|gone|been)\b"
    rf"|\b(?:I|you|we|they|he|she)(?:['’]ve| have| has| had) (?:{'|'.join(sorted(listed('past_only')))})\b"
    rf"|\b(?:I|we) (?:am|are|work|live|{'|'.join(sorted(VERBS - {'have'}))})\b[^.,;]*"
    r" since (?:I was|we were|\d{4}|last)\b"
    r"|(?:^|(?<=[.!?] ))Me and (?:\w+ ){0,3}\w+",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b[Yy]ou (?:told me|spoke|talked|said) about (?P<what>[^.!?;:,“”]+?)(?= made me think| has stayed|[.!?;,])"
)
_CAPITALISED = re.compile(rf"(?:(?:{'|'.join(TITLES)})\.? )?\b[^\W\d_a-z][^\W\d_]+(?: [^\W\d_a-z][\w'’-]+)*")
_BEFORE_A_PERSON = r"(?:asked|told|helped|showed|taught|rang|met|thanked|named|said to|spoke to|talked to)"
_AFTER_A_PERSON = r"(?:asked|told|said|says|thought|rang|showed|taught|thanked|explained|answered)"


def bullets(text: str) -> Iterator[Place]:
    """Marks of a list, at the beginning of a line or a sentence."""
    return (found.span() for found in _BULLET.finditer(text))


def doubled(text: str) -> Iterator[Place]:
    """Words that stand twice running; "that that" and "had had" may, and "I showed her her disc"."""
    for found in _DOUBLED.finditer(text):
        before, after = text[: found.start()].split()[-1:], re.match(r" (\w+)", text[found.end() :])
        is_object = found[1].lower() == "her" and before and before[0].lower() not in PREPOSITIONS and after
        owns = is_object and after and after[1].lower() not in FUNCTION_WORDS | PREPOSITIONS
        if found[1].lower() not in _MAY_STAND_TWICE and not owns:
            yield found.span()


def slips(text: str) -> Iterator[Place]:
    """Verbs that do not go with their subject or their time ("she send me", "I have rode", "I wear it since"), "me
    and him" as a subject, and whole clauses after "about"."""
    yield from (found.span() for found in _SLIPS.finditer(text))
    yield from (each.span() for each in _ABOUT.finditer(text) if form_of(each["what"]) is Form.CLAUSE)


def spelled_otherwise(sentence: str, texts: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Words that were nearly the same where they were said, with the same ones around: "there eyes" for "their".

    Another form of the same word ("keep", "keeping") is none of these.
    """
    words = list(re.finditer(r"[\w'’-]+", sentence))
    plain = [each[0].lower().replace("’", "'") for each in words]
    known = [re.findall(r"[\w'-]+", text.lower().replace("’", "'")) for text in texts]
    for at, word in enumerate(plain):
        if len(word) < LEAST_LETTERS or word.endswith("'s"):
            continue
        around = [(at - 2, at - 1), (at - 1, at + 1), (at + 1, at + 2)]
        beside = [
            (one - at, plain[one], two - at, plain[two]) for one, two in around if one >= 0 and two < len(plain)
        ]
        for theirs in known:
            for place, other in enumerate(theirs):
                if _sounds_alike(word, other) and any(
                    theirs[place + one : place + one + 1] == [first]
                    and theirs[place + two : place + two + 1] == [second]
                    for one, first, two, second in beside
                    if place + one >= 0
                ):
                    yield (*words[at].span(), other)
                    return


def _sounds_alike(word: str, other: str) -> bool:
    """Whether two words are nearly the same and no forms of one: "lose" and "loose", "somebodys" and "somebody's"."""
    if word == other or word[0] != other[0] or abs(len(word) - len(other)) > 1:
        return False
    bare = other.replace("'", "")
    if word == bare:
        return True
    forms = word.startswith(other) or other.startswith(word) or {word, other} <= VERBS | PASTS or "'" in other
    return not forms and SequenceMatcher(None, word, other).ratio() >= NEARLY


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
    plain = word.lower()
    return plain.split("'")[0].split("’")[0] == "i" or not listed("calendar").isdisjoint(
        (plain, plain.removesuffix("s"))
    )

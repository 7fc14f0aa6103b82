"""Spoken words as one writes them: hesitations, repetitions and small letters of a recogniser taken out.

Nothing is added but capitals, commas and full stops. A clause that would still look broken on paper is
not fit to be sent, and is left out by those who write letters from it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from simulator.followup.said_fitness import is_fit, stands_alone
from simulator.followup.said_words import (
    ABBREVIATED,
    AFTER_ITS,
    ALL,
    ALWAYS_NAMES,
    APOSTROPHES,
    DANGLING,
    FILLERS,
    FIRST,
    HESITATIONS,
    JOINTS,
    LINKS,
    MOST_WORDS,
    NAME_ONLY_AS,
    NO_NAMES,
    OPENERS,
    PRONOUNS,
    RUN_ON,
    SAYING,
    SPLIT_FITS,
    START,
    STATES,
    STRONG_WHEN,
    SUBJECTS,
    VERBISH,
    WHEN_WORDS,
    WORKPLACE,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of what was said: the text as written, and the places of its words in the transcript.

    `fit` is False where it would look broken in a letter. `alone` is True where it can be understood
    without the clause before it.
    """

    text: str
    first_word: int
    last_word: int
    fit: bool
    alone: bool
    joint: str = ""
    """The word by which it was tied to the clause before: "and", "so", "but", or ""."""
    inner: str = ""
    """The text as it stands inside a sentence: its first word as it was said, no full stop."""


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    at: int

    @property
    def low(self) -> str:
        return self.text.lower().strip('.,;:!?"“”()')

    @property
    def ends(self) -> bool:
        return bool(re.search(r"[.!?][\"”')]?$", self.text)) and self.text.lower() not in ABBREVIATED


def clauses_of(words: Sequence[str], names: Iterable[str] = ()) -> tuple[Clause, ...]:
    """What was said as clauses in order, each written as a sentence. `names` are those to be written large."""
    known = known_names(names)
    tokens = _without_repeats(_without_fillers(_tokens(words)))
    found = []
    for sentence in _sentences(tokens):
        written = len(sentence) <= RUN_ON or any("," in token.text or ";" in token.text for token in sentence)
        composed = written and sentence[-1].ends
        for part in [sentence] if composed else _parts(sentence):
            if clause := _clause(part, known, composed):
                found.append(clause)
    return tuple(found)


def written(text: str, names: Iterable[str] = ()) -> tuple[Clause, ...]:
    """The clauses of a text."""
    return clauses_of(text.split(), names)


def known_names(names: Iterable[str]) -> dict[str, str]:
    """Words that are written large, by their small form."""
    found = {name.lower(): name for name in ALWAYS_NAMES if name.lower() not in NAME_ONLY_AS}
    for name in names:
        for word in re.findall(r"[^\W\d_][\w'’-]*", name):
            if word[0].isupper() and word.lower() not in NAME_ONLY_AS | NO_NAMES | SUBJECTS | LINKS | DANGLING:
                found.setdefault(word.lower(), word)
    return found


def to_the_reader(text: str) -> str:
    """What was said of the reader's place, as one writes it to them: "this hospital" becomes "your hospital"."""
    text = re.sub(rf"\b([Tt])his (?=(?:\w+ )?(?:{'|'.join(sorted(WORKPLACE))})\b)", _your, text)
    text = re.sub(r"\bwork here\b", "work with you", text)
    return re.sub(r"\bhere(?=[.,]?$)", "with you", text)


def _your(found: re.Match[str]) -> str:
    return "Your " if found[1] == "T" else "your "


# From words to tokens.


def _tokens(words: Sequence[str]) -> list[_Token]:
    """The words with apostrophes mended: "it s" and "that 's" are one word each."""
    tokens: list[_Token] = []
    for at, word in enumerate(words):
        word = word.replace("’", "'").strip()
        low = word.lower().strip("'")
        before = tokens[-1].low if tokens else ""
        if low == "n't" and before:
            tokens[-1] = _Token(f"{tokens[-1].text}n't", tokens[-1].at)
        elif low in SPLIT_FITS and (before in SPLIT_FITS[low] or (word.startswith("'") and before)):
            tokens[-1] = _Token(f"{tokens[-1].text}'{low}", tokens[-1].at)
        elif word:
            tokens.append(_Token(word, at))
    lows = [*(token.low for token in tokens), ""]
    return [
        _Token(_mended(token.text, before, lows[at + 1]), token.at)
        for at, (token, before) in enumerate(zip(tokens, ["", *lows], strict=False))
    ]


def _mended(word: str, before: str, after: str) -> str:
    low = word.lower()
    if (low == "id" and before not in ("an", "my", "your", "the") and after != "card") or low == "i'd":
        return "I'd"
    if low == "its" and after in AFTER_ITS:
        return word + "'s" if word == "it" else f"{word[:2]}'s"
    if before in ("mr", "mrs", "ms", "dr", "saint", "st") and word.islower():
        return word.capitalize()
    if low in ("we'd", "i'd", "they'd") and after in ("a", "an", "the", "this"):
        return f"{word[:-2]} had"
    core = re.fullmatch(r"(\W*)(.*?)(\W*)", word, re.DOTALL)
    assert core
    return f"{core[1]}{APOSTROPHES[core[2].lower()]}{core[3]}" if core[2].lower() in APOSTROPHES else word


def _without_fillers(tokens: list[_Token]) -> list[_Token]:
    kept: list[_Token] = []
    at = 0
    while at < len(tokens):
        low = tokens[at].low
        if low in HESITATIONS:
            if tokens[at].ends and kept and not kept[-1].ends:
                kept[-1] = _Token(kept[-1].text.rstrip(",") + ".", kept[-1].at)
            at += 1
            continue
        length = next((n for n in (5, 4, 3, 2, 1) if " ".join(t.low for t in tokens[at : at + n]) in FILLERS), 0)
        if length and _may_go(tokens, at, length):
            at += length
            continue
        if (
            low == "like"
            and at
            and tokens[at - 1].low in ("and", "this", "a", "the", "was", "were", "had", "it's", "so", "but")
            and at + 1 < len(tokens)
        ):
            at += 1
            continue
        kept.append(tokens[at])
        at += 1
    return kept


def _may_go(tokens: Sequence[_Token], at: int, length: int) -> bool:
    """ "you know" is no filler in "do you know" or "you know how to"; "kind of" not in "a kind of"."""
    phrase = " ".join(token.low for token in tokens[at : at + length])
    before = tokens[at - 1].low if at else ""
    after = tokens[at + length].low if at + length < len(tokens) else ""
    if phrase in ("kind of", "sort of"):
        return before not in ("a", "the", "this", "that", "what", "some", "any", "same", "every", "no", "one", "of")
    if phrase in ("you know", "you see", "i mean"):
        return before not in ("do", "did", "what", "that", "if", "as", "when", "how") and after not in (
            "how", "that", "what", "the", "when", "why", "who",
        )  # fmt: skip
    return True


def _without_repeats(tokens: list[_Token]) -> list[_Token]:
    """False starts taken out: "i i did", "it's the it's the", "i I'd"; the last try stays."""
    kept: list[_Token] = []
    for token in tokens:
        kept.append(token)
        for length in (4, 3, 2, 1):
            if len(kept) < 2 * length:
                continue
            first, second = kept[-2 * length : -length], kept[-length:]
            if any(each.ends or "," in each.text for each in first):
                continue
            same = [a.low == b.low for a, b in zip(first, second, strict=True)]
            if all(same) and not (length == 1 and token.low in ("had", "that", "very", "really", "so", "no")):
                del kept[-2 * length : -length]
                break
            if length == 1 and first[0].low == "i" and second[0].low in ("i'd", "i've", "i'm", "i'll"):
                del kept[-2]
                break
    return kept


# From tokens to clauses.


def _sentences(tokens: Sequence[_Token]) -> list[list[_Token]]:
    found: list[list[_Token]] = [[]]
    for token in tokens:
        found[-1].append(token)
        if token.ends:
            found.append([])
    return [sentence for sentence in found if sentence]


def _parts(tokens: Sequence[_Token]) -> list[list[_Token]]:
    """A run of speech cut where a new statement begins."""
    found: list[list[_Token]] = [[]]
    for at, token in enumerate(tokens):
        part = found[-1]
        if part and _begins(tokens, at, part):
            tail = _opening_tail(part) if token.low not in JOINTS else 0
            found.append(part[len(part) - tail :] if tail else [])
            del part[len(part) - tail :]
        found[-1].append(token)
    return _rejoined([part for part in found if part])


def _opening_tail(part: Sequence[_Token]) -> int:
    """How many of the last words belong to the statement that follows: "and as a kid", "after that"."""
    for length in (6, 5, 4, 3, 2):
        tail = [token.low for token in part[-length:]]
        joined = tail[0] in ("and", "so", "but", "then")
        while tail and tail[0] in ("and", "so", "but", "then"):
            del tail[0]
        if len(part) - length >= 3 and WHEN_WORDS.fullmatch(" ".join(tail)):
            strong = STRONG_WHEN.fullmatch(" ".join(tail))
            return length if joined or (strong and part[-length - 1].low not in DANGLING) else 0
    return 0


def _begins(tokens: Sequence[_Token], at: int, part: Sequence[_Token]) -> bool:
    low, before = tokens[at].low, tokens[at - 1].low
    after = tokens[at + 1].low if at + 1 < len(tokens) else ""
    said = {token.low for token in part}
    has_subject = bool(said & (PRONOUNS | ALL)) or len(part) > 5
    if low in ("and", "so", "but", "then") and before not in LINKS and has_subject:
        return after in SUBJECTS | OPENERS | {"then", "so"} and _statement_after(tokens, at + 1)
    if low in OPENERS and after in SUBJECTS and before not in LINKS and has_subject and low in ("when", "since"):
        # Whether "when" closes what was said or opens what comes, the next statement tells.
        return _main_follows(tokens, at)
    if low in STATES and before not in LINKS | SAYING | DANGLING and has_subject:
        return True
    if low in ("it", "there") and after in ("was", "were", "is", "went", "took", "had"):
        return before not in LINKS | SAYING | DANGLING and has_subject
    if low in ("thank", "thanks") and after in ("you", "for") and before not in LINKS | {"to"}:
        return True
    if low in FIRST and (tokens[at - 2].low, before) in (("since", "then"), ("after", "that")) and len(part) > 4:
        return True
    if (
        low in PRONOUNS
        and low not in ("it", "there")
        and before not in LINKS | SAYING
        and said & (PRONOUNS | ALL | {"you"})
    ):
        return not (part[0].low in OPENERS and len(said & PRONOUNS) <= 1 and low in FIRST)
    return False


def _statement_after(tokens: Sequence[_Token], at: int) -> bool:
    """Whether a verb comes soon: "and the late shift" is none, "and the orders stopped" is one."""
    low = tokens[at].low
    if low in PRONOUNS | OPENERS | {"then", "so"}:
        return True
    following: list[str] = []
    for token in tokens[at + 1 : at + 6]:
        if token.low in ("and", "or", "but"):
            break
        following.append(token.low)
    return bool(VERBISH.search(" ".join(following)))


def _main_follows(tokens: Sequence[_Token], at: int) -> bool:
    """Whether after "when ..." a statement of one's own comes that it belongs to."""
    for place in range(at + 3, min(at + 20, len(tokens))):
        low, before = tokens[place].low, tokens[place - 1].low
        if low in ("and", "so", "but"):
            return False
        if low in FIRST and before not in LINKS:
            return True
    return False


def _rejoined(parts: list[list[_Token]]) -> list[list[_Token]]:
    """A piece of up to three words ("i made") belongs to what stands before it."""
    found: list[list[_Token]] = []
    for part in parts:
        if found and len(part) <= 3 and len(found[-1]) + len(part) <= MOST_WORDS:
            found[-1].extend(part)
        else:
            found.append(part)
    return found


def _clause(tokens: Sequence[_Token], names: Mapping[str, str], composed: bool) -> Clause | None:
    tokens = list(tokens)
    joint = tokens[0].low if tokens[0].low in ("and", "so", "but") else ""
    while len(tokens) > 1 and (tokens[0].low in JOINTS or (tokens[0].low == "now" and tokens[1].low in FIRST)):
        tokens = tokens[1:]
    while (
        len(tokens) > 1
        and not tokens[-1].ends
        and tokens[-1].low
        in (
            "and",
            "so",
            "but",
            "then",
            "yeah",
            "right",
            "okay",
            "or",
            "because",
        )
    ):
        tokens = tokens[:-1]
    if not tokens:
        return None
    texts = [_named(token.text, names) for token in tokens]
    lows = [token.low for token in tokens]
    if lows[0] in OPENERS:
        for at in range(3, len(texts)):
            if lows[at] in FIRST and lows[at - 1] not in LINKS and not texts[at - 1].endswith(","):
                texts[at - 1] += ","
                break
    for at in range(4, len(texts) - 1):
        if lows[at] in ("so", "but") and lows[at + 1] in FIRST and not re.search(r"\W$", texts[at - 1]):
            texts[at - 1] += ","
            break
    text = " ".join(texts).strip(" ,;:-–—")
    inner = text.rstrip(".")
    text = text[:1].upper() + text[1:]
    text = text if text.endswith((".", "!", "?")) else f"{text}."
    begins = lows[0] in START or tokens[0].text[:1].isupper() or lows[0] in names
    fit = begins and is_fit(text, lows, composed)
    return Clause(text, tokens[0].at, tokens[-1].at, fit, stands_alone(lows), joint, inner)


def _named(word: str, names: Mapping[str, str]) -> str:
    found = re.match(r"(\W*)([\w-]+)", word)
    if not found or found[2] != found[2].lower() or found[2] not in names:
        return word
    return word[: found.start(2)] + names[found[2]] + word[found.end(2) :]

"""Numbers in a text, in figures or in words, by their value: "900" and "nine hundred" are the same."""

import re
from collections.abc import Sequence


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


UNITS = _listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
"""Each stands at its own number."""
TENS = {
    word: 10 * number
    for number, word in enumerate(_listed("twenty thirty forty fifty sixty seventy eighty ninety"), 2)
}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}


def numbers_in(text: str) -> frozenset[float]:
    """The numbers in a text, in figures or in words."""
    return frozenset(value for _, value in numbers_of(text))


def numbers_of(text: str) -> Sequence[tuple[str, float]]:
    """Numbers as written, and their value; "one", and what is no count ("one page"), is none."""
    found: list[tuple[str, float]] = []
    for each in re.finditer(r"\d+(?:[.,]\d+)*", text):
        plain = (
            each[0].replace(",", "")
            if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", each[0])
            else each[0].replace(",", ".")
        )
        try:
            value = float(plain)
        except ValueError:
            # A date or a version, as it stands.
            value = float(sum(int(part) * 31**place for place, part in enumerate(re.findall(r"\d+", plain))))
        found.append((each[0], value))
    words = re.findall(r"[a-z]+", text.lower())
    at = 0
    while at < len(words):
        length, value = spelled(words[at:])
        if length:
            if value != 1 or length > 1:
                found.append((" ".join(words[at : at + length]), value))
            at += length
        else:
            at += 1
    return found


def in_words(value: int) -> str:
    """A number below a hundred in words: "twenty-five"."""
    tens = next((word for word, each in TENS.items() if each == value // 10 * 10), "")
    return "-".join(filter(None, (tens, UNITS[value % 10] if value % 10 else ""))) if value >= 20 else UNITS[value]


def spelled(words: Sequence[str]) -> tuple[int, float]:
    """How many words at the beginning are one number, and its value."""
    total, current, length = 0.0, 0.0, 0
    for place, word in enumerate(words[:12]):
        if word in UNITS:
            if length and words[place - 1] in UNITS:
                break
            current += UNITS.index(word)
        elif word in TENS:
            if length and words[place - 1] in (*UNITS, *TENS):
                break
            current += TENS[word]
        elif word in _SCALES and length:
            current = max(current, 1) * _SCALES[word]
            if _SCALES[word] >= 1_000:
                total, current = total + current, 0.0
        elif word == "and" and length and words[place - 1] in _SCALES and place + 1 < len(words):
            if words[place + 1] not in (*UNITS, *TENS):
                break
            continue
        else:
            break
        length = place + 1
    return length, total + current

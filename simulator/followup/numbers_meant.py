"""The numbers that words can mean when they are told again: "three quarters of an hour" is 45 minutes.

A remark on a number that nobody told is worth more the seldomer it is wrong, so all is counted that may be meant.
"""

import re
from collections.abc import Iterator, Sequence

from simulator.reading.numbers_told import UNITS, numbers_in, numbers_of, spelled

_PARTS = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10}
_SMALLER = {
    "minute": ((60, "second"),),
    "hour": ((60, "minute"),),
    "day": ((24, "hour"),),
    "week": ((7, "day"),),
    "fortnight": ((14, "day"), (2, "week")),
    "quarter": ((3, "month"),),
    "year": ((12, "month"), (52, "week"), (365, "day")),
    "decade": ((10, "year"),),
    "ton": ((1000, "kilo"),),
    "tonne": ((1000, "kilo"),),
    "kilo": ((1000, "gram"),),
    "kilometre": ((1000, "metre"),),
    "metre": ((100, "centimetre"),),
    "litre": ((1000, "millilitre"),),
    "dozen": ((12, ""),),
    "couple": ((2, ""),),
    "pair": ((2, ""),),
}
"""Units, and of how many smaller ones each is made."""
_LARGER = {small: (count, unit) for unit, each in _SMALLER.items() for count, small in each if small}
_ORDINALS = {f"{word}th": value for value, word in enumerate(UNITS)} | {
    "first": 1,
    "second": 2,
    "third": 3,
    "fifth": 5,
    "eighth": 8,
    "ninth": 9,
    "twelfth": 12,
}
_A_HUNDRED = re.compile(r"\ban? (?=(?:hundred|thousand|million)\b)", re.IGNORECASE)
_NUMBER = r"(?P<%s>\d{1,9}(?:\.\d{1,9})?)"
_PART = rf"(?P<part>{'|'.join(_PARTS)}|halve)s?"
_UNIT = rf"(?P<unit>{'|'.join({*_SMALLER, *_LARGER})})s?"
_AMOUNTS = tuple(
    re.compile(rf"\b{each}\b")
    for each in (
        rf"{_NUMBER % 'whole'} and (?:an? )?(?:{_NUMBER % 'times'} )?{_PART} {_UNIT}",
        rf"(?:an? |{_NUMBER % 'whole'} ){_UNIT} and (?:an? )?(?:{_NUMBER % 'times'} )?{_PART}",
        rf"(?:{_NUMBER % 'times'} )?{_PART} (?:(?:of )?an? )?{_UNIT}",
        rf"{_NUMBER % 'whole'} {_UNIT}",
        rf"an? {_UNIT}",
    )
)
_SHARE = re.compile(rf"\b(?:{_NUMBER % 'times'} )?{_PART}\b")
_AMONG = re.compile(r"\b(?P<some>\d{1,9}) (?:in|of|out of)(?: every)? (?P<all>\d{1,9})\b")
_PER_CENT = re.compile(r"\b(?P<share>\d{1,9}(?:\.\d{1,9})?) ?(?:%|per ?cent)")
_HOUR = re.compile(
    r"\b(?:(?P<part>half|quarter)|(?P<minutes>\d{1,9})(?: minutes)?) ?(?P<way>past|to)? (?P<hour>\d{1,2})\b"
    r"|\b(?P<at>\d{1,2}) ?(?:o'?clock|[ap]m)\b"
)
_BESIDE = re.compile(r"\b(?P<first>\d{1,2}) (?=(?P<second>\d{1,2})\b)")
_POINT = re.compile(r"\b(?P<whole>\d{1,9}) point (?P<tenths>\d{1,9})\b")


def numbers_meant(text: str) -> frozenset[float]:
    """The numbers in a text, and those that one may call them by in telling it again."""
    plain = in_figures(text)
    found = set(numbers_in(text))
    found |= {round(value, 2) for each in (_amounts, _shares, _hours, _beside) for value in each(plain)}
    return frozenset(found | {float(each) for each in re.findall(r"\b\d{1,9}(?:\.\d{1,9})?\b", plain)})


def numbers_written(sentence: str) -> Sequence[tuple[str, float]]:
    """Numbers as written in a sentence, with their values: "a hundred and fifty" is one of them."""
    return numbers_of(_A_HUNDRED.sub("one ", sentence))


def in_figures(text: str) -> str:
    """A text in small letters, its numbers in figures: "a hundred and fifty litres" is "150 litres"."""
    lower = re.sub(r"(?<=\d),(?=\d{3})", "", text.lower().replace("’", "'"))
    lower = _A_HUNDRED.sub("one ", lower).replace("-", " ")
    words = re.findall(r"\d+(?:\.\d+)?|[^\W\d_][\w']*|[%:;.!?]", lower)
    found: list[str] = []
    at = 0
    while at < len(words):
        length, value = spelled(words[at : at + 12])
        ordinal = _ORDINALS.get(words[at])
        if length:
            found.append(f"{value:g}" if value < 1e6 else str(int(value)))
        else:
            found.append(
                str(ordinal)
                if ordinal is not None and words[at] not in ("second", "third", "fifth", "tenth")
                else words[at]
            )
        at += length or 1
    return " ".join(found)


def _amounts(plain: str) -> Iterator[float]:
    for pattern in _AMOUNTS:
        for each in pattern.finditer(plain):
            given = each.groupdict()
            part = _PARTS.get(given.get("part") or "", 0.0) * float(given.get("times") or 1)
            has_whole = "whole" in given or "part" not in given
            yield from _in_units((float(given.get("whole") or 1) if has_whole else 0.0) + part, given["unit"])


def _in_units(amount: float, unit: str) -> Iterator[float]:
    """An amount in its own unit, in the smaller ones, and in larger ones that it fills."""
    yield from (amount, int(amount))
    for count, smaller in _SMALLER.get(unit, ()):
        yield round(amount % 1 * count)
        yield from _in_units(amount * count, smaller)
    if unit in _LARGER:
        count, larger = _LARGER[unit]
        if amount >= count / 4:
            yield amount / count
            yield from (below * amount / count for below, _ in _SMALLER.get(larger, ()))


def _shares(plain: str) -> Iterator[float]:
    """Shares, also as per cent, and "one in ..."."""
    shares = [_PARTS.get(each["part"], 0.5) * float(each["times"] or 1) for each in _SHARE.finditer(plain)]
    shares += [int(each["some"]) / int(each["all"]) for each in _AMONG.finditer(plain) if int(each["all"])]
    shares += [float(each["share"]) / 100 for each in _PER_CENT.finditer(plain)]
    for share in shares:
        yield from (round(100 * share), int(100 * share), round(10 * share))
        if share:
            yield from (round(1 / share), round(1 / share, 1))
    ordinals = (each for each in ("second", "third", "fifth", "tenth") if re.search(rf"\b{each}\b", plain))
    yield from (float(_ORDINALS[each]) for each in ordinals)


def _hours(plain: str) -> Iterator[float]:
    """Times of the day: "half past ten" is 10.30, and 22.30."""
    for each in _HOUR.finditer(plain):
        hour = int(each["hour"] or each["at"])
        minutes = {"half": 30, "quarter": 15}.get(each["part"] or "", int(each["minutes"] or 0))
        if each["way"] == "to":
            hour, minutes = hour - 1, 60 - minutes
        yield from (minutes, *(late + minutes / 100 for late in (hour, hour + 12)), hour, hour + 12)


def _beside(plain: str) -> Iterator[float]:
    """Years and prices as they are said: "nineteen ninety-eight", "two fifty"; and "two point five"."""
    for each in _BESIDE.finditer(plain):
        first, second = int(each["first"]), int(each["second"])
        yield from (first * 100 + second, first + second / 100)
    yield from (float(f"{each['whole']}.{each['tenths']}") for each in _POINT.finditer(plain))

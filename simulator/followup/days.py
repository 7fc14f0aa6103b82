"""Days as people write them: 2026-11-27, 27.11.2026, 27/11/2026, 27 November, 3rd of March, next Tuesday, tomorrow.

A day without a year is the nearest one that makes sense: ahead, or, for what has been, behind. Of figures with
slashes or full stops the day comes first, as in Britain; where that is no day, the month does.
"""

import re
from datetime import date, timedelta

from simulator.errors import UserError
from simulator.reading.numbers_told import UNITS

LONGEST = 60
"""Characters of a date; more is no date."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_COUNTS = {"a": 1, **{UNITS[number]: number for number in range(1, 13)}}
_NEAR = {"today": 0, "tomorrow": 1, "yesterday": -1}
_FIGURES = re.compile(r"(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}|\d{2}))?\.?")


def day_of(
    text: str, what: str = "The date", today: date | None = None, ahead: bool = True, since: date | None = None
) -> date:
    """The day that is written. Where no year says, it lies ahead of `since` (today), or behind it.

    Raises UserError when it is none.
    """
    plain = " ".join(text[: LONGEST + 1].split())
    today = today or date.today()
    found = _read(plain.lower().strip(" ."), today, since or today, ahead) if len(text) <= LONGEST else None
    if found is None:
        shown = f"{plain[:LONGEST]}..." if len(text) > LONGEST else plain
        raise UserError(f"{what} '{shown}' is no day.", "Write it as 27 November 2026, 27.11.2026 or 2026-11-27.")
    return found


def _read(text: str, today: date, since: date, ahead: bool) -> date | None:
    if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", text):
        year, month, day = (int(part) for part in text.split("-"))
        return _day(year, month, day)
    if found := _FIGURES.fullmatch(text):
        day, month = int(found[1]), int(found[2])
        day, month = (month, day) if month > 12 >= day else (day, month)
        return _with_year(found[3], month, day, since, ahead)
    if text in _NEAR:
        return today + timedelta(days=_NEAR[text])
    words = [word for word in re.split(r"[\s,.]+", text) if word not in ("", "of", "the", "on")]
    return _in_words(words, today, since, ahead)


def _in_words(words: list[str], today: date, since: date, ahead: bool) -> date | None:
    """ "27 november 2026", "november 27th", "tuesday 3 march", "next tuesday", "in two weeks"."""
    if counted := re.fullmatch(r"in (\d{1,3}|[a-z]+) (day|week)s?", " ".join(words)):
        count = int(counted[1]) if counted[1].isdecimal() else _COUNTS.get(counted[1])
        return None if count is None else today + timedelta(days=count * (7 if counted[2] == "week" else 1))
    weekday = [word for word in words if _weekday(word) is not None]
    rest = [word for word in words if word not in weekday]
    if weekday and (not rest or rest in (["next"], ["this"], ["last"])):
        return _nearest_weekday(weekday[0], rest[0] if rest else "", today, ahead)
    months = [number for word in rest if (number := _month(word))]
    numbers = [found for word in rest if (found := re.fullmatch(r"(\d{1,4})(?:st|nd|rd|th)?", word))]
    if len(months) != 1 or len(months) + len(numbers) != len(rest):
        return None
    years = [found[1] for found in numbers if len(found[1]) == 4]
    days = [int(found[1]) for found in numbers if len(found[1]) < 3]
    if len(days) != 1 or len(years) > 1 or len(days) + len(years) != len(numbers):
        return None
    found_day = _with_year(years[0] if years else None, months[0], days[0], since, ahead)
    if weekday and found_day and found_day.weekday() != _weekday(weekday[0]):
        return None
    return found_day


def _nearest_weekday(word: str, which: str, today: date, ahead: bool) -> date:
    """That weekday ahead (or behind): the first after today, whether "next" or plain; "last" is behind."""
    wanted = _weekday(word) or 0
    if which == "last":
        return today - timedelta(days=(today.weekday() - wanted - 1) % 7 + 1)
    if not ahead and not which:
        return today - timedelta(days=(today.weekday() - wanted) % 7)
    return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)


def _weekday(word: str) -> int | None:
    for number, name in enumerate(_WEEKDAYS):
        if word == name or (len(word) >= 3 and name.startswith(word)):
            return number
    return None


def _month(word: str) -> int | None:
    for number, (short, name) in enumerate(zip(_MONTHS, _MONTH_NAMES, strict=True), 1):
        if word in (short, name, f"{short}t") or (len(word) >= 3 and name.startswith(word)):
            return number
    return None


def _with_year(year: str | None, month: int, day: int, since: date, ahead: bool) -> date | None:
    if year is not None:
        return _day(int(year) + (2000 if len(year) == 2 else 0), month, day)
    here = _day(since.year, month, day)
    if here is None or (here >= since if ahead else here <= since):
        return here
    return _day(since.year + (1 if ahead else -1), month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

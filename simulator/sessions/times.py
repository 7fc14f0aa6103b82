"""Times of day as people say them: where the user is, near days by their name, lengths in minutes."""

from datetime import date, datetime

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}
"""Days that have a name, by how far they are ahead."""


def local(at: str) -> datetime | None:
    """A kept time (ISO 8601 in UTC) where the user is; None where it is none."""
    try:
        return datetime.fromisoformat(at).astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def day_words(day: date, today: date) -> str:
    """A day as every screen names it: "today", "tomorrow", "yesterday", or as `date_words` has it."""
    return NEAR.get((day - today).days) or date_words(day, today)


def date_words(day: date, today: date) -> str:
    """A day by its date: "Tue 24 Nov", and with its year where that is another one."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}{year}"


def kept_day_words(at: str, today: date) -> str:
    """The day of a kept time, or a kept day; as it is kept where it is none."""
    when = local(at)
    return at if when is None else day_words(when.date(), today)


def short_day_words(at: str, today: date) -> str:
    """The day of a kept time where there is little room: "24 Nov"; as it is kept where it is none."""
    when = local(at)
    return at if when is None else date_words(when.date(), today).partition(" ")[2]


def moment_words(at: str, today: date) -> str:
    """A kept time with its time of day: "yesterday 18:05"; as it is kept where it is none."""
    when = local(at)
    return at if when is None else f"{day_words(when.date(), today)} {when:%H:%M}"


def length_words(began: str, ended: str) -> str:
    """How long something took: "14 min", "under a minute"; "" where it has not ended or cannot be known."""
    start, end = local(began), local(ended)
    if start is None or end is None or end < start:
        return ""
    minutes = round((end - start).total_seconds() / 60)
    if minutes < 1:
        return "under a minute"
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"


def clock(seconds: float | None) -> str:
    """Seconds as minutes and seconds ("0:48"), "" for None."""
    if seconds is None:
        return ""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"

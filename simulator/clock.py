"""The time of day as it is kept, and ids that sort by it."""

import secrets
from datetime import UTC, date, datetime

YEARS = range(1970, 2200)
"""Years that are reckoned with; in others days before and after do not always exist."""


def _now() -> datetime:
    """The time of day; a clock that is set beyond the years reckoned with stands at their nearest end."""
    at = datetime.now(UTC)
    if at.year < YEARS[0]:
        return datetime(YEARS[0], 1, 1, tzinfo=UTC)
    return at if at.year in YEARS else datetime(YEARS[-1], 12, 31, 23, 59, 59, tzinfo=UTC)


def now() -> str:
    """The time of day as sessions keep it: ISO 8601, UTC, whole seconds."""
    return _now().strftime("%Y-%m-%dT%H:%M:%SZ")


def is_day(text: str) -> bool:
    """Whether a text is a day as it is kept: "2026-11-23"."""
    try:
        return date.fromisoformat(text).year in YEARS
    except ValueError:
        return False


def is_time(text: str) -> bool:
    """Whether a text is a time as it is kept: "2026-11-23T14:05:09Z"."""
    try:
        return datetime.fromisoformat(text).year in YEARS
    except ValueError:
        return False


def new_session_id() -> str:
    """A short id that sorts by time: "20261123-140509-7f3a"."""
    return f"{_now():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"

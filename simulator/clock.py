"""The time of day as it is kept, and ids that sort by it."""

import secrets
from datetime import UTC, datetime


def now() -> str:
    """The time of day as sessions keep it: ISO 8601, UTC, whole seconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def new_session_id() -> str:
    """A short id that sorts by time: "20261123-140509-7f3a"."""
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"

"""Times as they are kept, whatever the machine's clock says."""

from datetime import UTC, datetime, tzinfo

import pytest

from simulator import clock


@pytest.mark.parametrize(
    ("year", "kept"), [(1969, "1970-01-01T"), (1971, "1971-06-05T"), (2199, "2199-06-05T"), (2262, "2199-12-31T")]
)
def test_what_is_kept_can_be_read_again_whatever_the_clock_is_set_to(
    monkeypatch: pytest.MonkeyPatch, year: int, kept: str
) -> None:
    class Set(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Set":
            return cls(year, 6, 5, tzinfo=UTC)

    monkeypatch.setattr(clock, "datetime", Set)
    assert clock.now().startswith(kept)
    assert clock.is_time(clock.now())
    assert clock.new_session_id().startswith(kept[:4])

"""What to do when after an interview."""

from datetime import date, timedelta

from simulator.followup.timeline import timeline


def test_writing_comes_first_and_asking_after_one_to_two_weeks() -> None:
    steps = timeline(date(2026, 11, 23))
    assert steps[0].due == date(2026, 11, 23)
    assert "thank-you" in steps[0].what
    assert timedelta(days=7) <= steps[-1].due - steps[0].due <= timedelta(days=14)


def test_nobody_is_asked_on_a_weekend() -> None:
    for day in range(14):
        assert timeline(date(2026, 11, 1) + timedelta(days=day))[-1].due.weekday() < 5

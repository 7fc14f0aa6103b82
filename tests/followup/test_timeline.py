"""What to do when after an interview."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from simulator.errors import UserError
from simulator.followup.due_steps import due_steps
from simulator.followup.repositories import Repositories
from simulator.followup.timeline import (
    StepKind,
    Timeline,
    as_calendar,
    step_kind,
    timeline_of,
    with_dates,
)
from simulator.sessions.store import Store

MONDAY = date(2026, 11, 23)


def on(timeline: Timeline, kind: StepKind) -> date:
    return next(step.day for step in timeline.steps if step.kind is kind)


def test_thanks_come_first_and_the_inquiry_after_one_to_two_weeks() -> None:
    timeline = timeline_of("s", "", MONDAY)
    assert timeline.steps[0].kind is StepKind.THANKS
    assert timeline.steps[0].day == MONDAY
    assert timedelta(days=7) <= on(timeline, StepKind.INQUIRY) - MONDAY <= timedelta(days=14)
    assert timeline.steps[-1].kind is StepKind.MOVE_ON


def test_after_a_date_that_was_told_two_working_days_pass_before_asking() -> None:
    friday = date(2026, 12, 4)
    assert on(timeline_of("s", "", MONDAY, friday), StepKind.INQUIRY) == date(2026, 12, 8)


def test_nobody_is_asked_on_a_weekend() -> None:
    for day in range(28):
        for decision in (None, MONDAY + timedelta(days=day + 5)):
            timeline = timeline_of("s", "", MONDAY + timedelta(days=day), decision)
            assert on(timeline, StepKind.INQUIRY).weekday() < 5
            assert on(timeline, StepKind.APPLY).weekday() < 5


def test_there_is_one_inquiry_only() -> None:
    assert [step.kind for step in timeline_of("s", "", MONDAY).steps].count(StepKind.INQUIRY) == 1


def test_a_decision_before_the_interview_is_a_problem() -> None:
    with pytest.raises(UserError, match="before the interview"):
        timeline_of("s", "", MONDAY, date(2026, 11, 20))


def test_at_most_one_step_is_due_and_none_goes_on_for_ever() -> None:
    timeline = timeline_of("s", "", MONDAY)
    shown = [timeline.due(MONDAY + timedelta(days=day)) for day in range(-3, 120)]
    assert all(len(each) <= 1 for each in shown)
    assert all(each == () for each in (*shown[:3], *shown[60:]))
    assert {each[0].kind for each in shown if each} == set(StepKind)


def test_what_is_ticked_off_is_not_due_and_stays_so_with_new_dates() -> None:
    done = timeline_of("s", "", MONDAY).with_done(StepKind.THANKS)
    assert done.due(MONDAY) == ()
    moved = with_dates(done, timeline_of("s", "", MONDAY, date(2026, 12, 4)))
    assert moved.due(MONDAY) == ()
    assert moved.with_done(StepKind.THANKS, False).due(MONDAY)[0].kind is StepKind.THANKS


def test_the_home_screen_is_told_one_step_of_each_interview(tmp_path: Path) -> None:
    store = Store(tmp_path / "sessions.sqlite3")
    repositories = Repositories(store)
    repositories.timelines.save(timeline_of("a", "Nurse at St Anne's", MONDAY))
    repositories.timelines.save(timeline_of("b", "", MONDAY - timedelta(days=14)))
    found = due_steps(repositories, MONDAY)
    assert [(due.id, due.step.kind) for due in found] == [("b", StepKind.INQUIRY), ("a", StepKind.THANKS)]
    assert found[1].line == "Send a thank-you letter to each interviewer: Nurse at St Anne's"
    assert due_steps(repositories, MONDAY - timedelta(days=40)) == ()
    store.close()


def test_the_calendar_holds_the_open_steps_as_whole_days() -> None:
    timeline = timeline_of("s1", "Cook, second; at Köhler's house on the hill by the river in Düsseldorf", MONDAY)
    text = as_calendar([timeline.with_done(StepKind.THANKS)], datetime(2026, 11, 23, 12, 0, tzinfo=UTC))
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in lines)
    unfolded = text.replace("\r\n ", "")
    assert unfolded.count("BEGIN:VEVENT") == unfolded.count("END:VEVENT") == len(timeline.steps) - 1
    assert "DTSTART;VALUE=DATE:20261203\r\nDTEND;VALUE=DATE:20261204\r\n" in unfolded
    assert "Cook\\, second\\; at Köhler's house" in unfolded
    assert "UID:s1-inquiry@second-round" in unfolded
    assert "VALARM" not in text


def test_steps_are_read_as_people_write_them() -> None:
    assert step_kind("Move on") is StepKind.MOVE_ON
    with pytest.raises(UserError, match="thanks, references"):
        step_kind("call")

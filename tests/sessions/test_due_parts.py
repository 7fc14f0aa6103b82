"""A part that was missing comes back after days, more rarely the better it sits; what always sits never comes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from simulator.scoring.scorecard import PartState
from simulator.sessions.due_parts import due_in, due_parts, due_words, often_missed, scheduled_parts
from simulator.sessions.store import Store
from simulator.sessions.store_rows import PartsTold
from tests.sessions.made import WEAK, WHY, answered, practice

BEGIN = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
ASK = "Tell me about a time you calmed somebody down."


def told(day: int, question: str = "calm", ask: str = ASK, **parts: PartState) -> PartsTold:
    """An answer given so many days after the first, with what each part was."""
    at = (BEGIN + timedelta(days=day)).isoformat()
    return PartsTold(question, "small", ask, at, "examples", dict(parts))


def days_until_due(answers: Sequence[PartsTold]) -> int:
    """Days from the last answer until its only part is due."""
    (part,) = scheduled_parts(answers)
    last = datetime.fromisoformat(answers[-1].answered_at).astimezone().date()
    return (part.due - last).days


def on(day: int) -> date:
    return (BEGIN + timedelta(days=day)).astimezone().date()


def test_what_was_told_from_the_first_is_never_due() -> None:
    answers = [told(day, outcome=PartState.YES, own_action=PartState.YES) for day in range(0, 120, 30)]
    assert scheduled_parts(answers) == ()


def test_a_missing_part_is_due_within_days_and_not_the_same_day() -> None:
    answers = [told(0, outcome=PartState.NO)]
    assert 1 <= days_until_due(answers) <= 3
    assert due_parts(answers, on(0)) == ()
    assert [part.element for part in due_parts(answers, on(3))] == ["outcome"]


def test_told_when_due_it_comes_back_ever_later_over_months() -> None:
    answers = [told(0, outcome=PartState.NO)]
    waits = []
    for _ in range(6):
        waits.append(days_until_due(answers))
        day = (datetime.fromisoformat(answers[-1].answered_at) - BEGIN).days + waits[-1]
        answers.append(told(day, outcome=PartState.YES))
    assert waits == sorted(waits)
    assert waits[-1] > 30


def test_missing_again_it_comes_back_soon() -> None:
    learned = [told(0, outcome=PartState.NO), told(2, outcome=PartState.YES), told(12, outcome=PartState.YES)]
    forgotten = [*learned, told(40, outcome=PartState.NO)]
    assert days_until_due(forgotten) < days_until_due(learned)


def test_the_part_that_is_weakest_over_all_questions_comes_first() -> None:
    answers = [
        told(0, "calm", lesson=PartState.NO),
        told(1, "led", outcome=PartState.NO),
        told(2, "failed", outcome=PartState.NO),
    ]
    found = due_parts(answers, on(30))
    assert [part.element for part in found] == ["outcome", "outcome", "lesson"]
    assert due_words(found) == "3 parts of answers to practise again"
    assert due_words(found * 9) == "3 parts of answers to practise again; the rest another day"
    assert often_missed(found[0]) == "once"


def test_what_may_have_been_told_or_is_stood_for_is_neither_missed_nor_learned() -> None:
    assert scheduled_parts([told(0, outcome=PartState.PERHAPS, checkable=PartState.SPARE)]) == ()
    missing = [told(0, outcome=PartState.NO)]
    unsure = [*missing, told(5, outcome=PartState.PERHAPS)]
    assert [part.due for part in scheduled_parts(unsure)] == [part.due for part in scheduled_parts(missing)]


def test_the_same_answers_always_give_the_same_days() -> None:
    answers = [told(day, outcome=PartState.NO if day % 3 else PartState.YES) for day in range(1, 60, 4)]
    assert scheduled_parts(answers) == scheduled_parts(answers)


def test_a_store_tells_what_is_due_until_the_session_is_deleted(tmp_path: Path) -> None:
    store = Store(tmp_path / "sessions.sqlite3")
    session = practice()
    weak = replace(answered(session.id, 0, WHY, WEAK), answered_at="2026-11-23T14:06:00Z")
    store.begin(replace(session, answers=(weak,)))
    found = due_in(store, date(2026, 12, 20))
    assert {part.question_id for part in found} == {WHY.id}
    assert "attraction" in {part.element for part in found}
    assert "to practise again" in due_words(found)
    store.delete(session.id)
    assert due_in(store, date(2026, 12, 20)) == ()
    store.close()

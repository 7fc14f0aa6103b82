"""Progress: levels over time, the own eye, rows of days, and what to practise next and why."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.questions.competencies import competency_name
from simulator.sessions.home_overview import home_overview
from simulator.sessions.progress import (
    WEEKS_SHOWN,
    days_in_a_row,
    next_up,
    own_eye,
    progress,
    progress_text,
    rubric_progress,
    spark,
    suggestion,
    weak_spots,
)
from simulator.sessions.report import session_report
from simulator.sessions.store import CompetencyLevel, DayLevel, LevelPoint, Store
from tests.sessions.made import CALM, STRONG, WEAK, answered, practice

TODAY = date(2026, 11, 23)
"""A Monday."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "sessions.sqlite3")
    yield opened
    opened.close()


def point(
    level: int, day: str, question: str = "calm", own: int | None = None, rubric: str = "examples"
) -> LevelPoint:
    return LevelPoint(rubric, level, f"2026-11-{day}T10:00:00Z", question, f"on-{question}", "bank", question, own)


def competency(name: str, mean: float = 2.0, count: int = 9, last: str = "2026-11-22") -> CompetencyLevel:
    return CompetencyLevel(name, mean, count, f"{last}T10:00:00Z", f"q-{name}", "bank", "examples")


def test_weeks_run_from_monday_to_sunday_and_the_latest_is_last() -> None:
    days = [
        DayLevel("examples", "2026-11-23", 4.0, 1),
        DayLevel("examples", "2026-11-22", 2.0, 1),
        DayLevel("examples", "2026-11-16", 1.0, 3),
        DayLevel("examples", "2026-09-07", 0.0, 1),
        DayLevel("examples", "2026-09-06", 4.0, 1),
    ]
    (found,) = rubric_progress(days, TODAY, {"examples": 7}, {"examples": 2.0})
    assert len(found.weeks) == WEEKS_SHOWN
    assert found.weeks[-1] == 4.0
    assert found.weeks[-2] == (2.0 + 3 * 1.0) / 4
    assert found.weeks[0] == 0.0, "eleven weeks before; the day before that is not shown"
    assert found.weeks[1:-2] == (None,) * (WEEKS_SHOWN - 3)
    assert found.count == 7
    assert found.change is not None
    assert found.change > 0


def test_rubrics_come_in_their_order_own_ones_last() -> None:
    names = ("own", "questions", "examples", "motivation")
    days = [DayLevel(name, "2026-11-20", 1.0, 1) for name in names]
    ordered = rubric_progress(days, TODAY, dict.fromkeys(names, 1), dict.fromkeys(names, 1.0))
    assert [each.rubric for each in ordered] == ["examples", "motivation", "questions", "own"]


@given(st.lists(st.tuples(st.integers(0, 200), st.floats(0, 4), st.integers(1, 5)), min_size=1, max_size=30))
def test_means_stay_between_the_levels_they_are_of(given_days: list[tuple[int, float, int]]) -> None:
    days = [DayLevel("examples", f"{TODAY - timedelta(days=ago)}", mean, count) for ago, mean, count in given_days]
    (found,) = rubric_progress(days, TODAY, {"examples": len(days)}, {"examples": 1.0})
    means = [mean for _, mean, _ in given_days]
    for value in (week for week in found.weeks if week is not None):
        assert min(means) - 1e-9 <= value <= max(means) + 1e-9


@pytest.mark.parametrize(
    ("ago", "row"),
    [([], 0), ([0], 1), ([1], 1), ([2], 0), ([0, 1, 2], 3), ([1, 2], 2), ([0, 2, 3], 1)],
)
def test_a_row_of_days_is_not_broken_by_a_day_that_is_not_over(ago: list[int], row: int) -> None:
    assert days_in_a_row([TODAY - timedelta(days=each) for each in ago], TODAY) == row


def test_the_own_eye_leans_and_gets_better() -> None:
    points = [point(1, f"{n:02d}", own=own) for n, own in enumerate((4, 4, 3, 2, 1, 1), 1)]
    (eye,) = own_eye([*points, point(3, "20")])
    assert eye.count == 6
    assert eye.lean == pytest.approx(1.5)
    assert eye.words == (
        "Concrete examples: you rate yourself 1.5 above the levels on average, "
        "and you judge yourself better than before."
    )
    (close,) = own_eye([point(2, "01", own=2)])
    assert "close to the levels" in close.words
    (torn,) = own_eye([point(2, "01", own=4), point(2, "02", own=0)])
    assert "now above, now below the levels, 2.0 apart" in torn.words
    assert list(own_eye([point(2, "01")])) == []


def test_the_suggestion_is_the_question_that_is_weak_now_not_once() -> None:
    points = [point(0, "01", "calm"), point(4, "02", "calm"), point(1, "03", "plan"), point(3, "04", "lead")]
    found = suggestion(points)
    assert found
    assert found.question_id == "plan"
    assert "on plan" in found.why
    assert found.to_do == "One question, to practise on plan."
    assert suggestion([]) is None


def test_the_weakest_rubric_comes_first() -> None:
    points = [point(3, "01"), point(1, "02", "why", rubric="motivation")]
    found = suggestion(points)
    assert found
    assert (found.rubric, found.question_id, found.reason) == ("motivation", "why", "weak")
    assert found.brief == "your weakest lately, 1.0 of 4"
    assert found.why == "Motivation: level 1 of 4 in your last question, on on why."


def test_a_good_last_try_is_told_as_one_where_its_rubric_is_still_the_weakest() -> None:
    points = [point(4, "01"), point(0, "02", "why", rubric="motivation"), point(4, "03", "plan", rubric="motivation")]
    found = suggestion(points)
    assert found
    assert (found.question_id, found.mastered) == ("why", False)
    assert found.brief == "good last time (level 4), still your weakest (2.0)"
    assert found.why.endswith("over your last 2 questions, weakest in on why, though the last was good (level 4).")


def test_among_equals_nothing_is_called_the_weakest() -> None:
    examples = [point(4, "01"), point(2, "02", "plan"), point(2, "03", "lead")]
    found = suggestion([*examples, point(3, "04", "why", rubric="motivation")])
    assert found
    assert (found.rubric, found.brief) == ("examples", "your weakest lately, 2.7 of 4")
    assert "weakest" not in found.why, "two questions are as weak"
    found = suggestion([point(2, "01"), point(4, "02", "plan"), point(3, "03", "why", rubric="motivation")])
    assert found
    assert found.brief == "good last time (level 4)"


def test_next_come_the_weak_the_rare_and_the_long_ago_each_once() -> None:
    points = [point(1, "20")]
    competencies = [
        competency("on-calm", count=20),
        competency("planning", count=1),
        competency("teamwork", mean=3.5, last="2026-10-01"),
        competency("learning", mean=3.5),
    ]
    weak, rare, old = next_up((), points, competencies, TODAY)
    assert (weak.reason, weak.competency) == ("weak", "on-calm")
    assert (rare.reason, rare.competency, rare.why) == ("rare", "planning", "Planning: practised once so far.")
    assert (old.reason, old.competency, old.question_id) == ("long ago", "teamwork", "q-teamwork")
    assert old.why == "Teamwork: not practised for 53 days."
    assert next_up((), [], [], TODAY) == ()


def test_nothing_stands_twice_under_what_to_practise_next() -> None:
    points = [point(1, "01", question="why", rubric="motivation"), point(3, "02", question="calm")]
    competencies = [
        competency("motivation", mean=1.0, count=1, last="2026-10-01"),
        competency("planning", count=2, last="2026-10-02"),
        replace(competency("drive", last="2026-09-01"), question_id="why"),
        competency("teamwork", last="2026-10-03"),
    ]
    found = next_up((), points, competencies, TODAY)
    assert [each.about for each in found] == ["Motivation", "Planning", "Teamwork"]
    assert len({each.question_id for each in found}) == 3


def test_a_spark_shows_low_high_and_nothing() -> None:
    assert spark([0, 4, None, 2]) == "▁█·▅"
    assert spark([]) == ""
    assert spark([9, -1]) == "█▁"


def test_progress_is_read_from_the_store_without_the_sample(store: Store) -> None:
    store.begin(practice())
    store.begin(practice("sample", sample=True, answers=(answered("sample", 0, CALM, WEAK),)))
    store.rate_self(practice().answers[1].id, {"examples": 2})
    found = progress(store, TODAY)
    assert found.answers == 3
    assert found.days_this_month == found.days_in_a_row == 1
    counts = {each.competency: each.count for each in found.competencies}
    assert counts == {"conflict": 1}, "what is called like a rubric has one number, the rubric's"
    assert {"motivation", "questions"} <= {each.rubric for each in found.rubrics}
    assert [eye.rubric for eye in found.own_eye] == ["examples"]
    assert found.next_up[0].rubric == "motivation"
    text = progress_text(found)
    assert "3 questions answered, practised on 1 day this month" in text
    assert "Practise next" in text


def test_without_practice_it_says_what_to_do(store: Store) -> None:
    assert "There are no scored answers yet" in progress_text(progress(store, TODAY))
    seen = home_overview(store, TODAY)
    assert (seen.latest, seen.suggested, seen.unfinished, seen.days) == ((), None, None, {})


def test_what_is_weakest_is_named_with_the_question_that_its_drill_asks(store: Store) -> None:
    store.begin(practice(answers=(answered(practice().id, 0, CALM, STRONG),)))
    suggested = home_overview(store, TODAY).suggested
    assert suggested
    assert suggested.question_id == CALM.id
    assert (suggested.brief, suggested.to_do) == ("good last time (level 4)", f"To keep it so: {CALM.ask}")
    store.begin(practice("t", answers=(answered("t", 0, CALM, WEAK, answered_at="2026-11-24T09:00:00Z"),)))
    suggested = home_overview(store, TODAY).suggested
    assert suggested
    assert (suggested.brief, suggested.to_do) == ("level lately, 2.0 of 4", f"Once more: {CALM.ask}")


def test_the_competencys_weakest_question_of_late_is_named(store: Store) -> None:
    store.begin(practice(answers=(answered(practice().id, 0, CALM, STRONG),)))
    store.begin(practice("b", answers=(answered("b", 0, CALM, WEAK, answered_at="2026-11-24T00:00:00Z"),)))
    (found,) = store.competency_levels(12)
    assert (found.competency, found.question_id, found.count) == ("conflict", "calm", 2)
    assert found.last_at == "2026-11-24T00:00:00Z"
    (latest,) = store.competency_levels(1)
    assert latest.mean < found.mean


def test_a_question_with_two_rubrics_and_two_tries_counts_once_with_its_best_levels(store: Store) -> None:
    both = replace(CALM, rubrics=("examples", "motivation"))
    reasons = f"{STRONG} because i wanted to work where people are calm ever since i was a child"
    tries = (answered("a", 0, both, reasons), answered("a", 0, both, WEAK, attempt=2))
    store.begin(practice("a", answers=()))
    for answer in tries:
        store.keep_answer(answer)
    best = tries[0].scorecard
    assert best
    levels = [best.level(rubric) or 0 for rubric in both.rubrics]
    assert levels[0] > 0
    (found,) = store.competency_levels(12)
    assert (found.competency, found.count) == ("conflict", 1)
    assert found.mean == sum(levels) / 2
    assert store.rubric_counts() == {"examples": 1, "motivation": 1}
    assert store.recent_levels("examples", 12) == levels[:1]


def test_weak_spots_weigh_competencies_and_questions(store: Store) -> None:
    store.begin(practice())
    weak = weak_spots(store)
    for question, competency in (("calm", "conflict"), ("why", "motivation")):
        levels = [each.level for each in store.levels_over_time() if each.question_id == question]
        assert levels
        assert weak[question] == weak[competency] == 4 - max(levels), "a worse try costs nothing"


def test_the_overview_tells_the_last_practice_and_what_was_left(store: Store) -> None:
    store.begin(practice())
    store.begin(practice("left", finished_at="", place="{}", answers=()))
    seen = home_overview(store, TODAY)
    (last,) = seen.latest
    assert last.id == practice().id
    assert set(last.levels) == {"examples", "motivation", "questions"}
    assert seen.suggested is not None
    assert seen.suggested.rubric == "motivation"
    assert seen.unfinished is not None
    assert seen.unfinished.id == "left"
    assert sum(seen.days.values()) == 3
    assert [rubric.rubric for rubric in seen.rubrics] == ["examples", "motivation", "questions"]


def test_progress_gives_the_figures_of_the_report(store: Store) -> None:
    store.begin(practice())
    report = {summary.rubric: summary.mean for summary in session_report(practice()).rubrics}
    assert {each.rubric: each.recent for each in progress(store, TODAY).rubrics} == report
    assert store.summaries()[0].answers == progress(store, TODAY).answers == practice().questions_answered


def test_competencies_are_named_in_words() -> None:
    for id_, name in (
        ("self-presentation", "introducing yourself"),
        ("curiosity", "forward-looking questions"),
        ("a-b", "a b"),
    ):
        assert competency_name(id_) == name

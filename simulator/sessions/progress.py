"""How practice adds up: levels over time, per competency, one's own ratings, and what to practise next and why."""

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from simulator.clock import is_day
from simulator.errors import as_started
from simulator.questions.competencies import competency_name
from simulator.scoring.levels import COMPLETE
from simulator.scoring.scorecard import MAX_LEVEL
from simulator.sessions.due_parts import DuePart, due_in, often_missed
from simulator.sessions.rubric_titles import RUBRIC_ORDER, RUBRIC_TITLES, rubric_title
from simulator.sessions.store import CompetencyLevel, DayLevel, LevelPoint, Store
from simulator.texts import counted

RECENT = 12
"""How many of the latest levels of a rubric, competency or question speak for today."""
READ_BACK = 600
"""How many levels are read to say what is weak: two months of daily practice."""
LONG_AGO_DAYS = 21
"""A competency not practised for three weeks is worth another look."""
RARE_LEVELS = 3
"""A competency with fewer levels than this says little yet."""
WEEKS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to practise next, and why, in words. `reason` is "due", "weak", "rare" or "long ago".

    `about` is a question, a rubric or a competency, `fact` what is known of it (`brief` in few words), `to_do` what
    to do this time.
    """

    rubric: str
    competency: str
    question_id: str
    bank_id: str
    about: str
    fact: str
    to_do: str
    reason: str = "weak"
    brief: str = ""
    mastered: bool = False
    """Whether the question it is about went well the last time."""

    @property
    def why(self) -> str:
        """Both in a sentence."""
        if self.about.endswith("?"):
            return f"{self.about} {self.fact[:1].upper()}{self.fact[1:]}."
        return f"{self.about}: {self.fact}."


@dataclass(frozen=True, slots=True)
class RubricProgress:
    """One rubric over time. `weeks` holds the mean of each of the latest weeks (None where there was no practice)."""

    rubric: str
    count: int
    recent: float
    weeks: tuple[float | None, ...]
    change: float | None
    """Mean of the later half of those weeks less that of the earlier half; None where one of them is empty."""


@dataclass(frozen=True, slots=True)
class OwnEye:
    """How the candidate's own rating compares with the level: mean of own less given, and mean distance.

    `earlier` is the mean distance in the first half of the ratings, `later` in the second; None under four ratings.
    """

    rubric: str
    count: int
    lean: float
    distance: float
    earlier: float | None = None
    later: float | None = None

    @property
    def words(self) -> str:
        """In a sentence."""
        title = rubric_title(self.rubric)
        if abs(self.lean) < 0.5 and self.distance >= 1.0:
            comparison = (
                f"{title}: you rate yourself now above, now below the levels, {self.distance:.1f} apart on average"
            )
        elif abs(self.lean) < 0.5:
            comparison = f"{title}: your own rating is close to the levels, {self.distance:.1f} apart on average"
        else:
            side = "above" if self.lean > 0 else "below"
            comparison = f"{title}: you rate yourself {abs(self.lean):.1f} {side} the levels on average"
        if self.earlier is not None and self.later is not None:
            if self.later < self.earlier - 0.2:
                return f"{comparison}, and you judge yourself better than before."
            if self.later > self.earlier + 0.2:
                return f"{comparison}; lately further apart than before."
        return f"{comparison}."


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything the progress screen shows."""

    rubrics: tuple[RubricProgress, ...]
    competencies: tuple[CompetencyLevel, ...]
    next_up: tuple[Suggestion, ...]
    own_eye: tuple[OwnEye, ...]
    days_this_month: int
    days_in_a_row: int
    answers: int


def progress(store: Store, today: date) -> Progress:
    """Read it from the store; `today` is the user's date."""
    recent = store.levels_over_time(latest=READ_BACK)
    competencies = store.competency_levels(RECENT)
    practised = [date.fromisoformat(day) for day in store.days_practised() if is_day(day)]
    return Progress(
        rubrics=rubrics_over_time(store, today),
        competencies=tuple(_beside_rubrics(competencies)),
        next_up=next_up(due_in(store, today), recent, competencies, today),
        own_eye=tuple(own_eye(recent)),
        days_this_month=sum((day.year, day.month) == (today.year, today.month) for day in practised),
        days_in_a_row=days_in_a_row(practised, today),
        answers=store.count_answers(),
    )


def _beside_rubrics(competencies: Collection[CompetencyLevel]) -> Iterator[CompetencyLevel]:
    """The weakest first, without those called like a rubric: beside it they would tell another number of one name."""
    titles = {title.casefold() for title in RUBRIC_TITLES.values()}
    for each in sorted(competencies, key=lambda each: (each.mean, each.competency)):
        if competency_name(each.competency).casefold() not in titles:
            yield each


def rubrics_over_time(store: Store, today: date) -> tuple[RubricProgress, ...]:
    """Each rubric over the last weeks, from the store."""
    first = today - timedelta(days=today.weekday() + 7 * (WEEKS_SHOWN - 1))
    counts = store.rubric_counts()
    lately = {rubric: _mean(store.recent_levels(rubric, RECENT)) or 0.0 for rubric in counts}
    return tuple(rubric_progress(store.daily_levels(since=first.isoformat()), today, counts, lately))


def rubrics_in_order(names: Collection[str]) -> list[str]:
    """Rubrics in the order in which they are always shown, one's own behind the three."""
    return [*(name for name in RUBRIC_ORDER if name in names), *sorted(n for n in names if n not in RUBRIC_ORDER)]


def rubric_progress(
    days: Sequence[DayLevel], today: date, counts: Mapping[str, int], lately: Mapping[str, float]
) -> Iterator[RubricProgress]:
    """Each rubric of `counts` week by week, the latest week last; weeks begin on Monday. `lately`: recent means."""
    by_rubric: dict[str, list[DayLevel]] = defaultdict(list)
    for day in days:
        if is_day(day.day):
            by_rubric[day.rubric].append(day)
    this_week = today - timedelta(days=today.weekday())
    for rubric in rubrics_in_order(counts):
        sums: dict[int, list[float]] = {}
        for day in by_rubric[rubric]:
            ago = (this_week - date.fromisoformat(day.day)).days
            # Days of this week are less than nought days before its Monday; -(-a // b) rounds up.
            week = max(0, -(-ago // 7))
            if week < WEEKS_SHOWN:
                total = sums.setdefault(week, [0.0, 0])
                total[0] += day.mean * day.count
                total[1] += day.count
        weeks = tuple(
            sums[week][0] / sums[week][1] if week in sums else None for week in range(WEEKS_SHOWN - 1, -1, -1)
        )
        half = WEEKS_SHOWN // 2
        earlier, later = _mean(weeks[:half]), _mean(weeks[half:])
        yield RubricProgress(
            rubric,
            counts[rubric],
            lately[rubric],
            weeks,
            later - earlier if earlier is not None and later is not None else None,
        )


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def days_in_a_row(practised: Sequence[date], today: date) -> int:
    """Days of practice without a gap up to today; a day not yet practised does not break the row."""
    days = set(practised)
    day = today if today in days else today - timedelta(days=1)
    count = 0
    while day in days:
        count += 1
        day -= timedelta(days=1)
    return count


def own_eye(points: Sequence[LevelPoint]) -> Iterator[OwnEye]:
    """How the own ratings compare with the levels, rubric by rubric; `points` in the order of time."""
    by_rubric: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for point in points:
        if point.self_level is not None:
            by_rubric[point.rubric].append((point.self_level, point.level))
    for rubric in rubrics_in_order(by_rubric):
        rated = by_rubric[rubric]
        apart = [abs(own - level) for own, level in rated]
        half = len(apart) // 2
        halves = (sum(apart[:half]) / half, sum(apart[half:]) / (len(apart) - half)) if len(apart) >= 4 else None
        yield OwnEye(
            rubric,
            len(rated),
            sum(own - level for own, level in rated) / len(rated),
            sum(apart) / len(apart),
            halves[0] if halves else None,
            halves[1] if halves else None,
        )


def weak_spots(store: Store) -> Mapping[str, float]:
    """Competencies and question ids by how far their recent levels fall short of the top (0 to 4)."""
    recent: dict[str, list[int]] = defaultdict(list)
    for point in best_of_each(store.levels_over_time(latest=READ_BACK)):
        for name in (point.competency, point.question_id):
            if name:
                recent[name].append(point.level)
    return {name: MAX_LEVEL - sum(levels[-RECENT:]) / len(levels[-RECENT:]) for name, levels in recent.items()}


def best_of_each(points: Sequence[LevelPoint]) -> tuple[LevelPoint, ...]:
    """Of all attempts at one question of a session the best, as in a report; in the order of time."""
    best: dict[tuple[str, str], LevelPoint] = {}
    for point in points:
        key = (point.rubric, point.answer_id.rpartition("-")[0] or point.answer_id)
        if key not in best or point.level >= best[key].level:
            best[key] = point
    return tuple(sorted(best.values(), key=lambda point: (point.answered_at, point.answer_id, point.rubric)))


def suggestion(points: Sequence[LevelPoint]) -> Suggestion | None:
    """The weakest rubric lately, and in it the question that went worst; None without any levels."""
    if not points:
        return None
    by_rubric: dict[str, list[LevelPoint]] = defaultdict(list)
    for point in best_of_each(points):
        by_rubric[point.rubric].append(point)
    means = {
        name: sum(point.level for point in found[-RECENT:]) / len(found[-RECENT:])
        for name, found in by_rubric.items()
    }
    rubric = min(means, key=lambda name: (means[name], name))
    recent, mean = by_rubric[rubric][-RECENT:], means[rubric]
    last = recent[-1].level
    # The latest level of each question counts: what went badly once and well since is no longer weak.
    latest = {point.question_id: point for point in recent}
    worst = min(latest.values(), key=lambda point: (point.level, point.answered_at))
    named = competency_name(worst.competency)
    told_apart = bool(named) and worst.competency != rubric
    others = [point.level for point in latest.values() if point.competency != worst.competency]
    title = rubric_title(rubric)
    if len(recent) > 1:
        weakest = f", weakest in {named}" if told_apart and lowest(worst.level, others) else ""
        level = f"level {mean:.1f} of {MAX_LEVEL} over your last {counted(len(recent), 'question')}{weakest}"
    else:
        level = f"level {last} of {MAX_LEVEL} in your last question{f', on {named}' if told_apart else ''}"
    though = f", though the last was good (level {last})" if last >= COMPLETE and len(recent) > 1 else ""
    return Suggestion(
        rubric=rubric,
        competency=worst.competency,
        question_id=worst.question_id,
        bank_id=worst.bank_id,
        about=title,
        fact=f"{level}{though}",
        to_do=f"One question, to practise {named if told_apart else 'it'}.",
        brief=_why_weak(mean, last, weakest=lowest(mean, [means[name] for name in means if name != rubric])),
        mastered=worst.level >= COMPLETE,
    )


def lowest(mean: float, others: Sequence[float]) -> bool:
    """Whether a mean is, as it is shown, below all others there are; among equals none is the lowest."""
    return bool(others) and round(mean, 1) < round(min(others), 1)


def _why_weak(mean: float, last: int, weakest: bool) -> str:
    """Why a rubric is the one to work on, in few words; a good last try is told as one."""
    if last >= COMPLETE:
        return f"good last time (level {last})" + (f", still your weakest ({mean:.1f})" if weakest else "")
    return f"{'your weakest' if weakest else 'level'} lately, {mean:.1f} of {MAX_LEVEL}"


def suggested_by(part: DuePart) -> Suggestion:
    """The part that is due as the one thing to work on."""
    fact, to_do = f"not heard: {part.name}, {often_missed(part)}", f"This time, add: {part.name}."
    return Suggestion(part.rubric, "", part.question_id, part.bank_id, part.ask, fact, to_do, "due")


def next_up(
    due: Sequence[DuePart], points: Sequence[LevelPoint], competencies: Sequence[CompetencyLevel], today: date
) -> tuple[Suggestion, ...]:
    """Up to four things to practise: what is due, what is weakest, what is rarest, and what was good but is long ago.

    No name and no question stands there twice: of several with the same the first stays.
    """
    rare, ago = _rare(competencies), _long_ago(competencies, today)
    found: list[Suggestion] = []
    for several in (map(suggested_by, due[:1]), filter(None, (suggestion(points),)), rare, ago):
        new = (each for each in several if not any(_alike(each, other) for other in found))
        found.extend(itertools.islice(new, 1))
    return tuple(found)


def _alike(one: Suggestion, other: Suggestion) -> bool:
    """Whether two suggestions say the same, or would ask the same."""
    same_question = (one.bank_id, one.question_id) == (other.bank_id, other.question_id)
    same_skill = bool(one.competency) and one.competency == other.competency
    return same_question or same_skill or one.about.casefold() == other.about.casefold()


def _rare(competencies: Sequence[CompetencyLevel]) -> Iterator[Suggestion]:
    """What was practised hardly at all, the rarest first."""
    for each in sorted(competencies, key=lambda one: (one.count, one.mean, one.competency)):
        if each.competency and each.count < RARE_LEVELS:
            times = "once" if each.count == 1 else f"{each.count} times"
            yield _about(each, "rare", f"practised {times} so far")


def _long_ago(competencies: Sequence[CompetencyLevel], today: date) -> Iterator[Suggestion]:
    """What was not practised for weeks, the longest ago first."""
    for each in sorted(competencies, key=lambda one: (one.last_at, one.competency)):
        ago = (today - date.fromisoformat(each.last_at[:10])).days if is_day(each.last_at[:10]) else 0
        if each.competency and ago >= LONG_AGO_DAYS:
            yield _about(each, "long ago", f"not practised for {ago} days")


def _about(each: CompetencyLevel, reason: str, fact: str) -> Suggestion:
    name = competency_name(each.competency)
    named, to_do = f"{name[:1].upper()}{name[1:]}", "One question, to practise it again."
    return Suggestion(each.rubric, each.competency, each.question_id, each.bank_id, named, fact, to_do, reason)


SPARKS = "▁▂▃▄▅▆▇█"


def spark(values: Sequence[float | None], top: float = MAX_LEVEL) -> str:
    """Values from 0 to `top` as a row of blocks, "·" for None: a picture for a terminal."""
    return "".join(
        "·" if value is None else SPARKS[min(len(SPARKS) - 1, max(0, round(value / top * (len(SPARKS) - 1))))]
        for value in values
    )


def practised_words(found: Progress) -> str:
    """How much was practised, as a fact and not as a reproach: no row of days is mentioned before there is one."""
    answers = f"{counted(found.answers, 'question')} answered"
    days = counted(found.days_this_month, "day")
    row = f", {found.days_in_a_row} days in a row" if found.days_in_a_row > 1 else ""
    return f"{answers}, practised on {days} this month{row}. Of each question the best try counts."


def progress_text(found: Progress) -> str:
    """Progress as plain text."""
    if not found.rubrics:
        return as_started("There are no scored answers yet. 'second-round practice' makes the first.")
    lines = [practised_words(found)]
    lines.extend(["", f"Over the last {WEEKS_SHOWN} weeks, the latest on the right"])
    for each in found.rubrics:
        change = "" if each.change is None or abs(each.change) < 0.1 else f"   {each.change:+.1f} on the weeks before"
        lines.append(f"  {rubric_title(each.rubric):<26} {spark(each.weeks)}  {each.recent:.1f} lately{change}")
    if found.competencies:
        lines.extend(["", "What else questions look for, weakest first"])
        lines.extend(
            f"  {competency_name(each.competency):<26} {each.mean:.1f}   {counted(each.count, 'question')},"
            f" last {each.last_at[:10]}"
            for each in found.competencies
        )
    if found.own_eye:
        lines.extend(["", "How you rated yourself", *(f"  {each.words}" for each in found.own_eye)])
    if found.next_up:
        lines.extend(["", "Practise next", *(f"  {each.why}" for each in found.next_up)])
    return "\n".join(lines)

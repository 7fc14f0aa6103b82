"""How practice adds up: levels over time, what is weak, what to practise next and why."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simulator.scoring.scorecard import MAX_LEVEL
from simulator.sessions.report import rubric_title
from simulator.sessions.store import LevelPoint, Store

RECENT = 12
"""How many of the latest levels of a competency or question speak for today."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to practise next, and why, in words."""

    rubric: str
    competency: str
    question_id: str
    bank_id: str
    why: str


def weak_spots(store: Store) -> Mapping[str, float]:
    """Competencies and question ids by how far their recent levels fall short of the top (0 to 4)."""
    recent: dict[str, list[int]] = defaultdict(list)
    for point in store.levels_over_time():
        for name in (point.competency, point.question_id):
            if name:
                recent[name].append(point.level)
    return {name: MAX_LEVEL - sum(levels[-RECENT:]) / len(levels[-RECENT:]) for name, levels in recent.items()}


def suggestion(points: Sequence[LevelPoint]) -> Suggestion | None:
    """The weakest rubric of late, and in it the question that went worst; None without any levels."""
    if not points:
        return None
    by_rubric: dict[str, list[LevelPoint]] = defaultdict(list)
    for point in points:
        by_rubric[point.rubric].append(point)
    rubric, recent = min(
        ((name, found[-RECENT:]) for name, found in by_rubric.items()),
        key=lambda pair: (sum(point.level for point in pair[1]) / len(pair[1]), pair[0]),
    )
    mean = sum(point.level for point in recent) / len(recent)
    worst = min(recent, key=lambda point: (point.level, point.answered_at))
    about = f", most of all on {worst.competency.replace('-', ' ')}" if worst.competency else ""
    return Suggestion(
        rubric=rubric,
        competency=worst.competency,
        question_id=worst.question_id,
        bank_id=worst.bank_id,
        why=f"{rubric_title(rubric)} stands at {mean:.1f} of {MAX_LEVEL}{about}.",
    )

"""From cues to a level: counts up to a cap, weights per step, cut points, and the anchors as hard conditions.

The same engine scores the shipped rubrics and users' own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from simulator.scoring.cues import Span
from simulator.scoring.rubric import STEPS, Family, Floor, Rubric

_LOCAL_LEVELS = (1, 2)
_STRETCH_STEP = 30
"""Tokens from the begin of one stretch of an answer to the next."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A level and how it came about.

    `margins[k]` is the weighted sum of step k less its cut point: the step is taken from 0 on.
    `held` is the condition that held the level down, or None.
    """

    level: int
    margins: tuple[float, ...]
    shares: Mapping[str, float]
    counts: Mapping[str, int]
    held: str | None


def count_of(spans: Sequence[Span], texts: Sequence[str]) -> int:
    """How often a family was found, the same words counting once."""
    return len({tuple(texts[span.first : span.last + 1]) for span in spans})


def strength(count: int, family: Family) -> float:
    """The capped count as a part of the cap, 0 to 1."""
    return min(count, family.cap) / family.cap


def judge_answer(
    rubric: Rubric,
    found: Mapping[str, Sequence[Span]],
    texts: Sequence[str],
    kind: str = "",
    at_most: int = STEPS,
) -> Judgement:
    """The level of a whole answer: as `judge`, within the rubric's stretches, and not below its floors."""
    judged = _judge_in_stretches(rubric, found, texts, kind, at_most)
    for floor in rubric.floors:
        level = min(floor.at_least, at_most)
        if floor.kinds and kind not in floor.kinds:
            continue
        if floor.reached <= judged.level < level and _meets(floor, found):
            judged = replace(judged, level=level, held=None)
    return judged


def _judge_in_stretches(
    rubric: Rubric,
    found: Mapping[str, Sequence[Span]],
    texts: Sequence[str],
    kind: str,
    at_most: int,
) -> Judgement:
    """As `judge`, but where the rubric names a stretch, a low level must be earned in one place of a long answer.

    Three weak answers run together collect cues like one better answer. An occasion is told within some eighty
    words, so levels 1 and 2 need one stretch that earns them alone; a whole story may need all of it.
    """
    whole = judge(rubric, found, texts, kind, at_most)
    stretch = rubric.stretch
    if not stretch or whole.level not in _LOCAL_LEVELS or len(texts) <= stretch + _STRETCH_STEP:
        return whole
    best = 0
    for first in range(0, len(texts) - stretch + _STRETCH_STEP, _STRETCH_STEP):
        inside = {
            name: [span for span in spans if first <= span.first and span.last < first + stretch]
            for name, spans in found.items()
        }
        best = max(best, judge(rubric, inside, texts, kind, whole.level).level)
        if best == whole.level:
            return whole
    return replace(whole, level=best, held="one place that carries it")


def _meets(floor: Floor, found: Mapping[str, Sequence[Span]]) -> bool:
    groups = [[span for name in group for span in found.get(name, ())] for group in floor.groups]
    return any(
        all(any(first <= span.first and span.last < first + floor.within for span in group) for group in groups)
        for first in sorted({span.first for group in groups for span in group})
    )


def judge(
    rubric: Rubric,
    found: Mapping[str, Sequence[Span]],
    texts: Sequence[str],
    kind: str = "",
    at_most: int = STEPS,
) -> Judgement:
    """The level of one rubric. `found` maps its family ids to their places; `at_most` comes from the guards."""
    counts = {family.id: count_of(found.get(family.id, ()), texts) for family in rubric.families}
    sums = list(rubric.prior.get(kind, (0.0,) * STEPS))
    shares: dict[str, float] = {}
    for family in rubric.families:
        count = counts[family.id]
        if not count:
            continue
        part = strength(count, family) * (-1 if family.against else 1)
        shares[family.id] = round(part * sum(family.weight) / STEPS, 3)
        for k in range(STEPS):
            sums[k] += part * family.weight[k]
    margins = tuple(round(total - cut, 4) for total, cut in zip(sums, rubric.cuts, strict=True))
    level = min(at_most, sum(1 for margin in margins if margin >= 0))
    held = None
    for condition in rubric.conditions:
        if level > condition.at_most and not any(counts.get(name) for name in condition.without):
            level, held = condition.at_most, condition.missing
    return Judgement(level, margins, shares, counts, held)

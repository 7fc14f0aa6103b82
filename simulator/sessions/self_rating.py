"""Rating oneself before the levels are shown: which rubrics are asked about, and what may be answered."""

from simulator.scoring.scorecard import MAX_LEVEL
from simulator.sessions.report import counts_for
from simulator.sessions.session import Answer

ENDS = {0: "nothing of it", MAX_LEVEL: "all of it"}
"""What the lowest and the highest level mean, in words."""


def rubrics_to_rate(answer: Answer) -> list[str]:
    """The rubrics of an answer that have a level and were asked for."""
    card = answer.scorecard
    if card is None or not card.scored:
        return []
    return [name for name, score in card.rubrics.items() if score.level is not None and counts_for(answer, name)]


def rating_of(text: str) -> int | None:
    """The level that was typed; None when it is none."""
    text = text.strip()
    return int(text) if len(text) == 1 and text in "01234"[: MAX_LEVEL + 1] else None

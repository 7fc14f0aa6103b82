"""Rating oneself before the levels are shown: which rubrics are asked about, and what may be answered."""

from simulator.sessions.session import Answer, counted_scores

HOW = "How well do you think it went?"
HOW_WELL = ("not at all", "a little", "in part", "well", "very well")
"""What each level means as an answer to that."""


def rubrics_to_rate(answer: Answer) -> list[str]:
    """The rubrics of an answer that have a level and were asked for."""
    return [score.rubric for score, _ in counted_scores(answer)]


def rating_of(text: str) -> int | None:
    """The level that was typed; None when it is none."""
    text = text.strip()
    return int(text) if len(text) == 1 and text in "01234" else None

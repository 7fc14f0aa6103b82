"""How rubrics are called, and the order in which they are shown."""

from simulator.scoring.scorecard import Scorecard

RUBRIC_TITLES = {
    "examples": "Concrete examples",
    "motivation": "Motivation",
    "questions": "Forward-looking questions",
}
RUBRIC_ORDER = ("examples", "motivation", "questions")


def rubric_title(rubric: str) -> str:
    """A rubric's name as shown: for one of the user's what its file says, or its id where that file is gone."""
    known = RUBRIC_TITLES.get(rubric)
    if known:
        return known
    from simulator.custom_rubrics import CustomRubrics  # late

    return CustomRubrics().title(rubric) or rubric.replace("_", " ").replace("-", " ").capitalize()


def ordered_rubrics(card: Scorecard) -> list[str]:
    """The rubrics of a scorecard in the order in which they are always shown."""
    known = [rubric for rubric in RUBRIC_ORDER if rubric in card.rubrics]
    return [*known, *(rubric for rubric in card.rubrics if rubric not in known)]

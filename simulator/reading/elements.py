"""The elements of an answer: ids, the names users see, what each is and is not (`assets/reading/elements.yaml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from simulator.paths import shipped
from simulator.yaml_nodes import load_yaml

OCCASION = "occasion"
OWN_ACTION = "own_action"
GROUP_ACTION = "group_action"
OUTCOME = "outcome"
CHECKABLE = "checkable"
LESSON = "lesson"
EXPERIENCE = "experience"
CLAIM = "claim"
ATTRACTION = "attraction"
REASON = "reason"
STEP = "step"
PLAN = "plan"
STOCK = "stock"
QUESTION = "question"
TIE = "tie"
THANKS = "thanks"
OFFER = "offer"
AVAILABLE = "available"
PRESUMING = "presuming"
ASIDE = "aside"

GRADES = ("terms", "generic", "role", "step_ahead")
"""Grades of a question, levels 1 to 4 in this order."""


@dataclass(frozen=True, slots=True)
class Element:
    """One element. `name` and `missing` are words for the user: "what came of it"."""

    id: str
    family: str
    name: str
    missing: str
    is_: str
    is_not: str
    good: str
    grades: Mapping[str, str]


@lru_cache(maxsize=1)
def elements() -> Mapping[str, Element]:
    """All elements by id, in their order."""
    document = load_yaml(shipped("assets") / "reading" / "elements.yaml")
    return {
        entry["id"]: Element(
            id=entry["id"],
            family=entry["family"],
            name=entry["name"],
            missing=entry["missing"],
            is_=entry["is"],
            is_not=entry["is_not"],
            good=entry["good"],
            grades=entry.get("grades", {}),
        )
        for entry in document["elements"]
    }

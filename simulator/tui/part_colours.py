"""The parts of an answer and their colours: the same wherever a part is named or its words are shown."""

from collections.abc import Mapping

from simulator.reading import elements as e

PARTS = ("occasion", "action", "outcome", "lesson")
"""When it was, what you did, what came of it, what it taught; each has the colour `$part-` and its name."""

PART_OF: Mapping[str, str] = {
    e.OCCASION: "occasion", e.REASON: "occasion",
    e.OWN_ACTION: "action", e.STEP: "action",
    e.OUTCOME: "outcome", e.CHECKABLE: "outcome", e.ATTRACTION: "outcome",
    e.LESSON: "lesson", e.PLAN: "lesson",
}  # fmt: skip
"""The part that an element of an answer counts as."""


def part_colour(element: str, otherwise: str = "") -> str:
    """The theme's colour for an element, `otherwise` for one that is no part."""
    return f"$part-{PART_OF[element]}" if element in PART_OF else otherwise

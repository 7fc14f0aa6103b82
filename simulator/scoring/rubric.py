"""A rubric of the user's as data: levels and anchors, the cue families that speak for them, weights and cut points.

The format is described in `docs/rubrics.md`. `rubric_check` tells everything that is wrong with a file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simulator.scoring.rubric_words import RubricLevel
from simulator.yaml_nodes import Items, Node, Text

STEPS = 4
"""From each level to the next: 0 to 1, 1 to 2, 2 to 3, 3 to 4."""


@dataclass(frozen=True, slots=True)
class Family:
    """Phrases, or an element of the reading, that speak for (or, `against`, against) a level.

    `label` is for the user. Findings above `cap` add nothing. `weight[k]` is what the capped count, divided
    by the cap, adds to the step from level k to k + 1. A finding that touches one of a family in `unless` does
    not count.
    """

    id: str
    label: str
    cap: int
    weight: tuple[float, ...]
    phrases: tuple[str, ...] = ()
    element: str = ""
    against: bool = False
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """An anchor as a hard condition: `at_most` this level without any of the families `without`."""

    at_most: int
    without: tuple[str, ...]
    missing: str


@dataclass(frozen=True, slots=True)
class Rubric:
    """One rubric. `cuts[k]` is the weighted sum from which the step from level k to k + 1 is taken."""

    id: str
    title: str
    levels: tuple[RubricLevel, ...]
    families: tuple[Family, ...]
    cuts: tuple[float, ...]
    conditions: tuple[Condition, ...] = ()
    prior: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    """What the kind of question alone adds to each step."""
    description: str = ""
    advice: Mapping[str, str] = field(default_factory=dict)
    path: Path | None = None


def rubric_from(root: Node, path: Path | None = None) -> Rubric:
    """A rubric from its parsed file, of which `rubric_check` found nothing wrong."""
    document = _values(root)
    return Rubric(
        id=document["rubric"],
        title=document.get("title", document["rubric"]),
        levels=tuple(
            RubricLevel(int(number), each["name"], each["anchor"]) for number, each in document["levels"].items()
        ),
        families=tuple(_family(name, entry) for name, entry in document["cues"].items()),
        cuts=_per_step(document["cuts"]),
        conditions=tuple(
            Condition(int(float(entry["at_most"])), tuple(entry["without"]), entry["missing"])
            for entry in document.get("conditions", ())
        ),
        prior={kind: _per_step(steps) for kind, steps in document.get("prior", {}).items()},
        description=document.get("description", ""),
        advice=document.get("advice", {}),
        path=path,
    )


def _family(name: str, entry: Mapping[str, Any]) -> Family:
    return Family(
        id=name,
        label=entry["label"],
        cap=int(float(entry.get("cap", 3))),
        weight=_per_step(entry.get("weight", "1")),
        phrases=tuple(entry.get("phrases", ())),
        element=entry.get("element", ""),
        against=entry.get("against", "false") == "true",
        unless=tuple(entry.get("unless", ())),
    )


def _values(node: Node) -> Any:
    """A node as texts, lists and mappings: every value as it was typed, white space made one."""
    if isinstance(node, Text):
        return " ".join(node.value.split())
    if isinstance(node, Items):
        return [_values(each) for each in node.nodes]
    return {key.value: _values(value) for key, value in node.pairs}


def _per_step(value: str | Sequence[str]) -> tuple[float, ...]:
    if isinstance(value, str):
        return (float(value),) * STEPS
    return tuple(float(entry) for entry in value)

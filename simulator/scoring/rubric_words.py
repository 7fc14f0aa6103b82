"""The words of the three rubrics that come with the app: levels, parts, verdicts and advice (`assets/rubrics`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from simulator.paths import shipped
from simulator.reading.elements import elements
from simulator.yaml_nodes import load_yaml


@dataclass(frozen=True, slots=True)
class RubricLevel:
    """One level's number, short name and anchor (what an answer of that level does)."""

    level: int
    name: str
    anchor: str


@dataclass(frozen=True, slots=True)
class ShippedRubric:
    """One of the three: the words of its levels, its parts, its verdict and its advice.

    Which parts it has and in what order stands in its file; how they are called, in `assets/reading/elements.yaml`.
    """

    id: str
    title: str
    description: str
    levels: tuple[RubricLevel, ...]
    advice: Mapping[str, str]
    advice_without_words: Mapping[str, str]
    reasons: Mapping[str, str]
    topics: Mapping[str, str]
    parts: Mapping[str, str]
    verdict: Mapping[str, Any]
    path: Path


@lru_cache(maxsize=3)
def shipped_rubric(name: str) -> ShippedRubric:
    """The words of one shipped rubric (`assets/rubrics/NAME.yaml`)."""
    path = shipped("assets") / "rubrics" / f"{name}.yaml"
    document = load_yaml(path)
    return ShippedRubric(
        id=document["rubric"],
        title=document["title"],
        description=document["description"],
        levels=tuple(
            RubricLevel(int(number), each["name"], each["anchor"]) for number, each in document["levels"].items()
        ),
        advice=document["advice"],
        advice_without_words=document.get("advice_without_words", {}),
        reasons=document.get("reasons", {}),
        topics=document.get("topics", {}),
        parts={element: elements()[element].name for element in document.get("parts", ())},
        verdict={str(state): words for state, words in document["verdict"].items()},
        path=path,
    )

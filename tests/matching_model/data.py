"""What the matching learns from: labelled stories, and the answers of the reading model with what was asked.

`stories-*.txt` have fields (`= name`) with numbered wishes, and below them stories: the numbers a careful reader
would say they speak to, the skills their teller would name, the text. `pairs-*.txt` refer to marked answers by id
(`== id`), with skills (`s:`) and wishes: `+` the answer speaks to it, `~` it touches it, `-` it does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.preparation.matching_measure import CASES, fields
from tests.reading_model.marks import MarkedAnswer, answers_in

HERE = Path(__file__).parent
ANSWERS = HERE.parent / "reading_model" / "answers"
SAID = {"+": 1.0, "~": 0.0, "-": -1.0}
CAME_LATER = ("cypress",)
"""Hands whose answers were not there yet when the shipped layers were tuned; the next tuning may have them too."""


@dataclass(frozen=True)
class Story:
    """A text with skills and wishes; `labels` are 1 (speaks to it), 0 (touches it), -1. `group` is left out as one
    in cross-validation; `kind` says where it comes from."""

    kind: str
    group: str
    text: str
    skills: tuple[str, ...]
    wishes: tuple[str, ...]
    labels: tuple[float, ...]


@cache
def marked() -> dict[str, MarkedAnswer]:
    """The marked answers by id."""
    return {answer.id: answer for path in sorted(ANSWERS.glob("*.txt")) for answer in answers_in(path)}


def said(answer: MarkedAnswer) -> str:
    """The words of an answer without fillers."""
    return " ".join(word for word, dropped in zip(answer.words, answer.dropped, strict=True) if not dropped)


def stories() -> list[Story]:
    """All labelled stories, those of `matching_cases.yaml` among them, never those kept apart."""
    found = []
    for path in sorted(HERE.glob("stories-*.txt")):
        for block in re.split(r"(?m)^= ", path.read_text(encoding="utf-8"))[1:]:
            name, *lines = block.strip().splitlines()
            wishes = tuple(line.split(" ", 1)[1] for line in lines if not line.startswith(">"))
            for line in lines:
                if line.startswith(">"):
                    numbers, skills, text = line[1:].split(" | ", 2)
                    right = {int(number) for number in numbers.split()}
                    found.append(_story("field", name, text, tuple(skills.split(", ")), wishes, right))
    for name, each in fields(CASES).items():
        for story in each["stories"]:
            right = set(story["answers"])
            found.append(_story("case", name, story["text"], (), tuple(each["wishes"]), right))
    for path in sorted(HERE.glob("pairs-*.txt")):
        for block in re.split(r"(?m)^== ", path.read_text(encoding="utf-8"))[1:]:
            name, skills, *lines = block.strip().splitlines()
            answer = marked()[name]
            wishes = tuple(line[2:] for line in lines)
            labels = tuple(SAID[line[0]] for line in lines)
            named = tuple(skill for skill in skills.removeprefix("s:").strip().split(", ") if skill)
            found.append(Story("answer", answer.occupation, said(answer), named, wishes, labels))
    return found


def _story(
    kind: str, group: str, text: str, skills: tuple[str, ...], wishes: tuple[str, ...], right: set[int]
) -> Story:
    labels = tuple(1.0 if number in right else -1.0 for number in range(1, len(wishes) + 1))
    return Story(kind, group, text, skills, wishes, labels)


def asked_and_answered() -> list[MarkedAnswer]:
    """Answers with an example in them, which speak to what was asked."""
    kinds = ("behavioural", "situational", "strength")
    given = [each for each in marked().values() if not each.id.startswith(CAME_LATER)]
    return [each for each in given if each.kind in kinds and each.levels.get("examples", 0) >= 2]

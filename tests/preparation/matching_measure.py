"""How well stories are matched with wishes, on made-up cases of seventeen fields, and five kept apart.

`python -m tests.preparation.matching_measure` prints it beside the baseline.

The stories show what was done and hardly name it, which is how they are told and the hardest case for
matching. `with_skills` adds the skills that the app asks for beside each story.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from simulator.preparation.matching import ANSWERS, TOUCHES, matches, sentences_in

CASES = Path(__file__).with_name("matching_cases.yaml")
KEPT_APART = Path(__file__).with_name("matching_kept_apart.yaml")
Strengths = Callable[[Sequence[str], str, Sequence[str]], list[float]]
"""Of wishes, a text and the skills beside it: how strongly it speaks to each wish."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """`auc` over all wishes of a story's own field; `first` is how often the right wish stands first;
    `precision` and `recall` at the bound the app calls an answer; `touched` is the share of right ones it touches at
    least; `stray` is the share of foreign wishes that count as answered."""

    auc: float
    first: float
    precision: float
    recall: float
    touched: float
    stray: float


def fields(path: Path = CASES) -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))["fields"]
    return document


def agreement(strengths: Strengths, path: Path = CASES, with_skills: bool = False) -> Agreement:
    """Measure a way of matching."""
    given = fields(path)
    pairs: list[tuple[float, bool]] = []
    first = stories = strays = foreign = 0
    for name, each in given.items():
        for story in each["stories"]:
            skills = story.get("skills", ()) if with_skills else ()
            scores = strengths(each["wishes"], story["text"], skills)
            right = {number - 1 for number in story["answers"]}
            pairs.extend((score, at in right) for at, score in enumerate(scores))
            stories += 1
            first += max(range(len(scores)), key=scores.__getitem__) in right and max(scores) > 0
            for other, theirs in given.items():
                if other != name:
                    away = strengths(theirs["wishes"], story["text"], skills)
                    foreign += len(away)
                    strays += sum(score >= ANSWERS for score in away)
    good = [score for score, yes in pairs if yes]
    bad = [score for score, yes in pairs if not yes]
    above = sum((one > other) + 0.5 * (one == other) for one in good for other in bad)
    taken = [yes for score, yes in pairs if score >= ANSWERS]
    return Agreement(
        auc=above / (len(good) * len(bad)),
        first=first / stories,
        precision=sum(taken) / len(taken) if taken else 0.0,
        recall=sum(taken) / len(good),
        touched=sum(score >= TOUCHES for score in good) / len(good),
        stray=strays / foreign,
    )


def app(wishes: Sequence[str], text: str, skills: Sequence[str]) -> list[float]:
    """The app's own matching."""
    return [each.strength for each in matches(wishes, sentences_in(text), skills)]


def shared_words(wishes: Sequence[str], text: str, skills: Sequence[str]) -> list[float]:
    """The baseline: the share of the wish's words that stand in the text."""
    there = set(f"{text} {' '.join(skills)}".lower().split())
    return [len(set(wish.lower().split()) & there) / len(set(wish.lower().split())) for wish in wishes]


if __name__ == "__main__":
    for path in (CASES, KEPT_APART):
        for with_skills in (False, True):
            for way in (app, shared_words):
                measured = agreement(way, path, with_skills)
                figures = f"first {measured.first:.2f}  auc {measured.auc:.2f}  stray {measured.stray:.3f}"
                print(f"{path.stem:<22} {'skills' if with_skills else 'bare':<7} {way.__name__:<13} {figures}")

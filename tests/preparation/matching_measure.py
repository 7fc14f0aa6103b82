"""How well stories are matched with wishes, on made-up cases of seventeen fields, and five kept apart.

The stories show what was done and hardly name it, which is how they are told and the hardest case for
matching by words. `with_skills` adds the skills that the app asks for beside each story.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from simulator.preparation.matching import ENOUGH, Matcher

CASES = Path(__file__).with_name("matching_cases.yaml")
KEPT_APART = Path(__file__).with_name("matching_kept_apart.yaml")
Strength = Callable[[str, str], float]


@dataclass(frozen=True, slots=True)
class Agreement:
    """`auc` over all wishes of a story's own field; `first` is how often the right wish stands first;
    `precision` and `recall` at the bound the app uses; `stray` is the share of foreign wishes that count."""

    auc: float
    first: float
    precision: float
    recall: float
    stray: float


def fields(path: Path = CASES) -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))["fields"]
    return document


def agreement(
    make: Callable[[list[str]], Strength], bound: float = ENOUGH, path: Path = CASES, with_skills: bool = False
) -> Agreement:
    """Measure a way of matching; `make` gets all texts of one job."""
    given = fields(path)
    pairs: list[tuple[float, bool]] = []
    first = stories = strays = foreign = 0
    for name, each in given.items():
        texts = [_told(story, with_skills) for story in each["stories"]]
        strength = make([*each["wishes"], *texts])
        for story, text in zip(each["stories"], texts, strict=True):
            scores = [strength(wish, text) for wish in each["wishes"]]
            right = {number - 1 for number in story["answers"]}
            pairs.extend((score, at in right) for at, score in enumerate(scores))
            stories += 1
            first += max(range(len(scores)), key=scores.__getitem__) in right and max(scores) > 0
            for other, theirs in given.items():
                if other != name:
                    for wish in theirs["wishes"]:
                        foreign += 1
                        strays += strength(wish, text) >= bound
    good = [score for score, yes in pairs if yes]
    bad = [score for score, yes in pairs if not yes]
    above = sum((one > other) + 0.5 * (one == other) for one in good for other in bad)
    taken = [yes for score, yes in pairs if score >= bound]
    return Agreement(
        auc=above / (len(good) * len(bad)),
        first=first / stories,
        precision=sum(taken) / len(taken) if taken else 0.0,
        recall=sum(taken) / len(good),
        stray=strays / foreign,
    )


def _told(story: dict[str, Any], with_skills: bool) -> str:
    return " ".join((story["text"], ", ".join(story.get("skills", ()) if with_skills else ()))).strip()


def app(texts: list[str]) -> Strength:
    """The app's own matching."""
    matcher = Matcher(texts)
    return lambda wish, text: matcher.match(wish, text).strength


def shared_words(_texts: list[str]) -> Strength:
    """The baseline: the share of the wish's words that stand in the text."""

    def strength(wish: str, text: str) -> float:
        wanted = set(wish.lower().split())
        return len(wanted & set(text.lower().split())) / len(wanted)

    return strength

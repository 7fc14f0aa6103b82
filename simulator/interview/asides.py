"""What a candidate asks for in place of answering: to leave the question out, or a plain fact. Read by meaning.

Whatever is said is held against the examples of `assets/asides.yaml`, among them answers that lie near.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from simulator.errors import MissingPart
from simulator.interview.interviewer import Interviewer
from simulator.language.vectors import shared_vectors
from simulator.paths import shipped
from simulator.texts import counted
from simulator.yaml_nodes import load_yaml

MOST_WORDS = 16
"""Whoever says more than that answers."""
LEAST_LIKE = 0.45
LEAST_AHEAD = 0.04
"""How near to an example it must be, and how much nearer than to any that means something else."""
LEAST_LIKE_A_QUESTION = 0.5
"""How near to a question about the work one must be that has words of the interviewer's question in it."""


class Aside(StrEnum):
    """What is wanted."""

    SKIP = "skip"
    COMPANY = "company"
    ROLE = "role"
    INTERVIEWER = "interviewer"
    LEFT = "left"
    ANYTHING = "anything"
    AGAIN = "again"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the job an interview is for, "" where nothing was noted."""

    company: str = ""
    role: str = ""


NOTHING_NOTED = Facts()


@lru_cache(maxsize=1)
def _examples() -> tuple[Sequence[str], Sequence[Aside | None]]:
    """All examples, and beside each what it means; None for answers."""
    document = load_yaml(shipped("assets") / "asides.yaml")
    pairs = [(text, meaning) for meaning, texts in document.items() for text in texts]
    return [text for text, _ in pairs], [None if meaning == "other" else Aside(meaning) for _, meaning in pairs]


def aside_in(text: str) -> Aside | None:
    """What is wanted in place of answering; None for an answer, and without the language model."""
    if not 0 < len(text.split()) <= MOST_WORDS:
        return None
    nearest = _nearest(text)
    if not nearest:
        return None
    best, second = sorted(nearest, key=lambda meaning: -nearest[meaning])[:2]
    sure = nearest[best] >= LEAST_LIKE and nearest[best] - nearest[second] >= LEAST_AHEAD
    return best if sure else None


def asks_about_the_work(text: str) -> bool:
    """Whether a question lies near to what candidates ask about the place; so it may, without the language model."""
    return _nearest(text).get(None, 1.0) >= LEAST_LIKE_A_QUESTION


def _nearest(text: str) -> dict[Aside | None, float]:
    """How near a text is to the nearest example of each meaning; nothing without the language model."""
    texts, meanings = _examples()
    try:
        likeness = shared_vectors.of(texts) @ shared_vectors.of([text])[0]
    except MissingPart:
        return {}
    nearest: dict[Aside | None, float] = {}
    for meaning, near in zip(meanings, likeness, strict=True):
        nearest[meaning] = max(float(near), nearest.get(meaning, 0.0))
    return nearest


def fact_told(wanted: Aside, facts: Facts, asked: Interviewer, to_come: int) -> str:
    """A plain fact, or plainly that nobody noted it; `to_come` are the questions after this one."""
    match wanted:
        case Aside.COMPANY if facts.company:
            return f"This is for {facts.company}."
        case Aside.COMPANY:
            return "No company was noted for this interview. Think of the one you would like to work for."
        case Aside.ROLE if facts.role:
            return f"We are talking about the role of {facts.role}."
        case Aside.ROLE:
            return "No job was noted for this interview. Think of the one you would like to have."
        case Aside.INTERVIEWER:
            return f"I am {asked.name}, {asked.role}."
        case Aside.LEFT:
            more = counted(to_come, "more question") if to_come else "no more questions"
            return f"After this there {'is' if to_come == 1 else 'are'} {more}."
        case Aside.ANYTHING:
            return "Whatever comes to mind first. It may be from work, from school or from home."
    return ""

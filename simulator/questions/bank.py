"""A bank of interview questions, as data.

Read from YAML by `bank_files`; the format is described in `docs/question_banks.md`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

INVITATION = "What would you like to ask us?"
"""What invites the candidate's own questions where a bank has no words for it."""
DEFAULT_TARGET_SECONDS = 90
GOODBYE = "Goodbye"
"""How the turn of the last words is called, wherever questions are listed."""


class Kind(StrEnum):
    """What a question is for; decides which rubrics and probes make sense."""

    OPENING = "opening"
    MOTIVATION = "motivation"
    BEHAVIOURAL = "behavioural"
    SITUATIONAL = "situational"
    STRENGTH = "strength"
    WEAKNESS = "weakness"
    CLOSING = "closing"


class Probe(StrEnum):
    """What a follow-up question asks for when the answer leaves it out."""

    EXAMPLE = "example"
    ACTION = "action"
    RESULT = "result"
    REASON = "reason"


DEFAULT_RUBRICS: Mapping[Kind, tuple[str, ...]] = {
    Kind.OPENING: ("examples", "motivation"),
    Kind.MOTIVATION: ("motivation", "examples"),
    Kind.BEHAVIOURAL: ("examples",),
    Kind.SITUATIONAL: ("examples",),
    Kind.STRENGTH: ("examples",),
    Kind.WEAKNESS: ("examples",),
    Kind.CLOSING: ("questions",),
}


@dataclass(frozen=True, slots=True)
class WorkedAnswer:
    """An answer to learn from and who says it; `weak` is one as many people give it, whose remark tells why."""

    answer: str
    who: str
    remark: str = ""
    weak: bool = False

    def entry(self) -> dict[str, str]:
        """It as files have it, key by key."""
        level = {"level": "weak"} if self.weak else {}
        remark = {"remark": self.remark} if self.remark else {}
        return {"who": self.who, **level, "answer": self.answer, **remark}


@dataclass(frozen=True, slots=True)
class Question:
    """One thing an interviewer asks. `target_seconds` is what a good spoken answer takes."""

    id: str
    ask: str
    kind: Kind
    competency: str = ""
    rubrics: tuple[str, ...] = ()
    target_seconds: int = DEFAULT_TARGET_SECONDS
    guidance: str = ""
    probes: Mapping[Probe, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    examples: tuple[WorkedAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class Bank:
    """A named list of questions. `path` is its file; `shipped` marks those that come with the app."""

    id: str
    title: str
    questions: tuple[Question, ...]
    language: str = "en"
    licence: str = ""
    description: str = ""
    path: Path | None = None
    shipped: bool = False

    def question(self, question_id: str) -> Question | None:
        """The question of that id, or None."""
        return next((question for question in self.questions if question.id == question_id), None)

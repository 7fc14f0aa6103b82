"""How far a coach's levels and the app's agree: what the coach may trust the app with, and answers to calibrate it.

Nothing is sent anywhere: what a coach chooses to share is written to a file, without names.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from simulator.classroom.classes import Classes, Roster
from simulator.errors import Unreadable
from simulator.scoring.agreement import share_equal, weighted_kappa
from simulator.sessions.progress import rubrics_in_order
from simulator.sessions.rubric_titles import rubric_title
from simulator.sessions.session import Answer, Session

FEW = 20
"""Under so many pairs a kappa says little."""
HIDDEN = "[name]"
SHORT_WORDS = frozenset(
    ("am", "an", "as", "at", "be", "by", "do", "go", "he", "if", "in", "is", "it", "me", "my", "no", "of", "oh", "on",
     "or", "so", "to", "up", "us", "we")
)  # fmt: skip
"""Words that a text cannot do without, some of which are names."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One answer in one rubric: the coach's level and the app's (None where it gave none)."""

    rubric: str
    coach: int
    app: int | None
    answer: Answer
    session: Session
    student: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """One rubric: how many pairs, quadratic weighted kappa (nan where undefined), how many are equal, within one, and
    the mean of the app's level less the coach's."""

    rubric: str
    count: int
    kappa: float
    equal: float
    within_one: float
    lean: float

    @property
    def numbers(self) -> str:
        """The figures on a line; no kappa of a single level."""
        if self.count < 2:
            return "1 answer, the same" if self.equal else "1 answer, not the same"
        kappa = "undefined" if self.kappa != self.kappa else f"{self.kappa:.2f}"
        return f"{self.count} answers, QWK {kappa}, the same {self.equal:.0%}, within one level {self.within_one:.0%}"

    @property
    def words(self) -> str:
        """What it means, in a sentence."""
        title = rubric_title(self.rubric)
        if self.count < FEW:
            given = "one level" if self.count == 1 else f"{self.count} levels"
            return f"{title}: you gave {given} so far; {FEW} are enough to judge by."
        if self.kappa != self.kappa:
            return f"{title}: all levels are the same, so there is nothing to compare."
        trust = (
            "as close as two people often are" if self.kappa >= 0.8
            else "close, with some answers to look at yourself" if self.kappa >= 0.6
            else "apart: look at the answers yourself before you rely on the app"
        )  # fmt: skip
        side = "" if abs(self.lean) < 0.3 else f"; the app is {'kinder' if self.lean > 0 else 'harder'} than you"
        return f"{title}: {trust}{side}."


def pairs_of(classes: Classes, roster: Roster) -> list[Pair]:
    """Every level the coach gave in a class, beside the app's."""
    names = {student.id: student.name for student in roster.students}
    sessions: dict[str, Session | None] = {}
    found: list[Pair] = []
    for feedback in classes.feedback.all():
        parts = feedback.id.split(".", 2)
        if len(parts) < 3 or parts[0] != roster.id or parts[1] not in names or not feedback.levels:
            continue
        session_id = feedback.id.partition("/")[0]
        if session_id not in sessions:
            try:
                sessions[session_id] = classes.store.session(session_id)
            except Unreadable:
                sessions[session_id] = None
        session = sessions[session_id]
        answer = session.answer(feedback.id) if session else None
        if session is None or answer is None:
            continue
        for rubric, level in feedback.levels.items():
            ours = answer.scorecard.level(rubric) if answer.scorecard else None
            found.append(Pair(rubric, level, ours, answer, session, names[parts[1]]))
    return found


def agreements(pairs: Sequence[Pair]) -> list[Agreement]:
    """Rubric by rubric, over the pairs in which both gave a level."""
    return list(_agreements(pairs))


def _agreements(pairs: Sequence[Pair]) -> Iterator[Agreement]:
    for rubric in rubrics_in_order({pair.rubric for pair in pairs}):
        both = [(pair.app, pair.coach) for pair in pairs if pair.rubric == rubric and pair.app is not None]
        if both:
            app, coach = [ours for ours, _ in both], [theirs for _, theirs in both]
            yield Agreement(
                rubric,
                len(both),
                weighted_kappa(app, coach),
                share_equal(app, coach),
                sum(abs(a - b) <= 1 for a, b in both) / len(both),
                sum(a - b for a, b in both) / len(both),
            )


def different(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs that differ, those furthest apart first."""
    apart = [pair for pair in pairs if pair.app != pair.coach]
    return sorted(
        apart, key=lambda pair: (-abs(pair.coach - (pair.app if pair.app is not None else -1)), pair.answer.id)
    )


# Answers to calibrate with.


def calibration_rows(pairs: Sequence[Pair], roster: Roster) -> list[dict[str, Any]]:
    """One row an answer, as `score FILE.jsonl` takes it, with the coach's levels and the app's; names are hidden.

    Hidden are the names of everybody in the class, of the candidate and of the interviewers; what else in an answer
    tells who somebody is, only a reader can see.
    """
    rows: dict[str, dict[str, Any]] = {}
    for pair in pairs:
        names = {student.name for student in roster.students}
        names |= {pair.session.candidate_name, *pair.session.interviewer_names}
        row = rows.setdefault(
            pair.answer.id,
            {
                "id": f"answer-{len(rows) + 1}",
                "question": without_names(pair.answer.question.ask, names),
                "kind": pair.answer.question.kind.value,
                "text": without_names(pair.answer.transcript.text, names),
                "coach": {},
                "app": {},
            },
        )
        row["coach"][pair.rubric] = pair.coach
        row["app"][pair.rubric] = pair.app
    return list(rows.values())


def without_names(text: str, names: set[str]) -> str:
    """The text with each word of these names hidden; what is a common short word too, only as the name is written."""
    words = {part for name in names for part in re.findall(r"[^\W\d_]+", name) if len(part) > 1}
    for word in sorted(words, key=len, reverse=True):
        # What was heard has no capital letters.
        flags = 0 if word.casefold() in SHORT_WORDS else re.IGNORECASE
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", HIDDEN, text, flags=flags)
    return text

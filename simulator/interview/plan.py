"""Which questions are asked, in which order, and by whom.

The opening comes first, the closing last; between them competencies are spread, so that three
questions about teamwork never follow each other. Chance is passed in: the same bank, count and
seed always give the same plan.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from simulator.errors import UserError
from simulator.interview.interviewer import Interviewer
from simulator.questions.bank import GOODBYE, INVITATION, Kind, Probe, Question

MAX_INTERVIEWERS = 3

CLOSING_QUESTION = Question(
    id="what-would-you-like-to-ask",
    ask=INVITATION,
    kind=Kind.CLOSING,
    competency="curiosity",
    rubrics=("questions",),
    target_seconds=60,
    guidance=(
        "Ask what only someone who listened could ask: what matters most to this interviewer, what the "
        "first months should bring, which problem presses. Tie it to something you heard."
    ),
)
"""Asked at the end when the chosen bank has no closing of its own."""
GOODBYE_TURN = replace(CLOSING_QUESTION, id="goodbye", ask=GOODBYE, guidance="")
"""What the candidate's last words are kept with; nobody asks it."""

PROBE_WORDS: Mapping[Probe, str] = {
    Probe.EXAMPLE: "Can you think of one time when that happened?",
    Probe.ACTION: "And what did you do yourself?",
    Probe.RESULT: "What came of it in the end?",
    Probe.REASON: "What is it about this work that draws you?",
}
"""Used where a question brings no probe of its own."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of the plan and who asks it. `requirement` is what of the job it is asked for ("" in general)."""

    question: Question
    interviewer_id: str
    requirement: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The questions of one interview in order. The first interviewer leads: greets, opens, closes."""

    turns: tuple[Turn, ...]
    interviewer_ids: tuple[str, ...]

    def bare(self) -> "Plan":
        """The plan without worked answers. It is kept at every step, and the banks have them."""
        turns = (replace(turn, question=replace(turn.question, examples=())) for turn in self.turns)
        return replace(self, turns=tuple(turns))

    def with_question(self, index: int, question: Question) -> "Plan":
        """The plan with another question at `index`, asked by the same interviewer."""
        turns = list(self.turns)
        turns[index] = replace(turns[index], question=question, requirement="")
        return replace(self, turns=tuple(turns))

    def without(self, index: int) -> "Plan":
        """The plan without the question at `index`; the last one left stays."""
        if len(self.turns) == 1:
            return self
        return replace(self, turns=self.turns[:index] + self.turns[index + 1 :])

    def moved(self, index: int, by: int) -> "Plan":
        """The plan with the question at `index` moved up (-1) or down (+1)."""
        other = index + by
        if not 0 <= other < len(self.turns):
            return self
        turns = list(self.turns)
        turns[index], turns[other] = turns[other], turns[index]
        return replace(self, turns=tuple(turns))


def make_plan(
    questions: Sequence[Question],
    interviewers: Sequence[Interviewer],
    count: int,
    chance: random.Random,
    weak: Mapping[str, float] | None = None,
) -> Plan:
    """Choose `count` questions (closing included) and share them out among the interviewers.

    `weak` weighs competencies or question ids that earlier sessions showed as weak; heavier ones
    are asked first. Raises UserError when there is nothing to ask or nobody to ask it.
    """
    if not questions:
        raise UserError("This question bank has no questions.", "Add one, or choose another bank.")
    if not 1 <= len(interviewers) <= MAX_INTERVIEWERS:
        raise UserError(
            f"An interview has one to {MAX_INTERVIEWERS} interviewers, not {len(interviewers)}.", "Choose again."
        )
    chosen = _choose(questions, max(1, count), chance, weak or {})
    return Plan(
        turns=_share_out(chosen, interviewers),
        interviewer_ids=tuple(interviewer.id for interviewer in interviewers),
    )


def drill_plan(question: Question, interviewer: Interviewer) -> Plan:
    """One question, to be asked until it sits."""
    return Plan(turns=(Turn(question, interviewer.id),), interviewer_ids=(interviewer.id,))


def _choose(
    questions: Sequence[Question], count: int, chance: random.Random, weak: Mapping[str, float]
) -> list[Question]:
    shuffled = list(questions)
    chance.shuffle(shuffled)
    # A stable sort keeps the shuffle among equals.
    shuffled.sort(key=lambda question: -_weakness(question, weak))
    of_kind = {kind: [q for q in shuffled if q.kind is kind] for kind in Kind}
    if count == 1:
        return [next((q for q in shuffled if q.kind is not Kind.CLOSING), shuffled[0])]
    closing = of_kind[Kind.CLOSING][0] if of_kind[Kind.CLOSING] else CLOSING_QUESTION
    before_closing = count - 1
    first = of_kind[Kind.OPENING][:1]
    motivation = of_kind[Kind.MOTIVATION][:1] if before_closing - len(first) >= 2 else []
    rest = [
        question
        for question in shuffled
        if question.kind not in (Kind.OPENING, Kind.CLOSING) and question not in motivation
    ]
    # A second motivation question only where nothing else is left to ask.
    rest.sort(key=lambda question: question.kind is Kind.MOTIVATION)
    middle = _spread(rest, max(0, before_closing - len(first) - len(motivation)))
    asked = [*first, *motivation, *middle][:before_closing]
    return [*asked, closing]


def _weakness(question: Question, weak: Mapping[str, float]) -> float:
    return max(weak.get(question.id, 0.0), weak.get(question.competency, 0.0))


def _spread(questions: Sequence[Question], count: int) -> list[Question]:
    """The first `count` questions, going round the competencies so that none repeats before all had a turn."""
    waiting: dict[str, list[Question]] = {}
    for question in questions:
        waiting.setdefault(question.competency, []).append(question)
    chosen: list[Question] = []
    while waiting and len(chosen) < count:
        for competency in list(waiting):
            if len(chosen) == count:
                break
            chosen.append(waiting[competency].pop(0))
            if not waiting[competency]:
                del waiting[competency]
    return chosen


def _share_out(questions: Sequence[Question], interviewers: Sequence[Interviewer]) -> tuple[Turn, ...]:
    """The lead opens and closes; the others ask about what they care for, and nobody sits idle."""
    lead = interviewers[0]
    asked = {interviewer.id: 0 for interviewer in interviewers}
    turns: list[Turn] = []
    for index, question in enumerate(questions):
        if question.kind is Kind.CLOSING or index == 0:
            asker = lead
        else:
            asker = min(
                interviewers,
                key=lambda interviewer: (
                    asked[interviewer.id] - (1 if question.competency in interviewer.competencies else 0),
                    interviewer is lead,
                ),
            )
        asked[asker.id] += 1
        turns.append(Turn(question, asker.id))
    return tuple(turns)

"""An interview for one job: questions for its requirements, those without a story first.

A requirement is asked about in its own words (`preparation.wording`); where those cannot be said, or a question of
the banks is about just that, the bank's is asked. Papers and conditions get one plain question
among them. The opening comes first, the closing last.
Chance is passed in: the same job, stories, banks and seed always give the same plan.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from simulator.interview.interviewer import Interviewer
from simulator.interview.plan import Plan, Turn, make_plan
from simulator.preparation.coverage import coverage_of
from simulator.preparation.job import Job, RequirementKind
from simulator.preparation.matching import match, nearness
from simulator.preparation.stories import Story
from simulator.preparation.wording import COMPETENCY, GUIDANCE, PLAIN, TEMPLATES, Wording, wording_of
from simulator.questions.bank import DEFAULT_RUBRICS, DEFAULT_TARGET_SECONDS, Bank, Kind, Question

MOST_LOOKED_AT = 400
"""Bank questions that are held against the requirements; of more, chance takes so many."""
_FITS = 0.5
"""From this nearness on a bank's question is asked for what cannot be worded, or for a soft skill."""
_LENDS = 0.4
"""From this nearness on a bank's question lends its competency and length to a worded one."""
_ASKED = (Kind.BEHAVIOURAL, Kind.SITUATIONAL, Kind.STRENGTH)
TAG = "tailored"


@dataclass(frozen=True, slots=True)
class TailoredRequirement:
    """Something the job asks for, or that somebody there said matters. `gap`: no story answers it yet.

    `key` is the requirement's id, or "p1" and so on for priorities, whose `person` said it ("" the company).
    """

    key: str
    text: str
    kind: RequirementKind
    must: bool = True
    gap: bool = True
    source: str = ""
    person: str = ""


def job_bank(bank_id: str, title: str, banks: Iterable[Bank]) -> Bank:
    """The questions of all banks as one, for a job."""
    questions: dict[str, Question] = {}
    for bank in banks:
        for question in bank.questions:
            questions.setdefault(question.id, question)
    return Bank(bank_id, title, tuple(questions.values()), description="Tailored to the job.")


def requirements_for(job: Job, stories: Sequence[Story]) -> tuple[TailoredRequirement, ...]:
    """All a job asks for, in the posting's order, priorities behind. Raises Missing without the language model."""
    found = [
        TailoredRequirement(
            row.requirement.id,
            row.requirement.text,
            row.requirement.kind,
            row.requirement.must,
            row.gap,
            row.requirement.source,
        )
        for row in coverage_of(job, stories).rows
    ]
    number = 0
    for person, texts in job.priorities.items():
        for text in texts:
            number += 1
            gap = not any(match(text, story.text, story.skills).answers for story in stories)
            kind = RequirementKind.DUTY if text.split()[0].endswith("ing") else RequirementKind.SOFT
            found.append(TailoredRequirement(f"p{number}", text, kind, True, gap, "", person))
    return tuple(found)


def make_tailored_plan(
    questions: Sequence[Question],
    interviewers: Sequence[Interviewer],
    count: int,
    chance: random.Random,
    job: Job,
    stories: Sequence[Story] = (),
    weak: Mapping[str, float] | None = None,
    general: Sequence[Question] = (),
) -> Plan:
    """A plan of `count` questions for a job, chosen from `questions`.

    The opening, the closing, and what fills up where the job asks for fewer things, come from `general`
    (empty: from `questions` too). Raises UserError as `make_plan` does.
    """
    frame = make_plan(general or questions, interviewers, count, chance, weak)
    turns = list(frame.turns)
    if count == 1:
        positions = [0]
    else:
        positions = [at for at, turn in enumerate(turns) if turn.question.kind in (*_ASKED, Kind.WEAKNESS)]
    wanted = _in_order(requirements_for(job, stories), chance)
    looked_at = [question for question in questions if question.kind in _ASKED]
    if len(looked_at) > MOST_LOOKED_AT:
        looked_at = chance.sample(looked_at, MOST_LOOKED_AT)
    maker = _Maker(job, looked_at, chance)
    made = maker.questions(wanted, len(positions))
    for position, (requirement, question) in zip(positions, made, strict=False):
        asker = _asker(requirement, interviewers) or turns[position].interviewer_id
        turns[position] = Turn(question, asker, requirement.text)
    _without_doubles(turns, general or questions, len(made), positions)
    for at, turn in enumerate(turns):
        if turn.question.kind is Kind.MOTIVATION and count > 1:
            turns[at] = replace(turn, question=maker.motivation(turn.question))
            break
    return replace(frame, turns=tuple(turns))


def _without_doubles(turns: list[Turn], questions: Sequence[Question], made: int, positions: Sequence[int]) -> None:
    """A general question that was taken for a requirement too is exchanged for another one."""
    asked = {turns[position].question.id for position in positions[:made]}
    free = iter([question for question in questions if question.kind in _ASKED])
    for position in positions[made:]:
        if turns[position].question.id in asked:
            known = {turn.question.id for turn in turns}
            other = next((question for question in free if question.id not in known), None)
            if other:
                turns[position] = replace(turns[position], question=other)
        asked.add(turns[position].question.id)


def _in_order(requirements: Iterable[TailoredRequirement], chance: random.Random) -> list[TailoredRequirement]:
    """Gaps first, then what is needed before what is welcome; among equals the kinds take turns, by chance."""
    groups: dict[tuple[bool, bool], list[TailoredRequirement]] = {}
    for requirement in requirements:
        groups.setdefault((not requirement.gap, not requirement.must), []).append(requirement)
    ordered: list[TailoredRequirement] = []
    for key in sorted(groups):
        by_kind: dict[str, list[TailoredRequirement]] = {}
        shuffled = list(groups[key])
        chance.shuffle(shuffled)
        for requirement in shuffled:
            by_kind.setdefault("priority" if requirement.key.startswith("p") else requirement.kind.value, []).append(
                requirement
            )
        names = [
            name for name in ("duty", "priority", "experience", "soft skill", "qualification") if name in by_kind
        ]
        while names:
            for name in list(names):
                ordered.append(by_kind[name].pop(0))
                if not by_kind[name]:
                    names.remove(name)
    return ordered


def _wording(requirement: TailoredRequirement) -> Wording | None:
    return wording_of(requirement.text, requirement.kind, requirement.must)


def _asker(requirement: TailoredRequirement, interviewers: Sequence[Interviewer]) -> str:
    """The interviewer who said that it matters."""
    name = requirement.person.casefold()
    return next((each.id for each in interviewers if name and each.name.casefold() == name), "")


class _Maker:
    """Makes the questions of one plan; no bank question is used twice, no template before all had a turn."""

    def __init__(self, job: Job, questions: Sequence[Question], chance: random.Random) -> None:
        self._job, self._questions, self._chance = job, questions, chance
        self._asks = [each.ask for each in questions]
        self._used: set[str] = set()
        self._waiting: dict[str, list[str]] = {}

    def questions(
        self, requirements: Iterable[TailoredRequirement], count: int
    ) -> list[tuple[TailoredRequirement, Question]]:
        """Up to `count` questions, one a requirement, in their order; a plain one only once, behind the others."""
        made: list[tuple[TailoredRequirement, Question]] = []
        plain: tuple[TailoredRequirement, Wording] | None = None
        for requirement in requirements:
            if len(made) == count:
                break
            wording = _wording(requirement)
            if wording is not None and wording.group in PLAIN:
                plain = plain or (requirement, wording)
            elif (question := self._question(requirement, wording)) is not None:
                made.append((requirement, question))
        if plain is not None and len(made) < count:
            made.append((plain[0], self._worded(*plain, None)))
        return made

    def _question(self, requirement: TailoredRequirement, wording: Wording | None) -> Question | None:
        nearest, near = self._nearest(requirement)
        if nearest and near >= _FITS and (wording is None or requirement.kind is RequirementKind.SOFT):
            self._used.add(nearest.id)
            return replace(nearest, tags=(*nearest.tags, TAG))
        if wording is None:
            # A question that hardly fits is worse than none: the next requirement has its turn.
            return None
        return self._worded(requirement, wording, nearest if near >= _LENDS else None)

    def _nearest(self, requirement: TailoredRequirement) -> tuple[Question | None, float]:
        """The bank question that is nearest to the requirement, and how near."""
        near = nearness(requirement.text, self._asks)
        free = [at for at, question in enumerate(self._questions) if question.id not in self._used]
        best = max(free, key=near.__getitem__, default=None)
        return (None, 0.0) if best is None else (self._questions[best], near[best])

    def _worded(self, requirement: TailoredRequirement, wording: Wording, lender: Question | None) -> Question:
        ask = self._template(wording.group).replace("{it}", wording.it)
        kind = Kind.STRENGTH if wording.group in PLAIN else Kind.BEHAVIOURAL
        posting_says = f"The posting says: “{requirement.source}” " if requirement.source else ""
        if requirement.person:
            posting_says = f"{requirement.person} said that this matters. "
        return Question(
            id=f"{self._job.id}-{requirement.key}",
            ask=ask[0].upper() + ask[1:],
            kind=kind,
            competency=lender.competency if lender else COMPETENCY.get(wording.group, "expertise"),
            rubrics=DEFAULT_RUBRICS[kind],
            target_seconds=lender.target_seconds if lender else DEFAULT_TARGET_SECONDS,
            guidance=f"{posting_says}{GUIDANCE[wording.group]}",
            # No probes: those of a bank's question may name its own matter, the usual ones fit everywhere.
            tags=(TAG,),
        )

    def _template(self, group: str) -> str:
        waiting = self._waiting.get(group)
        if not waiting:
            waiting = list(TEMPLATES[group])
            self._chance.shuffle(waiting)
            self._waiting[group] = waiting
        return waiting.pop()

    def motivation(self, question: Question) -> Question:
        """The motivation question with the job's own names, where they can be said."""
        role = self._job.role if _is_sayable(self._job.role) else ""
        company = self._job.company if _is_sayable(self._job.company) else ""
        if not (role or company):
            return question
        group = "motivation" if role and company else "motivation_company" if company else "motivation_role"
        ask = self._template(group).replace("{role}", role).replace("{company}", company)
        return replace(
            question,
            id=f"{self._job.id}-why",
            ask=ask,
            guidance=GUIDANCE["motivation"],
            probes={},
            tags=(TAG,),
        )


def _is_sayable(name: str) -> bool:
    """Whether a role or company can stand in a spoken sentence: short, singular, no signs."""
    words = name.split()
    plural = words and words[-1].lower().endswith("s") and words[-1][0].islower()
    return bool(words) and len(words) <= 6 and not plural and not any(char in name for char in "/|()[]{}:;@#*")

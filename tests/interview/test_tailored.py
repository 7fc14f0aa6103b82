"""An interview for a job: gaps first, opening first, closing last, the same for the same seed."""

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from simulator.interview.interviewer import Interviewer
from simulator.interview.plan import Plan
from simulator.interview.tailored import TAG, TailoredRequirement, make_tailored_plan, requirements_for
from simulator.preparation.job import Job, Requirement, RequirementKind, with_priorities
from simulator.preparation.stories import Story
from simulator.questions.bank import Bank, Kind, Question
from simulator.services import Services
from tests.preparation.posting_cases import cases, job_of

RUTH = Interviewer("ruth", "Ruth Adeyemi", "ward manager")
TOM = Interviewer("tom", "Tom Lee", "head of finance")
JOB = Job(
    "nurse",
    role="Staff Nurse",
    company="St Anne's",
    requirements=(
        Requirement("r1", "Explain to families what to look out for", RequirementKind.DUTY),
        Requirement("r2", "Keep calm when the list runs late", RequirementKind.SOFT, source="You keep calm."),
        Requirement("r3", "Two years on a surgical ward", RequirementKind.EXPERIENCE),
        Requirement("r4", "Knowledge of wound care", RequirementKind.EXPERIENCE, must=False),
        Requirement("r5", "A driving licence", RequirementKind.QUALIFICATION),
    ),
)
FAMILIES = Story(
    "s1", "The daughter", action="I explained to the family what to look out for.", result="They thanked us."
)


@pytest.fixture(scope="module")
def questions() -> Sequence[Question]:
    bank = Services().library.bank("first-round-general")
    assert isinstance(bank, Bank)
    return bank.questions


def plan(questions: Sequence[Question], count: int, seed: int = 1, **more: Any) -> Plan:
    given: dict[str, Any] = {"job": JOB, "interviewers": (RUTH,), **more}
    return make_tailored_plan(questions, count=count, chance=random.Random(seed), **given)


def test_opening_first_closing_last_and_the_job_between(questions: Sequence[Question]) -> None:
    made = plan(questions, 7)
    kinds = [turn.question.kind for turn in made.turns]
    assert kinds[0] is Kind.OPENING
    assert kinds[1] is Kind.MOTIVATION
    assert kinds[-1] is Kind.CLOSING
    assert len(made.turns) == 7
    assert all(turn.requirement for turn in made.turns[2:-1])


def test_the_words_of_the_requirement_are_in_the_question(questions: Sequence[Question]) -> None:
    asked = {turn.requirement: turn.question for turn in plan(questions, 8).turns}
    assert "Explain to families what to look out for" in asked["Explain to families what to look out for"].ask
    calm = asked["Keep calm when the list runs late"]
    assert calm.ask
    assert "You keep calm." in calm.guidance
    assert TAG in calm.tags


def test_the_motivation_question_names_the_role_or_the_company(questions: Sequence[Question]) -> None:
    asked = plan(questions, 6).turns[1].question.ask
    assert "St Anne's" in asked
    assert "Staff Nurse" in asked
    unnamed = plan(questions, 6, job=replace(JOB, role="", company="")).turns[1].question
    assert unnamed in questions
    plural = plan(questions, 6, job=replace(JOB, role="Delivery drivers")).turns[1].question.ask
    assert "St Anne's" in plural
    assert "drivers" not in plural


def test_gaps_are_asked_before_what_a_story_answers(questions: Sequence[Question]) -> None:
    for seed in range(10):
        wishes = [
            turn.requirement for turn in plan(questions, 8, seed, stories=(FAMILIES,)).turns if turn.requirement
        ]
        assert wishes.index("Explain to families what to look out for") == len(wishes) - 2
        assert wishes[-1] == "A driving licence"
        assert wishes[0] in ("Keep calm when the list runs late", "Two years on a surgical ward")


def test_what_is_needed_is_asked_before_what_is_welcome_and_papers_after_experience(
    questions: Sequence[Question],
) -> None:
    for seed in range(10):
        wishes = [turn.requirement for turn in plan(questions, 8, seed).turns if turn.requirement]
        assert wishes[-2:] == ["Knowledge of wound care", "A driving licence"]


def test_the_same_seed_gives_the_same_plan_and_another_one_another(questions: Sequence[Question]) -> None:
    assert plan(questions, 7, 3) == plan(questions, 7, 3)
    assert len({tuple(turn.question.ask for turn in plan(questions, 7, seed).turns) for seed in range(8)}) > 1


def test_no_question_is_asked_twice(questions: Sequence[Question]) -> None:
    for case in cases(False):
        made = make_tailored_plan(questions, (RUTH,), 14, random.Random(2), job_of(case.text))
        ids = [turn.question.id for turn in made.turns]
        assert len(ids) == len(set(ids)), case.name
        assert len(ids) == 14


def test_a_job_that_asks_for_little_is_filled_up_from_the_banks(questions: Sequence[Question]) -> None:
    small = replace(JOB, requirements=JOB.requirements[:1])
    made = plan(questions, 8, job=small)
    assert len(made.turns) == 8
    assert sum(bool(turn.requirement) for turn in made.turns) == 1
    nothing = plan(questions, 5, job=Job("j"))
    assert len(nothing.turns) == 5
    assert not any(turn.requirement for turn in nothing.turns)


def test_one_question_is_about_the_job(questions: Sequence[Question]) -> None:
    (turn,) = plan(questions, 1).turns
    assert turn.requirement


def test_a_priority_is_asked_by_the_person_it_was_heard_from(questions: Sequence[Question]) -> None:
    job = with_priorities(replace(JOB, requirements=()), "tom lee", ["keeping overtime down"])
    made = plan(questions, 6, job=job, interviewers=(RUTH, TOM))
    (turn,) = [turn for turn in made.turns if turn.requirement]
    assert turn.interviewer_id == "tom"
    assert "Keeping overtime down" in turn.question.ask


def test_wishes_hold_requirements_and_priorities_with_their_gaps() -> None:
    job = with_priorities(JOB, "Tom Lee", ["keeping overtime down"])
    wishes = {wish.key: wish for wish in requirements_for(job, (FAMILIES,))}
    assert not wishes["r1"].gap
    assert wishes["r2"].gap
    assert wishes["p1"] == TailoredRequirement("p1", "keeping overtime down", RequirementKind.DUTY, person="Tom Lee")


def test_questions_have_ids_of_the_job_so_that_attempts_can_be_compared(questions: Sequence[Question]) -> None:
    first = {turn.requirement: turn.question.id for turn in plan(questions, 8, 1).turns if TAG in turn.question.tags}
    again = {turn.requirement: turn.question.id for turn in plan(questions, 8, 2).turns if TAG in turn.question.tags}
    assert first["Keep calm when the list runs late"] == again["Keep calm when the list runs late"] == "nurse-r2"


def test_many_bank_questions_are_sampled_the_same_way_each_time(questions: Sequence[Question]) -> None:
    many = [
        *questions,
        *(replace(questions[9], id=f"q{n}", ask=f"{questions[9].ask} {n}") for n in range(500)),
    ]
    assert plan(many, 6, 5) == plan(many, 6, 5)

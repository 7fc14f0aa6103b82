"""The plan: which questions, in which order, by whom; the same seed gives the same plan."""

import random

import pytest

from simulator.errors import UserError
from simulator.interview.interviewer import Interviewer
from simulator.interview.plan import CLOSING_QUESTION, drill_plan, make_plan
from simulator.questions.bank import Kind
from tests.interview.people import ANN, BOB, QUESTIONS, interviewer, question


def kinds(count: int, seed: int = 1, people: tuple[Interviewer, ...] = (ANN,)) -> list[Kind]:
    return [turn.question.kind for turn in make_plan(QUESTIONS, people, count, random.Random(seed)).turns]


@pytest.mark.parametrize("seed", range(20))
def test_the_opening_comes_first_and_the_closing_last(seed: int) -> None:
    order = kinds(5, seed)
    assert order[0] is Kind.OPENING
    assert order[-1] is Kind.CLOSING
    assert order.count(Kind.OPENING) == order.count(Kind.CLOSING) == 1


def test_the_same_seed_gives_the_same_plan_and_another_another() -> None:
    plans = {seed: make_plan(QUESTIONS, (ANN,), 4, random.Random(seed)) for seed in range(12)}
    assert make_plan(QUESTIONS, (ANN,), 4, random.Random(3)) == plans[3]
    assert len({tuple(turn.question.id for turn in plan.turns) for plan in plans.values()}) > 1


@pytest.mark.parametrize("seed", range(20))
def test_competencies_are_spread_before_any_comes_again(seed: int) -> None:
    middle = make_plan(QUESTIONS, (ANN,), 6, random.Random(seed)).turns[2:-1]
    assert len({turn.question.competency for turn in middle}) == len(middle)


def test_weak_spots_come_first() -> None:
    plan = make_plan(QUESTIONS, (ANN,), 3, random.Random(1), weak={"learning": 3.0})
    assert plan.turns[1].question.competency == "learning"


def test_a_bank_without_a_closing_gets_the_general_one() -> None:
    plan = make_plan(QUESTIONS[:-1], (ANN,), 3, random.Random(1))
    assert plan.turns[-1].question == CLOSING_QUESTION


def test_a_panel_takes_turns_and_the_lead_opens_and_closes() -> None:
    cleo = interviewer("cleo")
    plan = make_plan(QUESTIONS, (ANN, BOB, cleo), 7, random.Random(2))
    askers = [turn.interviewer_id for turn in plan.turns]
    assert askers[0] == askers[-1] == "ann"
    assert {"ann", "bob", "cleo"} == set(askers)


def test_a_question_goes_to_the_interviewer_who_cares_for_it() -> None:
    questions = [question(n, Kind.BEHAVIOURAL, "planning" if n == 3 else "teamwork") for n in range(1, 5)]
    plan = make_plan(questions, (ANN, BOB), 5, random.Random(1))
    assert next(turn for turn in plan.turns[1:] if turn.question.competency == "planning").interviewer_id == "bob"


def test_a_drill_is_one_question() -> None:
    assert [turn.question for turn in drill_plan(QUESTIONS[2], ANN).turns] == [QUESTIONS[2]]


def test_a_plan_can_be_changed_before_the_start() -> None:
    plan = make_plan(QUESTIONS, (ANN,), 4, random.Random(1))
    ids = [turn.question.id for turn in plan.turns]
    assert [turn.question.id for turn in plan.moved(1, 1).turns] == [ids[0], ids[2], ids[1], ids[3]]
    assert [turn.question.id for turn in plan.without(1).turns] == [ids[0], ids[2], ids[3]]
    assert plan.with_question(1, QUESTIONS[4]).turns[1].question == QUESTIONS[4]


def test_more_questions_than_the_bank_has_gives_all_of_them_once() -> None:
    plan = make_plan(QUESTIONS, (ANN,), 50, random.Random(1))
    ids = [turn.question.id for turn in plan.turns]
    assert len(ids) == len(set(ids)) == len(QUESTIONS)


def test_nothing_to_ask_or_too_many_to_ask_it_is_said_plainly() -> None:
    with pytest.raises(UserError, match="no questions"):
        make_plan([], (ANN,), 3, random.Random(1))
    with pytest.raises(UserError, match="one to 3 interviewers"):
        make_plan(QUESTIONS, (ANN, BOB, ANN, BOB), 3, random.Random(1))

"""Tricks earn nothing."""

from random import Random

import pytest

from simulator.scoring import attacks
from simulator.scoring.scorer import AnswerContext, score_answer
from simulator.speech.transcript import typed

ATTACKS = attacks.attacks(Random(7))
STRONG = (
    "two years ago in the bakery the big oven broke on a saturday morning with ninety loaves in it so i rang the "
    "engineer and moved everything to the small oven and i called the cafes one by one to tell them and in the end "
    "we lost only six loaves and since then i check the door seal every friday"
)


def levels(text: str, question: str) -> list[int]:
    card = score_answer(typed(text), AnswerContext(question))
    return [score.level or 0 for score in card.rubrics.values()]


def test_there_are_enough_variants_of_each_attack() -> None:
    groups = attacks.by_kind(ATTACKS)
    assert len(groups) == 7
    assert all(len(group) >= 10 for group in groups.values())


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.kind)
@pytest.mark.parametrize("question", [None, attacks.WHY], ids=["asked", "why"])
def test_no_attack_earns_more_than_one(attack: attacks.Attack, question: str | None) -> None:
    assert max(levels(attack.text, question or attack.question)) <= 1


def test_weak_answers_joined_do_not_beat_their_best_part() -> None:
    for group in attacks.joined_weak(Random(7), count=40):
        best = max(levels(text, attacks.QUESTION)[0] for text in group)
        assert levels(" ".join(group), attacks.QUESTION)[0] <= best, group


def test_a_strong_answer_in_another_order_of_words_falls() -> None:
    before = levels(STRONG, attacks.QUESTION)[0]
    after = [levels(attacks.shuffled(Random(seed), STRONG), attacks.QUESTION)[0] for seed in range(10)]
    assert before >= 3
    assert before - sum(after) / len(after) >= 1


def test_saying_it_twice_does_not_lift_it() -> None:
    once = "last summer we had a leak in the cellar and i called the plumber"
    assert levels(f"{once} {once}", attacks.QUESTION)[0] <= levels(once, attacks.QUESTION)[0]


def test_an_honest_answer_is_not_guarded() -> None:
    assert score_answer(typed(STRONG), AnswerContext(attacks.QUESTION)).guards == ()

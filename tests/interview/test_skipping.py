"""Asking to leave a question out, in any words, is no answer; an answer is never taken for it."""

import pytest

from simulator.interview.skipping import asks_to_skip


@pytest.mark.parametrize(
    "words",
    [
        "I'd rather skip that one.",
        "can we skip this",
        "could we come back to this one later",
        "um can i pass on this one please",
        "i don't want to answer that",
        "i would prefer not to talk about that",
        "pass",
        "next question",
        "No comment.",
    ],
)
def test_who_asks_to_go_on_is_understood(words: str) -> None:
    assert asks_to_skip(words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "no",
        "Next week.",
        "i passed the exam at the second try",
        "i never skip a step",
        "i rang the customer and told him to skip the second step",
        "i asked my boss to move on to the next question",
        "i said i would rather not do that and my boss agreed",
        "i don't know",
        "can we skip this question please because i was ill that year and i have nothing to tell",
    ],
)
def test_an_answer_is_never_taken_for_it(words: str) -> None:
    assert not asks_to_skip(words)

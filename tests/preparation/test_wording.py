"""Requirements worded as questions: in their own words, and an anecdote only where one makes sense."""

import re

import pytest

from simulator.preparation.job import RequirementKind
from simulator.preparation.wording import GUIDANCE, MOST_WORDS, PLAIN, TEMPLATES, sayable, wording_of

DUTY, SOFT = RequirementKind.DUTY, RequirementKind.SOFT
EXPERIENCE, QUALIFICATION = RequirementKind.EXPERIENCE, RequirementKind.QUALIFICATION


@pytest.mark.parametrize(
    ("text", "kind", "group"),
    [
        ("Prune fruit trees and roses", DUTY, "duty"),
        ("Friendly with members", SOFT, "soft"),
        ("Two years on a surgical ward", EXPERIENCE, "experience"),
        ("B driving licence", QUALIFICATION, "paper"),
        ("The right to work in the UK", QUALIFICATION, "paper"),
        ("Available to work nights and weekends", EXPERIENCE, "condition"),
    ],
)
def test_each_kind_is_asked_in_its_own_way(text: str, kind: RequirementKind, group: str) -> None:
    wording = wording_of(text, kind)
    assert wording is not None
    assert (wording.group, wording.it) == (group, f"{text}.")


@pytest.mark.parametrize("group", PLAIN)
def test_papers_and_conditions_ask_for_no_anecdote(group: str) -> None:
    for template in TEMPLATES[group]:
        assert not re.search(r"tell me about a|which piece|take me through|a day|one time", template, re.IGNORECASE)


def test_a_welcome_paper_is_not_asked_about() -> None:
    assert wording_of("Chainsaw certificate", QUALIFICATION, must=False) is None


def test_what_is_welcome_is_not_asked_for_as_a_must() -> None:
    wording = wording_of("Knowledge of Xero", EXPERIENCE, must=False)
    assert wording is not None
    assert wording.group == "welcome"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2+ years of experience", "2 or more years of experience."),
        ("Word & Excel (basics)", "Word and Excel."),
        ("bar/kitchen work", "Bar or kitchen work."),
    ],
)
def test_signs_are_said_as_words(text: str, said: str) -> None:
    assert sayable(text) == said


@pytest.mark.parametrize("text", ["", "...", "Plan {it} and <b>", "Write " + "very " * MOST_WORDS + "long letters"])
def test_what_cannot_be_said_is_not_asked(text: str) -> None:
    assert wording_of(text, DUTY) is None


def test_every_group_has_guidance_and_a_place_for_the_words() -> None:
    for group, texts in TEMPLATES.items():
        if group.startswith("motivation"):
            assert all("{company}" in text or "{role}" in text for text in texts)
        else:
            assert GUIDANCE[group]
            assert all(text.count("{it}") == 1 for text in texts), group

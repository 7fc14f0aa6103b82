"""The worked examples of the docs are in order, and the docs name every key."""

from pathlib import Path

import pytest

from simulator.interview.interviewer import FIELDS, MANNERS, TOPICS, parse_interviewer
from simulator.questions.bank import Kind, Probe
from simulator.questions.bank_files import (
    BANK_FIELDS,
    COMPETENCIES,
    EXAMPLE_FIELDS,
    QUESTION_FIELDS,
    RUBRICS,
    parse_bank,
)
from tests.docs_pages import File, steps

DOCS = Path(__file__).resolve().parents[1] / "docs"


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def example(name: str) -> str:
    """The first YAML file of a page."""
    return next(step.text for step in steps(page(name)) if isinstance(step, File) and step.name.endswith(".yaml"))


def test_the_worked_bank_is_in_order() -> None:
    assert len(parse_bank(example("question_banks.md"), Path("docs"), RUBRICS).questions) == 2


def test_the_worked_interviewer_is_in_order() -> None:
    assert parse_interviewer(example("interviewers.md"), Path("docs")).name == "Rosa Maier"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("question_banks.md", [field.name for field in (*BANK_FIELDS, *QUESTION_FIELDS, *EXAMPLE_FIELDS)]),
        ("question_banks.md", [*Kind, *Probe]),
        ("interviewers.md", [field.name for field in FIELDS]),
        ("interviewers.md", [*MANNERS, *TOPICS]),
    ],
)
def test_every_key_and_choice_is_described(name: str, words: list[Kind | Probe] | list[str]) -> None:
    assert [word for word in words if f"`{word}`" not in page(name)] == []


def test_every_competency_is_listed() -> None:
    assert [name for name in COMPETENCIES if name not in page("question_banks.md")] == []

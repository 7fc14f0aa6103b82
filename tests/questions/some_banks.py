"""Banks made for tests, by hand and by hypothesis."""

from typing import Any

from hypothesis import strategies as st

from simulator.questions.bank import DEFAULT_RUBRICS, Bank, Kind, Probe, Question, WorkedAnswer

BANK = """\
bank: night-shift
title: Night shift
questions:
  - id: first
    ask: Tell me about a night.
    kind: behavioural
"""

NURSE = WorkedAnswer("I made a list of the beds.", "Ward nurse, 34", "One clear deed.")
VAGUE = WorkedAnswer("Nights are fine for me.", "Somebody in a hurry, 20", "Nothing happens in it.", weak=True)


def question(name: str = "first", **fields: Any) -> Question:
    """A question in order."""
    kind = fields.get("kind", Kind.BEHAVIOURAL)
    assert isinstance(kind, Kind)
    values = {"ask": f"Tell me about the {name} night.", "kind": kind, "rubrics": DEFAULT_RUBRICS[kind]} | fields
    return Question(name, **values)


def bank(*names: str, **fields: Any) -> Bank:
    """A bank with questions of these names."""
    return Bank("night-shift", "Night shift", tuple(question(name) for name in names or ("first",)), **fields)


LETTERS = st.characters(
    codec="utf-8",
    categories=("L", "N", "P", "S", "Zs", "M"),
)
IDS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True)
COMPETENCIES = st.from_regex(r"[a-z][a-z0-9-]{0,15}", fullmatch=True)


def texts(longest: int, letters: st.SearchStrategy[str] = LETTERS) -> st.SearchStrategy[str]:
    """Texts on one line with something in them."""
    return (
        st.text(letters, min_size=1, max_size=longest)
        .map(lambda text: " ".join(text.split()))
        .filter(lambda text: text != "" and text.isprintable())
    )


def asked() -> st.SearchStrategy[str]:
    """Texts with a word in them."""
    return texts(120).filter(lambda text: any(char.isalnum() for char in text))


def questions(tag: st.SearchStrategy[str]) -> st.SearchStrategy[Question]:
    """Any question that a bank may hold."""
    return st.builds(
        Question,
        id=IDS,
        ask=asked(),
        kind=st.sampled_from(Kind),
        competency=st.one_of(st.just(""), COMPETENCIES),
        rubrics=st.lists(st.sampled_from(["examples", "motivation", "questions"]), min_size=1, unique=True).map(
            tuple
        ),
        target_seconds=st.integers(10, 600),
        guidance=st.one_of(st.just(""), texts(300)),
        probes=st.dictionaries(st.sampled_from(Probe), texts(60), max_size=4),
        tags=st.lists(tag, max_size=3, unique=True).map(tuple),
        examples=st.lists(
            st.builds(WorkedAnswer, texts(200), texts(40), st.one_of(st.just(""), texts(60)), st.booleans()),
            max_size=3,
        ).map(tuple),
    )


def banks(tag: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Bank]:
    """Any bank in order, with questions that differ in id and words."""
    tags = tag if tag is not None else texts(40)
    return st.builds(
        Bank,
        id=IDS,
        title=texts(60),
        questions=st.lists(questions(tags), min_size=1, max_size=5, unique_by=(lambda q: q.id, lambda q: q.ask)).map(
            tuple
        ),
        licence=st.one_of(st.just(""), texts(30)),
        description=st.one_of(st.just(""), texts(200)),
    )

"""The practices of `practices.yaml` as occasions: the answers are read and scored as in the app."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from simulator.followup.interview_record import InterviewRecord, record_of_session
from simulator.interview.interviewer import Interviewer
from simulator.preparation.job import Job
from simulator.preparation.stories import Story
from simulator.questions.bank import Kind
from simulator.sessions.session import Answer, Learned, LearnedKind, Mode, Session
from simulator.yaml_nodes import load_yaml
from tests.followup.made import answered

UNTOLD = (
    Story(
        "report-query",
        "The slow report",
        situation="In 2023 our weekly sales report took forty minutes to run.",
        action="I rewrote the SQL query and added two indexes to the orders table.",
        result="It ran in fifty seconds from then on.",
        numbers="forty minutes to fifty seconds",
    ),
    Story(
        "hamster",
        "The class hamster",
        situation="The hamster of our class ran away on a Friday.",
        action="I laid a trail of sunflower seeds to a shoebox.",
        result="It sat in the box on Monday morning.",
    ),
)
"""Stories that were told to nobody and suit hardly anybody: every practice has them."""


@lru_cache(maxsize=2)
def practices(path: Path | None = None) -> tuple[Mapping[str, Any], ...]:
    """All of them, as written; of another file where one is named."""
    return tuple(load_yaml(path or Path(__file__).with_name("practices.yaml")))


def occasion_of(practice: Mapping[str, Any]) -> InterviewRecord:
    """One practice as letters need it."""
    panel = [Interviewer(f"i{number}", name, role) for number, (name, role) in enumerate(practice["people"])]
    learned = tuple(
        Learned(panel[who].id, panel[who].name, LearnedKind(kind), words)
        for who, kind, words in practice.get("heard", ())
    )
    noted = _noted(practice)
    job = Job("job", practice["role"], practice["company"], priorities=noted)
    session = Session(
        practice["field"],
        "2026-11-23T10:00:00Z",
        Mode.REALISTIC,
        "b",
        interviewer_ids=tuple(each.id for each in panel),
        candidate_name="Robin Ashe",
        answers=tuple(_answers(practice, panel)),
        learned=learned,
        finished_at="2026-11-23T10:30:00Z",
    )
    return record_of_session(session, panel, job, UNTOLD)


def _noted(practice: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """What was noted of people before: by name, or as a list like `heard`."""
    noted = practice.get("noted") or {}
    if isinstance(noted, Mapping):
        return {name: (words,) for name, words in noted.items()}
    return {practice["people"][who][0]: (words,) for who, _, words in noted}


def _answers(practice: Mapping[str, Any], panel: list[Interviewer]) -> Iterator[Answer]:
    yield answered(1, practice["why"], "Why do you want to work here?", Kind.MOTIVATION, panel[0], "motivation")
    for number, (who, topic, ask, text) in enumerate(practice["did"], 2):
        yield answered(number, text, ask, Kind.BEHAVIOURAL, panel[who], topic)

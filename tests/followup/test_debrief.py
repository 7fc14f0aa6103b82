"""Notes on a real interview: read, kept, and fed into the next practice."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.errors import UserError
from simulator.followup.debrief import Debrief, Met, new_debrief, with_learned, with_questions
from simulator.followup.debrief_file import parse_debrief, read_debrief
from simulator.followup.repositories import Repositories
from simulator.followup.saving_debriefs import keep_debrief
from simulator.preparation.people import PersonKind
from simulator.questions.bank import Bank, Kind
from simulator.questions.bank_files import find_banks, read_bank
from simulator.sessions.store import Store
from tests.docs_pages import File, steps
from tests.followup.made import JOB

DOCS = Path(__file__).resolve().parents[2] / "docs" / "following_up.md"
NOTES = """\
company: St Anne's Hospital
role: Staff nurse
date: 2026-11-20
decision: 2026-12-04
reason: I want to stay on one ward
  and see people through.

# Ruth Adeyemi, ward manager
- Tell me about a time you had to calm somebody.
- Why this ward?
priority: a calm handover
problem: The night staff start with half the picture.
fact: They write on paper.

# Paul Imre (human resources)
asked: Where do you see yourself
  in five years?
email: paul@example.org

# Everybody
- Why this ward?
"""


def test_notes_are_read_as_a_person_writes_them() -> None:
    debrief = parse_debrief(NOTES)
    ruth, paul, everybody = debrief.met
    assert (debrief.company, debrief.role, debrief.on, debrief.decision_on) == (
        "St Anne's Hospital", "Staff nurse", "2026-11-20", "2026-12-04",
    )  # fmt: skip
    assert debrief.reason == "I want to stay on one ward and see people through."
    assert (ruth.name, ruth.role, ruth.priorities) == ("Ruth Adeyemi", "ward manager", ("a calm handover",))
    assert ruth.asked == ("Tell me about a time you had to calm somebody.", "Why this ward?")
    assert (paul.name, paul.role, paul.email) == ("Paul Imre", "human resources", "paul@example.org")
    assert paul.asked == ("Where do you see yourself in five years?",)
    assert everybody.name == ""
    assert debrief.asked.count("Why this ward?") == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("company: X\n# Ann\n- Why?", "no date"),
        ("date: some day\n# Ann\n- Why?", "is no day"),
        ("date: 2026-11-20\nprioritie: x", "line 2.*Did you mean 'prior"),
        ("date: 2026-11-20\n# Ann\nshe was kind", "line 3.*is not said to be anything"),
        ("date: 2026-11-20\n# Ann\npriority:", "line 3: nothing is written there"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text: str, told: str) -> None:
    with pytest.raises(UserError, match=told):
        parse_debrief(text)


def test_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no file"):
        read_debrief(tmp_path / "none.txt")
    (tmp_path / "picture.txt").write_bytes(b"\xff\xd8\xff\xe0 date")
    with pytest.raises(UserError, match="no text in UTF-8"):
        read_debrief(tmp_path / "picture.txt")
    (tmp_path / "novel.txt").write_text("a" * 300_000, encoding="utf-8")
    with pytest.raises(UserError, match="A debrief is a page or two"):
        read_debrief(tmp_path / "novel.txt")


def test_the_example_of_the_docs_is_in_order() -> None:
    notes = next(step.text for step in steps(DOCS.read_text(encoding="utf-8")) if isinstance(step, File))
    assert new_debrief(parse_debrief(notes), ()).people


def test_nothing_noted_is_a_problem_and_so_is_one_person_twice() -> None:
    with pytest.raises(UserError, match="Nothing is noted yet"):
        new_debrief(Debrief("", "2026-11-20", "X"), ())
    with pytest.raises(UserError, match="noted twice"):
        new_debrief(Debrief("", "2026-11-20", met=(Met("Ann"), Met("Ann"))), ())


def test_questions_go_into_a_bank_once_with_kinds_from_their_words() -> None:
    debrief = parse_debrief(NOTES)
    bank, added = with_questions(Bank("b", "B", ()), debrief)
    assert [question.kind for question in added] == [Kind.BEHAVIOURAL, Kind.MOTIVATION, Kind.MOTIVATION]
    assert with_questions(bank, debrief) == (bank, ())


def test_what_was_learned_is_noted_for_the_job_by_person() -> None:
    job = with_learned(JOB, parse_debrief(NOTES))
    assert job.priorities == {"Ruth Adeyemi": ("a calm handover", "The night staff start with half the picture.")}


@pytest.fixture
def repositories(tmp_path: Path) -> Iterator[Repositories]:
    store = Store(tmp_path / "sessions.sqlite3")
    yield Repositories(store)
    store.close()


def test_keeping_a_debrief_feeds_bank_job_people_and_dates(repositories: Repositories, tmp_path: Path) -> None:
    repositories.jobs.save(JOB)
    fed = keep_debrief(parse_debrief(NOTES), repositories, (), tmp_path / "banks")
    bank = read_bank(tmp_path / "banks" / "asked-in-interviews.yaml")
    assert {question.ask for question in bank.questions} == set(fed.debrief.asked)
    assert fed.debrief.job_id == JOB.id
    assert repositories.jobs.get(JOB.id).priorities["Ruth Adeyemi"]
    assert [(each.name, each.role, each.kind) for each in repositories.interviewers_for(JOB.id)] == [
        ("Ruth Adeyemi", "ward manager", PersonKind.INTERVIEWER),
        ("Paul Imre", "human resources", PersonKind.INTERVIEWER),
    ]
    assert repositories.timelines.get(fed.debrief.id).decision_on == "2026-12-04"
    assert repositories.debriefs.get(fed.debrief.id) == fed.debrief


def test_a_second_interview_adds_to_the_same_bank_without_doubles(repositories: Repositories, tmp_path: Path) -> None:
    keep_debrief(parse_debrief(NOTES), repositories, (), tmp_path)
    again = NOTES.replace("2026-11-20", "2026-11-27").replace(
        "- Why this ward?\npri", "- What is your biggest fault?\npri"
    )
    fed = keep_debrief(parse_debrief(again), repositories, find_banks((tmp_path / "shipped", tmp_path)), tmp_path)
    assert [question.ask for question in fed.questions] == ["What is your biggest fault?"]
    assert len(read_bank(tmp_path / "asked-in-interviews.yaml").questions) == 4


def test_the_same_notes_twice_are_told_and_change_nothing(repositories: Repositories, tmp_path: Path) -> None:
    keep_debrief(parse_debrief(NOTES), repositories, (), tmp_path)
    with pytest.raises(UserError, match="noted already"):
        keep_debrief(parse_debrief(NOTES), repositories, find_banks((tmp_path / "shipped", tmp_path)), tmp_path)
    assert len(repositories.debriefs.ids()) == 1


def test_nothing_is_kept_where_something_is_wrong(repositories: Repositories, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="before the interview"):
        keep_debrief(parse_debrief(NOTES.replace("2026-12-04", "2026-01-04")), repositories, (), tmp_path)
    assert repositories.debriefs.ids() == []
    assert list(tmp_path.glob("*.yaml")) == []

"""A job corrected by the candidate."""

import pytest

from simulator.errors import UserError
from simulator.preparation.job import (
    LONGEST_TEXT,
    Job,
    Requirement,
    RequirementKind,
    job_id_for,
    new_id,
    with_change,
    with_facts,
    with_link,
    with_priorities,
    with_requirement,
    without_priority,
    without_requirement,
)

JOB = Job(
    "cook",
    role="Cook",
    company="The Blue Door",
    requirements=(
        Requirement("r1", "Run the pass", RequirementKind.DUTY),
        Requirement("r2", "Basic Spanish", RequirementKind.QUALIFICATION, must=False),
    ),
)


def test_a_requirement_is_added_under_a_new_id_even_after_one_is_gone() -> None:
    job = without_requirement(with_requirement(JOB, "  Train   apprentices ", RequirementKind.DUTY), "r2")
    job = with_requirement(job, "Bake", RequirementKind.DUTY)
    assert [(each.id, each.text) for each in job.requirements] == [
        ("r1", "Run the pass"), ("r3", "Train apprentices"), ("r4", "Bake"),
    ]  # fmt: skip


def test_one_part_of_a_requirement_is_corrected_and_the_rest_stays() -> None:
    job = with_change(JOB, "r2", must=True)
    assert job.requirement("r2") == Requirement("r2", "Basic Spanish", RequirementKind.QUALIFICATION, True)
    job = with_change(job, "r2", text="Spanish", kind=RequirementKind.SOFT)
    assert job.requirement("r2") == Requirement("r2", "Spanish", RequirementKind.SOFT, True)
    assert JOB.requirement("r2").text == "Basic Spanish"


@pytest.mark.parametrize("text", ["", "  ", "x" * (LONGEST_TEXT + 1)])
def test_no_requirement_is_empty_or_endless(text: str) -> None:
    with pytest.raises(UserError):
        with_requirement(JOB, text, RequirementKind.DUTY)
    with pytest.raises(UserError):
        with_change(JOB, "r1", text)


def test_an_unknown_requirement_is_told_with_those_there_are() -> None:
    with pytest.raises(UserError, match=r"no requirement 'r9'\. It has r1, r2"):
        without_requirement(JOB, "r9")


def test_links_go_with_their_requirement_and_the_last_word_counts() -> None:
    job = with_link(with_link(JOB, "r1", "s1", True), "r1", "s1", False)
    assert [(link.story_id, link.linked) for link in job.links] == [("s1", False)]
    assert without_requirement(job, "r1").links == ()
    with pytest.raises(UserError):
        with_link(JOB, "r9", "s1", True)


def test_priorities_are_kept_by_person_and_not_repeated() -> None:
    job = with_priorities(with_priorities(JOB, "Ann", ["calm", " calm "]), "", ["low  waste", ""])
    assert job.priorities == {"Ann": ("calm",), "": ("low waste",)}
    assert job.requirement_texts() == ("Run the pass", "Basic Spanish", "calm", "low waste")
    assert without_priority(job, "calm").priorities == {"": ("low waste",)}
    with pytest.raises(UserError, match="no priority 'speed'"):
        without_priority(job, "speed")


def test_answers_are_judged_against_what_is_needed_first() -> None:
    job = with_requirement(JOB, "A food hygiene certificate", RequirementKind.QUALIFICATION)
    assert job.requirement_texts() == ("Run the pass", "A food hygiene certificate", "Basic Spanish")


def test_facts_are_corrected() -> None:
    job = with_facts(JOB, {"place": " Bristol ", "company": ""})
    assert (job.role, job.company, job.place) == ("Cook", "", "Bristol")
    assert job.title == "Cook"
    with pytest.raises(UserError, match="no 'boss'"):
        with_facts(JOB, {"boss": "x"})
    with pytest.raises(UserError, match="characters"):
        with_facts(JOB, {"role": "x" * 200})


def test_ids_are_short_plain_and_each_its_own() -> None:
    assert job_id_for("Staff Nurse", "St Anne’s Hospital", []) == "staff-nurse-st-annes-hospital"
    assert job_id_for("", "", ["job", "job-2"]) == "job-3"
    assert new_id("Ünïcode only: 写", [], "thing") == "unicode-only"
    assert len(new_id("word " * 50, [], "x")) <= 36

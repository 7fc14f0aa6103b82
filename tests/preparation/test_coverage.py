"""A job held against the stories."""

from simulator.preparation.coverage import coverage_of
from simulator.preparation.job import Job, Requirement, RequirementKind, with_link
from simulator.preparation.stories import Story

JOB = Job(
    "nurse",
    requirements=(
        Requirement("r1", "Certificate in pain management", RequirementKind.QUALIFICATION, must=False),
        Requirement("r2", "Hand over to the next shift in writing", RequirementKind.DUTY),
        Requirement("r3", "Stay calm when several people need you", RequirementKind.SOFT),
        Requirement("r4", "A valid licence", RequirementKind.QUALIFICATION),
        Requirement("r5", "Mentor students", RequirementKind.DUTY),
    ),
)
LIST = Story(
    "list", "The night list", "The night shift started without half of the picture.",
    action="I wrote a page for the next shift and handed over at the bedside.", result="Missed doses fell to one.",
)  # fmt: skip
BELLS = Story("bells", "Three bells", "Three bells rang.", action="I told each who came first.")


def test_a_story_answers_a_requirement_by_words_that_are_shown() -> None:
    row = coverage_of(JOB, (LIST, BELLS)).rows[1]
    assert [match.story_id for match in row.stories] == ["list"]
    assert row.stories[0].words
    assert all(word in LIST.searched for word in row.stories[0].words)
    assert not row.gap


def test_gaps_are_told_those_needed_first() -> None:
    coverage = coverage_of(JOB, (LIST,))
    assert [each.id for each in coverage.gaps] == ["r3", "r4", "r5", "r1"]
    assert coverage.covered == 1


def test_what_the_user_linked_stands_above_the_words() -> None:
    linked = coverage_of(with_link(JOB, "r3", "bells", True), (LIST, BELLS)).rows[2].stories[0]
    assert linked.linked
    assert linked.story_id == "bells"
    assert coverage_of(with_link(JOB, "r2", "list", False), (LIST, BELLS)).rows[1].gap


def test_next_steps_name_duties_before_licences_and_the_welcome_last() -> None:
    steps = coverage_of(JOB, (LIST,)).next_steps
    told = [next(at for at, step in enumerate(steps) if words in step) for words in (
        "Mentor students", "Stay calm", "A valid licence", "pain management",
    )]  # fmt: skip
    assert told == sorted(told)


def test_a_story_without_a_result_is_a_next_step() -> None:
    steps = coverage_of(with_link(JOB, "r3", "bells", True), (LIST, BELLS)).next_steps
    assert "'Three bells' has no result yet: say what came of it." in steps


def test_without_stories_the_first_step_is_one() -> None:
    coverage = coverage_of(JOB, ())
    assert coverage.covered == 0
    assert "first story" in coverage.next_steps[0]


def test_a_story_that_carries_everything_is_told() -> None:
    job = JOB
    for requirement in JOB.requirements:
        job = with_link(job, requirement.id, "list", True)
    steps = coverage_of(job, (LIST, BELLS)).next_steps
    assert any("carries 4 requirements" in step for step in steps)


def test_a_job_without_requirements_is_covered_by_nothing() -> None:
    assert coverage_of(Job("empty"), (LIST,)).rows == ()

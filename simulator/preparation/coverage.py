"""Requirement by requirement: which stories answer it, by which words, and what to prepare next."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from simulator.preparation.job import Job, Requirement, RequirementKind
from simulator.preparation.matching import Match, matches, sentences_in
from simulator.preparation.stories import Story

MANY = 4
"""Requirements carried by one story from which a second one should be ready."""
MOST_SHOWN = 3
"""Stories shown per requirement, the strongest first; what the user linked is always shown."""


@dataclass(frozen=True, slots=True)
class StoryMatch:
    """One story for a requirement, and the sentence or skill by which. `answers` is False where it only touches it,
    `linked` True where the user said that it answers."""

    story_id: str
    title: str
    strength: float
    words: str = ""
    answers: bool = True
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One requirement with its stories; where none answers it there is a gap."""

    requirement: Requirement
    stories: tuple[StoryMatch, ...] = ()

    @property
    def gap(self) -> bool:
        return not any(story.answers for story in self.stories)


@dataclass(frozen=True, slots=True)
class Coverage:
    """A job held against the stories. `next_steps` are plain sentences, the most useful first."""

    job_id: str
    rows: tuple[Row, ...]
    next_steps: tuple[str, ...]

    @property
    def gaps(self) -> tuple[Requirement, ...]:
        """Requirements without a story, those needed first."""
        return tuple(
            row.requirement for row in sorted(self.rows, key=lambda row: not row.requirement.must) if row.gap
        )

    @property
    def covered(self) -> int:
        """How many requirements a story answers."""
        return sum(not row.gap for row in self.rows)


def coverage_of(job: Job, stories: Sequence[Story]) -> Coverage:
    """Hold a job against the stories. What the user linked or unlinked stands above what was found.

    Raises Missing where the language model does not load.
    """
    requirements = [each.text for each in job.requirements]
    by_story = [matches(requirements, sentences_in(story.text) or [story.title], story.skills) for story in stories]
    linked_by_user = {(link.requirement_id, link.story_id): link.linked for link in job.links}
    rows = []
    for at, requirement in enumerate(job.requirements):
        found = []
        for story, matched in zip(stories, by_story, strict=True):
            linked = linked_by_user.get((requirement.id, story.id))
            if linked is False:
                continue
            match = matched[at]
            if linked or _counts(requirement, match):
                answers = linked is True or match.answers
                found.append(StoryMatch(story.id, story.title, match.strength, match.words, answers, linked is True))
        found.sort(key=lambda each: (not each.linked, -each.strength))
        linked_count = sum(each.linked for each in found)
        rows.append(Row(requirement, tuple(found[: max(MOST_SHOWN, linked_count)])))
    return Coverage(job.id, tuple(rows), _next_steps(rows, stories))


def _next_steps(rows: Sequence[Row], stories: Sequence[Story]) -> tuple[str, ...]:
    """What is needed and has no story; then stories that are not ready; then what would be welcome."""
    steps: list[str] = []
    if not stories:
        steps.append("Write down one thing you did that you are proud of; that is your first story.")
    ordered = sorted(rows, key=_urgency)
    steps.extend(_to_prepare(row.requirement) for row in ordered if row.gap and row.requirement.must)
    by_id = {story.id: story for story in stories}
    used = Counter(row.stories[0].story_id for row in rows if row.stories and row.requirement.must)
    for story_id, count in used.most_common():
        story = by_id[story_id]
        if "result" in story.missing():
            steps.append(f"'{story.title}' has no result yet: say what came of it.")
        if count >= MANY and len(rows) > MANY:
            steps.append(f"'{story.title}' carries {count} requirements; prepare a second story beside it.")
    if any(row.gap for row in rows):
        for story in stories:
            if not story.skills:
                steps.append(
                    f"Name two or three skills that '{story.title}' shows, so that it is found where it fits."
                )
    steps.extend(_to_prepare(row.requirement) for row in ordered if row.gap and not row.requirement.must)
    return tuple(steps)


def _urgency(row: Row) -> tuple[bool, int]:
    order = (RequirementKind.DUTY, RequirementKind.EXPERIENCE, RequirementKind.SOFT, RequirementKind.QUALIFICATION)
    return (not row.requirement.must, order.index(row.requirement.kind))


def _to_prepare(requirement: Requirement) -> str:
    text = requirement.text if len(requirement.text) <= 90 else requirement.text[:87].rsplit(" ", 1)[0] + " ..."
    match requirement.kind:
        case RequirementKind.DUTY:
            return f"Find a time when you did something like this: {text}."
        case RequirementKind.SOFT:
            return f"Find one day that shows this about you: {text}."
        case RequirementKind.EXPERIENCE:
            return f"Say where you have used this, or how you would close the gap: {text}."
        case RequirementKind.QUALIFICATION:
            return f"Say whether you have this, or when you will: {text}."


def _counts(requirement: Requirement, match: Match) -> bool:
    """A story from the same field is no diploma: a paper that is asked for must be answered, not touched."""
    return match.answers if requirement.kind is RequirementKind.QUALIFICATION else match.enough

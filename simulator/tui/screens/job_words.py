"""What the screen of jobs tells: what to prepare next, a line for each requirement, and all about the marked one."""

from collections.abc import Sequence

from textual.content import Content

from simulator.preparation.coverage import Coverage, Row
from simulator.preparation.job import (
    Job,
    RequirementKind,
)
from simulator.tui.widgets.columns import aligned, hanging

KINDS_TOLD = {RequirementKind.DUTY: "What you would do", RequirementKind.SOFT: "how you work"}
ROOM_FOR_STORIES = 60


def next_words(coverage: Coverage) -> Content:
    """What to prepare: each thing to do once, with what it is to be done for below it."""
    if not coverage.next_steps:
        return Content("Every requirement has a story.")
    groups: dict[str, list[str]] = {}
    for step in coverage.next_steps[:5]:
        lead, _, what = step.partition(": ")
        groups.setdefault(lead, []).append(what)
    lines: list[Content] = []
    for lead, whats in groups.items():
        lines.append(Content.styled(f"{lead}:" if any(whats) else lead, "bold"))
        lines.extend(Content(f"· {what}") for what in whats if what)
    return Content("\n").join(lines)


def covered_words(job: Job, coverage: Coverage) -> str:
    """Where it is, and for how much of it there is a story."""
    total = len(job.requirements)
    have_story = f"{coverage.covered} of {total} have a story" if total else ""
    return ", ".join(filter(None, (job.place, have_story)))


def requirement_lines(rows: Sequence[Row], room: int) -> list[Content]:
    """What is asked for, and in a column the story that shows it; behind it where there is little room."""
    told = [_line(row) for row in rows]
    if not told or room < ROOM_FOR_STORIES:
        below = [text + (Content("\n") + story if story.plain else story) for _, text, story in told]
        return [
            Content("\n").join(hanging(sign, words, 2, room)) for (sign, *_), words in zip(told, below, strict=True)
        ]
    return aligned(told, room, gives=1)


def _line(row: Row) -> tuple[Content, Content, Content]:
    sign, word = ("○", "$warning") if row.gap else ("✓", "$success")
    story = row.stories[0].title if not row.gap else ""
    return Content.styled(sign, word), Content(row.requirement.text), Content.styled(story, "$text-muted")


def about_requirement(row: Row) -> Content:
    """What is known of a requirement: where it stands, and which stories speak to it."""
    requirement = row.requirement
    needed = "" if requirement.kind is RequirementKind.DUTY else "Needed" if requirement.must else "Nice to have"
    kind = KINDS_TOLD.get(requirement.kind, requirement.kind.value)
    told = ": ".join(filter(None, (needed, kind)))
    parts: list[str | tuple[str, str]] = [(f"{told[:1].upper()}{told[1:]}\n", "$text-muted")]
    if requirement.source and requirement.source != requirement.text:
        parts.append((f"From the posting: “{requirement.source}”\n", "$text-muted"))
    parts.append("\n")
    for story in row.stories:
        how = "you linked it" if story.linked else "answers it" if story.answers else "touches it"
        mark = ("✓ ", "$success") if story.answers else ("◦ ", "$warning")
        said = story.words if not story.linked and story.words != story.title else ""
        quoted = f": “{said}”" if said else ""
        parts.extend([mark, f"{story.title} ", (f"({how}{quoted})\n", "$text-muted")])
    if not row.stories and requirement.kind is RequirementKind.QUALIFICATION:
        parts.extend([("○ ", "$warning"), "It needs no story: say yes, or when you will have it.\n"])
    elif not row.stories:
        parts.extend([("○ ", "$warning"), "No story yet. L links one; S shows your stories.\n"])
    return Content.assemble(*parts).rstrip()

"""How levels and their changes are drawn, wherever they stand: a bar, a colour by the worth, a sign for a change."""

from collections.abc import Iterable, Mapping

from rich.text import Text
from textual.content import Content

from simulator.scoring.scorecard import MAX_LEVEL
from simulator.sessions.answer_feedback import level_bar, level_of
from simulator.sessions.rubric_titles import rubric_title

HIGH, MIDDLE = 3.0, 2.0
"""Levels from which a bar has the colour of what works, and of what is on its way."""
SAME = 0.05
"""What is less is no change."""


def level_style(level: float) -> str:
    """The colour of a level; its number stands beside it."""
    return "$level-high" if level >= HIGH else "$level-middle" if level >= MIDDLE else "$level-low"


def bar(level: float) -> Content:
    """A level as it stands in a row."""
    return Content.styled(level_bar(level), level_style(level))


def named(levels: Iterable[tuple[str, int | None]]) -> Content:
    """Rubrics with their levels, one behind the other; those without a level are left out."""
    return Content("  ").join(named_level(rubric, level) for rubric, level in levels if level is not None)


def named_level(rubric: str, level: int, own: int | None = None) -> Content:
    """A rubric with its level and, where there is one, what the candidate gave."""
    return Content.assemble(f"{rubric_title(rubric)} ", bar(level), f" {level_of(level, own)}")


def long_bar(level: float, each: int) -> Content:
    """A level as a result: `each` marks for one."""
    full = round(level * each)
    return Content.styled("▰" * full + "▱" * (MAX_LEVEL * each - full), level_style(level))


def for_table(words: Content, colours: Mapping[str, str]) -> Text:
    """The same in a cell of a table, which knows no names of `colours`."""
    cell = Text(words.plain)
    for span in words.spans:
        cell.stylize(colours[str(span.style).removeprefix("$")], span.start, span.end)
    return cell


def change(by: float | None) -> Content:
    """How much a level rose or fell; nothing where there was none before."""
    if by is None:
        return Content("")
    if abs(by) < SAME:
        return Content.styled("same", "$text-muted")
    return Content.styled(f"{by:+.1f}", "$success" if by > 0 else "$error")

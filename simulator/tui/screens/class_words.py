"""What a class looks like in words: a row for each student, what is missing most, question by question."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from simulator.classroom.agreement import Agreement, different
from simulator.classroom.class_overview import ClassOverview, Levels, StudentRow, most_missing
from simulator.sessions.rubric_titles import rubric_title
from simulator.sessions.times import kept_day_words, short_day_words
from simulator.tui.drawings import drawing_beside
from simulator.tui.widgets.columns import hanging
from simulator.tui.widgets.level_bars import bar, change

if TYPE_CHECKING:
    from simulator.classroom.agreement import Pair

TIMES, MINUTES, LAST = "times", "min", "last"
"""The names of columns; of numbers, which stand below the ends of them, and of days."""
MOST_MISSING = 6
BAR = 12
"""Columns of the longest bar of what is missing."""


def cells(line: StudentRow, rubrics: tuple[str, ...], roomy: bool, spoken: bool) -> list[Content]:
    """A student's row, up to how much was practised; with bars where it is `roomy`.

    Minutes are told where anybody was `spoken` to for one: of typed answers they are none.
    """
    levels = [_level_words(line.levels.get(rubric), roomy) for rubric in rubrics]
    minutes = [f"{line.minutes:>{len(MINUTES)}.0f}"] if spoken else []
    return [Content(line.student.name), *levels, *map(Content, [f"{line.sessions:>{len(TIMES)}}", *minutes])]


def last_days(lines: Sequence[StudentRow], room: int, today: date) -> list[str]:
    """When each practised last, as long as there is room for; none where a date would be cut off."""
    for words in (kept_day_words, short_day_words):
        days = [words(line.last_at, today) or "never" for line in lines]
        if days and max(map(cell_len, (LAST, *days))) <= room:
            return days
    return []


def shortened(name: str, width: int) -> str:
    """A name in so many columns, and a sign where more of it is."""
    return name if cell_len(name) <= width else f"{set_cell_size(name, width - 1).rstrip()}…"


def _level_words(levels: Levels | None, roomy: bool) -> Content:
    if levels is None:
        return Content("")
    parts = [bar(levels.latest)] if roomy else []
    parts.append(Content(f"{levels.latest:.1f}"))
    return Content(" ").join([*parts, change(levels.change)])


def summary(overview: ClassOverview, width: int) -> Content:
    """What is missing most, as bars, and who has not practised; a drawing where everybody has."""
    lines = list(_missing(overview))
    absent = ", ".join(student.name for student in overview.not_practised)
    if absent:
        lines.extend([Content(""), *Content.assemble(("Not practised: ", "$warning"), absent).wrap(width)])
    elif overview.lines:
        done = Content.styled("Everybody has practised.", "bold")
        lines.extend([Content(""), drawing_beside("apple", done, width)])
    return Content("\n").join(lines)


def _missing(overview: ClassOverview) -> Iterator[Content]:
    found = overview.missing[:MOST_MISSING]
    if not found:
        return
    yield Content.styled("Missing most, in so many answers", "$text-muted")
    most, widest = max(count for _, count in found), max(len(part) for part, _ in found)
    for part, count in found:
        yield Content.assemble(
            f"{part:<{widest}}  ", ("■" * max(1, round(count / most * BAR)), "$warning"), (f" {count}", "bold")
        )


def summary_line(overview: ClassOverview) -> Content:
    """The same in few words, where there is little room."""
    missing = ", ".join(most_missing(each) for each in overview.missing[:3])
    absent = ", ".join(student.name for student in overview.not_practised)
    lines = (
        f"Missing most, in so many answers: {missing}" if missing else "",
        f"Not practised: {absent}" if absent else "Everybody has practised." if overview.lines else "",
    )
    return Content("\n".join(filter(None, lines)))


def question_lines(overview: ClassOverview, width: int) -> list[Content]:
    """Each question with its mean levels and how many answered it."""
    lines: list[Content] = []
    for each in overview.questions:
        levels = Content(", ").join(
            Content.assemble(bar(level), f" {level:.1f} {rubric_title(rubric)}")
            for rubric, level in each.levels.items()
        )
        if lines:
            lines.append(Content(""))
        answers = "1 answer" if each.answers == 1 else f"{each.answers} answers"
        students = "1 student" if each.students == 1 else f"{each.students} students"
        missing = f", missing most: {most_missing(each.missing)}" if each.missing[0] else ""
        lines.extend(Content.styled(each.ask, "bold").wrap(width))
        told = Content.styled(f"{answers} of {students}{missing}", "$text-muted")
        lines.extend(hanging(Content(""), levels if levels.plain else Content("no level"), 2, width))
        lines.extend(hanging(Content(""), told, 2, width))
    return lines


def agreement_lines(found: list[Agreement], pairs: "list[Pair]") -> list[Content]:
    """How far the coach's levels and the app's agree, and where they differ most."""
    if not pairs:
        return [
            Content("You have given no levels yet. L in an answer gives some; here they are held against the app's.")
        ]
    lines = []
    for each in found:
        lines.extend([Content.styled(each.words, "bold"), Content(f"  {each.numbers}")])
    apart = different(pairs)
    if apart:
        lines.extend([Content(""), Content.styled("Where you differ, furthest first", "bold")])
    for pair in apart:
        app = "none" if pair.app is None else pair.app
        lines.append(Content(f"  you {pair.coach}, the app {app}   {pair.student}, {rubric_title(pair.rubric)}"))
        lines.append(Content.styled(f"    {pair.answer.question.ask}", "$text-muted"))
    return lines

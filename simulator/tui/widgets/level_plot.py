"""Levels week by week as a plot, with a line for each rubric: a mark for each week, and the line goes through it."""

import itertools
from collections.abc import Container, Iterator, Sequence
from datetime import date, timedelta

from textual.content import Content
from textual.widgets import Static

from simulator.scoring.scorecard import MAX_LEVEL
from simulator.sessions.progress import WEEKS_SHOWN, RubricProgress
from simulator.sessions.rubric_titles import rubric_title
from simulator.sessions.times import MONTHS
from simulator.tui.widgets.css import css_beside

COLOURS = ("part-occasion", "part-action", "part-outcome", "part-lesson")
MARKERS = ("●", "◆", "■", "▲")
"""A sign for each line, so that colour is not the only one."""
WEEKS_LINE = 1
"""Lines of the plot for the names of the weeks."""
LABELS, BESIDE = 2, 3
"""Columns before the plot, for the levels, and around its first and last mark, for the names of their weeks."""
DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bits of a braille character, by line and column."""
BRAILLE = 0x2800
ACROSS, DOWN = 2, 4
ASIDE = (0, 1, -1, 2)
"""Columns by which marks at one place stand beside each other; one for each of `MARKERS`."""
Cell = tuple[int, int]
"""A column and a line."""


class LevelPlot(Static):
    """Draws rubrics over the last weeks, in the colours of the theme; their signs are named by `legend`."""

    DEFAULT_CSS = css_beside(__file__)

    def __init__(self, id: str) -> None:
        super().__init__(id=id, markup=False)
        self._rubrics: Sequence[RubricProgress] = ()
        self._today: date | None = None

    def show(self, rubrics: Sequence[RubricProgress], today: date) -> None:
        """Draw these."""
        self._rubrics, self._today = rubrics, today
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        width, height = self.size
        if self._today is not None and width:
            self.update(Content("\n").join(plot_lines(self._rubrics, self._today, width, height)), layout=False)


def lines_per_level(room: int) -> int:
    """How many lines lie between two levels: each is as far from the next."""
    return max(1, (room - 1 - WEEKS_LINE) // MAX_LEVEL)


def plot_lines(rubrics: Sequence[RubricProgress], today: date, width: int, height: int) -> list[Content]:
    """The plot: a line at each level, the rubrics over it, and below the weeks, of which the last is named."""
    apart = lines_per_level(height)
    columns = _columns(width)
    lines: dict[Cell, tuple[int, str]] = {}
    signs: dict[Cell, tuple[str, str]] = {}
    for number, each in enumerate(rubrics[: len(COLOURS)]):
        weeks = enumerate(each.weeks)
        places = ((columns[week], round((MAX_LEVEL - mean) * apart)) for week, mean in weeks if mean is not None)
        marks = [_free(place, signs) for place in places]
        for cell, dots in _line(marks).items():
            # Where two lines cross, both are seen.
            lines[cell] = dots | lines.get(cell, (0, ""))[0], f"${COLOURS[number]}"
        signs.update((mark, (MARKERS[number], f"${COLOURS[number]}")) for mark in marks)
    drawn = {cell: (chr(BRAILLE | dots), colour) for cell, (dots, colour) in lines.items()} | signs
    rows = [_row(drawn, row, apart, width) for row in range(MAX_LEVEL * apart + 1)]
    return [*rows, Content.styled(_weeks(columns, today, width), "$text-muted")]


def _free(place: Cell, taken: Container[Cell]) -> Cell:
    """A place for a mark: beside those of other lines, where they have the same level, so that each is seen."""
    column, line = place
    return next(((column + aside, line) for aside in ASIDE if (column + aside, line) not in taken), place)


def _columns(width: int) -> list[int]:
    """Where each week stands."""
    first = LABELS + BESIDE
    room = max(WEEKS_SHOWN, width - first - BESIDE)
    return [first + round(week * (room - 1) / (WEEKS_SHOWN - 1)) for week in range(WEEKS_SHOWN)]


def _line(marks: Sequence[Cell]) -> dict[Cell, int]:
    """The dots of the line through the marks, for each character."""
    found: dict[Cell, int] = {}
    for start, end in itertools.pairwise(marks):
        for x, y in _between(start, end):
            cell = x // ACROSS, y // DOWN
            found[cell] = found.get(cell, 0) | DOTS[y % DOWN][x % ACROSS]
    return found


def _between(start: Cell, end: Cell) -> Iterator[Cell]:
    """The dots from the middle of one character to that of another."""
    (x, y), (to_x, to_y) = ((column * ACROSS, line * DOWN + DOWN // 2 - 1) for column, line in (start, end))
    steps = max(abs(to_x - x), abs(to_y - y), 1)
    for step in range(steps + 1):
        yield x + round((to_x - x) * step / steps), y + round((to_y - y) * step / steps)


def _row(drawn: dict[Cell, tuple[str, str]], row: int, apart: int, width: int) -> Content:
    """One line of the plot, with its level where it is one."""
    level = MAX_LEVEL - row // apart if row % apart == 0 else None
    label = Content.styled(f"{'' if level is None else level:<{LABELS}}", "$text-muted")
    empty = (" " if level is None else "─", "$line")
    return label + Content.assemble(*(drawn.get((column, row), empty) for column in range(LABELS, width)))


def _weeks(columns: Sequence[int], today: date, width: int) -> str:
    """The day each second week begins, below its mark; the last week is always named."""
    monday = today - timedelta(days=today.weekday())
    line = " " * width
    for week in range(WEEKS_SHOWN - 1, -1, -2):
        day = monday - timedelta(days=7 * (WEEKS_SHOWN - 1 - week))
        name = f"{day.day} {MONTHS[day.month - 1]}"
        at = max(0, min(width - len(name), columns[week] - len(name) // 2))
        if not line[max(0, at - 1) : at + len(name) + 1].strip():
            line = line[:at] + name + line[at + len(name) :]
    return line.rstrip()


def legend(rubrics: Sequence[RubricProgress]) -> list[tuple[str, str]]:
    """The sign and name of each line, with its colour."""
    return [
        (f"{MARKERS[number]} {rubric_title(each.rubric)}", f"${COLOURS[number]}")
        for number, each in enumerate(rubrics[: len(COLOURS)])
    ]

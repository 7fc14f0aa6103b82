"""How an answer was said: a line, and small plots of pace, pauses and level over time; beside it the own rating."""

from collections.abc import Iterator, Sequence

from textual.content import Content
from textual.widgets import Static

from simulator.sessions.delivery_plot import delivery_plot, level_row
from simulator.sessions.delivery_words import delivery_line
from simulator.sessions.progress import SPARKS
from simulator.sessions.rubric_titles import rubric_title
from simulator.sessions.session import Answer
from simulator.tui.widgets.css import css_beside

SLICES = 120
"""Slices of a recording that levels are taken of."""
WIDEST = 60
MOST_WIDE, ROOM_FOR_WIDE = 2, 60
"""Columns of a slice at most, and of the view from which it has them."""
AROUND = 36
"""Columns that a title and what a raised plot means take."""
BESIDE = 46
"""Columns that the words before and behind a plot take."""


class DeliveryView(Static):
    """Draws the plots as wide as there is room. The levels come later: the recording has to be read for them."""

    DEFAULT_CSS = css_beside(__file__)

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._answer: Answer | None = None
        self._levels: Sequence[float] = ()

    def show(self, answer: Answer) -> None:
        """Draw those of `answer`."""
        self._answer, self._levels = answer, ()
        self._draw()

    def show_levels(self, levels: Sequence[float]) -> None:
        """Draw the level of the recording too (dBFS, of equal slices)."""
        self._levels = levels
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        if self._answer is not None:
            height = 2 if self.screen.has_class("-tall") else 1
            lines = delivery_lines(self._answer, self._levels, self.content_size.width or 74, height)
            self.display = bool(lines)
            self.update(Content("\n").join(lines))


def delivery_lines(answer: Answer, levels: Sequence[float], width: int, height: int = 1) -> list[Content]:
    """The lines, for a screen of `width` columns; where the plots have more `height`, they are wider too."""
    lines = []
    card = answer.scorecard
    words = delivery_line(card.delivery) if card else ""
    if words:
        lines.extend(Content.assemble((f"{'Voice':<8}", "bold"), words).wrap(width))
    room = max(8, min(WIDEST, width - BESIDE))
    plot = delivery_plot(answer.transcript, room)
    if plot:
        wide = max(1, min(MOST_WIDE, (width - AROUND) // len(plot.pace))) if width > ROOM_FOR_WIDE else 1
        span = f"{plot.slowest:.0f} to {plot.fastest:.0f} words a minute"
        lines.extend(_plot("Pace", raised(plot.pace, height), wide, "$text-muted", span))
        if plot.pauses.strip():
            lines.extend(_plot("Pauses", [plot.pauses], wide, "$text-muted", "▓ silence, ░ partly"))
        row = level_row(levels, len(plot.pace))
        if row:
            lines.extend(_plot("Level", raised(row, height), wide, "$text-muted", "how loud you were"))
    for rubric, own in answer.self_rating.items():
        level = card.level(rubric) if card else None
        if level is not None:
            words = f"{rubric_title(rubric)}: you gave yourself {own}, I heard {level}"
            lines.append(Content.assemble((f"{'Your own rating':<18}", "bold"), words))
    return lines


def _plot(title: str, rows: Sequence[str], wide: int, style: str, means: str) -> Iterator[Content]:
    """Rows of a plot, each sign `wide` columns, with its title before the lowest and what it means behind it."""
    for number, row in enumerate(rows, 1):
        last = number == len(rows)
        yield Content.assemble(
            (f"{title if last else '':<8}", "bold"),
            ("".join(sign * wide for sign in row), style),
            (f"  {means}" if last else "", "$text-muted"),
        )


def raised(row: str, height: int) -> list[str]:
    """A row of blocks as `height` rows of them, the highest first."""
    signs = f" {SPARKS}"
    full = len(signs) - 1
    feet = range((height - 1) * full, -1, -full)
    return ["".join(signs[max(0, min(full, signs.index(sign) * height - foot))] for sign in row) for foot in feet]

"""How an answer was said: a line, and small plots of pace, pauses and level over time; beside it the own rating."""

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from simulator.sessions.delivery_plot import delivery_plot, level_row
from simulator.sessions.delivery_words import delivery_line
from simulator.sessions.rubric_titles import rubric_title
from simulator.sessions.session import Answer

SLICES = 120
"""Slices of a recording that levels are taken of."""
WIDEST = 60
BESIDE = 46
"""Columns that the words before and behind a plot take."""


class DeliveryView(Static):
    """Draws the plots as wide as there is room. The levels come later: the recording has to be read for them."""

    DEFAULT_CSS = """
    DeliveryView { height: auto; margin-top: 1; }
    """

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
            lines = delivery_lines(self._answer, self._levels, self.content_size.width or 74)
            self.display = bool(lines)
            self.update(Content("\n").join(lines))


def delivery_lines(answer: Answer, levels: Sequence[float], width: int) -> list[Content]:
    """The lines, for a screen of `width` columns."""
    lines = []
    card = answer.scorecard
    words = delivery_line(card.delivery) if card else ""
    if words:
        lines.extend(Content.assemble((f"{'Voice':<8}", "bold"), words).wrap(width))
    room = max(8, min(WIDEST, width - BESIDE))
    plot = delivery_plot(answer.transcript, room)
    if plot:
        span = f"  {plot.slowest:.0f} to {plot.fastest:.0f} words a minute"
        lines.append(Content.assemble((f"{'Pace':<8}", "bold"), (plot.pace, "$part-occasion"), (span, "$text-muted")))
        if plot.pauses.strip():
            lines.append(
                Content.assemble(
                    (f"{'Pauses':<8}", "bold"),
                    (plot.pauses, "$part-lesson"),
                    ("  ▓ silence, ░ partly", "$text-muted"),
                )
            )
        row = level_row(levels, len(plot.pace))
        if row:
            lines.append(
                Content.assemble(
                    (f"{'Level':<8}", "bold"), (row, "$part-action"), ("  how loud you were", "$text-muted")
                )
            )
    for rubric, own in answer.self_rating.items():
        level = card.level(rubric) if card else None
        if level is not None:
            apart = "as the level" if own == level else f"{abs(own - level)} {'above' if own > level else 'below'} it"
            lines.append(
                Content.assemble((f"{'Your own rating':<18}", "bold"), f"{rubric_title(rubric)} {own}, {apart}")
            )
    return lines

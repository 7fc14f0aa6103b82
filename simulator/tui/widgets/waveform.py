"""The voice as a living wave: each block of sound a column, the newest on the right."""

from collections import deque

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from simulator.speech.ports import SoundLevel
from simulator.tui.widgets.css import css_beside

QUIETEST, LOUDEST = -52.0, -14.0
"""dBFS at which a column begins to show, and from which it is as high as it can be."""
MOST = 240
RESTING = "·"


def height_of(dbfs: float) -> float:
    """How high a level is drawn, 0 to 1."""
    return (max(QUIETEST, min(LOUDEST, dbfs)) - QUIETEST) / (LOUDEST - QUIETEST)


class Waveform(Widget):
    """Draws the levels it is given, mirrored above and below the middle.

    With `still` nothing wanders: one bar in the middle line grows with the voice and shrinks again.
    """

    DEFAULT_CSS = css_beside(__file__)

    def __init__(self, still: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self._still = still
        self._heights: deque[float] = deque(maxlen=MOST)

    def show(self, level: SoundLevel) -> None:
        """Add one level."""
        self._heights.append(height_of(level.dbfs))
        self.refresh()

    def clear(self) -> None:
        """A flat line."""
        if self._heights:
            self._heights.clear()
            self.refresh()

    def render_line(self, y: int) -> Strip:
        width, lines = self.size.width, self.size.height
        text = self._bar(y, width, lines) if self._still else self._wave(y, width, lines)
        return Strip([Segment(text, self.rich_style)], width)

    def _wave(self, y: int, width: int, lines: int) -> str:
        # Each line has two halves; a column reaches as many halves above the middle as below it.
        upper = lines - 2 * y
        lower = upper - 1
        shown = list(self._heights)[-width:]
        shown = [0.0] * (width - len(shown)) + shown
        middle = y == (lines - 1) // 2
        return "".join(_sign(round(height * lines), upper, lower, middle) for height in shown)

    def _bar(self, y: int, width: int, lines: int) -> str:
        if y != (lines - 1) // 2:
            return " " * width
        height = max(list(self._heights)[-3:], default=0.0)
        return ("━" * round(height * width)).ljust(width, RESTING)


def _sign(reach: int, upper: int, lower: int, middle: bool) -> str:
    """A cell whose halves lie `upper` and `lower` halves above the middle (at and below it: 0 and less)."""
    above = -reach < upper <= reach
    below = -reach < lower <= reach
    if above and below:
        return "█"
    if above or below:
        return "▀" if above else "▄"
    return RESTING if middle else " "

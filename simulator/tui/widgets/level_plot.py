"""Levels week by week as a plot, with a line for each rubric. The plotting library is read when first drawn."""

from collections.abc import Sequence
from datetime import date, timedelta

from rich.text import Text
from textual.color import Color
from textual_plotext import PlotextPlot

from simulator.scoring.scorecard import MAX_LEVEL
from simulator.sessions.progress import WEEKS_SHOWN, RubricProgress
from simulator.sessions.rubric_titles import rubric_title
from simulator.sessions.times import MONTHS

COLOURS = ("part-occasion", "part-action", "part-outcome", "part-lesson")
AXIS = 2
"""Lines of the plot for its lowest level and for the names of the weeks."""
MARKERS = ("●", "◆", "■", "▲")
"""A sign for each line, so that colour is not the only one."""


class LevelPlot(PlotextPlot):
    """Draws rubrics over the last weeks, in the colours of the theme; their signs are named by `legend`."""

    DEFAULT_CSS = """
    LevelPlot { height: 1fr; min-height: 8; background: $background; }
    """

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._rubrics: Sequence[RubricProgress] = ()
        self._today: date | None = None

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._draw())

    def show(self, rubrics: Sequence[RubricProgress], today: date) -> None:
        """Draw these."""
        self._rubrics, self._today = rubrics, today
        self._draw()

    def render(self) -> Text:
        """The plot in the colours it was given: the library would put a theme of its own over them."""
        width, height = self.size.width, even_height(self.size.height)
        self.plt.plotsize(width, height)
        self.plt._set_size(width, height)  # as the library does: resizing needs it
        return Text.from_ansi(self.plt.build())

    def _draw(self) -> None:
        if self._today is None:
            return
        colours = self.app.theme_variables
        plot = self.plt
        plot.clear_figure()
        ground, words, line = (_rgb(colours[name]) for name in ("background", "text-muted", "line"))
        plot.canvas_color(ground)
        plot.axes_color(ground)
        plot.ticks_color(words)
        plot.frame(False)
        plot.ylim(0, MAX_LEVEL)
        plot.yticks(list(range(MAX_LEVEL + 1)))
        monday = self._today - timedelta(days=self._today.weekday())
        weeks = [monday - timedelta(days=7 * (WEEKS_SHOWN - 1 - number)) for number in range(WEEKS_SHOWN)]
        every = range(0, WEEKS_SHOWN, 2)
        plot.xticks(list(every), [f"{weeks[n].day} {MONTHS[weeks[n].month - 1]}" for n in every])
        plot.xlim(-0.4, WEEKS_SHOWN - 0.6)
        for number in range(1, MAX_LEVEL):
            plot.hline(number, line)
        for number, each in enumerate(self._rubrics[: len(COLOURS)]):
            known = [(week, mean) for week, mean in enumerate(each.weeks) if mean is not None]
            if not known:
                continue
            xs, ys = [week for week, _ in known], [mean for _, mean in known]
            colour = _rgb(colours[COLOURS[number]])
            plot.plot(xs, ys, color=colour, marker="braille")
            plot.scatter(xs, ys, color=colour, marker=MARKERS[number])
        self.refresh()


def even_height(room: int) -> int:
    """The most lines in which each level is as far from the next: theirs, and two for the lowest and the weeks."""
    return max(MAX_LEVEL + AXIS, (room - AXIS) // MAX_LEVEL * MAX_LEVEL + AXIS)


def legend(rubrics: Sequence[RubricProgress]) -> list[tuple[str, str]]:
    """The sign and name of each line, with its colour."""
    return [
        (f"{MARKERS[number]} {rubric_title(each.rubric)}", f"${COLOURS[number]}")
        for number, each in enumerate(rubrics[: len(COLOURS)])
    ]


def _rgb(colour: str) -> tuple[int, int, int]:
    return Color.parse(colour).rgb

"""Boxes to tick whose state is seen without colour: an x between brackets, or nothing."""

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Checkbox, SelectionList
from textual.widgets.option_list import OptionDoesNotExist

from simulator.tui.widgets.css import css_beside

TICKED, UNTICKED = "[x]", "[ ]"
ON, OFF = "bold $success", "$text-muted"


def box(ticked: bool) -> tuple[str, str]:
    """A box and how it is drawn."""
    return (TICKED, ON) if ticked else (UNTICKED, OFF)


class Tick(Checkbox):
    """One box to tick."""

    @property
    def _button(self) -> Content:
        return Content.styled(*box(self.value))


class TickList(SelectionList[str]):
    """A list of boxes to tick."""

    DEFAULT_CSS = css_beside(__file__)

    def render_line(self, y: int) -> Strip:
        """Textual draws an X in every box, only its colour differs."""
        strip = super().render_line(y)
        try:
            selection = self.get_option_at_index(round(self.scroll_offset.y) + y)
        except OptionDoesNotExist:
            return strip
        _left, inner, _right, gap, *line = strip
        ticked = selection.value in self.selected
        drawn = self.get_component_rich_style(f"selection-list--button{'-selected' if ticked else ''}")
        behind = gap.style.bgcolor if gap.style else None
        style = Style(color=drawn.color, bgcolor=behind, bold=ticked, meta=inner.style.meta if inner.style else None)
        return Strip([Segment(box(ticked)[0], style), gap, *line], strip.cell_length)

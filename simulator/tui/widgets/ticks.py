"""Boxes to tick whose state is seen without colour: an x between brackets, or nothing."""

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Checkbox, OptionList, SelectionList

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
    """A list of boxes to tick, as high as its lines: what holds it scrolls so that the marked line is seen.

    What is too long for its line goes on in the next, set in.
    """

    DEFAULT_CSS = css_beside(__file__)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Textual forgets that the boxes take room from the words."""
        return super().get_content_height(container, viewport, width - self._get_left_gutter_width())

    def watch_highlighted(self, highlighted: int | None) -> None:
        super().watch_highlighted(highlighted)
        self.call_after_refresh(self._bring_into_view)

    def on_focus(self) -> None:
        """Textual brings a list's beginning into view, wherever its mark is."""
        self.call_after_refresh(self._bring_into_view)

    def _bring_into_view(self) -> None:
        holder, marked = self.parent, self.highlighted
        if marked is not None and self.has_focus and isinstance(holder, Widget):
            line = Region(0, self._index_to_line[marked], self.size.width, self._heights[marked])
            holder.scroll_to_region(line.translate(self.virtual_region.offset), force=True, animate=False)

    def render_line(self, y: int) -> Strip:
        """Textual draws an X in every box, only its colour differs, and takes each line for an option of its own."""
        words = OptionList.render_line(self, y)
        try:
            index, line = self._lines[round(self.scroll_offset.y) + y]
        except IndexError:
            return words
        ticked = self.get_option_at_index(index).value in self.selected
        drawn = self.get_component_rich_style(f"selection-list--button{'-selected' if ticked else ''}")
        first = next(iter(words)).style
        style = Style(
            color=drawn.color, bgcolor=first.bgcolor if first else None, bold=ticked, meta={"option": index}
        )
        mark = box(ticked)[0] if line == 0 else " " * len(UNTICKED)
        return Strip([Segment(f"{mark} ", style), *words])

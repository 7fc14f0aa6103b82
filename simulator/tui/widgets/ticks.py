"""Boxes to tick whose state is seen without colour: an X inside, or nothing."""

from rich.segment import Segment
from textual.strip import Strip
from textual.widgets import Checkbox, SelectionList
from textual.widgets.option_list import OptionDoesNotExist

CHECKED, UNCHECKED = "X", " "


class Tick(Checkbox):
    """One box to tick."""

    @property
    def BUTTON_INNER(self) -> str:  # type: ignore[override]
        return CHECKED if self.value else UNCHECKED


class TickList(SelectionList[str]):
    """A list of boxes to tick."""

    def render_line(self, y: int) -> Strip:
        """Textual draws an X in every box, only its colour differs; here it is left out where nothing is ticked."""
        strip = super().render_line(y)
        try:
            selection = self.get_option_at_index(self.scroll_offset.y + y)
        except OptionDoesNotExist:
            return strip
        if selection.value in self.selected:
            return strip
        segments = [
            Segment(UNCHECKED, segment.style) if place == 1 and segment.text == CHECKED else segment
            for place, segment in enumerate(strip)
        ]
        return Strip(segments, strip.cell_length)

"""A panel with a title in its border and a few lines in it; gone where there is nothing to say."""

from typing import TypeVar

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from simulator.tui.widgets.css import css_beside

Framed = TypeVar("Framed", bound=Widget)


class Label(Content):
    """Plain words in a border; where they are too many, only whole ones are left, and "…"."""

    def truncate(self, max_width: int, *, ellipsis: bool = False, pad: bool = False) -> Content:
        """As many whole words as there is room for."""
        words = self.plain.split(" ")
        if not ellipsis or self.cell_length <= max_width:
            return super().truncate(max_width, ellipsis=ellipsis, pad=pad)
        while len(words) > 1 and cell_len(" ".join(words)) + len(" …") > max_width:
            words.pop()
        return Content(f"{' '.join(words)} …").truncate(max_width, ellipsis=True, pad=pad)


def panel(widget: Framed, title: str, note: str = "") -> Framed:
    """The widget as a panel: its title in the upper border, at most one quiet fact in the lower."""
    widget.add_class("panel")
    retitle(widget, title, note)
    return widget


def retitle(widget: Widget, title: str, note: str = "") -> None:
    """Another title for a panel, which may be what somebody wrote, and another note."""
    widget.border_title = Label(title)
    widget.border_subtitle = Label(note)


def around(screen: Widget) -> int:
    """Columns that a panel's border and the air beside its words take, on this screen."""
    return 4 if screen.has_class("-short") else 6


class Card(Static):
    """Shows what it is given, as a panel."""

    DEFAULT_CSS = css_beside(__file__)

    def __init__(self, title: str, id: str, framed: bool = True) -> None:
        super().__init__("", id=id, classes="panel" if framed else "", markup=False)
        self.border_title = title
        self.display = False

    def show(self, words: Content | str, note: str = "") -> None:
        """Show these words, and a note in the lower border; without words the panel is not there."""
        self.update(words)
        self.border_subtitle = Label(note)
        self.display = bool(str(words))

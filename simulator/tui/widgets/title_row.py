"""The row at the top of every screen: the app's name, where one is, and what else belongs at its right end."""

from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static


def title_row(where: str = "", *right: Widget, id: str | None = "where", classes: str = "where") -> Horizontal:
    """The row; `id` and `classes` are those of the words that say where one is."""
    return Horizontal(
        Static("Second Round", classes="name"),
        Static(where, classes=classes, id=id, markup=False),
        *right,
        classes="title-row",
    )

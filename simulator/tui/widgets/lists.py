"""Lists and tables that say in the footer what Enter does."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import DataTable, OptionList


class OpeningList(OptionList):
    """A list in which Enter opens what is marked."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "open")]


class RowTable(DataTable[str]):
    """A list of rows: Home and End go to the first and the last, as in every list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "open"),
        Binding("home", "scroll_top", "first", show=False),
        Binding("end", "scroll_bottom", "last", show=False),
    ]

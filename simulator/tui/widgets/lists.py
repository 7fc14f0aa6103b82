"""Lists and tables that say in the footer what Enter does."""

from typing import Any, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, OptionList
from textual.widgets.data_table import RowKey


class OpeningList(OptionList):
    """A list in which Enter opens what is marked."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "open")]


class RowTable(DataTable[str]):
    """A list of rows: Home and End go to the first and the last, as in every list.

    Its columns are as wide as their cells at once. Textual widens them when nothing else is to be done, and keeps
    what it drew before, cut off.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "open"),
        Binding("home", "scroll_top", "first", show=False),
        Binding("end", "scroll_bottom", "last", show=False),
    ]

    def add_row(self, *cells: Any, **given: Any) -> RowKey:
        key = super().add_row(*cells, **given)
        for column, cell in zip(self.ordered_columns, cells, strict=False):
            column.content_width = max(column.content_width, cell_len(str(cell)))
        return key

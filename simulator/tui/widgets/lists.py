"""Lists that say in the footer what Enter does."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import OptionList


class OpeningList(OptionList):
    """A list in which Enter opens what is marked."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "open")]

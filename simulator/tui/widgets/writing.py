"""A text of some lines over a screen."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Label, Static, TextArea

from simulator.tui.widgets.footer import Keys


class WriteText(ModalScreen[str]):
    """Some lines of text. Dismissed with what stands there, however it is left: nothing typed is lost."""

    CSS_PATH = "writing.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f9", "done", "save", id="write.done"),
    ]

    def __init__(self, title: str, value: str = "") -> None:
        super().__init__()
        self._title, self._value = title, value

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Label(self._title, classes="heading", markup=False)
            yield TextArea(self._value, soft_wrap=True, tab_behavior="focus")
            yield Static("Esc saves it.", classes="muted")
        yield Keys()

    def on_mount(self) -> None:
        box = self.query_one(TextArea)
        box.focus()
        # Once it is as wide as it stays: lines wrapped before would be drawn with a word twice.
        self.call_after_refresh(box.move_cursor, box.document.end)

    def action_done(self) -> None:
        """Go on with what is written."""
        self.dismiss(self.query_one(TextArea).text)

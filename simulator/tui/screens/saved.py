"""Where something was saved, and what one wants next: open it, or copy its path."""

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from simulator.tui.opening import open_outside, opener
from simulator.tui.widgets.footer import Keys


class SavedScreen(ModalScreen[None]):
    """Tells the path of what was saved. O opens it where there is a desktop, C copies the path."""

    CSS_PATH = "saved.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "open", "open", id="saved.open"),
        Binding("c", "copy", "copy path", id="saved.copy"),
        Binding("escape,enter", "dismiss", "close", id="saved.close"),
    ]

    def __init__(self, path: Path, note: str = "") -> None:
        super().__init__()
        self._path, self._note = path, note

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("Saved", classes="heading")
            yield Static(str(self._path), id="saved-path", markup=False)
            yield Static(self._note, classes="muted", markup=False)
        yield Keys()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return opener() is not None if action == "open" else True

    def action_open(self) -> None:
        """Open it with the desktop's program."""
        try:
            opened = open_outside(self._path)
        except OSError as error:
            self.notify(f"It could not be opened: {error.strerror or error}. C copies the path.", severity="warning")
            return
        if opened:
            self.notify("It opens in its own window.")

    def action_copy(self) -> None:
        """Copy the path."""
        self.app.copy_to_clipboard(str(self._path))
        self.notify("The path is copied.")

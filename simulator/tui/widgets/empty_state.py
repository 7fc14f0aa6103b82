"""What stands where a list would be, while there is nothing in it: a drawing where there is room,
what one gets, a button, and an example."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Center, Container, Vertical
from textual.widget import Widget
from textual.widgets import Button, Static

from simulator.tui.drawings import drawing
from simulator.tui.widgets.css import css_beside


class EmptyState(Container):
    """One panel in the middle. Its button is pressed with Enter; the screen does what it says."""

    DEFAULT_CSS = css_beside(__file__)

    def __init__(self, first: str, more: str, button: str, example: Sequence[str], picture: str, id: str) -> None:
        super().__init__(id=id)
        self._first, self._more, self._button, self._picture = first, more, button, picture
        self._example = "\n".join(example)
        self.display = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="panel"):
            yield Static(drawing(self._picture), classes="picture")
            yield Static(self._first, classes="first", markup=False)
            yield Static(self._more, classes="muted", markup=False)
            with Center():
                yield Button(self._button, variant="primary", compact=True)
            example = Static(self._example, classes="muted example", markup=False)
            example.border_title = "What you will see here"
            yield example

    def stand_in(self, empty: bool, instead_of: Widget, focus: Widget) -> None:
        """Stand in the place of what would be shown, as long as it is empty; the focus goes to whichever is there."""
        if empty != self.display:
            self.display, instead_of.display = empty, not empty
            (self.query_one(Button) if empty else focus).focus()

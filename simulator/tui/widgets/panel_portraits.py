"""Some of the people who interview, as portraits with their names below: somebody is there."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Center, Horizontal, Vertical
from textual.geometry import Size
from textual.widgets import Static

from simulator.tui.faces import look_of_interviewer
from simulator.tui.widgets.css import css_beside
from simulator.tui.widgets.portrait import Portrait

if TYPE_CHECKING:
    from simulator.interview.interviewer import Interviewer


WHOLE = 12
"""Lines inside the panel from which a face is shown at its full size, with name and role below."""


LARGE, LARGE_WIDTH = 22, 38
"""Lines, and columns for each, from which faces are twice as large."""


class PanelPortraits(Horizontal):
    """Shows as many people as fit, each in a column of their own."""

    DEFAULT_CSS = css_beside(__file__)

    def __init__(self, title: str, id: str) -> None:
        super().__init__(id=id, classes="panel")
        self.border_title = title

    def on_resize(self, event: events.Resize) -> None:
        """Faces as large as there is room for."""
        self._size_faces(event.size)

    def _size_faces(self, room: Size) -> None:
        count = max(1, len(self.query(".guest")))
        self.set_class(room.height < WHOLE, "-small")
        self.set_class(room.height >= LARGE and room.width >= count * LARGE_WIDTH, "-large")

    def show(self, people: "Sequence[Interviewer]") -> None:
        """Let these people sit there."""
        self.query(".guest").remove()
        self.mount_all(Guest(person) for person in people)
        self.call_after_refresh(lambda: self._size_faces(self.size))


class Guest(Vertical):
    """One of them."""

    def __init__(self, person: "Interviewer") -> None:
        super().__init__(classes="guest")
        self._person = person

    def compose(self) -> ComposeResult:
        with Center():
            yield Portrait(look_of_interviewer(self._person), still=True)
        yield Static(f"{self._person.name}\n{self._person.role}", markup=False, classes="muted")

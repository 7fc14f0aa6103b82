"""Some of the people who interview, as portraits with their names below: somebody is there."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Center, Horizontal, Vertical
from textual.widgets import Static

from simulator.tui.faces import look_of
from simulator.tui.widgets.portrait import Portrait

if TYPE_CHECKING:
    from simulator.interview.interviewer import Interviewer


class PanelPortraits(Horizontal):
    """Shows as many people as fit, each in a column of their own."""

    DEFAULT_CSS = """
    PanelPortraits { height: 14; align: center middle; overflow: hidden; }
    PanelPortraits .guest { width: 1fr; max-width: 26; min-width: 18; height: auto; max-height: 12; }
    PanelPortraits .guest Center { height: auto; }
    PanelPortraits .guest Static { width: 100%; height: auto; max-height: 3; text-align: center; }
    """

    def __init__(self, title: str, id: str) -> None:
        super().__init__(id=id, classes="panel")
        self.border_title = title

    def show(self, people: "Sequence[Interviewer]") -> None:
        """Let these people sit there."""
        self.query(".guest").remove()
        self.mount_all(Guest(person) for person in people)


class Guest(Vertical):
    """One of them."""

    def __init__(self, person: "Interviewer") -> None:
        super().__init__(classes="guest")
        self._person = person

    def compose(self) -> ComposeResult:
        with Center():
            yield Portrait(look_of(self._person.id, self._person.voice.gender), still=True)
        yield Static(f"{self._person.name}\n{self._person.role}", markup=False, classes="muted")

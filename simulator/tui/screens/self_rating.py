"""Rate yourself: how you think the answer went, before its levels are shown."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Footer, Static

from simulator.scoring.scorecard import MAX_LEVEL
from simulator.sessions.report import level_bar, rubric_title
from simulator.sessions.self_rating import ENDS


class SelfRatingScreen(ModalScreen[dict[str, int]]):
    """Asks for a level of each rubric, one after the other. Dismissed with those given, {} when left out."""

    HELP_TOPIC = "self_rating"
    CSS = """
    SelfRatingScreen { align: center middle; }
    SelfRatingScreen Vertical { width: 64; max-width: 96%; height: auto; background: $surface; padding: 1 2; }
    SelfRatingScreen Static { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(level), f"rate({level})", str(level), show=False, id=f"rate.{level}")
            for level in range(MAX_LEVEL + 1)
        ),
        Binding("escape", "leave_out", "leave out", id="rate.leave_out"),
    ]

    def __init__(self, question: str, rubrics: Sequence[str]) -> None:
        super().__init__()
        self._question = question
        self._rubrics = list(rubrics)
        self._given: dict[str, int] = {}

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(self._question, classes="heading", markup=False)
            yield Static("", id="ask")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self._ask()

    def _ask(self) -> None:
        rubric = self._rubrics[len(self._given)]
        lines = [Content.assemble("How do you think it went? ", (rubric_title(rubric), "bold"))]
        lines.extend(
            Content(f"  {level}  {level_bar(level)}  {ENDS.get(level, '')}") for level in range(MAX_LEVEL + 1)
        )
        self.query_one("#ask", Static).update(Content("\n").join(lines))

    def action_rate(self, level: int) -> None:
        """The own level of the rubric asked for."""
        self._given[self._rubrics[len(self._given)]] = level
        if len(self._given) == len(self._rubrics):
            self.dismiss(self._given)
        else:
            self._ask()

    def action_leave_out(self) -> None:
        """No rating this time."""
        self.dismiss({})

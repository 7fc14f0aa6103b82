"""Rate yourself: how you think the answer went, before its levels are shown."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from simulator.errors import UserError
from simulator.scoring.scorecard import MAX_LEVEL
from simulator.sessions.answer_feedback import level_bar
from simulator.sessions.rubric_titles import rubric_title
from simulator.sessions.self_rating import HOW, HOW_WELL, rubrics_to_rate
from simulator.sessions.session import Answer
from simulator.tui.widgets.footer import Keys


class SelfRatingScreen(ModalScreen[dict[str, int]]):
    """Asks for a level of each rubric, one after the other. Dismissed with those given."""

    HELP_TOPIC = "self_rating"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(level), f"rate({level})", str(level), show=False, id=f"rate.{level}")
            for level in range(MAX_LEVEL + 1)
        ),
        # The row of keys names the digits; a click there takes the marked level, as Enter does.
        Binding("enter", "take", "rate", key_display=f"0-{MAX_LEVEL}", priority=True, id="rate.take"),
        Binding("escape", "leave_out", "skip this one", id="rate.leave_out"),
    ]

    def __init__(
        self,
        question: str,
        rubrics: Sequence[str],
        ask: str = HOW,
        before: Mapping[str, int] | None = None,
    ) -> None:
        """`before` are levels given earlier, at which each list begins."""
        super().__init__()
        self._question, self._asked, self._before = question, ask, before or {}
        self._rubrics = list(rubrics)
        self._given: dict[str, int] = {}

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(self._question, classes="heading", markup=False)
            yield Static("", id="ask")
            levels = (f"{n}  {level_bar(n)}  {words}" for n, words in enumerate(HOW_WELL))
            yield OptionList(*(Option(Content(level)) for level in levels), id="levels")
        yield Keys()

    def on_mount(self) -> None:
        self._ask()

    def _ask(self) -> None:
        rubric = self._rubrics[len(self._given)]
        words = Content.assemble(f"{self._asked} ", (rubric_title(rubric), "bold"))
        self.query_one("#ask", Static).update(words)
        levels = self.query_one(OptionList)
        levels.highlighted = self._before.get(rubric, MAX_LEVEL // 2)
        levels.focus()

    def action_take(self) -> None:
        """The marked level."""
        self.query_one(OptionList).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click takes the marked level; a digit takes it at once."""
        self.action_rate(event.option_index)

    def takes_once(self, key: str) -> bool:
        """A key held down rates one rubric, not all."""
        return key not in ("up", "down")

    def action_rate(self, level: int) -> None:
        """The own level of the rubric asked for."""
        self._given[self._rubrics[len(self._given)]] = level
        if len(self._given) == len(self._rubrics):
            self.dismiss(self._given)
        else:
            self._ask()

    def action_leave_out(self) -> None:
        """No rating of this rubric and those after it; levels already given stay."""
        self.dismiss(self._given)


def rate_then(
    app: App[Any],
    answers: Sequence[Answer],
    keep: Callable[[Answer, dict[str, int]], None],
    then: Callable[[], object],
) -> None:
    """Ask for the own levels of these answers, one after the other, and `keep` them; then, or at Escape, `then`.

    An error of `keep` is shown, and the next answer is asked about.
    """
    left = [answer for answer in answers if rubrics_to_rate(answer)]
    if not left:
        then()
        return

    def given(own: dict[str, int] | None) -> None:
        if own:
            try:
                keep(left[0], own)
            except UserError as problem:
                app.notify(str(problem), severity="warning", timeout=10, markup=False)
        # Later, so that the question about oneself has left the screen.
        whole = len(own or {}) == len(rubrics_to_rate(left[0]))
        app.call_later(rate_then, app, left[1:] if whole else [], keep, then)

    app.push_screen(SelfRatingScreen(left[0].question.ask, rubrics_to_rate(left[0])), given)

"""Feedback on one answer: the question and its scorecard, with the reasons on demand."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from simulator.sessions.session import Answer
from simulator.tui.faces import Look
from simulator.tui.widgets.css import css_beside
from simulator.tui.widgets.portrait import Portrait
from simulator.tui.widgets.scorecard_view import ScorecardView


class FeedbackView(VerticalScroll, can_focus=True):
    """Shows an answer's scorecard, and beside each level that of the attempt before.

    The column of the scrollbar is always kept free: what is wrapped for one width is never shown in another.
    """

    DEFAULT_CSS = css_beside(__file__)

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._shown: tuple[Answer, Answer | None] | None = None
        self._why = False

    def compose(self) -> ComposeResult:
        yield Static("", id="feedback-question", markup=False)
        yield ScorecardView(id="card")
        with Horizontal(id="feedback-next"):
            yield Vertical(id="feedback-face")
            yield Static("", id="feedback-next-words", markup=False)

    def show(self, answer: Answer, previous: Answer | None) -> None:
        """Draw the scorecard, without the reasons for its levels."""
        self._shown, self._why = (answer, previous), False
        self._draw()

    def show_next(self, face: Look, words: str) -> None:
        """Who goes on asking, and how it goes on; a style sheet says where there is room for it."""
        self.query_one("#feedback-next-words", Static).update(words)
        holder = self.query_one("#feedback-face")
        holder.remove_children()
        holder.mount(Portrait(face, still=True))

    @property
    def why(self) -> bool:
        """Whether the reasons are shown."""
        return self._why

    def toggle_why(self) -> None:
        """What counted for each level and what against it, and back."""
        self._why = not self._why
        self._draw()

    def _draw(self) -> None:
        if self._shown is None:
            return
        answer, previous = self._shown
        self.query_one("#feedback-question", Static).update(answer.question.ask)
        self.query_one(ScorecardView).show(answer, previous, self._why)
        self.scroll_home(animate=False)

"""One answer's scorecard in its panels: the verdict, the parts, the answer with its parts marked, one thing to do."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from simulator.sessions.session import Answer
from simulator.tui.widgets.card import Card, around
from simulator.tui.widgets.css import css_beside
from simulator.tui.widgets.delivery_view import DeliveryView
from simulator.tui.widgets.even_columns import Column, EvenColumns
from simulator.tui.widgets.scorecard_sections import MOST_COLUMNS, sections

BESIDE_FROM = 114
"""Columns from which what to do stands beside the answer."""

FRAMES = {"verdict": ("verdict", "noticed", "why"), "answer": ("answer",), "advice": ("advice", "fits")}
"""What stands in which panel; there are never more than these three."""


class ScorecardView(EvenColumns):
    """Draws a scorecard; the attempt before is shown beside each level when there was one.

    Where there is room its three parts are panels, on a wide screen how it went and what to do stand beside the
    answer, with the lower edges at one height; on a small one they follow each other without frames. With `answer`,
    widgets that show the words themselves, these come first there and the words are not drawn again.
    """

    DEFAULT_CSS = css_beside(__file__)

    def __init__(
        self, id: str | None = None, answer: Sequence[Widget] = (), answer_title: str = "Your answer"
    ) -> None:
        super().__init__(id=id, classes="-walked" if answer else "")
        self._answer_title = answer_title
        self._answer = tuple(answer)
        self._shown: tuple[Answer, Answer | None, bool] | None = None
        self._width = 0

    def compose(self) -> ComposeResult:
        with Column(classes="main"), Vertical(id="card-answer", classes="gives"):
            yield from self._answer or (Static("", id="answer-words", markup=False),)
            yield DeliveryView(id="pace")
        with Column(classes="side"):
            yield Card("", id="card-verdict", framed=False)
            advice = Card("", id="card-advice", framed=False)
            advice.add_class("gives")
            yield advice

    def show(self, answer: Answer, previous: Answer | None = None, explain: bool = False) -> None:
        """Draw the scorecard of `answer`."""
        self._shown = (answer, previous, explain)
        self.query_one(DeliveryView).show(answer)
        self._draw()

    def on_resize(self) -> None:
        # Drawn while it was hidden, it was drawn for another width.
        if self.size.width != self._width:
            self._draw()

    def _draw(self) -> None:
        if self._shown is None:
            return
        answer, previous, explain = self._shown
        width = self._width = self.size.width or self.screen.size.width - 2
        roomy = not self.screen.has_class("-short")
        # Feedback on an answer of two minutes is seen whole on a usual screen, where frames take room from the words.
        framed = roomy or bool(self._answer and not self.screen.has_class("-narrow"))
        beside = roomy and width >= BESIDE_FROM
        taken = around(self.screen) if framed else 2
        self.set_class(framed, "-framed")
        self.set_class(beside, "-beside")
        main, side = (width * 3 // 5, width * 2 // 5) if beside else (width, width)
        rooms = {"answer": main, "advice": side, "verdict": side}
        if not self._answer:
            # One below the other, how it went is read first.
            first, last = (".main", ".side") if beside else (".side", ".main")
            self.move_child(self.query_one(first), before=self.query_one(last))
        for name, within in FRAMES.items():
            room = min(MOST_COLUMNS, rooms[name] - taken)
            drawn = [
                each for each in sections(answer, previous, explain, room, framed, 1 + roomy) if each.name in within
            ]
            words = Content("\n\n").join(Content("\n").join(each.lines) for each in drawn)
            frame = self.query_one(f"#card-{name}")
            frame.set_class(framed, "panel")
            if isinstance(frame, Card):
                frame.border_title = drawn[0].title if drawn else ""
                frame.show(words)
            else:
                frame.border_title = self._answer_title
                frame.display = bool(self._answer or drawn)
                if not self._answer:
                    self.query_one("#answer-words", Static).update(words)
        self.even_edges()

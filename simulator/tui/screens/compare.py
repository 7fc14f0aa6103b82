"""Two attempts at one question side by side: the words of each, and what was gained and lost."""

from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from simulator.problems import Problem
from simulator.sessions.comparing import Comparison, compare
from simulator.sessions.highlights import word_marks
from simulator.sessions.report import level_bar
from simulator.sessions.session import Answer, Mode
from simulator.tui.widgets.scorecard_view import hanging

if TYPE_CHECKING:
    from simulator.tui.app import SecondRound


class CompareScreen(Screen[None]):
    """An answer beside another attempt at its question; left and right choose which."""

    HELP_TOPIC = "compare"
    CSS = """
    CompareScreen #question { color: $primary; text-style: bold; padding: 1 2 0 2; height: auto; }
    CompareScreen #sides { height: 1fr; }
    CompareScreen #sides VerticalScroll { width: 1fr; padding: 0 2; }
    CompareScreen #before-words, CompareScreen #after-words { height: auto; }
    CompareScreen #changes-scroll { height: 45%; padding: 0 2; border-top: solid $panel-lighten-2; }
    CompareScreen #changes { height: auto; max-width: 100; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "other(1)", "earlier attempt", id="compare.earlier"),
        Binding("right", "other(-1)", "later attempt", id="compare.later"),
        Binding("a", "again", "try again", id="compare.again"),
        Binding("escape", "app.pop_screen", "back", id="compare.back"),
    ]

    def __init__(self, answer_id: str) -> None:
        super().__init__()
        self._answer_id = answer_id
        self._answer: Answer | None = None
        self._bank_id = ""
        self._others: tuple[Answer, ...] = ()
        self._chosen = 0

    @property
    def _app(self) -> "SecondRound":
        return cast("SecondRound", self.app)

    def compose(self) -> ComposeResult:
        with Horizontal(classes="title-row"):
            yield Static("Second Round", classes="name")
            yield Static("Two attempts", classes="where", id="where", markup=False)
        yield Static("", id="question", markup=False)
        with Horizontal(id="sides"):
            with VerticalScroll(can_focus=False):
                yield Static("", id="before-words", markup=False)
            with VerticalScroll(can_focus=False):
                yield Static("", id="after-words", markup=False)
        with VerticalScroll(id="changes-scroll", can_focus=True):
            yield Static("", id="changes", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one("#changes-scroll").focus()
        self._read()

    @work(thread=True, exclusive=True, group="read", exit_on_error=False)
    def _read(self) -> None:
        store = self._app.studio.store
        try:
            answer = store.answer(self._answer_id)
            others = tuple(each for each in store.answers_to(answer.question.id) if each.id != answer.id)
            bank_id = store.session(answer.session_id).bank_id
        except Problem as problem:
            self.app.call_later(self._app.tell, problem)
            return
        self.app.call_later(self._show, answer, others, bank_id)

    def _show(self, answer: Answer, others: tuple[Answer, ...], bank_id: str) -> None:
        if not self._app.shows(self):
            return
        self._answer, self._others, self._bank_id = answer, others, bank_id
        # The attempt just before this one is what "try again" is about.
        when = (answer.answered_at, answer.attempt)
        earlier = [n for n, each in enumerate(others) if (each.answered_at, each.attempt) < when]
        self._chosen = earlier[0] if earlier else 0
        self.query_one("#question", Static).update(answer.question.ask)
        self._draw()

    def _draw(self) -> None:
        assert self._answer
        self.refresh_bindings()
        if not self._others:
            self.query_one("#after-words", Static).update(_words(self._answer))
            self.query_one("#changes", Static).update(
                "There is no other attempt at this question yet. A tries it again."
            )
            return
        other = self._others[self._chosen]
        # The earlier one always stands on the left.
        pair = sorted((other, self._answer), key=lambda each: (each.answered_at, each.attempt))
        self.query_one("#before-words", Static).update(_words(pair[0]))
        self.query_one("#after-words", Static).update(_words(pair[1]))
        self.query_one("#changes", Static).update(Content("\n").join(_changes(compare(*pair), self._width())))
        self.query_one("#where", Static).update(f"Two attempts   {self._chosen + 1} of {len(self._others)} others")

    def _width(self) -> int:
        """Columns for what was gained and lost; the scrollbar and the margins take the rest."""
        return max(30, min(100, self.app.size.width - 7))

    def on_resize(self) -> None:
        if self._answer is not None:
            self._draw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "other":
            step = parameters[0]
            return isinstance(step, int) and 0 <= self._chosen + step < len(self._others)
        return True

    def action_other(self, step: int) -> None:
        """Compare with an earlier or a later attempt."""
        self._chosen = max(0, min(len(self._others) - 1, self._chosen + step))
        self._draw()

    def action_again(self) -> None:
        """The same question anew, as a drill."""
        from simulator.studio import Setup

        if self._answer is None:
            return
        try:
            self._app.open_interview(
                setup=Setup(bank_id=self._bank_id, mode=Mode.DRILL, question_id=self._answer.question.id)
            )
        except Problem as problem:
            self._app.tell(problem)


def _words(answer: Answer) -> Content:
    """When it was said, its levels, and its words with those underlined that earned something."""
    card = answer.scorecard
    parts: list[str | tuple[str, str]] = [
        (f"{answer.answered_at[:16].replace('T', ' ')}, attempt {answer.attempt}\n", "$text-muted")
    ]
    if card:
        for rubric in answer.question.rubrics or tuple(card.rubrics):
            level = card.level(rubric)
            if level is not None:
                parts.append((f"{level_bar(level)} {level} {card.rubrics[rubric].name}\n", "$accent"))
    parts.append("\n")
    for mark in word_marks(answer):
        parts.append((mark.text, "underline $success") if mark.earned else mark.text)
        parts.append(" ")
    return Content.assemble(*parts)


def _changes(comparison: Comparison, width: int) -> list[Content]:
    lines: list[Content] = []
    if not comparison.rubrics:
        lines.append(Content("Neither attempt has a score to compare."))
    for change in comparison.rubrics:
        lines.append(Content.styled(change.words, "bold"))
        for sign, style, items in (("  + gained", "$success", change.gained), ("  - lost", "$warning", change.lost)):
            for item in items:
                lines.extend(hanging(Content.styled(sign, style), Content(item), 12, width))
    if comparison.delivery:
        lines.append(Content.styled("Delivery", "bold"))
        for words in comparison.delivery:
            lines.extend(hanging(Content(""), Content(words), 2, width))
    return lines

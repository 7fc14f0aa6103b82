"""Two attempts at one question side by side: the words of each, and what was gained and lost."""

from collections.abc import Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from simulator.errors import UserError
from simulator.interview.setup import Setup
from simulator.scoring.scorecard import RubricScore
from simulator.sessions.answer_feedback import GAINS, level_of
from simulator.sessions.comparing import Comparison, attempt_title, compare, in_order, scores_beside
from simulator.sessions.rubric_titles import rubric_title
from simulator.sessions.session import Answer, Mode, shown_scores
from simulator.sessions.times import moment_words
from simulator.tui.base_app import AppScreen
from simulator.tui.widgets.card import panel, retitle
from simulator.tui.widgets.columns import hanging
from simulator.tui.widgets.footer import Keys
from simulator.tui.widgets.level_bars import bar
from simulator.tui.widgets.scorecard_sections import answer_words, parts_to_mark
from simulator.tui.widgets.title_row import title_row

LABEL_WIDTH = 25


class CompareScreen(AppScreen[None]):
    """An answer beside another attempt at its question; left and right choose which."""

    HELP_TOPIC = "compare"
    CSS_PATH = "compare.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "other(1)", "earlier try", id="compare.earlier"),
        Binding("right", "other(-1)", "later try", id="compare.later"),
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

    def compose(self) -> ComposeResult:
        yield title_row("Compare tries")
        yield Static("", id="question", markup=False)
        with VerticalScroll(id="all", can_focus=False):
            with Horizontal(id="sides"):
                with panel(VerticalScroll(id="before", can_focus=False), "Before"):
                    yield Static("", id="before-words", markup=False)
                with panel(VerticalScroll(id="after", can_focus=False), "Now"):
                    yield Static("", id="after-words", markup=False)
            with panel(VerticalScroll(id="changes-scroll", can_focus=True), "What changed"):
                yield Static("", id="changes", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        self.query_one("#changes-scroll").focus(scroll_visible=False)
        self._read()

    @work(thread=True, exclusive=True, group="read", exit_on_error=False)
    def _read(self) -> None:
        store = self._app.services.data.store
        try:
            opened = store.answer(self._answer_id)
            others_of = (each for each in store.answers_to(opened.question.id) if each.id != opened.id)
            tries = in_order((opened, *others_of))[::-1]
            # The one it was opened from stands beside the latest; the keys go on from there.
            answer, *rest = tries
            others = tuple(rest)
            chosen = rest.index(opened) if opened in rest else 0
            bank_id = store.session(answer.session_id).bank_id
        except UserError as problem:
            self.app.call_later(self._app.tell, problem)
            return
        self.app.call_later(self._show, answer, others, bank_id, chosen)

    def _show(self, answer: Answer, others: tuple[Answer, ...], bank_id: str, chosen: int) -> None:
        if not self._app.shows(self):
            return
        self._answer, self._others, self._bank_id = answer, others, bank_id
        self._chosen = chosen
        self.query_one("#question", Static).update(answer.question.ask)
        self._draw()

    def _draw(self) -> None:
        assert self._answer
        self.refresh_bindings()
        if not self._others:
            self.query_one("#before").display = False
            self._fill("after", self._answer, 1, 1, shown_scores(self._answer))
            self.query_one("#changes", Static).update("There is no other try at this question yet. A tries it again.")
            return
        count = len(self._others) + 1
        # The earlier one always stands on the left; the others go back in time.
        earlier, number = self._others[self._chosen], count - 1 - self._chosen
        compared = compare(earlier, self._answer)
        for side, each, at in (("before", earlier, number), ("after", self._answer, count)):
            self._fill(side, each, at, count, scores_beside(each, compared))
        changes = _changes(compared, self._width())
        self.query_one("#changes", Static).update(Content("\n").join(changes))
        self.query_one("#where", Static).update(f"Tries {number} and {count} of {count}")

    def _fill(self, side: str, answer: Answer, number: int, count: int, scores: Sequence[RubricScore]) -> None:
        """An attempt in its panel, with when it was in the border."""
        when = moment_words(answer.answered_at, self._app.today())
        retitle(self.query_one(f"#{side}"), attempt_title(number, count, when))
        self.query_one(f"#{side}-words", Static).update(_words(answer, scores))

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
        if self._answer is None:
            return
        try:
            self._app.open_interview(
                setup=Setup(bank_id=self._bank_id, mode=Mode.DRILL, question_id=self._answer.question.id)
            )
        except UserError as problem:
            self._app.tell(problem)


def _words(answer: Answer, scores: Sequence[RubricScore]) -> Content:
    """Its levels, and its words with those underlined that earned something."""
    parts: list[str | tuple[str, str] | Content] = []
    for score in scores:
        if score.level is None:
            continue
        if not score.unasked:
            parts.extend(
                (bar(score.level), f" {level_of(score.level, perhaps=score.perhaps)}  {rubric_title(score.rubric)}\n")
            )
        parts.append((f"{score.verdict or score.name}\n", "bold"))
    parts.append("\n")
    return Content.assemble(*parts) + answer_words(answer, parts_to_mark(answer))


def _changes(comparison: Comparison, width: int) -> list[Content]:
    lines = [Content.styled(comparison.words, "bold")]
    for change in comparison.rubrics:
        lines.append(Content.styled(change.words, "bold"))
        for sign, label, item in change.items:
            style = "$success" if label in GAINS else "$warning"
            lines.extend(hanging(Content.styled(f"  {sign} {label}", style), Content(item), LABEL_WIDTH, width))
    if comparison.delivery:
        lines.append(Content.styled("Delivery", "bold"))
        for words in comparison.delivery:
            lines.extend(hanging(Content(""), Content(words), 2, width))
    return lines

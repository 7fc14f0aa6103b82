"""The report of a session as one would rather look at it: levels as bars, what to do next, what was noticed."""

from collections.abc import Iterable, Iterator, Sequence

from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget

from simulator.scoring.scorecard import MAX_LEVEL
from simulator.sessions.answer_feedback import shown_scores
from simulator.sessions.report import Report, RubricSummary
from simulator.sessions.rubric_titles import rubric_title
from simulator.tui.widgets.card import Card
from simulator.tui.widgets.columns import aligned
from simulator.tui.widgets.levels import bar, long_bar
from simulator.tui.widgets.scorecard_view import hanging

WIDEST = 96
BESIDE_FROM = 118
"""Columns from which what to do next stands beside the levels."""
EACH = 5
"""Marks of a level in its bar."""
FACE = 20
"""Columns that a face at the head takes."""


class ReportView(Container):
    """Draws a report. What was said is quoted, levels carry their number.

    With `head`, widgets that say what this was, these and the levels are one panel across the top.
    """

    DEFAULT_CSS = """
    ReportView { height: auto; }
    ReportView Vertical { height: auto; width: 1fr; }
    ReportView #report-head { height: auto; }
    ReportView #report-columns { height: auto; }
    ReportView.-beside #report-columns { layout: horizontal; }
    """

    def __init__(self, id: str, head: Sequence[Widget] = ()) -> None:
        super().__init__(id=id)
        self._head = tuple(head)
        self._report: Report | None = None

    def compose(self) -> ComposeResult:
        if self._head:
            with Horizontal(id="report-head", classes="panel"), Vertical():
                yield from self._head
                yield Card("", id="report-levels", framed=False)
        with Container(id="report-columns"):
            yield from self._columns()

    def _columns(self) -> ComposeResult:
        with Vertical():
            if not self._head:
                yield Card("Your levels", id="report-levels")
            yield Card("Your best words", id="report-best")
            if self._head:
                yield Card("Question by question", id="report-asked")
        with Vertical():
            yield Card("What to do next", id="report-next")
            yield Card("Also noticed", id="report-noticed")
            yield Card("Not scored", id="report-unscored")

    def show(self, report: Report) -> None:
        """Draw this report."""
        self._report = report
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        if self._report is None:
            return
        whole = self.size.width or 78
        beside = whole >= BESIDE_FROM
        self.set_class(beside, "-beside")
        # A panel takes its border and the air beside the words: one column more on a tall screen.
        around = 6 if self.screen.has_class("-tall") else 4
        width = min(WIDEST, (whole // 2 if beside else whole) - around)
        found = self._report
        faces = [face for face in self.query("#report-head Portrait") if face.display]
        head = min(WIDEST, whole - around - FACE * len(faces))
        cards: list[tuple[str, Iterable[Content]]] = [
            ("levels", levels(found, head if self._head else width)),
            ("best", best_words(found, width)),
            ("next", next_steps(found, width)),
            ("noticed", (line for note in found.notes for line in hanging(Content("·"), Content(note), 2, width))),
            ("unscored", (line for why in found.not_scored for line in Content(why).wrap(width))),
        ]
        if self._head:
            cards.append(("asked", question_by_question(found, width)))
        for name, lines in cards:
            self.query_one(f"#report-{name}", Card).show(Content("\n").join(list(lines)))


def levels(report: Report, width: int) -> Iterator[Content]:
    """Each rubric's mean as a bar, and behind it the levels answer by answer."""
    if report.session.sample:
        yield Content.styled("This is the sample interview that comes with the app.", "$text-muted")
    if not any(answer.scorecard for answer in report.session.latest_attempts()):
        yield Content("Nothing was answered, so there is nothing to score.")
    rows = [_level(summary) for summary in report.rubrics]
    heads = aligned([row[:-1] for row in rows], width, gives=2) if rows else []
    beside = all(head.cell_length + 2 + row[-1].cell_length <= width for head, row in zip(heads, rows, strict=True))
    for head, row in zip(heads, rows, strict=True):
        if beside or not row[-1].cell_length:
            yield head + "  " + row[-1]
        else:
            yield head
            yield from hanging(Content(""), row[-1], 2, width)
    if report.counted:
        yield from Content.styled(report.counted, "$text-muted").wrap(width)


def _level(summary: RubricSummary) -> tuple[Content, ...]:
    tries = summary.tries or tuple(map(str, summary.levels))
    each = f"question by question: {', '.join(tries)}" if len(tries) > 1 else tries[0] if "→" in tries[0] else ""
    return (
        long_bar(summary.mean, EACH),
        Content.styled(f"{summary.mean:.1f} of {MAX_LEVEL}", "bold"),
        Content(rubric_title(summary.rubric)),
        Content.styled(each, "$text-muted"),
    )


def best_words(report: Report, width: int) -> Iterator[Content]:
    """What was said best, rubric by rubric."""
    for summary in report.rubrics:
        if summary.best_quote:
            yield Content.styled(rubric_title(summary.rubric), "$text-muted")
            quote = Content.styled(f"“{summary.best_quote}”", "$success")
            yield from hanging(Content(""), quote, 2, width)


def question_by_question(report: Report, width: int) -> Iterator[Content]:
    """What was asked, in order, each with the level of its answer."""
    for answer in report.session.latest_attempts():
        level = next((each.level for each in shown_scores(answer) if each.level is not None), None)
        how = bar(level) if level is not None else Content.styled("not scored", "$text-muted")
        yield from hanging(how, Content(answer.question.ask), 6, width)


def next_steps(report: Report, width: int) -> Iterator[Content]:
    """The few things that help most, and the question each is about."""
    for number, step in enumerate(report.next_steps, 1):
        yield from hanging(Content.styled(f"{number}.", "bold"), Content(step.advice), 3, width)
        yield from hanging(Content(""), Content.styled(f"(“{step.question}”)", "$text-muted"), 3, width)

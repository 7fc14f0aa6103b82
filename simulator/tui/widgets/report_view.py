"""The report of a session as one would rather look at it: levels as bars, what to do next, what was noticed."""

from collections.abc import Iterable, Iterator, Sequence

from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget

from simulator.sessions.answer_feedback import answer_levels, level_of
from simulator.sessions.report import LATER, Report, RubricSummary
from simulator.sessions.rubric_titles import rubric_title
from simulator.sessions.session import counted_scores
from simulator.tui.widgets.card import Card, around
from simulator.tui.widgets.columns import aligned, flowing, hanging
from simulator.tui.widgets.css import css_beside
from simulator.tui.widgets.even_columns import Column, EvenColumns
from simulator.tui.widgets.level_bars import bar, long_bar

WIDEST = 96
BESIDE_FROM = 118
"""Columns from which what to do next stands beside the levels."""
EACH = 5
"""Marks of a level in its bar."""
NO_LEVEL = "answered, without a level"
ANSWER_SKIPPED = "S asks you the first skipped question now."
FACE = 20
"""Columns that a face at the head takes."""


class ReportView(Container):
    """Draws a report. What was said is quoted, levels carry their number.

    With `head`, widgets that say what this was, these and the levels are one panel across the top.
    """

    DEFAULT_CSS = css_beside(__file__)

    def __init__(self, id: str, head: Sequence[Widget] = ()) -> None:
        super().__init__(id=id)
        self._head = tuple(head)
        self._report: Report | None = None

    def compose(self) -> ComposeResult:
        if self._head:
            with Horizontal(id="report-head", classes="panel"), Vertical():
                yield from self._head
                yield Card("", id="report-levels", framed=False)
        with EvenColumns(id="report-columns"):
            yield from self._columns()

    def _columns(self) -> ComposeResult:
        steps, best = Card("What to do next", id="report-next"), Card("Your best words", id="report-best")
        better = Card("What got better", id="report-better")
        more = (Card("Also noticed", id="report-noticed"), Card("Not scored", id="report-unscored"))
        for card in (steps, best):
            card.add_class("gives")
        # What to do comes right below the levels.
        with Column(classes="main"):
            if self._head:
                steps.add_class("-lead")
                yield from (better, steps, *more)
            else:
                yield from (Card("Your levels", id="report-levels"), better, best)
        with Column(classes="side"):
            yield from (best, Card("Question by question", id="report-asked")) if self._head else (steps, *more)

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
        columns = self.query_one("#report-columns", EvenColumns)
        columns.set_class(beside, "-beside")
        taken = around(self.screen)
        width = min(WIDEST, (whole // 2 if beside else whole) - taken)
        between = "\n" if self.screen.has_class("-short") else "\n\n"
        found = self._report
        faces = [face for face in self.query("#report-head Portrait") if face.display]
        head = min(WIDEST, whole - taken - FACE * len(faces))
        noted = (line for note in found.notes for line in hanging(Content("·"), Content(note), 2, width))
        grouped: dict[str, Iterable[list[Content]]] = {
            "levels": levels(found, head if self._head else width),
            "better": what_got_better(found, width),
            "best": best_words(found, width),
            "next": next_steps(found, width),
            "noticed": [list(noted)],
            "unscored": [[line for why in found.not_scored for line in Content(why).wrap(width)]],
        }
        if self._head:
            grouped["asked"] = question_by_question(found, width)
        for name, groups in grouped.items():
            words = Content(between).join([Content("\n").join(group) for group in groups])
            self.query_one(f"#report-{name}", Card).show(words)
        columns.even_edges()


def levels(report: Report, width: int) -> Iterator[list[Content]]:
    """The lines of each rubric: its mean as a bar, and behind it the levels answer by answer."""
    if report.session.sample:
        yield [Content.styled("This is the sample interview that comes with the app.", "$text-muted")]
    if not any(answer.scorecard for answer in report.session.latest_attempts()):
        yield [Content("Nothing was answered, so there is nothing to score.")]
    rows = [_level(summary) for summary in report.rubrics]
    heads = aligned([row[:-1] for row in rows], width, gives=2) if rows else []
    beside = all(head.cell_length + 2 + row[-1].cell_length <= width for head, row in zip(heads, rows, strict=True))
    for head, row in zip(heads, rows, strict=True):
        if beside or not row[-1].cell_length:
            yield [head + "  " + row[-1]]
        else:
            yield [head, *hanging(Content(""), row[-1], 2, width)]
    if report.counted:
        yield list(Content.styled(report.counted, "$text-muted").wrap(width))


def _level(summary: RubricSummary) -> tuple[Content, ...]:
    return (
        long_bar(summary.mean, EACH),
        Content.styled(level_of(summary.mean), "bold"),
        Content(rubric_title(summary.rubric)),
        Content.styled(summary.one_by_one, "$text-muted"),
    )


def best_words(report: Report, width: int) -> Iterator[list[Content]]:
    """What was said best, the lines of each rubric."""
    for summary in report.rubrics:
        if summary.best_quote:
            quote = Content.styled(f"“{summary.best_quote}”", "$success")
            title = Content.styled(rubric_title(summary.rubric), "$text-muted")
            yield [title, *hanging(Content(""), quote, 2, width)]


def what_got_better(report: Report, width: int) -> Iterator[list[Content]]:
    """The lines of each question that was tried again: what is better than at first."""
    for change in report.changes:
        asked = list(Content.styled(change.question, "$text-muted").wrap(width)) if len(report.changes) > 1 else []
        told = (Content.styled(words, "$success") for words in change.words)
        yield [*asked, *(line for words in told for line in words.wrap(width))]


def question_by_question(report: Report, width: int) -> Iterator[list[Content]]:
    """The lines of what was asked, in order: the levels that the feedback shows and the own rating, or "skipped"."""
    for answer in report.asked:
        levels = [*answer_levels(answer)]
        told = [Content.assemble((level, "$text-muted"), f"  {rubric_title(rubric)}") for rubric, level in levels]
        if answer in report.later:
            told.append(Content.styled(LATER.lower(), "$success"))
        if not told:
            scored = answer.scorecard is not None and answer.scorecard.scored
            told.append(Content.styled(NO_LEVEL if scored else "not scored", "$text-muted"))
        if answer.skipped:
            told = [Content.styled("skipped", "$warning")]
        first = next((level for _, level in counted_scores(answer)), None)
        how = Content("") if first is None else bar(first)
        yield [
            *hanging(how, Content(answer.question.ask), 6, width),
            *(Content(" " * 6) + line for line in flowing(told, width - 6)),
        ]
    if report.skipped:
        yield list(Content.styled(ANSWER_SKIPPED, "$text-muted").wrap(width))


def next_steps(report: Report, width: int) -> Iterator[list[Content]]:
    """The lines of each of the few things that help most, with the question it is about."""
    for number, step in enumerate(report.next_steps, 1):
        about = Content.styled(f"In “{step.question}”", "$text-muted")
        yield [
            *hanging(Content.styled(f"{number}.", "bold $accent"), Content(step.advice), 3, width),
            *hanging(Content(""), about, 3, width),
        ]

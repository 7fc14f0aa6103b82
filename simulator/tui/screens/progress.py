"""Progress: each rubric over time, competencies, the own eye, and what to practise next, one key away."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from simulator.problems import Problem
from simulator.sessions.progress import (
    WEEKS_SHOWN,
    Progress,
    RubricProgress,
    Suggestion,
    practised_words,
    progress,
    spark,
)
from simulator.sessions.report import level_bar, rubric_title
from simulator.sessions.session import Mode
from simulator.tui.settled import settle

if TYPE_CHECKING:
    from simulator.tui.app import SecondRound

EMPTY = (
    "No scored answers yet. After the first practice you see here how your levels move, "
    "and what to practise next.\n\nEscape, then 'Start practising'."
)
REASONS = {"weak": "weakest", "rare": "rare", "long ago": "long ago"}


class ProgressScreen(Screen[None]):
    """How practice adds up. Enter on a suggestion starts a drill on its question."""

    HELP_TOPIC = "progress"
    CSS = """
    ProgressScreen #next { height: auto; max-height: 8; }
    ProgressScreen VerticalScroll { height: 1fr; padding: 0 2; }
    ProgressScreen #rubrics, ProgressScreen #rest { height: auto; max-width: 100; }
    ProgressScreen .heading { padding: 0 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "practise", "practise the first", id="progress.practise"),
        Binding("r", "review", "past sessions", id="progress.review"),
        Binding("escape", "app.pop_screen", "back", id="progress.back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._progress: Progress | None = None

    @property
    def _app(self) -> "SecondRound":
        return cast("SecondRound", self.app)

    def compose(self) -> ComposeResult:
        with Horizontal(classes="title-row"):
            yield Static("Second Round", classes="name")
            yield Static("Progress", classes="where", id="where", markup=False)
        yield Static("Practise next: Enter starts it", classes="heading", id="next-title")
        yield OptionList(id="next")
        with VerticalScroll(can_focus=True):
            yield Static("", id="rubrics", markup=False)
            yield Static("", id="rest", markup=False)
        yield Static("", classes="empty", id="empty", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one("#next-title").display = False
        self.query_one("#next").display = False
        self._read()

    def on_screen_resume(self) -> None:
        """Back from a drill: it counts already."""
        if self._progress is not None:
            self._read()

    @work(thread=True, exclusive=True, group="read", exit_on_error=False)
    def _read(self) -> None:
        try:
            found = progress(self._app.studio.store, datetime.now().astimezone().date())
        except Problem as problem:
            self.app.call_later(self._app.tell, problem)
            return
        self.app.call_later(self._show, found)

    def _show(self, found: Progress) -> None:
        if not self._app.shows(self):
            return
        self._progress = found
        empty = not found.rubrics
        self.query_one("#empty", Static).update(EMPTY if empty else "")
        self.query_one("#empty").display = empty
        self.query_one(VerticalScroll).display = not empty
        options = self.query_one("#next", OptionList)
        options.clear_options()
        for suggestion in found.next_up:
            options.add_option(Option(_suggestion(suggestion)))
        for name in ("#next", "#next-title"):
            self.query_one(name).display = bool(found.next_up)
        if found.next_up:
            options.highlighted = 0
            options.focus()
        self.query_one("#rubrics", Static).update(Content("\n").join(_rubric_lines(found)))
        self.query_one("#rest", Static).update(Content("\n").join(_rest_lines(found)))
        self.refresh_bindings()
        settle("progress")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "practise":
            return self._progress is not None and bool(self._progress.next_up)
        return True

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        if self._progress is not None:
            self._practise(self._progress.next_up[event.option_index])

    def action_practise(self) -> None:
        """Start the first suggestion at once."""
        if self._progress is not None and self._progress.next_up:
            self._practise(self._progress.next_up[0])

    def _practise(self, suggestion: Suggestion) -> None:
        from simulator.studio import Setup

        setup = Setup(bank_id=suggestion.bank_id, mode=Mode.DRILL, question_id=suggestion.question_id)
        try:
            self._app.open_interview(setup=setup)
        except Problem as problem:
            # The bank may be gone, or the question was of an interview tailored to a job.
            self._app.tell(problem)

    def action_review(self) -> None:
        """The past sessions."""
        self._app.go("history")


def _suggestion(suggestion: Suggestion) -> Content:
    return Content.assemble((f"{REASONS[suggestion.reason]:<9} ", "$text-muted"), suggestion.why)


def _rubric_lines(found: Progress) -> list[Content]:
    lines = [
        Content(practised_words(found)),
        Content(""),
        Content.styled(f"The last {WEEKS_SHOWN} weeks, the latest on the right; · is a week without", "bold"),
    ]
    for each in found.rubrics:
        lines.append(
            Content.assemble(
                (f"{rubric_title(each.rubric):<26} ", ""),
                ("".join(sign * 2 for sign in spark(each.weeks)), "$accent"),
                f"  {level_bar(round(each.recent))} ",
                (f"{each.recent:.1f} of late", "bold"),
                (_change(each), "$text-muted"),
            )
        )
    return lines


def _change(each: RubricProgress) -> str:
    if each.change is None or abs(each.change) < 0.1:
        return ""
    return f", {'up' if each.change > 0 else 'down'} {abs(each.change):.1f}"


def _rest_lines(found: Progress) -> list[Content]:
    lines = [Content(""), Content.styled("By competency, the weakest first", "bold")]
    for each in found.competencies:
        name = each.competency.replace("-", " ").replace("_", " ")
        often = "once" if each.count == 1 else f"{each.count} times"
        lines.append(
            Content.assemble(
                f"{name:<26} {level_bar(round(each.mean))} {each.mean:.1f}",
                (f"   {often}, last on {each.last_at[:10]}", "$text-muted"),
            )
        )
    if found.own_eye:
        lines.extend([Content(""), Content.styled("Your own eye", "bold")])
        lines.extend(Content(each.words) for each in found.own_eye)
    return lines

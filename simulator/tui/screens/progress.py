"""Progress: each rubric over time, days of practice, competencies, and what to practise next, one key away."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from simulator.errors import UserError
from simulator.interview.setup import Setup
from simulator.questions.competencies import competency_name
from simulator.sessions.home_overview import practised_days
from simulator.sessions.progress import (
    WEEKS_SHOWN,
    Progress,
    Suggestion,
    practised_words,
    progress,
)
from simulator.sessions.rubric_titles import rubric_title
from simulator.sessions.session import Mode
from simulator.sessions.times import kept_day_words
from simulator.tui.base_app import AppScreen
from simulator.tui.garbage_collection import settle_garbage_collector
from simulator.tui.widgets.calendar import PracticeCalendar
from simulator.tui.widgets.card import Card, around
from simulator.tui.widgets.columns import aligned
from simulator.tui.widgets.empty_state import EmptyState
from simulator.tui.widgets.footer import Keys
from simulator.tui.widgets.level_bars import bar, change
from simulator.tui.widgets.level_plot import LevelPlot, legend
from simulator.tui.widgets.title_row import title_row

PICTURE = (
    "4              ⢀⣀⡠⠤⠔⠒⠊⠉",
    "3      ⢀⣀⠤⠤⠒⠒⠉⠁          Concrete examples  ▰▰▰▰ 3.7",
    "2  ⡠⠔⠒⠉⠁                 Motivation         ▰▰▱▱ 2.0",
    "1 ⠊  Sep    Oct    Nov",
)
ROOM_FOR_DAYS = 48
MOST_COLUMNS = 76


BESIDE = (118, 34)
"""Columns and lines of the screen from which everything is seen at once."""


class ProgressScreen(AppScreen[None]):
    """How practice adds up. Enter on a suggestion starts a drill on its question."""

    HELP_TOPIC = "progress"
    CSS_PATH = "progress.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "practise", "practise the first", id="progress.practise"),
        Binding("w", "app.go('phrases')", "your phrases", id="progress.phrases"),
        Binding("r", "review", "past sessions", id="progress.review"),
        Binding("escape", "app.pop_screen", "back", id="progress.back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._progress: Progress | None = None
        self._days: Mapping[date, int] = {}

    def compose(self) -> ComposeResult:
        yield title_row("Progress")
        with VerticalScroll(id="columns", can_focus=False):
            nexts = OptionList(id="next", classes="panel")
            nexts.border_title = "Practise next"
            nexts.border_subtitle = "Enter starts it"
            yield nexts
            with Container(id="seen"):
                levels = Vertical(id="over-time", classes="panel")
                levels.border_title = f"Your levels over the last {WEEKS_SHOWN} weeks"
                levels.border_subtitle = "lately, and against the weeks before"
                with levels:
                    yield Static("", id="practised", classes="muted", markup=False)
                    yield Static("", id="rubrics", markup=False)
                    yield LevelPlot(id="plot")
                with Vertical(id="beside"):
                    yield PracticeCalendar(id="calendar")
                    yield Card("What else questions look for, weakest first", id="competencies")
                    yield Card("How you rated yourself", id="own-rating")
        yield EmptyState(
            "No scored answers yet",
            "After the first practice you see here how your levels move, and what to practise next.",
            "Start practising",
            PICTURE,
            picture="plant",
            id="no-levels",
        )
        yield Keys()

    def on_resize(self, event: events.Resize) -> None:
        """The plot stands beside calendar and competencies where both have their width, and are seen whole."""
        room = event.size.width >= BESIDE[0] and event.size.height >= BESIDE[1]
        self.set_class(room or self.has_class("-wide"), "-beside")
        if self._progress is not None:
            self.call_after_refresh(self._show, self._progress)

    def on_mount(self) -> None:
        self.query_one("#columns").display = False
        self._read()

    def on_screen_resume(self) -> None:
        """Back from a drill: it counts already."""
        if self._progress is not None:
            self._read()

    @work(thread=True, exclusive=True, group="read", exit_on_error=False)
    def _read(self) -> None:
        try:
            today = self._app.today()
            found = progress(self._app.services.data.store, today)
            self._days = practised_days(self._app.services.data.store, today)
        except UserError as problem:
            self.app.call_later(self._app.tell, problem)
            return
        self.app.call_later(self._show, found)

    def _show(self, found: Progress) -> None:
        if not self._app.shows(self):
            return
        self._progress = found
        empty = not found.rubrics
        today = self._app.today()
        options = self.query_one("#next", OptionList)
        self.query_one("#columns").display = not empty
        self.query_one(EmptyState).stand_in(empty, self.query_one("#columns"), focus=options)
        if empty:
            return
        marked = options.highlighted or 0
        options.clear_options()
        for row in _suggestions(
            found.next_up, (options.content_size.width or self.app.size.width - around(self)) - 2
        ):
            options.add_option(Option(row))
        options.display = bool(found.next_up)
        if found.next_up:
            options.highlighted = min(marked, len(found.next_up) - 1)
            options.focus()
        self._show_plot(found, today)
        self.query_one("#calendar", PracticeCalendar).show(self._days, today)
        room = (self.query_one("#beside").size.width or self.app.size.width) - around(self)
        self.query_one("#competencies", Card).show(Content("\n").join(_competencies(found, today, room)))
        self.query_one("#own-rating", Card).show("\n".join(each.words for each in found.own_eye))
        self.refresh_bindings()
        settle_garbage_collector("progress")

    def _show_plot(self, found: Progress, today: date) -> None:
        """The levels as a plot, below what its lines are."""
        self.query_one(LevelPlot).show(found.rubrics, today)
        self.query_one("#practised", Static).update(practised_words(found))
        self.query_one("#rubrics", Static).update(Content("\n").join(list(_rubric_lines(found))))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "practise":
            return self._progress is not None and bool(self._progress.next_up)
        return True

    def on_button_pressed(self) -> None:
        """The one button there is, while nothing is scored."""
        self._app.go("setup")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        if self._progress is not None:
            self._practise(self._progress.next_up[event.option_index])

    def action_practise(self) -> None:
        """Start the first suggestion at once."""
        if self._progress is not None and self._progress.next_up:
            self._practise(self._progress.next_up[0])

    def _practise(self, suggestion: Suggestion) -> None:
        setup = Setup(bank_id=suggestion.bank_id, mode=Mode.DRILL, question_id=suggestion.question_id)
        try:
            self._app.open_interview(setup=setup)
        except UserError as problem:
            # The bank may be gone, or the question was of an interview tailored to a job.
            self._app.tell(problem)

    def action_review(self) -> None:
        """The past sessions."""
        self._app.go("history")


def _suggestions(next_up: Sequence[Suggestion], room: int) -> list[Content]:
    """A row for each: what it is about, and why."""
    rows = [(Content.styled(each.about, "bold"), Content.styled(each.fact, "$text-muted")) for each in next_up]
    return aligned(rows, room, gives=0)


def _rubric_lines(found: Progress) -> Iterator[Content]:
    signs = legend(found.rubrics)
    rows = []
    for number, each in enumerate(found.rubrics):
        sign, colour = signs[number] if number < len(signs) else (f"  {rubric_title(each.rubric)}", "")
        rows.append((Content.styled(sign, colour), *_level(each.recent), change(each.change)))
    yield from aligned(rows, MOST_COLUMNS, gives=0)


def _level(mean: float) -> tuple[Content, Content]:
    return bar(mean), Content.styled(f"{mean:.1f}", "bold")


def _competencies(found: Progress, today: date, room: int) -> list[Content]:
    """The competencies as a table, with a line that names the columns; when it was last where there is room."""
    if not found.competencies:
        return []
    heads = ("level", "", "competency", "asked", "last")
    rows: list[tuple[Content | str, ...]] = [tuple(Content.styled(head, "$text-muted") for head in heads)]
    for each in found.competencies:
        name = competency_name(each.competency)
        when = Content.styled(kept_day_words(each.last_at, today), "$text-muted")
        rows.append((*_level(each.mean), name, f"{each.count:>5}", when))
    whole = rows if room >= ROOM_FOR_DAYS else [row[:-1] for row in rows]
    return aligned(whole, room, gives=2)

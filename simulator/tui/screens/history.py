"""Past sessions: the list, filtered, sorted and searched."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Button, DataTable, Input, OptionList, Select, Static
from textual.widgets.option_list import Option

from simulator.errors import UserError
from simulator.paths import expanded
from simulator.sessions.rubric_titles import RUBRIC_ORDER, rubric_title
from simulator.sessions.store import AnswerHit, SessionSummary
from simulator.texts import counted
from simulator.tui.base_app import AppScreen
from simulator.tui.garbage_collection import settle_garbage_collector
from simulator.tui.screens.history_table import SessionTable
from simulator.tui.screens.history_words import LEVELS, hit_content, preview
from simulator.tui.screens.session import SessionScreen
from simulator.tui.widgets.card import panel, retitle
from simulator.tui.widgets.empty_state import EmptyState
from simulator.tui.widgets.footer import Keys
from simulator.tui.widgets.lists import OpeningList
from simulator.tui.widgets.picking import AskText
from simulator.tui.widgets.title_row import title_row

READ_AFTER = 0.08
"""Seconds that a session stays marked before it is read; so going down the list is quick."""
PAGE = 100
"""Rows put into the list at once; more would hold up the keys (10 ms for these, measured)."""
SORTED = ("newest", "oldest", "best", "weakest")
RUBRICS = [(rubric_title(rubric), rubric) for rubric in RUBRIC_ORDER]
TIMES = [("last 7 days", "7"), ("last 30 days", "30"), ("last year", "365")]


class HistoryScreen(AppScreen[None]):
    """All sessions, the newest first; words can be searched in what was asked and said."""

    HELP_TOPIC = "history"
    CSS_PATH = "history.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "search", id="history.search"),
        Binding("d", "delete", "delete", id="history.delete"),
        Binding("u", "undo", "undo", id="history.undo"),
        Binding("s", "sort", "sort", id="history.sort"),
        Binding("f", "filter", "filter", id="history.filter"),
        Binding("w", "app.go('phrases')", "your phrases", show=False, id="history.phrases"),
        Binding("i", "take_in", "open a file", id="history.take_in"),
        Binding("escape", "back", "back", id="history.back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._deleted: list[str] = []
        self._sort = "newest"
        self._reading = 0
        self._resting: Timer | None = None

    def compose(self) -> ComposeResult:
        yield title_row("Past sessions")
        yield Input(placeholder="words that were asked or said", id="search", compact=True)
        with Horizontal(id="filters"):
            yield Select[str]([], prompt="any bank", id="bank", compact=True)
            yield Select(RUBRICS, prompt="any rubric", id="rubric", compact=True)
            yield Select(TIMES, prompt="any time", id="since", compact=True)
            yield Select[str]([], prompt="any job", id="job", compact=True)
        yield panel(SessionTable(), "Your practices, the newest first")
        yield panel(OpeningList(id="hits"), "Found")
        with panel(VerticalScroll(id="preview", can_focus=False), ""):
            yield Static("", id="preview-words", markup=False)
        yield Static("", classes="empty", id="empty", markup=False)
        yield EmptyState(
            "No sessions yet",
            "Each practice is kept here with its levels: to read, to hear and to compare.",
            "Start practising",
            ("yesterday 18:38   20 min  ▰▰▰▱ 3.0  Motivation",),
            picture="lamp",
            id="no-sessions",
        )
        yield Keys()

    @property
    def _table(self) -> SessionTable:
        return self.query_one(SessionTable)

    def action_take_in(self) -> None:
        """Take in what a coach gave: an assignment, or feedback; or a history."""
        self.app.push_screen(
            AskText("Which file? (from your coach, or your own exported history)", longest=1000), self._take_in
        )

    def _take_in(self, named: str | None) -> None:
        if named is not None:
            self._read_file(expanded(named))

    @work(thread=True, group="take_in", exit_on_error=False)
    def _read_file(self, path: Path) -> None:
        from simulator.services.import_checks import import_checks  # late
        from simulator.sessions.archive_reading import read_archive  # late

        services = self._app.services
        try:
            taken = services.assignments.take_in(path)
            if not taken:
                checks = import_checks(services.data)
                done = read_archive(path, services.data.store, services.paths.recordings, checks=checks)
                taken = f"{counted(done.sessions, 'session')} and {counted(done.recordings, 'recording')} added."
        except UserError as problem:
            self.app.call_later(self._app.tell, problem)
            return
        self.app.call_later(self._taken_in, taken)

    def _taken_in(self, words: str) -> None:
        self.notify(words, markup=False, timeout=10)
        if self._app.shows(self):
            self._read(0)

    def takes_once(self, key: str) -> bool:
        """D held down deletes one session; in the search it is a letter."""
        return key == "d" and not isinstance(self.focused, Input)

    def on_mount(self) -> None:
        self._table.lay_out(self.app.size.width)
        self._table.focus()
        self._read(0)

    def on_resize(self) -> None:
        """A screen that became wider or narrower has other columns."""
        if self._table.count:
            self._table.lay_out(self.app.size.width)
            self._read(0)

    def on_screen_resume(self) -> None:
        """Back from a session: it may have changed."""
        if self._table.count:
            self._read(0)

    def _read(self, offset: int) -> None:
        """Read a page of the list as it is filtered and sorted now."""
        self._reading += 1
        self._read_page(offset, self._filters(), self._reading)

    def _filters(self) -> dict[str, str]:
        """The filters that are set, as the store takes them."""
        filters = {}
        for name, column in (("bank", "bank_id"), ("rubric", "rubric"), ("job", "job_id"), ("since", "since")):
            value = self.query_one(f"#{name}", Select).value
            if isinstance(value, str):
                filters[column] = value
        if "since" in filters:
            filters["since"] = f"{datetime.now(UTC) - timedelta(days=int(filters['since'])):%Y-%m-%dT%H:%M:%SZ}"
        return filters

    @work(thread=True, exclusive=True, group="read", exit_on_error=False)
    def _read_page(self, offset: int, filters: dict[str, Any], reading: int) -> None:
        try:
            summaries = self._app.services.data.store.summaries(limit=PAGE, offset=offset, sort=self._sort, **filters)
        except UserError as problem:
            self.app.call_later(self._app.tell, problem)
            return
        self.app.call_later(self._show, summaries, offset, reading)

    def _show(self, summaries: list[SessionSummary], offset: int, reading: int) -> None:
        # A page that was asked for before the filters changed comes too late.
        if not self._app.shows(self) or reading != self._reading:
            return
        table = self._table
        if not table.put(summaries, self._app.today(), anew=offset == 0):
            table.lay_out(self.app.size.width)
            self._read(0)
            return
        empty, filtered = self._table.count == 0, bool(self._filters())
        self.query_one(EmptyState).stand_in(empty and not filtered, table, table)
        table.display = not empty
        self.set_class(empty, "-empty")
        self.query_one("#empty", Static).update("No session fits these filters. F changes them." if filtered else "")
        self.query_one("#empty").display = empty and filtered
        self.refresh_bindings()
        settle_garbage_collector("history")

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        # The next page is read when the cursor comes near the end of this one.
        if self._table.count and self._table.count % PAGE == 0 and event.cursor_row >= self._table.count - 20:
            self._read(self._table.count)
        self._look_into(str(event.row_key.value))

    # What is marked.

    def _look_into(self, session_id: str) -> None:
        """Read the marked session, once the mark rests and where there is room to show it."""
        if self._resting is not None:
            self._resting.stop()
        if not self.has_class("-short"):
            self._resting = self.set_timer(READ_AFTER, lambda: self._read_one(session_id))

    @work(thread=True, exclusive=True, group="one", exit_on_error=False)
    def _read_one(self, session_id: str) -> None:
        try:
            session = self._app.services.data.store.session(session_id)
        except UserError as problem:
            self.app.call_later(self._show_one, "", Content(str(problem)))
            return
        self.app.call_later(self._show_one, session.bank_title or session.bank_id, preview(session))

    def _show_one(self, title: str, words: Content) -> None:
        if self._app.shows(self):
            retitle(self.query_one("#preview"), title, "Enter opens it")
            self.query_one("#preview-words", Static).update(words)

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        self.app.push_screen(SessionScreen(str(event.row_key.value)))

    # Filters and order.

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The one thing to do while there is no session: choose what to practise, or begin as it stands."""
        event.stop()
        self.app.pop_screen()
        self._app.go("setup")

    def action_filter(self) -> None:
        """Show the filters, or take them all away."""
        filters = self.query_one("#filters")
        filters.display = not filters.display
        if filters.display:
            self._offer_filters()
            self.query_one("#bank").focus()
            return
        for select in filters.query(Select):
            select.clear()
        self._table.focus()
        self._read(0)

    @work(thread=True, exclusive=True, group="filters", exit_on_error=False)
    def _offer_filters(self) -> None:
        store = self._app.services.data.store
        try:
            banks, jobs = store.banks_practised(), store.jobs_practised()
            own = [rubric for rubric in store.rubrics_practised() if rubric not in LEVELS]
        except UserError as problem:
            self.app.call_later(self._app.tell, problem)
            return
        self.app.call_later(self._show_filters, banks, jobs, [(rubric_title(rubric), rubric) for rubric in own])

    def _show_filters(self, banks: list[tuple[str, str]], jobs: list[str], own: list[tuple[str, str]]) -> None:
        if self._app.shows(self):
            self.query_one("#bank", Select).set_options([(title or bank_id, bank_id) for bank_id, title in banks])
            self.query_one("#job", Select).set_options([(job, job) for job in jobs])
            self.query_one("#rubric", Select).set_options([*RUBRICS, *own])

    def on_select_changed(self) -> None:
        self._read(0)

    def action_sort(self) -> None:
        """The next order: newest, oldest, best, weakest first."""
        self._sort = SORTED[(SORTED.index(self._sort) + 1) % len(SORTED)]
        self._table.border_title = f"Your practices, the {self._sort} first"
        self._table.move_cursor(row=0)
        self._read(0)

    # Search.

    def action_search(self) -> None:
        """Find words in questions and answers."""
        box = self.query_one("#search", Input)
        box.display = True
        box.focus()
        self.refresh_bindings()

    def on_input_changed(self, event: Input.Changed) -> None:
        if event.value.strip():
            self._find(event.value)
        else:
            self._show_hits([])

    def on_input_submitted(self) -> None:
        self._to_hits()

    def on_key(self, event: events.Key) -> None:
        """Down leads from the words into what was found."""
        if event.key == "down" and self.query_one("#search").has_focus:
            event.stop()
            self._to_hits()

    def _to_hits(self) -> None:
        hits = self.query_one("#hits", OptionList)
        if hits.option_count:
            hits.focus()
            hits.highlighted = hits.highlighted or 0

    @work(thread=True, exclusive=True, group="search", exit_on_error=False)
    def _find(self, words: str) -> None:
        try:
            hits = self._app.services.data.store.search(words)
        except UserError as problem:
            self.app.call_later(self._app.tell, problem)
            return
        self.app.call_later(self._show_hits, hits)

    def _show_hits(self, hits: list[AnswerHit]) -> None:
        searching = bool(self.query_one("#search", Input).value.strip())
        listing = self.query_one("#hits", OptionList)
        listing.display = searching
        self._table.display = not searching and self._table.count > 0
        self.set_class(searching or not self._table.count, "-empty")
        listing.clear_options()
        for hit in hits:
            listing.add_option(Option(hit_content(hit, self._app.today()), id=hit.answer_id))
        empty = self.query_one("#empty", Static)
        empty.display = searching and not hits
        empty.update("Nothing with these words was asked or said." if searching and not hits else "")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        from simulator.tui.screens.transcript import TranscriptScreen  # late

        if event.option_id:
            self.app.push_screen(TranscriptScreen(event.option_id))

    def action_back(self) -> None:
        """Close the search, or the screen."""
        box = self.query_one("#search", Input)
        if box.display:
            box.value = ""
            box.display = False
            self._show_hits([])
            self._table.focus()
            self.refresh_bindings()
        elif self.query_one("#filters").display:
            self.action_filter()
        else:
            if self._deleted:
                # On a thread of the app's own: in a long history it takes a while, and this screen is gone then.
                self._deleted.clear()
                self.app.run_worker(self._app.services.recordings.purge_deleted, thread=True, exit_on_error=False)
            self.app.pop_screen()

    # Deleting.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "delete":
            return self._table.count > 0 and self._table.has_focus
        if action == "undo":
            return bool(self._deleted)
        if action in ("filter", "sort", "search") and not (self._table.count or self._filters()):
            return False  # nothing is kept yet
        if action in ("filter", "sort"):
            # They are of the list; what was found comes in the order of time.
            return not self.query_one("#search").display
        return True

    def action_delete(self) -> None:
        """Delete the marked session; U brings it back while this screen is open."""
        table = self._table
        session_id = str(table.coordinate_to_cell_key(table.cursor_coordinate).row_key.value)
        try:
            self._app.services.data.store.delete(session_id)
        except UserError as problem:
            self._app.tell(problem)
            return
        self._deleted.append(session_id)
        self.notify("Deleted. U brings it back.")
        self._read(0)

    def action_undo(self) -> None:
        """Bring back what was deleted last."""
        self._app.services.data.store.undelete(self._deleted.pop())
        self._read(0)

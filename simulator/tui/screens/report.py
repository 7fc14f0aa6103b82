"""The report at the end of an interview: levels, what to do next, what was noticed."""

from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer, Static

from simulator.problems import Problem

if TYPE_CHECKING:
    from simulator.tui.app import SecondRound


class ReportScreen(Screen[None]):
    """One session's report; the scored transcript and the follow-up are one key away."""

    HELP_TOPIC = "report"
    CSS = """
    ReportScreen VerticalScroll { padding: 1 2; }
    ReportScreen #report { height: auto; max-width: 100; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape", "home", "done", id="report.home", key_display="enter"),
        Binding("t", "transcript", "your answers", id="report.transcript"),
        Binding("f", "followup", "follow-up", id="report.followup"),
        Binding("a", "once_more", "practise again", id="report.again"),
    ]

    def __init__(self, session_id: str) -> None:
        super().__init__()
        self._session_id = session_id

    @property
    def _app(self) -> "SecondRound":
        return cast("SecondRound", self.app)

    def compose(self) -> ComposeResult:
        with Horizontal(classes="title-row"):
            yield Static("Second Round", classes="name")
            yield Static("Report", classes="where")
        with VerticalScroll():
            yield Static("One moment", id="report", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()
        self._read()

    @work(thread=True, exit_on_error=False)
    def _read(self) -> None:
        from simulator.sessions.report import as_text, session_report

        try:
            width = max(50, min(96, self.size.width - 8))
            report = as_text(session_report(self._app.studio.store.session(self._session_id)), width, named=False)
        except Problem as problem:
            report = str(problem)
        self.app.call_later(self._show, report)
        self._app.studio.archive_recordings(self._session_id)

    def _show(self, report: str) -> None:
        if self._app.shows(self):
            self.query_one("#report", Static).update(report)

    def action_home(self) -> None:
        """Back to the home screen."""
        self.app.pop_screen()

    def action_transcript(self) -> None:
        """The scored transcript of this session."""
        from simulator.tui.screens.session import SessionScreen

        self.app.push_screen(SessionScreen(self._session_id))

    def action_followup(self) -> None:
        """Thank-you letters and what comes after."""
        from simulator.tui.screens.followup import FollowupScreen

        self.app.push_screen(FollowupScreen(self._session_id))

    def action_once_more(self) -> None:
        """The same set-up, new questions."""
        self.app.pop_screen()
        self._app.go("setup")

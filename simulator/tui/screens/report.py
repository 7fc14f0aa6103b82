"""The report at the end of an interview: levels, what to do next, what was noticed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from simulator.classroom.assignment import ASSIGNMENT
from simulator.errors import UserError
from simulator.sessions.report import session_report
from simulator.sessions.times import length_words
from simulator.tui.base_app import AppScreen
from simulator.tui.faces import look_of_interviewer
from simulator.tui.screens.answer_actions import try_again
from simulator.tui.widgets.footer import Keys
from simulator.tui.widgets.portrait import Portrait
from simulator.tui.widgets.report_view import ReportView
from simulator.tui.widgets.title_row import title_row

if TYPE_CHECKING:
    from simulator.interview.interviewer import Interviewer
    from simulator.sessions.report import Report
    from simulator.sessions.session import Answer, Session


MOST_FACES = 3


class ReportScreen(AppScreen[None]):
    """One session's report; the scored transcript and what comes after the interview are one key away."""

    HELP_TOPIC = "report"
    CSS_PATH = "report.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape", "home", "done", id="report.home"),
        Binding("a", "once_more", "practise", id="report.again"),
        Binding("s", "answer_skipped", "skipped", id="report.skipped"),
        Binding("t", "transcript", "answers", id="report.transcript"),
        Binding("f", "followup", "after the interview", id="report.followup"),
    ]

    def __init__(self, session_id: str) -> None:
        super().__init__()
        self._session_id = session_id
        self._skipped: Sequence[Answer] = ()
        self._drawn = False

    def compose(self) -> ComposeResult:
        yield title_row("Report")
        with VerticalScroll(id="report-scroll"):
            yield ReportView(id="report", head=[Static("One moment", id="thanks-words", markup=False)])
        yield Keys()

    def takes_once(self, key: str) -> bool:
        """Enter held down at the end of an interview does not start the next one."""
        return key in ("enter", "escape")

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()
        self._read()

    def on_screen_resume(self) -> None:
        """Back from a question that was skipped: it is answered now."""
        if self._drawn:
            self._read()

    @work(thread=True, exclusive=True, group="read", exit_on_error=False)
    def _read(self) -> None:
        services = self._app.services
        try:
            session = services.data.store.session(self._session_id)
            later = services.data.store.answered_later(session)
            met = services.panels.met_in(session)
        except UserError as problem:
            self.app.call_later(self._app.tell, problem)
            return
        self.app.call_later(self._show, session_report(session, later), met)
        services.recordings.turn_into_flac(self._session_id)

    def _show(self, report: "Report", met: "Sequence[Interviewer]") -> None:
        if not self._app.shows(self):
            return
        session = report.session
        self.query_one("#thanks-words", Static).update(goodbye(session))
        people = () if self._drawn else met[:MOST_FACES]
        self._drawn = True
        for number, person in enumerate(people):
            face = Portrait(look_of_interviewer(person), still=True)
            face.set_class(number > 0, "-another")
            self.query_one("#report-head").mount(face, before=number)
        self.query_one(ReportView).show(report)
        self._skipped = report.skipped
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self._skipped) if action == "answer_skipped" else True

    def action_answer_skipped(self) -> None:
        """The first question that was skipped, as a drill; there is no way back into the interview."""
        try_again(self._app, self._skipped[0])

    def action_home(self) -> None:
        """Back to the home screen."""
        self.app.pop_screen()

    def action_transcript(self) -> None:
        """The scored transcript of this session."""
        from simulator.tui.screens.session import SessionScreen  # late

        self.app.push_screen(SessionScreen(self._session_id))

    def action_followup(self) -> None:
        """Thank-you letters and what comes after."""
        from simulator.tui.screens.followup import FollowupScreen  # late

        self.app.push_screen(FollowupScreen(self._session_id))

    def action_once_more(self) -> None:
        """The same set-up, new questions."""
        self.app.pop_screen()
        self._app.go("setup")


def goodbye(session: "Session") -> Content:
    """A word at the end, and what this was; only what is true."""
    length = length_words(session.started_at, session.finished_at)
    thanks = f"Thank you, {session.candidate_name}." if session.candidate_name else "Thank you."
    summary = f"You answered {session.answered_words}." if session.questions_answered else "Come back any time."
    what = ", ".join(filter(None, (session.bank_title or session.bank_id, session.mode.value, length)))
    return Content.assemble(
        (f"{thanks} {summary}", "bold"),
        (f"\n{what}\n", "$text-muted"),
        "For your coach: T, then H makes the file to send.\n" if session.bank_id.startswith(ASSIGNMENT) else "",
    )

"""One past session: its answers, its report, and what can be done with it."""

from pathlib import Path
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
from simulator.sessions.report import as_text, level_bar, rubric_title, session_report
from simulator.sessions.session import Session
from simulator.tui.widgets.lists import OpeningList

if TYPE_CHECKING:
    from simulator.tui.app import SecondRound
    from simulator.tui.screens.sharing import Shared


class SessionScreen(Screen[None]):
    """One session: its answers, and its report."""

    HELP_TOPIC = "history"
    CSS = """
    SessionScreen #answers { height: auto; max-height: 50%; }
    SessionScreen VerticalScroll { height: 1fr; padding: 1 2; }
    SessionScreen #report { height: auto; max-width: 100; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "export", "export", id="session.export"),
        Binding("f", "followup", "follow-up", id="session.followup"),
        Binding("g", "go_on", "go on with it", id="session.go_on"),
        Binding("escape", "app.pop_screen", "back", id="session.back"),
    ]

    def __init__(self, session_id: str) -> None:
        super().__init__()
        self._session_id = session_id
        self._session: Session | None = None

    @property
    def _app(self) -> "SecondRound":
        return cast("SecondRound", self.app)

    def compose(self) -> ComposeResult:
        with Horizontal(classes="title-row"):
            yield Static("Second Round", classes="name")
            yield Static("", classes="where", id="where", markup=False)
        yield OpeningList(id="answers")
        with VerticalScroll(can_focus=True):
            yield Static("", id="report", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one("#answers").focus()
        self._read()

    def on_screen_resume(self) -> None:
        if self._session is not None:
            self._read()

    @work(thread=True, exclusive=True, group="read", exit_on_error=False)
    def _read(self) -> None:
        try:
            session = self._app.studio.store.session(self._session_id)
        except Problem as problem:
            self.app.call_later(self._app.tell, problem)
            return
        width = max(50, min(96, self.app.size.width - 8))
        self.app.call_later(self._show, session, as_text(session_report(session), width, named=False))

    def _show(self, session: Session, report: str) -> None:
        if not self._app.shows(self):
            return
        self._session = session
        when = session.started_at[:16].replace("T", " ")
        self.query_one("#where", Static).update(f"{when}   {session.bank_title}   {session.mode.value}")
        answers = self.query_one("#answers", OptionList)
        marked = answers.highlighted or 0
        answers.clear_options()
        for answer in session.answers:
            card = answer.scorecard
            levels = "not scored"
            if answer.skipped:
                levels = "skipped"
            elif card and card.scored:
                shown = [r for r in card.rubrics if r in answer.question.rubrics or not answer.question.rubrics]
                scored = [(rubric, card.level(rubric)) for rubric in shown]
                levels = "  ".join(f"{rubric_title(r)} {level_bar(n)} {n}" for r, n in scored if n is not None)
            attempt = f" (attempt {answer.attempt})" if answer.attempt > 1 else ""
            title = f"{answer.position + 1}. {answer.question.ask}{attempt}"
            answers.add_option(Option(Content.assemble((title, "bold"), f"\n   {levels}"), id=answer.id))
        if session.answers:
            answers.highlighted = min(marked, len(session.answers) - 1)
        self.query_one("#report", Static).update(report)
        self.refresh_bindings()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        from simulator.tui.screens.transcript import TranscriptScreen

        if event.option_id:
            self.app.push_screen(TranscriptScreen(event.option_id))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        session = self._session
        if action == "go_on":
            return bool(session and not session.finished and session.place)
        if action == "followup":
            return bool(session and session.finished)
        return True

    def action_go_on(self) -> None:
        """Go on with an interview that was left."""
        try:
            self._app.open_interview(resume=self._session_id)
        except Problem as problem:
            self._app.tell(problem)

    def action_export(self) -> None:
        """Make a page of this session in the exports folder, after asking what goes into it."""
        from simulator.tui.screens.sharing import SharingScreen

        if self._session is not None:
            folder = self._app.places.recordings
            spoken = [each.recording for answer in self._session.answers for each in answer.utterances]
            with_sound = any(name and (folder / name).is_file() for name in spoken)
            self.app.push_screen(SharingScreen(with_sound), self._export)

    def _export(self, what: "Shared | None") -> None:
        if what is not None and self._session is not None:
            self.notify("Making the page.")
            self._write_page(self._session, what)

    @work(thread=True, group="export", exit_on_error=False)
    def _write_page(self, session: Session, what: "Shared") -> None:
        from simulator.tui.screens.sharing import write_page

        try:
            path = write_page(session, what, self._app.places)
        except Problem as problem:
            self.app.call_later(self._app.tell, problem)
            return
        self.app.call_later(self._tell_saved, path)

    def _tell_saved(self, path: Path) -> None:
        self.notify(f"Saved as {path}. 'sessions export' offers other formats.", markup=False, timeout=10)

    def action_followup(self) -> None:
        """Thank-you letters and what comes after."""
        from simulator.tui.screens.followup import FollowupScreen

        self.app.push_screen(FollowupScreen(self._session_id))

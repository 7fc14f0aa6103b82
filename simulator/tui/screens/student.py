"""One student of a class: every answer, the latest session first."""

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from simulator.errors import UserError
from simulator.sessions.coach_feedback import feedback_in
from simulator.sessions.session import Answer, Session, shown_scores
from simulator.sessions.times import moment_words
from simulator.tui.base_app import AppScreen
from simulator.tui.garbage_collection import settle_garbage_collector
from simulator.tui.widgets.card import panel
from simulator.tui.widgets.columns import Listed
from simulator.tui.widgets.footer import Keys
from simulator.tui.widgets.level_bars import named
from simulator.tui.widgets.lists import OpeningList
from simulator.tui.widgets.title_row import title_row


class StudentScreen(AppScreen[None]):
    """Answers with their levels; Enter opens one to comment on."""

    HELP_TOPIC = "student"
    CSS_PATH = "student.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", "back", id="student.back"),
    ]

    def __init__(self, class_id: str, student_id: str) -> None:
        super().__init__()
        self._class_id, self._student_id = class_id, student_id
        self._read_once = False

    def compose(self) -> ComposeResult:
        yield title_row()
        yield panel(OpeningList(id="answers"), "Answers, the latest session first")
        yield Static("", classes="empty", id="empty", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        self.query_one("#answers").focus()
        self._read()

    def on_screen_resume(self) -> None:
        """Back from an answer: what was said of it shows."""
        if self._read_once:
            self._read()

    @work(thread=True, exclusive=True, group="read", exit_on_error=False)
    def _read(self) -> None:
        classes = self._app.services.data.classes
        try:
            roster = classes.rosters.get(self._class_id)
            student = roster.student(self._student_id)
            sessions = list(classes.sessions_of(roster.id, student.id))
            commented = {answer_id for each in sessions for answer_id in feedback_in(classes.store, each)}
        except UserError as problem:
            self.app.call_later(self._app.tell, problem)
            return
        self.app.call_later(self._show, f"{student.name}, {roster.name}", sessions, commented)

    def _show(self, who: str, sessions: list[Session], commented: set[str]) -> None:
        if not self._app.shows(self):
            return
        self._read_once = True
        self.query_one("#where", Static).update(who)
        answers = self.query_one("#answers", OptionList)
        marked = answers.highlighted or 0
        answers.clear_options()
        for session in reversed(sessions):
            when = moment_words(session.started_at, self._app.today())
            title = f"{when}   {session.bank_title or session.bank_id}, {session.mode.value}"
            answers.add_option(Option(Content.styled(title, "$text-muted"), disabled=True))
            for answer in session.answers:
                answers.add_option(Option(_answer_words(answer, answer.id in commented), id=answer.id))
        self.query_one("#empty", Static).update("" if sessions else "Nothing practised yet.")
        self.query_one("#empty").display = not sessions
        answers.display = bool(sessions)
        if sessions:
            answers.highlighted = min(max(1, marked), answers.option_count - 1)
        settle_garbage_collector("student")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open an answer."""
        from simulator.tui.screens.coaching import CoachScreen  # late

        if event.option_id and self.app.screen is self:
            self.app.push_screen(CoachScreen(event.option_id))


def _answer_words(answer: Answer, commented: bool) -> Listed:
    levels = named((each.rubric, each.level) for each in shown_scores(answer))
    attempt = f" (try {answer.attempt})" if answer.attempt > 1 else ""
    what = Content("skipped") if answer.skipped else levels if levels.plain else Content("no level")
    note = "  ✎ commented" if commented else ""
    number = Content.styled(f"{answer.position + 1}. ", "bold")
    return Listed(number, Content.assemble((f"{answer.question.ask}{attempt}", "bold"), "\n", what, note))

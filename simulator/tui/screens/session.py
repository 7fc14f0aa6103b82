"""One past session: its answers, its report, and what can be done with it."""

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from simulator.classroom.assignment import ASSIGNMENT
from simulator.errors import UserError
from simulator.paths import private_folder
from simulator.sessions.coach_feedback import feedback_in
from simulator.sessions.recordings import found, names_of
from simulator.sessions.report import Report, session_report
from simulator.sessions.session import Answer, Session, counted_scores
from simulator.sessions.times import length_words, moment_words
from simulator.tui.base_app import AppScreen
from simulator.tui.screens.save_as_story import save_as_story
from simulator.tui.screens.saved import SavedScreen
from simulator.tui.widgets.card import around, panel, retitle
from simulator.tui.widgets.columns import flowing, hanging
from simulator.tui.widgets.footer import Keys
from simulator.tui.widgets.level_bars import named_level
from simulator.tui.widgets.lists import OpeningList
from simulator.tui.widgets.report_view import NO_LEVEL, ReportView
from simulator.tui.widgets.title_row import title_row

if TYPE_CHECKING:
    from simulator.tui.screens.sharing import SharedPage


TITLE = "Your answers: Enter opens one"
NOTHING_ANSWERED = "No question was answered."


class SessionScreen(AppScreen[None]):
    """One session: its answers, and its report."""

    HELP_TOPIC = "session"
    CSS_PATH = "session.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "as_story", "as story", id="session.story"),
        Binding("x", "export", "export", id="session.export"),
        Binding("f", "followup", "after the interview", id="session.followup"),
        Binding("s", "rescore", "score again", id="session.rescore"),
        Binding("h", "hand_in", "for your coach", id="session.hand_in"),
        Binding("g", "go_on", "go on", id="session.go_on"),
        Binding("escape", "app.pop_screen", "back", id="session.back"),
    ]

    def __init__(self, session_id: str) -> None:
        super().__init__()
        self._session_id = session_id
        self._session: Session | None = None

    def compose(self) -> ComposeResult:
        yield title_row()
        yield panel(OpeningList(id="answers"), TITLE)
        with VerticalScroll(id="report-scroll", can_focus=True):
            yield ReportView(id="report")
        yield Keys()

    def on_mount(self) -> None:
        self.query_one("#answers").focus()
        self._read()

    def on_resize(self) -> None:
        """Another width has other lines."""
        self.on_screen_resume()

    def on_screen_resume(self) -> None:
        if self._session is not None:
            self._read()

    @work(thread=True, exclusive=True, group="read", exit_on_error=False)
    def _read(self) -> None:
        try:
            store = self._app.services.data.store
            session = store.session(self._session_id)
            later = store.answered_later(session)
            told = {each: feedback.whose for each, feedback in feedback_in(store, session).items()}
        except UserError as problem:
            self.app.call_later(self._app.tell, problem)
            return
        self.app.call_later(self._show, session, session_report(session, later), told)

    def _show(self, session: Session, report: Report, told: dict[str, str]) -> None:
        """Draw it; `told` says for each answer that a coach spoke of whose words wait there."""
        if not self._app.shows(self):
            return
        self._session = session
        length = length_words(session.started_at, session.finished_at)
        words = [moment_words(session.started_at, self._app.today()), length, session.bank_title, session.mode.value]
        self.query_one("#where", Static).update("   ".join(each for each in words if each))
        answers = self.query_one("#answers", OptionList)
        marked = answers.highlighted or 0
        answers.clear_options()
        # The bar at the side, and a column on either side of a line.
        width = (answers.content_size.width or self.app.size.width - around(self)) - 3
        for answer in session.answers:
            under = [each.stylize_before("$text-muted") for each in _levels(answer)]
            tried = session.attempt_words(answer)
            attempt = f" ({tried})" if tried else ""
            # The goodbye answers no question, and is counted as none.
            number = Content.styled("" if answer.is_goodbye else f"{answer.position + 1}.", "bold")
            title = Content.styled(f"{answer.question.ask}{attempt}", "bold")
            if answer.id in told:
                under.append(Content(f"✎ {told[answer.id]}"))
            lines = [
                *hanging(number, title, 3, width),
                *(Content("   ") + each for each in flowing(under, width - 3)),
            ]
            answers.add_option(Option(Content("\n").join(lines), id=answer.id))
        if session.answers:
            answers.highlighted = min(marked, len(session.answers) - 1)
        else:
            answers.add_option(Option(Content.styled(NOTHING_ANSWERED, "$text-muted"), disabled=True))
        retitle(answers, TITLE, f"answered: {session.answered_words}" if session.questions_answered else "")
        self.query_one(ReportView).show(report)
        self.refresh_bindings()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        from simulator.tui.screens.transcript import TranscriptScreen  # late

        if event.option_id:
            self.app.push_screen(TranscriptScreen(event.option_id))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        session = self._session
        if action == "go_on":
            return bool(session and not session.finished and session.place)
        if action == "rescore":
            return bool(session and any(answer.scorecard for answer in session.answers))
        if action == "as_story":
            return self._marked is not None
        if action in ("followup", "hand_in"):
            return bool(session and session.finished)
        return True

    def in_footer(self, action: str) -> bool:
        """An assignment is for the coach: what else can be made of it is listed by F1."""
        session = self._session
        assigned = session is not None and session.bank_id.startswith(ASSIGNMENT)
        return not (assigned and action.partition("(")[0] in ("as_story", "followup"))

    def action_go_on(self) -> None:
        """Go on with an interview that was left."""
        try:
            self._app.open_interview(resume=self._session_id)
        except UserError as problem:
            self._app.tell(problem)

    @property
    def _marked(self) -> Answer | None:
        """The answer that is marked, where something was said in it."""
        option = next((each.highlighted_option for each in self.query("#answers").results(OptionList)), None)
        answers = self._session.answers if self._session else ()
        return next((each for each in answers if option and each.id == option.id and each.utterances), None)

    def action_as_story(self) -> None:
        """Take the marked answer over as one of the candidate's stories."""
        if answer := self._marked:
            save_as_story(self._app, answer)

    def on_option_list_option_highlighted(self) -> None:
        self.refresh_bindings()

    def action_rescore(self) -> None:
        """Score every answer anew, as answers are read today."""
        self.notify("Scoring the answers again.")
        self._rescore()

    @work(thread=True, exclusive=True, group="rescore", exit_on_error=False)
    def _rescore(self) -> None:
        try:
            self._app.services.rescoring.rescore(self._session_id)
        except UserError as problem:
            self.app.call_later(self._app.tell, problem)
            return
        self.app.call_later(self._read)

    def action_export(self) -> None:
        """Make a page of this session among the user's documents, after asking what goes into it."""
        from simulator.tui.screens.sharing import SharingScreen  # late

        if self._session is not None:
            folder = self._app.paths.recordings
            with_sound = any(found(folder, name) for name in names_of(self._session.answers))
            self.app.push_screen(SharingScreen(with_sound), self._export)

    def _export(self, what: "SharedPage | None") -> None:
        if what is not None and self._session is not None:
            self.notify("Making the page.")
            self._write_page(self._session, what)

    @work(thread=True, group="export", exit_on_error=False)
    def _write_page(self, session: Session, what: "SharedPage") -> None:
        from simulator.tui.screens.sharing import write_page  # late

        try:
            path = write_page(session, what, self._app.paths)
        except UserError as problem:
            self.app.call_later(self._app.tell, problem)
            return
        self.app.call_later(self._tell_saved, path)

    def action_hand_in(self) -> None:
        """Put this session with its recordings into one file, for a coach."""
        if self._session is not None:
            self._write_one(self._session)

    @work(thread=True, group="export", exit_on_error=False)
    def _write_one(self, session: Session) -> None:
        from simulator.sessions.archive import write_one  # late

        paths = self._app.paths
        try:
            path = private_folder(paths.exports) / f"session-{session.id}.zip"
            write_one(session, paths.recordings, path)
        except UserError as problem:
            self.app.call_later(self._app.tell, problem)
            return
        self.app.call_later(self._tell_handed_in, path)

    def _tell_handed_in(self, path: Path) -> None:
        self.notify(f"For your coach, with words and sound: {path}.", markup=False, timeout=10)

    def _tell_saved(self, path: Path) -> None:
        if self._app.shows(self):
            self.app.push_screen(SavedScreen(path, "A page for any browser. Nobody but you can read the file."))

    def action_followup(self) -> None:
        """Thank-you letters and what comes after."""
        from simulator.tui.screens.followup import FollowupScreen  # late

        self.app.push_screen(FollowupScreen(self._session_id))


def _levels(answer: Answer) -> list[Content]:
    """What became of an answer: each level beside the own rating, or why there is none."""
    if answer.skipped:
        return [Content("skipped")]
    if answer.is_goodbye:
        return [Content("your last words")]
    if not answer.answered:
        return [Content("not reached, only goodbye")]
    card = answer.scorecard
    if not (card and card.scored):
        return [Content("not scored")]
    return [
        named_level(score.rubric, level, answer.self_rating.get(score.rubric))
        for score, level in counted_scores(answer)
    ] or [Content(NO_LEVEL)]

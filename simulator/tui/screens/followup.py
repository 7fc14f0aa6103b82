"""After an interview: a letter for each interviewer and what to do when."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer, Static, TextArea

from simulator.followup.letters import Letter, draft_letters
from simulator.followup.timeline import timeline_of
from simulator.problems import Problem

if TYPE_CHECKING:
    from simulator.tui.app import SecondRound

EMPTY = "After your first interview, letters to the people you spoke with are drafted here."


class FollowupScreen(Screen[None]):
    """The letters of one session (the latest without one), editable; what to do when stands below."""

    HELP_TOPIC = "followup"
    CSS = """
    FollowupScreen TextArea { height: 1fr; border: none; margin: 0 1; }
    FollowupScreen #sources { height: auto; max-height: 6; padding: 0 2; color: $text-muted; }
    FollowupScreen #steps { height: auto; padding: 1 2 0 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "other(1)", "next letter", id="followup.next"),
        Binding("f5", "copy", "copy", id="followup.copy"),
        Binding("escape", "app.pop_screen", "back", id="followup.back"),
    ]

    def __init__(self, session_id: str = "") -> None:
        super().__init__()
        self._session_id = session_id
        self._letters: tuple[Letter, ...] = ()
        self._texts: list[str] = []
        self._at = 0

    @property
    def _app(self) -> "SecondRound":
        return cast("SecondRound", self.app)

    def compose(self) -> ComposeResult:
        with Horizontal(classes="title-row"):
            yield Static("Second Round", classes="name")
            yield Static("After the interview", id="where", classes="where", markup=False)
        yield TextArea(id="letter", soft_wrap=True)
        with VerticalScroll(id="below", can_focus=False):
            yield Static("", id="sources", markup=False)
            yield Static("", id="steps", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one("#below").styles.height = "auto"
        self._read()

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _read(self) -> None:
        studio = self._app.studio
        try:
            session_id = self._session_id
            if not session_id:
                latest = studio.store.summaries(limit=1, finished=True, with_sample=False)
                session_id = latest[0].id if latest else ""
            if not session_id:
                self.app.call_later(self._show_empty)
                return
            session = studio.store.session(session_id)
            letters = draft_letters(studio.occasion(session.id))
        except Problem as problem:
            self.app.call_later(self._app.tell, problem)
            return
        day = date.fromisoformat((session.finished_at or session.started_at)[:10])
        steps = "\n".join(f"{step.on}  {step.title}" for step in timeline_of(session.id, "", day).steps)
        self.app.call_later(self._show, letters, steps)

    def _show_empty(self) -> None:
        if self._app.shows(self):
            self.query_one("#letter").display = False
            self.query_one("#steps", Static).update(EMPTY)

    def _show(self, letters: tuple[Letter, ...], steps: str) -> None:
        if not self._app.shows(self):
            return
        self._letters, self._texts, self._at = letters, [letter.text for letter in letters], 0
        self.query_one("#steps", Static).update(steps)
        self._draw()

    def _draw(self) -> None:
        letter = self._letters[self._at]
        number = f"   {self._at + 1} of {len(self._letters)}" if len(self._letters) > 1 else ""
        self.query_one("#where", Static).update(f"After the interview   letter to {letter.to}{number}")
        self.query_one(TextArea).text = self._texts[self._at]
        self.query_one("#sources", Static).update("\n".join(letter.traced()))
        self.query_one(TextArea).focus()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "other":
            return len(self._letters) > 1
        if action == "copy":
            return bool(self._letters)
        return True

    def on_text_area_changed(self) -> None:
        if self._texts:
            self._texts[self._at] = self.query_one(TextArea).text

    def action_other(self, step: int) -> None:
        """The letter to the next interviewer; what was edited stays while the screen is open."""
        self._at = (self._at + step) % len(self._letters)
        self._draw()

    def action_copy(self) -> None:
        """Copy the letter as it stands."""
        self.app.copy_to_clipboard(self.query_one(TextArea).text)
        self.notify("Copied.")

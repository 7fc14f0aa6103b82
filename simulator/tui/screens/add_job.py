"""Paste a posting, or name its file; it is taken apart, and what was pasted stays until it could be."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static, TextArea

from simulator.errors import UserError
from simulator.paths import expanded
from simulator.tui.base_app import AppScreen
from simulator.tui.widgets.card import panel
from simulator.tui.widgets.footer import Keys
from simulator.tui.widgets.title_row import title_row

HOW = "Paste the posting as you found it, all of it; or write the name of its file. Then F9."
LONGEST_NAME = 500


class AddJobScreen(AppScreen[str | None]):
    """The id of the job that was added, or None."""

    HELP_TOPIC = "add_job"
    CSS_PATH = "add_job.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9", "take", "read it", id="add_job.take"),
        Binding("f5", "clipboard", "from the clipboard", id="add_job.clipboard"),
        Binding("escape", "leave", "back", id="add_job.leave"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._leaving = False

    def compose(self) -> ComposeResult:
        yield title_row("A new job")
        yield panel(TextArea(id="posting", soft_wrap=True), "The posting")
        yield panel(Static(HOW, id="about", markup=False), "How")
        yield Keys()

    def on_mount(self) -> None:
        self.query_one(TextArea).focus()

    def on_text_area_changed(self) -> None:
        self._leaving = False

    def action_take(self) -> None:
        """Take the posting apart and keep it."""
        text = self.query_one(TextArea).text
        name = text.strip().strip("'\"")
        file = expanded(name) if name and "\n" not in name and len(name) < LONGEST_NAME else None
        self._say("reading")
        self._take(text, file if file is not None and _is_file(file) else None)

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _take(self, text: str, file: Path | None) -> None:
        from simulator.preparation.posting_text import read_posting_file  # late

        self._try(
            lambda: self._app.services.data.repositories.add_job(read_posting_file(file) if file else text).id,
            self._taken,
        )

    def _taken(self, job_id: str) -> None:
        if self._app.shows(self):
            self.dismiss(job_id)

    @work(thread=True, exclusive=True, exit_on_error=False)
    def action_clipboard(self) -> None:
        """Put what is on the clipboard into the box."""
        from simulator.preparation.clipboard import clipboard_text  # late

        self._try(clipboard_text, self._pasted)

    def _pasted(self, text: str) -> None:
        if self._app.shows(self):
            self.query_one(TextArea).insert(text)
            self._say(HOW)

    def _try(self, do: Callable[[], str], then: Callable[[str], None]) -> None:
        try:
            found = do()
        except UserError as problem:
            self.app.call_later(self._say, f"✗ {problem}")
            return
        self.app.call_later(then, found)

    def _say(self, words: str) -> None:
        if self._app.shows(self):
            self.query_one("#about", Static).update(words)

    def action_leave(self) -> None:
        """Back without a job; asked for twice where something was pasted."""
        if not self._leaving and self.query_one(TextArea).text.strip():
            self._leaving = True
            self.notify("Esc again leaves without saving the posting. F9 saves it.")
            return
        self.dismiss(None)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False

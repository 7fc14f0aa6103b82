"""What goes into a page that is made of a session: the user chooses before anything is written."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from simulator.errors import UserError
from simulator.paths import AppPaths, private_folder, whole_file
from simulator.sessions.export import SessionFormat, export, sounds_in
from simulator.sessions.session import Session
from simulator.tui.widgets.footer import Keys


@dataclass(frozen=True, slots=True)
class SharedPage:
    """What goes into the page."""

    words: bool
    sound: bool

    @property
    def ending(self) -> str:
        """Of the file's name, so that one kind of page does not take the place of another."""
        return "" if self.words and not self.sound else "-with-sound" if self.sound else "-levels"


CHOICES = (
    (
        SharedPage(words=True, sound=False),
        "Words and levels, no sound",
        "what was asked and said, and what it earned",
    ),
    (
        SharedPage(words=True, sound=True),
        "Words, levels and sound",
        "the recordings are inside the page, to be played",
    ),
    (SharedPage(words=False, sound=False), "Levels only", "nothing of what you said, not even in quotes"),
)


def write_page(session: Session, what: SharedPage, paths: AppPaths) -> Path:
    """Write the page to the exports folder, for this user alone. Raises UserError when it cannot be written."""
    path = private_folder(paths.exports) / f"{session.id}{what.ending}.html"
    sound_of = sounds_in(paths.recordings) if what.sound else None
    page = export(session, SessionFormat.HTML, what.words, sound_of)
    try:
        with whole_file(path) as file:
            file.write(page.encode())
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror or error}.", "Check the disk.") from None
    return path


class SharingScreen(ModalScreen[SharedPage | None]):
    """Asks what goes into the page; sound is offered only where there is some. Dismissed with None when left."""

    CSS_PATH = "sharing.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "leave it", id="sharing.leave")]

    def __init__(self, with_sound: bool) -> None:
        super().__init__()
        self._choices = [choice for choice in CHOICES if with_sound or not choice[0].sound]

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("A page of this session. What goes into it?", classes="heading", markup=False)
            yield OptionList(
                *(
                    Option(Content.assemble((title, "bold"), (f"\n  {more}", "$text-muted")))
                    for _, title, more in self._choices
                )
            )
        yield Keys()

    def on_mount(self) -> None:
        options = self.query_one(OptionList)
        options.highlighted = 0
        options.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._choices[event.option_index][0])

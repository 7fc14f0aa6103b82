"""A letter for the mail program: opened in it where there is a desktop, else a link that is copied and shown."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from simulator.tui.opening import open_outside, opener
from simulator.tui.widgets.footer import Keys


class MailLink(ModalScreen[None]):
    """Opens the link, which was copied before; where nothing opens it, it is shown."""

    CSS_PATH = "mail_link.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "open", "open", id="mail.open"),
        Binding("c", "copy", "copy link", id="mail.copy"),
        Binding("escape,enter", "dismiss", "back", id="mail.back"),
    ]

    def __init__(self, to: str, email: str, link: str) -> None:
        super().__init__()
        self._to, self._email, self._link = to, email, link
        self._opens = opener() is not None

    def compose(self) -> ComposeResult:
        how = (
            "O opens it in your mail program."
            if self._opens
            else "The link is copied. Put it into the address line of a browser, and the mail program opens with it."
        )
        address = "" if self._email else " No mail address is known, so that stays to be filled in."
        with Vertical(classes="dialog"):
            yield Static(f"Mail the letter to {self._to}", classes="heading", markup=False)
            yield Static(f"{how} Nothing is sent before you send it.{address}", classes="words", markup=False)
            if not self._opens:
                with VerticalScroll():
                    yield Static(self._link, id="link", markup=False)
        yield Keys()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self._opens if action == "open" else True

    def action_open(self) -> None:
        """Open the letter in the mail program."""
        try:
            open_outside(self._link)
        except OSError as error:
            self.notify(f"It could not be opened: {error.strerror or error}. C copies the link.", severity="warning")
            return
        self.notify("It opens in your mail program. If nothing opens, C copies the link for a browser.")

    def action_copy(self) -> None:
        """Copy the link."""
        self.app.copy_to_clipboard(self._link)
        self.notify("The link is copied.")

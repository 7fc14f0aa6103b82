"""A link that opens a letter in the mail program: shown, for terminals that cannot put it in the clipboard."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from simulator.tui.widgets.footer import Keys


class MailLink(ModalScreen[None]):
    """Shows the link; it was copied before."""

    CSS_PATH = "mail_link.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "copy", "copy again", id="mail.copy"),
        Binding("escape,enter", "dismiss", "back", id="mail.back"),
    ]

    def __init__(self, to: str, email: str, link: str) -> None:
        super().__init__()
        self._to, self._email, self._link = to, email, link

    def compose(self) -> ComposeResult:
        address = "" if self._email else " No mail address is known, so that stays to be filled in."
        with Vertical(classes="dialog"):
            yield Static(f"A mail link with the letter to {self._to}", classes="heading", markup=False)
            yield Static(
                Content(
                    "It is copied. Put it into the address line of a browser, and the mail program opens with the "
                    f"letter in it. Nothing is sent before you send it.{address}"
                ),
                classes="words",
            )
            with VerticalScroll():
                yield Static(self._link, id="link", markup=False)
        yield Keys()

    def action_copy(self) -> None:
        """Copy the link."""
        self.app.copy_to_clipboard(self._link)
        self.notify("The link is copied.")

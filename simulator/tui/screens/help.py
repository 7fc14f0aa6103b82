"""Help for where you are: what this screen is for and its keys."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Markdown

from simulator.paths import shipped
from simulator.tui.widgets.footer import Keys


def help_text(topic: str) -> str:
    """The help page of a topic (`assets/help/TOPIC.md`), or the one of the home screen."""
    folder = shipped("assets") / "help"
    page = folder / f"{topic}.md"
    return (page if page.is_file() else folder / "home.md").read_text(encoding="utf-8")


class HelpScreen(ModalScreen[None]):
    """One page of help over the screen it is about."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "dismiss(None)", "close", id="help.close", key_display="esc"),
    ]

    def __init__(self, topic: str) -> None:
        super().__init__()
        self._topic = topic

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Markdown(help_text(self._topic))
        yield Keys()

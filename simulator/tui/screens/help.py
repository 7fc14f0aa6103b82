"""Help for where you are: what this screen is for and its keys."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Markdown, Static

from simulator.paths import shipped
from simulator.tui.widgets.footer import Keys


def help_text(topic: str) -> str:
    """The help page of a topic (`assets/help/TOPIC.md`), or the one of the home screen."""
    folder = shipped("assets") / "help"
    page = folder / f"{topic}.md"
    return (page if page.is_file() else folder / "home.md").read_text(encoding="utf-8")


def more_keys_text(keys: Sequence[tuple[str, str]]) -> Content:
    """A line for each key."""
    width = max(len(key) for key, _ in keys)
    lines = [Content.assemble((f"{key:{width}}  ", "bold $accent"), words) for key, words in keys]
    return Content("\n").join([Content.styled("More keys that work now", "bold"), *lines])


class HelpScreen(ModalScreen[None]):
    """One page of help over the screen it is about."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "dismiss(None)", "close", id="help.close", key_display="esc"),
    ]

    def __init__(self, topic: str, more_keys: Sequence[tuple[str, str]] = ()) -> None:
        """`more_keys` are those the footer of the screen below had no room for, and what they do."""
        super().__init__()
        self._topic, self._more_keys = topic, more_keys

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            if self._more_keys:
                yield Static(more_keys_text(self._more_keys), id="more-keys")
            yield Markdown(help_text(self._topic))
        yield Keys()

"""The keys below each screen, never cut off: where there is little room the rarer ones wait in the help."""

from textual import events
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

ALWAYS = ("f1", "question_mark", "escape")
"""Help, which lists all keys, and the way out stay."""


class Keys(Footer):
    """A footer with as many keys as fit, those named first before those named later."""

    def __init__(self) -> None:
        super().__init__(show_command_palette=False)

    def compose(self) -> ComposeResult:
        # A screen that is still being built, or taken down, cannot tell yet which of its keys are of use.
        if self.screen.is_mounted and self.screen.is_running:
            yield from fitting(list(super().compose()), self.app.size.width)

    def on_resize(self, event: events.Resize) -> None:
        """Another width has room for other keys."""
        if self.is_attached and self.query(FooterKey):
            self.call_after_refresh(self.recompose)


def fitting(keys: list[Widget], room: int) -> list[Widget]:
    """The keys that fit into `room` columns, in their order."""
    kept = list(keys)
    for key in reversed(keys):
        if sum(map(_width, kept)) <= room:
            break
        if isinstance(key, FooterKey) and key.key not in ALWAYS:
            kept.remove(key)
    return kept


def _width(key: Widget) -> int:
    # One column before the key, one after it, one after the words.
    return len(key.key_display) + len(key.description) + 3 if isinstance(key, FooterKey) else 0

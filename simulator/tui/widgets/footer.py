"""The keys below each screen, in the order of its `BINDINGS`, never cut off.

Where there is little room, or a screen has many (its `in_footer` tells), the rarer ones are listed by F1 alone.
"""

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

ALWAYS = ("f1", "question_mark", "escape", "q")
"""Help, which lists all keys, and the way out stay: back, or at home out of the app."""
MORE = "more"
"""What F1 is named where it lists keys there was no room for; as long as "help"."""


class Keys(Footer):
    """A footer with as many keys as fit, those named first before those named later."""

    def __init__(self) -> None:
        super().__init__(show_command_palette=False)

    def compose(self) -> ComposeResult:
        # A screen that is still being built, or taken down, cannot tell yet which of its keys are of use.
        if self.screen.is_mounted and self.screen.is_running:
            keys = list(super().compose())
            for key in keys:
                if isinstance(key, FooterKey):
                    # Else each key is styled twice more: for the default, and for what it then follows.
                    key.set_reactive(FooterKey.compact, self.compact)
            wanted: Callable[[str], bool] = getattr(self.screen, "in_footer", lambda _action: True)
            yield from fitting(keys, self.app.size.width, wanted)

    async def recompose(self) -> None:
        """Draw the keys anew where they are others than those shown."""
        shown = [_shown(key) for key in self.query(FooterKey)]
        if not shown or [_shown(key) for key in self.compose() if isinstance(key, FooterKey)] != shown:
            await super().recompose()

    def on_resize(self, event: events.Resize) -> None:
        """Another width has room for other keys."""
        if self.is_attached and self.query(FooterKey):
            self.call_after_refresh(self.recompose)


def fitting(keys: list[Widget], room: int, wanted: Callable[[str], bool]) -> list[Widget]:
    """The keys whose action is `wanted` and that fit into `room` columns, in order."""
    every = [key for key in keys if isinstance(key, FooterKey)]
    kept = [key for key in every if key.key in ALWAYS or wanted(key.action.partition("(")[0])]
    if len(kept) == len(every) and sum(map(_width, kept)) <= room:
        return keys
    for key in reversed(list(kept)):
        if sum(map(_width, kept)) > room and key.key not in ALWAYS:
            kept.remove(key)
    for key in kept:
        if len(kept) < len(every) and key.action.endswith("help"):
            key.description = MORE
    return list(kept)


def _shown(key: FooterKey) -> tuple[object, ...]:
    return key.key, key.key_display, key.description, key.action, key.has_class("-disabled"), key.tooltip


def _width(key: FooterKey) -> int:
    # One column before the key, one after it, one after the words.
    return len(key.key_display) + len(key.description) + 3

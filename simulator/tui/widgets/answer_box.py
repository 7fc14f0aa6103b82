"""Where an answer is typed: Enter sends it, Ctrl+J (or Shift+Enter where the terminal knows it) starts a line."""

from textual import events
from textual.message import Message
from textual.widgets import TextArea


class AnswerBox(TextArea):
    """A text area that hands its text in on Enter."""

    class HandedIn(Message):
        """The candidate pressed Enter, on something typed or on nothing."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.HandedIn(self.text))
            return
        if event.key in ("shift+enter", "ctrl+j"):
            event.stop()
            event.prevent_default()
            self.insert("\n")
            return
        await super()._on_key(event)

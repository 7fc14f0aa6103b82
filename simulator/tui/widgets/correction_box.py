"""Where a transcript is mended: the marked word is selected, so that typing replaces it; Enter saves."""

from textual import events
from textual.message import Message
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from simulator.speech.transcript import Transcript


class CorrectionBox(TextArea):
    """The words of one utterance. White space of any kind only parts words, so Enter needs no place in it."""

    class Submitted(Message):
        """The words are right now."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id, soft_wrap=True, tab_behavior="focus")

    def mend(self, transcript: Transcript, word: int) -> None:
        """Take these words to be mended, with one of them selected; behind the last one goes on at the end."""
        self.text = transcript.text
        texts = [each.text for each in transcript.words]
        if word < len(texts):
            start = len(" ".join(texts[:word])) + (1 if word else 0)
            self.selection = Selection((0, start), (0, start + len(texts[word])))
            self.scroll_cursor_visible()
        else:
            self.move_cursor(self.document.end)
        self.focus()

    def on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted())

"""What threads and widgets tell the screens.

Floods (levels, partial results, captions) may replace each other on the way; what was heard never.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from simulator.speech.ports import Caption, HeardAnswer, Hearing, PartStatus, SoundLevel


class Called(Message):
    """A thread asks for a call on the screen's own; of neighbours with the same `replaces` the last is enough."""

    def __init__(self, call: Callable[[], None], replaces: str = "") -> None:
        super().__init__()
        self.call = call
        self.replaces = replaces

    def can_replace(self, message: Message) -> bool:
        return bool(self.replaces) and isinstance(message, Called) and message.replaces == self.replaces


class LevelChanged(Message):
    """The microphone's level over the last block."""

    def __init__(self, level: "SoundLevel") -> None:
        super().__init__()
        self.level = level

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, LevelChanged)


class PartialHeard(Message):
    """All words of this answer so far (a partial result)."""

    def __init__(self, turn: int, text: str) -> None:
        super().__init__()
        self.turn = turn
        self.text = text

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, PartialHeard)


class UtteranceFinished(Message):
    """The candidate's words, final. Never dropped."""

    def __init__(self, turn: int, heard: "HeardAnswer") -> None:
        super().__init__()
        self.turn = turn
        self.heard = heard


class ListeningStarted(Message):
    """The microphone is open."""

    def __init__(self, turn: int, hearing: "Hearing") -> None:
        super().__init__()
        self.turn = turn
        self.hearing = hearing


class ListeningFailed(Message):
    """The microphone could not be opened: why, in a sentence."""

    def __init__(self, turn: int, why: str) -> None:
        super().__init__()
        self.turn = turn
        self.why = why


class ListeningTroubled(Message):
    """Something went wrong while one spoke, and one speaks on: what, in a sentence."""

    def __init__(self, turn: int, why: str) -> None:
        super().__init__()
        self.turn = turn
        self.why = why


class CaptionMoved(Message):
    """So much of the interviewer's line has been spoken."""

    def __init__(self, turn: int, caption: "Caption") -> None:
        super().__init__()
        self.turn = turn
        self.caption = caption

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, CaptionMoved)


class LineOver(Message):
    """The interviewer's line was said, or silenced."""

    def __init__(self, turn: int, to_the_end: bool) -> None:
        super().__init__()
        self.turn = turn
        self.to_the_end = to_the_end


class StatusKnown(Message):
    """How far a part is."""

    def __init__(self, status: "PartStatus") -> None:
        super().__init__()
        self.status = status


class Failed(Message):
    """Something went wrong in the background: what, in a sentence."""

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why

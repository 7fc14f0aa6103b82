"""Hearing an answer back: its recordings one behind the other, from any word, at the speed that is wished."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from simulator.sessions.recordings import found
from simulator.sessions.session import Answer
from simulator.speech.transcript import Word
from simulator.tui.base_app import BaseApp

if TYPE_CHECKING:
    from simulator.services import Services

SPEEDS = (0.75, 1.0, 1.25, 1.5, 2.0)


class Heard(Message):
    """This second of an utterance's recording is being heard."""

    def __init__(self, utterance: int, second: float) -> None:
        super().__init__()
        self.utterance = utterance
        self.second = second

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, Heard)


class Silent(Message):
    """Playing an utterance is over, `to_end` or cut short, or could not begin: `why` says so then."""

    def __init__(self, utterance: int, to_end: bool, why: str = "") -> None:
        super().__init__()
        self.utterance = utterance
        self.to_end = to_end
        self.why = why


class AnswerPlayer:
    """Plays the recordings of one answer; `post` takes Heard and Silent, from any thread."""

    def __init__(self, services: "Services", post: Callable[[Message], object], folder: Path | None = None) -> None:
        """`folder` is where the recordings lie, the user's own unless it is said."""
        self._services, self._post = services, post
        self._folder = folder or services.paths.recordings
        self._paths: list[Path | None] = []
        self._begins: list[float] = []
        self._ends: list[float | None] = []
        self.speed = 1.0
        self.skip_pauses = False

    def use(self, answer: Answer) -> None:
        """Play this answer from now on. Looks which recordings are still there."""
        self._paths = [found(self._folder, each.recording) for each in answer.utterances]
        # Where a piece was put between the words of one recording, each part of it has its beginning and its end.
        self._begins = [_begins(answer, number) for number in range(len(answer.utterances))]
        self._ends = [
            next(
                (
                    self._begins[later]
                    for later in range(number + 1, len(answer.utterances))
                    if answer.utterances[later].recording == each.recording
                ),
                None,
            )
            for number, each in enumerate(answer.utterances)
        ]

    @property
    def possible(self) -> bool:
        """Whether any of it can be heard."""
        return any(self._paths)

    @property
    def recordings(self) -> list[Path]:
        """Those there are, in the order they were spoken."""
        return [path for path in self._paths if path is not None]

    @property
    def playing(self) -> bool:
        return self.possible and self._services.sound.player.playing

    @property
    def words(self) -> str:
        """How it is played, with the keys that change it; "" where nothing can be heard."""
        if not self.possible:
            return ""
        return f"S speed {self.speed:g}  K pauses {'skipped' if self.skip_pauses else 'kept'}"

    def has(self, utterance: int) -> bool:
        """Whether there is a recording of this utterance."""
        return utterance < len(self._paths) and self._paths[utterance] is not None

    def play(self, utterance: int, second: float) -> bool:
        """Play from there; what played before stops. False when there is no recording of it."""
        path = self._paths[utterance] if utterance < len(self._paths) else None
        if path is None:
            return False
        troubles: list[str] = []

        end = self._ends[utterance]

        def heard(at: float) -> None:
            if end is None or at < end:
                self._post(Heard(utterance, at))
            else:
                self._post(Silent(utterance, True))

        def over(to_end: bool) -> None:
            self._post(Silent(utterance, to_end, " ".join(troubles)))

        self._services.sound.player.play(
            path,
            second,
            self.speed,
            heard,
            over,
            troubles.append,
            skip_pauses=self.skip_pauses,
        )
        return True

    def play_behind(self, utterance: int) -> bool:
        """Go on with the next utterance that was recorded; False when there is none."""
        following = (n for n in range(utterance + 1, len(self._paths)) if self._paths[n] is not None)
        after = next(following, None)
        return after is not None and self.play(after, self._begins[after])

    def faster(self) -> None:
        """The next speed, the slowest after the fastest."""
        self.speed = SPEEDS[(SPEEDS.index(self.speed) + 1) % len(SPEEDS)]

    def stop(self) -> None:
        if self.possible:
            self._services.sound.player.stop()


def _begins(answer: Answer, number: int) -> float:
    """The second at which the words of an utterance begin, where its recording holds others before them."""
    each = answer.utterances[number]
    shared = each.recording and any(other.recording == each.recording for other in answer.utterances[:number])
    first = next((word.start for word in each.transcript.words if word.start is not None), 0.0)
    return first if shared else 0.0


def play_comment(app: BaseApp, path: Path) -> None:
    """Play a coach's spoken comment; once more stops it."""
    player = app.services.sound.player
    if player.playing:
        player.stop()
        return
    troubles: list[str] = []

    def over(_to_the_end: bool) -> None:
        if troubles:
            app.call_later(app.tell, " ".join(troubles))

    player.play(path, 0.0, 1.0, lambda _at: None, over, troubles.append)


def word_at(words: Sequence[Word], second: float) -> int | None:
    """The word being said at a second of the recording: the last that has begun; None where none has a time."""
    timed = [(word.start, n) for n, word in enumerate(words) if word.start is not None]
    if not timed:
        return None
    return timed[max(0, bisect_right(timed, second, key=lambda each: each[0]) - 1)][1]

"""What the controller of an interview asks of the screen that shows it. A screen decides nothing."""

from collections.abc import Callable, Sequence
from typing import Literal, Protocol

from simulator.errors import UserError
from simulator.interview.events import ShowFeedback
from simulator.sessions.session import Answer
from simulator.speech.ports import SoundLevel

StagePart = Literal["asking", "answering", "typing"]
"""What happens on the stage: somebody asks or waits, the candidate speaks, the candidate types."""


class StageView(Protocol):
    """Where the interview is seen: who speaks, the line, whose turn it is, the candidate's words."""

    @property
    def typed(self) -> str:
        """What stands in the box."""

    def write(self, text: str) -> None:
        """Put this into the box in place of what stands there; typing goes on at its end."""

    def insert(self, text: str) -> None:
        """Add to the box, as if it were typed."""

    def show_part(self, part: StagePart) -> None:
        """Place everything for what happens now."""

    def show_box(self, typing: bool) -> None:
        """Room for typing, or for the words as they are heard."""

    def show_speaker(self, interviewer_id: str, mood: str, what: str = "") -> None:
        """Whose words these are, with `what` they are before the name; `mood` is "speaking" or "listening"."""

    def show_caption(self, text: str, shown: int | None = None) -> None:
        """The line; what was not said yet, from the character `shown` on, is quieter."""

    def move_mouth(self, interviewer_id: str, loudness: Sequence[float]) -> None:
        """The speaker says a word."""

    def show_turn(self, sign: str, words: str, hint: str = "") -> None:
        """Whose turn it is, and the key that matters now."""

    def show_advice(self, advice: str) -> None:
        """What is to be done better in this try; "" for nothing."""

    def show_words(self, heard: str) -> None:
        """The candidate's words so far; "" clears them."""

    def show_level(self, level: SoundLevel | None) -> None:
        """The microphone's level; None where nobody listens."""

    def show_clock(self, *words: str) -> None:
        """The time to think, or the limit."""

    def show_answer_time(self, spent: float, target: int, limit: bool) -> None:
        """The seconds of an answer against its target; with `limit` more is too long."""


class Stoppable(Protocol):
    """A timer that is running."""

    def stop(self) -> None:
        """Its call is not made any more."""


class InterviewView(Protocol):
    """The screen of one interview. Only `later` and `tell_later` may be called from any thread."""

    @property
    def stage(self) -> StageView: ...

    @property
    def shown(self) -> bool:
        """Whether the screen is still there."""

    def later(self, call: Callable[[], None], replaces: str = "") -> None:
        """Make this call on the screen's own thread. Of neighbours with the same `replaces` the last is enough."""

    def in_background(self, call: Callable[[], None], alone: bool = False) -> None:
        """Make this call on a thread of its own; with `alone` the last such call is enough."""

    def after(self, seconds: float, call: Callable[[], None]) -> Stoppable:
        """Make this call on the screen's thread after some time, never none."""

    def tell(self, problem: UserError | str) -> None:
        """Tell what went wrong."""

    def tell_later(self, problem: UserError | str) -> None:
        """The same, from any thread, and even where the screen is gone meanwhile."""

    def tell_once(self, words: str) -> None:
        """Tell something that holds for long, the first time only."""

    def note(self, words: str) -> None:
        """Tell something good to know."""

    def clear_stage(self) -> None:
        """Bring the stage to the front, with an empty box that is not shown."""

    def focus_box(self, on: bool) -> None:
        """Whether keys go into the box."""

    def refresh_keys(self) -> None:
        """Other keys may fit now."""

    def show_where(self, words: str) -> None:
        """Which question of how many, and what interview this is."""

    def show_session_time(self, words: str) -> None:
        """The time of the whole interview."""

    def ask_whether(self, question: str, no: str, yes: str, then: Callable[[], None]) -> None:
        """Ask before something that cannot be taken back, in words for either choice; `then` where it is wished."""

    def rate(
        self, answers: Sequence[Answer], keep: Callable[[Answer, dict[str, int]], None], then: Callable[[], None]
    ) -> None:
        """Ask how these answers went and `keep` what is said, then go on; without any answers at once."""

    def show_feedback(self, feedback: ShowFeedback) -> None:
        """Bring the scorecard of an answer to the front."""

    def show_report(self, session_id: str) -> None:
        """The interview is over: its report takes this screen's place."""

    def close(self) -> None:
        """The interview is left; whatever was there before is seen again."""

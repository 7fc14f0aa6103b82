"""Where an interview stands: everything needed to resume it, as one value."""

from dataclasses import dataclass
from enum import StrEnum

from simulator.interview.events import Line, Phase, Purpose
from simulator.interview.plan import Plan


class After(StrEnum):
    """What follows when the interviewer has said all lines that are due."""

    INVITE = "invite"
    RETURN = "return"
    """Back to the prompt that stood before an aside."""
    FINISH = "finish"


@dataclass(frozen=True, slots=True)
class Place:
    """A point in an interview.

    `lines` are still to be said, the current one first; `prompt` is what the candidate's turn
    answers; `turn` what that turn is for; `rounds` counts the exchanges of the closing turn.
    """

    plan: Plan
    phase: Phase = Phase.READY
    position: int = 0
    attempt: int = 1
    turn: Purpose = Purpose.QUESTION
    lines: tuple[Line, ...] = ()
    prompt: Line | None = None
    after: After = After.INVITE
    rounds: int = 0
    paused: bool = False

    def to_json(self) -> str:
        """As the store keeps it."""
        import msgspec

        return msgspec.json.encode(self).decode()

    @classmethod
    def from_json(cls, text: str) -> "Place":
        """Read back what `to_json` wrote. Raises msgspec.ValidationError when it is something else."""
        import msgspec

        return msgspec.json.decode(text, type=cls)

"""What can happen in an interview, and what the conversation asks its user interface to do about it.

User interfaces (the full-screen app, the plain mode, tests) send events and carry out effects in order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from simulator.sessions.session import Answer, Learned
from simulator.speech.transcript import Transcript


class Phase(StrEnum):
    """Whose turn it is."""

    READY = "ready"
    SPEAKING = "speaking"
    INVITED = "invited"
    ANSWERING = "answering"
    FEEDBACK = "feedback"
    OVER = "over"


class Purpose(StrEnum):
    """What a line of the interviewer, or a turn of the candidate, is for."""

    GREETING = "greeting"
    QUESTION = "question"
    PROBE = "probe"
    PIECE = "piece"
    """The one missing thing, added to an answer after its feedback."""
    CLOSING = "closing"
    ASIDE = "aside"
    REPLY = "reply"
    THANKS = "thanks"
    GOODBYE = "goodbye"


@dataclass(frozen=True, slots=True)
class Line:
    """Something an interviewer says."""

    text: str
    interviewer_id: str
    purpose: Purpose


# Events: what happened.


@dataclass(frozen=True, slots=True)
class Begin:
    """The candidate is ready; the interviewer greets."""


@dataclass(frozen=True, slots=True)
class LineFinished:
    """The interviewer's line was said to the end, or silenced by a key."""


@dataclass(frozen=True, slots=True)
class AnswerBegun:
    """The candidate starts to answer."""


@dataclass(frozen=True, slots=True)
class AnswerTakenBack:
    """The candidate starts this answer over before it was finished; nothing of it is scored."""


@dataclass(frozen=True, slots=True)
class UtteranceHeard:
    """The candidate's turn is over. `recording` is relative to the recordings folder, "" when typed."""

    transcript: Transcript
    recording: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """ "May I ask ...?": a question of the candidate outside the closing turn."""

    transcript: Transcript
    recording: str = ""


@dataclass(frozen=True, slots=True)
class TakenWrongly:
    """What was just said was taken for a question and was a wish to hear it again, or the other way round."""


@dataclass(frozen=True, slots=True)
class TryAgain:
    """Answer the same question anew."""


@dataclass(frozen=True, slots=True)
class AddPiece:
    """Say only the one thing that is missing; the answer is scored again as a whole."""


@dataclass(frozen=True, slots=True)
class GoOn:
    """On to what comes next; in the closing turn: no more questions."""


@dataclass(frozen=True, slots=True)
class Skip:
    """Leave this question out."""


@dataclass(frozen=True, slots=True)
class GoBack:
    """Back to the question before: one that was left out, or another try at one that was answered."""


@dataclass(frozen=True, slots=True)
class HearAgain:
    """Say the prompt once more."""


@dataclass(frozen=True, slots=True)
class PauseInterview:
    """Stop the whole interview for a while."""


@dataclass(frozen=True, slots=True)
class ResumeInterview:
    """Go on after a pause."""


@dataclass(frozen=True, slots=True)
class FinishEarly:
    """End the interview now, with the report."""


Event = (
    Begin
    | LineFinished
    | AnswerBegun
    | AnswerTakenBack
    | UtteranceHeard
    | Asked
    | TakenWrongly
    | TryAgain
    | AddPiece
    | GoOn
    | Skip
    | GoBack
    | HearAgain
    | PauseInterview
    | ResumeInterview
    | FinishEarly
)


# Effects: what the user interface does next, in order.


@dataclass(frozen=True, slots=True)
class Say:
    """Speak this line, show its captions; send LineFinished when it is over."""

    line: Line


@dataclass(frozen=True, slots=True)
class Prepare:
    """Make these lines ahead, so that they can start at once."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Invite:
    """The candidate's turn. `think_seconds` is offered before it, 0 for none. `limit`: more than the target's seconds
    is too long."""

    prompt: str
    interviewer_id: str
    purpose: Purpose
    target_seconds: int
    think_seconds: int
    limit: bool = False


@dataclass(frozen=True, slots=True)
class KeepAnswer:
    """Save this answer before anything else happens; all that one event saves is saved in one piece."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class KeepLearned:
    """Save what an interviewer gave away."""

    learned: tuple[Learned, ...]


@dataclass(frozen=True, slots=True)
class KeepState:
    """Save where the interview stands (JSON), so that it can be resumed here."""

    state: str


@dataclass(frozen=True, slots=True)
class ShowFeedback:
    """Show one answer's scorecard; `previous` is the attempt before, or this one before a piece was added, for a
    before and after."""

    answer: Answer
    previous: Answer | None
    last: bool


@dataclass(frozen=True, slots=True)
class Finish:
    """The interview is over at `at`: mark the session finished and show its report."""

    at: str


Effect = Say | Prepare | Invite | KeepAnswer | KeepLearned | KeepState | ShowFeedback | Finish


def saves_first(effects: Sequence[Effect], state: KeepState | None) -> tuple[Effect, ...]:
    """The effects in order, but the state is saved after the answers it speaks of, and before anything is shown."""
    saves = tuple(effect for effect in effects if isinstance(effect, (KeepAnswer, KeepLearned)))
    others = tuple(effect for effect in effects if not isinstance(effect, (KeepAnswer, KeepLearned)))
    return (*saves, *((state,) if state else ()), *others)

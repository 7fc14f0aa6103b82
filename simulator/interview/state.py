"""Where an interview stands: everything needed to resume it, as one value."""

from dataclasses import dataclass
from enum import StrEnum

import msgspec

from simulator.errors import UserError
from simulator.interview.events import Invite, Line, Phase, Purpose
from simulator.interview.plan import Plan
from simulator.interview.setup import InterviewOptions
from simulator.questions.bank import Question
from simulator.sessions.session import Session
from simulator.speech.transcript import Transcript

SHORT_TURN = 45
"""Seconds that the reply to a follow-up should take."""


class Continuation(StrEnum):
    """What follows when the interviewer has said all lines that are due."""

    INVITE = "invite"
    RETURN = "return"
    """Back to the prompt that stood before an aside."""
    FEEDBACK = "feedback"
    """The answer was given, and a question in it replied to."""
    FINISH = "finish"


@dataclass(frozen=True, slots=True)
class Taken:
    """What the candidate said last, where it may have been taken wrongly: for a question (`asked`), or for a wish to
    hear the prompt again or to be told a fact. `standing` is what it was said to.

    Taken for a wish to leave the question out, it has the `turn` it was said in, and where that was.
    """

    transcript: Transcript
    recording: str
    asked: bool
    standing: Line
    turn: Purpose | None = None
    position: int = 0
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class InterviewState:
    """A point in an interview.

    `lines` are still to be said, the current one first; `prompt` is what the candidate's turn
    answers; `turn` what that turn is for; `rounds` counts the exchanges of the closing turn;
    `replied` are the replies that the candidate heard.
    """

    plan: Plan
    phase: Phase = Phase.READY
    position: int = 0
    attempt: int = 1
    turn: Purpose = Purpose.QUESTION
    lines: tuple[Line, ...] = ()
    prompt: Line | None = None
    after: Continuation = Continuation.INVITE
    rounds: int = 0
    paused: bool = False
    taken: Taken | None = None
    replied: tuple[str, ...] = ()

    @property
    def question(self) -> Question:
        """The question the interview stands at."""
        return self.plan.turns[self.position].question

    @property
    def speaker_id(self) -> str:
        """The id of the interviewer who speaks now, or spoke last."""
        line = self.lines[0] if self.lines else self.prompt
        return line.interviewer_id if line else self.plan.turns[self.position].interviewer_id

    def invite(self, options: InterviewOptions) -> Invite:
        """The candidate's turn that is due here."""
        first = self.turn is Purpose.QUESTION
        return Invite(
            prompt=self.prompt.text if self.prompt else self.question.ask,
            interviewer_id=self.prompt.interviewer_id if self.prompt else self.speaker_id,
            purpose=self.turn,
            target_seconds=self.question.target_seconds if first or self.turn is Purpose.CLOSING else SHORT_TURN,
            think_seconds=options.think_seconds if first else 0,
            limit=options.limits and self.turn is not Purpose.GOODBYE,
        )

    def to_json(self) -> str:
        """As the store keeps it."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def from_json(cls, text: str) -> "InterviewState":
        """Read back what `to_json` wrote. Raises UserError when it is something else, or leads nowhere."""
        try:
            # Earlier versions called a requirement "wish"; within a text of the JSON there is no such quote.
            state = msgspec.json.decode(text.replace('"wish":', '"requirement":'), type=cls)
        except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
            raise _leads_nowhere(str(error)) from None
        state.check()
        return state

    def check(self) -> None:
        """Raise UserError unless an interview can go on from here."""
        turns, people = self.plan.turns, set(self.plan.interviewer_ids)
        lines = (
            *self.lines,
            *((self.prompt,) if self.prompt else ()),
            *((self.taken.standing,) if self.taken else ()),
        )
        if not 0 <= self.position < len(turns) or self.attempt < 1 or self.rounds < 0:
            raise _leads_nowhere("its plan has no such question")
        if self.taken and not 0 <= self.taken.position < len(turns):
            raise _leads_nowhere("its plan has no such question")
        if not {each.interviewer_id for each in (*turns, *lines)} <= people:
            raise _leads_nowhere("somebody speaks who is not in the room")
        if self.phase is Phase.OVER or (self.phase is Phase.SPEAKING) != bool(self.lines):
            raise _leads_nowhere(f"nothing follows '{self.phase.value}' here")


def check_session_state(session: Session) -> None:
    """Raise UserError where an unfinished session says to stand at a place that it cannot go on from."""
    if session.place:
        state = InterviewState.from_json(session.place)
        if not set(state.plan.interviewer_ids) <= set(session.interviewer_ids):
            raise UserError(
                f"The session {session.id} has an interviewer who is not among its people.",
                "It cannot be gone on with; its answers are kept.",
            )


def _leads_nowhere(why: str) -> UserError:
    return UserError(
        f"Where this interview stands cannot be read: {why}.", "It cannot be gone on with; its answers are kept."
    )

"""Carries out what the conversation asks, for every user interface in the same order."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from simulator.errors import UserError
from simulator.interview.conversation import Conversation
from simulator.interview.events import Effect, Event, Finish, Invite, Line, Prepare, Say, ShowFeedback
from simulator.interview_control.backend import InterviewBackend
from simulator.sessions.session import Answer, Mode


class EffectHandler(Protocol):
    """What a user interface does about each effect."""

    def say(self, line: Line) -> None:
        """Speak this line, or print it."""

    def prepare(self, lines: Sequence[Line]) -> None:
        """These lines come soon."""

    def invite(self, invite: Invite) -> None:
        """It is the candidate's turn."""

    def feed_back(self, feedback: ShowFeedback) -> None:
        """An answer was scored."""

    def finish(self) -> None:
        """The interview is over."""

    def not_kept(self, problem: UserError) -> None:
        """What happened could not be saved; it is saved with what happens next."""


class InterviewRunner:
    """Feeds one conversation with events and hands the effects to a handler."""

    def __init__(self, conversation: Conversation, backend: InterviewBackend, handler: EffectHandler) -> None:
        self._conversation = conversation
        self._backend = backend
        self._handler = handler

    def send(self, event: Event) -> bool:
        """Tell the conversation what happened, and do what it asks; False where the event does not fit the moment."""
        effects = self._conversation.advance(event, self._backend.now())
        self._carry_out(effects)
        return bool(effects)

    def resume(self) -> None:
        """Go on with an interview that was left."""
        self._carry_out(self._conversation.resume())

    def _carry_out(self, effects: tuple[Effect, ...]) -> None:
        """What is to be kept is kept before anything is said or shown."""
        try:
            self._backend.save(effects)
        except UserError as problem:
            self._handler.not_kept(problem)
        for effect in effects:
            match effect:
                case Say(line):
                    self._handler.say(line)
                case Prepare(lines):
                    self._handler.prepare(lines)
                case Invite() as invite:
                    self._handler.invite(invite)
                case ShowFeedback() as feedback:
                    self._handler.feed_back(feedback)
                case Finish():
                    self._handler.finish()
                case _:
                    pass

    def to_rate_at_the_end(self) -> tuple[Answer, ...]:
        """The answers the candidate is asked about at the end; in other modes each was, before its own feedback."""
        session = self._conversation.session
        wished = self._backend.self_rating and session.mode is Mode.REALISTIC
        return session.latest_attempts() if wished else ()

    def to_rate_first(self, answer: Answer) -> tuple[Answer, ...]:
        """The answers the candidate is asked about before this one's feedback is shown."""
        return (answer,) if self._backend.self_rating else ()

    def rated(self, answer: Answer, levels: dict[str, int]) -> None:
        """The candidate rated an answer: that is kept, and gone on with. Raises UserError."""
        self._backend.rate_self(answer, levels)
        self._conversation.take_changed(replace(answer, self_rating=levels))

    def as_rated(self, feedback: ShowFeedback) -> ShowFeedback:
        """The same with the own rating that was given meanwhile."""
        answer = self._conversation.session.answer(feedback.answer.id)
        return replace(feedback, answer=answer or feedback.answer)

"""What is typed and not handed in yet: kept as it grows, so that a crash loses nothing but the last moment."""

import contextlib
import threading
from collections.abc import Callable

from simulator.errors import UserError
from simulator.interview.conversation import Conversation
from simulator.interview.events import Purpose
from simulator.interview_control.backend import InterviewBackend
from simulator.interview_control.view import InterviewView, Stoppable
from simulator.sessions.session import answer_id

DRAFT = "draft"
"""The kind of document the store keeps them as."""
DRAFT_SECONDS = 0.8
"""A draft is kept so long after the last key,"""
LATEST_DRAFT_SECONDS = 5.0
"""and so long after the first key that is not kept yet, where somebody types without a pause."""


def draft_id(conversation: Conversation, asking: bool) -> str:
    """A draft belongs to one turn of one question, and what is asked aside is none of its answer."""
    state, session = conversation.state, conversation.session
    turn = Purpose.ASIDE if asking else state.turn
    return f"{answer_id(session.id, state.position, state.attempt)}-{turn.value}"


class Drafts:
    """Keeps drafts. `keep` may be called from any thread, all else only from the view's."""

    def __init__(self, backend: InterviewBackend, view: InterviewView, clock: Callable[[], float]) -> None:
        self._backend, self._view, self._clock = backend, view, clock
        self._lock = threading.Lock()
        self._unsaved = ("", "")
        """The id and the text of a draft that is not kept yet."""
        self._since = 0.0
        self._timer: Stoppable | None = None

    def text(self, draft: str) -> str:
        """What was kept, "" for nothing, and where it cannot be read, which is told."""
        try:
            return self._backend.document(DRAFT, draft)
        except UserError as problem:
            self._view.tell(problem)
            return ""

    def changed(self, draft: str, text: str) -> None:
        """Somebody types: keep it soon."""
        if (draft, text) == self._unsaved or (not text and not self.text(draft)):
            return
        at = self._clock()
        self._since = self._since if self._unsaved[0] else at
        self._unsaved = (draft, text)
        if self._timer is not None:
            self._timer.stop()
        wait = min(DRAFT_SECONDS, max(0.0, self._since + LATEST_DRAFT_SECONDS - at))
        if wait > 0:
            self._timer = self._view.after(wait, lambda: self._view.in_background(self.keep))
        else:
            # Now: a timer of no length ends the app on a busy machine (Textual divides by it).
            self._view.in_background(self.keep)

    def keep(self) -> None:
        """Keep what is typed now, unless it was kept or handed in meanwhile."""
        with self._lock:
            (draft, text), self._unsaved = self._unsaved, ("", "")
            if draft:
                try:
                    self._backend.keep_draft(draft, text)
                except UserError as problem:
                    self._view.tell_later(problem)

    def handed_in(self) -> None:
        """What is not kept yet need not be kept any more."""
        with self._lock:
            self._unsaved = ("", "")

    def delete(self, draft: str) -> None:
        """The answer was handed in; the draft stays where it is its only copy still."""
        if self._backend.all_kept:
            with contextlib.suppress(UserError):  # a draft that stays is no harm: the next start takes it away
                self._backend.delete_document(DRAFT, draft)

"""Keeps what the interview says is to be kept, one step at a time."""

import contextlib
from collections.abc import Sequence

from simulator.errors import UserError
from simulator.interview.events import Effect, Finish, KeepAnswer, KeepLearned, KeepState
from simulator.services.data import Data

SAVED = (KeepAnswer, KeepLearned, KeepState, Finish)
"""Effects that concern the store."""


class StepSaver:
    """Saves the effects of each event, also those of earlier ones that could not be saved then."""

    def __init__(self, data: Data) -> None:
        self._data = data
        self._unsaved: dict[str, list[Effect]] = {}
        """By session: what could not be kept yet."""

    def save(self, session_id: str, effects: Sequence[Effect]) -> None:
        """Keep what the effects of one event ask to be kept, in one piece; it is on the disk when this returns.

        Raises UserError when that fails; it is then kept with the next event, as soon as the disk allows.
        """
        unsaved = [*self._unsaved.get(session_id, ()), *(each for each in effects if isinstance(each, SAVED))]
        if not unsaved:
            return
        self._unsaved[session_id] = unsaved
        states = [each.state for each in unsaved if isinstance(each, KeepState)]
        self._data.store.keep_step(
            session_id,
            # Of one that was kept as heard and then as scored, the later state.
            tuple({each.answer.id: each.answer for each in unsaved if isinstance(each, KeepAnswer)}.values()),
            tuple(learned for each in unsaved if isinstance(each, KeepLearned) for learned in each.learned),
            states[-1] if states else None,
            next((each.at for each in unsaved if isinstance(each, Finish)), ""),
        )
        del self._unsaved[session_id]

    def all_kept(self, session_id: str) -> bool:
        """Whether all of a session that was to be kept is on the disk."""
        return session_id not in self._unsaved

    def close(self) -> None:
        """Try once more to keep what could not be kept."""
        for session_id in tuple(self._unsaved):
            with contextlib.suppress(UserError):  # told when it failed the first time
                self.save(session_id, ())

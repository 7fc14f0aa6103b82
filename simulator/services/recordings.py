"""Recordings of what the candidate said: where they are kept, how long, and how small."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.errors import UserError
from simulator.interview.conversation import Conversation
from simulator.paths import AppPaths, private_folder
from simulator.services.data import Data
from simulator.services.settings_in_use import SettingsInUse
from simulator.sessions.session import answer_id

if TYPE_CHECKING:
    from simulator.sessions.forgetting import Forgotten


class Recordings:
    """The recordings in the user's data folder."""

    def __init__(self, paths: AppPaths, settings: SettingsInUse, data: Data) -> None:
        self._paths = paths
        self._settings = settings
        self._data = data

    def path_for(self, conversation: Conversation) -> Path:
        """Where the candidate's next utterance is recorded: `SESSION/POSITION-ATTEMPT-UTTERANCE.wav`."""
        state, session = conversation.state, conversation.session
        answer = session.answer(answer_id(session.id, state.position, state.attempt))
        count = len(answer.utterances) if answer else 0
        name = f"{state.position + 1:02d}-{state.attempt}-{state.turn.value}-{count + 1}.wav"
        return private_folder(self._paths.recordings / session.id) / name

    def relative(self, path: Path | None) -> str:
        """A recording's path as sessions keep it."""
        return path.relative_to(self._paths.recordings).as_posix() if path else ""

    def unkept(self, conversation: Conversation) -> list[Path]:
        """What was recorded of an answer that was cut short (the app was killed), the newest first."""
        from simulator.sessions.recordings import unkept  # late

        return unkept(self._paths.recordings, self.path_for(conversation), conversation.session)

    def turn_into_flac(self, session_id: str) -> list[UserError]:
        """Turn a session's WAV recordings into FLAC, a third of the size; what cannot be converted stays."""
        from simulator.sessions.recordings import turn_into_flac  # late

        return turn_into_flac(self._data.store, self._paths.recordings, session_id)

    def purge_deleted(self) -> None:
        """Remove deleted sessions for good, recordings included."""
        from simulator.sessions.forgetting import forget_backups, forget_recordings  # late

        deleted = self._data.store.deleted()
        if not deleted:
            return
        # Files first: what is cut short here is done again at the next start.
        for session_id in deleted:
            forget_recordings(self._paths.recordings, session_id)
        forget_backups(self._paths)
        self._data.store.purge()

    def delete_all(self) -> int:
        """Remove every session and recording for good; how many sessions there were. Raises UserError."""
        from simulator.sessions.forgetting import forget_recordings  # late

        store, folder = self._data.store, self._paths.recordings
        ids = store.session_ids()
        for session_id in ids:
            store.delete(session_id)
        self.purge_deleted()
        for left in list(folder.iterdir()) if folder.is_dir() else []:
            forget_recordings(folder, left.name)  # of a session that is in no store any more
        return len(ids)

    def forget_old(self) -> "Forgotten":
        """Remove recordings older than the settings say, at the start of the app and of commands that keep some."""
        from simulator.sessions.forgetting import Forgotten, forget_old_recordings  # late

        days = self._settings.current.keep_recordings_days
        if days <= 0 or not self._paths.recordings.is_dir():
            return Forgotten()
        return forget_old_recordings(self._data.store, self._paths.recordings, days, datetime.now(UTC))

    def tidy(self) -> None:
        """At the start of the app: what was deleted goes for good, and recordings older than the settings say.

        What a kill left half done among the recordings is finished.
        """
        from simulator.sessions.recordings import tidy  # late

        self.purge_deleted()
        self.forget_old()
        tidy(self._data.store, self._paths.recordings)

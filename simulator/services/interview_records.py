"""The interviews that letters are written after: practised sessions, and debriefs of real ones."""

from typing import TYPE_CHECKING

from simulator.errors import UserError
from simulator.services.data import Data
from simulator.services.panels import Panels
from simulator.services.settings_in_use import SettingsInUse

if TYPE_CHECKING:
    from simulator.followup.debrief import Debrief
    from simulator.followup.interview_record import InterviewRecord


class InterviewRecords:
    """Finds an interview, and gathers what letters need of it."""

    def __init__(self, settings: SettingsInUse, data: Data, panels: Panels) -> None:
        self._settings = settings
        self._data = data
        self._panels = panels

    def get(self, wanted: str) -> "InterviewRecord":
        """A session (its id, or the beginning of it) or a debrief, as letters need it; "" is the last of all.

        Raises UserError.
        """
        from simulator.followup.interview_record import record_of_debrief, record_of_session  # late
        from simulator.followup.lines_service import with_kept_lines  # late

        repositories = self._data.repositories
        wanted = wanted or self._last()
        stories = repositories.stories.all()
        if debrief := self._debrief(wanted):
            job = repositories.jobs.find(debrief.job_id)
            record = record_of_debrief(debrief, self._settings.current.candidate_name, job, stories)
            return with_kept_lines(repositories, record)
        session = self._data.store.session(wanted)
        job = repositories.jobs.find(session.job_id)
        record = record_of_session(session, self._panels.met_in(session), job, stories)
        return with_kept_lines(repositories, record)

    def _debrief(self, wanted: str) -> "Debrief | None":
        """The debrief of that id, or of which the id begins so; None where a session is meant. Raises UserError."""
        debriefs = self._data.repositories.debriefs
        if found := debriefs.find(wanted):
            return found
        ids = [id_ for id_ in debriefs.ids() if id_.startswith(wanted)]
        sessions = [id_ for id_ in self._data.store.session_ids() if id_.startswith(wanted)]
        if not ids or wanted in sessions:
            return None
        if len(ids) == 1 and not sessions:
            return debriefs.get(ids[0])
        listed = ", ".join(f"'{id_}'" for id_ in (*ids, *sessions)[:5])
        raise UserError(f"'{wanted}' may be any of: {listed}.", "Give more of the id.")

    def _last(self) -> str:
        """The id of the newest session or debrief. Raises UserError when there is none."""
        held = [(each.started_at[:10], each.id) for each in self._data.store.summaries(limit=1)]
        debriefs = [(each.on, each.id) for each in self._data.repositories.debriefs.all()]
        if not held and not debriefs:
            raise UserError(
                "There is no interview yet.", "Practise one, or note a real one with 'followup debrief add FILE'."
            )
        return max([*debriefs, *held], key=lambda each: each[0])[1]

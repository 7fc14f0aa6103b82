"""Who interviews: one person or several, as they were named, noted for the job, or chosen in the settings."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from simulator.assessment import alike
from simulator.errors import MissingPart
from simulator.interview.interviewer import Interviewer
from simulator.interview.personas import persona_panel
from simulator.services.data import Data
from simulator.services.interviewers import Interviewers
from simulator.services.settings_in_use import SettingsInUse
from simulator.sessions.session import Session

DEFAULT_INTERVIEWER = "people-partner"
"""Who asks when nobody was chosen: somebody who fits any field."""


class Panels:
    """Finds the interviewers of an interview."""

    def __init__(self, settings: SettingsInUse, data: Data, interviewers: Interviewers) -> None:
        self._settings = settings
        self._data = data
        self._interviewers = interviewers

    def chosen(self, interviewer_ids: Sequence[str] = (), job_id: str = "") -> tuple[Interviewer, ...]:
        """The interviewers named, or those noted for the job, or those of the settings, or the first there is.

        With a job, they have the names, roles and priorities that were noted for it.
        """
        repositories = self._data.repositories
        job = repositories.jobs.find(job_id)
        people = repositories.interviewers_for(job.id) if job else []
        wanted = tuple(interviewer_ids) or (() if people else tuple(self._settings.current.interviewers))
        if not wanted and not people:
            return (self.usual(),)
        found = tuple(self._interviewers.get(interviewer_id) for interviewer_id in dict.fromkeys(wanted))
        if job is None or not people:
            return found
        met = [each for debrief in repositories.debriefs.all() if debrief.job_id == job.id for each in debrief.met]
        problems = {each.name: each.problems for each in met if each.name}
        return persona_panel(wanted, people, self._interviewers.all(), job, _alike, problems)

    def of_session(self, session: Session) -> tuple[Interviewer, ...]:
        """The interviewers of a session, with the names they had in it.

        For one whose file is gone or broken somebody else speaks under that name: the interview can be gone on with.
        """
        if len(self.known(session.interviewer_ids)) < len(session.interviewer_ids):
            other = self.usual()
            named = zip_longest(session.interviewer_ids, session.interviewer_names[: len(session.interviewer_ids)])
            return tuple(
                replace(found, name=name or found.name)
                if (found := self._interviewers.find(each))
                else replace(other, id=each, name=name or other.name)
                for each, name in named
            )
        panel = self.chosen(session.interviewer_ids, session.job_id)
        if len(session.interviewer_names) != len(panel):
            return panel
        return tuple(
            each if each.name == name else replace(each, name=name, noted=True)
            for each, name in zip(panel, session.interviewer_names, strict=True)
        )

    def met_in(self, session: Session) -> tuple[Interviewer, ...]:
        """Who was met in a session: of one whose file is gone at least the name."""
        if len(self.known(session.interviewer_ids)) == len(session.interviewer_ids):
            return self.of_session(session)
        named = zip(session.interviewer_ids, session.interviewer_names, strict=False)
        return tuple(
            replace(self._interviewers.find(each) or Interviewer(each, name, ""), name=name) for each, name in named
        )

    def usual(self) -> Interviewer:
        """Who asks when nobody was chosen."""
        return self._interviewers.find(DEFAULT_INTERVIEWER) or self._interviewers.all()[0]

    def known(self, interviewer_ids: Sequence[str]) -> list[str]:
        """Those of these ids of which there are interviewers here."""
        return [each for each in interviewer_ids if self._interviewers.find(each)]


def _alike(one: str, others: Sequence[str]) -> Sequence[float]:
    """How near texts are in meaning; all the same where no model can tell."""
    try:
        return alike(one, others)
    except MissingPart:
        return [0.0] * len(others)

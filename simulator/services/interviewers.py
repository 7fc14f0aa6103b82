"""The interviewers that come with the app, and the user's own."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from simulator.data_files import begun
from simulator.errors import UserError
from simulator.interview.interviewer import Interviewer, find_interviewers
from simulator.paths import AppPaths, shipped


class Interviewers:
    """All interviewers, read once."""

    def __init__(self, paths: AppPaths) -> None:
        self._paths = paths

    def folders(self) -> tuple[Path, ...]:
        """Where interviewers are looked for: those that come with the app, and the user's own."""
        return (shipped("assets") / "interviewers", self._paths.interviewers)

    def all(self) -> tuple[Interviewer, ...]:
        """All interviewers, those that come with the app first."""
        return tuple(self._by_id.values())

    def find(self, interviewer_id: str) -> Interviewer | None:
        """The interviewer of exactly that id; None where there is none."""
        return self._by_id.get(interviewer_id)

    def get(self, interviewer_id: str) -> Interviewer:
        """The interviewer of that id, or of which the id begins so. Raises UserError when unknown."""
        meant = begun(interviewer_id, self._by_id, "interviewers")
        if meant is None:
            raise UserError(
                f"There is no interviewer '{interviewer_id}'.", "'interviewers list' shows those there are."
            )
        return self._by_id[meant]

    def second_voice(self, interviewer_id: str) -> Interviewer:
        """Somebody whose voice nobody takes for that interviewer's: says the worked answers."""
        asking = self.find(interviewer_id)
        others = (each for each in self.all() if asking and each.voice.gender != asking.voice.gender)
        return next(others, self.all()[0])

    @cached_property
    def _by_id(self) -> Mapping[str, Interviewer]:
        return {interviewer.id: interviewer for interviewer in find_interviewers(self.folders())}

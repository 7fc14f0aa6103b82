"""What the app, the plain mode and the commands ask for, made from its parts in one place.

Each service is given what it needs when it is made. What costs time (the store, sound, a language model) is made
when first asked for, so that the app is on the screen before any of it is loaded.
"""

from simulator.custom_rubrics import CustomRubrics
from simulator.paths import AppPaths, user_paths
from simulator.services.assignments import Assignments
from simulator.services.data import Data
from simulator.services.interview_records import InterviewRecords
from simulator.services.interviewers import Interviewers
from simulator.services.interviews import Interviews
from simulator.services.library import Library
from simulator.services.panels import Panels
from simulator.services.planner import Planner
from simulator.services.recordings import Recordings
from simulator.services.rescoring import Rescoring
from simulator.services.settings_in_use import SettingsInUse
from simulator.services.sound import Sound, SoundFactories
from simulator.services.step_saver import StepSaver
from simulator.settings import Settings


class Services:
    """All services over one user's folders. `sound` makes voice, listener and player, in tests their stand-ins."""

    def __init__(
        self,
        paths: AppPaths | None = None,
        settings: Settings | None = None,
        sound: SoundFactories | None = None,
    ) -> None:
        self.paths = paths or user_paths()
        self.settings = SettingsInUse(self.paths, settings)
        self.data = Data(self.paths)
        self.sound = Sound(self.paths, self.settings, sound or SoundFactories())
        self.rubrics = CustomRubrics(self.paths.rubrics)
        self.library = Library(self.paths, self.settings, self.data)
        self.interviewers = Interviewers(self.paths)
        self.panels = Panels(self.settings, self.data, self.interviewers)
        self.assignments = Assignments(self.paths, self.data, self.rubrics)
        self.planner = Planner(self.settings, self.data, self.library, self.panels, self.assignments)
        self.steps = StepSaver(self.data)
        self.interviews = Interviews(self.paths, self.settings, self.data, self.planner, self.panels, self.rubrics)
        self.rescoring = Rescoring(self.data, self.rubrics)
        self.recordings = Recordings(self.paths, self.settings, self.data)
        self.interview_records = InterviewRecords(self.settings, self.data, self.panels)

    def close(self) -> None:
        """Save what could not be saved before, and close what was opened."""
        self.steps.close()
        self.interviews.close()
        self.sound.close()
        self.data.close()

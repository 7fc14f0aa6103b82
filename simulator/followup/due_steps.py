"""What is due today after interviews, for the home screen: one quiet line each, never the same thing twice over."""

from dataclasses import dataclass
from datetime import date

from simulator.followup.repositories import Repositories
from simulator.followup.timeline import TimelineStep


@dataclass(frozen=True, slots=True)
class DueStep:
    """One step that is due; `id` is the timeline's (that of the session or debrief)."""

    id: str
    about: str
    step: TimelineStep

    @property
    def line(self) -> str:
        """As shown."""
        return f"{self.step.title}: {self.about}" if self.about else self.step.title


def due_steps(repositories: Repositories, today: date) -> tuple[DueStep, ...]:
    """At most one step for each interview whose timeline is kept, the earliest first. Reads the store."""
    found = [
        DueStep(timeline.id, timeline.about, step)
        for timeline in repositories.timelines.all()
        for step in timeline.due(today)
    ]
    return tuple(sorted(found, key=lambda due: due.step.on))

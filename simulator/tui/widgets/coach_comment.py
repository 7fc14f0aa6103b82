"""What a coach said of an answer, above the app's own feedback and apart from it."""

from pathlib import Path

from textual.content import Content
from textual.widgets import Static

from simulator.sessions.coach_feedback import CoachFeedback, coach_lines
from simulator.sessions.recordings import found
from simulator.sessions.session import Answer


class CoachComment(Static):
    """A coach's words; hidden where there are none. `recording` is what the coach said aloud, if it is there."""

    recording: Path | None = None

    def show(self, coach: CoachFeedback | None, answer: Answer, recordings: Path) -> None:
        """Show what a coach said of `answer`; `recordings` is the folder of all recordings."""
        self.display = coach is not None
        self.recording = found(recordings, coach.recording) if coach else None
        if coach is not None:
            width = max(40, min(104, self.app.size.width - 8))
            title, *lines = coach_lines(coach, answer, width)
            more = ["  Y plays it"] if self.recording else []
            text = "\n".join([*lines, *more, ""])
            self.update(Content.assemble((f"{title}\n", "bold"), text, ("The app", "bold")))

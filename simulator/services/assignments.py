"""Assignments of a coach: taken in from its file, begun, done; and the coach's feedback that comes back."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.classroom.assignment import ASSIGNMENT, Assignment, is_assignment_file, read_assignment
from simulator.custom_rubrics import CustomRubrics
from simulator.errors import UserError, as_started
from simulator.interview.setup import Setup
from simulator.paths import AppPaths
from simulator.services.data import Data
from simulator.sessions.session import Mode
from simulator.sessions.times import kept_day_words

if TYPE_CHECKING:
    from simulator.sessions.store import SessionSummary


class Assignments:
    """Assignments in the user's data folder."""

    def __init__(self, paths: AppPaths, data: Data, rubrics: CustomRubrics) -> None:
        self._paths = paths
        self._data = data
        self._rubrics = rubrics

    def take(self, path: Path) -> Assignment:
        """Keep an assignment from its file, and the rubrics it brings. Raises UserError where that cannot be."""
        from simulator.classroom.assignment_rubrics import install_rubrics  # late

        assignment, rubrics = read_assignment(path)
        install_rubrics(rubrics, self._rubrics)
        return self._data.assignments.save(assignment)

    def take_in(self, path: Path) -> str:
        """Take in a coach's assignment, or feedback on answers: what came of it, in a sentence; "" for other files.

        Raises UserError when it cannot be used here, or some of it belongs to answers that are not here.
        """
        from simulator.classroom.handing_back import is_feedback_file, take_feedback  # late

        if is_assignment_file(path):
            assignment = self.take(path)
            begins = as_started(f"'second-round practice --assignment {assignment.id}'")
            return (
                f"Assignment taken in: {assignment.title}. 'Choose what to practise' has it first; so does {begins}."
            )
        if not is_feedback_file(path):
            return ""
        back = take_feedback(path, self._data.store, self._paths.recordings)
        if back.elsewhere and not back.answers:
            raise UserError(
                f"{path.name} is feedback on answers that are not here.",
                "Take it in where they were practised; is it perhaps somebody else's?",
            )
        answers = f"{back.answers} {'answer' if back.answers == 1 else 'answers'}"
        taken = f"Your coach's feedback on {answers} is taken in."
        if back.elsewhere:
            raise UserError(taken, f"Left out, for these answers are not here: {', '.join(back.elsewhere)}.")
        return taken

    def done_in(self, assignment: Assignment) -> "SessionSummary | None":
        """The session in which an assignment was begun or done, None where it waits."""
        summaries = self._data.store.summaries(bank_id=f"{ASSIGNMENT}{assignment.id}")
        return next((each for each in summaries if each.mode is not Mode.DRILL), None)

    def of_setup(self, setup: Setup) -> Assignment | None:
        """The assignment that a setup asks for; a drill on one of its questions is none."""
        if not setup.bank_id.startswith(ASSIGNMENT) or setup.mode is Mode.DRILL:
            return None
        return self._data.assignments.get(setup.bank_id.removeprefix(ASSIGNMENT))

    def check_open(self, assignment: Assignment) -> None:
        """Raise UserError when it is done once only and was begun before."""
        done = None if assignment.rules.second_try else self.done_in(assignment)
        if done is not None:
            how = f"'practice --resume {done.id}' goes on with it" if not done.finished else "it is done once"
            when = kept_day_words(done.started_at, date.today())
            raise UserError(f"You began the assignment '{assignment.title}' {when}.", f"{how.capitalize()}.")

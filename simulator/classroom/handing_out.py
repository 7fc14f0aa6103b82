"""An assignment made and written in one step."""

from pathlib import Path

from simulator.classroom.assignment import assignment_text, make_assignment
from simulator.classroom.assignment_rubrics import own_rubrics
from simulator.classroom.classes import Classes
from simulator.paths import private_folder
from simulator.questions.bank import Bank
from simulator.sessions.archive import written_whole


def hand_out(classes: Classes, bank: Bank, folder: Path) -> Path:
    """Set a whole bank under the strict rules; its file, in a folder. Raises UserError."""
    assignment = make_assignment(bank)
    text = assignment_text(assignment, own_rubrics(assignment.questions)).encode()
    path = private_folder(folder) / f"{assignment.id}.json"
    written_whole(path, lambda file: file.write(text))
    classes.assignments.save(assignment)
    return path

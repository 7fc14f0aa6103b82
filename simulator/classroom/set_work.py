"""Set work made and written in one step."""

from pathlib import Path

from simulator.classroom.classes import Classes
from simulator.classroom.task import make_task, task_text
from simulator.classroom.task_rubrics import own_rubrics
from simulator.paths import private_folder
from simulator.questions.bank import Bank
from simulator.sessions.archive import written_whole


def set_work(classes: Classes, bank: Bank, folder: Path) -> Path:
    """Set a whole bank under the strict rules; its file, in a folder. Raises UserError."""
    task = make_task(bank)
    text = task_text(task, own_rubrics(task.questions)).encode()
    path = private_folder(folder) / f"{task.id}.json"
    written_whole(path, lambda file: file.write(text))
    classes.tasks.save(task)
    return path

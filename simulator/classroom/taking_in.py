"""Students' files into a class: sessions and histories, each under the name of whoever practised."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from simulator.classroom.assignment import ASSIGNMENT, is_assignment
from simulator.classroom.classes import Classes
from simulator.errors import UserError
from simulator.sessions.archive_reading import History, open_history
from simulator.sessions.session import Session
from simulator.texts import not_there, words_of_name

ENDINGS = (".json", ".zip")
MOST_FILES = 10_000

AskName = Callable[[Path, str], str]
"""Asks whose a file is, given the file and the name it could be; "" leaves the file out."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What came of one file: whose it is, how many sessions were new and known, or why it was left out.

    `notes` are sentences about sessions in it that were left out.
    """

    path: Path
    student: str = ""
    new: int = 0
    known: int = 0
    left_out: str = ""
    notes: tuple[str, ...] = ()

    def told_as(self, name: str) -> str:
        """Why it was left out, the file called `name`, once."""
        rest = self.left_out.removeprefix(self.path.name)
        return f"{name}: {rest}" if rest == self.left_out else f"{name}{rest}"


def files_in(paths: Sequence[Path]) -> list[Path]:
    """The files meant: those named, and in folders all that may be sessions or histories. Raises UserError."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = (each for each in sorted(path.rglob("*")) if each.suffix.lower() in ENDINGS and each.is_file())
            found.update(dict.fromkeys(each for each in inside if not each.name.startswith(".")))
        elif path.exists():
            found[path] = None
        else:
            raise not_there(path, "file or folder")
    if not found:
        raise UserError(
            f"There is nothing to add in {', '.join(map(str, paths))}.",
            "Students export with 'sessions export ID --format zip' or 'sessions export --all'.",
        )
    if len(found) > MOST_FILES:
        raise UserError(f"{len(found)} files are too many at once.", "Add them in parts.")
    return list(found)


def gather(classes: Classes, class_id: str, paths: Sequence[Path], name: str, ask: AskName) -> Iterator[Gathered]:
    """Take in each file and tell what came of it; one that is broken stops none of the others.

    `name` is whose all of them are, "" to take it from the files and `ask` where they do not tell.
    """
    for path in paths:
        try:
            yield _one(classes, class_id, path, name, ask)
        except UserError as problem:
            yield Gathered(path, left_out=str(problem))


def _one(classes: Classes, class_id: str, path: Path, name: str, ask: AskName) -> Gathered:
    with open_history(path) as history:
        notes: list[str] = []
        passed: list[Session] = []

        def fit() -> Iterator[Session]:
            for session in history.sessions():
                if why := _unfit(session, history, classes):
                    notes.append(f"{session.id}: {why}")
                else:
                    passed.append(session)
                    yield session

        sessions = fit()
        first = next(sessions, None)
        if first is None:
            # Whoever handed in nothing that counts is not put on the list.
            return Gathered(path, notes=tuple(notes), left_out="" if notes else "There is no session in it.")
        found_name = name or _name_in(history) or ask(path, words_of_name(path))
        if not found_name:
            return Gathered(path, left_out="It was not said whose it is.")
        student = classes.add_student(class_id, found_name)
        new = classes.take(class_id, student, chain([first], sessions), history.copy_recording)
    return Gathered(path, student.name, new, len(passed) - new, notes=tuple(notes))


def _name_in(history: History) -> str:
    """The name that the sessions in a file were practised under, "" where there is none, or several."""
    names = Counter(session.candidate_name.strip() for session in history.sessions() if not session.sample)
    names.pop("", None)
    return next(iter(names)) if len(names) == 1 else ""


def _unfit(session: Session, history: History, classes: Classes) -> str:
    """Why a session does not belong into a class, "" where it does."""
    if session.sample:
        return "it is the sample interview that comes with the app."
    if not any(answer.utterances for answer in session.answers):
        return "nothing was answered in it."
    if is_assignment(session):
        return _unfit_work(session, history, classes)
    return ""


def _unfit_work(session: Session, history: History, classes: Classes) -> str:
    """An assignment counts only as it was handed in: unchanged since, and with the questions that were set."""
    if not history.has_sums:
        return "an assignment comes with checksums: ask for it as 'sessions export ID --format zip' makes it."
    try:
        history.check_sums()
    except UserError as problem:
        return str(problem)
    assignment = classes.assignments.find(session.bank_id.removeprefix(ASSIGNMENT))
    asked = {question.id: question.ask for question in assignment.questions} if assignment else {}
    others = [each.question.id for each in session.answers if asked.get(each.question.id) != each.question.ask]
    closing = [
        each.question.id for each in session.answers if each.question.id in others and each.position >= len(asked)
    ]
    if assignment is not None and set(others) - set(closing):
        return f"its questions are not those of the assignment '{assignment.title}'."
    return ""

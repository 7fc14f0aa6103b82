"""A coach's classes on disk: the students, their sessions, and what the coach said of them.

Everything lies in a store of its own beside the user's (the same code on another file), so that students' work never
mixes with the coach's practice. A session is kept as "CLASS.STUDENT.ID"; its student's own id is what is handed back.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import msgspec

from simulator.classroom.assignment import ASSIGNMENT_KIND, Assignment
from simulator.classroom.digests import SessionDigest, digest_of
from simulator.errors import UserError
from simulator.paths import private_folder
from simulator.preparation.job import new_id
from simulator.sessions.archive import SAFE_NAME
from simulator.sessions.coach_feedback import CoachFeedback, coach_repository
from simulator.sessions.forgetting import forget_backups_of, forget_recordings
from simulator.sessions.json_repository import JsonRepository
from simulator.sessions.session import Answer, Session, answer_id
from simulator.sessions.store import Store
from simulator.texts import without_accents

CLASS_KIND = "class"
DIGESTS = "practised "
"""Before a class's id: the kind of document that holds what its students practised, by their ids."""
LONGEST_NAME = 80
MOST_STUDENTS = 1_000


@dataclass(frozen=True, slots=True)
class Student:
    """Somebody in a class."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Roster:
    """A class: its name, its students in the order they came, and the words of the questions they were asked."""

    id: str
    name: str
    students: tuple[Student, ...] = ()
    questions: Mapping[str, str] = field(default_factory=dict)

    def named(self, name: str) -> Student | None:
        """The student of that name, small and capital letters alike."""
        wanted = _plain(name)
        return next((student for student in self.students if _plain(student.name) == wanted), None)

    def student(self, wanted: str) -> Student:
        """The student meant, by id, name, or a beginning that fits no other. Raises UserError."""
        exact = [each for each in self.students if wanted == each.id or _plain(wanted) == _plain(each.name)]
        begun = [each for each in self.students if wanted and _typed(each.name).startswith(_typed(wanted))]
        meant = exact or begun
        if len(meant) == 1:
            return meant[0]
        if not meant:
            raise UserError(f"There is no student '{wanted}' in the class '{self.name}'.", "'class show' lists them.")
        raise UserError(
            f"'{wanted}' may be {' or '.join(each.name for each in meant[:5])}.", "Give more of the name."
        )


def _plain(name: str) -> str:
    # Names of files have their accents apart on some systems.
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _typed(name: str) -> str:
    """A name as somebody types it who has no key for its accents."""
    return " ".join(without_accents(name).split())


def checked_name(name: str) -> str:
    """A name as it is kept. Raises UserError where it is none."""
    kept = " ".join("".join(char if char.isprintable() else " " for char in name).split())
    if not kept or len(kept) > LONGEST_NAME:
        raise UserError("A name has 1 to 80 characters.", "Choose a shorter one." if kept else "Give one.")
    return kept


def own_id(session_id: str) -> str:
    """A session's (or answer's) id as its student knows it."""
    return session_id.split(".", 2)[2]


def renamed(session: Session, new: str) -> Session:
    """The session under another id, with its answers and the names of its recordings; it is over in any case."""

    def answer(each: Answer) -> Answer:
        utterances = tuple(
            replace(utterance, recording=utterance.recording and f"{new}/{utterance.recording.partition('/')[2]}")
            for utterance in each.utterances
        )
        moved = answer_id(new, each.position, each.attempt)
        return replace(each, id=moved, session_id=new, utterances=utterances)

    return replace(session, id=new, answers=tuple(map(answer, session.answers)), place="")


class Classes:
    """All classes of a coach, below one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def store(self) -> Store:
        """The store of all classes. Raises UserError when the folder cannot be used."""
        private_folder(self.folder)
        return Store(self.folder / "classes.sqlite3")

    def every(self) -> tuple[list[Roster], str]:
        """All classes, and what the store has to say. Looking makes no store where there is none."""
        if not (self.folder / "classes.sqlite3").is_file():
            return [], ""
        return self.rosters.all(), self.store.notice

    @property
    def recordings(self) -> Path:
        """Where what students said lies, by session, and what the coach said of it."""
        return self.folder / "recordings"

    @cached_property
    def rosters(self) -> JsonRepository[Roster]:
        """The classes themselves."""
        return JsonRepository(self.store, CLASS_KIND, Roster, "class", "'class list'")

    @cached_property
    def assignments(self) -> JsonRepository[Assignment]:
        """Assignments that were handed out."""
        return JsonRepository(self.store, ASSIGNMENT_KIND, Assignment, "assignment", "'class list'")

    @cached_property
    def feedback(self) -> JsonRepository[CoachFeedback]:
        """What the coach said, by the ids of answers."""
        return coach_repository(self.store)

    def close(self) -> None:
        """Close the store, if it was opened."""
        if "store" in self.__dict__:
            self.__dict__.pop("store").close()
        for name in ("rosters", "assignments", "feedback"):
            self.__dict__.pop(name, None)

    # Classes and students.

    def get(self, wanted: str) -> Roster:
        """The class meant, by id, name, a part of the id, or "" where there is only one. Raises UserError."""
        all_of_them = self.rosters.all()
        if not all_of_them:
            raise UserError("There is no class yet.", "'class new NAME' begins one.")
        named = [each for each in all_of_them if _plain(each.name) == _plain(wanted)]
        return named[0] if len(named) == 1 else self.rosters.resolve(wanted)

    def new(self, name: str, students: Iterable[str] = ()) -> Roster:
        """Begin a class. Raises UserError where there is one of that name."""
        name = checked_name(name)
        if any(_plain(each.name) == _plain(name) for each in self.rosters.all()):
            raise UserError(f"There is a class '{name}' already.", "Choose another name, or add to it.")
        roster = Roster(new_id(name, self.rosters.ids(), "class"), name)
        for student in students:
            roster, _ = _with_student(roster, student)
        return self.rosters.save(roster)

    def add_student(self, class_id: str, name: str) -> Student:
        """The student of that name, put into the class where they are not in it yet."""
        roster, student = _with_student(self.rosters.get(class_id), name)
        self.rosters.save(roster)
        return student

    def rename_student(self, class_id: str, student_id: str, name: str) -> None:
        """Call a student otherwise. Raises UserError where another one has that name."""
        roster, name = self.rosters.get(class_id), checked_name(name)
        other = roster.named(name)
        if other is not None and other.id != student_id:
            raise UserError(f"There is a student '{name}' already.", "Choose another name.")
        students = tuple(replace(each, name=name) if each.id == student_id else each for each in roster.students)
        self.rosters.save(replace(roster, students=students))

    def remove_student(self, class_id: str, student_id: str) -> None:
        """Remove a student with everything of theirs, for good."""
        roster = self.rosters.get(class_id)
        self._forget(self.session_ids(class_id, student_id))
        self.store.delete_document(f"{DIGESTS}{class_id}", student_id)
        self.rosters.save(replace(roster, students=tuple(s for s in roster.students if s.id != student_id)))

    def delete(self, class_id: str) -> None:
        """Remove a class with everything in it, for good."""
        for student in self.rosters.get(class_id).students:
            self.remove_student(class_id, student.id)
        self.rosters.delete(class_id)

    def _forget(self, session_ids: Sequence[str]) -> None:
        for session_id in session_ids:
            forget_recordings(self.recordings, session_id)
            with suppress(UserError):  # what is not there any more need not be deleted
                self.store.delete(session_id)
        self.store.purge()
        forget_backups_of(self.store.path)

    # What students did.

    def digests(self, class_id: str) -> dict[str, tuple[SessionDigest, ...]]:
        """What the students of a class practised, by their ids, oldest session first. Raises UserError."""
        found = self.store.documents(f"{DIGESTS}{class_id}")
        try:
            return {key: _DIGESTS.decode(text) for key, text in found.items()}
        except msgspec.MsgspecError as error:
            raise UserError(
                f"What the class '{class_id}' practised cannot be read: {error}.", "Add the students' files anew."
            ) from None

    def session_ids(self, class_id: str, student_id: str) -> list[str]:
        """The ids of a student's sessions as they are kept here, the oldest first."""
        return [digest.id for digest in self.digests(class_id).get(student_id, ())]

    def take(
        self, class_id: str, student: Student, sessions: Iterable[Session], copy: Callable[[str, Path], bool]
    ) -> int:
        """Keep sessions of a student; those that are here already and the same are passed over. How many were new.

        `copy` writes the recording of a name to a path, with its own ending. What came in a newer state replaces what
        was here; the coach's feedback on it stays.
        """
        roster = self.rosters.get(class_id)
        known = {digest.id: digest for digest in self.digests(class_id).get(student.id, ())}
        questions, taken = dict(roster.questions), 0
        try:
            for session in sessions:
                kept = renamed(session, _class_id_of(class_id, student, session))
                questions.update({answer.question.id: answer.question.ask for answer in kept.answers})
                if kept.id in known and self.store.session(kept.id) == kept:
                    continue
                for before, after in zip(session.answers, kept.answers, strict=True):
                    for old, new in zip(before.utterances, after.utterances, strict=True):
                        if old.recording:
                            copy(old.recording, self.recordings / new.recording)
                self.store.replace(kept)
                known[kept.id] = digest_of(kept)
                taken += 1
        finally:
            # What was kept before a broken file broke off counts too.
            ordered = tuple(sorted(known.values(), key=lambda digest: (digest.started_at, digest.id)))
            self.store.keep_document(f"{DIGESTS}{class_id}", student.id, _ENCODER.encode(ordered).decode())
            self.rosters.save(replace(roster, questions=questions))
        return taken

    def sessions_of(self, class_id: str, student_id: str) -> Iterator[Session]:
        """A student's sessions, whole, the oldest first."""
        for session_id in self.session_ids(class_id, student_id):
            yield self.store.session(session_id)

    def answer_meant(self, wanted: str) -> str:
        """The answer meant by its id, a beginning of it, or that without class and student. Raises UserError."""
        found = self.store.answer_ids(wanted)
        meant = wanted if wanted in found else _only(wanted, found)
        if meant is None:
            raise _no_answer(wanted)
        return meant

    def owner(self, session_or_answer_id: str) -> tuple[Roster, Student]:
        """The class and the student of a session or answer as they are kept here. Raises UserError."""
        parts = session_or_answer_id.split(".", 2)
        if len(parts) < 3:
            raise _no_answer(session_or_answer_id)
        roster = self.rosters.get(parts[0])
        return roster, roster.student(parts[1])


def _only(wanted: str, ids: Sequence[str]) -> str | None:
    if len(ids) > 1:
        raise UserError(f"Several answers are meant by '{wanted}': {', '.join(ids[:5])}.", "Give more of the id.")
    return ids[0] if ids else None


def _no_answer(wanted: str) -> UserError:
    return UserError(f"'{wanted}' is no answer of a class.", "'class show STUDENT' lists them.")


_DIGESTS = msgspec.json.Decoder(tuple[SessionDigest, ...])
_ENCODER = msgspec.json.Encoder()


def _class_id_of(class_id: str, student: Student, session: Session) -> str:
    whole = f"{class_id}.{student.id}.{session.id}"
    if not SAFE_NAME.fullmatch(whole):
        raise UserError(f"The session '{session.id}' of {student.name} has too long an id.", "Export it anew.")
    return whole


def _with_student(roster: Roster, name: str) -> tuple[Roster, Student]:
    name = checked_name(name)
    if known := roster.named(name):
        return roster, known
    if len(roster.students) >= MOST_STUDENTS:
        raise UserError(f"The class '{roster.name}' has {MOST_STUDENTS} students.", "Begin another class.")
    student = Student(new_id(name, (each.id for each in roster.students), "student"), name)
    return replace(roster, students=(*roster.students, student)), student

"""A coach's feedback on its way back: one file a student, which their app shows beside its own.

A ZIP file: `feedback.json`, and the spoken comments below `recordings/`. See `docs/classes.md`.
"""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import msgspec

from simulator.classroom.classes import Classes, Roster, Student, own_id
from simulator.errors import UserError
from simulator.sessions.archive import SAFE_NAME, written_whole
from simulator.sessions.archive_reading import copy_whole
from simulator.sessions.coach_feedback import CoachFeedback, coach_repository
from simulator.sessions.export import json_text
from simulator.sessions.recordings import found
from simulator.sessions.store import Store
from simulator.zip_files import names_in, open_zip, read_entry

FEEDBACK_FORMAT = "second-round-feedback"
FEEDBACK_VERSION = 1
FEEDBACK_FILE = "feedback.json"
LONGEST_JSON = 16_000_000
SOUND_ENDINGS = (".wav", ".flac")


def feedback_for(classes: Classes, roster: Roster, student: Student) -> list[CoachFeedback]:
    """What the coach said of a student's answers, as it is kept here."""
    begins = f"{roster.id}.{student.id}."
    return [each for each in classes.feedback.all() if each.id.startswith(begins) and not each.empty]


def comment_recording(answer_id: str) -> str:
    """The name of the recording of a spoken comment on an answer, below the recordings folder."""
    session_id, _, answer = answer_id.partition("/")
    return f"{session_id}/coach-{answer}.wav"


def write_feedback(classes: Classes, roster: Roster, student: Student, target: Path) -> int:
    """Write a student's file; on how many answers there is feedback. Raises UserError."""
    comments = feedback_for(classes, roster, student)
    if not comments:
        raise UserError(
            f"You have said nothing of {student.name}'s answers yet.", "Open one and comment on it first."
        )

    def write(file: BinaryIO) -> None:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            answers = []
            for each in comments:
                own = replace(each, id=own_id(each.id), recording="")
                path = found(classes.recordings, each.recording)
                if path is not None:
                    name = str(PurePosixPath(comment_recording(own.id)).with_suffix(path.suffix))
                    archive.write(path, f"recordings/{name}", zipfile.ZIP_STORED)
                    own = replace(own, recording=name)
                answers.append(own)
            content = {
                "format": FEEDBACK_FORMAT,
                "version": FEEDBACK_VERSION,
                "class": roster.name,
                "answers": answers,
            }
            archive.writestr(FEEDBACK_FILE, json_text(content))

    written_whole(target, write)
    return len(comments)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What came of a feedback file: on how many answers there is something, and those that are not here."""

    answers: int
    elsewhere: tuple[str, ...] = ()


def is_feedback_file(path: Path) -> bool:
    """Whether a file is a coach's feedback."""
    return FEEDBACK_FILE in names_in(path)


def take_feedback(path: Path, store: Store, recordings: Path) -> TakenBack:
    """Keep a coach's feedback beside the answers it is about. Raises UserError when it is none, or damaged."""
    try:
        with open_zip(path, str(path), "Ask your coach for it anew.") as archive:
            names = {entry.filename: entry for entry in archive.infolist()}
            content = read_entry(archive, names[FEEDBACK_FILE], LONGEST_JSON) if FEEDBACK_FILE in names else None
            if content is None:
                raise UserError(f"{path} is no feedback of a coach.", "A coach makes it with 'class return'.")
            taken, elsewhere = 0, []
            for feedback in _answers(content, path):
                if not _is_here(store, feedback.id):
                    elsewhere.append(feedback.id)
                    continue
                if feedback.recording:
                    entry = names.get(f"recordings/{feedback.recording}")
                    if entry is None or not _own_name(feedback):
                        feedback = replace(feedback, recording="")
                    else:
                        copy_whole(archive, entry, recordings / feedback.recording)
                coach_repository(store).save(feedback)
                taken += 1
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror or error}.", "Check its name.") from None
    return TakenBack(taken, tuple(elsewhere))


def _answers(content: bytes, path: Path) -> Sequence[CoachFeedback]:
    try:
        document: Mapping[str, object] = msgspec.json.decode(content, type=dict[str, object])
        if document.get("format") != FEEDBACK_FORMAT:
            raise UserError(f"{path} is no feedback of a coach.", "A coach makes it with 'class return'.")
        version = document.get("version")
        if not isinstance(version, int) or version > FEEDBACK_VERSION:
            raise UserError(f"{path} was made by a newer Second Round.", "Use that version, or a newer one.")
        answers = msgspec.convert(document.get("answers"), tuple[CoachFeedback, ...])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise UserError(f"{path} is damaged: {error}.", "Ask your coach for it anew.") from None
    for each in answers:
        each.check()
    return answers


def _is_here(store: Store, answer_id: str) -> bool:
    session_id = answer_id.partition("/")[0]
    return store.has(session_id) and store.session(session_id).answer(answer_id) is not None


def _own_name(feedback: CoachFeedback) -> bool:
    """Whether the recording's name leads to the answer's own folder and nowhere else."""
    session_id, slash, name = feedback.recording.partition("/")
    ours = bool(slash) and session_id == feedback.id.partition("/")[0]
    return ours and bool(SAFE_NAME.fullmatch(name)) and name.startswith("coach-") and name.endswith(SOUND_ENDINGS)

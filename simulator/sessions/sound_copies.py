"""Copies of a session's recordings under names a person can read, with subtitles beside them."""

import re
import shutil
from pathlib import Path

from simulator.errors import UserError
from simulator.paths import private_folder, private_opener
from simulator.sessions.recordings import found
from simulator.sessions.session import Session
from simulator.speech.subtitles import srt, vtt

LONGEST_NAME = 60


def copy_recordings(session: Session, recordings: Path, folder: Path) -> list[Path]:
    """Copy them into `folder`, each with WebVTT and SubRip of its words; the files made, in order.

    Raises UserError when the folder cannot be written.
    """
    made: list[Path] = []
    for answer in session.answers:
        for number, utterance in enumerate(answer.utterances, 1):
            source = found(recordings, utterance.recording)
            if source is None:
                continue
            private_folder(folder)
            about = re.sub(r"[^a-z0-9]+", "-", answer.question.ask.casefold()).strip("-")[:LONGEST_NAME].strip("-")
            stem = f"{answer.position + 1:02d}-{answer.attempt}-{number}-{about or 'answer'}"
            try:
                made.append(_copied(source, folder / f"{stem}{source.suffix}"))
                for ending, text in ((".vtt", vtt(utterance.transcript)), (".srt", srt(utterance.transcript))):
                    path = folder / f"{stem}{ending}"
                    with open(path, "w", encoding="utf-8", opener=private_opener) as file:
                        file.write(text)
                    made.append(path)
            except OSError as error:
                raise UserError(
                    f"{folder} cannot be written: {error.strerror or error}.", "Choose another place with --out."
                ) from None
    return made


def _copied(source: Path, target: Path) -> Path:
    with source.open("rb") as sound, open(target, "wb", opener=private_opener) as copy:
        shutil.copyfileobj(sound, copy)
    return target

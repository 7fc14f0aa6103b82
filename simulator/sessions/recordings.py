"""The recordings of kept answers: found under either ending, made smaller without ever being out of reach.

A recording is written as WAV and turned into FLAC when its session is over. The new name is in the store before
the old file goes, and each is found by the name of the other, so that a kill at any moment loses none.
"""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.errors import UserError
from simulator.locks import try_lock
from simulator.paths import locked_told
from simulator.sessions.session import Answer, Session
from simulator.speech.recording import PART, to_flac

if TYPE_CHECKING:
    from simulator.sessions.store import Store

ENDINGS = {".wav": ".flac", ".flac": ".wav"}
COPIED = ".part"
LEAST_BYTES = 1_000
"""A recording shorter than this (30 ms) holds no word."""


def found(folder: Path, name: str) -> Path | None:
    """The file of a recording, by the name that is kept or the other ending of it; None when there is none."""
    if not name:
        return None
    try:
        return next((folder / each for each in other_names(name) if (folder / each).is_file()), None)
    except OSError:
        # A folder that may not be looked into has none to give.
        return None


def other_names(name: str) -> tuple[str, ...]:
    """The names under which a recording may lie there, the one that is kept first."""
    stem, dot, ending = name.rpartition(".")
    other = ENDINGS.get(dot + ending)
    return (name, stem + other) if other else (name,)


def names_of(answers: Iterable[Answer]) -> list[str]:
    """The names of all recordings of some answers, each once, in the order they were made."""
    named = (each.recording for answer in answers for each in answer.utterances if each.recording)
    return list(dict.fromkeys(named))


def turn_into_flac(store: "Store", folder: Path, session_id: str) -> list[UserError]:
    """Turn a session's WAV recordings into FLAC, a third of the size.

    What cannot be converted stays as it is and stops none of the others; the problems met are returned.
    """
    problems: list[UserError] = []
    for answer in store.session(session_id).answers:
        for name in names_of((answer,)):
            try:
                _turn_one_into_flac(store, folder, answer.id, name)
            except UserError as problem:
                problems.append(problem)
    return problems


def _turn_one_into_flac(store: "Store", folder: Path, answer_id: str, name: str) -> None:
    """Write the FLAC unless it is there, name it in the store, and only then remove the WAV.

    `name` is the one the store has; where a kill came in between, both files lie there and this goes on from it.
    """
    wav, flac = (folder / name).with_suffix(".wav"), (folder / name).with_suffix(".flac")
    if not wav.is_file() or Path(name).suffix not in ENDINGS:
        return
    if name.endswith(".wav") or not flac.is_file():
        to_flac(wav)
        store.rename_recording(answer_id, name, flac.relative_to(folder).as_posix())
    # Only now: until the store knows the new name, the old one must lead to the sound.
    try:
        wav.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(f"{wav} cannot be removed: {error.strerror or error}.", "Remove it yourself.") from None


def tidy(store: "Store", folder: Path) -> None:
    """Finish what a kill cut short: left-over parts go, what lies there twice is made one. Raises UserError."""
    with locked_told(folder):
        _tidy(store, folder)


def _tidy(store: "Store", folder: Path) -> None:
    for inside in folder.iterdir() if folder.is_dir() else ():
        if not inside.is_dir() or inside.is_symlink():
            continue
        files = {path.name for path in inside.iterdir()}
        for name in files:
            if name.endswith((PART, COPIED)):
                _remove_left_over(inside / name)
        twice = any(f"{name.removesuffix('.wav')}.flac" in files for name in files if name.endswith(".wav"))
        if twice and store.has(inside.name):
            with suppress(UserError):  # a session that cannot be read keeps both
                turn_into_flac(store, folder, inside.name)


def _remove_left_over(part: Path) -> None:
    """Remove a part that nobody is writing any more."""
    try:
        with part.open("ab") as file:
            if try_lock(file):
                part.unlink(missing_ok=True)
    except OSError:
        # It stays until the next start; nothing depends on it.
        return


def unkept(folder: Path, wanted: Path, session: Session) -> list[Path]:
    """The recordings of an answer that was cut short, the newest first: those at `wanted` no answer speaks of."""
    if not wanted.parent.is_dir():
        return []
    kept = {(folder / name).with_suffix("") for name in names_of(session.answers)}
    numbered: list[tuple[int, Path]] = []
    for path in wanted.parent.glob(f"{wanted.stem}*{wanted.suffix}"):
        number = 1 if path == wanted else _number(path.stem.removeprefix(f"{wanted.stem}-"))
        if number and path.with_suffix("") not in kept and path.is_file() and path.stat().st_size > LEAST_BYTES:
            numbered.append((number, path))
    return [path for _, path in sorted(numbered, reverse=True)]


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 6 else 0

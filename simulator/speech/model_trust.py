"""Which speech models may be loaded: a damaged one does not raise, it kills the process.

A model is known by the checksums of its files: those of the sample come with the app, those of an installed model
are kept when it is installed. Any other is tried once, in a process that may die. And should native code crash all
the same, the next start does not load that model again by itself.
"""

import atexit
import contextlib
import faulthandler
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import IO

from simulator.errors import UserError
from simulator.paths import AppPaths, private_folder, private_opener, shipped
from simulator.speech.model_files import ModelFolder, sample_model_folder

SUMS = "SHA256SUMS"
TRIAL_SECONDS = 60.0
"""How long a trial may take, and for each megabyte of the model"""
TRIAL_SECONDS_EACH = 0.1
TRIAL_MEGABYTES = 3_000
"""The memory a trial may have (most of it is never touched), and times the model's size."""
TRIAL_MEGABYTES_TIMES = 4
CRASHED = "Fatal Python error"
ANEW = "Install it anew with 'second-round model install', or type your answers."


def check(folder: ModelFolder, paths: AppPaths) -> None:
    """Raise UserError for a model that must not be loaded here. Takes as long as reading its files.

    One that is not known yet is tried first, which takes longer.
    """
    if crashed(folder, paths):
        raise UserError(
            f"Second Round ended suddenly while it used the speech model {folder.name}; it is not used again by "
            "itself.",
            "Type your answers. 'second-round model check' tries the model, 'model install' replaces it.",
        )
    known = _known_sums(folder, paths)
    if known is None:
        try_once(folder, paths)
    elif changed := [name for name, digest in known.items() if _digest(folder.path / name) != digest]:
        raise UserError(f"The speech model {folder.path} is damaged: {', '.join(sorted(changed))} has changed.", ANEW)


def _known_sums(folder: ModelFolder, paths: AppPaths) -> dict[str, str] | None:
    """The checksums that are vouched for; None where nobody does."""
    if folder.is_sample:
        return read_sums(sample_model_folder() / SUMS)
    path = folder.path.resolve()
    return read_sums(path / SUMS) if path.parent == paths.speech_models.resolve() else None


def keep_sums(path: Path) -> None:
    """Keep the checksums of a model that was just installed and tried, beside its files."""
    lines = [f"{digest}  {name}\n" for name, digest in sums_of(path).items()]
    with open(path / SUMS, "w", encoding="utf-8", opener=private_opener) as file:
        file.writelines(lines)


def sums_of(path: Path) -> dict[str, str]:
    """The SHA-256 of every file of a model, by its name within."""
    files = sorted(each for each in path.rglob("*") if each.is_file() and each.name not in (SUMS, "README.md"))
    return {file.relative_to(path).as_posix(): _digest(file) for file in files}


def read_sums(path: Path) -> dict[str, str] | None:
    try:
        if not path.is_file():
            return None
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    pairs = [line.split("  ", 1) for line in lines if "  " in line]
    return {name: digest for digest, name in pairs} or None


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return f"unreadable: {error.strerror or error}"


# The trial.


def try_once(folder: ModelFolder, paths: AppPaths) -> None:
    """Try a model unless just this one was tried before. Raises UserError when it does not work."""
    digest = hashlib.sha256(json.dumps(sums_of(folder.path), sort_keys=True).encode()).hexdigest()
    tried = paths.cache / "tried_speech_models" / digest
    if tried.exists():
        return
    trial(folder.path)
    with contextlib.suppress(UserError, OSError):  # without a cache it is tried again the next time
        private_folder(tried.parent)
        tried.touch(0o600)


def trial(path: Path, name: str = "") -> None:
    """Load a model in a process of its own and let it hear something.

    Raises UserError when it does not work, with `name` for one that lies nowhere yet.
    """
    size = sum(file.stat().st_size for file in path.rglob("*") if file.is_file()) // 1_000_000
    worker = Path(__file__).with_name("model_trial_worker.py")
    megabytes = TRIAL_MEGABYTES + TRIAL_MEGABYTES_TIMES * size
    command = [sys.executable, "-P", str(worker), str(path), str(shipped("assets/trial_speech.wav")), str(megabytes)]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            timeout=TRIAL_SECONDS + TRIAL_SECONDS_EACH * size,
        )
    except subprocess.TimeoutExpired:
        raise UserError(
            f"The speech model {name or path} is damaged: it did not come to an end when it was tried.", ANEW
        ) from None
    except OSError as error:
        raise UserError(f"The speech model {name or path} could not be tried: {error.strerror or error}.") from None
    if done.returncode == 1:
        raise UserError(
            f"The speech model {name or path} cannot be loaded ({done.stdout.decode(errors='replace').strip()}).",
            ANEW,
        )
    if done.returncode != 0:
        raise UserError(f"The speech model {name or path} is damaged: it crashed when it was tried.", ANEW)


# After a crash.

_watching: list[IO[bytes]] = []
"""The file that a crash is written to: it must stay open as long as the process lives."""


def watch(folder: ModelFolder, paths: AppPaths) -> None:
    """From now on a crash in native code leaves a note that names this model."""
    if _watching or faulthandler.is_enabled():
        return
    try:
        private_folder(paths.data)
        if crash_note(paths).exists() and not crash_note(paths).is_file():
            return
        file = open(crash_note(paths), "wb", buffering=0, opener=private_opener)  # noqa: SIM115 - see above
    except (UserError, OSError):
        # Nothing can be noted there; a crash is then not remembered.
        return
    try:
        file.write(os.fsencode(f"{folder.path.resolve()}\n"))
    except OSError:
        # No room on the disk: the same.
        file.close()
        return
    faulthandler.enable(file)
    _watching.append(file)
    atexit.register(_end_of_watch, file, crash_note(paths))


def _end_of_watch(file: IO[bytes], note: Path) -> None:
    """The program ends as it should: there is nothing to remember."""
    faulthandler.disable()
    file.close()
    with contextlib.suppress(OSError):
        note.unlink(missing_ok=True)


def crashed(folder: ModelFolder, paths: AppPaths) -> bool:
    """Whether the app died within this model the last time."""
    try:
        if not crash_note(paths).is_file():
            return False
        note = os.fsdecode(crash_note(paths).read_bytes())
    except OSError:
        return False
    model, _, report = note.partition("\n")
    # The thread that crashed comes first; other native code may have crashed while a model was loaded.
    guilty = report.partition("Current thread")[2].partition("\n\n")[0]
    return CRASHED in report and "vosk" in guilty and model == str(folder.path.resolve())


def forgive(paths: AppPaths) -> None:
    """The model was tried, or another one is there: what crashed before counts no more."""
    with contextlib.suppress(OSError):
        crash_note(paths).unlink(missing_ok=True)


def crash_note(paths: AppPaths) -> Path:
    """Where a crash is noted."""
    return paths.data / "speech_crash.txt"

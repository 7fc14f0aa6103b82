"""What works here, what does not, and what to do about it: each part tried once for real, for `doctor`.

A sentence is spoken, the microphone listened to, speech written down, an answer read, a store written and read.
That takes some seconds.
"""

import os
import platform
import shlex
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from simulator.assessment import read_answer
from simulator.errors import MissingPart, UserError, as_started
from simulator.paths import AppPaths, private_folder, user_paths
from simulator.questions.bank import Bank
from simulator.services import Services
from simulator.sessions.store import Store
from simulator.settings import Settings, load_settings
from simulator.speech.listening import open_listener
from simulator.speech.model_files import sample_model, wanted_model
from simulator.speech.playback import Loudspeaker
from simulator.speech.ports import PartStatus, Readiness
from simulator.speech.quiet import native_stderr_dropped
from simulator.speech.self_test import Tried, try_microphone, try_recogniser, try_voice
from simulator.speech.transcriber import SpeechModel
from simulator.speech.transcript import typed

SMALLEST_SCREEN = (80, 24)
ROOM_WANTED = 200_000_000
"""Bytes free on the data folder's disk below which a warning is due: 100 minutes of recording."""
MODEL_PATIENCE = 120.0
"""Seconds a large speech model may take to load."""


class State(StrEnum):
    """How a part is. `ATTENTION`: it works, but something about it should be known."""

    READY = "ready"
    ATTENTION = "attention"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class CheckedPart:
    """One part as it was found. `detail` says what was found or what is wrong, `hint` what to do.

    `needed` marks the parts without which not even a typed interview works, `spoken` those of a spoken one.
    """

    part: str
    label: str
    state: State
    detail: str
    hint: str = ""
    needed: bool = False
    spoken: bool = False
    figures: dict[str, float | int | str] = field(default_factory=dict)
    """What was measured; no name of a person, file or device is in it."""


@dataclass(frozen=True, slots=True)
class Findings:
    """Every part, in the order in which they are told."""

    parts: tuple[CheckedPart, ...]

    @property
    def typed_interview(self) -> bool:
        """Whether an interview with typed answers works from start to end."""
        return all(part.state is not State.MISSING for part in self.parts if part.needed)

    @property
    def spoken_interview(self) -> bool:
        """Whether questions can be heard and answers spoken."""
        return self.typed_interview and not self.missing_for_speech

    @property
    def missing_for_speech(self) -> tuple[CheckedPart, ...]:
        """What is not there of the parts that a spoken interview wants."""
        return tuple(part for part in self.parts if part.spoken and part.state is State.MISSING)


Found = str | tuple[str, str] | Tried
"""What a look at a part gives: the detail or, where attention is due, detail and hint; or how a trial went."""


def check_parts(paths: AppPaths | None = None) -> Findings:
    """Look at every part. What is wrong with a part is told, not raised."""
    paths = paths or user_paths()
    troubles: list[str] = []
    settings, unreadable = Settings(), None
    try:
        settings = load_settings(paths, troubles.append)
    except UserError as problem:
        unreadable = problem
    services = Services(paths, settings)

    def look_at_settings() -> Found:
        if unreadable:
            raise unreadable
        if troubles:
            return "\n".join(troubles), "'settings show' lists what there is."
        return str(paths.settings_file) + ("" if paths.settings_file.exists() else " (none yet: the defaults hold)")

    try:
        return Findings(
            (
                _look("python", "Python", _python, needed=True),
                _look("terminal", "Terminal", _terminal),
                _look("screen", "Full-screen app", _full_screen),
                _look("data", "Data folder", lambda: _data_folder(paths), needed=True),
                _look("settings", "Settings", look_at_settings),
                _look("sessions", "Past sessions", lambda: _sessions(services)),
                _look("banks", "Question banks", lambda: _banks(services), needed=True),
                _look("reading", "Reading answers", _reading),
                _look("interviewers", "Interviewers", lambda: _interviewers(services), needed=True),
                *_sound(paths, settings),
                _look("editor", "Text editor", _editor),
            )
        )
    finally:
        services.close()


def _look(
    part: str, label: str, look: Callable[[], Found], needed: bool = False, spoken: bool = False
) -> CheckedPart:
    began = time.monotonic()
    try:
        found = look()
    except UserError as problem:
        return CheckedPart(part, label, State.MISSING, problem.message, problem.hint, needed, spoken)
    tried = found if isinstance(found, Tried) else Tried(*((found,) if isinstance(found, str) else found))
    state = State.ATTENTION if tried.hint else State.READY
    figures = {**tried.figures, "seconds_in_all": round(time.monotonic() - began, 2)}
    return CheckedPart(part, label, state, tried.detail, as_started(tried.hint), needed, spoken, figures)


def _python() -> Found:
    return f"{platform.python_version()} on {platform.system()} {platform.machine()}, {sys.executable}"


def _terminal() -> Found:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return "none here: the interview is plain, on stdin and stdout"
    kind, (columns, rows) = os.environ.get("TERM", "unknown"), shutil.get_terminal_size()
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    described = f"{kind}, {columns}x{rows}, {sys.stdout.encoding}"
    if kind == "dumb":
        return described, "It cannot show the full-screen app; 'practice --plain' works."
    if encoding != "utf8" and sys.platform != "win32":
        return described, "Set a UTF-8 locale (export LANG=C.UTF-8), or letters and lines look wrong."
    if columns < SMALLEST_SCREEN[0] or rows < SMALLEST_SCREEN[1]:
        return described, f"Make the window at least {SMALLEST_SCREEN[0]}x{SMALLEST_SCREEN[1]}."
    return described


def _full_screen() -> Found:
    if find_spec("textual") is None:
        raise MissingPart("Textual is not installed.", "Start with 'python3 run.py', which installs all it needs.")
    try:
        return f"Textual {version('textual')}"
    except PackageNotFoundError:
        return "Textual"


def _data_folder(paths: AppPaths) -> Found:
    """A store of its own is written in the folder, read and taken away."""
    folder = private_folder(paths.data)
    words = "kept for a moment"
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".trial-") as scratch:
            for _ in range(2):
                store = Store(Path(scratch) / paths.database.name)
                store.keep_document("trial", "trial", words)
                store.close()
            store = Store(Path(scratch) / paths.database.name)
            read = store.document("trial", "trial")
            store.close()
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise UserError(
            f"{folder} cannot be written to: {error.strerror or error}.",
            "Make it writable, or set SIMULATOR_HOME to another folder.",
        ) from None
    if read != words:
        raise UserError(
            f"What is written in {folder} does not come back.", "The disk may be failing: use another one."
        )
    figures: dict[str, float | int | str] = {"megabytes_free": free // 1_000_000}
    if free < ROOM_WANTED:
        hint = "Make room on that disk: recordings take 2 MB a minute."
        return Tried(f"{folder}, {free // 1_000_000} MB free", hint, figures)
    return Tried(f"{folder}, written and read, {free / 1e9:.1f} GB free", figures=figures)


def _sessions(services: Services) -> Found:
    if not services.paths.database.exists():
        return "none yet"
    count = services.data.store.count()
    if services.data.store.notice:
        return services.data.store.notice, "Keep that file if you want to have it mended."
    size = services.paths.database.stat().st_size
    return Tried(f"{count} kept", figures={"sessions": count, "megabytes": round(size / 1e6, 1)})


def _banks(services: Services) -> Found:
    chosen = services.library.bank()
    listed = services.library.banks()
    whole = [bank for bank in listed if isinstance(bank, Bank)]
    broken = [bank for bank in listed if not isinstance(bank, Bank)]
    questions = sum(len(bank.questions) for bank in whole)
    described = f"{len(whole)} with {questions} questions; chosen: {chosen.id}"
    if broken:
        names = ", ".join(bank.id for bank in broken)
        return f"{described}; with errors: {names}", "'banks check' shows every error with its place."
    return described


def _reading() -> Found:
    """One answer read with the language model."""
    reading = read_answer(typed("last winter i rang every customer myself and two of them came back"), "An example?")
    if not reading.spans:
        return (
            "the language model loads, but finds nothing in a sentence that tells a deed",
            "Get the app's files anew.",
        )
    return Tried(f"works, model version {reading.version}", figures={"elements_found": len(reading.spans)})


def _interviewers(services: Services) -> Found:
    there = services.interviewers.all()
    if not there:
        raise MissingPart("There is no interviewer.", "Get the whole folder of Second Round anew.")
    services.panels.chosen()
    return f"{len(there)}: " + ", ".join(interviewer.name for interviewer in there)


def _sound(paths: AppPaths, settings: Settings) -> Sequence[CheckedPart]:
    """Voice, loudspeaker, microphone, recogniser, speech model. What native libraries print is dropped."""

    def recogniser() -> Found:
        tried = try_recogniser(SpeechModel(sample_model()))
        return Tried(f"{tried.detail}, with the sample model", tried.hint, tried.figures)

    def model() -> Found:
        listener.wait_until_loaded(MODEL_PATIENCE)
        found = _as_found(listener.model_status())
        used = found if isinstance(found, str) else found[0]
        if settings.speech_model:
            try:
                wanted_model(settings.speech_model, paths)
            except UserError as problem:
                return f"{problem.message} In its place: {used}", problem.hint
        if not isinstance(found, str):
            return found
        tried = try_recogniser(SpeechModel(wanted_model(settings.speech_model, paths)))
        return Tried(f"{used}, {tried.detail}", tried.hint, tried.figures)

    with native_stderr_dropped():
        listener = open_listener(paths, settings)
        try:
            return (
                _look("voice", "Voice", lambda: try_voice(settings), spoken=True),
                _look("speaker", "Loudspeaker", Loudspeaker(settings.speaker).name, spoken=True),
                _look("microphone", "Microphone", lambda: try_microphone(settings), spoken=True),
                _look("recogniser", "Recogniser", recogniser, spoken=True),
                _look("model", "Speech model", model, spoken=True),
            )
        finally:
            listener.close()


def _as_found(status: PartStatus) -> str | tuple[str, str]:
    match status.readiness:
        case Readiness.READY:
            return status.detail
        case Readiness.SAMPLE:
            return status.detail, status.hint
        case Readiness.LOADING:
            return status.detail, "It takes long; look again in a minute."
        case Readiness.MISSING:
            raise MissingPart(status.detail, status.hint)


def _editor() -> Found:
    for name in ("VISUAL", "EDITOR"):
        try:
            words = shlex.split(os.environ.get(name, ""), posix=sys.platform != "win32")
        except ValueError:
            return f"{name} has an open quote", f"Set {name} to your editor."
        if words:
            if shutil.which(words[0]):
                return f"{words[0]} ({name})"
            return f"{name} names {words[0]}, which is not there", f"Set {name} to an editor that is installed."
    for editor in ("nano", "vim", "vi", "notepad"):
        if shutil.which(editor):
            return editor
    return "none found", "Set EDITOR to the one you use, to open question banks in it."

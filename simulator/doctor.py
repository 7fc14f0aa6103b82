"""What works here, what does not, and the exact cure: each part looked at once, for `doctor`.

Looking at the sound parts takes a second or two: the voice is started, the speech model loaded.
"""

import os
import platform
import shlex
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from simulator.places import Places, private_folder, user_places
from simulator.problems import Missing, Problem
from simulator.questions.bank import Bank
from simulator.settings import Settings, load_settings
from simulator.speech.ports import PartStatus, Readiness
from simulator.studio import Studio

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
class Examined:
    """One part as it was found. `detail` says what was found or what is wrong, `cure` what to do.

    `needed` marks the parts without which not even a typed interview works, `spoken` those of a spoken one.
    """

    part: str
    label: str
    state: State
    detail: str
    cure: str = ""
    needed: bool = False
    spoken: bool = False


@dataclass(frozen=True, slots=True)
class Findings:
    """Every part, in the order in which they are told."""

    parts: tuple[Examined, ...]

    @property
    def typed_interview(self) -> bool:
        """Whether an interview with typed answers works from start to end."""
        return all(part.state is not State.MISSING for part in self.parts if part.needed)

    @property
    def spoken_interview(self) -> bool:
        """Whether questions can be heard and answers spoken."""
        return self.typed_interview and not self.missing_for_speech

    @property
    def missing_for_speech(self) -> tuple[Examined, ...]:
        """What is not there of the parts that a spoken interview wants."""
        return tuple(part for part in self.parts if part.spoken and part.state is State.MISSING)


Found = str | tuple[str, str]
"""What a look at a part gives: the detail or, where attention is due, detail and cure."""


def examine(places: Places | None = None) -> Findings:
    """Look at every part. What is wrong with a part is told, not raised."""
    places = places or user_places()
    troubles: list[str] = []
    settings, unreadable = Settings(), None
    try:
        settings = load_settings(places, troubles.append)
    except Problem as problem:
        unreadable = problem
    studio = Studio(places, settings)

    def look_at_settings() -> Found:
        if unreadable:
            raise unreadable
        if troubles:
            return "\n".join(troubles), "'settings show' lists what there is."
        return str(places.settings_file) + ("" if places.settings_file.exists() else " (none yet: the defaults hold)")

    try:
        return Findings(
            (
                _look("python", "Python", _python, needed=True),
                _look("terminal", "Terminal", _terminal),
                _look("screen", "Full-screen app", _full_screen),
                _look("data", "Data folder", lambda: _data_folder(places), needed=True),
                _look("settings", "Settings", look_at_settings),
                _look("sessions", "Past sessions", lambda: _sessions(studio)),
                _look("banks", "Question banks", lambda: _banks(studio), needed=True),
                _look("interviewers", "Interviewers", lambda: _interviewers(studio), needed=True),
                *_sound(places, settings),
                _look("editor", "Text editor", _editor),
            )
        )
    finally:
        studio.close()


def _look(part: str, label: str, look: Callable[[], Found], needed: bool = False, spoken: bool = False) -> Examined:
    try:
        found = look()
    except Problem as problem:
        return Examined(part, label, State.MISSING, problem.what, problem.cure, needed, spoken)
    if isinstance(found, tuple):
        return Examined(part, label, State.ATTENTION, *found, needed=needed, spoken=spoken)
    return Examined(part, label, State.READY, found, "", needed, spoken)


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
        raise Missing("Textual is not installed.", "Start with 'python3 run.py', which installs all it needs.")
    try:
        return f"Textual {version('textual')}"
    except PackageNotFoundError:
        return "Textual"


def _data_folder(places: Places) -> Found:
    folder = private_folder(places.data)
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise Problem(
            f"{folder} cannot be written to: {error.strerror or error}.",
            "Make it writable, or set SIMULATOR_HOME to another folder.",
        ) from None
    if free < ROOM_WANTED:
        return f"{folder}, {free // 1_000_000} MB free", "Make room on that disk: recordings take 2 MB a minute."
    return f"{folder}, {free / 1e9:.1f} GB free"


def _sessions(studio: Studio) -> Found:
    if not studio.places.database.exists():
        return "none yet"
    count = studio.store.count()
    if studio.store.notice:
        return studio.store.notice, "Keep that file if you want to have it mended."
    return f"{count} kept"


def _banks(studio: Studio) -> Found:
    chosen = studio.bank()
    listed = studio.banks()
    whole = [bank for bank in listed if isinstance(bank, Bank)]
    broken = [bank for bank in listed if not isinstance(bank, Bank)]
    questions = sum(len(bank.questions) for bank in whole)
    described = f"{len(whole)} with {questions} questions; chosen: {chosen.id}"
    if broken:
        names = ", ".join(bank.id for bank in broken)
        return f"{described}; with errors: {names}", "'banks check' shows every error with its place."
    return described


def _interviewers(studio: Studio) -> Found:
    there = studio.interviewers()
    if not there:
        raise Missing("There is no interviewer.", "Get the whole folder of Second Round anew.")
    studio.cast()
    return f"{len(there)}: " + ", ".join(interviewer.name for interviewer in there)


def _sound(places: Places, settings: Settings) -> Sequence[Examined]:
    """Voice, loudspeaker, microphone, speech model. What native libraries print meanwhile is dropped."""
    from simulator.speech.listening import open_listener
    from simulator.speech.model_files import wanted_model
    from simulator.speech.playback import Speaker
    from simulator.speech.quiet import native_stderr_dropped
    from simulator.speech.voice import open_voice

    def model() -> Found:
        listener.wait_until_loaded(MODEL_PATIENCE)
        found = _as_found(listener.model_status())
        if settings.speech_model:
            try:
                wanted_model(settings.speech_model, places)
            except Problem as problem:
                used = found if isinstance(found, str) else found[0]
                return f"{problem.what} In its place: {used}", problem.cure
        return found

    with native_stderr_dropped():
        voice, listener = open_voice(places, settings), open_listener(places, settings)
        try:
            return (
                _look("voice", "Voice", lambda: _as_found(voice.settled_status()), spoken=True),
                _look("speaker", "Loudspeaker", Speaker(settings.speaker).name, spoken=True),
                _look(
                    "microphone", "Microphone", lambda: _as_found(listener.settled_microphone_status()), spoken=True
                ),
                _look("model", "Speech model", model, spoken=True),
            )
        finally:
            voice.close()
            listener.close()


def _as_found(status: PartStatus) -> Found:
    match status.readiness:
        case Readiness.READY:
            return status.detail
        case Readiness.SAMPLE:
            return status.detail, status.cure
        case Readiness.LOADING:
            return status.detail, "It takes long; look again in a minute."
        case Readiness.MISSING:
            raise Missing(status.detail, status.cure)


def _editor() -> Found:
    for name in ("VISUAL", "EDITOR"):
        if words := shlex.split(os.environ.get(name, "")):
            if shutil.which(words[0]):
                return f"{words[0]} ({name})"
            return f"{name} names {words[0]}, which is not there", f"Set {name} to an editor that is installed."
    for editor in ("nano", "vim", "vi", "notepad"):
        if shutil.which(editor):
            return editor
    return "none found", "Set EDITOR to the one you use, to open question banks in it."

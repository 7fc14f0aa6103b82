"""Texts to sound files: a worker process with pyttsx3 in it, and a cache in front.

The worker is `synthesis_worker.py`. What it made is checked (there is sound, for a plausible time)
before it enters the cache; a worker that hangs or dies is replaced and the text tried once more.
"""

import hashlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.errors import MissingPart, UserError
from simulator.paths import private_folder
from simulator.speech.install_hints import how_to_install
from simulator.speech.ports import VoiceStyle

RECIPE = 1
"""Raised when sound files are made differently, so that older ones are not used."""

CACHE_LIMIT = 200_000_000
"""Bytes of spoken questions kept; the longest unused go first."""

RETRY_AFTER = 30.0
"""Seconds after which a missing synthesiser is looked for again (the user may have installed it meanwhile)."""

START_TIMEOUT = 20.0
"""Seconds a worker may take to find its voices (0.2 s measured; a cold disk takes longer)."""


@dataclass(frozen=True, slots=True)
class SpokenText:
    """A text as a sound file. `marks` are (character, second) where words start, as far as known."""

    path: Path
    seconds: float
    marks: tuple[tuple[int, float], ...] = ()


class Synthesizer:
    """Makes sound files of texts. All calls block and may come from any thread; one text at a time."""

    def __init__(self, cache: Path, commands: Sequence[Sequence[str]] | None = None, patience: float = 10.0) -> None:
        """`commands` start a worker, tried in order; `patience` is how long a short text may take, in seconds."""
        self._cache = cache
        self._commands = list(commands) if commands is not None else worker_commands()
        self._patience = patience
        self._worker: _Worker | None = None
        self._working: Sequence[str] | None = None
        self._turn = threading.Lock()
        self._closed = False
        self._missing: MissingPart | None = None
        self._missing_since = 0.0
        self.driver = ""
        self.version = ""

    def start(self) -> None:
        """Start the worker and learn which synthesiser it found. Raises Missing when there is none."""
        with self._turn:
            self._started()

    def make(self, text: str, style: VoiceStyle) -> SpokenText:
        """The sound file of `text`, from the cache or made now.

        Raises Missing without a synthesiser, UserError when it fails twice or the file cannot be kept.
        """
        text = speakable(text)
        with self._turn:
            worker = self._started()
            kept = self._kept(text, style)
            if kept is not None:
                return kept
            try:
                return self._made(worker, text, style)
            except _WorkerLost:
                self._stop()
                try:
                    return self._made(self._started(), text, style)
                except _WorkerLost as lost:
                    self._stop()
                    raise UserError(
                        f"The voice could not say this: the synthesiser {lost}.",
                        "Captions go on without it.",
                    ) from None

    def close(self) -> None:
        """End the worker and trim the cache."""
        self._closed = True
        worker = self._worker
        if worker is not None:
            worker.kill()
        trim(self._cache, CACHE_LIMIT)

    def _started(self) -> "_Worker":
        if self._worker is not None and self._worker.alive:
            return self._worker
        if self._closed:
            raise MissingPart("The voice was switched off.")
        if self._missing is not None and time.monotonic() - self._missing_since < RETRY_AFTER:
            raise self._missing
        reasons = []
        for command in [self._working] if self._working else self._commands:
            try:
                worker = _Worker(command)
            except OSError as error:
                reasons.append(f"its process could not be started: {error.strerror or error}")
                continue
            hello = worker.answer(START_TIMEOUT)
            if hello is not None and "driver" in hello:
                self._worker, self._working = worker, command
                self.driver, self.version = str(hello["driver"]), str(hello["version"])
                return worker
            worker.kill()
            reasons.append("it did not start" if hello is None else str(hello.get("missing", hello)))
        self._working = None
        hint = how_to_install("espeak") if sys.platform.startswith("linux") else "Switch on a system voice."
        self._missing_since = time.monotonic()
        self._missing = MissingPart(
            f"No speech synthesiser could be used ({reasons[-1] if reasons else 'none is known'}).", hint
        )
        raise self._missing

    def _made(self, worker: "_Worker", text: str, style: VoiceStyle) -> SpokenText:
        folder = private_folder(self._cache)
        target = folder / f"{self._key(text, style)}.wav"
        part = folder / f"{target.stem}.{os.getpid()}.part"
        worker.ask(
            {
                "text": text,
                "file": str(part),
                "gender": style.gender,
                "accent": style.accent,
                "variant": style.variant,
                "rate": style.words_per_minute,
                "pitch": style.pitch,
            }
        )
        try:
            answer = worker.answer(self._patience + len(text) / 200)
            if answer is None:
                raise _WorkerLost("gave no answer")
            if answer.get("errno"):
                raise OSError(answer["errno"], os.strerror(answer["errno"]))
            if "error" in answer:
                raise _WorkerLost(f"failed ({answer['error']})")
            seconds = _checked_seconds(part)
            marks = tuple((int(at), float(second)) for at, second in answer["marks"])
            # The marks first: where the sound is, its marks are.
            notes = target.with_suffix(".json")
            _write_private(notes.with_suffix(".json.part"), json.dumps(marks), notes)
            part.chmod(0o600)
            part.replace(target)
        except OSError as error:
            raise UserError(
                f"The spoken question cannot be kept in {folder}: {error.strerror or error}.",
                "Free some space or make the folder writable.",
            ) from None
        finally:
            part.unlink(missing_ok=True)
        return SpokenText(target, seconds, marks)

    def _kept(self, text: str, style: VoiceStyle) -> SpokenText | None:
        path = self._cache / f"{self._key(text, style)}.wav"
        try:
            if not (path.is_file() and path.with_suffix(".json").is_file()):
                return None
            marks = json.loads(path.with_suffix(".json").read_text("utf-8"))
            seconds = _checked_seconds(path)
            os.utime(path)
            return SpokenText(path, seconds, tuple((int(at), float(second)) for at, second in marks))
        except (OSError, ValueError, TypeError, RecursionError, _WorkerLost):
            return None  # not there, or damaged: it is simply made again

    def _key(self, text: str, style: VoiceStyle) -> str:
        parts = (
            RECIPE,
            self.driver,
            self.version,
            self._working[-1] if self._working else "",
            text,
            style.gender,
            style.accent,
            style.variant,
            style.words_per_minute,
            style.pitch,
        )
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]

    def _stop(self) -> None:
        if self._worker is not None:
            self._worker.kill()
            self._worker = None


class _WorkerLost(Exception):
    """The worker hung, died or failed at one text; a fresh one may do better."""


class _Worker:
    """One worker process and the thread that reads its answers."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            # Ctrl+C in the terminal is for the app; the worker leaves when its stdin closes.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        self._answers: queue.Queue[dict[str, Any] | None] = queue.Queue()
        threading.Thread(target=self._read, name="synthesis answers", daemon=True).start()

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, request: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        except OSError:
            raise _WorkerLost("stopped") from None

    def answer(self, timeout: float) -> dict[str, Any] | None:
        """The next answer, or None when none comes in time or the worker is gone."""
        try:
            return self._answers.get(timeout=timeout)
        except queue.Empty:
            return None

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                try:
                    document = json.loads(line)
                except ValueError:
                    break
                self._answers.put(document if isinstance(document, dict) else None)
        self._answers.put(None)


def worker_commands() -> list[list[str]]:
    """How to start a worker here: the system's espeak first, then the one that comes with the app."""
    # -P: the folder of this script must not shadow modules of the standard library.
    worker = [sys.executable, "-P", str(Path(__file__).with_name("synthesis_worker.py"))]
    if sys.platform.startswith("linux"):
        return [[*worker, "system"], [*worker, "bundled"]]
    return [[*worker, "system"]]


def speakable(text: str) -> str:
    """`text` with control characters as spaces: espeak ends at a NUL, and positions must stay the same."""
    return "".join(character if character.isprintable() else " " for character in text)


def trim(folder: Path, limit: int) -> None:
    """Delete the longest unused sound files of `folder` until at most `limit` bytes are left."""
    if not folder.is_dir():
        return
    files = []
    for path in folder.glob("*.wav"):
        try:
            about = path.stat()
        except OSError:
            continue  # another app's clean-up was faster
        files.append((about.st_mtime, about.st_size, path))
    total = sum(size for _, size, _ in files)
    for _, size, path in sorted(files, key=lambda row: row[0]):
        if total <= limit:
            return
        try:
            path.unlink(missing_ok=True)
            path.with_suffix(".json").unlink(missing_ok=True)
        except OSError:
            return  # a cache that cannot be trimmed does no harm
        total -= size


def _checked_seconds(path: Path) -> float:
    try:
        with wave.open(str(path), "rb") as sound:
            seconds = sound.getnframes() / sound.getframerate()
    except (wave.Error, EOFError) as error:
        raise _WorkerLost(f"wrote no proper sound file ({str(error) or 'it ends too early'})") from None
    if seconds <= 0:
        raise _WorkerLost("wrote an empty sound file")
    return seconds


def _write_private(part: Path, text: str, target: Path) -> None:
    try:
        part.write_text(text, "utf-8")
        part.chmod(0o600)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)

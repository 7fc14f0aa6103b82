"""Keeps what native libraries (ALSA, PortAudio, Vosk) print on stderr away from the screen.

Textual draws on `sys.__stderr__`. The libraries write to file descriptor 2. Python's stderr is
moved to a copy of the terminal, then descriptor 2 is pointed at the log.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

LOG_LIMIT = 1_000_000
"""Bytes after which the log is begun anew."""


def quiet_native_stderr(log_path: Path) -> None:
    """Send native noise to `log_path` (private, appended) from now on. Call once, before the app starts.

    Python's own stderr keeps going to the terminal. Where the log cannot be written the noise is dropped.
    """
    for stream in (sys.stderr, sys.__stderr__):
        if stream is not None:
            stream.flush()
    terminal = os.fdopen(os.dup(2), "w", buffering=1, encoding="utf-8", errors="backslashreplace")
    was_usual = sys.stderr is sys.__stderr__
    log = open_log(log_path)
    os.dup2(log, 2)
    os.close(log)
    sys.__stderr__ = terminal  # type: ignore[misc]
    if was_usual:
        sys.stderr = terminal


@contextmanager
def native_stderr_dropped() -> Iterator[TextIO]:
    """Drop what is written to stderr while the block runs; the block gets a stream that still reaches it.

    For short commands, where no other thread has anything to say.
    """
    if sys.stderr is not None:
        sys.stderr.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        with os.fdopen(os.dup(kept), "w", encoding="utf-8", errors="backslashreplace") as terminal:
            yield terminal
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def open_log(path: Path) -> int:
    """A descriptor for the log, or for nowhere when the log cannot be written."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.exists() and not path.is_file():
            raise OSError("what stands there is no file; to open a pipe would wait for ever")
        if path.exists() and path.stat().st_size > LOG_LIMIT:
            flags |= os.O_TRUNC
        return os.open(path, flags, 0o600)
    except OSError:
        # A read-only home must not keep the app from starting: the noise is worth less than the practice.
        return os.open(os.devnull, os.O_WRONLY)

"""The standard streams, whatever they lead to: closed, full, a folder, or a terminal that lacks most signs."""

import atexit
import codecs
import contextlib
import io
import os
import sys
import threading
from pathlib import Path
from typing import NoReturn, TextIO


def prepare() -> None:
    """Call once, first of all: every stream is there, and a sign that cannot be shown is shown as another.

    A closed descriptor is filled with nothing, so that the next file opened does not take its place.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            _fill(number)
    sys.stdin = sys.stdin or Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - as long as the process
    sys.stdout = _written_whole(sys.stdout) if sys.stdout else _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            fits = _reads_lines if stream is sys.stdin else _writes_words
            stream.reconfigure(encoding=None if fits(stream.encoding) else "utf-8", errors="replace")


def _reads_lines(encoding: str) -> bool:
    """Whether plain lines can be read with it, as a keyboard gives them: not with UTF-16, say."""
    try:
        return codecs.getincrementaldecoder(encoding)("replace").decode(b"line\n") == "line\n"
    except (LookupError, UnicodeError):
        return False


def _writes_words(encoding: str) -> bool:
    """Whether any words can be written with it; a sign that it lacks is written as another."""
    try:
        return bool("word \u2713\n".encode(encoding, "replace"))
    except (LookupError, UnicodeError):
        return False


def _fill(number: int) -> None:
    with contextlib.suppress(OSError):
        made = os.open(os.devnull, os.O_RDWR)
        if made != number:
            os.dup2(made, number)
            os.close(made)


def _written_whole(stream: TextIO) -> TextIO:
    """The stream with a buffer where it has none (PYTHONUNBUFFERED).

    Without one, what a full disk takes only in part is cut off, and no error is raised.
    """
    if not isinstance(getattr(stream, "buffer", None), io.RawIOBase):
        return stream
    encoding, errors, was_usual = stream.encoding, stream.errors, stream is sys.__stdout__
    raw = stream.detach()  # type: ignore[attr-defined]
    whole = io.TextIOWrapper(io.BufferedWriter(raw), encoding, errors, line_buffering=True)
    if was_usual:
        sys.__stdout__ = whole  # type: ignore[misc]
    return whole


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def readable(word: str) -> str:
    """A word of the command line as text, whatever the locale; the name of a file that is there stays as it is."""
    if word.isprintable() or os.path.lexists(word):
        return word
    return os.fsencode(word).decode(errors="replace")


def all_shown() -> str:
    """Have everything written; why not, in words, where that fails. Nothing more is tried then."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError) as error:
        with contextlib.suppress(OSError, ValueError):
            give_up_stdout()
        if isinstance(error, BrokenPipeError):
            return ""
        return f"Not everything could be shown: {getattr(error, 'strerror', None) or error}."
    return ""


_at_once = False


def ends_at_once() -> bool:
    """Whether the process is about to end without being taken apart."""
    return _at_once


def end_at_once(status: int) -> NoReturn:
    """End the process once all is done that was to be done at its end, without taking it apart.

    The system's sound libraries, once loaded, crash now and then while they are taken apart, and print as they go.
    """
    global _at_once
    _at_once = True
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    os._exit(status)


def give_up_stdout() -> None:
    """Point stdout elsewhere, so that Python's exit stays quiet about what cannot be written."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)

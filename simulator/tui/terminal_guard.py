"""Stands beside the full-screen app and gives the terminal back, however the app ends.

The app runs in a forked process; this one only waits. Native code can crash, somebody can send a signal, the
terminal can go: Python in the app may not come to run any more, and a terminal without echo would be left.
"""

import contextlib
import gc
import os
import select
import signal
import sys
import time
from typing import Any

if sys.platform != "win32":
    import termios

BACK_TO_NORMAL = (
    "\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?2004l\x1b[?2048l\x1b[?1004l\x1b[<u\x1b[?7h\x1b[?1049l\x1b[?25h"
)
"""No mouse, no pasting marks, no reports, plain keys, lines that wrap, the usual screen, a cursor."""
FORWARDED = ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT")
LEAST_CALM = ("SIGTERM", "SIGHUP")
"""Signals that somebody sends on purpose: nothing needs to be said about them."""
_guarded = False
"""Whether this is an app's process with a guard beside it."""
GRACE_SECONDS = 5.0
"""How long an app whose terminal is gone may take to end."""


def begin() -> int | None:
    """Fork. None in the app's process, which goes on; in this one, the exit status once the app has ended.

    Where there is no fork (Windows) the app goes on in this process.
    """
    if sys.platform == "win32" or not hasattr(os, "fork"):
        return None
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    kept = _terminal()
    child = os.fork()
    if child == 0:
        global _guarded
        _guarded = True
        # Collecting garbage among what is being imported finds none, and takes a tenth of the time.
        gc.disable()
        return None
    return _status(_wait(child), kept)


def begun() -> None:
    """To be called in the app's process once it has begun: after its first paint, because it takes a while."""
    gc.enable()
    if _guarded:
        _die_with_the_guard()


def _terminal() -> Any:
    try:
        return termios.tcgetattr(0)
    except termios.error:
        return None


def _die_with_the_guard() -> None:
    """Have the app killed when its guard is: one process as seen from outside. Linux only."""
    with contextlib.suppress(OSError, AttributeError, ImportError):
        import ctypes  # late

        death_signal = 1
        ctypes.CDLL(None).prctl(death_signal, signal.SIGKILL)
        if os.getppid() == 1:
            os.kill(os.getpid(), signal.SIGKILL)


def _wait(child: int) -> int:
    """Wait for the app's end, hand signals on to it, stop with it; its wait status."""
    woken, wake = os.pipe()
    for end in (woken, wake):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda number, frame: None)
    for name in FORWARDED:
        if signal.getsignal(getattr(signal, name)) is not signal.SIG_IGN:
            signal.signal(getattr(signal, name), lambda number, frame: _send(child, number))
    poll = select.poll()
    poll.register(woken, select.POLLIN)
    poll.register(0, 0)
    while True:
        ended, status = os.waitpid(child, os.WNOHANG | os.WUNTRACED)
        if ended and os.WIFSTOPPED(status):
            os.kill(os.getpid(), signal.SIGSTOP)
        elif ended:
            return status
        events = dict(poll.poll())
        with contextlib.suppress(BlockingIOError):
            os.read(woken, 64)
        if 0 in events:
            # The terminal is gone for good.
            return _end(child)


def _end(child: int) -> int:
    """End the app: with a word first, without one in the end."""
    _send(child, signal.SIGTERM)
    give_up = time.monotonic() + GRACE_SECONDS
    while time.monotonic() < give_up:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status
        time.sleep(0.05)
    _send(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


def _send(child: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, number)


def _status(status: int, kept: Any) -> int:
    """The exit status to end with; after a sudden end the terminal is given back first."""
    if not os.WIFSIGNALED(status):
        return os.waitstatus_to_exitcode(status)
    number = os.WTERMSIG(status)
    _give_back(kept)
    name = signal.Signals(number).name
    if name not in LEAST_CALM:
        with contextlib.suppress(OSError):
            sys.stderr.write(
                f"Second Round ended suddenly ({name}). What you said so far is kept: start it again to go on.\n"
            )
            sys.stderr.flush()
    return 128 + number


def _give_back(kept: Any) -> None:
    if kept is None:
        return
    with contextlib.suppress(OSError, termios.error):
        sys.stdout.write(BACK_TO_NORMAL)
        sys.stdout.flush()
        termios.tcsetattr(0, termios.TCSANOW, kept)
        termios.tcflush(0, termios.TCIFLUSH)

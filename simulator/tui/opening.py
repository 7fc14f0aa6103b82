"""Opening a file or a link with the program the user's desktop has for it. Never in this terminal: it is taken."""

import os
import shutil
import subprocess
import sys
from pathlib import Path


def opener() -> list[str] | None:
    """The command that opens a file or a link on this desktop; None where there is no desktop (as over SSH)."""
    if sys.platform == "darwin":
        return ["open"]
    if sys.platform == "win32":
        return ["explorer"]
    there = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    program = shutil.which("xdg-open") if there else None
    return [program] if program else None


def open_outside(what: Path | str) -> bool:
    """Have a file or a link opened; whether there is a desktop that does that."""
    command = opener()
    if command is None:
        return False
    quiet = subprocess.DEVNULL
    subprocess.Popen([*command, str(what)], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    return True

"""The text on the clipboard, by the small programs that systems bring for it; nothing is installed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence

from simulator.errors import MissingPart, UserError
from simulator.preparation.posting_text import MOST_BYTES, decoded

_WAIT_SECONDS = 5


def reading_commands(platform: str, environment: Mapping[str, str]) -> Sequence[Sequence[str]]:
    """The programs that print the clipboard on this system, the likeliest first."""
    if platform == "darwin":
        return (("pbpaste",),)
    if platform == "win32":
        return (("powershell", "-NoProfile", "-Command", "Get-Clipboard -Raw"),)
    wayland = (("wl-paste", "--no-newline"),)
    x11 = (("xclip", "-selection", "clipboard", "-o"), ("xsel", "--clipboard", "--output"))
    phone = (("termux-clipboard-get",),)
    return (*wayland, *x11, *phone) if environment.get("WAYLAND_DISPLAY") else (*x11, *wayland, *phone)


def clipboard_text() -> str:
    """What is on the clipboard. Raises Missing where no program reads it, UserError where it cannot be read."""
    commands = reading_commands(sys.platform, os.environ)
    command = next((each for each in commands if shutil.which(each[0])), None)
    if command is None:
        names = " or ".join(each[0] for each in commands)
        raise MissingPart(
            f"The clipboard cannot be read here: there is no {names}.",
            "Save the posting to a file, or paste it behind 'job add -' and end with Ctrl+D.",
        )
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_WAIT_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UserError(f"{command[0]} did not give the clipboard: {error}.", "Save the posting to a file.") from None
    if done.returncode != 0:
        complaint = done.stderr.decode(errors="replace").strip().splitlines()
        raise UserError(
            f"{command[0]} did not give the clipboard{f': {complaint[-1]}' if complaint else ''}.",
            "Copy the posting once more, or save it to a file.",
        )
    return decoded(done.stdout[: MOST_BYTES + 1], "The clipboard")

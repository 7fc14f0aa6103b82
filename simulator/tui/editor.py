"""Opens a file in the user's own editor, at a line."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from simulator.errors import MissingPart, UserError

PLUS_LINE = (
    "vi", "vim", "nvim", "nano", "pico", "emacs", "emacsclient", "micro", "kak", "joe", "jed", "mg", "ne", "mcedit",
    "gedit", "kwrite",
)  # fmt: skip
"""Editors that take "+LINE FILE"."""
COLON_LINE = ("subl", "hx", "helix", "zed")
"""Editors that take "FILE:LINE:COLUMN"."""
CODE_LIKE = ("code", "codium", "cursor", "code-insiders")
"""Editors that take "--wait --goto FILE:LINE:COLUMN"."""
USUAL = ("nano", "micro", "vim", "vi")


def editor_command(
    path: Path, line: int = 1, column: int = 1, environment: Mapping[str, str] | None = None
) -> list[str]:
    """The command that opens `path` at a line: $VISUAL, $EDITOR, or an editor that is there. Raises Missing."""
    environment = os.environ if environment is None else environment
    wanted = environment.get("VISUAL") or environment.get("EDITOR") or ""
    try:
        words = shlex.split(wanted, posix=sys.platform != "win32")
    except ValueError:
        raise UserError(f"EDITOR is set to {wanted}, which has an open quote.", "Set it to your editor.") from None
    if words and not shutil.which(words[0]):
        raise MissingPart(f"EDITOR is set to {words[0]}, but there is no such program.", "Set it to your editor.")
    if not words:
        usual = ("notepad",) if sys.platform == "win32" else USUAL
        words = next(([name] for name in usual if shutil.which(name)), [])
    if not words:
        raise MissingPart("No editor was found.", f"Set EDITOR to yours, or open {path} yourself, at line {line}.")
    name = Path(words[0]).stem
    if name in PLUS_LINE:
        return [*words, f"+{line}", str(path)]
    if name in COLON_LINE:
        return [*words, f"{path}:{line}:{column}"]
    if name in CODE_LIKE:
        wait = [] if {"-w", "--wait"} & set(words) else ["--wait"]
        return [*words, *wait, "--goto", f"{path}:{line}:{column}"]
    return [*words, str(path)]


def open_in_editor(app: App[Any], path: Path, line: int = 1, column: int = 1) -> None:
    """Leave the screen to the editor until it is closed. Raises UserError."""
    command = editor_command(path, line, column)
    try:
        with app.suspend():
            done = subprocess.run(command, check=False)
    except SuspendNotSupported:
        raise UserError(
            "This terminal cannot be left to an editor.", f"Open {path} at line {line} yourself."
        ) from None
    except OSError as error:
        raise UserError(f"{command[0]} cannot be started: {error.strerror or error}.", "Set EDITOR.") from None
    app.refresh()
    if done.returncode:
        raise UserError(
            f"{command[0]} ended with status {done.returncode}.", "Set EDITOR to another one if it failed."
        )

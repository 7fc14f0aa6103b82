"""Starts the full-screen app on a real terminal."""

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from simulator.errors import ExitCode, UserError
from simulator.paths import private_folder, user_paths
from simulator.speech.quiet import quiet_native_stderr
from simulator.tui import terminal_guard

if TYPE_CHECKING:
    from simulator.interview.setup import Setup

GOODBYE = ("See you soon.", "What you practised is saved on this computer.")
"""The last words; the second sentence only where something was practised."""


def run_app(setup: "Setup | None" = None, resume: str | None = None) -> int:
    """Run the app until it is left; the exit status. What native libraries print goes to the log."""
    status = terminal_guard.begin()
    if status is not None:
        return status
    from simulator.tui.app import SecondRound  # late

    paths = user_paths()
    try:
        private_folder(paths.data)
        quiet_native_stderr(paths.log_file)
    except UserError as problem:
        # A read-only home is no reason not to practise: it is told on the home screen.
        sys.stderr.write(f"{problem}\n")
    app = SecondRound(paths, setup=setup, resume=resume)
    app.run()
    if not app.return_code:
        sys.stdout.write(goodbye(sys.stdout.isatty(), os.environ, GOODBYE if app.practised else GOODBYE[:1]))
    return app.return_code or ExitCode.DONE


def goodbye(terminal: bool, environment: Mapping[str, str], last_words: Sequence[str]) -> str:
    """The last words; beside a drawing on a terminal that shows colours as they are."""
    coloured = environment.get("COLORTERM") in ("truecolor", "24bit") and not environment.get("NO_COLOR")
    if not (terminal and coloured):
        return " ".join(last_words) + "\n"
    from simulator.tui.drawings import drawing_for_terminal  # late

    drawn = drawing_for_terminal("lamp")
    first = (len(drawn) - len(last_words)) // 2
    words = [*[""] * first, *last_words, *[""] * len(drawn)]
    return (
        "\n"
        + "\n".join(f"  {line}   {words_beside}".rstrip() for line, words_beside in zip(drawn, words, strict=False))
        + "\n\n"
    )

"""Starts the full-screen app on a real terminal."""

import sys
from typing import TYPE_CHECKING

from simulator.places import private_folder, user_places
from simulator.problems import ExitCode, Problem
from simulator.tui import guard

if TYPE_CHECKING:
    from simulator.studio import Setup

GOODBYE = "See you soon. What you practised is saved on this computer.\n"


def run_app(setup: "Setup | None" = None, resume: str | None = None) -> int:
    """Run the app until it is left; the exit status. What native libraries print goes to the log."""
    status = guard.begin()
    if status is not None:
        return status
    from simulator.speech.quiet import quiet_native_stderr
    from simulator.tui.app import SecondRound

    places = user_places()
    try:
        private_folder(places.data)
        quiet_native_stderr(places.log_file)
    except Problem as problem:
        # A read-only home is no reason not to practise: it is told on the home screen.
        sys.stderr.write(f"{problem}\n")
    app = SecondRound(places, setup=setup, resume=resume)
    app.run()
    if not app.return_code:
        sys.stdout.write(GOODBYE)
    return app.return_code or ExitCode.DONE

"""`sessions delete` and `sessions wipe`."""

import argparse
import sys
from pathlib import Path
from typing import Any

from simulator.console import asked, tell
from simulator.errors import ExitCode, UserError, WrongUse
from simulator.services import Services
from simulator.sessions.forgetting import copies_left, private_leftovers
from simulator.sessions.forgetting import wipe as remove_everything

WIPE_WORD = "wipe"


def add_arguments(actions: Any) -> None:
    """The actions of this module."""
    delete = actions.add_parser("delete", help="remove a session and its recordings")
    delete.add_argument("id")
    wipe = actions.add_parser("wipe", help="remove every session, recording, document and export")
    wipe.add_argument("--yes", action="store_true", help="do not ask")


def delete(args: argparse.Namespace, services: Services) -> int:
    session_id = services.data.store.delete(args.id)
    services.recordings.purge_deleted()
    tell(f"The session {session_id} and its recordings are deleted.")
    copies = copies_left(services.paths, session_id)
    if copies:
        tell("Files that you had made, or that were set aside, may still hold it; remove them yourself:")
        for path in copies:
            tell(f"  {path}")
    return ExitCode.DONE


def wipe(args: argparse.Namespace, services: Services) -> int:
    there = private_leftovers(services.paths)
    if not there:
        tell(f"There is nothing to remove in {services.paths.data}.")
        return ExitCode.DONE
    if not args.yes:
        _ask_to_wipe(there)
    if services.interviews.open_elsewhere():
        raise UserError("An interview is open in another window. Nothing was removed.", "Leave it first.")
    services.close()
    gone = remove_everything(services.paths)
    tell(
        f"Removed {gone.files} files ({gone.size / 1_000_000:.1f} MB); looked again: nothing of your practice is "
        f"left in {services.paths.data}. Settings, question banks and speech models stay."
    )
    return ExitCode.DONE


def _ask_to_wipe(there: list[Path]) -> None:
    tell("This removes for good all sessions, recordings, jobs, stories, letters and exports:")
    for path in there:
        tell(f"  {path}")
    if not sys.stdin.isatty():
        raise WrongUse("Nothing was removed: nobody is here to be asked.", "Add --yes to do it anyway.")
    if asked(f"Type '{WIPE_WORD}' to do it; anything else leaves everything as it is.") != WIPE_WORD:
        raise UserError("Nothing was removed.")

"""`followup`: thank-you letters for a session, and when to do what."""

import argparse
from datetime import date

from simulator.console import say, say_json
from simulator.problems import ExitCode
from simulator.studio import Studio

SUMMARY = "After the interview: a thank-you for each interviewer, and when to do what."
EXAMPLE = "second-round followup draft 20261123"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions of `followup`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, text in (("draft", "a letter for each interviewer"), ("timeline", "when to write, wait and ask")):
        action = actions.add_parser(name, help=text)
        action.add_argument("session", help="its id, or the beginning of it")
        action.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """Do one action."""
    studio = Studio()
    try:
        return _draft(args, studio) if args.action == "draft" else _timeline(args, studio)
    finally:
        studio.close()


def _draft(args: argparse.Namespace, studio: Studio) -> int:
    from simulator.followup.letters import draft_letters

    session = studio.store.session(args.session)
    letters = draft_letters(session, studio.cast(session.interviewer_ids))
    if args.json:
        import msgspec

        say_json([{**msgspec.to_builtins(letter), "text": letter.text} for letter in letters])
        return ExitCode.DONE
    for letter in letters:
        say(f"To {letter.to}: {letter.subject}\n")
        say(letter.text)
        for part in letter.paragraphs:
            for sentence in part:
                if sentence.source:
                    say(f"  “{sentence.text}” comes from {sentence.source}.")
        say()
    return ExitCode.DONE


def _timeline(args: argparse.Namespace, studio: Studio) -> int:
    from simulator.followup.timeline import timeline

    session = studio.store.session(args.session)
    steps = timeline(date.fromisoformat((session.finished_at or session.started_at)[:10]))
    if args.json:
        say_json([{"due": step.due.isoformat(), "what": step.what} for step in steps])
        return ExitCode.DONE
    for step in steps:
        say(f"{step.due.isoformat()}  {step.what}")
    return ExitCode.DONE

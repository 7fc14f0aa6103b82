"""The command line: finds the command, runs it, turns problems into sentences and exit codes.

Without a command the full-screen app starts; without a terminal, the plain interview; with an
empty stdin, the sample interview. Each command is a module in `simulator.commands`, imported only
when it is called.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from simulator import __version__
from simulator.problems import ExitCode, Problem

COMMANDS: dict[str, str] = {
    "practice": "an interview: in full screen, plain, or with answers from files",
    "score": "score one answer, or a file of them",
    "transcribe": "write down what is said in a sound file, offline",
    "speak": "say a text in the interviewer's voice, or save it as a sound file",
    "banks": "list, check, make, import and share question banks",
    "sessions": "look at, search, export or delete past sessions",
    "job": "take a job posting apart; people, priorities, coverage",
    "stories": "your own evidence, and which requirement it answers",
    "followup": "after the interview: letters, dates, notes on a real one",
    "references": "who would vouch for you, and a note for each",
    "rubrics": "list the rubrics or check a rubric file",
    "interviewers": "list the interviewers or check a file of yours",
    "model": "the speech model: list, install, path",
    "doctor": "what works here, what does not, and the cure",
    "settings": "show, set or find the settings",
    "benchmark": "measure the scorer against the rated answers that come with the source",
}


def build_parser() -> argparse.ArgumentParser:
    """The top parser: the list of commands. Arguments of each belong to its module."""
    listing = "\n".join(f"  {name:<13} {text}" for name, text in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="second-round",
        description="Practise the first interview out loud. Without a command the full-screen app starts.",
        epilog=f"commands:\n{listing}\n\n'second-round COMMAND --help' shows a command with an example.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"second-round {__version__}")
    parser.add_argument("command", nargs="?", metavar="COMMAND", help="see below")
    parser.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    return parser


def run_command(name: str, rest: Sequence[str]) -> int:
    """Run one command with its arguments; its exit status."""
    module = import_module(f"simulator.commands.{name}")
    parser = argparse.ArgumentParser(
        prog=f"second-round {name}",
        description=module.SUMMARY,
        epilog=f"example:\n  {module.EXAMPLE}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.add_arguments(parser)
    return int(module.run(parser.parse_args(rest)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Start Second Round. Returns the exit status (see ExitCode)."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if given and given[0] in COMMANDS:
            return run_command(given[0], given[1:])
        parsed = build_parser().parse_args(given)
        if parsed.command:
            import difflib

            near = difflib.get_close_matches(parsed.command, COMMANDS, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else " 'second-round --help' lists them."
            sys.stderr.write(f"There is no command '{parsed.command}'.{hint}\n")
            return ExitCode.WRONG_USE
        return run_command("practice", ["--home"])
    except Problem as problem:
        sys.stderr.write(f"{problem}\n")
        return problem.exit_code
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. What was said so far is kept.\n")
        return 130
    except BrokenPipeError:
        # The reader of our output went away (`| head`); point stdout elsewhere so that Python's exit stays quiet.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.DONE

"""The command line: finds the command, runs it, turns problems into sentences and exit codes.

Without a command the full-screen app starts; without a terminal, the plain interview; with an
empty stdin, the sample interview. Each command is a module in `simulator.commands`, imported only
when it is called.
"""

import argparse
import sys
from collections.abc import Sequence

from simulator import __version__, streams
from simulator.commands import command_module
from simulator.console import tell
from simulator.errors import ExitCode, UserError, as_started
from simulator.paths import keep_to_oneself

COMMANDS: dict[str, str] = {
    "practice": "an interview: in full screen, plain, or with answers from files",
    "score": "score one answer, or a file of them",
    "transcribe": "write down what is said in a sound file, offline",
    "speak": "say a text in the interviewer's voice, or save it as a sound file",
    "banks": "list, check, make, import and share question banks",
    "sessions": "look at, search, export or delete past sessions",
    "phrases": "what you say again and again, how often and where",
    "job": "read a job posting; people, priorities, coverage",
    "stories": "your own evidence, and which requirement it answers",
    "followup": "after the interview: letters, dates, notes on a real one",
    "references": "who would vouch for you, and a note for each",
    "class": "a coach's classes: set assignments, compare, comment, hand back",
    "rubrics": "list the rubrics or check a rubric file",
    "interviewers": "list the interviewers or check a file of yours",
    "model": "the speech model: list, install, check, path",
    "doctor": "what works here, what does not, and how to fix it",
    "settings": "show, set or find the settings",
    "completion": "completion of commands for bash, zsh or tcsh",
    "benchmark": "measure the scorer against the rated answers that come with the source",
}


class Parser(argparse.ArgumentParser):
    """Shows its commands as they work for how the app was started."""

    def format_help(self) -> str:
        """The help, examples included."""
        return as_started(super().format_help())

    def format_usage(self) -> str:
        """The usage, as it is shown after a mistake."""
        return as_started(super().format_usage())


def build_parser() -> argparse.ArgumentParser:
    """The top parser: the list of commands. Arguments of each belong to its module."""
    listing = "\n".join(f"  {name:<13} {text}" for name, text in COMMANDS.items())
    parser = Parser(
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
    parser = command_parser(name)
    return int(command_module(name).run(parser.parse_args(rest)))


def command_parser(name: str) -> Parser:
    """What one command takes, with its help."""
    module = command_module(name)
    parser = Parser(
        prog=f"second-round {name}",
        description=module.SUMMARY,
        epilog=f"example:\n  {module.EXAMPLE}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.add_arguments(parser)
    parser.set_defaults(commands=COMMANDS)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Start Second Round. Returns the exit status (see ExitCode)."""
    if arguments is None:
        streams.prepare()
        keep_to_oneself()
    status = int(ExitCode.NOT_IN_ORDER)
    try:
        status = _do([streams.readable(word) for word in (sys.argv[1:] if arguments is None else arguments)])
    finally:
        unshown = streams.all_shown()
        if unshown:
            tell(unshown)
            status = status or ExitCode.NOT_IN_ORDER
    if arguments is None and "simulator.speech.devices" in sys.modules:
        streams.end_at_once(status)
    return status


def _do(given: Sequence[str]) -> int:
    try:
        if given and given[0] in COMMANDS:
            return run_command(given[0], given[1:])
        parsed = build_parser().parse_args(given)
        if parsed.command:
            from simulator.texts import did_you_mean  # late

            hint = did_you_mean(parsed.command, COMMANDS, "'second-round --help' lists them.")
            tell(f"There is no command '{parsed.command}'. {hint}")
            return ExitCode.WRONG_USE
        return run_command("practice", ["--home"])
    except UserError as problem:
        tell(str(problem))
        return problem.exit_code
    except BrokenPipeError:
        # The reader of our output went away (`| head`).
        streams.give_up_stdout()
        return ExitCode.DONE
    except OSError as error:
        # Whatever file it is, wherever it was met: it is the user's to mend, and no error of the program.
        if error.filename is None and not isinstance(error, PermissionError):
            raise
        from simulator.texts import cure_of  # late

        tell(f"{error.filename or 'A file'} cannot be used: {error.strerror}. {cure_of(error)}")
        return ExitCode.NOT_IN_ORDER
    except UnicodeEncodeError as error:
        if error.encoding.lower().startswith("utf"):
            raise
        sign = error.object[error.start : error.end]
        tell(f"A file's name with '{sign}' cannot be used in this locale. Name it otherwise.")
        return ExitCode.NOT_IN_ORDER
    except KeyboardInterrupt:
        tell("\nStopped. What was said so far is kept.")
        return 130

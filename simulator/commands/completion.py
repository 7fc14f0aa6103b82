"""`completion`: what a shell needs to complete this program's commands, options and choices."""

import argparse

from simulator.commands import command_module
from simulator.console import say
from simulator.errors import ExitCode

SUMMARY = "Print what your shell needs to complete commands and options: bash, zsh or tcsh."
EXAMPLE = """second-round completion bash > ~/.local/share/bash-completion/completions/second-round
  second-round completion zsh > ~/.zfunc/_second-round"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The one argument of `completion`."""
    parser.add_argument("shell", choices=("bash", "zsh", "tcsh"))


def run(args: argparse.Namespace) -> int:
    """Print the completion, made of the command line itself."""
    import shtab  # late

    # Every command with all its arguments in one parser; parsing itself imports one command only.
    parser = argparse.ArgumentParser(prog="second-round")
    actions = parser.add_subparsers(dest="command")
    for name, text in args.commands.items():
        command_module(name).add_arguments(actions.add_parser(name, help=text))
    say(shtab.complete(parser, args.shell).rstrip())
    return ExitCode.DONE

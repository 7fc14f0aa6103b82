"""The commands of the command line, one module each: SUMMARY, EXAMPLE, add_arguments, run."""

from importlib import import_module
from types import ModuleType


def command_module(name: str) -> ModuleType:
    """The module of a command, imported only when it is asked for."""
    # "class" is a word of Python's own.
    return import_module(f"simulator.commands.{'classes' if name == 'class' else name}")

"""What is kept and cannot be read any more: listed as such, and removed when that is asked for. No command itself."""

from typing import Any

from simulator.console import tell
from simulator.sessions.json_repository import JsonRepository


def tell_broken(repository: JsonRepository[Any], delete: str) -> None:
    """Tell what is broken on a shelf; `delete` is the command that removes such a thing."""
    for id_, problem in repository.broken().items():
        tell(f"{problem.message} '{delete} {id_}' removes it.")


def discarded(repository: JsonRepository[Any], id_: str) -> bool:
    """Remove what is broken and cannot be shown once more before it goes; whether it was that."""
    if not repository.delete_broken(id_):
        return False
    tell(f"'{id_}' was broken and could not be read; it is removed.")
    return True

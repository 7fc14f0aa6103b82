"""What is due today, for the home screen: one line for each thing. Whoever knows of more adds a source here."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.services import Services


def due_lines(services: "Services", today: date) -> tuple[str, ...]:
    """Each thing once, in the order of the sources. Reads the store; raises UserError."""
    return tuple(dict.fromkeys(line for source in SOURCES for line in source(services, today)))


def _after_interviews(services: "Services", today: date) -> Iterator[str]:
    from simulator.followup.due_steps import due_steps  # late

    for due in due_steps(services.data.repositories, today):
        yield due.line


SOURCES: tuple[Callable[["Services", date], Iterator[str]], ...] = (_after_interviews,)

"""After a crash in mid-answer: the recordings are still there, and their words are offered."""

from collections.abc import Callable, Sequence
from pathlib import Path

from simulator.errors import UserError
from simulator.interview_control.backend import InterviewBackend


class RecoveredWords:
    """What was said before the interview was cut short."""

    def __init__(self) -> None:
        self.earlier: list[str] = []
        """The words of older recordings of this answer, the newest of them first."""
        self.go_on = False
        """What is in the box was said before; what is said now goes on from it."""


def words_of(paths: Sequence[Path], backend: InterviewBackend, tell: Callable[[UserError | str], None]) -> list[str]:
    """The words of these recordings; of those that cannot be transcribed, where they lie is told. Blocks."""
    heard = []
    for path in paths:
        try:
            heard.append(backend.transcribe(path))
        except UserError as problem:
            tell(f"An answer cut short was recorded in {path}. {problem}")
    return [text for text in heard if text]

"""The words of recordings that no answer kept, after a crash in mid-answer: they are offered to go on from."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from simulator.errors import UserError
from simulator.interview_control.backend import InterviewBackend
from simulator.interview_control.view import InterviewView


class UnkeptWords:
    """What was said before the interview was cut short. `type_again` opens the box; False where it cannot be."""

    def __init__(self, backend: InterviewBackend, view: InterviewView, type_again: Callable[[], bool]) -> None:
        self._backend, self._view, self._type_again = backend, view, type_again
        self.earlier: list[str] = []
        """The words of older recordings of this answer, the newest of them first."""
        self.go_on = False
        """What is in the box was said before; what is said now goes on from it."""

    def offer(self) -> None:
        """Transcribe what was recorded and not kept, and show it."""
        try:
            paths = self._backend.unkept_recordings()
        except UserError as problem:
            self._view.tell(problem)
            return
        if paths:
            self._view.in_background(partial(self._transcribe, paths))

    def _transcribe(self, paths: Sequence[Path]) -> None:
        words = words_of(paths, self._backend, self._view.tell_later)
        if words:
            self._view.later(partial(self.show, words))

    def show(self, words: Sequence[str]) -> None:
        """Offer the words of the newest recording; those of older ones can be added."""
        if not self._view.shown or not self._type_again():
            return
        newest, *self.earlier = words
        self.go_on = True
        if newest not in self._view.stage.typed:
            self._add_before(newest)
        older = " F9 adds what was recorded before that." if self.earlier else ""
        self._view.note(f"Your answer was cut short. Here is what was heard: go on from it, or replace it.{older}")
        self._view.refresh_keys()

    def add_earlier(self) -> None:
        """After several crashes in one answer: the words of the recording before."""
        self._add_before(self.earlier.pop(0))
        self._view.refresh_keys()

    def _add_before(self, words: str) -> None:
        """Put words before what stands in the box: nothing that was typed is lost."""
        stage = self._view.stage
        stage.write("\n".join(each for each in (words, stage.typed) if each))


def words_of(paths: Sequence[Path], backend: InterviewBackend, tell: Callable[[UserError | str], None]) -> list[str]:
    """The words of these recordings; of those that cannot be transcribed, where they lie is told. Blocks."""
    heard = []
    for path in paths:
        try:
            heard.append(backend.transcribe(path))
        except UserError as problem:
            tell(f"An answer cut short was recorded in {path}. {problem}")
    return [text for text in heard if text]

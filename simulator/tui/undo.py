"""Taking back what was deleted on a screen: one step after another, the last one first."""

from collections.abc import Callable

from textual.screen import ScreenResultType

from simulator.errors import UserError
from simulator.tui.base_app import AppScreen


class UndoScreen(AppScreen[ScreenResultType]):
    """A screen whose deletions are taken back with U; it names the key among its own, and says how it reads anew."""

    def __init__(self) -> None:
        super().__init__()
        self._undo_steps: list[Callable[[], object]] = []

    def _read(self) -> object:
        """Read what is kept, and show it."""
        raise NotImplementedError

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._undo_steps)

    def tell_deleted(self, words: str, take_back: Callable[[], object]) -> None:
        """Say what was deleted, in place of what was told before, and keep how to take it back."""
        self._undo_steps.append(take_back)
        self.app.clear_notifications()
        self.notify(f"{words} Press U to undo that.", markup=False)
        self.refresh_bindings()

    def action_undo(self) -> None:
        """Take the last deletion back; once more, the one before."""
        if not self._undo_steps:
            return
        try:
            self._undo_steps[-1]()
        except UserError as problem:
            self._app.tell(problem)
            return
        self._undo_steps.pop()
        self.app.clear_notifications()
        self.refresh_bindings()
        self._read()

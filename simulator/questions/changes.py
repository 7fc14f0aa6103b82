"""Changes to bank files, one after the other, that can be taken back to the very bytes that were there.

Each step remembers what its files held before and after. A step is only taken back (or done again) while
they still hold what it left there: what another program wrote since is never lost.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from simulator.errors import UserError
from simulator.questions.bank import Bank
from simulator.questions.editing import file_for, own_copy, save_bank, write_bank_file
from simulator.texts import unreadable

MOST_STEPS = 100
MOST_BYTES = 64_000_000
"""What is remembered to take back, in bytes; the oldest steps go first."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file's content before and after; None where there was no file."""

    path: Path
    before: bytes | None
    after: bytes | None


@dataclass(frozen=True, slots=True)
class ChangeStep:
    """One change in plain words ("Question added") and the files it touched."""

    words: str
    files: tuple[FileChange, ...]

    @property
    def size(self) -> int:
        return sum(len(content) for file in self.files for content in (file.before, file.after) if content)


class Changes:
    """Makes changes to banks; `folder` is where the user's banks lie. Every method may raise UserError."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._done: list[ChangeStep] = []
        self._undone: list[ChangeStep] = []

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    def own(self, bank: Bank) -> Bank:
        """The bank as the user's: one that comes with the app gets a copy's path, nothing is written yet."""
        return own_copy(bank, self._folder)

    def keep(self, words: str, *changed: tuple[Bank | None, Bank]) -> tuple[Bank, ...]:
        """Write banks, each with the bank as it was read (None for a new one); the banks as they are now."""
        kept: list[Bank] = []

        def write() -> None:
            for before, after in changed:
                target = targets[len(kept)]
                base = before if before is not None and before.path == target else None
                kept.append(save_bank(after, target, base))

        targets = [self._target(before, after) for before, after in changed]
        self._step(words, targets, write)
        return tuple(kept)

    def _target(self, before: Bank | None, after: Bank) -> Path:
        if before is None:
            return file_for(after.id, self._folder)
        path = self.own(before).path
        assert path is not None  # own_copy gives every bank one
        return path

    def copy_file(self, bank: Bank) -> Path:
        """The user's own file of a bank; where it comes with the app, a copy made now, comments and all."""
        if not bank.shipped or bank.path is None:
            assert bank.path is not None  # a bank that was read has a file
            return bank.path
        raw, target = bank.path.read_bytes(), file_for(bank.id, self._folder)
        self._step(f"Copy of '{bank.title}'", [target], lambda: _write(target, raw))
        return target

    def delete(self, bank: Bank) -> None:
        """Remove a bank's file. One that comes with the app stays."""
        if bank.shipped or bank.path is None:
            raise UserError(f"The bank '{bank.title}' comes with the app and stays.", "It need not be used.")
        path = bank.path
        self._step(f"Bank '{bank.title}' deleted", [path], lambda: _write(path, None))

    def undo(self) -> str:
        """Take the last step back; its words, "" when there is none."""
        return self._turn(self._done, self._undone, lambda file: (file.after, file.before))

    def redo(self) -> str:
        """Do the step that was taken back last again."""
        return self._turn(self._undone, self._done, lambda file: (file.before, file.after))

    def _turn(
        self,
        source: list[ChangeStep],
        other: list[ChangeStep],
        sides: Callable[[FileChange], tuple[bytes | None, bytes | None]],
    ) -> str:
        if not source:
            return ""
        step = source[-1]
        for file in step.files:
            if _read(file.path) != sides(file)[0]:
                source.clear()
                raise UserError(f"{file.path} was changed by another program meanwhile.", "It stays as it is now.")
        for file in step.files:
            _write(file.path, sides(file)[1])
        other.append(source.pop())
        return step.words

    def _step(self, words: str, paths: Sequence[Path], write: Callable[[], None]) -> None:
        before = [_read(path) for path in paths]
        try:
            write()
        except UserError:
            # Of a step over two files none may stay half done.
            for path, content in zip(paths, before, strict=True):
                if _read(path) != content:
                    _write(path, content)
            raise
        files = tuple(FileChange(path, old, _read(path)) for path, old in zip(paths, before, strict=True))
        self._done.append(ChangeStep(words, files))
        self._undone.clear()
        while len(self._done) > MOST_STEPS or (
            len(self._done) > 1 and sum(step.size for step in self._done) > MOST_BYTES
        ):
            self._done.pop(0)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unreadable(path, error) from None


def _write(path: Path, content: bytes | None) -> None:
    """Put a file's content there at once, or remove the file; a link is followed."""
    if content is not None:
        write_bank_file(path, content)
        return
    target = path.resolve() if path.is_symlink() else path
    try:
        target.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(f"{target} cannot be removed: {error.strerror or error}.", "Check its rights.") from None

"""What the other packages keep: each one a JSON document in the store, by its kind and id.

What cannot be read any more is told, never dropped.
"""

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

import msgspec

from simulator.data_files import begun
from simulator.errors import UserError
from simulator.sessions.store import Store
from simulator.texts import did_you_mean


class Kept(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str: ...


Thing = TypeVar("Thing", bound=Kept)


class JsonRepository(Generic[Thing]):
    """All documents of one kind. `where` is the command that lists them, for messages.

    `fits` raises UserError for what is of the right type and still nothing that can be used.
    """

    def __init__(
        self,
        store: Store,
        kind: str,
        type_: type[Thing],
        name: str,
        where: str,
        fits: Callable[[Thing], None] = lambda thing: None,
    ) -> None:
        self.kind = kind
        self._fits = fits
        self._store, self._type, self._name, self._where = store, type_, name, where

    def all(self) -> list[Thing]:
        """Everything that can be read, in the order it was first kept; `broken` tells the rest."""
        return [thing for _, thing in self._all() if not isinstance(thing, UserError)]

    def broken(self) -> dict[str, UserError]:
        """What is here but cannot be read, by its id, and why."""
        return {key: thing for key, thing in self._all() if isinstance(thing, UserError)}

    def _all(self) -> list[tuple[str, Thing | UserError]]:
        found: list[tuple[str, Thing | UserError]] = []
        for key, text in self._store.documents(self.kind).items():
            try:
                found.append((key, self._read(key, text)))
            except UserError as problem:
                found.append((key, problem))
        return found

    def delete_broken(self, wanted: str) -> bool:
        """Remove what cannot be read, so that it is out of the way; whether there was such a thing of that id."""
        text = self._store.document(self.kind, wanted)
        try:
            if text is not None:
                self._read(wanted, text)
        except UserError:
            self._store.delete_document(self.kind, wanted)
            return True
        return False

    def check(self, key: str, text: str) -> None:
        """Raise UserError unless a document from elsewhere can be read and has the id it is kept under."""
        if self._read(key, text, "It may come from a newer version of the app. Nothing was taken in.").id != key:
            raise UserError(f"The {self._name} '{key}' has another id within.", "Make the file anew.")

    def ids(self) -> list[str]:
        """The ids there are."""
        return list(self._store.documents(self.kind))

    def get(self, wanted: str) -> Thing:
        """The one of that id, or the only one whose id begins so. Raises UserError with the nearest id otherwise."""
        text = self._store.document(self.kind, wanted)
        if text is None and (meant := begun(wanted, self.ids(), f"{self._name} ids")):
            wanted, text = meant, self._store.document(self.kind, meant)
        if text is not None:
            return self._read(wanted, text)
        raise UserError(
            f"There is no {self._name} '{wanted}'.",
            did_you_mean(wanted, self.ids(), f"{self._where} lists them.", cutoff=0.4),
        )

    def resolve(self, wanted: str) -> Thing:
        """The one meant: by its id, by a part of the id that fits no other, or by "" where there is only one.

        Raises UserError that names those among which the user can choose.
        """
        ids = self.ids()
        if not wanted and not ids:
            raise UserError(f"There is no {self._name} here yet.")
        if wanted in ids or not ids:
            return self.get(wanted)
        meant = [id_ for id_ in ids if wanted.lower() in id_]
        if len(meant) == 1:
            return self.get(meant[0])
        if not meant:
            return self.get(wanted)
        listed = ", ".join(f"'{id_}'" for id_ in meant[:5])
        raise UserError(
            f"'{wanted}' may be any of: {listed}." if wanted else f"There are several of the kind {self._name}.",
            "Give more of the id." if wanted else f"Which one: {listed}? {self._where} lists them.",
        )

    def find(self, wanted: str) -> Thing | None:
        """The one of that id; None where there is none, or none that can be read (see `broken`)."""
        text = self._store.document(self.kind, wanted) if wanted else None
        try:
            return None if text is None else self._read(wanted, text)
        except UserError:
            return None

    def save(self, thing: Thing) -> Thing:
        """Save it under its id, in place of what was there."""
        self._store.keep_document(self.kind, thing.id, msgspec.json.encode(thing).decode())
        return thing

    def delete(self, wanted: str) -> Thing:
        """Remove it, and return it so that it can be saved again. Raises UserError when there is none."""
        thing = self.get(wanted)
        self._store.delete_document(self.kind, wanted)
        return thing

    def delete_if_present(self, wanted: str) -> None:
        """Remove it, broken or not; nothing happens where there is none."""
        self._store.delete_document(self.kind, wanted)

    def _read(
        self,
        key: str,
        text: str,
        hint: str = "It may come from a newer version of the app; it is kept as it is until you delete it.",
    ) -> Thing:
        try:
            thing = msgspec.json.decode(text.encode(), type=self._type)
            self._fits(thing)
            return thing
        except (msgspec.MsgspecError, UserError, RecursionError, ValueError) as error:
            raise UserError(f"The {self._name} '{key}' cannot be read: {error}.", hint) from None

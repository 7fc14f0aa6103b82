"""Where the other rooms keep their things: each one JSON document in the store, by its kind and id.

What cannot be read any more is told, never dropped.
"""

import difflib
from typing import Generic, Protocol, TypeVar

from simulator.problems import Problem
from simulator.sessions.store import Store


class Kept(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str: ...


Thing = TypeVar("Thing", bound=Kept)


class Shelf(Generic[Thing]):
    """All documents of one kind. `where` is the command that lists them, for messages."""

    def __init__(self, store: Store, kind: str, type_: type[Thing], name: str, where: str) -> None:
        self._store, self._kind, self._type, self._name, self._where = store, kind, type_, name, where

    def all(self) -> list[Thing]:
        """Everything on this shelf, in the order it was first kept."""
        return [self._read(key, text) for key, text in self._store.documents(self._kind).items()]

    def ids(self) -> list[str]:
        """The ids there are."""
        return list(self._store.documents(self._kind))

    def get(self, wanted: str) -> Thing:
        """The one of that id. Raises Problem with the nearest id when there is none."""
        text = self._store.document(self._kind, wanted)
        if text is not None:
            return self._read(wanted, text)
        near = difflib.get_close_matches(wanted, self.ids(), n=1, cutoff=0.4)
        raise Problem(
            f"There is no {self._name} '{wanted}'.",
            f"Did you mean '{near[0]}'?" if near else f"{self._where} lists them.",
        )

    def one(self, wanted: str) -> Thing:
        """The one meant: by its id, by a part of the id that fits no other, or by "" where there is only one.

        Raises Problem that names those among which the user can choose.
        """
        ids = self.ids()
        if wanted in ids or not ids:
            return self.get(wanted)
        meant = [id_ for id_ in ids if wanted.lower() in id_]
        if len(meant) == 1:
            return self.get(meant[0])
        if not meant:
            return self.get(wanted)
        listed = ", ".join(f"'{id_}'" for id_ in meant[:5])
        raise Problem(
            f"'{wanted}' may be any of: {listed}." if wanted else f"There are several of the kind {self._name}.",
            "Give more of the id." if wanted else f"Which one: {listed}? {self._where} lists them.",
        )

    def find(self, wanted: str) -> Thing | None:
        """The one of that id, or None."""
        text = self._store.document(self._kind, wanted) if wanted else None
        return None if text is None else self._read(wanted, text)

    def keep(self, thing: Thing) -> Thing:
        """Keep it under its id, in place of what was there."""
        import msgspec

        self._store.keep_document(self._kind, thing.id, msgspec.json.encode(thing).decode())
        return thing

    def forget(self, wanted: str) -> Thing:
        """Remove it, and return it so that it can be kept again. Raises Problem when there is none."""
        thing = self.get(wanted)
        self._store.delete_document(self._kind, wanted)
        return thing

    def _read(self, key: str, text: str) -> Thing:
        import msgspec

        try:
            return msgspec.json.decode(text.encode(), type=self._type)
        except msgspec.MsgspecError as error:
            raise Problem(
                f"The {self._name} '{key}' cannot be read: {error}.",
                "It may come from a newer version of the app; it is kept as it is.",
            ) from None

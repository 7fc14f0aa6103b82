"""The user's data: the store, the repositories in it, and a coach's classes; opened when first asked for."""

from typing import TYPE_CHECKING

from simulator.classroom.assignment import ASSIGNMENT_KIND, Assignment
from simulator.paths import AppPaths, private_folder
from simulator.services.late import Late

if TYPE_CHECKING:
    from simulator.classroom.classes import Classes
    from simulator.followup.repositories import Repositories
    from simulator.sessions.json_repository import JsonRepository
    from simulator.sessions.store import Store


class Data:
    """What is kept in the user's data folder."""

    def __init__(self, paths: AppPaths) -> None:
        self._paths = paths
        self._store = Late(self._open_store)
        self._repositories = Late(self._make_repositories)
        self._assignments = Late(self._make_assignments)
        self._classes = Late(self._make_classes)

    @property
    def store(self) -> "Store":
        """The user's sessions. Raises UserError when the data folder cannot be used."""
        return self._store.get()

    @property
    def repositories(self) -> "Repositories":
        """Jobs, stories and people kept around the applications."""
        return self._repositories.get()

    @property
    def assignments(self) -> "JsonRepository[Assignment]":
        """Assignments that were taken in."""
        return self._assignments.get()

    @property
    def classes(self) -> "Classes":
        """The classes of a coach, in a store of their own."""
        return self._classes.get()

    def close(self) -> None:
        """Close what was opened."""
        self._repositories.forget()
        self._assignments.forget()
        self._classes.forget(lambda classes: classes.close())
        self._store.forget(lambda store: store.close())

    def _open_store(self) -> "Store":
        from simulator.sessions.store import Store  # late

        private_folder(self._paths.data)
        return Store(self._paths.database)

    def _make_repositories(self) -> "Repositories":
        from simulator.followup.repositories import Repositories  # late

        return Repositories(self.store)

    def _make_assignments(self) -> "JsonRepository[Assignment]":
        from simulator.sessions.json_repository import JsonRepository  # late

        return JsonRepository(
            self.store, ASSIGNMENT_KIND, Assignment, "assignment", "The app's page 'Choose what to practise'"
        )

    def _make_classes(self) -> "Classes":
        from simulator.classroom.classes import Classes  # late

        return Classes(self._paths.classes)

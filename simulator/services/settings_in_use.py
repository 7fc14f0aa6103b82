"""The settings that the services go by, and who is told when they change."""

from collections.abc import Callable

from simulator.paths import AppPaths
from simulator.settings import Settings, load_settings


class SettingsInUse:
    """The user's settings, read once and changed while the app runs."""

    def __init__(self, paths: AppPaths, settings: Settings | None = None) -> None:
        self._paths = paths
        self._settings = settings
        self._followers: list[Callable[[Settings, Settings], None]] = []

    @property
    def current(self) -> Settings:
        """The settings as they are now; read from the user's file the first time."""
        if self._settings is None:
            self._settings = load_settings(self._paths)
        return self._settings

    def change(self, settings: Settings) -> None:
        """Go on with these settings; the user's file stays as it is."""
        old, self._settings = self._settings, settings
        if old is not None:
            for follower in self._followers:
                follower(old, settings)

    def follow(self, follower: Callable[[Settings, Settings], None]) -> None:
        """Call `follower` with the old and the new settings after each change."""
        self._followers.append(follower)

"""What every screen may ask of the app, and the screen that knows it: the app imports its screens, never they it."""

import contextlib
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.screen import Screen, ScreenResultType

from simulator.errors import UserError
from simulator.paths import AppPaths, user_paths
from simulator.settings import Settings, load_settings, save_settings
from simulator.tui.routes import MADE_ANEW
from simulator.tui.themes import theme_for

if TYPE_CHECKING:
    from simulator.interview.setup import Setup
    from simulator.services import Services

TOLD_ONCE = "told"


class BaseApp(App[int]):
    """Services, settings and messages; which screens there are, the app itself knows."""

    def __init__(self, paths: AppPaths | None = None, services: "Services | None" = None) -> None:
        super().__init__()
        self.paths = paths or user_paths()
        self._services = services
        self.today: Callable[[], date] = date.today
        self.left_words: dict[tuple[str, str], str] = {}
        """What was typed to a question that was then left, by the question and what stood there."""
        self.settings_trouble = ""
        self.settings = self._load_settings()

    def _load_settings(self) -> Settings:
        if self._services is not None:
            return self._services.settings.current
        troubles: list[str] = []
        try:
            settings = load_settings(self.paths, troubles.append)
        except UserError as problem:
            troubles.append(str(problem))
            settings = Settings()
        self.settings_trouble = "\n".join(troubles)
        return settings

    @property
    def services(self) -> "Services":
        """The services, made when first needed (they are not imported before the first paint)."""
        if self._services is None:
            from simulator.services import Services  # late

            self._services = Services(self.paths, self.settings)
        return self._services

    def use_settings(self, settings: Settings) -> None:
        """Go on with these settings; the theme follows at once."""
        self.settings = settings
        self.services.settings.change(settings)
        self.theme = theme_for(settings.theme)

    def keep_settings(self, settings: Settings) -> None:
        """Go on with these settings and write them to the user's file; told, not raised, when that fails."""
        self.use_settings(settings)
        try:
            save_settings(settings, self.paths)
        except UserError as problem:
            self.tell(problem)

    def open_interview(self, setup: "Setup | None" = None, resume: str = "", **given: Any) -> None:
        """Start an interview, or go on with one that was left. Raises UserError."""
        raise NotImplementedError

    def go(self, name: str, then: Callable[[Any], None] | None = None) -> None:
        """Show one of the named screens, `then` do something; a problem on the way is told, not raised."""
        try:
            self.push_screen(self.SCREENS[name]() if name in MADE_ANEW else name, then)
        except UserError as problem:
            self.tell(problem)

    def shows(self, screen: Screen[Any]) -> bool:
        """Whether a screen is still there, so that late news from a thread may be shown on it.

        While the app ends, screens stay in the stack for a moment after all or a part of them was taken down.
        """
        return self.is_running and screen in self.screen_stack and screen.is_running and bool(screen.children)

    def notice_closed(self) -> bool:
        """Close the notice that is shown; False where none is."""
        raise NotImplementedError

    def tell_once(self, words: str) -> None:
        """Tell something that holds for long, the first time only: not again at each start."""
        store = self.services.data.store
        with contextlib.suppress(UserError):  # where it cannot be kept that it was told, it is told again
            if store.document(TOLD_ONCE, words) is not None:
                return
            store.keep_document(TOLD_ONCE, words, "told")
        self.notify(words, timeout=8, markup=False)

    def tell(self, problem: UserError | str) -> None:
        """Tell the user what went wrong, in its own words."""
        self.notify(str(problem), severity="warning", timeout=10, markup=False)

    def action_help(self) -> None:
        """Help for where you are."""
        raise NotImplementedError


class AppScreen(Screen[ScreenResultType]):
    """A screen of this app."""

    @property
    def _app(self) -> BaseApp:
        app = self.app
        assert isinstance(app, BaseApp)
        return app

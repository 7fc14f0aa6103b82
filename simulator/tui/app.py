"""The app: its themes, its screens (imported when first shown) and what is the same everywhere."""

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from simulator.places import Places, user_places
from simulator.problems import Problem
from simulator.settings import Settings, load_settings, save_settings
from simulator.tui.themes import THEMES, theme_for

if TYPE_CHECKING:
    from simulator.studio import Setup, Studio


def _late(module: str, name: str) -> Callable[[], Screen[Any]]:
    """A screen made when first asked for, so that starting the app imports none but home."""

    def make() -> Screen[Any]:
        screen = getattr(import_module(f"simulator.tui.screens.{module}"), name)()
        assert isinstance(screen, Screen)
        return screen

    return make


SCREEN_PLACES: dict[str, tuple[str, str]] = {
    "home": ("home", "HomeScreen"),
    "sound_check": ("sound_check", "SoundCheckScreen"),
    "setup": ("setup", "SetupScreen"),
    "history": ("history", "HistoryScreen"),
    "progress": ("progress", "ProgressScreen"),
    "banks": ("banks", "BanksScreen"),
    "settings": ("settings", "SettingsScreen"),
    "job": ("job", "JobScreen"),
    "stories": ("stories", "StoriesScreen"),
    "people": ("people", "PeopleScreen"),
    "followup": ("followup", "FollowupScreen"),
}
"""Screens that can be gone to from anywhere: module and class, below `tui/screens/`."""

TITLES: dict[str, str] = {
    "setup": "Choose what to practise",
    "history": "Review past sessions",
    "progress": "See your progress",
    "banks": "Question banks",
    "job": "Before the interview",
    "stories": "Your stories",
    "people": "People",
    "followup": "After the interview",
    "sound_check": "Sound check",
    "settings": "Settings",
}


class SecondRound(App[int]):
    """Second Round in full screen. `setup` or `resume` start an interview at once."""

    TITLE = "Second Round"
    CSS_PATH: ClassVar[list[str | PurePath]] = ["second_round.tcss", "screens/home.tcss"]
    ENABLE_COMMAND_PALETTE = True
    SCREENS: ClassVar[dict[str, Callable[[], Screen[Any]]]] = {
        name: _late(*place) for name, place in SCREEN_PLACES.items()
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,question_mark", "help", "help", id="help", key_display="?"),
        Binding("ctrl+q", "quit", "quit", show=False, id="quit"),
    ]

    def __init__(
        self,
        places: Places | None = None,
        setup: "Setup | None" = None,
        resume: str | None = None,
        studio: "Studio | None" = None,
    ) -> None:
        super().__init__()
        self.places = places or user_places()
        self._setup = setup
        self._resume = resume
        self._studio = studio
        self.settings_trouble = ""
        self.settings = self._load_settings()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = theme_for(self.settings.theme)

    def _load_settings(self) -> Settings:
        if self._studio is not None:
            return self._studio.settings
        troubles: list[str] = []
        try:
            settings = load_settings(self.places, troubles.append)
        except Problem as problem:
            troubles.append(str(problem))
            settings = Settings()
        self.settings_trouble = "\n".join(troubles)
        return settings

    @property
    def studio(self) -> "Studio":
        """The studio, made when first needed (it is not imported before the first paint)."""
        if self._studio is None:
            from simulator.studio import Studio

            self._studio = Studio(self.places, self.settings)
        return self._studio

    def use_settings(self, settings: Settings) -> None:
        """Go on with these settings; the theme follows at once."""
        self.settings = settings
        self.studio.use_settings(settings)
        self.theme = theme_for(settings.theme)

    def keep_settings(self, settings: Settings) -> None:
        """Go on with these settings and write them to the user's file; told, not raised, when that fails."""
        self.use_settings(settings)
        try:
            save_settings(settings, self.places)
        except Problem as problem:
            self.tell(problem)

    def on_mount(self) -> None:
        if self._setup is not None or self._resume:
            self.call_after_refresh(self._start_at_once)

    def get_default_screen(self) -> Screen[Any]:
        """Home is the screen below all others, so that nothing is laid out or painted before it."""
        return self.get_screen("home")

    def _start_at_once(self) -> None:
        try:
            if self._resume:
                self.open_interview(resume=self._resume)
            elif self._setup is not None:
                self.open_interview(setup=self._setup)
        except Problem as problem:
            self.exit(return_code=problem.exit_code, message=str(problem))

    def open_interview(self, setup: "Setup | None" = None, resume: str = "", **given: Any) -> None:
        """Start an interview, or go on with one that was left. Raises Problem."""
        from simulator.studio import Setup
        from simulator.tui.screens.interview import InterviewScreen

        studio = self.studio
        conversation = studio.resume(resume) if resume else studio.begin(setup or Setup(), **given)
        self.push_screen(InterviewScreen(conversation, resumed=bool(resume)))

    def go(self, name: str) -> None:
        """Show one of the named screens; a problem on the way is told, not raised."""
        try:
            self.push_screen(name)
        except Problem as problem:
            self.tell(problem)

    def action_go(self, name: str) -> None:
        """Show one of the named screens, from a key."""
        self.go(name)

    def shows(self, screen: Screen[Any]) -> bool:
        """Whether a screen is still there, so that late news from a thread may be shown on it.

        While the app ends, screens stay in the stack for a moment after what stood on them was taken down.
        """
        return screen in self.screen_stack and screen.is_running and bool(screen.children)

    def tell(self, problem: Problem | str) -> None:
        """Tell the user what went wrong, in its own words."""
        self.notify(str(problem), severity="warning", timeout=10, markup=False)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The command palette: only what is possible now."""
        from simulator.tui.commands import palette

        yield from palette(self, screen)

    def action_help(self) -> None:
        """Help for where you are."""
        from simulator.tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(getattr(self.screen, "HELP_TOPIC", "home")))

    async def on_unmount(self) -> None:
        if self._studio is not None:
            self._studio.close()

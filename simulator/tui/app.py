"""The app: its themes, its screens (imported when first shown) and what is the same everywhere (a key held down)."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.actions import SkipAction
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.notifications import Notify
from textual.screen import Screen
from textual.widgets import TextArea

from simulator.errors import UserError
from simulator.paths import AppPaths
from simulator.tui.base_app import BaseApp
from simulator.tui.commands import palette
from simulator.tui.key_names import key_name
from simulator.tui.routes import SCREEN_PLACES
from simulator.tui.terminal_guard import begun
from simulator.tui.themes import THEMES, theme_for

if TYPE_CHECKING:
    from simulator.interview.setup import Setup
    from simulator.services import Services


def _late(module: str, name: str) -> Callable[[], Screen[Any]]:
    """A screen made when first asked for, so that starting the app imports none but home."""

    def make() -> Screen[Any]:
        screen = getattr(import_module(f"simulator.tui.screens.{module}"), name)()
        assert isinstance(screen, Screen)
        return screen

    return make


NOTICE_GONE = 0.3
"""Seconds from the end of a notice until it is surely taken off the screen."""
HELD_WITHIN = 0.7
"""Seconds within which the same key again is a key held down: systems begin to repeat after up to 660 ms."""


class SecondRound(BaseApp):
    """Second Round in full screen. `setup` or `resume` start an interview at once."""

    TITLE = "Second Round"
    CSS_PATH: ClassVar[list[str | PurePath]] = ["second_round.tcss", "screens/home.tcss"]
    ENABLE_COMMAND_PALETTE = True
    # Not ClassVar: that is how the base class declares them.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (76, "-usual"), (100, "-broad"), (130, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (34, "-roomy"), (48, "-tall")]  # noqa: RUF012
    SCREENS: ClassVar[dict[str, Callable[[], Screen[Any]]]] = {
        name: _late(*place) for name, place in SCREEN_PLACES.items()
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        # Without priority: in a field "?" is typed, and F1 alone gives help.
        Binding("f1,question_mark", "help", "help", id="help"),
        Binding("pagedown", "further(1)", "page down", show=False, priority=True, id="further_down"),
        Binding("pageup", "further(-1)", "page up", show=False, priority=True, id="further_up"),
        Binding("ctrl+q", "quit", "quit", show=False, id="quit"),
        Binding("ctrl+c", "leave_politely", "leave", show=False, system=True, id="leave"),
    ]

    def __init__(
        self,
        paths: AppPaths | None = None,
        setup: "Setup | None" = None,
        resume: str | None = None,
        services: "Services | None" = None,
    ) -> None:
        super().__init__(paths, services)
        self._setup = setup
        self._resume = resume
        self.practised = False
        """Whether any answer is kept, once the app has ended."""
        self.held_within = HELD_WITHIN
        self._last_key = ("", 0.0)
        for theme in THEMES:
            self.register_theme(theme)
        self._begin_in(theme_for(self.settings.theme))

    def _begin_in(self, theme: str) -> None:
        """The first theme, without the second reading of all style sheets that a change of theme takes."""
        self.set_reactive(App.theme, theme)
        dark = self.current_theme.dark
        self.update_classes({f"-theme-{theme}": True, "-dark-mode": dark, "-light-mode": not dark}, update=False)
        self.stylesheet.set_variables(self.get_css_variables())

    async def on_event(self, event: events.Event) -> None:
        """A key held down counts once on screens where a second one would do something else."""
        if isinstance(event, events.Key) and not event.is_forwarded and self._is_held(event):
            return
        await super().on_event(event)

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        """The row of keys writes letters large: with Shift or Caps Lock they do the same."""
        done = await super()._check_bindings(key, priority)
        return done or (len(key) == 1 and key.isupper() and await super()._check_bindings(key.lower(), priority))

    def _is_held(self, event: events.Key) -> bool:
        key, at = self._last_key
        self._last_key = (event.key, event.time)
        if event.key != key or event.time - at >= self.held_within:
            return False
        takes_once: Callable[[str], bool] = getattr(self.screen, "takes_once", lambda _key: False)
        return takes_once(key)

    def on_mount(self) -> None:
        self.call_after_refresh(begun)
        if not self.is_headless:
            self._end_on_signals()
        if self._setup is not None or self._resume:
            self.call_after_refresh(self._start_at_once)

    def _end_on_signals(self) -> None:
        """Told to end, or without a terminal any more: end as with Ctrl+Q, so that everything is kept."""
        if sys.platform == "win32":
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN:
                loop.add_signal_handler(number, self.exit, None, 128 + number)

    def get_default_screen(self) -> Screen[Any]:
        """Home is the screen below all others, so that nothing is laid out or painted before it."""
        return self.get_screen("home")

    def _start_at_once(self) -> None:
        try:
            if self._resume:
                self.open_interview(resume=self._resume)
            elif self._setup is not None:
                self.open_interview(setup=self._setup)
        except UserError as problem:
            self.exit(return_code=problem.exit_code, message=str(problem))

    def open_interview(self, setup: "Setup | None" = None, resume: str = "", **given: Any) -> None:
        """Start an interview, or go on with one that was left. Raises UserError."""
        from simulator.interview.setup import Setup  # late
        from simulator.interview_control.backend import InterviewBackend  # late
        from simulator.tui.screens.interview import InterviewScreen  # late

        services = self.services
        conversation = (
            services.interviews.resume(resume) if resume else services.interviews.begin(setup or Setup(), **given)
        )
        backend = InterviewBackend(services, conversation)
        self.push_screen(InterviewScreen(conversation, backend, resumed=bool(resume)))

    def action_go(self, name: str) -> None:
        """Show one of the named screens, from a key."""
        self.go(name)

    def on_notify(self, event: Notify) -> None:
        """One notice at a time, in the title's row; what comes while one is shown joins it."""
        new = event.notification
        shown = [each for each in self._notifications if not each.has_expired]
        joined = " ".join(each.message for each in shown)
        new.message = joined if new.message in joined else f"{joined} {new.message}".strip()
        new.markup = new.markup and all(each.markup for each in shown)
        new.timeout = max([new.timeout, *(each.time_left for each in shown)])
        self._notifications.clear()
        for screen in self.screen_stack[-1:]:
            # Where a notice was, a row would stay empty and push the new one down.
            screen.query("ToastHolder").remove()
        # The title's row below is drawn anew when the notice is gone: nobody else does, where nothing else changes.
        self.set_timer(new.timeout + NOTICE_GONE, self._draw_anew)

    def _draw_anew(self) -> None:
        # While the app ends there is none any more.
        for screen in self.screen_stack[-1:]:
            screen.refresh()
            over = all(each.has_expired for each in self._notifications)
            if over and screen.query("Toast"):
                # On a busy machine the notice is taken away later than it was to be.
                self.set_timer(NOTICE_GONE, self._draw_anew)

    def notice_closed(self) -> bool:
        """Close the notice that is shown; False where none is."""
        shown = any(not each.has_expired for each in self._notifications)
        self.clear_notifications()
        if shown:
            self.set_timer(NOTICE_GONE, self._draw_anew)
        return shown

    def get_key_display(self, binding: Binding) -> str:
        """The name of a key, the same wherever it is told."""
        return binding.key_display or key_name(binding.key)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The command palette: only what is possible now."""
        yield from palette(self, screen)

    def action_leave_politely(self) -> None:
        """Ctrl+C: out of an interview, which is kept; elsewhere out of the app."""
        leave = getattr(self.screen, "action_leave", None) if hasattr(self.screen, "IN_INTERVIEW") else None
        if leave is not None:
            leave()
        else:
            self.exit(0)

    def action_further(self, way: int) -> None:
        """A page on in what reaches beyond the screen, where what has the focus is at its own end."""
        focused = self.screen.focused
        if focused is not None and 0 <= focused.scroll_y + way <= focused.max_scroll_y:
            raise SkipAction
        beyond = (each for each in self.screen.query(VerticalScroll) if each.display and each is not focused)
        found = next((each for each in beyond if 0 <= each.scroll_y + way <= each.max_scroll_y), None)
        if found is None or isinstance(focused, TextArea):
            raise SkipAction
        found.scroll_relative(y=way * max(1, found.size.height - 1), animate=False)

    def action_help(self) -> None:
        """Help for where you are."""
        from simulator.tui.screens.help import HelpScreen  # late

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    async def on_unmount(self) -> None:
        if self._services is not None:
            with contextlib.suppress(UserError):
                self.practised = self._services.data.store.count_answers() > 0
            self._services.close()

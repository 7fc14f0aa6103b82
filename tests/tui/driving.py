"""Drives the app in tests: fakes at the ports, a real store, real keys; waits on conditions, never on the clock."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, TypeVar

from textual import _wait as waiting
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Select, Static

from simulator.paths import user_paths
from simulator.services import Services
from simulator.services.sound import SoundFactories
from simulator.settings import Settings
from simulator.speech.transcript import Transcript
from simulator.tui.app import SecondRound
from simulator.tui.widgets.answer_box import AnswerBox
from tests.fakes import FakeListener, FakePlayer, FakeVoice, fake_sound

# Textual waits 20 ms after each key, and up to a second while anything moves on the screen.
waiting.SLEEP_GRANULARITY, waiting.SLEEP_IDLE = 0.005, 0.0025

PATIENCE = 2000
"""Turns of the event loop to wait for a condition before a test fails."""


S = TypeVar("S", bound=Screen[Any])


def strips_of(screen: Screen[Any]) -> list[Strip]:
    """What is drawn on a screen, line by line."""
    strips: list[Strip] = screen._compositor.render_strips()
    return strips


def lines_of(screen: Screen[Any]) -> list[str]:
    """What is to be read on a screen, line by line."""
    return [strip.text for strip in strips_of(screen)]


def options_of(select: Select[str]) -> list[tuple[object, object]]:
    """What a field offers: the words and the value of each option."""
    return list(select._options)


class Driver:
    """The app, its pilot and the fakes behind it."""

    def __init__(
        self, app: SecondRound, pilot: Pilot[Any], voice: FakeVoice, listener: FakeListener, player: FakePlayer
    ) -> None:
        self.app, self.pilot = app, pilot
        self.voice, self.listener, self.player = voice, listener, player

    @property
    def notices(self) -> list[str]:
        """What the messages say that are shown now."""
        return [each.message for each in self.app._notifications]

    @property
    def typing(self) -> bool:
        """Whether the box for typed answers is shown."""
        return any(box.display for box in self.app.screen.query(AnswerBox))

    @property
    def listening(self) -> bool:
        """Whether the microphone is open, and the screen was told so."""
        heard = self.listener.hearings
        return bool(heard) and not {"finish", "cancel"} & set(heard[-1].calls) and self.at_rest

    @property
    def at_rest(self) -> bool:
        """Whether nothing is being done in a thread."""
        return all(worker.is_finished for worker in self.app.workers)

    async def rest(self) -> None:
        """Wait until what was begun in threads is done and shown."""
        await self.until(lambda: self.at_rest, "the end of what was begun")
        await self.pilot.pause()

    async def until(self, condition: Callable[[], object], what: str = "") -> None:
        """Wait until `condition` holds."""
        for _ in range(PATIENCE):
            await self.pilot.pause()
            if condition():
                return
            if self.app.return_code:
                break
            await asyncio.sleep(0.01)
        raise AssertionError(f"waited in vain for {what or condition}; on the screen:\n{self.text()}")

    async def until_text(self, words: str) -> None:
        """Wait until these words are on the screen."""
        await self.until(lambda: words in self.text(), f"'{words}'")

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        await self.pilot.press(*keys)

    async def hold(self, key: str, times: int) -> None:
        """Hold a key down: the terminal sends it again and again."""
        await self.press(key)
        self.app.held_within = 1e9
        for _ in range(times - 1):
            await self.press(key)
        self.app.held_within = 0.0

    async def type(self, text: str) -> None:
        """Type a text into what has the focus."""
        await self.pilot.press(*[{" ": "space"}.get(char, char) for char in text])

    def text(self) -> str:
        """All words on the current screen that are displayed, widget by widget, the panels' titles before theirs."""
        shown: list[str] = []
        for widget in self.app.screen.walk_children(Widget):
            if not (widget.display and all(ancestor.display for ancestor in widget.ancestors)):
                continue
            shown.extend(str(title) for title in (widget.border_title, widget.border_subtitle) if title)
            if isinstance(widget, Static):
                shown.append(str(widget.content))
        return "\n".join(shown)


async def current(driver: Driver, kind: type[S]) -> S:
    """The screen of that kind, when it is shown and something on it has the focus."""
    await driver.until(lambda: isinstance(driver.app.screen, kind) and driver.app.screen.focused, kind.__name__)
    screen = driver.app.screen
    assert isinstance(screen, kind)
    return screen


@asynccontextmanager
async def running(
    answers: Sequence[Transcript] = (),
    microphone: bool = True,
    patient: bool = False,
    notices: bool = False,
    size: tuple[int, int] = (80, 24),
    real: Sequence[str] = (),
    **settings: Any,
) -> AsyncIterator[Driver]:
    """The app on a screen of `size`, with the test's own home and fakes for all sound but the `real` parts."""
    chosen = replace(Settings(), **{"first_run_done": True, "think_seconds": 0, **settings})
    voice, listener, player = FakeVoice(patient), FakeListener(answers, microphone), FakePlayer()
    sound = replace(fake_sound(voice, listener, player), **{part: getattr(SoundFactories(), part) for part in real})
    services = Services(user_paths(), chosen, sound)
    app = SecondRound(services.paths, services=services)
    app.held_within = 0.0
    async with app.run_test(size=size, notifications=notices) as pilot:
        driver = Driver(app, pilot, voice, listener, player)
        await driver.until(lambda: app.screen.query("#menu"), "the home screen")
        yield driver

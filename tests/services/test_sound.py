"""Voice, listener and player come from the factories given, late, once, and anew when a setting of theirs changes."""

from collections.abc import Callable
from dataclasses import replace
from threading import Barrier, Thread
from typing import TypeVar

import pytest

from simulator.paths import AppPaths, user_paths
from simulator.services import Services
from simulator.services.late import Late
from simulator.services.sound import SoundFactories
from simulator.settings import Settings
from tests.fakes import FakeListener, FakePlayer, FakeVoice

Part = TypeVar("Part")


class Workshop:
    """Counts what is made and closed."""

    def __init__(self) -> None:
        self.made: list[tuple[str, Settings]] = []
        self.closed: list[str] = []

    def _maker(self, name: str, new: Callable[[], Part]) -> Callable[[AppPaths, Settings], Part]:
        def make(_paths: AppPaths, settings: Settings) -> Part:
            self.made.append((name, settings))
            part = new()
            part.close = lambda: self.closed.append(name)  # type: ignore[attr-defined]
            return part

        return make

    def factories(self) -> SoundFactories:
        return SoundFactories(
            self._maker("voice", FakeVoice), self._maker("listener", FakeListener), self._maker("player", FakePlayer)
        )

    def use(self, services: Services) -> list[str]:
        """Asks for each part; the names of those that were made for it."""
        before = len(self.made)
        for _ in range(2):
            assert services.sound.voice
            assert services.sound.listener
            assert services.sound.player
        return [name for name, _ in self.made[before:]]


@pytest.fixture
def workshop() -> Workshop:
    return Workshop()


@pytest.fixture
def services(simulator_home: object, workshop: Workshop) -> Services:
    return Services(user_paths(), Settings(), workshop.factories())


def test_each_part_is_made_once_when_it_is_first_asked_for(services: Services, workshop: Workshop) -> None:
    assert workshop.made == []
    assert workshop.use(services) == ["voice", "listener", "player"]
    assert workshop.use(services) == []


@pytest.mark.parametrize(
    ("setting", "anew"),
    [
        ({"microphone": "headset"}, ["listener"]),
        ({"speech_model": "/models/large"}, ["listener"]),
        ({"voice_speed": 140}, ["voice"]),
        ({"speaker": "desk"}, ["voice", "player"]),
        ({"candidate_name": "Kim"}, []),
    ],
)
def test_a_changed_setting_makes_the_parts_it_concerns_anew(
    services: Services, workshop: Workshop, setting: dict[str, object], anew: list[str]
) -> None:
    workshop.use(services)
    changed = replace(services.settings.current, **setting)  # type: ignore[arg-type]
    services.settings.change(changed)
    assert sorted(workshop.closed) == sorted(anew)
    assert workshop.use(services) == anew
    assert all(settings == changed for _, settings in workshop.made[3:])


def test_what_was_never_made_is_never_closed(services: Services, workshop: Workshop) -> None:
    assert services.sound.voice
    services.close()
    assert workshop.closed == ["voice"]


def test_a_forgotten_listener_is_closed_and_made_anew(services: Services, workshop: Workshop) -> None:
    workshop.use(services)
    services.sound.forget_listener()
    assert workshop.closed == ["listener"]
    assert workshop.use(services) == ["listener"]


def test_threads_that_ask_at_once_get_the_same_part() -> None:
    start, got = Barrier(8), []
    late = Late(object)

    def ask() -> None:
        start.wait()
        got.append(late.get())

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(map(id, got))) == 1


def test_a_part_that_cannot_be_made_is_tried_again() -> None:
    tries = []

    def make() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise OSError("no device")
        return "a part"

    late = Late(make)
    with pytest.raises(OSError, match="no device"):
        late.get()
    assert late.get() == "a part"

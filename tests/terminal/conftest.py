"""Virtual sound devices for the tests in a real terminal."""

from tests.sound_devices import (  # noqa: F401 - fixtures
    _sound_server,
    no_sound_devices,
    own_sound_devices,
    sound_devices,
)

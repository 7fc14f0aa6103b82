"""Fixtures of the tests of commands."""

from tests.sound_devices import _sound_server, no_sound_devices, sound_devices  # noqa: F401 - fixtures

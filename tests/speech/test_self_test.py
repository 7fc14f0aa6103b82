"""Voice and microphone are tried for real: a sentence is heard on the loudspeaker, a sound on the microphone."""

import threading

import pytest

from simulator.errors import MissingPart
from simulator.paths import user_paths
from simulator.settings import Settings
from simulator.speech.self_test import try_microphone, try_voice
from tests.sound_devices import SoundDevices
from tests.speech.sounds import tone


@pytest.mark.sound
def test_the_voice_is_heard_on_the_loudspeaker(sound_devices: SoundDevices) -> None:
    with sound_devices.captured() as capture:
        tried = try_voice(Settings())
    assert "spoke a sentence" in tried.detail
    assert max(capture.pcm) > 0
    assert not user_paths().cache.exists(), "a trial leaves nothing in the cache"


@pytest.mark.sound
def test_the_microphone_is_listened_to(sound_devices: SoundDevices) -> None:
    speaking = threading.Thread(target=sound_devices.say_into_microphone, args=(tone(440, 6.0), 16_000), daemon=True)
    speaking.start()
    tried = try_microphone(Settings())
    speaking.join()
    assert "live" in tried.detail
    assert tried.figures["levels"]


def test_without_sound_devices_both_say_what_is_missing(no_sound_devices: None) -> None:
    for trial in (try_voice, try_microphone):
        with pytest.raises(MissingPart) as told:
            trial(Settings())
        assert told.value.hint

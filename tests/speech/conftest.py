"""What the tests of the speech room share: the sample model, short real speech, virtual devices."""

import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from simulator.speech.model_files import sample_model
from simulator.speech.ports import VoiceStyle
from simulator.speech.synthesis import Synthesizer
from simulator.speech.transcriber import SpeechModel
from tests.sound_devices import (  # noqa: F401 - fixtures
    _sound_server,
    no_sound_devices,
    own_sound_devices,
    sound_devices,
)

Say = Callable[..., tuple[bytes, int]]
"""Says a text; see `said`."""

FIXTURES = Path(__file__).parents[1] / "fixtures" / "sound"


@pytest.fixture(scope="session")
def sample() -> SpeechModel:
    """The sample model, loaded."""
    model = SpeechModel(sample_model())
    model.load()
    return model


@pytest.fixture(scope="session")
def synthesizer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Synthesizer]:
    """A real synthesizer with a cache for all tests."""
    made = Synthesizer(tmp_path_factory.mktemp("spoken"))
    yield made
    made.close()


@pytest.fixture(scope="session")
def said(synthesizer: Synthesizer) -> Say:
    """A text as (PCM16 mono, rate) in the default voice."""

    def say(text: str, **style: Any) -> tuple[bytes, int]:
        spoken = synthesizer.make(text, VoiceStyle(**style))
        with wave.open(str(spoken.path), "rb") as sound:
            return sound.readframes(sound.getnframes()), sound.getframerate()

    return say

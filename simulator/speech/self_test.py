"""Voice, microphone and recogniser tried for real, for `doctor`: it wants to know, not to guess.

Every trial raises UserError (Missing) for what does not work, with the hint.
"""

import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from simulator.errors import MissingPart
from simulator.paths import shipped
from simulator.settings import Settings
from simulator.speech.listening import MicrophoneListener
from simulator.speech.loudness import loudness
from simulator.speech.model_files import sample_model
from simulator.speech.ports import HeardAnswer, Readiness, SoundLevel, VoiceStyle
from simulator.speech.sound_levels import LOWEST, SILENT_BELOW
from simulator.speech.transcriber import SpeechModel, transcribe_file
from simulator.speech.voice import SpokenVoice

SENTENCE = "This is how your questions sound."
SPEECH = "assets/trial_speech.wav"
SPOKEN = ["i", "led", "a", "team", "of", "six", "and", "um", "we", "finished", "two", "weeks", "early"]
"""What is said there."""
SILENCE = -60.0
"""dBFS; a voice of which no part is louder said nothing."""
SPEAKING_PATIENCE = 20.0
LISTENED_LEVELS = 20
"""Levels of 50 ms that a microphone is listened to."""
LISTENING_PATIENCE = 8.0


@dataclass(frozen=True, slots=True)
class Tried:
    """How a part did. `detail` says it, `hint` what to do where it should be known; `figures` hold no name."""

    detail: str
    hint: str = ""
    figures: dict[str, float | int | str] = field(default_factory=dict)


def try_voice(settings: Settings) -> Tried:
    """Have a sentence made, look whether there is sound in it, and play it."""
    with tempfile.TemporaryDirectory(prefix="second-round-") as scratch:
        voice = SpokenVoice(Path(scratch), settings.speaker, settings.sound, settings.voice_speed)
        try:
            status = voice.settled_status()
            if status.readiness is Readiness.MISSING:
                raise MissingPart(status.detail, status.hint)
            if settings.sound != "on":
                return Tried(status.detail)
            began = time.monotonic()
            spoken = voice.make(SENTENCE, VoiceStyle())
            took = time.monotonic() - began
            loudest = max(loudness(spoken.path, 4))
            if loudest < SILENCE:
                raise MissingPart(f"The voice made only silence ({status.detail}).", "Choose another system voice.")
            over = threading.Event()
            voice.speak(SENTENCE, VoiceStyle(), lambda caption: None, lambda to_the_end: over.set())
            over.wait(SPEAKING_PATIENCE)
            status = voice.status()
            if status.readiness is not Readiness.READY:
                raise MissingPart(status.detail, status.hint)
            figures: dict[str, float | int | str] = {"seconds_to_make": round(took, 2), "loudest_db": round(loudest)}
            return Tried(f"spoke a sentence of {spoken.seconds:.1f} s; {status.in_full}", figures=figures)
        finally:
            voice.close()


def try_microphone(settings: Settings) -> Tried:
    """Listen for a second; nothing is kept. The sample model hears along: another may be missing."""
    listener = MicrophoneListener(sample_model(), settings.microphone)
    try:
        return _listened(listener)
    finally:
        listener.close()


def _listened(listener: MicrophoneListener) -> Tried:
    status = listener.settled_microphone_status()
    if status.readiness is Readiness.MISSING:
        raise MissingPart(status.detail, status.hint)
    levels: list[SoundLevel] = []
    troubles: list[str] = []
    enough = threading.Event()

    def heard(level: SoundLevel) -> None:
        levels.append(level)
        if len(levels) >= LISTENED_LEVELS:
            enough.set()

    def trouble(words: str) -> None:
        troubles.append(words)
        enough.set()

    def over(answer: HeardAnswer) -> None:
        enough.set()

    hearing = listener.listen(None, heard, lambda text: None, over, trouble)
    try:
        enough.wait(LISTENING_PATIENCE)
    finally:
        hearing.cancel()
        hearing.join(2.0)
    if troubles:
        raise MissingPart(troubles[0], "Choose another microphone in the sound check, or type your answers.")
    if not levels:
        raise MissingPart(f"{status.detail} gives no sound.", "Choose another microphone, or type your answers.")
    loudest = max(level.dbfs for level in levels)
    figures: dict[str, float | int | str] = {"levels": len(levels), "loudest_db": round(loudest)}
    if max(level.peak for level in levels) < SILENT_BELOW or loudest <= LOWEST:
        hint = "Is it muted, or not allowed by the system? The sound check shows what arrives."
        return Tried(f"{status.in_full}: nothing at all arrives", hint, figures)
    return Tried(f"{status.in_full}, live: {loudest:.0f} dB at the loudest", figures=figures)


def try_recogniser(model: SpeechModel) -> Tried:
    """Have a spoken sentence that comes along written down, word by word compared."""
    began = time.monotonic()
    transcript = transcribe_file(shipped(SPEECH), model)
    took = time.monotonic() - began
    right = _in_common([word.text for word in transcript.words], SPOKEN)
    figures: dict[str, float | int | str] = {"words_right": right, "seconds": round(took, 2)}
    detail = f"heard {right} of the {len(SPOKEN)} words of a sentence"
    if right * 2 < len(SPOKEN):
        return Tried(detail, "'second-round model check' tries the speech model; it may be damaged.", figures)
    return Tried(detail, figures=figures)


def _in_common(heard: list[str], spoken: list[str]) -> int:
    """How many words of `spoken` are among `heard` in the same order."""
    best = [0] * (len(spoken) + 1)
    for word in heard:
        before = 0
        for place, other in enumerate(spoken, 1):
            before, best[place] = best[place], before + 1 if word == other else max(best[place], best[place - 1])
    return best[-1]

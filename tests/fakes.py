"""Stand-ins behind the speech ports, for tests of app and plain mode. The real parts are tried in tests/speech."""

from collections.abc import Callable, Sequence
from pathlib import Path

from simulator.errors import MissingPart
from simulator.services.sound import SoundFactories
from simulator.speech.ports import (
    Caption,
    HeardAnswer,
    InputDevice,
    Listener,
    PartStatus,
    Player,
    Readiness,
    SoundLevel,
    Voice,
    VoiceStyle,
)
from simulator.speech.transcript import Source, Transcript, Word


def spoken(text: str) -> Transcript:
    """A transcript with times, as if it had been said at two and a half words a second."""
    words = tuple(Word(word, 0.4 * n, 0.4 * n + 0.35, 0.98) for n, word in enumerate(text.split()))
    return Transcript(words, Source.SPOKEN, duration=0.4 * len(words) + 0.2, model="fake")


class FakeVoice:
    """Says everything at once, or waits with `patient` until it is silenced or `finish`ed."""

    def __init__(self, patient: bool = False) -> None:
        self.patient = patient
        self.readiness = Readiness.READY
        self.said: list[tuple[str, VoiceStyle]] = []
        self.prepared: list[str] = []
        self.silenced = 0
        self._waiting: Callable[[bool], None] | None = None

    def status(self) -> PartStatus:
        return PartStatus("voice", self.readiness, "a fake voice")

    def prepare(self, text: str, style: VoiceStyle) -> None:
        self.prepared.append(text)

    def speak(
        self,
        text: str,
        style: VoiceStyle,
        on_caption: Callable[[Caption], None],
        on_finished: Callable[[bool], None],
    ) -> None:
        self.said.append((text, style))
        on_caption(Caption(text, len(text) // 2))
        if self.patient:
            self._waiting = on_finished
        else:
            on_finished(True)

    def silence(self) -> None:
        self.silenced += 1
        self._end(False)

    def finish(self) -> None:
        """The line was said to its end."""
        self._end(True)

    def _end(self, to_the_end: bool) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting:
            waiting(to_the_end)

    def save(self, text: str, style: VoiceStyle, path: Path) -> float:
        raise MissingPart("A fake voice saves nothing.")

    def close(self) -> None:
        self.silence()


class FakeHearing:
    """One answer being listened to; `finish` delivers the words given ahead."""

    def __init__(self, words: Transcript, recording: Path | None, on_heard: Callable[[HeardAnswer], None]) -> None:
        self._words = words
        self._recording = recording
        self._on_heard = on_heard
        self.calls: list[str] = []

    def pause(self) -> None:
        self.calls.append("pause")

    def resume(self) -> None:
        self.calls.append("resume")

    def finish(self) -> None:
        self.calls.append("finish")
        self._on_heard(HeardAnswer(self._words, self._recording))

    def cancel(self) -> None:
        self.calls.append("cancel")


class FakeListener:
    """Hears the answers given ahead, one for each turn; without `microphone` it is missing."""

    def __init__(self, answers: Sequence[Transcript] = (), microphone: bool = True) -> None:
        self.answers = list(answers)
        self.microphone = microphone
        self.hearings: list[FakeHearing] = []
        self.trouble: Callable[[str], None] | None = None
        self.level: Callable[[SoundLevel], None] | None = None
        self.model = Readiness.READY
        self.asleep = False
        """A slow device: its first sound comes when the test sends it to `level`."""

    def microphone_status(self) -> PartStatus:
        if self.microphone:
            return PartStatus("microphone", Readiness.READY, "a fake microphone")
        return PartStatus("microphone", Readiness.MISSING, "No microphone was found.", "Connect one.")

    def look_again(self) -> PartStatus:
        return self.microphone_status()

    def model_status(self) -> PartStatus:
        return PartStatus("model", self.model, "a fake model")

    def devices(self) -> Sequence[InputDevice]:
        return (InputDevice("a fake microphone", True),) if self.microphone else ()

    def warm_up(self) -> None:
        pass

    def listen(
        self,
        recording: Path | None,
        on_level: Callable[[SoundLevel], None],
        on_partial: Callable[[str], None],
        on_heard: Callable[[HeardAnswer], None],
        on_trouble: Callable[[str], None],
    ) -> FakeHearing:
        if not self.microphone:
            raise MissingPart("No microphone was found.", "Connect one.")
        words = self.answers.pop(0)
        if recording:
            recording.write_bytes(b"RIFF")
        self.trouble = on_trouble
        hearing = FakeHearing(words, recording, on_heard)
        self.hearings.append(hearing)
        self.level = on_level
        if not self.asleep:
            on_level(SoundLevel(-24.0, 0.3, True))
            on_partial(words.text)
        return hearing

    def close(self) -> None:
        pass


class FakePlayer:
    """Remembers what it was asked to play; the test says what is heard."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, float, float, bool]] = []
        self.playing = False

    def play(
        self,
        path: Path,
        from_second: float,
        speed: float,
        on_position: Callable[[float], None],
        on_finished: Callable[[bool], None],
        on_trouble: Callable[[str], None],
        skip_pauses: bool = False,
    ) -> None:
        self.asked.append((path.name, from_second, speed, skip_pauses))
        self.on_position, self.on_finished, self.on_trouble = on_position, on_finished, on_trouble
        self.playing = True

    def stop(self) -> None:
        self.playing = False

    def close(self) -> None:
        self.stop()

    def end(self) -> None:
        """The end of the recording."""
        self.playing = False
        self.on_finished(True)


def fake_sound(
    voice: Voice | None = None, listener: Listener | None = None, player: Player | None = None
) -> SoundFactories:
    """Makes these stand-ins, or new ones."""
    return SoundFactories(
        voice=lambda _paths, _settings: voice or FakeVoice(),
        listener=lambda _paths, _settings: listener or FakeListener(),
        player=lambda _paths, _settings: player or FakePlayer(),
    )

"""What the other packages may ask of sound: the protocols behind which real parts and stand-ins lie.

Sound inside the app is always mono int16 ("PCM16"). The microphone's side is 16,000 Hz; spoken
questions keep the rate of the voice that made them. Call-backs come on a foreign thread and must
return at once; none of them may raise.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from simulator.speech.transcript import Transcript

SAMPLE_RATE = 16_000
"""Hz, of everything recorded and transcribed."""

SLICE_SECONDS = 0.1
"""How long a slice of a voice's loudness is."""


@dataclass(frozen=True, slots=True)
class VoiceStyle:
    """How an interviewer sounds. Hints: a system without such a voice comes as near as it can.

    `gender` is "female", "male" or "" (any). `words_per_minute` is the speech rate. `pitch` is 0 to
    100, 50 the voice's own. `variant` picks among several voices of one gender (0, 1, 2, ...).
    """

    gender: str = ""
    words_per_minute: int = 165
    pitch: int = 50
    variant: int = 0
    accent: str = ""
    """ "us", "gb", or "" for any."""


class Readiness(StrEnum):
    """How far a part is."""

    READY = "ready"
    LOADING = "loading"
    MISSING = "missing"
    SAMPLE = "sample"
    """Only the sample speech model is there: enough for the sample interview, not for a real practice."""


@dataclass(frozen=True, slots=True)
class PartStatus:
    """What `doctor`, the home screen and the sound check show of one part.

    `detail` is one plain line (which device, which model), `hint` the exact thing to do when missing; `technical`
    names what is behind it, for whoever looks for a fault.
    """

    part: str
    readiness: Readiness
    detail: str
    hint: str = ""
    technical: str = ""

    @property
    def in_full(self) -> str:
        """The line with what is behind it."""
        return f"{self.detail} ({self.technical})" if self.technical else self.detail


@dataclass(frozen=True, slots=True)
class Caption:
    """The words heard so far: characters `0:shown` of the text have been spoken.

    `loudness` is that of the voice from now until the next caption, 0 to 1 in slices of `SLICE_SECONDS`; () where
    nothing is to be heard.
    """

    text: str
    shown: int
    loudness: tuple[float, ...] = ()


class Voice(Protocol):
    """Speaks the interviewer's lines. All calls return at once; none raises for a missing part."""

    def status(self) -> PartStatus: ...

    def prepare(self, text: str, style: VoiceStyle) -> None:
        """Make `text` ahead, so that it can start at once when its turn comes."""

    def speak(
        self,
        text: str,
        style: VoiceStyle,
        on_caption: Callable[[Caption], None],
        on_finished: Callable[[bool], None],
    ) -> None:
        """Say `text`; captions follow the words. `on_finished(True)` when it was said to the end,
        False when silenced. Without sound output the captions run alone, at reading pace."""

    def silence(self) -> None:
        """Stop speaking, within 100 ms."""

    def save(self, text: str, style: VoiceStyle, path: Path) -> float:
        """Save `text` as a sound file (.wav, .flac, .ogg), without any device; its length in seconds. Blocks.

        Raises Missing without a synthesiser, UserError or WrongUse when it cannot be said or written.
        """

    def close(self) -> None: ...


class Player(Protocol):
    """Plays recordings, one at a time."""

    @property
    def playing(self) -> bool:
        """Whether something is being played."""

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
        """Play from that second at that speed; returns at once. What played before is stopped.

        `on_position` gets the second being heard, `on_finished` True when the end was reached, `on_trouble` a
        sentence when nothing can be played.
        """

    def stop(self) -> None:
        """Fall silent within 100 ms."""

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class InputDevice:
    """A microphone: `name` is what settings remember, `default` marks the system's choice."""

    name: str
    default: bool


@dataclass(frozen=True, slots=True)
class SoundLevel:
    """The microphone's level over one short block. `dbfs` is RMS (-96 to 0), `peak` 0 to 1."""

    dbfs: float
    peak: float
    speech: bool
    hint: str = ""
    """"", "quiet", "clipping", "silent" (no signal at all) or "stalled" (the device stopped)."""


@dataclass(frozen=True, slots=True)
class HeardAnswer:
    """The end of one spoken answer. `recording` is the sound file kept (None if it could not be)."""

    transcript: Transcript
    recording: Path | None


class Hearing(Protocol):
    """One answer being listened to."""

    def pause(self) -> None:
        """Stop taking sound in; what was said so far stays."""

    def resume(self) -> None: ...

    def finish(self) -> None:
        """The answer is over: drain, transcribe the rest, then `on_heard` is called once."""

    def cancel(self) -> None:
        """Forget the words; the recording stays on disk. `on_heard` is not called."""


class Listener(Protocol):
    """Microphone, recording and transcriber as one: listens to spoken answers."""

    def microphone_status(self) -> PartStatus: ...

    def look_again(self) -> PartStatus:
        """The microphone's status, looked for anew. Blocks: not for the UI thread."""

    def model_status(self) -> PartStatus: ...

    def devices(self) -> Sequence[InputDevice]: ...

    def warm_up(self) -> None:
        """Load the speech model in the background."""

    def listen(
        self,
        recording: Path | None,
        on_level: Callable[[SoundLevel], None],
        on_partial: Callable[[str], None],
        on_heard: Callable[[HeardAnswer], None],
        on_trouble: Callable[[str], None],
    ) -> Hearing:
        """Open the microphone and hear one answer, written to `recording` (WAV) as it comes.

        Returns at once; the first level says that the microphone is live. `on_partial` gets all words so far
        (replaceable); `on_heard` comes once, after `finish`; `on_trouble` a plain sentence (the device stopped,
        the disk is full). With `recording` None no sound is kept (the sound check). Raises Missing when there is
        no microphone. Without a speech model the sound is recorded all the same; `on_heard` then brings a
        transcript without words whose `trouble` says why, so that the answer can be typed.
        """

    def close(self) -> None: ...

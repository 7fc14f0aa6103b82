"""One answer while it is spoken: what was heard of it so far, and whether anybody is still there (silence).

Times are seconds of one clock that never goes back.
"""

from enum import Enum, auto

from simulator.speech.ports import Hearing, SoundLevel

LEAST_SECONDS = 1.0
"""A voice heard for less is a cough or a key, not an answer."""
MUTED_SECONDS = 3.0
"""Digital silence from the start for so long is a microphone that is muted."""
UNHEARD_SECONDS = 12.0
AWAY_SECONDS = 180.0
"""Nobody thinks for three minutes: they went away, and need not be recorded."""


class Silence(Enum):
    """Why nothing is heard."""

    AWAY = auto()
    MUTED = auto()
    """Nothing but digital silence, from the start."""
    UNHEARD = auto()
    """Sound arrives, but no voice in it."""
    STOPPED = auto()
    """The device gives no sound any more."""
    NOTHING_TO_SEND = auto()
    """Somebody wished to hand in an answer in which nothing was heard, or too little: Enter again sends it."""


class SpokenAnswer:
    """An answer from opening the microphone to its words; `hearing` is None before and after that."""

    def __init__(self, begun_at: float) -> None:
        self.begun_at = begun_at
        """The first sound and, from then on, the first word: thinking before it is no time of the answer."""
        self.last_voice_at = begun_at
        self.hearing: Hearing | None = None
        self.writing_down = False
        self.words_heard = False
        self.voice_heard = False
        self.muted = False
        """So far nothing has arrived but digital silence."""
        self.told_nothing_to_send = False
        """Enter was pressed on nothing: they were told so, and a second Enter hands it in all the same."""
        self.told: Silence | None = None
        """What the screen says of silence now."""
        self._stopped_at: float | None = None
        self._troubles: list[str] = []
        self.live = False
        """The first block of sound is here: from now on nothing that is said is lost."""

    @property
    def heard(self) -> bool:
        """Whether anything was heard at all."""
        return self.words_heard or self.voice_heard

    @property
    def open(self) -> bool:
        """Whether sound is taken in."""
        return self.hearing is not None and not self.writing_down

    def goes_live(self, level: SoundLevel, at: float) -> bool:
        """Whether this is the first sound; silence is told from it."""
        if self.live or level.hint == "stalled":
            return False
        self.live, self._stopped_at = True, None
        self.begun_at = self.last_voice_at = at
        return True

    def take_level(self, level: SoundLevel, at: float) -> None:
        """One block of sound, or that none comes any more: an outage is no time of the answer, and no silence."""
        if level.hint == "stalled":
            self._stopped_at = at if self._stopped_at is None else self._stopped_at
            return
        if self._stopped_at is not None:
            outage, self._stopped_at = at - self._stopped_at, None
            self.paused_for(outage, at)
        if level.speech:
            self._begins(at)
            self.voice_heard, self.last_voice_at = True, at
        self.muted = level.hint == "silent" and not self.voice_heard

    def take_words(self, words: str, at: float) -> None:
        """All words so far."""
        if words.strip():
            self._begins(at)
            self.words_heard, self.last_voice_at = True, at

    def _begins(self, at: float) -> None:
        if not self.heard:
            self.begun_at = at
        self.told_nothing_to_send = False

    @property
    def stopped(self) -> bool:
        """Whether the device gives no sound any more; it is opened again as soon as it can be."""
        return self._stopped_at is not None

    def spent(self, at: float) -> float:
        """Seconds of the answer so far."""
        return (at if self._stopped_at is None else self._stopped_at) - self.begun_at if self.heard else 0.0

    def told_of(self, trouble: str) -> None:
        """The candidate was told this while they spoke."""
        self._troubles.append(trouble)

    def untold(self, troubles: str) -> str:
        """What of all that went wrong was not told yet."""
        for trouble in self._troubles:
            troubles = troubles.replace(trouble, "")
        return " ".join(troubles.split())

    def paused_for(self, seconds: float, at: float) -> None:
        """A pause is over: it is no time of the answer, and no silence."""
        self.told_nothing_to_send = False
        self.begun_at = self.begun_at + seconds if self.heard else at
        if self._stopped_at is not None:
            self._stopped_at += seconds
        self.last_voice_at = at

    def something_said(self, at: float) -> bool:
        """Whether there is an answer to hand in: words, or a voice for a second while words are on their way."""
        return self.words_heard or (self.voice_heard and at - self.begun_at >= LEAST_SECONDS)

    def silence(self, at: float) -> Silence | None:
        """Why nothing is heard, where that is to be told; None while the answer goes as it should.

        Once something was heard, silence is thinking and no alarm, until it is so long that nobody can be there.
        """
        if not self.open:
            return None
        if self.live and at - self.last_voice_at >= AWAY_SECONDS:
            return Silence.AWAY
        if self.told_nothing_to_send:
            return Silence.NOTHING_TO_SEND
        if self.stopped:
            return Silence.STOPPED
        if self.heard or not self.live:
            return None
        if self.muted and at - self.begun_at >= MUTED_SECONDS:
            return Silence.MUTED
        return Silence.UNHEARD if at - self.begun_at >= UNHEARD_SECONDS else None

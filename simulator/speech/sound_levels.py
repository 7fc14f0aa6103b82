"""How loud the microphone is, whether someone speaks, and what to say when it does not sound right.

Speech is found by level alone, against a floor that follows the room: 0.01 % CPU and at most 4 % false
speech (measured), which a heavier detector did not better on noise and clicks. Time is counted in samples,
so the same sound gives the same levels.
"""

import math
from collections import deque

from simulator.speech.ports import SAMPLE_RATE, SoundLevel

FRAME = SAMPLE_RATE * 20 // 1000
"""Samples in one 20 ms frame."""

ABOVE_FLOOR = 9.0
"""dB above the floor from which a frame may be speech."""

ON_FRAMES, ON_NEEDED = 5, 3
"""Speech begins when 3 of 5 frames are above: a click is not speech."""

OFF_FRAMES = 15
"""Speech ends after 300 ms below."""

FLOOR_SECONDS = 10
QUIET_BELOW = -45.0
"""dBFS; a speaker whose loudest twentieth stays below is hard to recognise."""

CLIPPED_AT = 0.999
CLIPPED_SAMPLES = 3
CLIPPED_LEVELS = 20
"""More levels than this with clipping in them are a microphone set too loud, not one hard sound."""
SILENT_BELOW = 2 / 32768
"""A live microphone is never this quiet: nothing comes in at all (muted, or not allowed by the system)."""

LOWEST = -96.0

QUIET_AFTER = 1.5
"""Seconds without speech after which a trial that went well is over; twice as long where something was wrong."""
NOTHING_AFTER = 4.0
NOBODY_AFTER = 12.0
"""Seconds after which a trial is over where nothing arrives at all, or nobody speaks."""


class LevelMeter:
    """Takes PCM16 mono blocks at 16,000 Hz, gives one Level for each."""

    def __init__(self) -> None:
        per_second = SAMPLE_RATE // FRAME
        self._recent: deque[bool] = deque(maxlen=ON_FRAMES)
        self._room: deque[float] = deque(maxlen=FLOOR_SECONDS * per_second)
        self._spoken: deque[float] = deque(maxlen=3 * per_second)
        self._below = 0
        self._speech = False
        self._samples = 0
        self._clipped_until = -1
        self._alive_at = 0
        self._rest = b""

    def take(self, pcm: bytes) -> SoundLevel:
        """The level of this block."""
        import numpy as np  # late

        sound = np.frombuffer(pcm, dtype=np.int16).astype(np.float32) / 32768
        if len(sound) == 0:
            return SoundLevel(LOWEST, 0.0, self._speech, self._hint())
        self._samples += len(sound)
        loud = np.abs(sound)
        peak = float(loud.max())
        if int((loud >= CLIPPED_AT).sum()) >= CLIPPED_SAMPLES:
            self._clipped_until = self._samples + SAMPLE_RATE * 3 // 2
        if peak >= SILENT_BELOW:
            self._alive_at = self._samples
        frames = np.frombuffer(self._rest + pcm, dtype=np.int16)
        whole = len(frames) // FRAME * FRAME
        self._rest = frames[whole:].tobytes()
        for frame in frames[:whole].reshape(-1, FRAME).astype(np.float32) / 32768:
            self._frame(decibels(float(np.sqrt(np.mean(frame**2)))))
        return SoundLevel(decibels(float(np.sqrt(np.mean(sound**2)))), min(1.0, peak), self._speech, self._hint())

    def _frame(self, dbfs: float) -> None:
        self._room.append(dbfs)
        above = dbfs > self._floor() + ABOVE_FLOOR
        self._recent.append(above)
        if above:
            self._below = 0
            self._spoken.append(dbfs)
        else:
            self._below += 1
        if sum(self._recent) >= ON_NEEDED:
            self._speech = True
        elif self._below >= OFF_FRAMES:
            self._speech = False

    def _floor(self) -> float:
        """The level that a tenth of the last ten seconds stay below; speech always leaves such gaps."""
        ordered = sorted(self._room)
        # Held between a very quiet and a loud room, so that a start in mid-word is still speech.
        return min(-40.0, max(-70.0, ordered[len(ordered) // 10]))

    def _hint(self) -> str:
        if self._samples - self._alive_at >= 2 * SAMPLE_RATE:
            return "silent"
        if self._samples < self._clipped_until:
            return "clipping"
        if len(self._spoken) == self._spoken.maxlen:
            ordered = sorted(self._spoken)
            if ordered[len(ordered) * 95 // 100] < QUIET_BELOW:
                return "quiet"
        return ""


class Verdict:
    """What a sound check heard, level by level, and what to say of it at the end."""

    def __init__(self) -> None:
        self._peak = 0.0
        self._loudest = LOWEST
        self._clipping = 0

    def take(self, level: SoundLevel) -> None:
        """One more level of the same try."""
        self._peak = max(self._peak, level.peak)
        self._clipping += level.hint == "clipping"
        if level.speech:
            self._loudest = max(self._loudest, level.dbfs)

    @property
    def fine(self) -> bool:
        """Whether nothing has to be changed."""
        return self._loudest >= QUIET_BELOW and self._clipping <= CLIPPED_LEVELS

    @property
    def spoken(self) -> bool:
        """Whether somebody spoke."""
        return self._loudest > LOWEST

    @property
    def anything(self) -> bool:
        """Whether any sound arrives, if only that of the room."""
        return self._peak >= SILENT_BELOW

    def words(self) -> str:
        """How the speaker sounds, with the hint where something is wrong."""
        if not self.anything:
            return "Nothing arrives: is the microphone muted? If not, choose another one."
        if not self.spoken:
            return "I hear the room, but nobody speaking. Come nearer, or choose another microphone."
        if self._loudest < QUIET_BELOW:
            return "I hear you, but faintly. Come nearer, or turn the microphone up."
        if self._clipping > CLIPPED_LEVELS:
            return "I hear you, but too loud. Move back a little, or turn the microphone down."
        return "You sound fine."


class SoundTrial:
    """One trial of the microphone: what it heard, and when it is over by itself. Times never go back."""

    def __init__(self) -> None:
        self.verdict = Verdict()
        self._begun_at: float | None = None
        self._spoke_at: float | None = None

    def over(self, level: SoundLevel, at: float) -> bool:
        """Take one more level; whether all is known by now."""
        self.verdict.take(level)
        if level.hint == "stalled":
            return False
        if self._begun_at is None:
            self._begun_at = at
        if level.speech:
            self._spoke_at = at
            return False
        if self._spoke_at is not None:
            return at - self._spoke_at > QUIET_AFTER * (1 if self.verdict.fine else 2)
        return at - self._begun_at > (NOBODY_AFTER if self.verdict.anything else NOTHING_AFTER)


def decibels(rms: float) -> float:
    """dBFS of an RMS between 0 and 1, not below -96."""
    return max(LOWEST, 20 * math.log10(rms)) if rms > 0 else LOWEST

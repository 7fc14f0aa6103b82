"""Sound out of the loudspeaker: one stream a sound, its position counted in frames played.

`Loudspeaker.play` serves the voice, `RecordingPlayer` the candidate's own recordings.
"""

import threading
import time
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from simulator.errors import MissingPart, UserError
from simulator.speech import devices
from simulator.speech.pauses import without_long_pauses
from simulator.speech.sound_files import Resampler, open_recording
from simulator.speech.stretch import stretched

STALLED_AFTER = 1.0
"""Seconds without a call-back after which a device counts as stalled."""

START_PATIENCE = 3.0
"""Seconds a device may take to its first call-back; a sleeping sound server needs up to 1.7 s (measured)."""


LATENCY = 0.03
"""Seconds of sound the device holds ahead. The lowest it offers (8 ms) breaks up when both cores are busy; this
did not (measured), and is well within the 100 ms in which a key silences."""

LEAD_SECONDS = 0.05
"""Seconds of silence before the sound. While a stream starts, sound servers drop up to 25 ms of what they were given
(measured): the beginning of a word."""


class Playing:
    """One sound being played. Sound is fed in from any thread; `end` says that no more comes."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self._chunks: deque[bytes] = deque()
        self._rest = memoryview(b"")
        self._ended = False
        self._frames = 0
        self._lead = int(LEAD_SECONDS * rate)
        self._stream: Any = None
        self._began = time.monotonic()
        self._last_call = 0.0
        self._stopping = False
        self._stop: type[BaseException] = StopIteration
        self._abort: type[BaseException] = StopIteration
        self.over = threading.Event()
        """Set when the last sound has left the device, or the device ended by itself, or `stop` was called."""

    def feed(self, pcm: bytes) -> None:
        """Add PCM16 mono to what will be played."""
        if pcm:
            self._chunks.append(pcm)

    def end(self) -> None:
        """No more is coming: the stream ends when all is played."""
        self._ended = True

    @property
    def buffered(self) -> float:
        """Seconds fed in and not yet taken by the device."""
        return (sum(map(len, tuple(self._chunks))) + len(self._rest)) / 2 / self.rate

    @property
    def position(self) -> float:
        """Seconds of this sound heard so far: frames taken by the device less its latency."""
        latency = float(self._stream.latency) if self._stream is not None else 0.0
        return max(0.0, self._frames / self.rate - latency)

    @property
    def heard(self) -> bool:
        """Whether the first sound has reached the listener."""
        latency = float(self._stream.latency) if self._stream is not None else 0.0
        return self._frames / self.rate > latency

    @property
    def played_to_end(self) -> bool:
        """Whether everything fed in was taken by the device, after `end`."""
        return self._ended and not self._chunks and not self._rest and not self._stopping

    @property
    def stalled(self) -> bool:
        """Whether the device has stopped asking for sound."""
        if self.over.is_set():
            return False
        now = time.monotonic()
        if self._last_call == 0.0:
            return now - self._began > START_PATIENCE
        return now - self._last_call > STALLED_AFTER

    def stop(self) -> None:
        """Fall silent: from the next call-back on nothing is played. Returns at once, from any thread."""
        self._stopping = True
        self.over.set()

    def close(self) -> None:
        """Give the device back, cutting off what it still holds. May block for up to a second."""
        self.stop()
        if self._stream is not None:
            devices.close_stream(self._stream)

    def _attach(self, stream: Any, stop: type[BaseException], abort: type[BaseException]) -> None:
        self._stream, self._stop, self._abort = stream, stop, abort

    def _call_back(self, out: Any, frames: int, _time: Any, _status: Any) -> None:
        """Fill PortAudio's buffer. Copies bytes and does nothing else."""
        self._last_call = time.monotonic()
        if self._stopping:
            raise self._abort
        wanted, filled = frames * 2, 0
        if self._lead > 0:
            # Not counted into the position: the sound has not begun.
            self._lead -= frames
            out[:wanted] = bytes(wanted)
            return
        while filled < wanted:
            if not self._rest:
                if not self._chunks:
                    break
                self._rest = memoryview(self._chunks.popleft())
            step = min(wanted - filled, len(self._rest))
            out[filled : filled + step] = self._rest[:step]
            self._rest = self._rest[step:]
            filled += step
        self._frames += filled // 2
        if filled < wanted:
            out[filled:wanted] = bytes(wanted - filled)
            if self._ended:
                raise self._stop


class Loudspeaker:
    """The loudspeaker named `device` ("" is the system's choice)."""

    def __init__(self, device: str = "") -> None:
        self.device = device

    def name(self) -> str:
        """The loudspeaker that would be used now. Raises Missing when there is none."""
        return self._device().name

    def open(self, rate: int) -> Playing:
        """Open the loudspeaker for PCM16 mono at `rate` Hz, silent until fed.

        Raises Missing when there is none, UserError when it cannot be opened or cannot do this rate.
        """
        devices.follow_the_systems_choice()
        device = self._device()
        sd = devices.portaudio()
        playing = Playing(rate)

        def make() -> Any:
            stream = sd.RawOutputStream(
                samplerate=rate,
                channels=1,
                dtype="int16",
                device=device.index,
                latency=LATENCY,
                callback=playing._call_back,
                finished_callback=playing.over.set,
            )
            playing._attach(stream, sd.CallbackStop, sd.CallbackAbort)
            return stream

        try:
            devices.patiently(lambda: devices.open_stream(make), devices.close_stream)
        except sd.PortAudioError as error:
            raise UserError(
                f"The loudspeaker {device.name} cannot be used: {error.args[0]}.", "Captions go on without it."
            ) from None
        return playing

    def play(self, pcm: bytes, rate: int) -> Playing:
        """Play `pcm` (PCM16 mono at `rate` Hz), resampled if the device cannot do that. Raises like `open`."""
        try:
            playing = self.open(rate)
        except MissingPart:
            raise
        except UserError:
            own = int(self._device().rate)
            if own == rate or own <= 0:
                raise
            playing = self.open(own)
            pcm = Resampler(rate, own).take(pcm, last=True)
        playing.feed(pcm)
        playing.end()
        return playing

    def _device(self) -> devices.Device:
        device = devices.pick(devices.outputs(), self.device)
        if device is None:
            devices.relist()
            device = devices.pick(devices.outputs(), self.device)
        if device is None:
            raise MissingPart("No loudspeaker was found.", "Connect or switch on one.")
        return device


class RecordingPlayer:
    """Plays recordings from any second, at any speed with the voice's pitch kept. One at a time."""

    def __init__(self, device: str = "") -> None:
        self._speaker = Loudspeaker(device)
        self._lock = threading.Lock()
        self._current: _Replay | None = None

    def play(
        self,
        path: Path,
        from_second: float = 0.0,
        speed: float = 1.0,
        on_position: Callable[[float], None] = lambda second: None,
        on_finished: Callable[[bool], None] = lambda to_end: None,
        on_trouble: Callable[[str], None] = lambda sentence: None,
        skip_pauses: bool = False,
    ) -> None:
        """Start playing; returns at once. What played before is stopped.

        `on_position` gets the second of the recording being heard, about 20 times a second;
        `on_finished` comes once, True when the end was reached; `on_trouble` a plain sentence when
        there is no loudspeaker or the file cannot be read (then `on_finished(False)` follows).
        Call-backs come on a foreign thread. `speed` is kept within 0.5 to 3. `skip_pauses` shortens silence of
        more than a second.
        """
        with self._lock:
            before = self._current
            if before is not None:
                before.stop()
            self._current = _Replay(
                self._speaker,
                path,
                from_second,
                min(3.0, max(0.5, speed)),
                on_position,
                on_finished,
                on_trouble,
                skip_pauses,
            )
            self._current.start(before)

    @property
    def playing(self) -> bool:
        """Whether something is being played."""
        current = self._current
        return current is not None and current.running

    @property
    def position(self) -> float:
        """The second of the recording last heard (0 before the first)."""
        current = self._current
        return current.position if current is not None else 0.0

    def stop(self) -> None:
        """Fall silent within 100 ms. `position` stays, so that playing can go on from there."""
        current = self._current
        if current is not None:
            current.stop()

    def close(self) -> None:
        self.stop()
        current = self._current
        if current is not None:
            current.join(2.0)


class _Replay:
    """One playing of one recording, on a thread of its own."""

    def __init__(
        self,
        speaker: Loudspeaker,
        path: Path,
        from_second: float,
        speed: float,
        on_position: Callable[[float], None],
        on_finished: Callable[[bool], None],
        on_trouble: Callable[[str], None],
        skip_pauses: bool,
    ) -> None:
        self._skip_pauses = skip_pauses
        self._cuts = [(0.0, max(0.0, from_second))]
        self._speaker, self._path, self._from, self._speed = speaker, path, max(0.0, from_second), speed
        self._on_position, self._on_finished, self._on_trouble = on_position, on_finished, on_trouble
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="replay", daemon=True)
        self._before: _Replay | None = None
        self._playing: Playing | None = None
        self.position = self._from

    @property
    def running(self) -> bool:
        return self._thread.is_alive() and not self._stopped.is_set()

    def start(self, before: "_Replay | None") -> None:
        self._before = before
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        playing = self._playing
        if playing is not None:
            playing.stop()

    def join(self, timeout: float) -> None:
        self._thread.join(timeout)

    def _run(self) -> None:
        to_end = False
        try:
            if self._before is not None:
                self._before.join(2.0)
                self._before = None
            to_end = self._play()
        except UserError as problem:
            self._on_trouble(str(problem))
        finally:
            self._on_finished(to_end)

    def _play(self) -> bool:
        with open_recording(self._path, self._from) as recording:
            # A device that cannot do the recording's rate gets it resampled by its own.
            rate = recording.rate
            try:
                playing = self._speaker.open(rate)
            except MissingPart:
                raise
            except UserError:
                playing = self._speaker.open(int(self._speaker._device().rate))
            self._playing = playing
            try:
                blocks = recording.blocks()
                if self._skip_pauses:
                    blocks = self._without_pauses(blocks, rate)
                blocks = _stretched(blocks, rate, self._speed)
                if playing.rate != rate:
                    resampler = Resampler(rate, playing.rate)
                    blocks = (resampler.take(block) for block in blocks)
                return self._feed(playing, blocks)
            finally:
                playing.close()

    def _without_pauses(self, blocks: Iterator[bytes], rate: int) -> Iterator[bytes]:
        """The blocks with long pauses shortened; notes where, so that the position stays that of the recording."""
        given = due = 0
        for first, pcm in without_long_pauses(blocks, rate):
            if first != due:
                self._cuts.append((given / rate, self._from + first / rate))
            given += len(pcm) // 2
            due = first + len(pcm) // 2
            yield pcm

    def _second_of(self, played: float) -> float:
        """The second of the recording that comes `played` seconds (at normal speed) into what is given out."""
        began, second = self._cuts[bisect_right(self._cuts, played, key=lambda cut: cut[0]) - 1]
        return second + played - began

    def _feed(self, playing: Playing, blocks: Iterator[bytes]) -> bool:
        """Keep two seconds ahead of the device until the end, a stop or a stall."""
        ended = False
        while not self._stopped.is_set() and not playing.over.is_set():
            while not ended and playing.buffered < 2.0:
                block = next(blocks, None)
                if block is None:
                    ended = True
                    playing.end()
                else:
                    playing.feed(block)
            if playing.stalled:
                raise UserError("The loudspeaker stopped.", "Check it, then play again.")
            playing.over.wait(0.05)
            self.position = self._second_of(playing.position * self._speed)
            if not self._stopped.is_set():
                self._on_position(self.position)
        return playing.played_to_end and not self._stopped.is_set()


def _stretched(blocks: Iterator[bytes], rate: int, speed: float) -> Iterator[bytes]:
    if abs(speed - 1.0) < 0.01:
        return blocks
    return stretched(blocks, rate, speed)

"""The microphone: one input stream whose call-back copies the block and does nothing else.

Blocks reach the owner's queue as PCM16 mono at 16,000 Hz (resampled by `Converter` on the owner's
thread where the device cannot do that rate). A watch notices a device that stops, and opens it again.
"""

import threading
import time
from collections.abc import Callable
from typing import Any

from simulator.errors import MissingPart, UserError
from simulator.speech import devices
from simulator.speech.ports import SAMPLE_RATE
from simulator.speech.sound_files import Resampler

BLOCK_SECONDS = 0.05
"""Short enough for a lively meter; at 30 to 100 ms no block was lost (measured)."""

STALLED_AFTER = 1.0
"""Seconds without a block after which the device counts as stalled."""

FIRST_BLOCK_PATIENCE = 3.0
"""Seconds a device may take to its first block; a sleeping sound server needs up to 1.7 s (measured)."""


class Converter:
    """Turns a device's blocks into PCM16 mono at 16,000 Hz. Belongs to the thread that calls it."""

    def __init__(self, rate: int, channels: int) -> None:
        self.kind = (rate, channels)
        self._channels = channels
        self._resampler = Resampler(rate, SAMPLE_RATE)

    def take(self, block: bytes) -> bytes:
        """One block converted; may hold a little back."""
        if self._channels > 1:
            import numpy as np  # late

            mixed = np.frombuffer(block, dtype=np.int16).reshape(-1, self._channels)
            block = mixed.mean(axis=1).astype(np.int16).tobytes()
        return self._resampler.take(block)

    def rest(self) -> bytes:
        """What was held back; the converter is at its end then."""
        return self._resampler.take(b"", last=True)


class Microphone:
    """One open input stream. `on_block` gets each block's bytes on PortAudio's thread and must only keep them."""

    def __init__(self, name: str = "", on_block: Callable[[bytes], None] = lambda block: None) -> None:
        """`name` is the remembered device ("" is the system's choice)."""
        self._wanted = name
        self.on_block = on_block
        self._stream: Any = None
        self._began = 0.0
        self._last_block = 0.0
        self._active = False
        self._turn = 0
        self._ended = threading.Event()
        self._state = threading.Lock()
        self.name = ""
        """The device really opened."""
        self.rate, self.channels = SAMPLE_RATE, 1
        self.overflows = 0
        """Call-backs at which PortAudio said that input was lost."""

    def open(self) -> None:
        """Open the device and begin. Blocks while the sound server wakes up, for ever where it hangs.

        A `close` from another thread meanwhile has the device given back as soon as it is open.
        Raises Missing when there is no microphone, UserError when it cannot be opened.
        """
        with self._state:
            self._turn += 1
            turn = self._turn
            self._active, self._began, self._last_block = True, time.monotonic(), 0.0
            self._ended.clear()
        try:
            stream = self._opened()
        except BaseException:
            self._active = False
            raise
        with self._state:
            if self._turn == turn:
                self._stream = stream
                return
        devices.close_stream(stream)

    def _opened(self) -> Any:
        devices.follow_the_systems_choice()
        there = devices.inputs()
        if not there or (self._wanted and devices.named(there, self._wanted) is None):
            devices.relist()  # it may have been plugged in since
            there = devices.inputs()
        device = devices.pick(there, self._wanted)
        if device is None:
            raise MissingPart("No microphone was found.", "Connect one, or type your answers.")
        sd = devices.portaudio()
        problem = ""
        for rate, channels in (
            (SAMPLE_RATE, 1),
            (int(device.rate), 1),
            (int(device.rate), min(2, device.inputs)),
            (int(device.rate), device.inputs),
        ):
            try:
                return devices.open_stream(self._maker(sd, device, rate, channels))
            except (sd.PortAudioError, ValueError) as error:
                problem = problem or str(error.args[0])
        raise UserError(
            f"The microphone {device.name} cannot be opened: {problem}.",
            "Another program may be using it; choose another microphone or type your answers.",
        )

    def _maker(self, sd: Any, device: devices.Device, rate: int, channels: int) -> Callable[[], Any]:
        def call_back(block: Any, _frames: int, _time: Any, status: Any) -> None:
            # PortAudio uses the buffer again: copy it, and nothing else here.
            self.on_block(bytes(block))
            self._last_block = time.monotonic()
            if status.input_overflow:
                self.overflows += 1

        def make() -> Any:
            # Before the first block comes: whoever converts it asks for these.
            self.name, self.rate, self.channels = device.name, rate, channels
            self._ended.clear()
            return sd.RawInputStream(
                samplerate=rate,
                blocksize=int(rate * BLOCK_SECONDS),
                channels=channels,
                dtype="int16",
                device=device.index,
                latency="low",
                callback=call_back,
                finished_callback=self._ended.set,
            )

        return make

    @property
    def stalled(self) -> bool:
        """Whether the device does not answer while being opened, or has stopped giving blocks."""
        if not self._active:
            return False
        now = time.monotonic()
        if self._last_block == 0.0:
            return now - self._began > FIRST_BLOCK_PATIENCE
        return self._ended.is_set() or now - self._last_block > STALLED_AFTER

    @property
    def active(self) -> bool:
        """Whether the device is open or being opened."""
        return self._active

    def close(self, wait: float = 1.0) -> None:
        """Give the device back. Blocks for at most `wait` seconds, even when the device hangs."""
        with self._state:
            self._turn += 1
            self._active = False
            stream, self._stream = self._stream, None
        if stream is not None:
            devices.close_stream(stream, wait)

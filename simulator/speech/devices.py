"""PortAudio: loaded late, asked for its devices, asked again when one was plugged in or pulled out.

A sound server that hangs holds up every call to PortAudio for ever. So each call here is made on a thread of
its own and given up after a while; none of it belongs on the UI thread all the same.
"""

import atexit
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass
from typing import Any, TypeVar

from simulator import streams
from simulator.errors import MissingPart, UserError
from simulator.speech.install_hints import how_to_install
from simulator.speech.ports import InputDevice

PATIENCE = 3.0
"""Seconds after which the sound system counts as hanging; one that wakes up needs up to 1.7 s (measured)."""

LEAVING_PATIENCE = 3.0
"""Seconds that leaving waits for a call that is going on, where the process is taken apart behind it."""

_lock = threading.RLock()
_open_streams = 0
_leaving = False
_stuck: threading.Thread | None = None
"""The call that did not come back, while it has not."""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Device:
    """One device as PortAudio lists it. `index` holds only until the next `relist`."""

    index: int
    name: str
    inputs: int
    outputs: int
    rate: float
    """Default sample rate in Hz."""
    default: bool = False


def patiently(work: Callable[[], Result], undo: Callable[[Result], None] = lambda result: None) -> Result:
    """The result of `work`, done on a thread of its own; raises what it raises.

    Raises UserError when it takes longer than PATIENCE, and at once while an earlier call is still stuck. A result
    that comes too late is handed to `undo`.
    """
    global _stuck
    if _stuck is not None and _stuck.is_alive():
        raise _no_answer()
    future: Future[Result] = Future()
    giving_up = threading.Lock()

    def run() -> None:
        try:
            result = work()
        except BaseException as error:  # noqa: BLE001 - handed to the caller, whatever it is
            with giving_up:
                if not future.cancelled():
                    future.set_exception(error)
            return
        with giving_up:
            late = future.cancelled()
            if not late:
                future.set_result(result)
        if late:
            undo(result)

    thread = threading.Thread(target=run, name="sound system", daemon=True)
    thread.start()
    try:
        return future.result(PATIENCE)
    except FutureTimeout:
        with giving_up:
            if future.done():
                return future.result()
            future.cancel()
        _stuck = thread
        raise _no_answer() from None


def _no_answer() -> UserError:
    return UserError("The sound system of this computer does not answer.", "Start it or the computer anew.")


def portaudio() -> Any:
    """The sounddevice module. Raises Missing where PortAudio is not installed."""
    global _leaving
    with _lock:
        if not _leaving:
            # Before PortAudio is there: while it starts, one may leave already.
            _leaving = True
            atexit.register(_leave)
        try:
            import sounddevice  # late
        except OSError as error:
            if "PortAudio" not in str(error):
                raise
            raise MissingPart(
                "PortAudio, the library for sound, is not installed.", how_to_install("portaudio")
            ) from None
        atexit.unregister(sounddevice._exit_handler)
        return sounddevice


def _leave() -> None:
    """End PortAudio with the program, unless a call hangs in it: then ending it would abort the program.

    A call that is only slow (PortAudio looks for its devices when it starts) is waited for: its library would be
    taken away under it. Where the process ends at once nothing is taken apart, and nothing is waited for.
    """
    if streams.ends_at_once() or _open_streams:
        return
    hangs = _stuck is not None and _stuck.is_alive()
    if _lock.acquire(timeout=0 if hangs else LEAVING_PATIENCE):
        sd = sys.modules.get("sounddevice")
        if sd is not None:
            sd._exit_handler()


def relist() -> None:
    """Have PortAudio look for devices anew. Nothing happens while one of our streams is open."""

    def work() -> None:
        sd = portaudio()
        with _lock:
            if _open_streams == 0:
                sd._terminate()
                sd._initialize()

    patiently(work)


def follow_the_systems_choice() -> None:
    """Take note of devices plugged in or chosen since; call before opening one.

    On Linux the sound server's "default" device follows by itself; elsewhere PortAudio knows what it knew
    at its start. Costs some 30 ms.
    """
    if not sys.platform.startswith("linux"):
        relist()


def inputs() -> list[Device]:
    """Microphones, the system's choice first. Raises Missing without PortAudio, UserError where it hangs."""
    return [device for device in _listed("input") if device.inputs > 0]


def outputs() -> list[Device]:
    """Loudspeakers, the system's choice first. Raises Missing without PortAudio, UserError where it hangs."""
    return [device for device in _listed("output") if device.outputs > 0]


def _listed(side: str) -> list[Device]:
    return patiently(lambda: _list_now(side))


def _list_now(side: str) -> list[Device]:
    sd = portaudio()
    with _lock:
        try:
            rows = list(sd.query_devices())
            default = _default_index(sd, side)
        except sd.PortAudioError:
            return []
        if not rows:
            return []
        # Windows lists each device once per host API; one API is enough and the default one works best.
        api = rows[default]["hostapi"] if default is not None else rows[0]["hostapi"]
    found = [
        Device(
            index,
            str(row["name"]),
            int(row["max_input_channels"]),
            int(row["max_output_channels"]),
            float(row["default_samplerate"]),
            index == default,
        )
        for index, row in enumerate(rows)
        if row["hostapi"] == api
    ]
    return sorted(found, key=lambda device: not device.default)


def _default_index(sd: Any, side: str) -> int | None:
    try:
        return int(sd.query_devices(kind=side)["index"])
    except (sd.PortAudioError, ValueError):
        return None


def named(devices: Sequence[Device], name: str) -> Device | None:
    """The device of that name; None when it is not there.

    ALSA's "(hw:1,0)" is no part of a device's identity: it changes with the order of plugging in.
    """
    same = [device for device in devices if device.name == name]
    same += [device for device in devices if _bare(device.name) == _bare(name)]
    return same[0] if same else None


SYSTEMS_CHOICE = frozenset({"default", "pulse", "pipewire", "sysdefault", "Microsoft Sound Mapper - Input",
    "Microsoft Sound Mapper - Output", "Primary Sound Driver", "Primary Sound Capture Driver"})  # fmt: skip
"""Devices that stand for whichever the system plays to or records from."""


def in_words(name: str, systems: str) -> str:
    """A device's name, or `systems` where it stands for the system's choice."""
    return systems if name in SYSTEMS_CHOICE else name


def pick(devices: Sequence[Device], name: str) -> Device | None:
    """The remembered device, else the system's choice, else the first; None when there is none."""
    found = named(devices, name) if name else None
    return found or (devices[0] if devices else None)


def _bare(name: str) -> str:
    return name.split(" (hw:")[0].strip().casefold()


def input_names() -> list[InputDevice]:
    """Microphones as settings and the sound check show them, the system's choice first."""
    return [InputDevice(device.name, device.default) for device in inputs()]


def open_stream(make: Callable[[], Any]) -> Any:
    """Open and start a stream made by `make`, one at a time; close it again with `close_stream`."""
    global _open_streams
    with _lock:
        stream = make()
        try:
            stream.start()
        except BaseException:
            stream.close()
            raise
        _open_streams += 1
        return stream


def close_stream(stream: Any, wait: float = 1.0) -> None:
    """Abort and close a stream without ever blocking longer than `wait` seconds.

    A stalled sound server can hold `close` for ever; then the stream is left behind on a daemon thread.
    """
    closer = threading.Thread(target=_abort_and_close, args=(stream,), name="close sound stream", daemon=True)
    closer.start()
    closer.join(wait)


def _abort_and_close(stream: Any) -> None:
    global _open_streams
    sd = portaudio()
    try:
        stream.abort()
        stream.close()
    except sd.PortAudioError:
        pass  # the device is gone already; there is nothing left to close
    finally:
        with _lock:
            _open_streams -= 1

"""Virtual sound devices: a PulseAudio server of its own with a loudspeaker, a mouth and a microphone.

What is played into the "mouth" is heard by the "microphone"; what the app plays on the "speaker" can
be captured. For tests as the fixture `sound_devices` (import it in a conftest.py); by hand as

    python tests/sound_devices.py COMMAND [ARGUMENT ...]

which runs a command with these devices as the only ones (a shell, to look around in).
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest

Found = TypeVar("Found")
RATE = 48_000
NEEDED = ("pulseaudio", "pactl", "parec", "pacat")


ALSA = Path(__file__).parent / "fixtures" / "sound" / "alsa"
"""All of ALSA's configuration: whatever this machine has, only our server's devices are there, or none."""


PATIENCE = 60.0
"""Seconds: how long a busy machine may take over what comes at once on an idle one."""


def wait_until(condition: Callable[[], object], seconds: float = PATIENCE, step: float = 0.02) -> None:
    """Wait for `condition()` to be true; AssertionError when it never is."""
    give_up = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > give_up:
            raise AssertionError(f"waited {seconds} s in vain for {condition}")
        time.sleep(step)


def undisturbed(attempt: Callable[[], Found], good: Callable[[Found], object]) -> Found:
    """What an attempt found the first time that it is good, or else the fifth time.

    Where all cores are busy, a virtual device is starved now and then and plays a gap.
    """
    for _ in range(4):
        if good(found := attempt()):
            return found
    return attempt()


def why_not() -> str:
    """Why virtual devices cannot be had here, or "" when they can."""
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        return f"{', '.join(missing)} not installed (apt-get install pulseaudio pulseaudio-utils libasound2-plugins)"
    return ""


@dataclass
class SoundDevices:
    """A running server. `environment` holds the variables that make a program use it."""

    folder: Path
    server: subprocess.Popen[bytes]
    environment: dict[str, str]
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def pactl(self, *arguments: str) -> str:
        """Run pactl against this server; its output."""
        done = subprocess.run(
            ["pactl", *arguments], env={**os.environ, **self.environment}, capture_output=True, text=True, timeout=20
        )
        if done.returncode:
            raise RuntimeError(f"pactl {' '.join(arguments)}: {done.stderr}")
        return done.stdout

    def run(self, *command: str, **options: Any) -> subprocess.Popen[bytes]:
        """Start a program with these devices; ended with the server at the latest."""
        options.setdefault("stdin", subprocess.DEVNULL)
        options.setdefault("stdout", subprocess.DEVNULL)
        options.setdefault("stderr", subprocess.DEVNULL)
        process = subprocess.Popen(command, env={**os.environ, **self.environment}, **options)
        self.started.append(process)
        return process

    def hang(self) -> None:
        """Have the server hang: it takes connections and answers nothing."""
        self.server.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Have the server answer again, and wait until what was waiting for it in this process has its answer."""
        self.server.send_signal(signal.SIGCONT)
        wait_for_sound_system()

    def say_into_microphone(self, pcm: bytes | Path, rate: int) -> subprocess.Popen[bytes]:
        """Play PCM16 mono, or a file of it, into the virtual mouth; returns when all is handed over."""
        command = (
            "pacat", "--playback", "--device=mouth", f"--rate={rate}", "--channels=1", "--format=s16le",
            "--latency-msec=200",
        )  # fmt: skip
        if isinstance(pcm, Path):
            with pcm.open("rb") as file:
                return self.run(*command, stdin=file)
        process = self.run(*command, stdin=subprocess.PIPE)
        assert process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(pcm)
            process.stdin.close()
        return process

    @contextlib.contextmanager
    def captured(self, source: str = "speaker.monitor", rate: int = 16_000, wait: bool = True) -> Iterator["Capture"]:
        """Capture what the virtual loudspeaker plays while the block runs, as PCM16 mono.

        The block begins when the first sound came in, unless told not to `wait`.
        """
        path = self.folder / f"capture-{time.monotonic_ns()}.raw"
        process = self._recording(path, source, rate)
        give_up = time.monotonic() + PATIENCE
        while wait and path.stat().st_size == 0:
            if time.monotonic() > give_up:
                raise AssertionError(f"nothing came from {source} for {PATIENCE} s")
            if process.poll() is not None:  # a busy server has refused it: ask again
                process = self._recording(path, source, rate)
            time.sleep(0.02)
        try:
            yield Capture(path, rate)
        finally:
            process.terminate()
            process.wait(10)

    def _recording(self, path: Path, source: str, rate: int) -> subprocess.Popen[bytes]:
        """Start parec, which writes what `source` gives to `path`."""
        with path.open("wb") as out:
            return self.run(
                "parec",
                f"--device={source}",
                f"--rate={rate}",
                "--channels=1",
                "--format=s16le",
                "--latency-msec=10",
                "--raw",
                stdout=out,
            )

    def close(self) -> None:
        """End everything started here."""
        for process in [*self.started, self.server]:
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)
                process.terminate()
        for process in [*self.started, self.server]:
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


@dataclass
class Capture:
    """Sound being captured."""

    path: Path
    rate: int

    @property
    def pcm(self) -> bytes:
        """PCM16 mono so far."""
        data = self.path.read_bytes()
        return data[: len(data) // 2 * 2]

    @property
    def seconds(self) -> float:
        return self.path.stat().st_size / 2 / self.rate

    def after(self, seconds: float) -> bytes:
        """What was captured, once so many more seconds have come in."""
        before = self.seconds
        wait_until(lambda: self.seconds > before + seconds)
        return self.pcm


def start() -> SoundDevices:
    """Start a server with `speaker` (default output), `mouth`, and `microphone` (default input)."""
    # A socket's path may not be longer than about 100 characters, so not below pytest's long tmp path.
    folder = Path(tempfile.mkdtemp(prefix="snd-"))
    home = folder / "home"
    home.mkdir()
    socket = folder / "s"
    environment = {
        "PULSE_SERVER": f"unix:{socket}",
        "PULSE_COOKIE": str(folder / "cookie"),
        "ALSA_CONFIG_PATH": str(ALSA / "pulse_only.conf"),
    }
    server = subprocess.Popen(
        [
            "pulseaudio",
            "-n",
            "--daemonize=no",
            "--use-pid-file=no",
            "--exit-idle-time=-1",
            "--disable-shm=yes",
            "--realtime=no",
            "--high-priority=no",
            "-L",
            f"module-native-protocol-unix auth-anonymous=1 socket={socket}",
            "-L",
            f"module-null-sink sink_name=speaker rate={RATE}",
            "-L",
            f"module-null-sink sink_name=mouth rate={RATE} channels=1",
            "-L",
            "module-remap-source master=mouth.monitor source_name=microphone",
        ],
        env={"PATH": os.environ["PATH"], "HOME": str(home), "XDG_RUNTIME_DIR": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    devices = SoundDevices(folder, server, environment)
    try:
        wait_until(lambda: server.poll() is not None or _answers(devices))
        if server.poll() is not None:
            raise RuntimeError("pulseaudio ended at once")
        devices.pactl("set-default-sink", "speaker")
        devices.pactl("set-default-source", "microphone")
        # Sources that nobody reads fall asleep and take 1.7 s to wake up; these two keep them awake.
        with contextlib.ExitStack() as awake:
            sources = ("microphone", "speaker.monitor")
            first = [awake.enter_context(devices.captured(source, wait=False)) for source in sources]
            wait_until(lambda: all(capture.seconds > 0 for capture in first))
            for source in sources:
                devices.run("parec", f"--device={source}", "--latency-msec=10", "--raw")
            wait_until(lambda: devices.pactl("list", "short", "sources").count("RUNNING") >= 2)
    except BaseException:
        devices.close()
        raise
    return devices


def _answers(devices: SoundDevices) -> bool:
    try:
        devices.pactl("info")
    except (RuntimeError, subprocess.TimeoutExpired):
        return False
    return True


def _use(devices: SoundDevices, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in devices.environment.items():
        monkeypatch.setenv(name, value)
    list_anew()


def wait_for_sound_system() -> None:
    """Wait until no call to the sound system is under way: a server ended in mid-call leaves PortAudio hanging."""
    names = ("open microphone", "sound system", "close sound stream")
    wait_until(lambda: not any(thread.name in names for thread in threading.enumerate()))


def list_anew() -> None:
    """Have PortAudio, if this process uses it, see the devices of its environment."""
    if "sounddevice" in sys.modules:
        from simulator.speech import devices

        devices.relist()


@pytest.fixture(scope="session")
def _sound_server() -> Iterator[SoundDevices]:
    reason = why_not()
    if reason:
        pytest.skip(reason)
    devices = start()
    yield devices
    devices.close()


@pytest.fixture
def sound_devices(_sound_server: SoundDevices, monkeypatch: pytest.MonkeyPatch) -> SoundDevices:
    """Virtual devices, shared by all tests, as the only ones there are while this test runs."""
    _use(_sound_server, monkeypatch)
    return _sound_server


@pytest.fixture
def own_sound_devices(monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundDevices]:
    """Virtual devices of a server for this test alone, which it may stop or kill."""
    reason = why_not()
    if reason:
        pytest.skip(reason)
    devices = start()
    try:
        _use(devices, monkeypatch)
        yield devices
    finally:
        devices.close()


@pytest.fixture
def no_sound_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without any device."""
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(ALSA / "nothing.conf"))
    monkeypatch.setenv("PULSE_SERVER", "unix:/nonexistent/pulse")
    list_anew()


def main() -> int:
    """Run a command with virtual devices as the only ones."""
    if len(sys.argv) < 2 or sys.argv[1] in ("-h", "--help"):
        print(__doc__)
        return 2
    reason = why_not()
    if reason:
        print(reason, file=sys.stderr)
        return 3
    devices = start()
    try:
        return subprocess.call(sys.argv[1:], env={**os.environ, **devices.environment})
    finally:
        devices.close()


if __name__ == "__main__":
    sys.exit(main())

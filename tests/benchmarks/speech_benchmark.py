"""How fast the voice starts and falls silent, how soon the words are there, whether sound is lost.

    python tests/benchmarks/speech_benchmark.py [--rounds N] [--listen SECONDS] [--busy N]

Runs on virtual sound devices. Each figure is a ratio to a named baseline measured in the same minute on
the same devices, with the milliseconds beside it. Times at the loudspeaker are taken where its monitor is
read, so they include the way through the sound server.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parents[2]
sys.path.insert(0, str(PROJECT))

import numpy as np  # noqa: E402

from simulator.speech import devices  # noqa: E402
from simulator.speech.hearing import TAIL_SECONDS  # noqa: E402
from simulator.speech.listening import MicrophoneListener  # noqa: E402
from simulator.speech.model_files import sample_model  # noqa: E402
from simulator.speech.ports import HeardAnswer, VoiceStyle  # noqa: E402
from simulator.speech.quiet import quiet_native_stderr  # noqa: E402
from simulator.speech.sound_files import Resampler, read_sound  # noqa: E402
from simulator.speech.transcriber import SpeechModel  # noqa: E402
from simulator.speech.voice import SpokenVoice  # noqa: E402
from tests.sound_devices import SoundDevices, start, wait_until, why_not  # noqa: E402
from tests.speech.sounds import endless_talk  # noqa: E402
from tests.speech.two_recordings import compared  # noqa: E402

RATE = 16_000
QUESTION = "Tell me about a time you had to calm a difficult situation, and what you did then."
AUDIBLE = 300
"""Of 32767; espeak's first sound is well above, resampling's ripples below."""


class Ear:
    """Reads the loudspeaker's monitor and knows when each sample came."""

    def __init__(self, sound: SoundDevices) -> None:
        self._process = sound.run(
            "parec", "--device=speaker.monitor", f"--rate={RATE}", "--channels=1", "--format=s16le",
            "--latency-msec=5", "--raw", stdout=subprocess.PIPE,
        )  # fmt: skip
        self._arrivals: list[tuple[float, np.ndarray]] = []
        threading.Thread(target=self._read, daemon=True).start()
        wait_until(lambda: self._arrivals)

    def _read(self) -> None:
        assert self._process.stdout is not None
        while block := os.read(self._process.stdout.fileno(), 4096):
            self._arrivals.append((time.perf_counter(), np.frombuffer(block[: len(block) // 2 * 2], dtype=np.int16)))

    def sound_came(self, moment: float) -> float:
        """When the block with the first audible sample after `moment` came."""
        wait_until(lambda: self._loud_after(moment))
        return self._loud_after(moment)[0]

    def silence_came(self, moment: float) -> float:
        """When the block in which all sound ended came; not before `moment`."""
        wait_until(lambda: self._quiet_for(0.5, moment))
        loud = self._loud_after(moment)
        return loud[-1] if loud else min(at for at, _ in list(self._arrivals) if at > moment)

    def _loud_after(self, moment: float) -> list[float]:
        return [at for at, block in list(self._arrivals) if at > moment and np.abs(block).max(initial=0) > AUDIBLE]

    def _quiet_for(self, seconds: float, since: float) -> bool:
        if time.perf_counter() < since + seconds:
            return False
        recent = [block for at, block in list(self._arrivals) if at > time.perf_counter() - seconds]
        return bool(recent) and max(int(np.abs(block).max()) for block in recent) <= AUDIBLE

    def forget(self) -> None:
        del self._arrivals[:-1]


def spread(seconds: list[float]) -> str:
    """Median and worst in ms."""
    return f"{statistics.median(seconds) * 1000:6.1f} ms (worst {max(seconds) * 1000:.1f})"


def report(name: str, ours: list[float], baseline: str, theirs: list[float]) -> None:
    ratio = statistics.median(ours) / statistics.median(theirs)
    print(f"{name:<34} {ratio:5.2f} x {baseline:<38} {spread(ours)} against {spread(theirs)}", flush=True)


def bare_stream(pcm: bytes, rate: int) -> Callable[[], None]:
    """The least that can be done: one stream, one call-back. Returns what stops it."""
    sd = devices.portaudio()
    place = [0]

    def call_back(out: Any, frames: int, _time: Any, _status: Any) -> None:
        part = pcm[place[0] : place[0] + frames * 2]
        place[0] += frames * 2
        out[: len(part)] = part
        out[len(part) :] = bytes(len(out) - len(part))

    stream = sd.RawOutputStream(samplerate=rate, channels=1, dtype="int16", latency="low", callback=call_back)
    stream.start()

    def stop() -> None:
        stream.abort()
        stream.close()

    return stop


def voice_figures(ear: Ear, rounds: int, folder: Path) -> None:
    """Start and interruption of the voice against a bare stream."""
    voice = SpokenVoice(folder / "spoken")
    voice.settled_status()
    spoken = voice.make(QUESTION, VoiceStyle())
    with wave.open(str(spoken.path)) as file:
        rate, pcm = file.getframerate(), file.readframes(file.getnframes())
    heard = np.frombuffer(Resampler(rate, RATE).take(pcm, last=True), dtype=np.int16)
    lead = int(np.flatnonzero(np.abs(heard) > AUDIBLE)[0]) / RATE
    starts: dict[str, list[float]] = {"bare": [], "prepared": [], "made now": []}
    stops: dict[str, list[float]] = {"bare": [], "voice": []}
    for number in range(rounds):
        for kind in ("bare", "prepared", "made now"):
            ear.forget()
            over = threading.Event()
            text = QUESTION if kind != "made now" else f"{QUESTION} Number {number}."
            began = time.perf_counter()
            if kind == "bare":
                stop = bare_stream(pcm, rate)
            else:
                voice.speak(text, VoiceStyle(), lambda caption: None, lambda to_the_end: over.set())
                stop = voice.silence
            # The spoken text's own silence before its first sound is no delay.
            starts[kind].append(ear.sound_came(began) - began - lead)
            time.sleep(0.4)
            pressed = time.perf_counter()
            stop()
            stops["bare" if kind == "bare" else "voice"].append(ear.silence_came(pressed) - pressed)
            assert kind == "bare" or over.wait(5)
    voice.close()
    report("voice start, prepared", starts["prepared"], "a bare stream's start", starts["bare"])
    report("voice start, made at its turn", starts["made now"], "a bare stream's start", starts["bare"])
    report("key to silence", stops["voice"], "a bare stream's abort", stops["bare"])


def transcript_figures(sound: SoundDevices, rounds: int, folder: Path) -> None:
    """From the end key to the final transcript, against what Vosk itself needs for its final result."""
    pcm = b"".join(read_sound(PROJECT / "tests/fixtures/sound/led_a_team.wav"))
    model = SpeechModel(sample_model())
    model.load()
    vosk = []
    for _ in range(rounds):
        transcriber = model.transcriber()
        for at in range(0, len(pcm), 1600):
            transcriber.take(pcm[at : at + 1600])
        began = time.perf_counter()
        transcriber.finish()
        vosk.append(time.perf_counter() - began)
    listener = MicrophoneListener(sample_model())
    listener.wait_until_loaded()
    ours = []
    for number in range(rounds):
        heard: list[HeardAnswer] = []
        done, live = threading.Event(), threading.Event()
        came = [0.0]

        def on_heard(answer: HeardAnswer) -> None:
            came[0] = time.perf_counter()
            heard.append(answer)
            done.set()

        hearing = listener.listen(
            folder / f"{number}.wav", lambda level: live.set(), lambda text: None, on_heard, print
        )
        assert live.wait(10)
        sound.say_into_microphone(pcm, RATE).wait()
        pressed = time.perf_counter()
        hearing.finish()
        assert done.wait(10)
        assert heard[0].transcript.words
        ours.append(came[0] - pressed)
    listener.close()
    report("end key to final transcript", ours, "Vosk's own final result", vosk)
    beyond = statistics.median(ours) - statistics.median(vosk)
    print(
        f"{'':<34} beyond Vosk's own: {beyond * 1000:.1f} ms, of which {TAIL_SECONDS * 1000:.0f} ms are listened on "
        "purpose, for the last word to arrive"
    )


def loss_figures(sound: SoundDevices, seconds: float, busy: int, folder: Path) -> None:
    """Sound lost while the machine is busy, against what a plain recorder on the same microphone got.

    The virtual mouth itself stutters on a busy machine, so what was sent is no measure.
    """
    for load in (0, busy):
        hogs = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(load)]
        try:
            lost, pieces, overflows, likeness = _lost(sound, seconds, folder / f"load-{load}.wav")
        finally:
            for hog in hogs:
                hog.kill()
                hog.wait()
        print(
            f"sound lost against parec, {load} busy   {lost} of {pieces} tenths of a second; overflows told by the "
            f"system: {overflows}; worst likeness {likeness:.2f}",
            flush=True,
        )


def _lost(sound: SoundDevices, seconds: float, path: Path) -> tuple[int, int, int, float]:
    sent = endless_talk(PROJECT / "tests/fixtures/sound", seconds)
    listener = MicrophoneListener(sample_model())
    listener.wait_until_loaded()
    live, done = threading.Event(), threading.Event()
    hearing = listener.listen(path, lambda level: live.set(), lambda text: None, lambda heard: done.set(), print)
    assert live.wait(30)
    with sound.captured("microphone", RATE) as capture:
        sound.say_into_microphone(sent, RATE).wait()
        theirs = capture.pcm
    hearing.finish()
    assert done.wait(300)
    overflows = hearing.overflows
    listener.close()
    ours = b"".join(read_sound(path))
    found = compared(ours, theirs, seconds)
    return len(found.lost), found.compared, overflows, found.worst


def main() -> int:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=10, help="measurements of each kind (default 10)")
    parser.add_argument("--listen", type=float, default=60, help="seconds listened to for lost blocks (default 60)")
    parser.add_argument(
        "--busy", type=int, default=2 * (os.cpu_count() or 2), help="processes keeping the machine busy"
    )
    args = parser.parse_args()
    if why_not():
        print(why_not(), file=sys.stderr)
        return 3
    sound = start()
    os.environ.update(sound.environment)
    with tempfile.TemporaryDirectory() as folder:
        quiet_native_stderr(Path(folder) / "log")
        try:
            voice_figures(Ear(sound), args.rounds, Path(folder))
            transcript_figures(sound, args.rounds, Path(folder))
            loss_figures(sound, args.listen, args.busy, Path(folder))
        finally:
            sound.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())

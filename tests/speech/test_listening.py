"""A spoken answer, from the virtual microphone to the transcript, whatever happens on the way."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulator.errors import MissingPart
from simulator.paths import user_paths
from simulator.settings import Settings
from simulator.speech.hearing import AnswerHearing
from simulator.speech.listening import MicrophoneListener, open_listener
from simulator.speech.microphone import Converter, Microphone
from simulator.speech.model_files import ModelFolder, Origin, sample_model
from simulator.speech.ports import HeardAnswer, Readiness, SoundLevel
from simulator.speech.sound_files import read_sound
from simulator.speech.transcriber import SpeechModel, vosk_library
from tests.sound_devices import SoundDevices, wait_until
from tests.speech.conftest import FIXTURES
from tests.speech.sounds import hiss, samples, silence, times_of, tone, understood
from tests.speech.two_recordings import compared

PROJECT = Path(__file__).parents[2]


def pcm_of(name: str) -> bytes:
    return b"".join(read_sound(FIXTURES / f"{name}.wav"))


def text_of(name: str) -> str:
    return (FIXTURES / f"{name}.txt").read_text().strip()


class Answer:
    """One answer and all that was called back."""

    def __init__(self, listener: MicrophoneListener, recording: Path | None) -> None:
        self.levels: list[SoundLevel] = []
        self.partials: list[str] = []
        self.heard: list[HeardAnswer] = []
        self.troubles: list[str] = []
        self.over = threading.Event()
        self.hearing = listener.listen(
            recording, self.levels.append, self.partials.append, self._heard, self.troubles.append
        )

    def _heard(self, answer: HeardAnswer) -> None:
        self.heard.append(answer)
        self.over.set()

    def live(self) -> "Answer":
        wait_until(lambda: self.levels)
        return self

    def finished(self) -> HeardAnswer:
        self.hearing.finish()
        assert self.over.wait(20)
        return self.heard[0]


@pytest.fixture
def listener() -> Iterator[MicrophoneListener]:
    made = MicrophoneListener(sample_model())
    yield made
    made.close()


def sound_of(heard: HeardAnswer) -> bytes:
    """All sound of the recording that was kept."""
    assert heard.recording is not None
    return b"".join(read_sound(heard.recording))


def recording_now(devices: SoundDevices) -> int:
    """How many programs the microphone is open for."""
    return devices.pactl("list", "short", "source-outputs").count("\n")


class HandedIn(Microphone):
    """A microphone without a device: what is given to `on_block` is what it hears."""

    def open(self) -> None:
        pass

    @property
    def active(self) -> bool:
        return True

    @property
    def stalled(self) -> bool:
        return False


def say(devices: SoundDevices, *sounds: bytes) -> None:
    """Speak into the virtual microphone, to the end."""
    assert devices.say_into_microphone(b"".join(sounds), 16_000).wait(60) == 0


@pytest.mark.sound
def test_what_is_spoken_is_transcribed_and_recorded(
    sound_devices: SoundDevices, listener: MicrophoneListener, tmp_path: Path
) -> None:
    answer = Answer(listener, tmp_path / "recordings" / "a.wav").live()
    say(sound_devices, pcm_of("led_a_team"))
    heard = answer.finished()
    assert understood(heard.transcript.text, text_of("led_a_team"))
    assert heard.transcript.timed
    assert heard.transcript.trouble == ""
    assert answer.troubles == []
    assert heard.recording == tmp_path / "recordings" / "a.wav"
    recorded = sound_of(heard)
    assert len(recorded) / 32_000 == pytest.approx(heard.transcript.duration, abs=0.01)
    start, end = times_of(heard.transcript)[0]
    around = samples(recorded)[int(start * 16_000) : int(end * 16_000)]
    assert np.sqrt(np.mean(around**2)) > 0.02, "the word's times point at sound in the recording"


@pytest.mark.sound
def test_the_last_word_is_not_cut_off_by_the_key(
    sound_devices: SoundDevices, listener: MicrophoneListener, tmp_path: Path
) -> None:
    """The key comes the moment the last sample leaves the mouth."""
    sound = pcm_of("why_work_here")
    loud = np.flatnonzero(np.abs(samples(sound)) > 0.02)
    answer = Answer(listener, tmp_path / "a.wav").live()
    say(sound_devices, silence(0.3), sound[: 2 * int(loud[-1])])
    text = answer.finished().transcript.text
    assert understood(text, text_of("why_work_here"))
    assert text.split()[-1] == "here"


@pytest.mark.sound
def test_words_and_levels_come_while_speaking(
    sound_devices: SoundDevices, listener: MicrophoneListener, tmp_path: Path
) -> None:
    answer = Answer(listener, tmp_path / "a.wav").live()
    say(sound_devices, pcm_of("twenty_percent"))
    answer.finished()
    assert len(set(answer.partials)) >= 5
    assert understood(answer.partials[-1], text_of("twenty_percent"))
    assert any(level.speech for level in answer.levels)
    assert max(level.dbfs for level in answer.levels) > -30
    assert {level.hint for level in answer.levels} <= {"", "clipping"}


@pytest.mark.thorough
@pytest.mark.sound
def test_silences_do_not_end_the_answer(
    sound_devices: SoundDevices, listener: MicrophoneListener, tmp_path: Path
) -> None:
    answer = Answer(listener, tmp_path / "a.wav").live()
    say(sound_devices, pcm_of("led_a_team"), silence(4.0), pcm_of("twenty_percent"))
    assert answer.heard == []
    assert understood(answer.finished().transcript.text, f"{text_of('led_a_team')} {text_of('twenty_percent')}")


@pytest.mark.sound
def test_no_block_is_lost(sound_devices: SoundDevices, listener: MicrophoneListener, tmp_path: Path) -> None:
    """What a plain recorder gets from the same microphone is all there, every tenth of a second in its place."""
    answer = Answer(listener, tmp_path / "a.wav").live()
    with sound_devices.captured("microphone") as capture:
        say(sound_devices, hiss(8.0))
        theirs = capture.pcm
    ours = sound_of(answer.finished())
    found = compared(ours, theirs, 8.0)
    assert found.compared > 60
    assert found.lost == ()
    assert answer.hearing.overflows == 0


@pytest.mark.thorough
@pytest.mark.sound
def test_what_is_said_in_a_pause_is_not_heard(
    sound_devices: SoundDevices, listener: MicrophoneListener, tmp_path: Path
) -> None:
    before = recording_now(sound_devices)
    answer = Answer(listener, tmp_path / "a.wav").live()
    say(sound_devices, pcm_of("why_work_here"))
    answer.hearing.pause()
    wait_until(lambda: recording_now(sound_devices) == before)
    seconds, count = answer.hearing.seconds, len(answer.levels)
    say(sound_devices, pcm_of("twenty_percent"))
    assert answer.hearing.seconds == seconds
    assert len(answer.levels) == count
    answer.hearing.resume()
    wait_until(lambda: len(answer.levels) > count)
    say(sound_devices, pcm_of("led_a_team"))
    heard = answer.finished()
    assert understood(heard.transcript.text, f"{text_of('why_work_here')} {text_of('led_a_team')}")
    assert "percent" not in heard.transcript.text
    assert len(sound_of(heard)) / 32_000 == pytest.approx(heard.transcript.duration, abs=0.01)


@pytest.mark.sound
def test_finishing_in_a_pause_gives_what_was_said(
    sound_devices: SoundDevices, listener: MicrophoneListener, tmp_path: Path
) -> None:
    answer = Answer(listener, tmp_path / "a.wav").live()
    say(sound_devices, pcm_of("why_work_here"))
    answer.hearing.pause()
    assert understood(answer.finished().transcript.text, text_of("why_work_here"))


@pytest.mark.thorough
@pytest.mark.sound
def test_cancelling_keeps_the_recording_and_calls_nothing_back(
    sound_devices: SoundDevices, listener: MicrophoneListener, tmp_path: Path
) -> None:
    answer = Answer(listener, tmp_path / "a.wav").live()
    wait_until(lambda: len(answer.levels) > 5)
    answer.hearing.cancel()
    wait_until(lambda: not answer.hearing.running)
    assert answer.heard == []
    assert sum(map(len, read_sound(tmp_path / "a.wav"))) >= 4 * 1600
    answer.hearing.finish()
    answer.hearing.join(1.0)
    assert answer.heard == []


@pytest.mark.thorough
@pytest.mark.sound
def test_finishing_twice_gives_one_answer(
    sound_devices: SoundDevices, listener: MicrophoneListener, tmp_path: Path
) -> None:
    answer = Answer(listener, tmp_path / "a.wav").live()
    answer.hearing.finish()
    answer.finished()
    answer.hearing.join(2.0)
    assert len(answer.heard) == 1


@pytest.mark.sound
def test_words_said_while_the_model_still_loads_are_not_lost(
    sound_devices: SoundDevices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large model takes seconds to load; here the load waits until the words have been said."""
    said = threading.Event()
    vosk = vosk_library()

    load = vosk.Model

    def slow(path: str) -> Any:
        said.wait(20)
        return load(path)

    monkeypatch.setattr(vosk, "Model", slow)
    folder = tmp_path / sample_model().name
    shutil.copytree(sample_model().path, folder)
    listener = MicrophoneListener(ModelFolder(folder, Origin.CHOSEN))
    answer = Answer(listener, tmp_path / "a.wav").live()
    assert listener.model_status().readiness is Readiness.LOADING
    say(sound_devices, pcm_of("led_a_team"))
    assert answer.partials == []
    answer.hearing.finish()
    said.set()
    assert answer.over.wait(20)
    assert understood(answer.heard[0].transcript.text, text_of("led_a_team"))
    listener.close()


@pytest.mark.sound
def test_without_a_model_the_sound_is_kept_and_the_reason_told(sound_devices: SoundDevices, tmp_path: Path) -> None:
    listener = MicrophoneListener(None)
    assert listener.model_status().readiness is Readiness.MISSING
    answer = Answer(listener, tmp_path / "a.wav").live()
    say(sound_devices, pcm_of("why_work_here"))
    heard = answer.finished()
    assert heard.transcript.words == ()
    assert "no speech model" in heard.transcript.trouble
    assert (heard.transcript.duration or 0) > 1.0
    assert np.abs(samples(sound_of(heard))).max() > 0.05
    listener.close()


@pytest.mark.sound
def test_with_a_broken_model_the_sound_is_kept_and_the_reason_told(
    sound_devices: SoundDevices, tmp_path: Path
) -> None:
    folder = tmp_path / "vosk-model-small-en-broken"
    shutil.copytree(sample_model().path, folder)
    (folder / "am" / "final.mdl").write_bytes(b"broken")
    listener = MicrophoneListener(ModelFolder(folder, Origin.CHOSEN))
    assert listener.wait_until_loaded(20)
    assert listener.model_status().readiness is Readiness.MISSING
    answer = Answer(listener, tmp_path / "a.wav").live()
    heard = answer.finished()
    assert "cannot be loaded" in heard.transcript.trouble
    assert heard.recording is not None
    listener.close()


@pytest.mark.sound
def test_where_nothing_can_be_recorded_the_words_keep_going(
    sound_devices: SoundDevices, listener: MicrophoneListener, tmp_path: Path
) -> None:
    (tmp_path / "recordings").write_text("in the way")
    answer = Answer(listener, tmp_path / "recordings" / "a.wav").live()
    say(sound_devices, pcm_of("led_a_team"))
    heard = answer.finished()
    assert understood(heard.transcript.text, text_of("led_a_team"))
    assert heard.recording is None
    assert len(answer.troubles) == 1
    assert "is a file" in heard.transcript.trouble


@pytest.mark.sound
def test_a_sound_check_keeps_nothing(
    sound_devices: SoundDevices, listener: MicrophoneListener, tmp_path: Path
) -> None:
    answer = Answer(listener, None).live()
    say(sound_devices, pcm_of("why_work_here"))
    heard = answer.finished()
    assert understood(heard.transcript.text, text_of("why_work_here"))
    assert heard.recording is None
    assert list(tmp_path.rglob("*.wav")) == []


@pytest.mark.sound
def test_a_device_that_stops_is_noticed_and_the_answer_goes_on_when_it_is_back(
    own_sound_devices: SoundDevices, listener: MicrophoneListener, tmp_path: Path
) -> None:
    answer = Answer(listener, tmp_path / "a.wav").live()
    say(own_sound_devices, pcm_of("why_work_here"))
    own_sound_devices.hang()
    wait_until(lambda: any("stopped" in trouble for trouble in answer.troubles))
    assert answer.levels[-1].hint == "stalled"
    own_sound_devices.go_on()
    wait_until(lambda: any("Listening again" in trouble for trouble in answer.troubles), 30)
    count = len(answer.levels)
    wait_until(lambda: len(answer.levels) > count)
    say(own_sound_devices, pcm_of("led_a_team"))
    heard = answer.finished()
    assert understood(heard.transcript.text, f"{text_of('why_work_here')} {text_of('led_a_team')}")


@pytest.mark.sound
def test_an_answer_can_be_finished_while_the_device_hangs(
    own_sound_devices: SoundDevices, listener: MicrophoneListener, tmp_path: Path
) -> None:
    answer = Answer(listener, tmp_path / "a.wav").live()
    say(own_sound_devices, pcm_of("why_work_here"))
    own_sound_devices.hang()
    heard = answer.finished()
    assert understood(heard.transcript.text, text_of("why_work_here"))
    own_sound_devices.go_on()


@pytest.mark.thorough
@pytest.mark.sound
def test_a_sound_system_that_does_not_answer_at_all_is_told(
    own_sound_devices: SoundDevices, listener: MicrophoneListener, tmp_path: Path
) -> None:
    assert listener.settled_microphone_status().readiness is Readiness.READY
    own_sound_devices.hang()
    answer = Answer(listener, tmp_path / "a.wav")
    wait_until(lambda: answer.troubles)
    heard = answer.finished()
    assert heard.transcript.words == ()
    assert heard.recording is None
    own_sound_devices.go_on()


@pytest.mark.sound
def test_looking_for_a_microphone_ends_even_where_the_sound_system_hangs(
    own_sound_devices: SoundDevices, listener: MicrophoneListener
) -> None:
    own_sound_devices.hang()
    listener.use_device("another one")
    assert listener.settled_microphone_status().readiness is not Readiness.LOADING
    own_sound_devices.go_on()


@pytest.mark.sound
def test_a_sound_server_that_dies_is_noticed(
    own_sound_devices: SoundDevices, listener: MicrophoneListener, tmp_path: Path
) -> None:
    answer = Answer(listener, tmp_path / "a.wav").live()
    say(own_sound_devices, pcm_of("why_work_here"))
    own_sound_devices.server.kill()
    wait_until(lambda: answer.troubles)
    assert "stopped" in answer.troubles[0]
    heard = answer.finished()
    assert understood(heard.transcript.text, text_of("why_work_here"))
    assert heard.recording is not None


@pytest.mark.thorough
@pytest.mark.sound
def test_a_microphone_that_is_pulled_out_is_noticed(
    own_sound_devices: SoundDevices, listener: MicrophoneListener, tmp_path: Path
) -> None:
    """The sound server then gives silence from another source, which a live microphone never is."""
    answer = Answer(listener, tmp_path / "a.wav").live()
    say(own_sound_devices, tone(300, 0.5))
    for line in own_sound_devices.pactl("list", "short", "modules").splitlines():
        number, name = line.split("\t")[:2]
        if name == "module-remap-source":
            own_sound_devices.pactl("unload-module", number)
    wait_until(lambda: answer.levels[-1].hint in ("silent", "stalled"), 20)
    answer.finished()


@pytest.mark.sound
def test_kill_9_in_mid_answer_keeps_the_recording(sound_devices: SoundDevices, tmp_path: Path) -> None:
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom simulator.speech.listening import MicrophoneListener\n"
        "from simulator.speech.model_files import sample_model\n"
        "def said(text): print(text, flush=True)\n"
        "MicrophoneListener(sample_model()).listen(\n"
        "    Path(sys.argv[1]), lambda level: None, said, lambda heard: None, lambda trouble: None)\n"
        "print('ready', flush=True); time.sleep(600)"
    )
    path = tmp_path / "a.wav"
    app = subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, text=True, cwd=PROJECT)
    assert app.stdout is not None
    assert app.stdout.readline() == "ready\n"
    wait_until(path.exists)
    speaking = sound_devices.say_into_microphone(pcm_of("led_a_team") + silence(2.0), 16_000)
    for line in app.stdout:
        if "finished" in line:
            break
    os.kill(app.pid, signal.SIGKILL)
    app.wait()
    app.stdout.close()
    speaking.wait(60)
    from simulator.speech.transcriber import transcribe_file

    assert "i led a team" in transcribe_file(path, "sample", user_paths()).text


@pytest.mark.thorough
@pytest.mark.sound
def test_the_microphone_is_shut_between_answers(
    sound_devices: SoundDevices, listener: MicrophoneListener, tmp_path: Path
) -> None:
    before = recording_now(sound_devices)
    answer = Answer(listener, tmp_path / "a.wav").live()
    assert recording_now(sound_devices) == before + 1
    answer.finished()
    wait_until(lambda: recording_now(sound_devices) == before)


@pytest.mark.thorough
@pytest.mark.sound
def test_two_answers_after_one_another_are_independent(
    sound_devices: SoundDevices, listener: MicrophoneListener, tmp_path: Path
) -> None:
    texts = []
    for name in ("why_work_here", "twenty_percent"):
        answer = Answer(listener, tmp_path / f"{name}.wav").live()
        say(sound_devices, pcm_of(name))
        heard = answer.finished()
        texts.append(heard.transcript.text)
        assert times_of(heard.transcript)[0][0] < 3.0
    assert understood(texts[0], text_of("why_work_here"))
    assert understood(texts[1], text_of("twenty_percent"))


@pytest.mark.sound
def test_devices_and_statuses_name_the_microphone(sound_devices: SoundDevices, listener: MicrophoneListener) -> None:
    names = [device.name for device in listener.devices()]
    assert names
    assert [device.default for device in listener.devices()].count(True) == 1
    status = listener.settled_microphone_status()
    assert (status.part, status.readiness) == ("microphone", Readiness.READY)
    assert (status.technical or status.detail) == names[0]
    listener.use_device("A headset that is not here")
    status = listener.settled_microphone_status()
    assert status.readiness is Readiness.READY
    assert "not connected" in status.detail


@pytest.mark.sound
def test_a_remembered_device_that_is_gone_falls_back_to_the_systems_choice(
    sound_devices: SoundDevices, tmp_path: Path
) -> None:
    listener = MicrophoneListener(sample_model(), "A headset that is not here")
    answer = Answer(listener, tmp_path / "a.wav").live()
    say(sound_devices, pcm_of("why_work_here"))
    assert understood(answer.finished().transcript.text, text_of("why_work_here"))
    listener.close()


@pytest.mark.thorough
@pytest.mark.sound
def test_a_device_with_another_rate_is_resampled(
    sound_devices: SoundDevices, listener: MicrophoneListener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Devices without a server in front often do 48 kHz stereo only; the virtual one is made to refuse the rest."""
    from simulator.speech import devices

    sd = devices.portaudio()
    real = sd.RawInputStream

    def stubborn(**options: Any) -> Any:
        if (options["samplerate"], options["channels"]) != (44_100, 2):
            raise sd.PortAudioError("Invalid sample rate", -9997)
        return real(**options)

    monkeypatch.setattr(sd, "RawInputStream", stubborn)
    monkeypatch.setattr(devices, "inputs", lambda: [devices.Device(_default(sd), "default", 2, 0, 44_100.0, True)])
    answer = Answer(listener, tmp_path / "a.wav").live()
    say(sound_devices, pcm_of("led_a_team"))
    assert understood(answer.finished().transcript.text, text_of("led_a_team"))


def _default(sd: Any) -> int:
    return int(sd.query_devices(kind="input")["index"])


def test_without_a_microphone_that_is_told_with_the_hint(
    no_sound_devices: None, listener: MicrophoneListener, tmp_path: Path
) -> None:
    status = listener.settled_microphone_status()
    assert status.readiness is Readiness.MISSING
    assert status.hint
    with pytest.raises(MissingPart):
        Answer(listener, tmp_path / "a.wav")
    assert not (tmp_path / "a.wav").exists()


def test_listening_without_a_microphone_before_anyone_looked_still_ends(
    no_sound_devices: None, listener: MicrophoneListener, tmp_path: Path
) -> None:
    answer = Answer(listener, tmp_path / "a.wav")
    wait_until(lambda: answer.troubles)
    heard = answer.finished()
    assert heard.transcript.words == ()
    assert heard.recording is None
    assert heard.transcript.trouble == answer.troubles[0]


def test_without_portaudio_the_hint_is_told() -> None:
    """Where the system has no PortAudio, the sound library cannot be imported."""
    script = (
        "import ctypes.util; ctypes.util.find_library = lambda name: None\n"
        "from simulator.speech.listening import MicrophoneListener\n"
        "from simulator.speech.voice import SpokenVoice\nfrom pathlib import Path\n"
        "listener = MicrophoneListener(None); print(listener.settled_microphone_status())\n"
        "voice = SpokenVoice(Path('/nonexistent')); print(voice.settled_status()); voice.close()"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=PROJECT, timeout=60)
    microphone, voice = done.stdout.splitlines()
    for line in (microphone, voice):
        assert "PortAudio, the library for sound, is not installed." in line
        assert "'missing'" in line
        assert "portaudio" in line.split("hint=")[1].lower()


def test_the_sample_model_is_called_what_it_is() -> None:
    listener = MicrophoneListener(sample_model())
    assert listener.model_status().readiness is Readiness.SAMPLE
    assert "sample" in listener.model_status().detail
    listener.close()


def test_open_listener_never_takes_the_sample_silently(monkeypatch: pytest.MonkeyPatch) -> None:
    paths = user_paths()
    assert open_listener(paths, Settings()).model_status().readiness is Readiness.MISSING
    monkeypatch.setenv("VOSK_MODEL_PATH", str(sample_model().path))
    assert open_listener(paths, Settings()).model_status().readiness is Readiness.SAMPLE


def test_closing_stops_the_answer_at_once(no_sound_devices: None, tmp_path: Path) -> None:
    listener = MicrophoneListener(None)
    answer = Answer(listener, tmp_path / "a.wav")
    listener.close()
    wait_until(lambda: not answer.hearing.running)
    assert answer.heard == []


def test_many_channels_are_mixed_and_resampled() -> None:
    left, right = samples(tone(300, 1.0, 48_000)), np.zeros(48_000, dtype=np.float32)
    both = (np.stack([left, right], axis=1) * 32767).astype(np.int16).tobytes()
    converter = Converter(48_000, 2)
    made = b"".join(converter.take(both[at : at + 9600]) for at in range(0, len(both), 9600))
    made += converter.rest()
    assert len(made) / 32_000 == pytest.approx(1.0, abs=0.001)
    assert np.abs(samples(made)[2000:]).max() == pytest.approx(0.25, abs=0.01)


def test_a_failing_recogniser_keeps_the_words_before_it(
    tmp_path: Path, sample: SpeechModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Blocks are handed in without a device; the recogniser breaks in the middle."""
    heard: list[HeardAnswer] = []
    troubles: list[str] = []
    over = threading.Event()
    vosk = vosk_library()

    taken: list[int] = []
    accept = vosk.KaldiRecognizer.AcceptWaveform

    def breaking(recognizer: Any, pcm: bytes) -> Any:
        taken.append(len(pcm))
        if sum(taken) > 9.0 * 32_000:
            raise Exception("Failed to process waveform")
        return accept(recognizer, pcm)

    def on_heard(answer: HeardAnswer) -> None:
        heard.append(answer)
        over.set()

    monkeypatch.setattr(vosk.KaldiRecognizer, "AcceptWaveform", breaking)
    microphone = HandedIn()
    hearing = AnswerHearing(
        microphone, sample, tmp_path / "a.wav", lambda level: None, lambda text: None, on_heard, troubles.append
    )
    hearing.start()
    sound = pcm_of("led_a_team") + silence(4.0) + pcm_of("twenty_percent") * 3
    for at in range(0, len(sound), 1600):
        microphone.on_block(sound[at : at + 1600])
    hearing.finish()
    assert over.wait(20)
    assert heard[0].transcript.text.startswith(text_of("led_a_team")[:10])
    assert "recogniser failed" in heard[0].transcript.trouble
    assert heard[0].recording is not None
    assert len(troubles) == 1


@pytest.mark.sound
def test_the_app_can_be_left_while_the_sound_system_hangs(own_sound_devices: SoundDevices, tmp_path: Path) -> None:
    script = (
        "import sys, threading\nfrom pathlib import Path\nfrom simulator.speech.listening import MicrophoneListener\n"
        "from simulator.speech.voice import SpokenVoice\nfrom simulator.speech.ports import VoiceStyle\n"
        "live = threading.Event()\nlistener = MicrophoneListener(None)\n"
        "voice = SpokenVoice(Path(sys.argv[1]) / 'spoken')\n"
        "listener.listen(Path(sys.argv[1]) / 'a.wav', lambda level: live.set(), print, print, lambda trouble: None)\n"
        "assert live.wait(20)\nprint('live', flush=True)\nsys.stdin.readline()\n"
        "voice.speak('how did it end', VoiceStyle(), lambda caption: None, lambda to_the_end: None)\n"
        "voice.close(); listener.close(); print('left', flush=True)"
    )
    app = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=PROJECT,
    )  # fmt: skip
    assert app.stdout is not None
    assert app.stdout.readline() == "live\n"
    own_sound_devices.hang()
    out, err = app.communicate("go\n", timeout=60)
    assert out == "left\n"
    assert app.returncode == 0, err
    own_sound_devices.go_on()
    assert sum(map(len, read_sound(tmp_path / "a.wav"))) > 0


def test_sound_that_comes_back_after_a_dead_device_is_marked_as_a_break() -> None:
    microphone = HandedIn()
    heard: list[HeardAnswer] = []
    hearing = AnswerHearing(microphone, None, None, lambda _: None, lambda _: None, heard.append, lambda _: None)
    hearing.start()
    for sound in (tone(440, 0.5), silence(2.0), tone(440, 0.5), silence(0.5), tone(440, 0.5)):
        microphone.on_block(sound)
    hearing.finish()
    wait_until(lambda: heard)
    assert heard[0].transcript.breaks == (2.5,)

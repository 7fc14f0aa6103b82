"""The interviewer is heard, captions follow, and any key silences."""

import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from simulator.errors import MissingPart, UserError, WrongUse
from simulator.paths import AppPaths
from simulator.settings import Settings
from simulator.speech.captions import reading_seconds
from simulator.speech.ports import Caption, Readiness, VoiceStyle
from simulator.speech.synthesis import SpokenText, Synthesizer
from simulator.speech.transcriber import SpeechModel
from simulator.speech.voice import SpokenVoice, open_voice
from tests.sound_devices import SoundDevices, wait_until
from tests.speech.conftest import Say
from tests.speech.sounds import samples, understood, words_in
from tests.speech.workers import runs, workers_of

TEXT = "tell me about a time you led a team"
NORMAL = VoiceStyle()


class Listening:
    """The call-backs of one text."""

    def __init__(self) -> None:
        self.captions: list[Caption] = []
        self.finished: list[bool] = []
        self.over = threading.Event()

    def on_finished(self, to_the_end: bool) -> None:
        self.finished.append(to_the_end)
        self.over.set()

    def to(self, voice: SpokenVoice, text: str = TEXT, style: VoiceStyle = NORMAL) -> "Listening":
        voice.speak(text, style, self.captions.append, self.on_finished)
        return self

    @property
    def shown(self) -> list[int]:
        return [caption.shown for caption in self.captions]


@pytest.fixture
def voice(tmp_path: Path) -> Iterator[SpokenVoice]:
    made = SpokenVoice(tmp_path / "spoken")
    yield made
    made.close()


@pytest.mark.sound
def test_the_words_are_heard_on_the_loudspeaker(
    sound_devices: SoundDevices, voice: SpokenVoice, sample: SpeechModel
) -> None:
    with sound_devices.captured() as capture:
        heard = Listening().to(voice)
        assert heard.over.wait(20)
        # What the loudspeaker plays is understood by the recogniser.
        wait_until(lambda: understood(words_in(capture.pcm, capture.rate, sample), TEXT))
    assert heard.finished == [True]


@pytest.mark.sound
def test_captions_follow_word_by_word(sound_devices: SoundDevices, voice: SpokenVoice) -> None:
    heard = Listening().to(voice)
    assert heard.over.wait(20)
    assert heard.shown[0] == 0
    assert heard.shown == sorted(set(heard.shown))
    assert heard.shown[-1] == len(TEXT)
    assert len(heard.shown) >= 6
    ends = {TEXT[:end].count(" ") for end in heard.shown if end in (0, len(TEXT)) or TEXT[end] == " "}
    assert len(ends) == len(heard.shown) - 1, "captions end at words"


@pytest.mark.sound
def test_silence_cuts_the_voice_off(sound_devices: SoundDevices, voice: SpokenVoice) -> None:
    with sound_devices.captured() as capture:
        heard = Listening().to(voice, "once upon a time there was a long question " * 20)
        wait_until(lambda: len(heard.captions) > 2)
        voice.silence()
        assert heard.over.wait(5)
        before = capture.seconds
        wait_until(lambda: capture.seconds > before + 1.0)
        assert not samples(capture.pcm)[-4000:].any()
    assert heard.finished == [False]
    assert heard.shown[-1] < 400


@pytest.mark.sound
def test_the_next_text_interrupts_the_one_before(sound_devices: SoundDevices, voice: SpokenVoice) -> None:
    first = Listening().to(voice, "a long text " * 50)
    wait_until(lambda: len(first.captions) > 2)
    second = Listening().to(voice, "thank you")
    assert second.over.wait(20)
    assert first.finished == [False]
    assert second.finished == [True]


@pytest.mark.sound
def test_status_names_voice_and_loudspeaker(sound_devices: SoundDevices, voice: SpokenVoice) -> None:
    status = voice.settled_status()
    assert status.part == "voice"
    assert status.readiness is Readiness.READY
    assert status.detail == "The computer's voice, on the system's loudspeaker"
    assert status.technical.endswith(("on default", "on pulse"))


@pytest.mark.thorough
@pytest.mark.sound
def test_a_loudspeaker_that_dies_leaves_the_captions(own_sound_devices: SoundDevices, voice: SpokenVoice) -> None:
    heard = Listening().to(voice, TEXT + " and one time you did not")
    wait_until(lambda: len(heard.captions) > 2)
    own_sound_devices.server.kill()
    assert heard.over.wait(30)
    assert heard.finished == [True]
    assert heard.shown[-1] == len(heard.captions[-1].text)
    assert voice.status().readiness is Readiness.MISSING


@pytest.mark.sound
def test_a_loudspeaker_that_hangs_leaves_the_captions_and_can_be_silenced(
    own_sound_devices: SoundDevices, voice: SpokenVoice
) -> None:
    heard = Listening().to(voice, "a very long text indeed " * 40)
    wait_until(lambda: len(heard.captions) > 2)
    own_sound_devices.hang()
    stuck = len(heard.captions)
    wait_until(lambda: len(heard.captions) > stuck + 10)
    voice.silence()
    assert heard.over.wait(5)
    own_sound_devices.go_on()


@pytest.mark.sound
def test_a_sound_system_that_does_not_answer_at_all_leaves_the_captions(
    own_sound_devices: SoundDevices, voice: SpokenVoice
) -> None:
    voice.settled_status()
    own_sound_devices.hang()
    for text in ("how did it end", "thank you"):
        heard = Listening().to(voice, text)
        assert heard.over.wait(20)
        assert heard.finished == [True]
        assert heard.shown[-1] == len(text)
    assert voice.status().readiness is Readiness.MISSING
    own_sound_devices.go_on()
    heard = Listening().to(voice, "thank you")
    assert heard.over.wait(20)
    assert voice.status().readiness is Readiness.READY, "it speaks again as soon as the system answers"


def test_without_a_loudspeaker_captions_run_at_reading_pace(no_sound_devices: None, voice: SpokenVoice) -> None:
    import time

    began = time.monotonic()
    heard = Listening().to(voice)
    assert heard.over.wait(20)
    assert time.monotonic() - began >= reading_seconds(TEXT)
    assert heard.finished == [True]
    assert heard.shown[-1] == len(TEXT)
    assert len(heard.shown) > 5
    status = voice.settled_status()
    assert status.readiness is Readiness.MISSING
    assert status.detail.startswith("Captions only: ")
    assert status.hint


def test_without_a_synthesiser_captions_run_and_the_hint_is_told(tmp_path: Path) -> None:
    nothing = [sys.executable, "-c", 'print(\'{"missing": "no espeak"}\')']
    voice = SpokenVoice(tmp_path, synthesizer=Synthesizer(tmp_path, [nothing]))
    heard = Listening().to(voice)
    assert heard.over.wait(20)
    assert heard.finished == [True]
    status = voice.settled_status()
    assert status.readiness is Readiness.MISSING
    assert "no espeak" in status.detail
    with pytest.raises(MissingPart):
        voice.save(TEXT, NORMAL, tmp_path / "a.wav")
    voice.close()


def test_a_text_that_could_not_be_made_is_forgotten_once_the_next_one_is(
    no_sound_devices: None, tmp_path: Path
) -> None:
    class FailsOnce(Synthesizer):
        """Cannot make its first text."""

        failed = False

        def make(self, text: str, style: VoiceStyle) -> SpokenText:
            if self.failed:
                return super().make(text, style)
            self.failed = True
            raise UserError("The synthesiser stumbled.")

    voice = SpokenVoice(tmp_path, synthesizer=FailsOnce(tmp_path))
    assert Listening().to(voice, "first").over.wait(20)
    assert "stumbled" in voice.settled_status().detail
    assert Listening().to(voice, "second").over.wait(20)
    assert "stumbled" not in voice.status().detail
    voice.close()


def test_captions_without_sound_can_be_silenced(no_sound_devices: None, voice: SpokenVoice) -> None:
    heard = Listening().to(voice, "word " * 500)
    wait_until(lambda: len(heard.captions) > 2)
    voice.silence()
    assert heard.over.wait(2)
    assert heard.finished == [False]


def test_silence_before_anything_is_said_does_no_harm(voice: SpokenVoice) -> None:
    voice.silence()
    voice.silence()


def test_status_answers_at_once_and_settles(voice: SpokenVoice) -> None:
    assert voice.status().readiness in (Readiness.LOADING, Readiness.READY, Readiness.MISSING)
    assert voice.settled_status().readiness is not Readiness.LOADING


def test_captions_by_wish_need_neither_synthesiser_nor_loudspeaker(tmp_path: Path) -> None:
    voice = SpokenVoice(tmp_path / "spoken", sound="captions")
    voice.prepare(TEXT, NORMAL)
    heard = Listening().to(voice, "how did it end")
    assert heard.over.wait(10)
    assert heard.finished == [True]
    assert voice.settled_status().readiness is Readiness.READY
    assert not (tmp_path / "spoken").exists()
    voice.close()


def test_with_sound_off_the_words_stand_there_at_once(tmp_path: Path) -> None:
    voice = SpokenVoice(tmp_path / "spoken", sound="off")
    heard = Listening().to(voice, "word " * 1000)
    assert heard.over.wait(2)
    assert heard.shown == [0, 5000]
    assert heard.finished == [True]
    voice.close()


def test_a_text_without_words_ends_at_once(no_sound_devices: None, voice: SpokenVoice) -> None:
    heard = Listening().to(voice, " … ")
    assert heard.over.wait(5)
    assert heard.finished == [True]


def test_speaking_after_closing_still_ends(tmp_path: Path) -> None:
    voice = SpokenVoice(tmp_path)
    voice.close()
    heard = Listening().to(voice, "thank you")
    assert heard.over.wait(5)
    assert heard.finished == [True]


def test_prepare_makes_the_sound_ahead(voice: SpokenVoice, tmp_path: Path) -> None:
    voice.prepare(TEXT, NORMAL)
    wait_until(lambda: list((tmp_path / "spoken").glob("*.wav")))


@pytest.mark.parametrize("ending", ["wav", "flac", "ogg"])
def test_saving_needs_no_device(
    no_sound_devices: None, voice: SpokenVoice, tmp_path: Path, sample: SpeechModel, ending: str
) -> None:
    from simulator.speech.sound_files import read_sound

    path = tmp_path / f"question.{ending}"
    seconds = voice.save(TEXT, NORMAL, path)
    pcm = b"".join(read_sound(path))
    assert len(pcm) / 32_000 == pytest.approx(seconds, abs=0.05)
    assert words_in(pcm, 16_000, sample) == TEXT
    assert list(tmp_path.glob("*.part")) == []


@pytest.mark.parametrize("name", ["a.mp4", "none/a.wav", "."])
def test_saving_where_it_cannot_be_says_why(voice: SpokenVoice, tmp_path: Path, name: str) -> None:
    with pytest.raises(WrongUse):
        voice.save(TEXT, NORMAL, tmp_path / name)


def test_saving_nothing_is_wrong_use(voice: SpokenVoice, tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="nothing to say"):
        voice.save(" ... ", NORMAL, tmp_path / "a.wav")


def test_the_users_speed_counts(tmp_path: Path) -> None:
    paths = AppPaths(tmp_path, tmp_path, tmp_path)
    lengths = []
    for speed in (80, 100, 150):
        voice = open_voice(paths, Settings(voice_speed=speed))
        lengths.append(voice.make(TEXT, NORMAL).seconds)
        voice.close()
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[0] > 1.5 * lengths[2]


def test_closing_leaves_no_thread_and_no_process_behind(tmp_path: Path) -> None:
    before, others = set(threading.enumerate()), workers_of(os.getpid())
    voice = SpokenVoice(tmp_path)
    voice.settled_status()
    (worker,) = workers_of(os.getpid()) - others
    voice.close()
    wait_until(lambda: not runs(worker))
    wait_until(lambda: set(threading.enumerate()) <= before)


def test_voices_of_a_panel_differ(said: Say) -> None:
    """Three interviewers of one gender sound different: their long-term spectra are no two alike."""
    spectra = []
    for variant in range(3):
        pcm, _ = said(TEXT, gender="female", variant=variant)
        sound = samples(pcm)
        bands = np.abs(np.fft.rfft(sound))[: len(sound) // 4]
        spectra.append(np.log(1e-3 + np.array([band.mean() for band in np.array_split(bands, 40)])))
    for a in range(3):
        for b in range(a):
            assert np.corrcoef(spectra[a], spectra[b])[0, 1] < 0.995


def test_opening_the_voice_looks_for_nothing(tmp_path: Path, simulator_home: Path) -> None:
    """So that the home screen is painted first."""
    before = set(threading.enumerate())
    open_voice(AppPaths(tmp_path, tmp_path, tmp_path), Settings())
    assert set(threading.enumerate()) == before

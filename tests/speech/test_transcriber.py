"""Real Vosk with the sample model: every word kept, with times, while others go on working."""

import shutil
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.errors import MissingPart, UserError
from simulator.paths import user_paths
from simulator.speech.model_files import ModelFolder, Origin, sample_model
from simulator.speech.sound_files import read_sound
from simulator.speech.transcriber import SpeechModel, Transcriber, shared_model, transcribe_file, vosk_library
from simulator.speech.transcript import Source, Transcript
from tests.speech.conftest import FIXTURES
from tests.speech.sounds import copy_of_model, hiss, noise, silence, times_of, write_wav

LED = FIXTURES / "led_a_team.wav"


def pcm_of(name: str) -> bytes:
    return b"".join(read_sound(FIXTURES / f"{name}.wav"))


def text_of(name: str) -> str:
    return (FIXTURES / f"{name}.txt").read_text().strip()


@pytest.mark.parametrize("name", sorted(path.stem for path in FIXTURES.glob("*.txt")))
def test_the_words_are_right_and_timed(name: str, sample: SpeechModel) -> None:
    transcript = transcribe_file(FIXTURES / f"{name}.wav", sample)
    assert transcript.text == text_of(name)
    assert transcript.source is Source.SPOKEN
    assert transcript.timed
    times = times_of(transcript)
    assert times == sorted(times)
    assert all(start < end <= (transcript.duration or 0) + 0.1 for start, end in times)
    assert all(0 < (word.confidence or 0) <= 1 for word in transcript.words)
    assert transcript.model == "sample"


def test_the_length_of_the_blocks_makes_no_difference(sample: SpeechModel) -> None:
    sound = silence(0.7).join(pcm_of(path.stem) for path in sorted(FIXTURES.glob("*.txt")) * 2)
    found = []
    for size in (320, 1600, 12_800, 32_000, len(sound)):
        transcriber = sample.transcriber()
        for at in range(0, len(sound), size):
            transcriber.take(sound[at : at + size])
        found.append([(word.text, word.start, word.end) for word in transcriber.finish().words])
    assert all(words == found[0] for words in found)


def test_long_silences_lose_no_word(sample: SpeechModel) -> None:
    """Vosk ends its utterance at each silence; the answer goes on."""
    sound = silence(3.0).join(pcm_of(name) for name in ("led_a_team", "twenty_percent", "why_work_here"))
    transcriber = sample.transcriber()
    ends = sum(transcriber.take(sound[at : at + 1600]) for at in range(0, len(sound), 1600))
    transcript = transcriber.finish()
    assert ends >= 2
    assert transcript.text == " ".join(text_of(name) for name in ("led_a_team", "twenty_percent", "why_work_here"))
    times = times_of(transcript)
    assert times[-1][0] > 8.0
    assert times == sorted(times)


def test_words_show_while_speaking(sample: SpeechModel) -> None:
    sound = pcm_of("led_a_team")
    transcriber = sample.transcriber()
    shown = []
    for at in range(0, len(sound), 1600):
        transcriber.take(sound[at : at + 1600])
        shown.append(transcriber.text_so_far())
    assert shown[0] == ""
    assert len(set(shown)) > 6
    halfway = shown[len(shown) // 2].split()
    assert halfway[:3] == ["i", "led", "a"]


@pytest.mark.parametrize("sound", [b"", silence(3.0), noise(3.0, 0.01)], ids=["nothing", "silence", "noise"])
def test_without_speech_there_are_no_words(sample: SpeechModel, sound: bytes) -> None:
    transcriber = sample.transcriber()
    assert transcriber.text_so_far() == ""
    transcriber.take(sound)
    transcript = transcriber.finish()
    assert transcript.words == ()
    assert transcript.duration == len(sound) / 32_000


def test_the_model_says_whether_it_knows_hesitations(sample: SpeechModel) -> None:
    assert sample.hesitations_heard
    transcript = transcribe_file(LED, sample)
    assert "um" in transcript.text.split()
    assert transcript.hesitations_heard


def test_a_model_without_hesitations_says_so(tmp_path: Path) -> None:
    folder = copy_of_model(tmp_path / "vosk-model-small-en-test", sample_model())
    words = folder / "graph" / "words.txt"
    words.write_text(words.read_text().replace("\num ", "\nxum ").replace("\nuh ", "\nxuh "))
    model = SpeechModel(ModelFolder(folder, Origin.CHOSEN))
    assert transcribe_file(LED, model).hesitations_heard is False


def test_others_go_on_while_a_model_transcribes_and_loads(sample: SpeechModel) -> None:
    """The recogniser gives way to other threads; else the screen would freeze."""
    sound = pcm_of("led_a_team") * 60
    ticks: list[float] = []
    stop = threading.Event()

    def tick() -> None:
        while not stop.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    ticker = threading.Thread(target=tick)
    ticker.start()
    began = time.perf_counter()
    transcriber = sample.transcriber()
    transcriber.take(sound)
    transcriber.finish()
    took = time.perf_counter() - began
    for _ in range(20):
        SpeechModel(sample_model()).load()
    stop.set()
    ticker.join()
    during = [moment for moment in ticks if began <= moment <= began + took]
    assert took > 0.3, "long enough to tell"
    assert len(during) > took / 0.05, "on average a tick in 50 ms at the very least"


def test_a_broken_model_is_a_sentence_with_the_hint(tmp_path: Path) -> None:
    folder = tmp_path / "vosk-model-small-en-test"
    shutil.copytree(sample_model().path, folder)
    (folder / "am" / "final.mdl").write_bytes(b"not a model")
    model = SpeechModel(ModelFolder(folder, Origin.CHOSEN))
    with pytest.raises(UserError, match="cannot be loaded"):
        model.load()
    with pytest.raises(UserError, match="cannot be loaded"):
        model.transcriber()
    assert model.problem is not None
    assert not model.loaded


def test_an_unfinished_model_folder_is_never_given_to_vosk(tmp_path: Path) -> None:
    folder = tmp_path / "vosk-model-small-en-us-0.15"
    folder.mkdir()
    (folder / "README").write_text("")
    with pytest.raises(UserError, match=r"not a whole speech model: it lacks am/final.mdl"):
        SpeechModel(ModelFolder(folder, Origin.CHOSEN)).load()


def test_loading_in_the_background_can_be_waited_for(sample: SpeechModel) -> None:
    model = SpeechModel(sample_model())
    model.load_in_background()
    assert model.wait(20)
    assert model.loaded


def test_a_model_that_cannot_be_loaded_in_the_background_says_why(tmp_path: Path) -> None:
    model = SpeechModel(ModelFolder(tmp_path / "none", Origin.CHOSEN))
    model.load_in_background()
    assert model.wait(20)
    assert "the folder itself" in str(model.problem)


def test_a_path_a_name_or_the_settings_name_the_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = user_paths()
    assert transcribe_file(LED, sample_model().path, paths).text == text_of("led_a_team")
    assert transcribe_file(LED, "sample", paths).text == text_of("led_a_team")
    with pytest.raises(MissingPart, match="no speech model yet"):
        transcribe_file(LED, "", paths)
    monkeypatch.setenv("VOSK_MODEL_PATH", str(sample_model().path))
    assert transcribe_file(LED, "", paths).text == text_of("led_a_team")


def test_the_same_model_is_loaded_once(tmp_path: Path) -> None:
    assert shared_model(sample_model()) is shared_model(sample_model())
    other = ModelFolder(copy_of_model(tmp_path / "other", sample_model()), Origin.CHOSEN)
    assert shared_model(other) is not shared_model(sample_model())


def test_progress_rises_to_the_end_and_stopping_stops(sample: SpeechModel, tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", pcm_of("led_a_team") * 3)
    shares: list[float] = []
    transcribe_file(path, sample, on_progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0, abs=0.01)
    with pytest.raises(UserError, match="Stopped"):
        transcribe_file(path, sample, cancelled=lambda: True)


@pytest.mark.parametrize("minutes", [1, pytest.param(10, marks=pytest.mark.thorough)])
def test_a_long_answer_keeps_every_sentence(sample: SpeechModel, tmp_path: Path, minutes: int) -> None:
    one = pcm_of("twenty_percent") + silence(2.0)
    times = minutes * 60 * 32_000 // len(one)
    transcript = transcribe_file(write_wav(tmp_path / "a.wav", one * times), sample)
    assert (transcript.duration or 0) > minutes * 60 - 10
    assert transcript.text.split().count("percent") == times


class DeafTranscriber(Transcriber):
    def finish(self) -> Transcript:
        return replace(super().finish(), words=())


class DeafModel(SpeechModel):
    def transcriber(self) -> Transcriber:
        return DeafTranscriber(vosk_library().Model(str(self.folder.path)), self.folder.name, True)


def test_a_model_that_hears_no_word_in_loud_speech_says_that_it_may_be_broken(
    tmp_path: Path, sample: SpeechModel
) -> None:
    deaf = DeafModel(sample.folder)
    talk = b"".join(hiss(0.4, 0.3, seed) + bytes(6_400) for seed in range(12))
    write_wav(tmp_path / "loud.wav", talk)
    assert "may be broken" in transcribe_file(tmp_path / "loud.wav", deaf).trouble
    write_wav(tmp_path / "short.wav", talk[: len(talk) // 6])
    write_wav(tmp_path / "silent.wav", bytes(320_000))
    for name in ("short.wav", "silent.wav"):
        assert transcribe_file(tmp_path / name, deaf).trouble == ""


@pytest.mark.thorough
@pytest.mark.skipif(sys.platform != "linux", reason="/proc, glibc")
def test_what_utterances_without_a_pause_took_is_given_back() -> None:
    """A minute without a pause takes Vosk 30 MB for a moment, and glibc would keep them for good."""
    talk = """
from pathlib import Path
from simulator.speech.model_files import sample_model
from simulator.speech.transcriber import SpeechModel
from tests.reliability.test_hour import resident
from tests.speech.sounds import talk_in_blocks
transcriber = SpeechModel(sample_model()).transcriber()
for number, block in enumerate(talk_in_blocks(Path("tests/fixtures/sound"), 300)):
    transcriber.take(block)
    if number == 0:
        before = resident()
assert len(transcriber.words) > 800
print(resident() - before)
"""
    ran = subprocess.run([sys.executable, "-c", talk], capture_output=True, text=True, check=True)
    assert float(ran.stdout) < 20, ran.stdout

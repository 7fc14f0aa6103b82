"""`speak`: saved without a device, heard with one, a sentence otherwise."""

import subprocess
import sys
from pathlib import Path

import pytest

from simulator.cli import main
from simulator.speech.model_files import sample_model
from simulator.speech.transcriber import SpeechModel, transcribe_file
from tests.sound_devices import SoundDevices, wait_until
from tests.speech.sounds import understood, words_in

PROJECT = Path(__file__).parents[2]
TEXT = "tell me about a time you led a team"


def test_the_saved_file_holds_the_words(
    no_sound_devices: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "question.wav"
    assert main(["speak", TEXT, "--out", str(out)]) == 0
    assert transcribe_file(out, SpeechModel(sample_model())).text == TEXT
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Saved" in printed.err


def test_voice_and_rate_change_the_sound(tmp_path: Path) -> None:
    files = []
    for name, options in {
        "a": [],
        "b": ["--voice", "female"],
        "c": ["--rate", "110"],
        "d": ["--accent", "gb"],
        "e": ["--pitch", "90"],
    }.items():
        files.append(tmp_path / f"{name}.wav")
        assert main(["speak", TEXT, "--out", str(files[-1]), *options]) == 0
    assert len({file.read_bytes() for file in files}) == 5


@pytest.mark.sound
def test_it_is_heard_on_the_loudspeaker(sound_devices: SoundDevices) -> None:
    model = SpeechModel(sample_model())
    with sound_devices.captured() as capture:
        done = subprocess.run(
            [sys.executable, "-m", "simulator", "speak", TEXT],
            capture_output=True,
            text=True,
            cwd=PROJECT,
            timeout=60,
        )
        wait_until(lambda: understood(words_in(capture.pcm, capture.rate, model), TEXT))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_text_may_come_from_stdin(tmp_path: Path) -> None:
    out = tmp_path / "a.wav"
    done = subprocess.run(
        [sys.executable, "-m", "simulator", "speak", "-", "--out", str(out)],
        input=TEXT, capture_output=True, text=True, cwd=PROJECT, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0
    assert out.stat().st_size > 10_000


def test_without_a_loudspeaker_and_without_out_it_says_so(no_sound_devices: None) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "simulator", "speak", TEXT], capture_output=True, text=True, cwd=PROJECT, timeout=60
    )
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 1, "one sentence, none of the sound system's noise"
    assert "loudspeaker" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["", "--out", "a.wav"], "nothing to say"),
        ([" ... "], "nothing to say"),
        (["hello", "--rate", "5"], "--rate"),
        (["hello", "--pitch", "200"], "--pitch"),
        (["hello", "--out", "a.mp4"], ".wav"),
        (["hello", "--out", "/nonexistent/folder/a.wav"], "no folder"),
    ],
)
def test_wrong_use_is_a_sentence(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["speak", *arguments]) == 2
    assert says in capsys.readouterr().err


def test_an_unknown_option_is_wrong_use() -> None:
    with pytest.raises(SystemExit) as caught:
        main(["speak", "hello", "--loud"])
    assert caught.value.code == 2

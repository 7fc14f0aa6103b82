"""`transcribe`: text, JSON, subtitles from sound files; a sentence for anything else."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.cli import main
from simulator.speech.model_files import sample_model
from simulator.speech.transcript_files import transcript_from
from tests.speech.sounds import silence, write_wav

PROJECT = Path(__file__).parents[2]
LED = PROJECT / "tests/fixtures/sound/led_a_team.wav"
TEXT = LED.with_suffix(".txt").read_text().strip()


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "somebody"))


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample model named as Vosk's users name theirs."""
    monkeypatch.setenv("VOSK_MODEL_PATH", str(sample_model().path))


def test_text_goes_to_stdout_and_messages_to_stderr(named: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["transcribe", str(LED)]) == 0
    printed = capsys.readouterr()
    assert printed.out == TEXT + "\n"
    assert "sample model" in printed.err


def test_the_model_may_be_named_by_path_or_as_the_sample(capsys: pytest.CaptureFixture[str]) -> None:
    for name in (str(sample_model().path), "sample"):
        assert main(["transcribe", str(LED), "--model", name]) == 0
        assert capsys.readouterr().out == TEXT + "\n"


def test_json_has_every_word_with_its_time(named: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["transcribe", str(LED), "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["text"] == TEXT
    assert document["source"] == "spoken"
    assert document["model"] == "sample"
    starts = [word["start"] for word in document["words"]]
    assert starts == sorted(starts)
    assert document["words"][-1]["end"] <= document["duration"]
    transcript = transcript_from(document, "stdin")
    assert transcript.text == TEXT
    assert transcript.timed


@pytest.mark.parametrize(("form", "begins", "point"), [("srt", "1\n00:00:0", ","), ("vtt", "WEBVTT\n\n00:00:0", ".")])
def test_subtitles(named: None, capsys: pytest.CaptureFixture[str], form: str, begins: str, point: str) -> None:
    assert main(["transcribe", str(LED), "--format", form]) == 0
    out = capsys.readouterr().out
    assert out.startswith(begins)
    lines = [
        line for line in out.splitlines() if line and "-->" not in line and line != "WEBVTT" and not line.isdigit()
    ]
    assert " ".join(lines) == TEXT
    assert f"{point}" in next(line for line in out.splitlines() if "-->" in line)


def test_without_a_model_it_says_how_to_get_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["transcribe", str(LED)]) == 3
    assert "second-round model install" in capsys.readouterr().err


def test_silence_gives_no_words_and_says_so(named: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["transcribe", str(write_wav(tmp_path / "a.wav", silence(2.0)))]) == 0
    printed = capsys.readouterr()
    assert printed.out == "\n"
    assert "No words were heard" in printed.err


@pytest.mark.parametrize(
    ("name", "content", "code", "says"),
    [
        ("none.wav", None, 2, "no file"),
        ("empty.wav", b"", 1, "is empty"),
        ("notes.txt", b"not a sound at all " * 100, 1, "cannot be read as sound"),
        (
            "header.wav",
            b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x80\x3e\0\0\0\x7d\0\0\2\0\x10\0data\0\0\0\0",
            1,
            "zero",
        ),
    ],
)
def test_bad_files_are_a_sentence_with_or_without_a_model(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes | None, code: int, says: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    assert main(["transcribe", str(path)]) == code
    printed = capsys.readouterr()
    assert says in printed.err
    assert "Traceback" not in printed.err
    assert printed.out == ""


def test_a_broken_model_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "am").mkdir()
    assert main(["transcribe", str(LED), "--model", str(tmp_path)]) == 1
    assert "lacks am/final.mdl" in capsys.readouterr().err


def test_nothing_but_our_words_reaches_the_terminal(tmp_path: Path) -> None:
    """Vosk prints warnings of its own, whatever it is told."""
    done = subprocess.run(
        [sys.executable, "-m", "simulator", "transcribe", str(LED), "--model", "sample"],
        capture_output=True, text=True, cwd=PROJECT, timeout=60,
    )  # fmt: skip
    assert done.stdout == TEXT + "\n"
    assert len(done.stderr.splitlines()) == 1

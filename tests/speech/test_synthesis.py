"""Texts become sound files, come what may of the worker."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.errors import MissingPart, UserError
from simulator.speech.ports import VoiceStyle
from simulator.speech.synthesis import Synthesizer, speakable, trim, worker_commands
from simulator.speech.synthesis_worker import pieces
from simulator.speech.transcriber import SpeechModel
from tests.sound_devices import wait_until
from tests.speech.conftest import Say
from tests.speech.sounds import pitch_hertz, words_in

TEXT = "tell me about a time you led a team"
WORKER = Path(__file__).parents[2] / "simulator" / "speech" / "synthesis_worker.py"

NORMAL = VoiceStyle()


def test_the_sound_file_holds_the_words(said: Say, sample: SpeechModel) -> None:
    assert words_in(*said(TEXT), sample) == TEXT


def test_the_same_text_is_made_once(synthesizer: Synthesizer) -> None:
    first = synthesizer.make("what was the result", NORMAL)
    inode = first.path.stat().st_ino
    again = synthesizer.make("what was the result", NORMAL)
    assert again == first
    assert again.path.stat().st_ino == inode


def test_a_damaged_cached_file_is_made_again(synthesizer: Synthesizer) -> None:
    first = synthesizer.make("how did it end", NORMAL)
    first.path.write_bytes(b"RIFF")
    again = synthesizer.make("how did it end", NORMAL)
    assert again.seconds == pytest.approx(first.seconds, rel=0.05)
    assert again.path.stat().st_size > 1000


def test_every_part_of_the_style_makes_another_file(synthesizer: Synthesizer) -> None:
    styles = [
        NORMAL,
        VoiceStyle(gender="female"),
        VoiceStyle(words_per_minute=120),
        VoiceStyle(pitch=80),
        VoiceStyle(variant=1),
        VoiceStyle(accent="gb"),
    ]
    sounds = [synthesizer.make(TEXT, style).path.read_bytes() for style in styles]
    assert len(set(sounds)) == len(styles)


def test_a_female_voice_is_higher_than_a_male_one(said: Say) -> None:
    assert pitch_hertz(*said(TEXT, gender="female")) > 1.2 * pitch_hertz(*said(TEXT, gender="male"))


def test_pitch_raises_the_voice(said: Say) -> None:
    assert pitch_hertz(*said(TEXT, pitch=90)) > 1.15 * pitch_hertz(*said(TEXT, pitch=20))


def test_a_faster_rate_is_shorter(synthesizer: Synthesizer) -> None:
    slow = synthesizer.make(TEXT, VoiceStyle(words_per_minute=110)).seconds
    fast = synthesizer.make(TEXT, VoiceStyle(words_per_minute=220)).seconds
    assert fast < 0.7 * slow


def test_word_marks_rise_and_point_at_words(synthesizer: Synthesizer) -> None:
    text = "Tell me, please — what would you call your greatest strength?"
    spoken = synthesizer.make(text, NORMAL)
    seconds = [second for _, second in spoken.marks]
    assert len(spoken.marks) >= 9
    assert seconds == sorted(seconds)
    assert seconds[0] >= 0
    assert seconds[-1] < spoken.seconds
    assert dict(spoken.marks)[text.index("strength")] > 1.0


def test_a_long_text_is_said_whole(synthesizer: Synthesizer) -> None:
    one = "The patient was afraid, so I sat down beside her and listened. "
    short = synthesizer.make(one * 2, NORMAL).seconds
    long = synthesizer.make(one * 300, NORMAL)
    assert len(one * 300) > 16_000, "longer than what crashes espeak in one piece"
    assert long.seconds == pytest.approx(150 * short, rel=0.05)
    assert max(at for at, _ in long.marks) > len(one) * 299


@pytest.mark.parametrize(
    "text", ["Hello\0there, good morning", "café – naïve – 20 % – 😀", "a\ud800b", "<speak>&amp;"]
)
def test_odd_characters_do_no_harm(synthesizer: Synthesizer, text: str) -> None:
    assert synthesizer.make(text, NORMAL).seconds > 0.2


def test_nothing_reaches_the_terminal(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    synthesizer = Synthesizer(tmp_path)
    synthesizer.make(TEXT, NORMAL)
    synthesizer.close()
    assert capfd.readouterr() == ("", "")


def test_spoken_files_are_the_users_alone(tmp_path: Path) -> None:
    synthesizer = Synthesizer(tmp_path / "spoken")
    path = synthesizer.make(TEXT, NORMAL).path
    synthesizer.close()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.with_suffix(".json").stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert not list(path.parent.glob("*.part"))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems bring their own voices")
def test_the_library_that_comes_along_is_enough(tmp_path: Path, sample: SpeechModel) -> None:
    synthesizer = Synthesizer(tmp_path, [worker_commands()[1]])
    spoken = synthesizer.make(TEXT, NORMAL)
    synthesizer.close()
    assert spoken.seconds > 1
    assert len(spoken.marks) > 5


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems bring their own voices")
def test_without_the_systems_library_the_one_that_comes_along_is_used(tmp_path: Path) -> None:
    hidden = _with_hidden_libraries("system")
    synthesizer = Synthesizer(tmp_path, [hidden, worker_commands()[1]])
    synthesizer.start()
    assert synthesizer.driver == "espeak"
    assert synthesizer.make(TEXT, NORMAL).seconds > 1
    synthesizer.close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems bring their own voices")
def test_without_any_library_the_cure_is_told(tmp_path: Path) -> None:
    synthesizer = Synthesizer(tmp_path, [_with_hidden_libraries("system"), _with_hidden_libraries("bundled")])
    with pytest.raises(MissingPart, match="No speech synthesiser") as caught:
        synthesizer.make(TEXT, NORMAL)
    assert "espeak" in caught.value.hint


def _with_hidden_libraries(which: str) -> list[str]:
    """A real worker on a machine where no library can be loaded."""
    script = (
        "import ctypes, runpy, sys\n"
        "def hidden(name, *rest, **named): raise OSError(f'{name}: cannot open shared object file')\n"
        f"ctypes.CDLL = hidden; sys.argv = ['worker', {which!r}]\n"
        f"runpy.run_path({str(WORKER)!r}, run_name='__main__')"
    )
    return [sys.executable, "-P", "-c", script]


def test_a_worker_that_dies_is_replaced(tmp_path: Path) -> None:
    synthesizer = Synthesizer(tmp_path)
    synthesizer.make(TEXT, NORMAL)
    pid = synthesizer._worker._process.pid
    os.kill(pid, signal.SIGKILL)
    assert synthesizer.make("another text", NORMAL).seconds > 0.3
    assert synthesizer._worker._process.pid != pid
    synthesizer.close()


def test_a_worker_that_hangs_is_replaced_and_the_text_said(tmp_path: Path) -> None:
    real = worker_commands()[0]
    flag = tmp_path / "hung once"
    # Hangs at its first text, the first time only; afterwards it is the real one.
    script = (
        "import json, os, pathlib, runpy, sys, time\n"
        f"flag = pathlib.Path({str(flag)!r})\n"
        "if not flag.exists():\n"
        "    flag.touch(); print(json.dumps({'driver': 'espeak', 'version': '?', 'voices': 1}), flush=True)\n"
        "    sys.stdin.readline(); time.sleep(600)\n"
        f"sys.argv = ['worker', {real[-1]!r}]; runpy.run_path({str(WORKER)!r}, run_name='__main__')"
    )
    synthesizer = Synthesizer(tmp_path / "spoken", [[sys.executable, "-P", "-c", script]], patience=1.0)
    assert synthesizer.make(TEXT, NORMAL).seconds > 1
    synthesizer.close()


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("open(request['file'], 'wb').close(); print(json.dumps({'seconds': 1, 'marks': []}), flush=True)", "file"),
        ("print(json.dumps({'error': 'no voice'}), flush=True)", "no voice"),
        ("sys.exit(3)", "no answer"),
        ("print('Audio saved', flush=True)", "no answer"),
    ],
)
def test_a_worker_that_fails_twice_is_a_problem_not_a_bad_file(tmp_path: Path, answer: str, says: str) -> None:
    script = (
        "import json, sys\n"
        "print(json.dumps({'driver': 'x', 'version': '1', 'voices': 1}), flush=True)\n"
        f"for line in sys.stdin:\n    request = json.loads(line); {answer}"
    )
    synthesizer = Synthesizer(tmp_path / "spoken", [[sys.executable, "-P", "-c", script]], patience=1.0)
    with pytest.raises(UserError, match=says):
        synthesizer.make(TEXT, NORMAL)
    synthesizer.close()
    assert not list((tmp_path / "spoken").glob("*"))


def test_a_file_in_the_way_of_the_cache_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "spoken").write_text("")
    synthesizer = Synthesizer(tmp_path / "spoken")
    with pytest.raises(UserError, match="is a file"):
        synthesizer.make(TEXT, NORMAL)
    synthesizer.close()


def test_the_worker_leaves_with_the_app(tmp_path: Path) -> None:
    """Also when the app is killed, so that it cannot say good-bye."""
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom simulator.speech.synthesis import Synthesizer\n"
        "synthesizer = Synthesizer(Path(sys.argv[1])); synthesizer.start()\n"
        "print(synthesizer._worker._process.pid, flush=True); time.sleep(600)"
    )
    app = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=WORKER.parents[2]
    )
    pid = int(app.stdout.readline())
    assert _runs(pid)
    app.kill()
    app.wait()
    app.stdout.close()
    wait_until(lambda: not _runs(pid))


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_the_cache_keeps_what_was_used_last(tmp_path: Path) -> None:
    for number in range(4):
        path = tmp_path / f"{number}.wav"
        path.write_bytes(bytes(100))
        path.with_suffix(".json").write_text("[]")
        os.utime(path, (1000 + number, 1000 + number))
    trim(tmp_path, 250)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2.json", "2.wav", "3.json", "3.wav"]


def test_pieces_join_to_the_text_and_end_at_sentences() -> None:
    text = "One sentence here. Another one there! " * 40
    cut = pieces(text, 100)
    assert "".join(piece for _, piece in cut) == text
    assert all(len(piece) <= 100 for _, piece in cut)
    assert all(text[start : start + len(piece)] == piece for start, piece in cut)
    assert all(piece.rstrip().endswith((".", "!")) for _, piece in cut)
    assert "".join(piece for _, piece in pieces("x" * 950, 100)) == "x" * 950


def test_control_characters_become_spaces_and_positions_stay() -> None:
    assert speakable("a\0b\nc\ud800d") == "a b c d"

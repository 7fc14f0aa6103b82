"""Texts become sound files, come what may of the worker."""

import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.errors import MissingPart, UserError
from simulator.speech.ports import VoiceStyle
from simulator.speech.synthesis import Synthesizer, worker_commands
from simulator.speech.transcriber import SpeechModel
from tests.sound_devices import wait_until
from tests.speech.conftest import Say
from tests.speech.sounds import pitch_hertz, words_in
from tests.speech.workers import runs, workers_of

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
def test_without_any_library_the_hint_is_told(tmp_path: Path) -> None:
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
    before = workers_of(os.getpid())
    synthesizer = Synthesizer(tmp_path)
    synthesizer.make(TEXT, NORMAL)
    (pid,) = workers_of(os.getpid()) - before
    os.kill(pid, signal.SIGKILL)
    assert synthesizer.make("another text", NORMAL).seconds > 0.3
    assert len(workers_of(os.getpid()) - before - {pid}) == 1
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


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
@pytest.mark.parametrize("kilobytes", [0, 8])
def test_no_room_for_the_sound_is_told_as_that_and_nothing_is_left(tmp_path: Path, kilobytes: int) -> None:
    limited = f"ulimit -f {kilobytes}; exec {shlex.join(worker_commands()[-1])}"
    synthesizer = Synthesizer(tmp_path / "spoken", [["bash", "-c", limited]])
    for _ in range(2):
        with pytest.raises(UserError, match=r"cannot be kept in .*: File too large. Free some space"):
            synthesizer.make(TEXT, NORMAL)
    synthesizer.close()
    assert not list((tmp_path / "spoken").glob("*"))


@pytest.mark.parametrize("encoding", ["utf-16", "ascii"])
def test_it_is_said_whatever_encoding_the_streams_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    synthesizer = Synthesizer(tmp_path / "spoken")
    assert synthesizer.make(TEXT, NORMAL).seconds > 0
    synthesizer.close()


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
        "print('started', flush=True); time.sleep(600)"
    )
    app = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=WORKER.parents[2]
    )
    assert app.stdout is not None
    assert app.stdout.readline() == "started\n"
    (pid,) = workers_of(app.pid)
    app.kill()
    app.wait()
    app.stdout.close()
    wait_until(lambda: not runs(pid))

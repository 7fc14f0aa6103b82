"""Whatever the streams lead to: no traceback, what can be shown is shown, and an interview goes on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.paths import user_paths
from simulator.sessions.store import Store

PROJECT = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="written for a POSIX shell")
LINES = "\\n".join(["i led a team of six at the depot and we lost nobody"] * 8)
INTERVIEW = "practice --plain --questions 2 --bank first-round-general"


def run(line: str, lines: str = LINES, **environment: str) -> subprocess.CompletedProcess[str]:
    shell = f'printf "{lines}" | "$PYTHON" -m simulator {line}'
    return subprocess.run(
        ["bash", "-c", shell],
        cwd=PROJECT,
        env={**os.environ, "PYTHON": sys.executable, **environment},
        capture_output=True,
        text=True,
        errors="replace",
        timeout=120,
    )


def finished() -> int:
    store = Store(user_paths().database)
    count = len(store.summaries(finished=True))
    store.close()
    return count


FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")


@pytest.mark.one_in(5)
@pytest.mark.parametrize("where", [">&-", "2>&-", ">&- 2>&-", "<&-", pytest.param(">/dev/full", marks=FULL)])
def test_an_interview_goes_on_whatever_stream_is_missing(where: str) -> None:
    done = run(f"{INTERVIEW} {where}")
    assert "Traceback" not in done.stdout + done.stderr
    assert "Exception" not in done.stderr
    assert finished() == 1


@pytest.mark.one_in(3)
@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437", "utf-7", "undefined"])
def test_words_that_a_terminal_can_show_are_shown(encoding: str) -> None:
    done = run(INTERVIEW, PYTHONIOENCODING=encoding)
    assert done.returncode == 0
    assert done.stderr == ""
    assert "Report" in done.stdout
    assert finished() == 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "cp037", "idna"])
def test_lines_are_read_as_they_are_typed_whatever_encoding_is_asked_for(encoding: str) -> None:
    done = run(INTERVIEW, PYTHONIOENCODING=encoding)
    assert done.returncode == 0
    assert "T\0r\0a\0c\0e" not in done.stderr
    assert done.stdout
    store = Store(user_paths().database)
    session = store.session(store.session_ids()[0])
    assert "led a team of six" in session.answers[0].utterances[0].transcript.text
    store.close()


@FULL
@pytest.mark.parametrize("line", ["sessions list --json", "banks list", "banks list --json"])
def test_a_result_that_cannot_be_written_is_told_in_a_sentence(line: str) -> None:
    done = run(f"{line} >/dev/full")
    assert done.returncode == 1
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_result_of_which_only_a_part_found_room_is_told(tmp_path: Path, unbuffered: str) -> None:
    # Files may have a kilobyte here, and there is more of the list.
    out = tmp_path / "list.json"
    done = run(f"banks list --json >{out}", PYTHONUNBUFFERED=unbuffered, BASH_ENV=str(limits(tmp_path)))
    assert out.stat().st_size == 1024
    assert done.returncode == 1
    assert "File too large" in done.stderr
    assert "Traceback" not in done.stderr


def limits(folder: Path) -> Path:
    script = folder / "limits.sh"
    script.write_text("ulimit -f 1\n")
    return script


def test_nothing_that_is_opened_takes_the_place_of_a_closed_stream() -> None:
    done = run("sessions list <&- >&- 2>&-")
    assert done.returncode == 0
    assert Store(user_paths().database).path.read_bytes()[:15] == b"SQLite format 3"


def test_with_sound_libraries_loaded_the_process_ends_at_once_and_without_a_word_more() -> None:
    """They crash now and then when they are taken apart at the end, and print as they go."""
    script = (
        "import os, sys, atexit\n"
        "class Late:\n"
        "    def __del__(self): os.write(1, b'taken apart')\n"
        "late = Late()\n"
        "atexit.register(os.write, 1, b'what is due at the end was done')\n"
        "sys.argv[1:] = ['banks', 'path']\n"
        "import simulator.speech.devices\n"
        "from simulator.cli import main\n"
        "sys.exit(main())\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert str(user_paths().banks) in done.stdout
    assert done.stdout.endswith("what is due at the end was done")
    assert done.stderr == ""


SLOW_PORTAUDIO = """
import atexit, os, time

initialized = False

def _exit_handler():
    if initialized:
        os.write(1, b"ended\\n")

atexit.register(_exit_handler)
time.sleep({seconds})
os.write(1, b"started\\n")
initialized = True
"""


def left_while_portaudio_starts(tmp_path: Path, leave: str, seconds: float) -> str:
    (tmp_path / "sounddevice.py").write_text(SLOW_PORTAUDIO.format(seconds=seconds))
    script = (
        "import sys, threading, time\n"
        f"sys.path.insert(0, {str(tmp_path)!r})\n"
        "from simulator.speech import devices\n"
        "threading.Thread(target=devices.portaudio, daemon=True).start()\n"
        "while 'sounddevice' not in sys.modules: time.sleep(0.01)\n"
        f"{leave}\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def test_who_leaves_while_portaudio_starts_does_not_take_it_away_under_it(tmp_path: Path) -> None:
    assert left_while_portaudio_starts(tmp_path, "sys.exit()", seconds=1.5) == "started\nended\n"


def test_the_command_neither_waits_for_it_nor_takes_it_apart(tmp_path: Path) -> None:
    command = "sys.argv[1:] = ['banks', 'path']; from simulator.cli import main; sys.exit(main())"
    told = left_while_portaudio_starts(tmp_path, command, seconds=600)
    assert str(user_paths().banks) in told
    assert "ended" not in told

"""What native libraries print never reaches the screen; what we say does."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.speech.quiet import open_log

PROJECT = Path(__file__).parents[2]


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, cwd=PROJECT, timeout=60
    )


NOISE = "import ctypes, os, sys\nfrom pathlib import Path\nfrom simulator.speech import quiet\n"


def test_native_noise_goes_to_the_log_and_python_to_the_terminal(tmp_path: Path) -> None:
    log = tmp_path / "data" / "log"
    done = run(
        NOISE + "quiet.quiet_native_stderr(Path(sys.argv[1]))\n"
        "os.write(2, b'ALSA lib: no card\\n')\n"
        "print('ours', file=sys.stderr)\nprint('screen', file=sys.__stderr__)\n",
        str(log),
    )
    assert done.stderr == "ours\nscreen\n"
    assert log.read_text() == "ALSA lib: no card\n"
    assert log.stat().st_mode & 0o777 == 0o600


def test_a_traceback_still_reaches_the_terminal(tmp_path: Path) -> None:
    done = run(
        NOISE + "quiet.quiet_native_stderr(Path(sys.argv[1]))\nraise ValueError('ours')", str(tmp_path / "log")
    )
    assert "ValueError: ours" in done.stderr


def test_where_no_log_can_be_written_the_noise_is_dropped(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run(
        NOISE + "quiet.quiet_native_stderr(Path(sys.argv[1]))\nos.write(2, b'noise')\nprint('ours', file=sys.stderr)",
        str(tmp_path / "file" / "log"),
    )
    assert done.stderr == "ours\n"


def test_a_long_log_begins_anew(tmp_path: Path) -> None:
    from simulator.speech.quiet import LOG_LIMIT

    (tmp_path / "log").write_bytes(bytes(LOG_LIMIT + 1))
    run(NOISE + "quiet.quiet_native_stderr(Path(sys.argv[1]))\nos.write(2, b'new')", str(tmp_path / "log"))
    assert (tmp_path / "log").read_bytes() == b"new"


def test_a_short_silence_ends(capfd: pytest.CaptureFixture[str]) -> None:
    from simulator.speech.quiet import native_stderr_dropped

    os.write(2, b"before ")
    with native_stderr_dropped() as terminal:
        os.write(2, b"noise ")
        terminal.write("progress ")
    os.write(2, b"after")
    assert capfd.readouterr().err == "before progress after"


@pytest.mark.parametrize("manager", ["apt-get", "dnf", "pacman", "zypper", "apk", "brew"])
def test_the_hint_names_the_packages_of_the_system_at_hand(monkeypatch: pytest.MonkeyPatch, manager: str) -> None:
    from simulator.speech import install_hints

    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}" if name == manager else None)
    line = install_hints.install_line("portaudio", "espeak")
    assert manager in line
    assert "portaudio" in line
    assert "espeak-ng" in line
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert install_hints.how_to_install("portaudio") == "Install PortAudio for your system."


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_in_place_of_the_log_holds_nothing_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "log")
    handle = open_log(tmp_path / "log")
    assert os.write(handle, b"noise") == 5
    os.close(handle)

"""What the system is asked for, as strace sees it: no network at all, and no file but the user's own."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reliability.every_command import LINES, SPOKEN, Furnished, furnish
from tests.terminal.tmux import Terminal, why_not

CALLS = "connect,bind,listen,openat,open,creat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,symlink,link"
SOUND_SERVERS = re.compile(r"/(pulse[^/]*/native|pipewire-\d+|jack_[^/]*|\.X11-unix/X\d+)$|^/tmp/dbus-|/bus$")
"""Sockets on this machine through which the system's own sound is reached."""
NOT_OURS = re.compile(
    r"^/dev/(null|tty|ptmx|shm/|pts/|snd/|zero)|/\.config(/pulse.*)?$|/run(/pulse)?$|/pulse-[^/]*(/|$)"
)
"""What the system's sound and terminals are written through."""
_CALL = re.compile(r"^(\w+)\((.*)$")


def _works() -> str:
    strace = shutil.which("strace")
    if sys.platform != "linux" or not strace:
        return "strace is not installed"
    done = subprocess.run([strace, "-qq", "-e", "trace=none", "true"], capture_output=True, text=True)
    return f"strace may not trace here: {done.stderr.strip()}" if done.returncode else ""


pytestmark = pytest.mark.skipif(bool(_works()), reason=_works() or "-")


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    """A home with something of everything."""
    return furnish(tmp_path_factory.mktemp("furnished"))


def traced(trace: Path) -> list[str]:
    return ["strace", "-ff", "-qq", "-s", "300", "-o", str(trace), "-e", f"trace={CALLS}"]


def lines_of(trace: Path) -> Iterator[str]:
    """The lines of all processes and threads, each of which has a file of its own."""
    for file in trace.parent.glob(f"{trace.name}.*"):
        yield from file.read_text(errors="replace").splitlines()


def reached(trace: Path) -> list[str]:
    """Every address that was asked for, other than the sound servers of this machine."""
    found = []
    for line in lines_of(trace):
        call = _CALL.match(line)
        if call is None or call[1] not in ("connect", "bind", "listen"):
            continue
        path = re.search(r'sun_path=@?"([^"]*)"', call[2])
        if not (call[1] == "connect" and path and SOUND_SERVERS.search(path[1])):
            found.append(line)
    return found


def written(trace: Path) -> set[str]:
    """Every file and folder that was made, written, renamed or removed."""
    paths: set[str] = set()
    for line in lines_of(trace):
        call = _CALL.match(line)
        if call is None or call[1] in ("connect", "bind", "listen") or " = -1 " in line:
            continue
        if call[1] in ("open", "openat") and not re.search(r"O_(WRONLY|RDWR|CREAT)", call[2]):
            continue
        paths.update(name for name in re.findall(r'"([^"]*)"', call[2]) if name.startswith("/"))
    return {name for name in paths if not NOT_OURS.search(name)}


def strangers(paths: set[str], *ours: Path) -> set[str]:
    """Those that lie neither in a folder of ours nor, until it ended, in the folder for temporary files."""
    folders = tuple(f"{folder}/" for folder in ours)
    scratch = f"{tempfile.gettempdir()}/"
    return {
        name
        for name in paths
        if not f"{name}/".startswith(folders) and (Path(name).exists() or not name.startswith(scratch))
    }


def test_the_test_sees_what_is_done(tmp_path: Path) -> None:
    script = (
        "import socket, contextlib\n"
        f"open({str(tmp_path / 'made')!r}, 'w').close()\n"
        "with contextlib.suppress(OSError): socket.create_connection(('127.0.0.1', 9), 1)\n"
    )
    subprocess.run([*traced(tmp_path / "trace"), sys.executable, "-c", script], check=True, timeout=60)
    assert "127.0.0.1" in reached(tmp_path / "trace")[0]
    assert strangers(written(tmp_path / "trace"), Path("/nowhere")) == {str(tmp_path / "made")}


@pytest.mark.one_in(6)
@pytest.mark.parametrize("command", ["practice", "transcribe", "speak", "doctor", "score", "followup draft"])
def test_a_command_reaches_nobody_and_writes_into_the_home_only(
    furnished: Furnished, tmp_path: Path, command: str
) -> None:
    assert command in LINES
    home, somebody = furnished.copied(tmp_path / "used"), tmp_path / "somebody"
    somebody.mkdir()
    trace = tmp_path / "trace"
    away = {"HOME": str(somebody), "PYTHONDONTWRITEBYTECODE": "1", "XDG_RUNTIME_DIR": str(tmp_path / "run")}
    done = home.run(home.words(command), before=tuple(traced(trace)), environment=away)
    assert done.returncode == 0, done.stderr
    assert reached(trace) == []
    assert strangers(written(trace), home.folder) == set()
    assert [path.name for path in somebody.rglob("*") if path.name not in (".config", "pulse", "cookie")] == []


@pytest.mark.skipif(bool(why_not()), reason=why_not() or "-")
def test_an_interview_in_the_app_reaches_nobody_and_writes_into_the_home_only(
    furnished: Furnished, tmp_path: Path
) -> None:
    home, somebody, trace = furnished.copied(tmp_path / "used"), tmp_path / "somebody", tmp_path / "trace"
    somebody.mkdir()
    command = [*traced(trace), sys.executable, "-m", "simulator", "practice", "--questions", "1", "--seed", "1"]
    terminal = Terminal(
        command, 100, 30, {"SIMULATOR_HOME": str(home.home), "PYTHONDONTWRITEBYTECODE": "1", "HOME": str(somebody)}
    )
    try:
        terminal.until(lambda text: "type" in text.lower(), "the interview")
        terminal.type(SPOKEN.strip())
        terminal.press("C-q")
        terminal.exit_status()
    finally:
        terminal.close()
    assert reached(trace) == []
    assert strangers(written(trace), home.folder) == set()


def test_where_the_language_model_runs_nothing_is_noted_about_this_machine(tmp_path: Path) -> None:
    script = "from simulator.language.model import late_model; late_model.get()"
    subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        env={**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")},
        timeout=60,
    )
    assert list(tmp_path.iterdir()) == []

"""However the full-screen app ends, the terminal is as it was, and nothing goes on without one."""

import contextlib
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.terminal
PROJECT = Path(__file__).parents[2]
PATIENCE = 60.0


class App:
    """The app on a terminal of its own."""

    def __init__(self, home: Path, ignored: tuple[signal.Signals, ...] = ()) -> None:
        self.master, self.slave = pty.openpty()
        termios.tcsetwinsize(self.slave, (24, 80))
        self.before = termios.tcgetattr(self.slave)
        self.shown = b""

        def prepare() -> None:
            for each in ignored:
                signal.signal(each, signal.SIG_IGN)

        self.process = subprocess.Popen(
            [sys.executable, "-m", "simulator"],
            cwd=PROJECT,
            env={
                **os.environ,
                "SIMULATOR_HOME": str(home),
                "TERM": "xterm-256color",
                "TEXTUAL_DISABLE_KITTY_KEY": "1",
            },
            stdin=self.slave,
            stdout=self.slave,
            stderr=self.slave,
            start_new_session=True,
            preexec_fn=prepare,
        )

    def until(self, words: bytes) -> None:
        give_up = time.monotonic() + PATIENCE
        while words not in self.shown:
            assert time.monotonic() < give_up, self.shown[-2000:]
            self.read(0.5)

    def read(self, seconds: float) -> None:
        if select.select([self.master], [], [], seconds)[0]:
            with contextlib.suppress(OSError):
                self.shown += os.read(self.master, 65536)

    def wait(self) -> int:
        """Its exit status; what it writes is read meanwhile, as a terminal does."""
        give_up = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            assert time.monotonic() < give_up, "it goes on"
            self.read(0.1)
        self.read(0.2)
        return self.process.returncode

    def app_process(self) -> int:
        """The process behind the guard."""
        return int(subprocess.check_output(["pgrep", "-P", str(self.process.pid)], text=True).split()[0])

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for end in (self.master, self.slave):
            with contextlib.suppress(OSError):
                os.close(end)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    (tmp_path / "home").mkdir()
    started = App(tmp_path / "home")
    yield started
    started.close()


@pytest.mark.one_in(5)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL])
@pytest.mark.parametrize("whom", ["app", "guard"])
def test_the_terminal_is_given_back(app: App, number: signal.Signals, whom: str) -> None:
    if whom == "guard" and number not in (signal.SIGTERM, signal.SIGHUP):
        pytest.skip("the guard itself runs no native code")
    app.until(b"Start practising")
    assert not termios.tcgetattr(app.slave)[3] & termios.ECHO
    os.kill(app.app_process() if whom == "app" else app.process.pid, number)
    assert app.wait() == 128 + number
    assert termios.tcgetattr(app.slave) == app.before
    assert app.shown.rindex(b"\x1b[?1049l") > app.shown.rindex(b"\x1b[?1049h")
    assert app.shown.rindex(b"\x1b[?25h") > app.shown.rindex(b"\x1b[?25l")
    assert (b"ended suddenly" in app.shown) == (number not in (signal.SIGTERM, signal.SIGHUP))


def test_the_app_does_not_outlive_its_guard(app: App) -> None:
    app.until(b"Start practising")
    behind = app.app_process()
    os.kill(app.process.pid, signal.SIGKILL)
    app.process.wait()
    give_up = time.monotonic() + PATIENCE
    while Path(f"/proc/{behind}/exe").exists():
        assert time.monotonic() < give_up, "the app goes on"
        time.sleep(0.02)


def test_without_a_terminal_it_ends_even_where_hanging_up_is_ignored(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    app = App(tmp_path / "home", (signal.SIGHUP,))
    try:
        app.until(b"Start practising")
        os.close(app.slave)
        os.close(app.master)
        app.process.wait(PATIENCE)
    finally:
        app.close()

"""A real terminal of a given size: starts a program in tmux, types keys, reads the screen.

Each has a tmux server of its own, so that nothing of the developer's is touched.
"""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 45.0
"""Seconds to wait for something on the screen before a test fails, where the machine has nothing else to do."""


def gives_up(begun: float, seconds: float) -> bool:
    """Whether one has waited long enough since `begun`; with others on the processor all takes that much longer."""
    share = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    return time.monotonic() - begun > seconds * share


def why_not() -> str:
    """Why a terminal cannot be had here, "" when it can."""
    return "" if shutil.which("tmux") else "tmux is not installed"


class Terminal:
    """A program running in a terminal of `columns` by `rows`."""

    def __init__(self, command: list[str], columns: int, rows: int, environment: Mapping[str, str]) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="tmux-"))
        self._socket = self._folder / "s"
        self._pipe = self._folder / "ended"
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "VIRTUAL_ENV") if name in os.environ}
        variables = " ".join(
            f"{name}={shlex.quote(value)}" for name, value in {**kept, "LANG": "C.UTF-8", **environment}.items()
        )
        line = (
            f"env -i TERM=screen-256color {variables} {shlex.join(command)}; echo ended $? > {self._pipe}; sleep 600"
        )
        self._run(
            "-f",
            "/dev/null",
            "new-session",
            "-d",
            "-s",
            "app",
            "-x",
            str(columns),
            "-y",
            str(rows),
            "-c",
            str(ROOT),
            line,
        )

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            ["tmux", "-S", str(self._socket), *arguments], capture_output=True, text=True, timeout=20, check=True
        )
        return done.stdout

    def text(self) -> str:
        """What is on the screen."""
        return self._run("capture-pane", "-t", "app", "-p")

    def silences(self, shown: str) -> bool:
        """Silence what is being said, if anything is; always False, for conditions that go on waiting."""
        if "◆" in shown:  # somebody speaks
            self.press("Home")
        return False

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names: "Enter", "Escape", "Tab", "F9", or a character."""
        self._run("send-keys", "-t", "app", *keys)

    def type(self, text: str) -> None:
        """Type a text as it is."""
        self._run("send-keys", "-t", "app", "-l", text)

    def paste(self, text: str) -> None:
        """Paste a text, as a terminal does it."""
        self._run("set-buffer", "--", text)
        self._run("paste-buffer", "-p", "-t", "app")

    def until(self, condition: Callable[[str], object], what: str, seconds: float = PATIENCE) -> str:
        """Wait until `condition` holds for the screen; the screen then."""
        begun = time.monotonic()
        while True:
            shown = self.text()
            if condition(shown):
                return shown
            if gives_up(begun, seconds):
                raise AssertionError(f"waited {seconds} s in vain for {what}; on the screen:\n{shown}")
            time.sleep(0.05)

    def until_shows(self, *words: str, seconds: float = PATIENCE) -> str:
        """Wait until all these words are on the screen; line breaks do not matter."""
        return self.until(lambda shown: all(word in running_text(shown) for word in words), f"{words}", seconds)

    def exit_status(self, seconds: float = PATIENCE) -> int:
        """Wait for the program to end; its exit status."""
        begun = time.monotonic()
        while not self._pipe.exists() or not self._pipe.read_text().strip():
            if gives_up(begun, seconds):
                raise AssertionError(f"the program did not end; on the screen:\n{self.text()}")
            time.sleep(0.05)
        return int(self._pipe.read_text().split()[1])

    def pane_process(self) -> int:
        """The process of the shell in the terminal; its child is the program."""
        return int(self._run("display-message", "-t", "app", "-p", "#{pane_pid}"))

    def close(self) -> None:
        """End the terminal and all that runs in it."""
        subprocess.run(["tmux", "-S", str(self._socket), "kill-server"], capture_output=True, timeout=20, check=False)
        shutil.rmtree(self._folder, ignore_errors=True)


def app_in(
    home: Path, size: tuple[int, int] = (80, 24), arguments: tuple[str, ...] = (), /, **environment: str
) -> Terminal:
    """Second Round in a terminal, with `home` as its data folder."""
    command = [sys.executable, "-m", "simulator", *arguments]
    return Terminal(command, *size, {"SIMULATOR_HOME": str(home), **environment})


def choose_at_home(terminal: Terminal, entry: str) -> None:
    """Choose an entry of the home screen, wherever it stands."""
    shown = terminal.until_shows("Start practising", entry)
    rows = [[cell.strip() for cell in line.split("│")] for line in shown.splitlines()]
    first, wanted = (next(n for n, row in enumerate(rows) if name in row) for name in ("Start practising", entry))
    # The lines between the groups are passed over.
    entries = [row for row in rows[first:wanted] if any(cell.strip("─") for cell in row[:2])]
    for _ in entries:
        terminal.press("Down")
    terminal.press("Enter")


def running_text(shown: str) -> str:
    """The screen as one line, then once more without the frames of boxes: words that wrap in a box stay together."""
    return " ".join([*shown.split(), *shown.replace("│", " ").split()])

"""How long until the first paint, beside an empty Textual app on the same machine.

    python -m tests.benchmarks.start_benchmark [--runs 15]

Both run in a pseudo-terminal of 80x24; the clock runs from the start of the process until the words of the
first frame arrive. The two are run in turn, so that a busy machine slows both. The ratio of the medians is what
counts: it is to stay below 1.5. `run.py` is timed too, as the way in which most people start.
"""

import argparse
import os
import select
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EMPTY_APP = """
from textual.app import App
from textual.widgets import Static

class Empty(App):
    def compose(self):
        yield Static("first frame")

Empty().run()
"""
LONGEST = 60.0
"""Seconds after which a start counts as failed."""


@dataclass(frozen=True, slots=True)
class Start:
    """One way to start, and the words by which its first frame is known."""

    name: str
    command: Sequence[str]
    words: bytes


def first_paint(start: Start, env: dict[str, str]) -> float:
    """Seconds from the start of the process until its first frame has been written. POSIX only."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    began = time.perf_counter()
    process = subprocess.Popen(start.command, stdin=theirs, stdout=theirs, stderr=theirs, env=env, cwd=ROOT)
    os.close(theirs)
    seen = b""
    try:
        while start.words not in seen:
            left = began + LONGEST - time.perf_counter()
            if left <= 0 or not select.select([ours], [], [], left)[0]:
                raise SystemExit(f"{start.name}: no first frame within {LONGEST:.0f} s. It wrote: {seen[-500:]!r}")
            try:
                seen += os.read(ours, 65536)
            except OSError:
                raise SystemExit(f"{start.name} ended before its first frame. It wrote: {seen[-500:]!r}") from None
        return time.perf_counter() - began
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def measure(starts: Sequence[Start], runs: int) -> dict[str, list[float]]:
    """The times of each start, taken in turn. One round before fills the caches and is not counted."""
    times: dict[str, list[float]] = {start.name: [] for start in starts}
    with tempfile.TemporaryDirectory() as home:
        env = {name: value for name, value in os.environ.items() if not name.startswith("TEXTUAL")}
        env |= {"SIMULATOR_HOME": home, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        for round_ in range(runs + 1):
            for start in starts:
                seconds = first_paint(start, env)
                if round_:
                    times[start.name].append(seconds)
    return times


def main() -> None:
    """Measure and print the ratios, with the milliseconds beside."""
    parser = argparse.ArgumentParser(description="First paint, beside an empty Textual app.")
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    with tempfile.NamedTemporaryFile("w", suffix=".py", delete=False) as file:
        file.write(EMPTY_APP)
    empty = Start("empty Textual app", [sys.executable, file.name], b"first frame")
    app = Start("Second Round", [sys.executable, "-m", "simulator"], b"Start practising")
    starts = [empty, app]
    if (ROOT / ".venv/second-round.stamp").exists():
        base = getattr(sys, "_base_executable", sys.executable)
        starts.append(Start("Second Round by run.py", [base, str(ROOT / "run.py")], b"Start practising"))
    try:
        times = measure(starts, runs)
    finally:
        Path(file.name).unlink()
    baseline = statistics.median(times[empty.name])
    for start in starts:
        median = statistics.median(times[start.name])
        low, high = min(times[start.name]), max(times[start.name])
        print(
            f"{start.name:<24} {median / baseline:5.2f} x   median {1000 * median:4.0f} ms "
            f"({1000 * low:.0f} to {1000 * high:.0f}, {runs} runs)"
        )


if __name__ == "__main__":
    main()

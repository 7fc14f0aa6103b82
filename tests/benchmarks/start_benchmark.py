"""How long until the first paint, beside an empty Textual app on the same machine.

    python -m tests.benchmarks.start_benchmark [--runs 15]

Both run in a pseudo-terminal of 80x24; the clock runs from the start of the process until the words of the
first frame arrive. The two are run in turn, so that a busy machine slows both. The ratio of the medians is what
counts: it is to stay below 1.35. `run.py` is timed too, as the way in which most people start. Beside the time stands
the processor time that was used until then, which a busy machine changes little.
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


def first_paint(start: Start, env: dict[str, str]) -> tuple[float, float]:
    """Seconds from the start of the process until its first frame, and those of the processor. POSIX only."""
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
        return time.perf_counter() - began, processor_seconds(process.pid)
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def processor_seconds(pid: int) -> float:
    """What a process and those it started have used so far; 0 where the system does not tell. Linux only."""
    used = 0.0
    for task in Path(f"/proc/{pid}/task").glob("*"):
        try:
            used += int((task / "schedstat").read_text().split()[0]) / 1e9
            used += sum(map(processor_seconds, map(int, (task / "children").read_text().split())))
        except (OSError, ValueError):
            continue  # it has ended, or nothing is told here
    return used


def measure(starts: Sequence[Start], runs: int) -> dict[str, list[tuple[float, float]]]:
    """The times of each start, taken in turn. One round before fills the caches and is not counted."""
    times: dict[str, list[tuple[float, float]]] = {start.name: [] for start in starts}
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
    wall, used = ({name: [each[which] for each in pairs] for name, pairs in times.items()} for which in (0, 1))
    median = {
        start.name: (statistics.median(wall[start.name]), statistics.median(used[start.name])) for start in starts
    }
    clock_beside, processor_beside = median[empty.name]
    for start in starts:
        clock, processor = median[start.name]
        low, high = min(wall[start.name]), max(wall[start.name])
        print(
            f"{start.name:<24} {clock / clock_beside:5.2f} x   median {1000 * clock:4.0f} ms "
            f"({1000 * low:.0f} to {1000 * high:.0f}, {runs} runs)   "
            f"processor {processor / (processor_beside or 1):5.2f} x, {1000 * processor:.0f} ms"
        )


if __name__ == "__main__":
    main()

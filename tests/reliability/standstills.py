"""Notices when the whole machine stands still: a process that only sleeps wakes up late.

    python tests/reliability/standstills.py

prints a line, when it ended (seconds of the monotonic clock) and how long it was, for each; `Watch` reads them. Sound
that is lost meanwhile is the machine's loss. It runs apart from what is measured, which may be late by itself.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

STEP = 0.02
LONG = 0.25
"""Seconds: a sleeper is woken within some hundredths of a second, also where all processors are busy."""
AROUND = 2.0
"""Seconds around a standstill in which what is lost is laid to it: buffers run over a little later."""


@dataclass(frozen=True, slots=True)
class Standstill:
    """When it ended, by the monotonic clock, and how long it was. Seconds."""

    ended: float
    lasted: float

    def covers(self, at: float) -> bool:
        """Whether something at that time may have come of it."""
        return self.ended - self.lasted - AROUND <= at <= self.ended + AROUND


@dataclass
class Watch:
    """What was noticed until the watch ended."""

    process: subprocess.Popen[str]
    seen: list[Standstill] = field(default_factory=list)

    def apart(self, times: Sequence[float]) -> list[float]:
        """The times at which no standstill was near."""
        return [at for at in times if not any(each.covers(at) for each in self.seen)]

    def __str__(self) -> str:
        if not self.seen:
            return "the machine never stood still"
        longest = max(each.lasted for each in self.seen)
        total = sum(each.lasted for each in self.seen)
        times = "once" if len(self.seen) == 1 else f"{len(self.seen)} times"
        return f"the machine stood still {times}, {total:.1f} s in all, {longest:.1f} s at the longest"


@contextlib.contextmanager
def watching() -> Iterator[Watch]:
    """Watch while the block runs; what was seen is there behind it."""
    process = subprocess.Popen([sys.executable, __file__], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()  # it has begun
    watch = Watch(process)
    try:
        yield watch
    finally:
        process.terminate()
        told, _ = process.communicate()
        watch.seen.extend(Standstill(*map(float, line.split())) for line in told.splitlines())


def main() -> None:
    """Tell each standstill until ended."""
    ended: list[bool] = []
    signal.signal(signal.SIGTERM, lambda *_: ended.append(True))
    with contextlib.suppress(OSError, AttributeError):
        os.nice(-10)  # where it may: it is not to be late because others are busy
    before = time.monotonic()
    print("watching", flush=True)
    while True:
        time.sleep(STEP)
        now = time.monotonic()
        if now - before > LONG:
            print(now, now - before, flush=True)
        before = now
        if ended:
            return


if __name__ == "__main__":
    main()

"""How long the bank browser keeps its event loop busy in one go, with 50,000 questions and with the shipped ones.

    python -m tests.benchmarks.bank_browser_benchmark [QUESTIONS]

A heartbeat in the app's own event loop notes how late each beat comes: no key is answered meanwhile. Told is the
longest wait of each step; the baseline is the same step with the shipped banks alone on the same machine. No step
is to hold up the keys for 50 ms longer than that.
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUNS = 3
BEAT = 0.002
"""Seconds from one beat to the next."""


@dataclass(slots=True)
class Heartbeat:
    """Beats in an event loop; `longest` is the longest wait in seconds since it was reset."""

    longest: float = 0.0
    waits: dict[str, float] = field(default_factory=dict)

    async def beat(self) -> None:
        """Beat until cancelled."""
        before = time.perf_counter()
        while True:
            await asyncio.sleep(BEAT)
            now = time.perf_counter()
            self.longest = max(self.longest, now - before - BEAT)
            before = now

    async def during(self, what: str, work: Callable[[], Awaitable[object]]) -> None:
        """Note the longest wait while `work` goes on."""
        self.longest = 0.0
        await work()
        self.waits[what] = self.longest


async def waits_of(home: Path) -> dict[str, float]:
    """The longest wait of each step, in seconds, in the app with the banks of `home`."""
    os.environ["SIMULATOR_HOME"] = str(home)
    from textual.widgets import Input

    from simulator.tui.screens.banks import BanksScreen
    from simulator.tui.screens.question_editor import QuestionEditorScreen
    from simulator.tui.widgets.question_list import QuestionList
    from tests.tui.driving import running

    heartbeat = Heartbeat()
    async with running() as driver:
        beating = asyncio.create_task(heartbeat.beat())

        async def shown(screen: BanksScreen) -> None:
            await driver.until(
                lambda: screen.query(QuestionList) and screen.query_one(QuestionList).hits, "the banks read"
            )

        async def open_banks() -> None:
            driver.app.go("banks")
            await driver.until(lambda: isinstance(driver.app.screen, BanksScreen), "the banks")
            await shown(driver.app.screen)  # type: ignore[arg-type]

        async def close_and_open() -> None:
            await driver.press("escape")
            await open_banks()

        await heartbeat.during("open and read the banks", open_banks)
        await heartbeat.during("leave and open again", close_and_open)
        screen = driver.app.screen
        assert isinstance(screen, BanksScreen)

        async def scroll() -> None:
            screen.query_one(QuestionList).focus()
            await driver.press(*["pagedown"] * 10, *["down"] * 20, "end", "home")

        async def search() -> None:
            await driver.press("slash")
            for letter in "team cust":
                await driver.press({" ": "space"}.get(letter, letter))
            await driver.until(lambda: screen.query_one("#search", Input).value == "team cust", "the words")
            await driver.press("escape")

        async def edit() -> None:
            screen.query_one(QuestionList).focus()
            await driver.press("e")
            await driver.until(lambda: isinstance(driver.app.screen, QuestionEditorScreen), "the form")
            await driver.press(*"abcdef")
            await driver.press("f9")
            for _ in range(100):
                await driver.pilot.pause()
                if screen.check_action("undo", ()):
                    break
                await asyncio.sleep(0.25)

        await heartbeat.during("scroll through all questions", scroll)
        await heartbeat.during("search, letter by letter", search)
        await heartbeat.during("change a question and keep it", edit)
        beating.cancel()
    return heartbeat.waits


def run(home: Path) -> dict[str, float]:
    """The waits in an app in a process of its own, as it is in life."""
    command = [sys.executable, "-m", "tests.benchmarks.bank_browser_benchmark", "--home", str(home)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return dict(json.loads(done.stdout))


def main() -> None:
    """Print the report."""
    from tests.benchmarks.bank_benchmark import large_bank

    if sys.argv[1:2] == ["--home"]:
        print(json.dumps(asyncio.run(waits_of(Path(sys.argv[2])))))
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    with tempfile.TemporaryDirectory() as name:
        small, large = Path(name) / "small", Path(name) / "large"
        small.mkdir()
        (large / "question_banks").mkdir(parents=True)
        text = large_bank(count)
        baseline = median([run(small) for _ in range(RUNS)])
        first, again = [], []
        for number in range(RUNS):
            # Another file each time, so that none is known from the cache.
            (large / "question_banks" / "large.yaml").write_text(text + "\n" * number, encoding="utf-8")
            first.append(run(large))
            again.append(run(large))
    print(f"Longest wait of the event loop in ms, median of {RUNS} runs: the shipped banks alone; with a bank of")
    print(f"{count} questions when it is read the first time; with it kept in the cache of checked banks")
    columns = [baseline, median(first), median(again)]
    for step in baseline:
        base, new, kept = (column[step] for column in columns)
        ratios = f"{new * 1000:7.1f} ({new / base:4.1f}x) {kept * 1000:7.1f} ({kept / base:4.1f}x)"
        print(f"{step:<32} {base * 1000:7.1f} {ratios}")


def median(runs: list[dict[str, float]]) -> dict[str, float]:
    """The median of each step."""
    return {step: statistics.median(run[step] for run in runs) for step in runs[0]}


if __name__ == "__main__":
    main()

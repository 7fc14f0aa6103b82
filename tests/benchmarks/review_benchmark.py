"""How long the review screens keep their event loop busy in one go, with 10,000 sessions and with 20.

    python -m tests.benchmarks.review_benchmark [--sessions N] [--rounds N]

A heartbeat in the app's own event loop notes how late each beat comes: no key is answered meanwhile. Told is the
longest wait of each step, and for what is opened or searched how long until it is shown, the key press included.
The baseline is the same step with 20 sessions on the same machine. What is wished for: the list within 100 ms, a
search within 50 ms, progress within 200 ms, no wait over 50 ms. Nothing here fails.
"""

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from simulator.sessions.store import Store
from tests.benchmarks.bank_browser_benchmark import Heartbeat
from tests.benchmarks.store_benchmark import ANSWERS, fill

ROUNDS = 5
LONGEST = 60
"""Seconds after which a step counts as stuck."""
FEW = 20


@dataclass(slots=True)
class Measured:
    """Seconds, round by round, of each step: how long it took, and the longest wait of the event loop in it."""

    took: dict[str, list[float]] = field(default_factory=dict)
    waits: dict[str, list[float]] = field(default_factory=dict)


async def measure(home: Path, rounds: int) -> Measured:
    """Go through the review screens with the store of `home`, each round in an app of its own."""
    os.environ["SIMULATOR_HOME"] = str(home)
    measured = Measured()
    for _ in range(rounds):
        await go_through(measured)
    return measured


async def go_through(measured: Measured) -> None:
    """One round."""
    from textual.widgets import DataTable, Input, OptionList

    from simulator.tui.screens.history import PAGE, HistoryScreen
    from simulator.tui.screens.progress import ProgressScreen
    from simulator.tui.screens.session import SessionScreen
    from simulator.tui.screens.transcript import TranscriptScreen
    from simulator.tui.widgets.marked_words import MarkedWords
    from tests.tui.driving import running

    heartbeat = Heartbeat()
    async with running() as driver:
        beating = asyncio.create_task(heartbeat.beat())
        app = driver.app

        async def step(name: str, work: Callable[[], Awaitable[object]]) -> None:
            await asyncio.sleep(0.05)
            began = time.perf_counter()
            async with asyncio.timeout(LONGEST):
                await heartbeat.during(name, work)
            measured.took.setdefault(name, []).append(time.perf_counter() - began)
            measured.waits.setdefault(name, []).append(heartbeat.waits[name])

        async def until(condition: Callable[[], object]) -> None:
            while not condition():
                await asyncio.sleep(0.001)

        def shows(screen: type) -> bool:
            return isinstance(app.screen, screen)

        def count(widget: type[DataTable] | type[OptionList]) -> int:  # type: ignore[type-arg]
            found = next(iter(app.screen.query(widget)), None)
            if found is None:
                return 0  # not composed yet
            return found.row_count if isinstance(found, DataTable) else found.option_count

        async def open_list() -> None:
            app.go("history")
            await until(lambda: shows(HistoryScreen) and count(DataTable))

        async def scroll() -> None:
            table = app.screen.query_one(DataTable)
            for _ in range(12):
                before = table.row_count
                await driver.press("end")
                if before % PAGE == 0:
                    await until(lambda: table.row_count > before)
            await driver.press(*["pageup"] * 10, *["up"] * 30, "home")

        async def search(words: str) -> None:
            hits = app.screen.query_one("#hits", OptionList)
            await driver.press({" ": "space"}.get(words[0], words[0]))
            for letter in words[1:]:
                await driver.press({" ": "space"}.get(letter, letter))
            await until(lambda: hits.option_count)

        async def last_letter() -> None:
            hits = app.screen.query_one("#hits", OptionList)
            found = [str(option.prompt) for option in hits.options]
            box = app.screen.query_one("#search", Input)
            box.value = "dmitri"
            await until(lambda: hits.option_count and [str(option.prompt) for option in hits.options] != found)

        async def filtered() -> None:
            await driver.press("s")
            await driver.press("s")
            await driver.press("s")
            await until(lambda: count(DataTable))

        async def open_session() -> None:
            await driver.press("enter")
            await until(lambda: shows(SessionScreen) and count(OptionList))

        async def open_transcript() -> None:
            await driver.press("enter")
            await until(
                lambda: shows(TranscriptScreen) and [each.text for each in app.screen.query(MarkedWords) if each.text]
            )

        async def walk() -> None:
            await driver.press(*["right"] * 30, *["down"] * 5, *["tab"] * 5)

        async def open_progress() -> None:
            app.go("progress")
            await until(lambda: shows(ProgressScreen) and app.screen.query_one("#columns").display)

        async def scroll_progress() -> None:
            await driver.press(*["tab"], *["down"] * 15, *["pagedown"] * 4, "home")

        await step("open the list", open_list)
        await step("scroll through 1,200 rows", scroll)
        await driver.press("slash")
        await step("search, letter by letter", lambda: search("side eli"))
        await step("search, until it is shown", last_letter)
        await driver.press("escape")
        await step("sort by level", filtered)
        await step("open a session", open_session)
        await step("open a transcript", open_transcript)
        await step("walk through its words", walk)
        await driver.press("escape", "escape", "escape")
        await step("open progress", open_progress)
        await step("scroll progress", scroll_progress)
        await driver.press("escape")
        beating.cancel()


TIMED = {"open the list": 100, "search, until it is shown": 50, "open progress": 200}
"""What is wished for, in ms."""


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description="How long the review screens keep keys waiting.")
    parser.add_argument("--sessions", type=int, default=10_000)
    parser.add_argument("--store", type=Path, help="a folder with a store made before")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="second-round-review-") as name:
        homes = {}
        for title, sessions in (("few", FEW), ("many", wanted.sessions)):
            homes[title] = Path(name) / title
            homes[title].mkdir()
            if title == "many" and wanted.store:
                homes[title] = wanted.store
                continue
            store = Store(homes[title] / "sessions.sqlite3")
            fill(store, sessions)
            store.close()
        asyncio.run(measure(homes["few"], 1))  # imports and style sheets
        few, many = (asyncio.run(measure(homes[name], wanted.rounds)) for name in ("few", "many"))
    answers = wanted.sessions * ANSWERS
    print(f"{wanted.sessions} sessions, {answers} answers, beside {FEW} sessions; {wanted.rounds} rounds")
    print("\nUntil it is shown, ms: the median, and the longest in brackets")
    for step, wish in TIMED.items():
        _tell(step, many.took[step], few.took[step], f"   wished {wish}")
    print("\nLongest wait of the event loop, ms: the median of the rounds, and the longest in brackets")
    for step, waits in many.waits.items():
        _tell(step, waits, few.waits[step])


def _tell(step: str, ours: list[float], base: list[float], more: str = "") -> None:
    # Under a tenth of a millisecond a ratio says nothing.
    middle, beside = (max(0.1, 1000 * statistics.median(each)) for each in (ours, base))
    print(
        f"{step:<28} {middle:7.1f} ({1000 * max(ours):6.1f})   {FEW} sessions {beside:6.1f} "
        f"({1000 * max(base):6.1f})   {middle / beside:4.1f}x{more}"
    )


if __name__ == "__main__":
    main()

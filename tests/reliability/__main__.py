"""The long runs, with figures.

    python -m tests.reliability [--typed 500] [--spoken 100] [--archive 100] [--fuzz 1000000] [--values 1000]
                                [--seed 1]

kills interviews while they are typed or spoken, and the step that makes recordings smaller, and prints what was lost;
tries spoilt files on every reader, and prints which were slow, took much memory or ended in no sentence; takes in
histories with one value that nobody would write, and looks at them with every command. The exit status is 1 where
anything was lost or found.
"""

import argparse
import os
import random
import sys
import tempfile
from pathlib import Path

import pytest

from tests.reliability.every_command import furnish
from tests.reliability.fuzzing import LARGE_MB, fuzz, most_memory
from tests.reliability.kills import Losses, archive_kills, typed_kills
from tests.reliability.spoken_kills import spoken_kills
from tests.reliability.strange_values import complete, try_histories
from tests.reliability.test_kills import recorded_home
from tests.sound_devices import start


def fuzz_finds_nothing(folder: Path, inputs: int, seed: int) -> bool:
    """Try spoilt files on every reader; the figures after every round, so that one may stop at any time."""
    os.environ["SIMULATOR_HOME"] = str(folder / "home")
    told: set[tuple[str, int]] = set()
    for tried in fuzz(folder, inputs, first=seed * 100_000_000):
        total = sum(each.inputs for each in tried.values())
        failed = sum(len(each.failed) for each in tried.values())
        slow = sum(len(each.slow) for each in tried.values())
        slowest = max(each.slowest for each in tried.values())
        for name, each in tried.items():
            for number in each.failed.keys() - {number for known, number in told if known == name}:
                told.add((name, number))
                print(f"{name} {number}: {each.failed[number]}")
        print(
            f"{total} inputs: {failed} ended in no sentence, {slow} took over 5 s (the slowest {slowest:.2f} s), "
            f"{most_memory():.0f} MB of memory at most",
            flush=True,
        )
    for name, each in tried.items():
        print(f"{name:<18} {each.inputs:8} inputs, {each.read:8} read, slowest {each.slowest:.2f} s {each.slow[:5]}")
    return not failed and not slow and most_memory() < LARGE_MB


def every_value_is_fine(folder: Path, histories: int, seed: int) -> bool:
    """Take in strange histories and look at them; the figures after each twenty."""
    furnished = furnish(folder / "furnished")
    with pytest.MonkeyPatch.context() as patch:
        whole = complete(furnished, patch)
    first, told = seed * 100_000_000, set[int]()
    for tried in try_histories(furnished, whole, folder, range(first, first + histories)):
        for number in tried.failed.keys() - told:
            told.add(number)
            print(f"history {number}: {tried.failed[number]}", flush=True)
        if tried.histories % 20 == 0 or tried.histories == histories:
            print(f"{tried.histories} histories: {tried.taken} taken in, {len(told)} broke something", flush=True)
    return not told


def nothing_lost(losses: Losses) -> bool:
    """Tell the figures; whether nothing was lost but, at most, a second of sound."""
    print(losses, flush=True)
    return losses.none and losses.seconds_lost <= 1


def main() -> int:
    """Run what is asked for; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.reliability", description="Long runs, with figures.")
    for name in ("typed", "spoken", "archive"):
        parser.add_argument(f"--{name}", type=int, default=0, metavar="KILLS")
    parser.add_argument("--fuzz", type=int, default=0, metavar="INPUTS")
    parser.add_argument("--values", type=int, default=0, metavar="HISTORIES")
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    seed, fine = wanted.seed, []
    with tempfile.TemporaryDirectory(prefix="second-round-kills-") as temporary:
        folder = Path(temporary)
        if wanted.typed:
            fine.append(nothing_lost(typed_kills(folder / "typed", wanted.typed, random.Random(seed))))
        if wanted.archive:
            losses = archive_kills(folder / "archive", wanted.archive, random.Random(seed), recorded_home)
            fine.append(nothing_lost(losses))
        if wanted.fuzz:
            fine.append(fuzz_finds_nothing(folder, wanted.fuzz, seed))
        if wanted.values:
            fine.append(every_value_is_fine(folder, wanted.values, seed))
        if wanted.spoken:
            devices = start()
            try:
                fine.append(
                    nothing_lost(spoken_kills(folder / "spoken", wanted.spoken, random.Random(seed), devices))
                )
            finally:
                devices.close()
    return 0 if all(fine) else 1


if __name__ == "__main__":
    sys.exit(main())

"""The long runs, with figures.

    python -m tests.reliability [--typed 500] [--spoken 100] [--archive 100] [--fuzz 1000000] [--seed 1]

kills interviews while they are typed or spoken, and the step that makes recordings smaller, and prints what was lost;
tries spoilt files on every reader, and prints which were slow, took much memory or ended in no sentence.
"""

import argparse
import os
import random
import tempfile
from pathlib import Path

from tests.reliability.fuzzing import fuzz, most_memory
from tests.reliability.kills import archive_kills, typed_kills
from tests.reliability.spoken_kills import spoken_kills
from tests.reliability.test_kills import recorded_home
from tests.sound_devices import start


def tell_of_fuzz(folder: Path, inputs: int, seed: int) -> None:
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


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.reliability", description="Long runs, with figures.")
    for name in ("typed", "spoken", "archive"):
        parser.add_argument(f"--{name}", type=int, default=0, metavar="KILLS")
    parser.add_argument("--fuzz", type=int, default=0, metavar="INPUTS")
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="second-round-kills-") as temporary:
        folder = Path(temporary)
        if wanted.typed:
            print(typed_kills(folder / "typed", wanted.typed, random.Random(wanted.seed)), flush=True)
        if wanted.archive:
            chance = random.Random(wanted.seed)
            print(archive_kills(folder / "archive", wanted.archive, chance, recorded_home), flush=True)
        if wanted.fuzz:
            tell_of_fuzz(folder, wanted.fuzz, wanted.seed)
        if wanted.spoken:
            devices = start()
            try:
                print(spoken_kills(folder / "spoken", wanted.spoken, random.Random(wanted.seed), devices))
            finally:
                devices.close()


if __name__ == "__main__":
    main()

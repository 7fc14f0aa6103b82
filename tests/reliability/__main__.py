"""The long runs, with figures.

    python -m tests.reliability [--typed 500] [--spoken 100] [--archive 100] [--seed 1]

kills as many interviews as they are typed or spoken, and as many steps that make recordings smaller, and prints what
was lost.
"""

import argparse
import random
import tempfile
from pathlib import Path

from tests.reliability.kills import archive_kills, typed_kills
from tests.reliability.spoken_kills import spoken_kills
from tests.reliability.test_kills import recorded_home
from tests.sound_devices import start


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.reliability", description="Long runs, with figures.")
    for name in ("typed", "spoken", "archive"):
        parser.add_argument(f"--{name}", type=int, default=0, metavar="KILLS")
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="second-round-kills-") as temporary:
        folder = Path(temporary)
        if wanted.typed:
            print(typed_kills(folder / "typed", wanted.typed, random.Random(wanted.seed)), flush=True)
        if wanted.archive:
            chance = random.Random(wanted.seed)
            print(archive_kills(folder / "archive", wanted.archive, chance, recorded_home), flush=True)
        if wanted.spoken:
            devices = start()
            try:
                print(spoken_kills(folder / "spoken", wanted.spoken, random.Random(wanted.seed), devices))
            finally:
                devices.close()


if __name__ == "__main__":
    main()

"""How quickly banks load and are searched, as ratios to a plain YAML load of the same files.

Run: python tests/benchmarks/bank_benchmark.py [QUESTIONS]
Milliseconds are the median of several runs on this machine; the ratios are what can be compared.
"""

import gc
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from simulator.paths import shipped
from simulator.questions import bank_files
from simulator.questions.advice import near_duplicates
from simulator.questions.bank import Bank
from simulator.questions.bank_files import bank_paths, find_banks
from simulator.questions.editing import change_bank, save_bank
from simulator.questions.search import QuestionIndex

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
WORDS = ("mistake", "team cust", "nothing-of-the-kind", "e", "behavioural patient first")


def milliseconds(work: Callable[[], object], times: int = 5) -> float:
    """The median time of some runs."""
    taken = []
    for _ in range(times):
        gc.collect()
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def line(what: str, time_taken: float, baseline: float = 0.0) -> None:
    """One line of the report."""
    ratio = f"{time_taken / baseline:8.2f} of a plain YAML load" if baseline else ""
    print(f"{what:<52} {time_taken:9.1f} ms {ratio}")


def large_bank(count: int) -> str:
    """The shipped questions over and over, each with an id of its own."""
    blocks = []
    for path in bank_paths(shipped("question_banks")):
        blocks += re.split(r"(?m)^  - ", path.read_text(encoding="utf-8").partition("questions:\n")[2])[1:]
    lines = ["bank: large\ntitle: A large bank\nquestions:\n"]
    for number in range(count):
        lines.append("  - " + re.sub(r"^id: (.*)", rf"id: \1-{number}", blocks[number % len(blocks)], count=1))
    return "".join(lines)


def fresh(folders: list[Path]) -> list[Bank]:
    """All banks as at a start of the app."""
    bank_files.last_read.clear()
    return [bank for bank in find_banks(folders) if isinstance(bank, Bank)]


def main() -> None:
    """Print the report."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    own = shipped("question_banks")
    texts = [path.read_text(encoding="utf-8") for path in bank_paths(own)]
    plain = milliseconds(lambda: [yaml.load(text, Loader=LOADER) for text in texts])
    print(f"Shipped: {len(texts)} banks, {sum(len(bank.questions) for bank in fresh([own]))} questions")
    line("plain YAML load", plain)
    line("load and check all shipped banks", milliseconds(lambda: fresh([own])), plain)
    line("the same again, nothing changed on disk", milliseconds(lambda: find_banks([own])), plain)

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "banks"
        folder.mkdir()
        text = large_bank(count)
        (folder / "large.yaml").write_text(text, encoding="utf-8")
        folders = [Path(name) / "none", folder]
        print(f"\nLarge: {count} questions, {len(text) / 1e6:.1f} MB")
        plain = milliseconds(lambda: yaml.load(text, Loader=LOADER), 1)
        line("plain YAML load", plain)
        line("load and check", milliseconds(lambda: fresh(folders), 1), plain)
        line("list again, nothing changed on disk", milliseconds(lambda: find_banks(folders)), plain)
        (bank,) = fresh(folders)
        line("make the index for searching", milliseconds(lambda: QuestionIndex([bank])), plain)
        index = QuestionIndex([bank])
        for words in WORDS:
            hits = len(index.search(words))
            line(f"search '{words}' ({hits} found)", milliseconds(lambda: index.search(words)))
        line(
            "look for near duplicates",
            milliseconds(lambda: list(near_duplicates([(bank, q) for q in bank.questions])), 1),
            plain,
        )
        line("save with one change", milliseconds(lambda: save_bank(change_bank(bank, title="New")), 1), plain)


if __name__ == "__main__":
    main()

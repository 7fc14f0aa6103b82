"""How fast classes open: ten of forty students with a year of practice, beside one of two students.

    python -m tests.benchmarks.class_benchmark [--classes N] [--students N] [--sessions N]

Told is the median of several runs in milliseconds of processor time, the worst in brackets, and the ratio to the bare
read and decoding of the same documents with SQLite and msgspec: what nobody can do without. What is wished for: all
of it within 200 ms. Nothing here fails.
"""

import argparse
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from simulator.classroom.class_overview import ClassOverview, overview_of, student_rows
from simulator.classroom.classes import DIGESTS, Classes
from simulator.classroom.digests import AnswerDigest, SessionDigest
from simulator.classroom.pages import class_page

RUNS = 7
FIRST = datetime(2026, 1, 5, 18, tzinfo=UTC)
MISSING = ("a particular event", "your part", "what came of it", "something to check", "where it leads")


def digests(class_id: str, student_id: str, sessions: int, seed: int) -> list[SessionDigest]:
    """A year of a student: a session a week with four answers each, better with time."""
    made = []
    for number in range(sessions):
        at = FIRST + timedelta(days=7 * number, hours=seed % 5)
        answers = tuple(
            AnswerDigest(
                f"question-{(seed + number + n) % 25}",
                {
                    "examples": min(4, (seed + n) % 3 + number // 20),
                    **({"motivation": (seed + number) % 5} if n == 1 else {}),
                },
                MISSING[(seed + n) % 3 : (seed + n) % 3 + 2],
            )
            for n in range(4)
        )
        session_id = f"{class_id}.{student_id}.{at:%Y%m%d-%H%M%S}-{seed % 65536:04x}"
        made.append(SessionDigest(session_id, f"{at:%Y-%m-%dT%H:%M:%SZ}", 12.5, answers))
    return made


def fill(classes: Classes, count: int, students: int, sessions: int) -> None:
    """Classes as they are kept when students' files were taken in, without the sessions themselves."""
    for number in range(count):
        roster = classes.new(f"Class {number}", [f"Student {number} {n}" for n in range(students)])
        for n, student in enumerate(roster.students):
            text = msgspec.json.encode(digests(roster.id, student.id, sessions, 97 * number + n)).decode()
            classes.store.keep_document(f"{DIGESTS}{roster.id}", student.id, text)


def timed(work: Callable[[], object]) -> list[float]:
    """Milliseconds of processor time of each run: what else the machine does is left out."""
    took = []
    for _ in range(RUNS):
        began = time.process_time()
        work()
        took.append(1000 * (time.process_time() - began))
    return took


def opened(folder: Path, work: Callable[[Classes], object]) -> None:
    """One run from the closed file on."""
    classes = Classes(folder)
    work(classes)
    classes.close()


def bare(folder: Path, kind: str) -> None:
    """The same documents, and nothing else."""
    connection = sqlite3.connect(folder / "classes.sqlite3")
    rows = connection.execute("SELECT text FROM document WHERE kind GLOB ?", (kind,)).fetchall()
    for (text,) in rows:
        msgspec.json.decode(text)
    connection.close()


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description="How fast classes open.")
    parser.add_argument("--classes", type=int, default=10)
    parser.add_argument("--students", type=int, default=40)
    parser.add_argument("--sessions", type=int, default=52)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="second-round-classes-") as name:
        folder = Path(name)
        classes = Classes(folder)
        fill(classes, wanted.classes, wanted.students, wanted.sessions)
        classes.close()
        size = (folder / "classes.sqlite3").stat().st_size / 1_000_000
        print(f"{wanted.classes} classes of {wanted.students}, {wanted.sessions} sessions each; {size:.1f} MB")
        one, every = f"{DIGESTS}class-1", f"{DIGESTS}*"

        def overview(classes: Classes) -> ClassOverview:
            return overview_of(classes, classes.get("class-1"))

        steps: dict[str, tuple[Callable[[Classes], object], str]] = {
            "the list of classes": (lambda classes: classes.rosters.all(), "class"),
            "one class": (lambda classes: student_rows(overview(classes)), one),
            "one class as a page": (lambda classes: class_page(overview(classes), "today"), one),
            "all, one after another": (
                lambda classes: [overview_of(classes, r) for r in classes.rosters.all()],
                every,
            ),
        }
        for title, (work, kind) in steps.items():
            ours = timed(lambda: opened(folder, work))
            base = timed(lambda: bare(folder, kind))
            middle, beside = statistics.median(ours), statistics.median(base)
            ratio = f"bare {beside:6.1f}   {middle / beside:4.1f}x   wished 200"
            print(f"{title:<24} {middle:7.1f} ({max(ours):6.1f})   {ratio}")


if __name__ == "__main__":
    main()

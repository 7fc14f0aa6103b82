"""How fast a long history is: 10,000 sessions with 80,000 answers.

Each look-up stands beside the bare SQLite read of the rows that it shows.

Run it with `python -m tests.benchmarks.store_benchmark [--sessions N]`. It prints milliseconds (the median and the
worst of several runs) and the ratio to the baseline; nothing here fails.
"""

import argparse
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from simulator.questions.bank import Kind, Question
from simulator.sessions.home_overview import home_overview
from simulator.sessions.progress import progress, weak_spots
from simulator.sessions.session import Answer, Session, answer_id
from simulator.sessions.store import Store
from tests.sessions.made import STRONG, WEAK, answered, practice

RUNS = 15
ANSWERS = 8
COMPETENCIES = ("conflict", "planning", "teamwork", "learning", "leading", "persuading", "failing", "curiosity")
NAMES = (
    *("anna", "ben", "carla", "dmitri", "elif", "farid", "grace", "hugo", "ines", "jun", "kofi", "lena"),
    *("miro", "nadia", "otto", "petra", "quentin", "rosa"),
)
APART = timedelta(hours=5)


def made(number: int, started: datetime, chance: random.Random, models: dict[str, Answer]) -> Session:
    """A session like others, its words mixed so that the index has something to tell apart."""
    session_id = f"{started:%Y%m%d-%H%M%S}-{number % 65536:04x}"
    answers = []
    for position in range(ANSWERS):
        competency = COMPETENCIES[position]
        model = models[chance.choice(("strong", "weak"))]
        question = Question(
            f"{competency}-{chance.randrange(12)}", f"Tell me about {competency}.", Kind.BEHAVIOURAL, competency,
            ("examples",),
        )  # fmt: skip
        words = list(model.transcript.words)
        for name in chance.sample(NAMES, 3):
            at = chance.randrange(len(words))
            words[at] = replace(words[at], text=name)
        utterance = replace(model.utterances[0], transcript=replace(model.transcript, words=tuple(words)))
        when = started + timedelta(minutes=3 * position)
        answers.append(
            replace(
                model,
                id=answer_id(session_id, position, 1),
                session_id=session_id,
                position=position,
                question=question,
                utterances=(utterance,),
                answered_at=f"{when:%Y-%m-%dT%H:%M:%SZ}",
            )
        )
    return practice(session_id, started_at=f"{started:%Y-%m-%dT%H:%M:%SZ}", answers=tuple(answers))


def fill(store: Store, sessions: int) -> None:
    """Put them in, a hundred in each transaction, the last of them today: lists and weeks have something to show."""
    chance = random.Random(7)
    first = datetime.now(UTC) - sessions * APART
    question = Question("q", "Tell me.", Kind.BEHAVIOURAL, "x", ("examples",))
    models = {"strong": answered("m", 0, question, STRONG), "weak": answered("m", 0, question, WEAK)}
    for begin in range(0, sessions, 100):
        numbers = range(begin, min(begin + 100, sessions))
        store.begin(*(made(number, first + number * APART, chance, models) for number in numbers))


def milliseconds(work: Callable[[], object]) -> tuple[float, float]:
    """Median and worst of several runs."""
    took = []
    for _ in range(RUNS):
        started = time.perf_counter()
        work()
        took.append((time.perf_counter() - started) * 1000)
    return statistics.median(took), max(took)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=10_000)
    wanted = parser.parse_args().sessions
    with tempfile.TemporaryDirectory(prefix="second-round-benchmark-") as folder:
        path = Path(folder) / "sessions.sqlite3"
        started = time.perf_counter()
        store = Store(path)
        fill(store, wanted)
        took = time.perf_counter() - started
        store.close()
        size = path.stat().st_size / 1_000_000
        print(f"{wanted} sessions, {wanted * ANSWERS} answers, {size:.0f} MB, filled in {took:.0f} s")
        _opening(path)
        _looking(path)


def _opening(path: Path) -> None:
    def bare() -> None:
        connection = sqlite3.connect(path)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.close()

    _tell("open", milliseconds(lambda: Store(path).close()), "a bare connection", milliseconds(bare))


def _looking(path: Path) -> None:
    store = Store(path)
    bare = sqlite3.connect(path)
    today = date.fromisoformat(store.summaries(limit=1)[0].started_at[:10])
    some = store.session_ids()[store.count() // 2]

    def rows(query: str, *values: object) -> Callable[[], object]:
        return lambda: bare.execute(query, values).fetchall()

    page = rows("SELECT * FROM session ORDER BY started_at DESC LIMIT 200")
    of_session = rows("SELECT * FROM answer WHERE session_id=?", some)
    levels = rows("SELECT rubric, level, answered_at, competency FROM level")
    match = "SELECT rowid, ask, said FROM answer_words WHERE answer_words MATCH ? LIMIT 50"
    recent = store.levels_over_time(latest=1)[0]
    keep = store.answer(recent.answer_id)
    for name, work, baseline, base in (
        ("list, 200 rows", lambda: store.summaries(limit=200), "the same session rows", page),
        ("list, the last page", lambda: store.summaries(limit=200, offset=max(0, store.count() - 200)), "same", page),
        ("list by level", lambda: store.summaries(limit=200, sort="weakest", rubric="examples"), "same", page),
        ("list of a question", lambda: store.summaries(limit=200, question_id="planning-3"), "same", page),
        ("search, one word", lambda: store.search("dmitri"), "the same rows", rows(match, "dmitri")),
        ("search, everywhere", lambda: store.search("the"), "the same rows", rows(match, "the")),
        ("search, a beginning", lambda: store.search("d"), "the same rows", rows(match, "d*")),
        ("search, two words", lambda: store.search("side elif"), "the same rows", rows(match, "side elif")),
        ("progress", lambda: progress(store, today), "all levels as rows", levels),
        ("home overview", lambda: home_overview(store, today), "all levels as rows", levels),
        ("weak spots", lambda: weak_spots(store), "all levels as rows", levels),
        ("one session", lambda: store.session(some), "its answer rows", of_session),
        ("keep an answer", lambda: store.keep_answer(keep), "its session's rows", of_session),
    ):
        _tell(name, milliseconds(work), baseline, milliseconds(base))
    bare.close()
    store.close()


def _tell(name: str, ours: tuple[float, float], baseline: str, base: tuple[float, float]) -> None:
    ratio = ours[0] / base[0] if base[0] else float("inf")
    print(f"{name:<22} {ours[0]:8.2f} ms (worst {ours[1]:7.2f})   {ratio:8.1f}x {baseline} ({base[0]:.2f} ms)")


if __name__ == "__main__":
    main()

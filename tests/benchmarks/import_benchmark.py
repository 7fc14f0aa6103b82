"""What an import finds and how often its guesses are right: `python -m tests.benchmarks.import_benchmark`.

Prints, for each sample list, how many of its questions were found and what was taken for a question besides; how many
kinds are right in the samples, and in the questions kept apart in five languages beside always guessing the commonest
kind; and the time of a long list beside reading it as bare CSV. `python -m tests.question_kinds.train --folds` tells
how often kinds are right in questions left out while learning.
"""

import csv
import tempfile
import time
from collections import Counter
from pathlib import Path

from simulator.questions.importing import read_import
from simulator.questions.kind_model import guess_kind
from simulator.questions.kinds import guess_kinds
from tests.question_kinds.labelled import LANGUAGES, Labelled, kept_apart, to_learn_from
from tests.questions.samples import samples, write

LONG = 50_000


def share(right: int, of: int) -> str:
    """A count of a count, and as a share."""
    return f"{right} of {of} ({right / of:.3f})"


def samples_found() -> None:
    """Questions and kinds of every sample."""
    kinds_right = kinds = 0
    with tempfile.TemporaryDirectory() as folder:
        for sample in samples():
            found = [each.question for each in read_import(write(Path(folder), sample)).questions]
            wanted = dict(sample.asked)
            there = [question for question in found if question.ask in wanted]
            right = sum(question.kind is wanted[question.ask] for question in there)
            kinds, kinds_right = kinds + len(wanted), kinds_right + right
            besides = len(found) - len(there)
            print(f"  {sample.name:<16} found {len(there)} of {len(wanted)}, besides {besides}, kinds right {right}")
    print(f"kinds right in the samples: {share(kinds_right, kinds)}")


def kinds_kept_apart() -> None:
    """Kinds of questions that nothing was learned from and nothing tuned on, language by language."""
    learned = to_learn_from()
    every: list[Labelled] = []
    right_of_all = 0
    for language in LANGUAGES:
        asked = kept_apart(language, learned)
        guessed = guess_kinds([each.ask for each in asked])
        right = sum(kind is each.kind for each, kind in zip(asked, guessed, strict=True))
        by_words = sum(guess_kind(each.ask) is each.kind for each in asked)
        every, right_of_all = every + asked, right_of_all + right
        of = len(asked)
        print(f"kinds right kept apart, {language}: {share(right, of)}, by words alone {share(by_words, of)}")
    commonest = max(Counter(each.kind for each in every).values())
    of = len(every)
    print(f"kept apart in all: {share(right_of_all, of)}; always the commonest kind {share(commonest, of)}")


def long_list() -> None:
    """The time of a long table, as a ratio to reading its cells."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.csv"
        rows = "".join(f"What would you do about case {number}?,90,{number % 7}\n" for number in range(LONG))
        path.write_text("Question,Seconds,Group\n" + rows, encoding="utf-8")
        begun = time.perf_counter()
        with path.open(encoding="utf-8", newline="") as file:
            list(csv.reader(file))
        bare = time.perf_counter() - begun
        begun = time.perf_counter()
        found = read_import(path)
        took = time.perf_counter() - begun
    print(f"{len(found.questions)} questions in {took:.1f} s, {took / bare:.0f} times the bare reading of the cells")


if __name__ == "__main__":
    samples_found()
    kinds_kept_apart()
    long_list()

"""What an import finds and how often its guesses are right: `python -m tests.benchmarks.import_benchmark`.

Prints, for each sample list, how many of its questions were found and what was taken for a question besides; how many
kinds are right in the samples, in the shipped banks (each question learned from all others) and in the questions of
the marked answers (none of which is learned from); and the time of a long list beside reading it as bare CSV.
"""

import csv
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import yaml

from simulator.paths import shipped
from simulator.questions.bank import Kind
from simulator.questions.bank_files import bank_paths, read_bank
from simulator.questions.guessing import guess_kind
from simulator.questions.importing import read_import
from simulator.questions.kinds import HEADING, RIDGE, KindReader, guess_kinds, is_english, kinds_meant, labelled
from tests.questions.samples import samples, write
from tests.questions.test_import_untidy import EXPECTED, path_of

MARKED = Path(__file__).parents[1] / "reading_model" / "answers"
FOREIGN = Path(__file__).parents[1] / "questions" / "foreign_questions.yaml"
LONG = 50_000
HEADINGS = {
    Kind.OPENING: "Breaking the ice",
    Kind.MOTIVATION: "Why this job",
    Kind.BEHAVIOURAL: "Past experience",
    Kind.SITUATIONAL: "What would you do?",
    Kind.STRENGTH: "Your strong sides",
    Kind.WEAKNESS: "Areas to work on",
    Kind.CLOSING: "Wrapping up",
}
"""Headings as coaches write them, none of which stands in a list of the app's."""


def share(right: int, of: int) -> str:
    """A count of a count, and as a share."""
    return f"{right} of {of} ({right / of:.3f})"


def most_usual(kinds: Iterable[Kind]) -> str:
    """The baseline: how often one is right who always says the kind that is most usual there."""
    ((kind, right),) = (counted := Counter(kinds)).most_common(1)
    return f"  always '{kind}': {share(right, counted.total())}"


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
    print(most_usual(kind for sample in samples() for kind in dict(sample.asked).values()))


def leave_one_out(reader: KindReader, below: Sequence[str] = ()) -> list[Kind]:
    """The kind of each known question as learned from all the others (the closed form of ridge regression), each
    `below` a heading where headings are given."""
    import numpy

    rows, targets = reader.trained_on
    kernel = rows @ rows.T
    hat = kernel @ numpy.linalg.inv(kernel + RIDGE * numpy.eye(len(kernel)))
    own = numpy.diag(hat)[:, None]
    # Questions that count for more are scaled; what a heading counts for is not.
    scores = (hat @ targets - own * targets) / (1 - own) / abs(targets)
    meant = kinds_meant(frozenset(below))
    for row, heading in enumerate(below):
        if heading in meant:
            scores[row, tuple(Kind).index(meant[heading])] += HEADING
    return [tuple(Kind)[place] for place in scores.argmax(axis=1)]


def kinds_left_out() -> None:
    """Each shipped question's kind as learned from all the others."""
    known = [each for each in labelled() if is_english(each.ask)]
    below = [HEADINGS[each.kind] for each in known]
    ours = {question.ask for path in bank_paths(shipped("question_banks")) for question in read_bank(path).questions}
    ways = (
        ("with sentence vectors", True, ()),
        ("by words alone", False, ()),
        ("with sentence vectors below unlisted headings", True, below),
    )
    for words, by_meaning, headings in ways:
        told = zip(known, leave_one_out(KindReader(known, by_meaning), headings), strict=True)
        right = [kind is each.kind for each, kind in told if each.ask in ours]
        print(f"kinds right in the shipped banks, each left out, {words}: {share(sum(right), len(right))}")
    print(most_usual(each.kind for each in known if each.ask in ours))


def kinds_of_marked_questions() -> None:
    """Questions of the marked answers, as people ask them; none of them is among those learned from."""
    known = {each.ask for each in labelled()}
    asked: dict[str, Kind] = {}
    kind = ""
    for path in sorted(MARKED.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("== "):
                kind = line.split("|")[1].strip()
            elif (found := re.match(r"\? (.+)", line)) and kind in list(Kind) and found[1] not in known:
                asked.setdefault(found[1], Kind(kind))
    asks = list(asked)[::3]
    right = sum(kind is asked[ask] for ask, kind in zip(asks, guess_kinds(asks), strict=True))
    print(f"kinds right in questions never seen (a third of the marked ones): {share(right, len(asks))}")
    print(most_usual(asked[ask] for ask in asks))


def untidy_and_foreign() -> None:
    """Kinds in lists as people really keep them, and in four other languages without any heading."""
    with tempfile.TemporaryDirectory() as folder:
        pairs = [
            (imported.question.kind, Kind(row[0]))
            for name, rows in EXPECTED.items()
            for imported, row in zip(read_import(path_of(name, Path(folder))).questions, rows, strict=True)
        ]
    print(f"kinds right in untidy lists: {share(sum(said is kind for said, kind in pairs), len(pairs))}")
    print(most_usual(kind for _, kind in pairs))
    foreign = yaml.safe_load(FOREIGN.read_text(encoding="utf-8"))
    asked = {ask: Kind(kind) for kind, asks in foreign.items() for ask in asks}
    right = sum(kind is asked[ask] for ask, kind in zip(asked, guess_kinds(list(asked)), strict=True))
    by_patterns = sum(guess_kind(ask) is kind for ask, kind in asked.items())
    print(f"kinds right in other languages: {share(right, len(asked))}")
    print(f"  by patterns alone: {share(by_patterns, len(asked))}")
    print(most_usual(asked.values()))


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
    kinds_left_out()
    kinds_of_marked_questions()
    untidy_and_foreign()
    long_list()

"""The questions whose kinds are known: those to learn from, those kept apart."""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import yaml

from simulator.paths import shipped
from simulator.questions.bank import Kind
from simulator.questions.bank_files import bank_paths, read_bank

HERE = Path(__file__).parent
LANGUAGES = ("en", "de", "fr", "es", "sv")
MARKED = HERE.parent / "reading_model" / "answers"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question, its kind and language, and where it comes from: `questions`, `pattern`, `bank`, or who wrote it."""

    ask: str
    kind: Kind
    language: str
    source: str


def same_words(ask: str) -> str:
    """What is equal in questions of the same words."""
    return " ".join(re.findall(r"\w+", ask.casefold()))


def _listed(path: Path) -> Iterator[tuple[str, Kind]]:
    for kind, asks in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        yield from ((ask, Kind(kind)) for ask in asks)


def wordings(pattern: str, chance: random.Random) -> list[str]:
    """Some of a pattern's wordings, each of its parts at least once."""
    slots = [slot.split("|") for slot in re.findall(r"\{([^{}]*)\}", pattern)]
    count = max(map(len, slots), default=1)
    columns = []
    for parts in slots:
        column: list[str] = []
        while len(column) < count:
            # Shuffled by hand: what the standard library's shuffle does may change with Python.
            column += sorted(parts, key=lambda _: chance.random())
        columns.append(column)
    fixed = re.split(r"\{[^{}]*\}", pattern)
    found = set()
    for row in range(count):
        parts = [*(column[row] for column in columns), ""]
        text = "".join(before + part for before, part in zip(fixed, parts, strict=True))
        found.add(re.sub(r" ([.,?])", r"\1", " ".join(text.split())))
    return sorted(found)


def marked() -> Iterator[Labelled]:
    """The questions of the marked answers, by the hand that wrote them."""
    kind = ""
    for path in sorted(MARKED.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("== "):
                kind = line.split("|")[1].strip()
            elif (found := re.match(r"\? (.+)", line)) and kind in list(Kind):
                yield Labelled(found[1], Kind(kind), "en", path.stem.split("-")[0])


def _all() -> Iterator[Labelled]:
    for path in bank_paths(shipped("question_banks")):
        yield from (Labelled(each.ask, each.kind, "en", "bank") for each in read_bank(path).questions)
    yield from marked()
    chance = random.Random(1)
    for language in LANGUAGES:
        for ask, kind in _listed(HERE / "questions" / f"{language}.yaml"):
            yield Labelled(ask, kind, language, "questions")
        patterns = HERE / "patterns" / f"{language}.yaml"
        for pattern, kind in _listed(patterns) if patterns.exists() else ():
            yield from (Labelled(ask, kind, language, "pattern") for ask in wordings(pattern, chance))


@lru_cache(maxsize=1)
def to_learn_from() -> tuple[Labelled, ...]:
    """All questions to learn from, each once; of the kinds that hands gave it, the one most gave."""
    found: dict[str, Labelled] = {}
    given: dict[str, Counter[Kind]] = {}
    for each in _all():
        key = same_words(each.ask)
        found.setdefault(key, each)
        given.setdefault(key, Counter())[each.kind] += 1
    return tuple(replace(each, kind=given[key].most_common(1)[0][0]) for key, each in found.items())


def kept_apart(language: str, learned: Sequence[Labelled]) -> list[Labelled]:
    """The questions of one language that only the final measurement opens, but those that were learned."""
    known = {same_words(each.ask) for each in learned}
    listed = _listed(HERE / "kept_apart" / f"{language}.yaml")
    return [Labelled(ask, kind, language, "kept apart") for ask, kind in listed if same_words(ask) not in known]

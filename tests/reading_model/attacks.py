"""Ways to trick a scorer, for the benchmark: each kind in at least ten variants.

The words lie in `attacks.yaml` beside this file. Randomness is handed in, so that a seed always makes the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random

from simulator.yaml_nodes import load_yaml

VARIANTS = 12
"""Of each kind."""
WEAK_JOINED = 3
"""Weak answers joined to one."""

QUESTION = "Tell me about a time you had to solve a difficult problem at work. What did you do?"
WHY = "Why do you want to work here with us in this team?"


@dataclass(frozen=True, slots=True)
class Attack:
    """One try: the question asked and the text said."""

    kind: str
    question: str
    text: str


@lru_cache(maxsize=1)
def texts() -> Mapping[str, tuple[str, ...]]:
    """The words that attacks are made of, by kind."""
    document = load_yaml(Path(__file__).parent / "attacks.yaml")
    return {name: tuple(entries) for name, entries in document.items()}


def _stuffed(random: Random) -> Iterator[Attack]:
    for words in texts()["stuffing"]:
        parts = words.split()
        random.shuffle(parts)
        yield Attack("keywords stuffed", QUESTION, " ".join(parts * random.choice((1, 2, 3))))


def _salads(random: Random) -> Iterator[Attack]:
    for _ in range(VARIANTS):
        phrases = random.sample(texts()["cue_phrases"], random.randint(12, 30))
        yield Attack("cue words strung together", QUESTION, " ".join(phrases))


def _read_back(_random: Random) -> Iterator[Attack]:
    for number, question in enumerate(texts()["questions"]):
        words = "".join(letter for letter in question.lower() if letter not in ".?,")
        lead = ("", "so ", "you ask me to ", "okay so ")[number % 4]
        tail = ("", " that is a good question", " hmm let me think about that", " yes")[number % 4]
        yield Attack("the question read back", question, lead + words + tail)


def _repeated(random: Random) -> Iterator[Attack]:
    for weak in texts()["weak"]:
        yield Attack("one weak sentence again and again", QUESTION, " ".join([weak] * random.randint(3, 8)))


def _rambling(random: Random) -> Iterator[Attack]:
    for _ in range(VARIANTS):
        whole = [*texts()["rambling"], *random.sample(texts()["weak"], random.randint(2, 6))]
        random.shuffle(whole)
        yield Attack("long rambling", QUESTION, " ".join(whole))


def attacks(random: Random) -> list[Attack]:
    """Every attack that must earn at most level 1, or not be scored."""
    found = [*_stuffed(random), *_salads(random), *_read_back(random), *_repeated(random), *_rambling(random)]
    found.extend(Attack("another language", QUESTION, text) for text in texts()["other_languages"])
    found.extend(Attack("one word", QUESTION, text) for text in texts()["one_word"])
    return found


def joined_weak(random: Random, weak: Sequence[str] = (), count: int = VARIANTS) -> list[tuple[str, ...]]:
    """Groups of weak answers; joined, none may beat its best part."""
    given = list(weak or texts()["weak"])
    return [tuple(random.sample(given, WEAK_JOINED)) for _ in range(count)]


def shuffled(random: Random, text: str) -> str:
    """The same words in another order."""
    words = text.split()
    random.shuffle(words)
    return " ".join(words)


def by_kind(found: Sequence[Attack]) -> Mapping[str, list[Attack]]:
    """Attacks grouped by kind, in their order."""
    groups: dict[str, list[Attack]] = {}
    for attack in found:
        groups.setdefault(attack.kind, []).append(attack)
    return groups

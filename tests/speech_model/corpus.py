"""The training material: every sentence in many voices, with the phone spoken in each 10 ms.

Made in shards, each by a process of its own: espeak-ng carries a little of one utterance over into
the next, so only a fixed order in a fresh process gives the same samples every time.
"""

import multiprocessing
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np

from .phones import SILENCE
from .sound import Features, Heard, disguised, features, wordless
from .synthesise import Espeak, Spoken, SpokenWords
from .texts import read_texts, spoken_lines

VOICES = (
    *("en-us",) * 4,
    *("en-us+f2", "en-us+f3", "en-us+m3") * 2,
    *("en-us+f1", "en-us+f4", "en-us+m1", "en-us+m2", "en-us+m4", "en-us+m5", "en-us+m7"),
    *("en-us+klatt", "en-us+klatt2", "en-us+klatt4"),
    *("en", "en", "en+f2", "en+f3", "en+m3", "en-gb-x-rp"),
)
"""Voices of the training speech; those named more than once are heard more often."""

WORDLESS_PER_SHARD = 36


@dataclass(frozen=True, slots=True)
class Example:
    """One utterance for the network: features and the phone of every row."""

    features: Features
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """All utterances, and how often which words were heard in which pronunciation."""

    examples: tuple[Example, ...]
    heard: Mapping[SpokenWords, int]

    @property
    def hours(self) -> float:
        """How much sound there is."""
        return sum(len(example.labels) for example in self.examples) / 360_000


def make_corpus(shards: int, seed: int, workers: int) -> Corpus:
    """Speak everything `shards` times over. The result does not depend on the number of `workers`."""
    # A fresh process for each shard, see above.
    processes = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=processes, max_tasks_per_child=1) as pool:
        parts = list(pool.map(_make_shard, [(seed, shard) for shard in range(shards)]))
    heard: Counter[SpokenWords] = Counter()
    for part in parts:
        heard.update(part.heard)
    return Corpus(tuple(example for part in parts for example in part.examples), heard)


def _make_shard(task: tuple[int, int]) -> Corpus:
    chance = np.random.default_rng(task)
    espeak = Espeak()
    examples: list[Example] = []
    heard: Counter[SpokenWords] = Counter()
    for line in spoken_lines(read_texts(), chance):
        voice = str(chance.choice(VOICES))
        rate = min(230, max(115, int(chance.normal(165, 22))))
        spoken = espeak.speak(line, voice, rate, pitch=int(chance.integers(25, 76)))
        examples.append(labelled(spoken, disguised(spoken.samples, chance)))
        heard.update(spoken.words)
    for _ in range(WORDLESS_PER_SHARD):
        rows = features(wordless(chance))
        examples.append(Example(rows, (SILENCE,) * len(rows)))
    return Corpus(tuple(examples), heard)


def labelled(spoken: Spoken, heard: Heard) -> Example:
    """Features of what was heard, each row with the phone that was being spoken at its centre."""
    rows = features(heard.samples)
    labels = [SILENCE] * len(rows)
    ends = [*(phone.at for phone in spoken.phones[1:]), float("inf")]
    for phone, end in zip(spoken.phones, ends, strict=True):
        first = max(0, heard.frame(phone.at))
        last = len(rows) if end == float("inf") else min(len(rows), heard.frame(end))
        if phone.what != SILENCE:
            labels[first:last] = [phone.what] * max(0, last - first)
    return Example(rows, tuple(labels))

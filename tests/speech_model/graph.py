"""The decoding graph: every way through words, phones and silences, as a weighted transducer.

For each word there is one chain of states per pronunciation, shared by all its predecessors, which
is all that a bigram needs. On entering a phone the forward transition is read; the self-loop on the state reached
lets it last. In Kaldi's numbering phone `p` has the transitions `2p - 1` (self-loop) and `2p`
(forward). The word stands on the arc into its last phone, so that a partial result never shows a
word whose end has not been heard.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from .language_model import BEGIN, END, LanguageModel
from .lexicon import Lexicon
from .phones import PhoneTable

EPSILON = 0
_SILENCE_PHONE = 1
_NO_PAUSE, _PAUSE = -math.log(0.8), -math.log(0.2)


@dataclass(frozen=True, slots=True)
class Arc:
    """Read `input`, write `output`, pay `cost` (a negative logarithm), go to `target`."""

    input: int
    output: int
    cost: float
    target: int


@dataclass(slots=True)
class Graph:
    """A transducer while it is being built. State 0 is the start; `final` states may end an utterance."""

    arcs: list[list[Arc]] = field(default_factory=list)
    final: set[int] = field(default_factory=set)

    def state(self) -> int:
        """A new state."""
        self.arcs.append([])
        return len(self.arcs) - 1

    def arc(self, source: int, target: int, cost: float = 0.0, *, read: int = EPSILON, write: int = EPSILON) -> None:
        """A new arc."""
        self.arcs[source].append(Arc(read, write, cost, target))

    def phone(self, source: int, phone: int, cost: float = 0.0, *, write: int = EPSILON) -> int:
        """A phone after `source`, of any length. Returns the state in which it lasts."""
        lasting = self.state()
        self.arc(source, lasting, cost, read=2 * phone, write=write)
        self.arc(lasting, lasting, read=2 * phone - 1)
        return lasting


def build_graph(words: Sequence[str], lexicon: Lexicon, language: LanguageModel, phones: PhoneTable) -> Graph:
    """The graph over `words`, the first of which has the number 1 in `words.txt`."""
    graph = Graph()
    start = graph.state()
    said = {word: graph.state() for word in (BEGIN, *words)}
    entries = {word: graph.state() for word in words}
    anything = graph.state()
    finished = graph.state()
    graph.final.add(finished)

    _pause_or_not(graph, start, said[BEGIN])
    for number, word in enumerate(words, start=1):
        spoken = graph.state()
        for sounds, cost in lexicon[word]:
            state = entries[word]
            for index, sound in enumerate(sounds):
                last = index == len(sounds) - 1
                phone = phones.phone(sound, index, len(sounds))
                state = graph.phone(state, phone, cost if index == 0 else 0.0, write=number if last else EPSILON)
            graph.arc(state, spoken)
        _pause_or_not(graph, spoken, said[word])

    for before, following in language.after.items():
        for word, probability in following.items():
            target = finished if word == END else entries[word]
            graph.arc(said[before], target, -math.log(probability))
        graph.arc(said[before], anything, -math.log(language.back_off[before]))
    for word, probability in language.alone.items():
        graph.arc(anything, finished if word == END else entries[word], -math.log(probability))
    # The next sentence may follow within one utterance. Only words that begin sentences are offered
    # here: a way on to `anything` would close a circle of arcs that read nothing.
    for word, probability in language.after[BEGIN].items():
        graph.arc(finished, entries[word], -math.log(probability))
    return graph


def _pause_or_not(graph: Graph, source: int, target: int) -> None:
    graph.arc(source, target, _NO_PAUSE)
    graph.arc(graph.phone(source, _SILENCE_PHONE, _PAUSE), target)

"""Whether a text speaks to a wish: word stems, how rare each is, and a readable list of synonyms.

Shared by the coverage of a job by stories, the choice of questions for a job, and the letters. Pure
and quick to import; the synonym list (`assets/preparation/synonyms.yaml`) is read when first needed.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from simulator.places import shipped

ENOUGH = 0.27
"""From this strength on a text counts as speaking to a wish; measured by `tests/benchmarks/job_benchmark.py`."""
_COMMON_WEIGHT = 0.12
"""What a word of the `common` list counts beside one that is rare."""
_SYNONYM_SHARE = 0.8
"""What a synonym counts beside the word itself."""
_HEAVIEST = 4
"""A long wish need not be met word for word: its heaviest words are what it is measured by."""

_STOP = frozenset({
    "the", "a", "an", "and", "or", "of", "to", "in", "on", "at", "for", "with", "by", "from", "as", "is", "are",
    "was", "were", "be", "been", "being", "that", "this", "these", "those", "it", "its", "he", "she", "him",
    "her", "his", "they", "them", "their", "we", "us", "our", "you", "your", "i", "me", "my", "who", "whom",
    "which", "what", "when", "where", "how", "why", "not", "no", "but", "if", "so", "than", "then", "too",
    "also", "into", "onto", "over", "out", "up", "down", "off", "about", "after", "before", "between",
    "through", "during", "while", "until", "because", "do", "does", "did", "done", "have", "has", "had",
    "having", "will", "would", "can", "could", "should", "may", "might", "must", "shall", "am", "there", "here",
    "any", "all", "both", "such", "own", "same", "other", "another", "only", "just", "even", "still", "yet",
    "once", "again", "s", "t", "d", "ll", "ve", "re", "m", "eg", "ie", "per", "via", "nobody", "somebody",
    "someone", "everyone", "everybody", "anybody", "myself", "yourself", "themselves", "something", "anything",
    "everything", "nothing", "much", "many", "few", "lot", "lots", "within", "without",
})  # fmt: skip
_WORD = re.compile(r"[a-z][a-z0-9+#]*(?:'[a-z]+)?|\d+[a-z]*", re.IGNORECASE)
_ENDINGS = (
    "izations", "isations", "ization", "isation", "ational", "ements", "fulness", "iveness", "ations", "ement",
    "ation", "ments", "ities", "ment", "ness", "ings", "ions", "ance", "ence", "ants", "ents", "able", "ible", "ally",
    "ity", "ing", "ion", "ies", "ied", "ers", "ors", "ful", "ive", "ant", "ent", "er", "or", "ed", "es", "ly", "al",
    "s", "e", "y",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """How strongly a text speaks to a wish, 0 to 1, and by which of its words (as written there)."""

    strength: float
    words: tuple[str, ...] = ()

    @property
    def enough(self) -> bool:
        """Whether it counts."""
        return self.strength >= ENOUGH


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a text that says something: its stem, the synonym lines it stands in, and the word as written."""

    stem: str
    lines: frozenset[int]
    word: str
    common: bool = False


_WHOLE = {
    # Forms that no ending tells.
    "taught": "teach", "sold": "sel", "bought": "buy", "wrote": "writ", "written": "writ", "drove": "driv",
    "driven": "driv", "built": "build", "led": "lead", "spoke": "speak", "spoken": "speak", "told": "tel",
    "held": "hold", "ran": "run", "sent": "send", "met": "meet", "won": "win", "lost": "los", "grew": "grow",
    "grown": "grow", "drew": "draw", "drawn": "draw", "heard": "hear", "felt": "feel", "paid": "pay",
    "laid": "lay", "understood": "understand", "rode": "rid", "fed": "feed", "dealt": "deal", "chose": "choos",
    "caught": "catch", "fought": "fight", "sought": "seek", "rang": "ring", "swept": "sweep",
    "children": "child", "men": "man", "women": "woman", "wives": "wif", "knives": "knif", "calves": "calf",
    "thieves": "thief", "lives": "lif", "mice": "mous",
    # Words whose stem would be that of another word.
    "goods": "goods", "excel": "excel", "excellent": "excellent", "excellence": "excellent", "patience": "patience",
    "experiment": "experiment", "experiments": "experiment", "founded": "founded", "founder": "founded",
    "starter": "starter", "starters": "starter", "listing": "listing", "communication": "communicat",
    "communications": "communicat", "communicate": "communicat", "communicated": "communicat",
    "communicating": "communicat", "community": "community", "communities": "community",
    "university": "university", "universities": "university", "general": "general", "policy": "policy",
    "policies": "policy", "police": "police", "department": "department", "stationery": "stationery",
    "post": "post", "poster": "poster", "posters": "poster", "number": "number", "numbers": "number",
    "letter": "letter", "letters": "letter", "counter": "counter", "counters": "counter", "moment": "moment",
    "ready": "ready", "appliance": "appliance", "appliances": "appliance",
}  # fmt: skip
"""Stems that no rule finds, in the form the rule gives the rest of the family ("sell" is "sel")."""


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without its ending, never shorter than three letters: "teaching" and "teaches" are "teach"."""
    low = word.lower().removesuffix("'s")
    if low in _WHOLE:
        return _WHOLE[low]
    for ending in _ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) >= 3:
            low = low[: -len(ending)]
            break
    if len(low) > 3 and low[-1] == low[-2] and low[-1] not in "aeious":
        low = low[:-1]
    return low[:-1] + "i" if len(low) > 3 and low.endswith("y") else low


@lru_cache(maxsize=1)
def _lists() -> tuple[Mapping[tuple[str, ...], frozenset[int]], frozenset[str], int]:
    """Stems of words and phrases to the lines they stand in; stems of common words; the longest phrase."""
    import yaml

    with (shipped("assets") / "preparation" / "synonyms.yaml").open(encoding="utf-8") as file:
        document = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    lines: dict[tuple[str, ...], set[int]] = {}
    for number, words in enumerate(document["same"]):
        for phrase in words:
            lines.setdefault(tuple(stem(word) for word in _WORD.findall(str(phrase))), set()).add(number)
    longest = max(len(phrase) for phrase in lines)
    common = frozenset(stem(str(word)) for word in document["common"])
    return {phrase: frozenset(numbers) for phrase, numbers in lines.items()}, common, longest


@lru_cache(maxsize=2_000)
def terms_of(text: str) -> tuple[Term, ...]:
    """The words of a text that say something, in order; phrases of the synonym list first."""
    known, common, longest = _lists()
    words = _WORD.findall(text.replace("’", "'"))
    stems = [stem(word) for word in words]
    found: list[Term] = []
    at = 0
    while at < len(words):
        for length in range(min(longest, len(words) - at), 1, -1):
            phrase = tuple(stems[at : at + length])
            if phrase in known:
                found.append(Term(" ".join(phrase), known[phrase], " ".join(words[at : at + length])))
                at += length
                break
        else:
            low = words[at].lower()
            if low not in _STOP and (len(low) > 1 or low.isdigit()):
                lines = known.get((stems[at],), frozenset())
                found.append(Term(stems[at], lines, words[at], stems[at] in common and not lines))
            at += 1
    return tuple(found)


class Matcher:
    """Matches wishes with texts. `texts` (all wishes and texts at hand) tell which words are rare."""

    def __init__(self, texts: Iterable[str]) -> None:
        counts: Counter[str] = Counter()
        self._texts = 0
        for text in texts:
            self._texts += 1
            counts.update({term.stem for term in terms_of(text)})
        self._counts = counts

    def weight(self, term: Term) -> float:
        """How much a word tells, by how few texts hold it; 0 to 1."""
        if term.common:
            return _COMMON_WEIGHT
        most = math.log(1 + self._texts)
        if most == 0:
            return 1.0
        # Half of the weight is sure: with a handful of texts, rareness tells little.
        return 0.5 + 0.5 * math.log((1 + self._texts) / max(1, self._counts[term.stem])) / most

    def match(self, wish: str, text: str) -> Match:
        """How strongly `text` speaks to `wish`."""
        wanted = {term.stem: term for term in terms_of(wish)}
        if not wanted:
            return Match(0.0)
        there = terms_of(text)
        by_stem: dict[str, Term] = {}
        by_line: dict[int, Term] = {}
        for term in there:
            by_stem.setdefault(term.stem, term)
            for line in term.lines:
                by_line.setdefault(line, term)
        weights = sorted((self.weight(term) for term in wanted.values()), reverse=True)
        whole = sum(weights[:_HEAVIEST])
        got = 0.0
        words: list[str] = []
        lines_used: set[int] = set()
        for term in wanted.values():
            same = by_stem.get(term.stem)
            if same is not None:
                got += self.weight(term)
                lines_used.update(term.lines)
                if not same.common:
                    words.append(same.word)
                continue
            # Two words of one line met by the same synonym are met once.
            shared = [line for line in sorted(term.lines) if line in by_line and line not in lines_used]
            if shared:
                line = shared[0]
                lines_used.add(line)
                got += _SYNONYM_SHARE * self.weight(term)
                words.append(by_line[line].word)
        if not words:
            return Match(0.0)
        return Match(min(1.0, got / whole), tuple(dict.fromkeys(words)))

    def best(self, wish: str, texts: Sequence[str]) -> tuple[int, Match]:
        """The position of the text that speaks to the wish most, and how; -1 where there is none."""
        matches = [self.match(wish, text) for text in texts]
        if not matches:
            return -1, Match(0.0)
        at = max(range(len(matches)), key=lambda number: matches[number].strength)
        return at, matches[at]

"""What is not scored at all, and what holds a level down however many cues there are.

Words without sentences, the question read back, the same thing said again, cue words strung together:
none of them may earn a level. The thresholds are measured on rated answers (docs/scoring.md): fewer than
one real answer in a hundred is touched.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from simulator.scoring.cues import Span
from simulator.scoring.grammar import Deed, Lexicon
from simulator.scoring.tokens import Tokens
from simulator.speech.transcript import Transcript

FEWEST_WORDS = 8
LEAST_ENGLISH = 0.30
"""Share of words of `words.yaml` below which the answer is another language or noise; English stays above 0.6."""
LEAST_SENTENCES = 0.33
"""Share of everyday words below which there are words but hardly sentences: one level at most. Speech: above 0.47."""
LEAST_CONFIDENCE = 0.45
"""Mean word confidence of the speech model below which the words are guesses."""
READ_BACK = 4
"""So many words in a row taken from the question count as the question read back."""
SAID_AGAIN = 6
"""So many words in a row said before count as said again."""
MOST_ODD_PAIRS = 0.055
"""Share of neighbouring words that no sentence has ("the of", "i my"); speech stays under 0.025."""
FEWEST_FOR_ODD_PAIRS = 25
MOST_COVERED = 0.72
"""Share of an answer that may consist of cue phrases alone."""

TOO_LITTLE = "Too little was said to score."
NOT_ENGLISH = "These words do not read as English, so they are not scored."
UNINTELLIGIBLE = "Most words were hard to make out, so they are not scored."
ONLY_THE_QUESTION = "This mostly repeats the question."

NO_SENTENCES = "words without sentences"
CUES_ONLY = "cue words strung together"
REPEATED = "the same words said again"
QUESTION_REPEATED = "the question read back"

_ARTICLES = frozenset({"the", "a", "an", "my", "your", "his", "our", "their"})
_SUBJECTS = frozenset({"i", "he", "she", "we", "they"})
_OBJECTS = frozenset({"me", "him", "us", "them"})
_PREPOSITIONS = frozenset({"of", "to", "in", "at", "on", "for", "with", "from", "by", "into", "about"})
_JOINERS = frozenset({"and", "but", "or", "because"})
_BE = frozenset({"is", "was", "were", "am", "are"})
_MODALS = frozenset({"would", "could", "should", "will", "can", "might", "must"})
_NEVER_AFTER: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (_ARTICLES, _ARTICLES | _SUBJECTS | _MODALS | _BE | _PREPOSITIONS | _JOINERS | _OBJECTS | {"not", "it"}),
    (_PREPOSITIONS, _SUBJECTS | _JOINERS | _MODALS | _BE | {"of"}),
    (_SUBJECTS, _ARTICLES | _PREPOSITIONS | _JOINERS | _OBJECTS | {"it"}),
    (_MODALS, _ARTICLES | _PREPOSITIONS | _JOINERS | _MODALS | _BE | _OBJECTS),
    (_BE, _BE | _MODALS),
    (frozenset({"i"}), frozenset({"is", "are", "were", "has", "does"})),
)
_ODD_AFTER: dict[str, frozenset[str]] = {}
for _befores, _afters in _NEVER_AFTER:
    for _before in _befores:
        _ODD_AFTER[_before] = _ODD_AFTER.get(_before, frozenset()) | _afters


@dataclass(frozen=True, slots=True)
class Held:
    """What the guards found: tokens that do not count, the highest level allowed (4: any), their names."""

    masked: frozenset[int]
    at_most: int
    names: tuple[str, ...]
    why_not: str | None = None


def why_not_scored(
    transcript: Transcript, tokens: Tokens, lexicon: Lexicon, fewest: int = FEWEST_WORDS
) -> str | None:
    """Why an answer cannot be scored, in a plain sentence, or None."""
    if tokens.spoken < fewest:
        return TOO_LITTLE
    known = [word.confidence for word in transcript.words if word.confidence is not None]
    if len(known) >= fewest and sum(known) / len(known) < LEAST_CONFIDENCE:
        return UNINTELLIGIBLE
    if tokens.spoken >= FEWEST_WORDS and known_share(tokens, lexicon) < LEAST_ENGLISH:
        return NOT_ENGLISH
    return None


def everyday_share(tokens: Tokens, lexicon: Lexicon) -> float:
    """The share of tokens that are everyday English words."""
    everyday = lexicon.classes["everyday"]
    return sum(1 for token in tokens.text if token in everyday) / max(1, len(tokens))


def known_share(tokens: Tokens, lexicon: Lexicon) -> float:
    """The share of tokens that stand anywhere in the word classes."""
    return sum(1 for token in tokens.text if token in lexicon.known) / max(1, len(tokens))


def odd_pairs(tokens: Tokens) -> float:
    """The share of neighbouring words that no sentence has."""
    text = tokens.text
    odd = sum(1 for a, b in pairwise(text) if b in _ODD_AFTER.get(a, ()))
    return odd / max(1, len(text) - 1)


def repeated_from(tokens: Tokens, words: Sequence[str], run: int) -> frozenset[int]:
    """Tokens that stand in a run of `run` words taken from `words`."""
    known = {tuple(words[i : i + run]) for i in range(len(words) - run + 1)}
    masked: set[int] = set()
    for i in range(len(tokens) - run + 1):
        if tokens.text[i : i + run] in known:
            masked.update(range(i, i + run))
    return frozenset(masked)


def said_again(tokens: Tokens, run: int = SAID_AGAIN) -> frozenset[int]:
    """Tokens of runs that were said before."""
    seen: dict[tuple[str, ...], int] = {}
    masked: set[int] = set()
    for i in range(len(tokens) - run + 1):
        key = tokens.text[i : i + run]
        if key in seen and i - seen[key] >= run:
            masked.update(range(i, i + run))
        else:
            seen.setdefault(key, i)
    return frozenset(masked)


def hold(
    tokens: Tokens,
    question: str,
    lexicon: Lexicon,
    found: Mapping[str, Sequence[Span]],
    deeds: Sequence[Deed],
) -> Held:
    """Which words do not count, and how high the levels may be."""
    asked = re.findall(r"[a-z']+", question.lower().replace("’", "'"))
    read_back = repeated_from(tokens, asked, READ_BACK) if len(asked) >= READ_BACK else frozenset()
    again = said_again(tokens)
    masked = read_back | again
    names = []
    at_most = 4
    if read_back and len(tokens) - len(masked) < FEWEST_WORDS:
        return Held(masked, 0, (QUESTION_REPEATED,), ONLY_THE_QUESTION)
    if len(again) > len(tokens) * 0.3:
        names.append(REPEATED)
    if (
        everyday_share(tokens, lexicon) < LEAST_SENTENCES
        or (len(tokens) >= FEWEST_FOR_ODD_PAIRS and odd_pairs(tokens) > MOST_ODD_PAIRS)
        or (len(tokens) >= FEWEST_FOR_ODD_PAIRS and len(deeds) < len(tokens) / 60)
    ):
        names.append(NO_SENTENCES)
        at_most = 1
    covered: set[int] = set()
    for name, spans in found.items():
        if name.startswith(("examples.", "motivation.")):
            for span in spans:
                if span.last - span.first >= 1:
                    covered.update(range(span.first, span.last + 1))
    if len(tokens) >= FEWEST_FOR_ODD_PAIRS and len(covered) > MOST_COVERED * len(tokens):
        names.append(CUES_ONLY)
        at_most = min(at_most, 1)
    return Held(masked, at_most, tuple(names))


def unmasked(found: Mapping[str, Sequence[Span]], masked: frozenset[int]) -> dict[str, list[Span]]:
    """The findings without those that stand on masked words."""
    if not masked:
        return {name: list(spans) for name, spans in found.items()}
    return {
        name: [span for span in spans if not any(i in masked for i in range(span.first, span.last + 1))]
        for name, spans in found.items()
    }

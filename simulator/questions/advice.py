"""What is not wrong with a question but would trouble somebody: a voice, the candidate, the law, or who
has it twice (near duplicates).

The list of what an employer may not ask follows what most countries' equality law has in common
(age, family, health, belief, origin, orientation, politics); it cannot know the exceptions.
"""

import re
from collections.abc import Iterable, Sequence

from simulator.questions.bank import Bank, Question
from simulator.questions.guessing import word_patterns

MOST_WORDS = 40
"""Words that a listener can keep in mind until the question mark."""
NEARLY_THE_SAME = 0.7
"""Share of telling words from which two questions ask the same (Jaccard index)."""
MOST_COMPARED = 200
"""Earlier questions with one rare word in common that a question is compared with: a hundred thousand questions
that all have the same words would else take hours."""

_SPOKEN_BADLY = (
    (re.compile(r"[()\[\]{}<>]"), "has brackets, which nobody hears. Say it in a sentence."),
    (re.compile(r"\b(?:e\.?g|i\.?e|etc|approx|vs|cf|incl|min|max|nr|resp|dept|yrs?)\.(?:\s|$|,|[a-z])", re.I),
     "has an abbreviation that a voice stumbles on. Write the words."),
    (re.compile(r"\w/\w|\s/\s"), "has a slash. Write 'or' or 'and'."),
    (re.compile(r"[&%#*_=+~^|\\@$€£]"), "has a sign in it. Write it as a word."),
    (re.compile(r"https?:|www\."), "has a web address, which cannot be said."),
    (re.compile(r"\b(?!CV\b|IT\b|TV\b|OK\b)[A-Z]{2,}s?\b"), "has capitals that a voice spells out. Write the words."),
    (re.compile(r"\.{3}|…|--|—"), "has a pause that a voice does not make. Use a full stop."),
)  # fmt: skip

_SMALL = frozenset(
    [
        "a", "an", "and", "are", "as", "at", "be", "by", "can", "could", "did", "do", "does", "for", "from", "had",
        "has", "have", "how", "i", "in", "is", "it", "me", "my", "of", "on", "or", "our", "so", "tell", "that", "the",
        "their", "them", "there", "they", "this", "time", "to", "us", "was", "we", "were", "what", "when", "where",
        "which", "who", "why", "will", "with", "would", "you", "your", "about", "give", "describe", "example", "one",
    ]
)  # fmt: skip


def question_notes(question: Question) -> list[str]:
    """What to look at again in one question: how it sounds, and whether it may be asked."""
    notes = [f"what is asked {note}" for note in spoken_notes(question.ask)]
    for words in question.probes.values():
        notes += [f"the probe '{words[:30]}' {note}" for note in spoken_notes(words)]
    for about in private(question.ask):
        notes.append(f"it touches {about}, which an employer may not ask about in most places.")
    return notes


def spoken_notes(text: str) -> list[str]:
    """Why a voice, or a listener, would stumble over a text."""
    notes = [note for pattern, note in _SPOKEN_BADLY if pattern.search(text)]
    count = len(text.split())
    if count > MOST_WORDS:
        notes.append(f"has {count} words; after {MOST_WORDS} a listener has lost the beginning.")
    return notes


def private(text: str) -> list[str]:
    """The matters in a question that are nobody's business in a job interview."""
    low = text.lower().replace("’", "'")
    return [about for about, pattern in word_patterns("private") if pattern.search(low)]


def content_words(text: str) -> frozenset[str]:
    """The words of a question that say what it is about, in a rough stem."""
    words = re.findall(r"[^\W_]+", text.lower().replace("'", "").replace("’", ""))
    telling = [word for word in words if word not in _SMALL] or words
    return frozenset(re.sub(r"(?:ing|ed|es|s|e)$", "", word) if len(word) > 4 else word for word in telling)


Place = tuple[Bank, Question]


def near_duplicates(places: Sequence[Place]) -> Iterable[tuple[Place, Place]]:
    """Pairs of questions, the earlier one first, that ask nearly the same. Each question is told of once."""
    words = [content_words(question.ask) for _, question in places]
    counts: dict[str, int] = {}
    for each in words:
        for word in each:
            counts[word] = counts.get(word, 0) + 1
    by_word: dict[str, list[int]] = {}
    for place, each in enumerate(words):
        # Two sets that share 0.7 of their union share one of the rarest 0.3 + 1 words of each (prefix filter).
        rarest = sorted(each, key=lambda word: (counts[word], word))
        prefix = rarest[: len(rarest) - int(NEARLY_THE_SAME * len(rarest) + 0.999) + 1]
        candidates = {other for word in prefix for other in by_word.get(word, ())}
        for other in sorted(candidates):
            both = len(each & words[other])
            if both >= NEARLY_THE_SAME * len(each | words[other]):
                yield places[other], places[place]
                break
        for word in prefix:
            alike = by_word.setdefault(word, [])
            if len(alike) < MOST_COMPARED:
                alike.append(place)

"""Whether an answer speaks to the job's wishes, and to what the interviewers said matters to them.

Words are compared by their stems, so that "training new staff" meets "I trained two starters".
"""

from collections.abc import Sequence

from simulator.scoring.cues import Span
from simulator.scoring.evidence import words_of
from simulator.scoring.scorecard import Tailoring
from simulator.scoring.tokens import Tokens
from simulator.speech.transcript import Transcript

_ENDINGS = (
    "ational", "fulness", "iveness", "ization", "isation", "ations", "ation", "ments", "ment", "ness", "ings", "ing",
    "ions", "ion", "ies", "ied", "ers", "er", "ors", "or", "ed", "es", "ly", "al", "s", "e", "y",
)  # fmt: skip
_SHORTEST_STEM = 3
_EMPTY = frozenset({
    "experi", "abil", "skill", "work", "job", "good", "strong", "excell", "knowledg", "must", "year", "role",
    "team", "person", "candid", "requir", "prefer", "ideal", "applic", "succes", "look", "need", "use", "abl",
    "includ", "etc", "thing", "people", "peopl", "like", "way", "time", "day", "first", "new", "right", "every",
    "alway", "most", "someone", "everyone", "make", "want", "know", "com", "tak", "hav", "thank", "think",
    "said", "say", "tell", "ask", "question", "wonder", "matter", "during", "between", "before", "after",
    "without", "because", "never", "always", "something",
})  # fmt: skip


def stem(word: str) -> str:
    """A word without its usual endings; never shorter than three letters."""
    word = word.strip(".,;:!?()'\"").lower()
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word[: -len(ending)]
            break
    if len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "aeiou":
        word = word[:-1]
    return word


def stems_of(words: Sequence[str], common: frozenset[str]) -> set[str]:
    """The stems of the words that say something of their own."""
    found = set()
    for word in words:
        bare = word.strip(".,;:!?()'\"").lower()
        if bare in common or len(bare) < _SHORTEST_STEM:
            continue
        stemmed = stem(bare)
        if stemmed not in _EMPTY and bare not in _EMPTY:
            found.add(stemmed)
    return found


def tailoring_of(
    transcript: Transcript,
    tokens: Tokens,
    clauses: Sequence[Span],
    wishes: Sequence[str],
    common: frozenset[str],
) -> Tailoring:
    """Which wishes the answer speaks to, and with which words."""
    if not wishes:
        return Tailoring(why_not="No job description, and nothing heard from the interviewer yet.")
    by_clause = [stems_of(tokens.text[clause.first : clause.last + 1], common) for clause in clauses]
    met: dict[str, str] = {}
    unmet: list[str] = []
    for wish in wishes:
        wanted = stems_of(wish.split(), common)
        needed = 1 if len(wanted) <= 3 else 2
        best, most = -1, 0
        for index, stems in enumerate(by_clause):
            shared = len(stems & wanted)
            if shared > most:
                best, most = index, shared
        whole = set().union(*by_clause) & wanted if by_clause else set()
        if best >= 0 and len(whole) >= needed:
            met[wish] = words_of(transcript, tokens, clauses[best])[2]
        else:
            unmet.append(wish)
    return Tailoring(met=met, unmet=tuple(unmet))

"""Cutting an answer into clauses short enough to quote.

First at pauses and punctuation, then at discourse markers once a clause has eight words, and at
twenty-eight words at the latest.
"""

from collections.abc import Sequence

from simulator.scoring.cues import Span
from simulator.scoring.tokens import Tokens

SHORTEST_BEFORE_MARKER = 8
LONGEST = 28
_MARKERS = frozenset({
    "and", "but", "so", "because", "then", "which", "when", "where", "while", "until", "although", "however",
    "or", "eventually", "afterwards", "anyway", "basically", "actually", "since", "after", "before", "if",
    "okay", "well", "now", "also", "that",
})  # fmt: skip
_BEFORE_A_TILL = frozenset({
    "the", "a", "my", "our", "your", "his", "her", "their", "first", "second", "third", "next", "other", "another",
    "each", "every", "cash", "new", "old",
})  # fmt: skip
"""After these the "till" that was read as "until" is the one in a shop, and begins nothing."""
_TIED_TO_AFTER = frozenset({
    "look", "looks", "looked", "looking", "day", "days", "week", "weeks", "night", "month", "months", "year", "years",
    "morning", "evening", "soon", "shortly", "long", "ever", "never",
})  # fmt: skip
""" "Looked after", "the week after", "never before": these two go together."""
_AFTER_MARKER_NO_CUT = frozenset({"is", "was", "of", "to"})


def cut_clauses(tokens: Tokens) -> list[Span]:
    """The clauses of an answer, in order, without gaps."""
    clauses: list[Span] = []
    first = 0
    text = tokens.text
    for i in range(1, len(text)):
        length = i - first
        marker = (
            text[i] in _MARKERS
            and text[i - 1] not in _MARKERS
            and not (text[i] == "until" and text[i - 1] in _BEFORE_A_TILL)
            and not (text[i] in ("after", "before") and text[i - 1] in _TIED_TO_AFTER)
            and not (text[i] == "that" and text[i - 1] in ("so", "is", "was", "do", "like"))
            and (i + 1 >= len(text) or text[i + 1] not in _AFTER_MARKER_NO_CUT)
        )
        if (tokens.cut[i] and length >= 2) or (marker and length >= SHORTEST_BEFORE_MARKER) or length >= LONGEST:
            clauses.append(Span(first, i - 1))
            first = i
    if text:
        clauses.append(Span(first, len(text) - 1))
    return clauses


def clause_at(clauses: Sequence[Span], token: int) -> int:
    """Which clause holds a token."""
    for index, clause in enumerate(clauses):
        if token <= clause.last:
            return index
    return len(clauses) - 1

"""Where a piece that was added belongs: behind all that was said, or before it where it reads as a beginning."""

import re
from itertools import dropwhile

from simulator.reading import elements as e
from simulator.reading.reader import HESITATIONS, bare
from simulator.sessions.session import Answer, Utterance

_POINTS_BACK = frozenset(
    {"and", "so", "but", "because", "also", "then", "yes", "no", "that", "thats", "this", "he", "she"}
)
"""Words with which somebody goes on from what was said already."""
_DRAWN = re.compile(
    r"(?:what (?:draws|drew|attracts|interests|i) |(?:the|this) (?:work|job) |(?:working|being) |"
    r"i(?: woul)?d like to |i(?:ve)? (?:(?:have|am|was|always|really|just) )*"
    r"(?:like|love|enjoy|want|drawn|interested|prefer)(?:e?d)? )"
)
"""How an answer begins that tells what draws somebody; "I would miss ..." goes on from one."""
_BEFORE_A_BEGINNING = frozenset({*HESITATIONS, "well", "oh", "okay", "ok"})


def with_piece(answer: Answer, piece: Utterance, element: str) -> tuple[Utterance, ...]:
    """All that was said, the piece behind it, or before it where it reads as a beginning."""
    return (piece, *answer.utterances) if _opens(piece, element) else (*answer.utterances, piece)


def _opens(piece: Utterance, element: str) -> bool:
    """Whether a piece reads as the beginning of an answer: when and where it was, or what draws somebody."""
    words = [bare(word.text).replace("'", "").replace("’", "") for word in piece.transcript.words]
    begun = list(dropwhile(_BEFORE_A_BEGINNING.__contains__, words))
    match element:
        case e.OCCASION:
            return bool(begun) and begun[0] not in _POINTS_BACK
        case e.ATTRACTION:
            return _DRAWN.match(f"{' '.join(begun)} ") is not None
    return False

"""Whether a candidate who answers asks to leave the question out, by the meaning of what they say."""

from simulator.assessment import alike
from simulator.errors import MissingPart

_MEANT = (
    "Can we skip this question, please?",
    "I would rather not answer that one.",
    "Can I pass on this one?",
    "Could we come back to this question later?",
    "Let us move on to the next question, please.",
)
_IN_A_WORD = ("Pass.", "Skip.", "Next.", "Next question.", "No comment.")
_MOST_WORDS = 12
"""Who says more than this tells something besides."""
_FEW_WORDS = 2
"""So few words mean little by themselves, and are held against such as are as few."""
_ALIKE_FROM = 0.5
"""Of 94 marked answers of up to twenty words none comes above .31; ways of asking to go on mostly above .5."""
_ALIKE_IN_A_WORD = 0.75


def asks_to_skip(text: str) -> bool:
    """Whether these words, and nothing else, ask to go on without an answer; False where no language model is."""
    count = len(text.split())
    if not 0 < count <= _MOST_WORDS:
        return False
    few = count <= _FEW_WORDS
    try:
        nearest = max(alike(text, _IN_A_WORD if few else _MEANT))
    except MissingPart:
        return False
    return nearest >= (_ALIKE_IN_A_WORD if few else _ALIKE_FROM)

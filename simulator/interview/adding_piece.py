"""Where a piece that was added belongs, so that the whole answer reads in the order in which such things are told."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import dropwhile

from simulator.reading import elements as e
from simulator.reading.reader import HESITATIONS, bare
from simulator.reading.reading import Reading
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
TOLD_BEFORE = {
    e.OWN_ACTION: (e.OUTCOME, e.LESSON),
    e.OUTCOME: (e.LESSON,),
    e.STEP: (e.PLAN,),
}
"""Pieces that belong before the first of these; where none was told, and others that open no answer, behind it."""
_JOINTS = frozenset({"and", "so", "but", "then", "well", "in", "the", "end", "finally", "eventually"})
"""Words before an element with which its sentence begins ("and so in the end")."""
_BEFORE_A_BEGINNING = frozenset({*HESITATIONS, "well", "oh", "okay", "ok"})


def with_piece(answer: Answer, piece: Utterance, element: str) -> tuple[Utterance, ...]:
    """All that was said, the piece in its place. An utterance is parted only where its words are as first heard."""
    utterances = answer.utterances
    if _opens(piece, element):
        return (piece, *utterances)
    reading = answer.scorecard.reading if answer.scorecard else None
    word = _first_told(reading, TOLD_BEFORE.get(element, ())) if reading else None
    if word is None:
        return (*utterances, piece)
    for number, utterance in enumerate(utterances):
        count = len(utterance.transcript.words)
        if word == 0:
            return (*utterances[:number], piece, *utterances[number:])
        if word < count:
            if utterance.original is not None:
                return (*utterances, piece)
            return (*utterances[:number], *_parted(utterance, word, piece), *utterances[number + 1 :])
        word -= count
    return (*utterances, piece)


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


def _first_told(reading: Reading, wanted: Sequence[str]) -> int | None:
    """The word with which the sentence of the first of these elements begins; one told before the rest is none."""
    spans = reading.of(*wanted)
    begun = [span.last_word for span in reading.of(e.OCCASION, e.ATTRACTION, e.REASON)]
    later = [span.first_word for span in spans if span.first_word > max(begun, default=-1)]
    if not later:
        return None
    first = min(later)
    while first and bare(reading.words[first - 1]) in _JOINTS | HESITATIONS and first - 1 not in reading.stops:
        first -= 1
    return first


def _parted(utterance: Utterance, word: int, piece: Utterance) -> tuple[Utterance, Utterance, Utterance]:
    """An utterance in two, the piece between them; both lead to the same recording."""
    whole = utterance.transcript
    cut = whole.words[word].start
    before = replace(
        whole,
        words=whole.words[:word],
        duration=cut if whole.duration is not None else None,
        breaks=tuple(at for at in whole.breaks if cut is None or at < cut),
    )
    after = replace(
        whole,
        words=whole.words[word:],
        duration=whole.duration - (cut or 0.0) if whole.duration is not None else None,
        breaks=tuple(at for at in whole.breaks if cut is not None and at >= cut),
    )
    return replace(utterance, transcript=before), piece, replace(utterance, transcript=after)

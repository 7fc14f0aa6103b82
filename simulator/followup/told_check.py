"""Whether what a letter gives as a reason is one, and what it gives as an example is a whole story.

Looked at is what follows the sentences of the skeletons that announce it ("I want this job for this reason:").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from simulator.assessment import read_answer
from simulator.errors import MissingPart
from simulator.followup.excerpt import SourceKind, is_reason
from simulator.followup.interview_record import InterviewRecord
from simulator.followup.skeletons import announcing
from simulator.followup.tracing import plain_words, split_stock
from simulator.reading.reading import Reading
from simulator.scoring.levels import COMPLETE, examples_level
from simulator.speech.transcript import typed

_ASKED = {
    "reason": "Why do you want this work?",
    "example": "Tell me about a time when you did something that matters.",
}


@dataclass(frozen=True, slots=True)
class Announced:
    """What a letter announces as a "reason" or an "example": the places of its sentences in the text."""

    part: str
    start: int
    end: int
    sentences: tuple[str, ...]


def announced(text: str, places: Sequence[tuple[int, int]]) -> tuple[Announced, ...]:
    """What stands behind each announcement, up to the next sentence of the app's own or the end of the paragraph."""
    found: list[tuple[str, list[tuple[int, int]]]] = []
    before, ended = "", 0
    for start, end in places:
        sentence = text[start:end]
        lead, part = announcing(sentence, before)
        if lead:
            start += len(lead) + len(sentence[len(lead) :]) - len(sentence[len(lead) :].lstrip())
        if lead or split_stock(sentence)[0] or re.search(r"\n\s*\n", text[ended:start]):
            found.append((part, []))
        if found and start < end:
            found[-1][1].append((start, end))
        before, ended = sentence, end
    return tuple(
        Announced(part, inside[0][0], inside[-1][1], tuple(" ".join(text[a:b].split()) for a, b in inside))
        for part, inside in found
        if part and inside
    )


def is_weak(told: Announced, record: InterviewRecord) -> bool:
    """Whether it is not what it is given as. A story or note that was written down is the candidate's own choice."""
    plain = [plain_words(each) for each in told.sentences]
    sources = [known for known in record.sources if any(each in plain_words(known.text) for each in plain if each)]
    if any(known.kind in (SourceKind.STORY, SourceKind.DEBRIEF) for known in sources):
        return False
    texts = [" ".join(told.sentences)]
    texts += [known.text for known in sources if known.kind is SourceKind.ANSWER]
    try:
        readings = [_read(text, _ASKED[told.part]) for text in texts]
    except MissingPart:
        return False
    if told.part == "example":
        return max(examples_level(each) for each in readings) < COMPLETE
    return _tells_a_story(readings[0]) or not any(is_reason(each) for each in readings)


def _tells_a_story(reading: Reading) -> bool:
    return not is_reason(reading) and examples_level(reading) >= COMPLETE - 1


@lru_cache(maxsize=32)
def _read(text: str, question: str) -> Reading:
    return read_answer(typed(re.sub("[“”]", "", text)), question)

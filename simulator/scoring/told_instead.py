"""Whether an answer is of another kind than its question: a story or a list of skills where it was asked why.

Told only where the reading holds nothing that answers the question, not even faintly. Whether a story is about the
thing asked for is not told: sentence vectors do not know it surely enough (docs/scoring.md).
"""

from collections.abc import Mapping

from simulator.errors import MissingPart
from simulator.questions.bank import Kind
from simulator.questions.kind_model import guess_kind
from simulator.reading import elements as e
from simulator.reading.reading import Reading
from simulator.scoring.levels import STORY

STORY_TOLD, SKILLS_TOLD, MOTIVE_TOLD = "story", "skills", "motive"
IN_WORDS: Mapping[str, str] = {
    STORY_TOLD: "a story of one time, where the question asks why",
    SKILLS_TOLD: "what you have done and are good at, where the question asks why",
    MOTIVE_TOLD: "why you want this work, where the question asks for one time",
}
_LISTED = 0.62
"""Share of the words from which an answer is little but skills and jobs. Who gives a poor reason lists less."""
_FEWEST_LISTED = 20
_FEWEST_MOTIVES = 2
_EVENT = (*STORY, e.GROUP_ACTION, e.LESSON)
_MOTIVE = (e.ATTRACTION, e.REASON, e.STEP, e.PLAN)


def told_instead(reading: Reading, question: str, kind: str) -> str:
    """What was told in place of what was asked: "story", "skills" or "motive"; "" where nothing of that is sure."""
    found = ""
    if kind == Kind.MOTIVATION:
        found = _where_why_was_asked(reading)
    elif kind == Kind.BEHAVIOURAL and not _perhaps_any(reading, (*STORY, e.GROUP_ACTION)):
        motives = sum(span.sure or span.quotable for span in reading.of(*_MOTIVE))
        found = MOTIVE_TOLD if motives >= _FEWEST_MOTIVES else ""
    return found if found and _is_of(question, kind) else ""


def _where_why_was_asked(reading: Reading) -> str:
    if _perhaps_any(reading, (*_MOTIVE, e.STOCK)):
        return ""
    if reading.tells(e.OWN_ACTION) and (reading.tells(e.OCCASION) or reading.tells(e.OUTCOME)):
        return STORY_TOLD
    listed = len(reading.covered(reading.of(e.CLAIM, e.EXPERIENCE)))
    said = len(reading.words) - len(reading.dropped)
    only = listed >= _LISTED * said and said >= _FEWEST_LISTED and not any(map(reading.has, _EVENT))
    return SKILLS_TOLD if only else ""


def _perhaps_any(reading: Reading, wanted: tuple[str, ...]) -> bool:
    return any(reading.has(element) or element in reading.faint for element in wanted)


def _is_of(question: str, kind: str) -> bool:
    """Whether the question reads like its kind too: "Why should we hire you?" asks for skills, wherever it stands."""
    try:
        return guess_kind(question) == kind
    except MissingPart:
        return False

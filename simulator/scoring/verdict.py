"""What was heard in an answer and what was not: its parts, and one sentence or two that say so.

From the elements alone; the words stand in `assets/rubrics/`. What was not found is told as not heard, never as not
there: the reader may have missed it. What is faint is neither.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.questions.bank import Kind
from simulator.reading import elements as e
from simulator.reading.reading import Reading
from simulator.scoring.levels import COMPLETE, STORY, is_brief, may_be_there, reason_may_be_there
from simulator.scoring.scorecard import MAX_LEVEL, Part, PartState
from simulator.texts import listed

_STANDS_FOR: Mapping[str, str] = {e.CHECKABLE: e.LESSON, e.LESSON: e.CHECKABLE, e.REASON: e.ATTRACTION}
"""Parts that need not be told where another one is."""
_HOLDS: Mapping[str, str] = {e.OUTCOME: e.LESSON, e.OCCASION: e.REASON, e.OWN_ACTION: e.REASON}
"""Where an element may be told within another: what has changed since then is an ending too, and a personal reason
often is an event. Then it is not said to be missing."""
_ESSENTIAL: Mapping[str, tuple[str, ...]] = {
    "examples": STORY,
    "motivation": (e.ATTRACTION, e.STEP, e.PLAN),
}
_NO_STORY_ASKED = frozenset({Kind.OPENING, Kind.SITUATIONAL})
"""Questions that ask for no story of one time: it makes a good answer better, but nobody misses its parts."""
_MOST_NAMED = 2
"""More than two missing parts in one sentence are a list, not a verdict."""


def parts_of(names: Mapping[str, str], level: int, reading: Reading, kind: str = "") -> tuple[Part, ...]:
    """The parts that an answer of this rubric can have, in the order they are told, each found or not.

    `kind` is that of the question, "" if unknown.
    """
    return tuple(Part(element, name, _found(element, level, reading, kind)) for element, name in names.items())


def _found(element: str, level: int, reading: Reading, kind: str) -> PartState:
    # What cannot be pointed at counts for the level, but is neither praised nor missed.
    if reading.tells(element):
        return PartState.YES
    unasked = level <= 1 and kind in _NO_STORY_ASKED
    if unasked and not reading.has(element):
        return PartState.SPARE
    if element in (e.CHECKABLE, e.LESSON):
        # Either makes a whole story a strong one; nobody is told that it is missing.
        return PartState.SPARE
    if may_be_there(element, reading):
        return PartState.PERHAPS
    # From level 3 on a reason of one's own does as well as what draws.
    drawn = element == e.ATTRACTION and level >= COMPLETE
    if level < COMPLETE and reading.tells(_HOLDS.get(element, "")):
        return PartState.PERHAPS
    # Where no event is told, nothing can have come of it.
    if element == e.OUTCOME and level <= 1:
        return PartState.SPARE
    spare = level == MAX_LEVEL or drawn or reading.has(_STANDS_FOR.get(element, ""))
    if spare:
        return PartState.SPARE
    return PartState.PERHAPS if element in reading.not_ruled_out else PartState.NO


def verdict_of(
    rubric: str, level: int, words: Mapping[str, Any], parts: Iterable[Part], reading: Reading, kind: str = ""
) -> str:
    """What is there, then what is missing; only where nothing is, what could be plainer."""
    state = {part.element: part.found for part in parts}
    first = _there(rubric, level, words, reading, kind)
    if rubric == "examples" and kind in _NO_STORY_ASKED and level <= 1:
        return first
    if level == MAX_LEVEL or (rubric == "examples" and level == COMPLETE) or (rubric == "motivation" and not level):
        return first
    nouns: Mapping[str, str] = words["nouns"]
    wanted = _wanted(rubric, level, state)
    for found, how in ((PartState.NO, "missing"), (PartState.PERHAPS, "unclear")):
        named = [nouns[element] for element in wanted if state[element] is found][:_MOST_NAMED]
        if named:
            text = str(words[how]).format(what=listed(named, "or"))
            return f"{first} {text[:1].upper()}{text[1:]}"
    return first


def _wanted(rubric: str, level: int, state: Mapping[str, PartState]) -> tuple[str, ...]:
    """The parts that hold the level down."""
    if rubric == "motivation" and level <= 1:
        return (e.ATTRACTION,)
    return tuple(element for element in _ESSENTIAL[rubric] if state[element] in (PartState.NO, PartState.PERHAPS))


def _there(rubric: str, level: int, words: Mapping[str, Any], reading: Reading, kind: str) -> str:
    there: Mapping[str, str] = words["there"]
    if rubric == "motivation":
        nouns: Mapping[str, str] = words["nouns"]
        heard = [nouns[element] for element in nouns if reading.tells(element)]
        if level and heard:
            return there["whole" if level == MAX_LEVEL else "some"].format(what=listed(heard))
        if level >= 2 or reason_may_be_there(reading):
            return there["faint"]
        open_still = any(element in reading.not_ruled_out for element in (e.ATTRACTION, e.REASON))
        nothing = "nothing unsure" if open_still else "nothing"
        return there["stock" if reading.has(e.STOCK) else "path" if level else nothing]
    if kind == Kind.OPENING and level == 1:
        return there["opening"]
    if kind == Kind.OPENING and not level and reading.tells(e.REASON):
        return there["opening reason"]
    if kind == Kind.OPENING and not level and reading.tells(e.ATTRACTION):
        return there["opening draw"]
    if kind == Kind.SITUATIONAL and not level and reading.tells(e.CLAIM):
        return there["would"]
    sure = [element for element in _ESSENTIAL[rubric] if reading.tells(element)]
    has = [element for element in (e.CHECKABLE, e.LESSON) if reading.tells(element)]
    if not sure and level == COMPLETE:
        return there["whole faint"]
    if len(sure) < len(_ESSENTIAL[rubric]) and level == COMPLETE:
        unsure = [words["nouns"][element] for element in _ESSENTIAL[rubric] if element not in sure]
        return there["whole unsure"].format(what=listed(unsure, "or"))
    if level > COMPLETE and is_brief(reading):
        return there["brief"]
    if level > COMPLETE:
        return there[" ".join(["strong", *has])]
    if level == COMPLETE:
        # Something to check or a lesson may be there, only not surely: then nothing is said to be missing.
        perhaps = any(may_be_there(each, reading) for each in (e.CHECKABLE, e.LESSON))
        return there["whole" if perhaps else "whole unchecked"]
    if level == 1:
        return there["experience"]
    if not sure and level:
        return there["faint"]
    return there[" ".join(sure) or (e.CLAIM if reading.tells(e.CLAIM) else "nothing")]


def questions_verdict(level: int, words: Mapping[str, Any], reading: Reading) -> str:
    """What was asked, by the best question."""
    return str(words["unclear" if level == 0 and e.QUESTION in reading.faint else str(level)])

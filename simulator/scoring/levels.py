"""From elements to a level, by the anchors alone: the whole rule is a table, above its code.

| concrete examples | from | motivation | from |
| --- | --- | --- | --- |
| 4 | all three of level 3 surely, and surely `checkable` or `lesson` | 4 | level 2, and `step` and `plan` |
| 3 | `occasion`, `own_action` and `outcome` | 3 | level 2, and `step` or `plan` |
| 2 | `occasion` or `own_action` | 2 | `attraction` or `reason` |
| 1 | `experience` | 1 | `stock`, `step` or `plan` |

Forward-looking questions: the best grade counts, `terms` 1, `generic` 2, `role` 3, `step_ahead` 4.
An element counts where the answer has it (`Reading.has`); "surely" asks for more, that the reader is sure enough to
say so (`Reading.tells`). Nothing is fitted here: how sure either must be is said in `assets/reading/bounds.yaml`.
"""

from collections.abc import Callable

from simulator.reading import elements as e
from simulator.reading.reading import Reading

COMPLETE = 3
_BRIEF = 45
"""Words that are said in some twenty seconds."""
STORY = (e.OCCASION, e.OWN_ACTION, e.OUTCOME)
"""What a whole story has."""
PARTS = frozenset({*STORY, e.ATTRACTION, e.REASON, e.STEP, e.PLAN})
"""What an answer is told to hold, or perhaps to hold."""


def examples_level(reading: Reading, with_doubtful: bool = False) -> int:
    """The level of concrete examples; `with_doubtful` takes every part that may be there for told."""
    has, tells = _counting(reading, with_doubtful), reading.tells
    if all(map(has, STORY)):
        # A part that may not be there does the most harm where a story is told to be kept as it is.
        surely = with_doubtful or all(map(tells, STORY))
        return 4 if surely and (tells(e.CHECKABLE) or tells(e.LESSON)) else COMPLETE
    if has(e.OCCASION) or has(e.OWN_ACTION):
        return 2
    return 1 if has(e.EXPERIENCE) else 0


def is_brief(reading: Reading) -> bool:
    """Whether a story is all there, in one breath and with one deed: nobody sees it yet."""
    return len(reading.words) - len(reading.dropped) < _BRIEF and len(reading.of(e.OWN_ACTION)) == 1


def motivation_level(reading: Reading, with_doubtful: bool = False) -> int:
    """The level of motivation; `with_doubtful` takes every part that may be there for told."""
    has = _counting(reading, with_doubtful)
    if has(e.ATTRACTION) or has(e.REASON):
        return 2 + has(e.STEP) + has(e.PLAN)
    return 1 if has(e.STOCK) or has(e.STEP) or has(e.PLAN) else 0


def _counting(reading: Reading, with_doubtful: bool) -> Callable[[str], bool]:
    """What tells whether an element counts for a level."""
    doubtful = frozenset(reading.faint) & PARTS if with_doubtful else frozenset()
    return lambda element: element in doubtful or reading.has(element)


def questions_level(reading: Reading) -> int:
    """The level of the best question asked."""
    return max((span.level for span in reading.questions), default=0)


CARRIES: dict[str, dict[int, tuple[str, ...]]] = {
    "examples": {
        1: (e.EXPERIENCE,),
        2: (e.OCCASION, e.OWN_ACTION, e.OUTCOME),
        3: (e.OCCASION, e.OWN_ACTION, e.OUTCOME),
        4: (e.OCCASION, e.OWN_ACTION, e.OUTCOME, e.CHECKABLE, e.LESSON),
    },
    "motivation": {
        1: (e.STOCK, e.STEP, e.PLAN),
        2: (e.ATTRACTION, e.REASON),
        3: (e.ATTRACTION, e.REASON, e.STEP, e.PLAN),
        4: (e.ATTRACTION, e.REASON, e.STEP, e.PLAN),
    },
}
"""The elements that carry each level, and are quoted for it."""


BESIDE = frozenset({e.GROUP_ACTION, e.EXPERIENCE, e.CLAIM, e.STOCK})
"""Elements that no strong answer needs."""


def earns(rubric: str, level: int, element: str) -> bool:
    """Whether an element helped to a level, or will help to a higher one; at level 0 nothing did."""
    return level > 0 and any(element in carrying for at, carrying in CARRIES[rubric].items() if at >= level)


def missing_elements(rubric: str, level: int, reading: Reading) -> tuple[str, ...]:
    """What the next levels ask for and the answer surely does not have, the most helpful first.

    An element that may be there (`Reading.faint`) is neither claimed nor missed.
    """
    wanted: tuple[str, ...]
    if rubric == "examples":
        # Everybody can say what they took from it; not every story has a figure in it.
        wanted = STORY if level < COMPLETE else (e.LESSON, e.CHECKABLE)
    elif level == 0:
        wanted = (e.ATTRACTION, e.REASON, e.STEP)
    elif level == 1:
        wanted = (e.ATTRACTION, e.REASON, e.STEP, e.PLAN)
    else:
        wanted = (e.ATTRACTION, e.STEP, e.PLAN) if not reading.has(e.ATTRACTION) else (e.STEP, e.PLAN)
    if level == 4:
        return ()
    return tuple(element for element in wanted if not may_be_there(element, reading))


def reason_may_be_there(reading: Reading) -> bool:
    """Whether something draws the candidate, or matters to them."""
    return may_be_there(e.ATTRACTION, reading) or may_be_there(e.REASON, reading)


def may_be_there(element: str, reading: Reading) -> bool:
    """Whether an element is there, or may be, so that it is not asked for."""
    if element == e.CHECKABLE and reading.has_figure:
        return True
    return reading.has(element) or element in reading.faint

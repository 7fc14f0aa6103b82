"""What is missing for the next level, and one thing to do about it in the candidate's own words."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from simulator.scoring.engine import Judgement, strength
from simulator.scoring.rubric import STEPS, Rubric

MOST_QUOTED = 14
"""Words of the candidate that a piece of advice repeats at most."""

Quoter = Callable[[Sequence[str]], str]
"""Gives the candidate's words for the first of some families that was found, "" where none was."""

_CLEARLY = 0.35
"""Summed strength from which an element counts as clearly there."""

_SAID_OUTCOMES = ("outcome", "change_in_others", "feedback", "success", "measured_change", "lasting")
"""Families that say in so many words what came of it; an ending alone may be read either way."""

_OWN = ("own_action", "own_part", "story_now")
"""Families of what the speaker did in person."""

_OCCASION = "one particular occasion"
_ACTION = "what you did yourself"
_RESULT = "what came of it"
_CHECKABLE = "something that could be checked: a number, a name, how long it took"
_LESSON = "what you learned, or how it carries over to this job"
_DRAW = "one particular thing that draws you"
_REASON = "a reason of your own"
_STEP = "what you have already done about it"
_TIED = "what draws you, your step and your plan, tied together"
_PLAN = "where it leads for you"


@dataclass(frozen=True, slots=True)
class Advice:
    """`missing` in words, the most helpful first; the same as probe kinds; one thing to do."""

    missing: tuple[str, ...]
    lacks: tuple[str, ...]
    words: str


def _part(judgement: Judgement, rubric: Rubric, names: Sequence[str]) -> float:
    families = (rubric.family(name) for name in names)
    return sum(strength(judgement.counts.get(family.id, 0), family) for family in families if family is not None)


def _with_quote(said: str, then: str) -> str:
    return f"You said '{said}'. {then}" if said else then


def advise_examples(rubric: Rubric, judgement: Judgement, quote: Quoter) -> Advice:
    """For the rubric of concrete examples."""
    if judgement.level <= 1:
        would = quote(("imagined",)) if judgement.level == 0 else ""
        claim = quote(("self_description", "usual", "experience", "record"))
        if would:
            then = f"You said '{would}'. Tell of one time you did that: where it was, what you did, what came of it."
        else:
            then = _with_quote(claim, "Tell of one day that shows it: where it was, what you did, what came of it.")
        lacking = [(_OCCASION, "example")]
        if _part(judgement, rubric, _OWN) < _CLEARLY:
            lacking.append((_ACTION, "action"))
        if _part(judgement, rubric, _SAID_OUTCOMES) < _CLEARLY:
            lacking.append((_RESULT, "result"))
        return Advice(tuple(words for words, _ in lacking), tuple(kind for _, kind in lacking), then)
    if judgement.level == 2:
        return _advise_incomplete(rubric, judgement, quote)
    end = quote(("outcome", "change_in_others", "feedback", "ending", "own_action", "story_now"))
    if judgement.level == 3 and not _part(judgement, rubric, _SAID_OUTCOMES):
        then = "Say in one sentence what came of it: what changed, who noticed, how it ended."
        return Advice((_RESULT, _CHECKABLE), ("result",), _with_quote(end, then))
    if judgement.level == 3 and _part(judgement, rubric, ("number", "name")):
        then = "Say what you took from it, or how it would help you in this job."
        return Advice((_LESSON,), (), _with_quote(end, then))
    if judgement.level == 3:
        then = "Add one thing that could be checked, such as how many or how long, or what you have done since."
        return Advice((_CHECKABLE, _LESSON), (), _with_quote(end, then))
    best = quote(("number", "lesson", "feedback", "outcome", "own_action"))
    kept = f"Keep this story ready, with '{best}' in it." if best else "Keep this story ready."
    return Advice((), (), f"{kept} It will do for other questions too.")


NONE_READY = (
    "You had no example ready. Look for one day that shows it, at work, at school or at home: something that went "
    "wrong, somebody you helped, something you made better. Then say it again."
)
_NONE = re.compile(
    r"\b(?:can not|could not|do not|did not|not) (?:really )?(?:think of|come up with|remember|recall|have) "
    r"(?:one|any|anything|(?:an |a (?:good )?|any )?examples?)\b|"
    r"\b(?:nothing|none|no example) (?:really )?(?:comes|springs) to mind|\bno examples?\b"
)


def had_none(text: Sequence[str]) -> bool:
    """Whether the candidate says that no example comes to mind ("i cannot think of one right now")."""
    return bool(_NONE.search(" ".join(text)))


def _advise_incomplete(rubric: Rubric, judgement: Judgement, quote: Quoter) -> Advice:
    own = _part(judgement, rubric, _OWN)
    came_of_it = _part(judgement, rubric, ("outcome", "change_in_others", "feedback", "ending"))
    if own < _CLEARLY or own < came_of_it / 2:
        ours = quote(("we_action", "others_acted", "occasion", "time_point"))
        then = "Say what you did yourself, and what came of it."
        return Advice((_ACTION, _RESULT), ("action", "result"), _with_quote(ours, then))
    mine = quote(_OWN)
    if _part(judgement, rubric, _SAID_OUTCOMES) >= _CLEARLY:
        # Both elements were said, only too faintly for the level: nothing to ask for, something to sharpen.
        then = "Make the occasion plain, and tell your part in two or three steps, so that the outcome stands on it."
        return Advice((_ACTION, _RESULT), (), _with_quote(mine, then))
    then = "Say what came of it: what changed, who noticed, how it ended."
    return Advice((_RESULT, _CHECKABLE), ("result",), _with_quote(mine, then))


def advise_motivation(rubric: Rubric, judgement: Judgement, quote: Quoter) -> Advice:
    """For the rubric of motivation."""
    drawn = quote(("object", "draw", "company_fact", "life_fact", "attraction", "stock", "wish"))
    if judgement.level == 0:
        words = "Say what draws you: one thing about the work itself, and where in your own life that comes from."
        return Advice((_DRAW, _REASON, _STEP), ("reason",), words)
    if judgement.level == 1:
        then = "Name the one thing in this work you would miss elsewhere, and why."
        words = f"You said '{drawn}'. Anyone could say that. {then}" if drawn else then
        return Advice((_DRAW, _STEP, _PLAN), ("reason",), words)
    step = _part(judgement, rubric, ("step", "own_step"))
    plan = _part(judgement, rubric, ("plan", "own_plan"))
    missing = (_STEP, _PLAN) if step <= plan else (_PLAN, _STEP)
    ask = f"Say {missing[0]}"
    if judgement.level == 2:
        such_as = (
            "a course, a day there, somebody you asked" if missing[0] == _STEP else "what you hope to do, and by when"
        )
        return Advice(missing, ("reason",), _with_quote(drawn, f"{ask}: {such_as}."))
    if judgement.level == 3 and step and plan:
        then = "Tie it together in one breath: what draws you, what you did about it, where it leads."
        return Advice((_TIED,), (), _with_quote(drawn, then))
    if judgement.level == 3:
        return Advice(missing[:1], (), _with_quote(drawn, f"{ask}, in one sentence, and it is complete."))
    return Advice((), (), _with_quote(drawn, "That ties your past, this job and your plan together. Keep it."))


def advise_custom(rubric: Rubric, judgement: Judgement, quote: Quoter) -> Advice:
    """For rubrics of the user: what holds the level down, what would add to the next, and the file's own advice."""
    missing = _missing_of_custom(rubric, judgement)
    own = rubric.advice.get(str(judgement.level), "")
    if own:
        return Advice(missing, (), own)
    if not missing:
        return Advice(missing, (), "Nothing is missing here. Keep this answer ready.")
    said = quote([family.id for family in rubric.families if not family.against])
    return Advice(missing, (), _with_quote(said, f"Add {missing[0]}."))


def _missing_of_custom(rubric: Rubric, judgement: Judgement) -> tuple[str, ...]:
    """What keeps an answer from the next level: unmet conditions, then families not found, the heaviest first."""
    level = judgement.level
    if level == STEPS:
        return ()
    held = [
        condition.missing
        for condition in rubric.conditions
        if condition.at_most <= level and not any(judgement.counts.get(name) for name in condition.without)
    ]
    absent = sorted(
        (
            family
            for family in rubric.families
            if not family.against and family.weight[level] > 0 and not judgement.counts.get(family.id)
        ),
        key=lambda family: (-family.weight[level], family.id),
    )
    return tuple(dict.fromkeys([*held, *(family.label for family in absent)]))


ADVISERS: Mapping[str, Callable[[Rubric, Judgement, Quoter], Advice]] = {
    "examples": advise_examples,
    "motivation": advise_motivation,
}
"""By rubric; all others are the user's own."""


def make_quoter(words: Mapping[str, str]) -> Quoter:
    """A quoter over the candidate's words for each family."""
    return lambda names: next((words[name] for name in names if words.get(name)), "")


def shortened(words: Sequence[str]) -> str:
    """A few words, cut with an ellipsis; no joint hanging at either end, no full stop of theirs before ours."""
    words = list(words)
    while len(words) > 1 and words[0].lower().strip(",") in _HANGING_BEFORE:
        del words[0]
    cut = len(words) > MOST_QUOTED
    words = words[:MOST_QUOTED]
    while len(words) > 1 and words[-1].lower().strip(".,;:") in _HANGING_AFTER:
        del words[-1]
    return " ".join(words).rstrip(".,;:") + (" ..." if cut else "")


_HANGING_BEFORE = frozenset({
    "and", "so", "but", "then", "well", "because", "okay", "yeah", "um", "uh", "er", "erm", "also", "or", "that",
    "which",
})  # fmt: skip
_HANGING_AFTER = frozenset({
    "and", "so", "but", "then", "because", "or", "that", "which", "when", "i", "i'm", "i've", "the", "a", "an", "of",
    "for", "to", "at", "in", "on", "with", "my", "our", "it's", "is", "was",
})  # fmt: skip

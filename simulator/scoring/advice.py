"""What is missing for the next level, and one thing to do about it in the candidate's own words."""

from collections.abc import Callable, Mapping, Sequence

from simulator.scoring.cues import Span
from simulator.scoring.engine import Judgement, strength
from simulator.scoring.rubric import Rubric

MOST_QUOTED = 12
"""Words of the candidate that a piece of advice repeats at most."""

Quoter = Callable[[Sequence[str]], str]
"""Gives the candidate's words for the first of some families that was found, "" where none was."""

_CHECKABLE = "something that could be checked: a number, a name, how long it took"
_LESSON = "what you learned, or how it carries over to this job"


def _part(judgement: Judgement, rubric: Rubric, names: Sequence[str]) -> float:
    total = 0.0
    for name in names:
        family = rubric.family(name)
        if family is not None:
            total += strength(judgement.counts.get(name, 0), family)
    return total


def advise_examples(
    rubric: Rubric, judgement: Judgement, quote: Quoter
) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """Missing elements, probe kinds and advice for the rubric of concrete examples."""
    level = judgement.level
    own = _part(judgement, rubric, ("own_action", "own_part"))
    came_of_it = _part(judgement, rubric, ("outcome", "change_in_others", "feedback", "ending"))
    no_action = ("what you did yourself", "action")
    no_result = ("what came of it", "result")
    if level <= 1:
        missing: tuple[str, ...] = ("one particular occasion", "what you did yourself", "what came of it")
        lacks: tuple[str, ...] = ("example", "action", "result")
        would = quote(("imagined",))
        claim = quote(("self_description", "usual", "experience"))
        if level == 0 and would:
            advice = (
                f"You said '{would}'. Tell of one time you did that: where it was, what you did, what came of it."
            )
        elif claim:
            advice = f"You said '{claim}'. Pick one day that shows it, and tell it from the start to what came of it."
        else:
            advice = "Tell of one time this happened to you: where it was, what you did, what came of it."
        return missing, lacks, advice
    if level == 2:
        weaker = (no_action, no_result) if own < came_of_it / 2 or own < 0.35 else (no_result, no_action)
        missing = tuple(entry[0] for entry in weaker)
        lacks = tuple(entry[1] for entry in weaker)
        ours, mine = quote(("we_action",)), quote(("own_action", "own_part", "story_now"))
        if weaker[0] is no_action and ours:
            advice = f"You said '{ours}'. Say what you did yourself, and what came of it."
        elif mine:
            advice = f"You said '{mine}'. Say what came of it: what changed, who noticed, how it ended."
        else:
            scene = quote(("occasion", "time_point", "named_event", "others_acted"))
            advice = f"You said '{scene}'. Go on: what did you do yourself, and what came of it?"
        return missing, lacks, advice
    if level == 3:
        missing = (_CHECKABLE, _LESSON)
        end = quote(("outcome", "change_in_others", "feedback", "ending", "own_action"))
        return (
            missing,
            (),
            f"You said '{end}'. Add one thing that could be checked, such as how many or how long, or what you have done since.",
        )
    end = quote(("number", "lesson", "feedback", "outcome"))
    return (), (), f"Keep this story ready, with '{end}' in it. It will do for other questions too."


def advise_motivation(
    rubric: Rubric, judgement: Judgement, quote: Quoter
) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """Missing elements, probe kinds and advice for the rubric of motivation."""
    level = judgement.level
    step = _part(judgement, rubric, ("step",))
    plan = _part(judgement, rubric, ("plan",))
    drawn = quote(("object", "draw", "company_fact", "life_fact", "attraction", "stock", "wish"))
    steps, leads = "what you have already done about it", "where it leads for you"
    if level == 0:
        return (
            ("what draws you to this work", "a reason of your own", steps),
            ("reason",),
            "Say what draws you to this work: one thing about the work itself, and where in your own life that comes from.",
        )
    if level == 1:
        advice = f"You said '{drawn}'. Anyone could say that: name the one thing in this work you would miss elsewhere, and why." if drawn else (
            "Name the one thing in this work you would miss elsewhere, and why.")  # fmt: skip
        return ("one particular thing that draws you", steps, leads), ("reason",), advice
    weaker = (steps, leads) if step <= plan else (leads, steps)
    ask = "Say what you have already done about it" if weaker[0] is steps else "Say where you want it to lead"
    said = f"You said '{drawn}'. " if drawn else ""
    if level == 2:
        return weaker, ("reason",), f"{said}{ask}: a step you took, a person you asked, a plan you have."
    if level == 3:
        return weaker[:1], (), f"{said}{ask}, in one sentence, and it is complete."
    return (), (), f"{said}That ties your past, this job and your plan together. Keep it."


def advise_custom(
    rubric: Rubric, judgement: Judgement, quote: Quoter
) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """For rubrics of the user: the heaviest families not found, and the file's own advice for the level."""
    absent = sorted(
        (family for family in rubric.families if not family.against and not judgement.counts.get(family.id)),
        key=lambda family: (-sum(family.weight), family.id),
    )
    missing = tuple(family.label for family in absent)
    own = rubric.advice.get(str(judgement.level), "")
    if own:
        return missing, (), own
    if not absent:
        return missing, (), "Nothing is missing here. Keep this answer ready."
    said = quote([family.id for family in rubric.families if not family.against])
    opening = f"You said '{said}'. Add" if said else "Add"
    return missing, (), f"{opening} {absent[0].label}."


def make_quoter(texts: Mapping[str, Sequence[str]]) -> Quoter:
    """A quoter over the candidate's words per family, longest first."""

    def quote(names: Sequence[str]) -> str:
        for name in names:
            words = texts.get(name)
            if words:
                return words[0]
        return ""

    return quote


def shortened(words: Sequence[str]) -> str:
    """At most a dozen words, cut with an ellipsis."""
    return " ".join(words[:MOST_QUOTED]) + (" ..." if len(words) > MOST_QUOTED else "")


def places_of(found: Mapping[str, Sequence[Span]]) -> list[tuple[str, Span]]:
    """Every family's last place, for quoting."""
    return [(name, spans[-1]) for name, spans in found.items() if spans]

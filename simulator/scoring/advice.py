"""One thing to do: which state an answer is in, and the sentence for it, in the candidate's own words.

The sentences stand in `assets/rubrics/`; a state is chosen only where the elements it speaks of are there.
"""

from collections.abc import Mapping

from simulator.questions.bank import Kind
from simulator.reading import elements as e
from simulator.reading.elements import elements
from simulator.reading.readable import readable
from simulator.reading.reading import ElementSpan, Reading
from simulator.scoring.clause_bounds import LONGEST_QUOTE, asked_within
from simulator.scoring.focus import HALF_BESIDE, MUCH_BESIDE, focus_of, longest_aside
from simulator.scoring.levels import COMPLETE, is_brief, may_be_there, reason_may_be_there
from simulator.scoring.quotes import (
    LONGEST_ASKED,
    Pick,
    best_questions,
    repeated,
    told_words,
    unsure_words,
)
from simulator.scoring.rubric_words import ShippedRubric
from simulator.scoring.scorecard import MAX_LEVEL
from simulator.scoring.told_instead import MOTIVE_TOLD, SKILLS_TOLD, STORY_TOLD

_SAID_NOTHING = frozenset({
    e.OCCASION, e.OWN_ACTION, e.GROUP_ACTION, e.OUTCOME, e.LESSON, e.EXPERIENCE, e.CLAIM, e.ATTRACTION, e.REASON,
    e.STEP, e.PLAN, e.STOCK,
})  # fmt: skip


FEW_STEPS = 60
"""Words of what one would do, below which there is more to say of it."""
_GENERAL: Mapping[str, str] = {
    Kind.OPENING: "opening",
    Kind.WEAKNESS: "weakness",
    # What they usually do may be about something else than what they were asked for.
    Kind.BEHAVIOURAL: "another_time",
}
"""What helps who told no one event, by the kind of question."""
LONGEST_ASKED_OF_THEM = 30
"""Words of a question that advice repeats."""


def examples_state(reading: Reading, level: int, kind: str = "", instead: str = "") -> str:
    """What the answer as an example needs most. `kind` is that of the question, "" if unknown, `instead` what was
    told in place of what it asks."""
    if instead == MOTIVE_TOLD:
        return "motive_instead"
    has = reading.has
    beside = 1 - focus_of(reading).to_the_point
    unsure = _unsure(reading)
    unlearned = not reading.has(e.LESSON)
    # What was learned is asked for with the ending: who told the ending has still something to add.
    unsure_of = "ending" if unsure[:1] == (e.OUTCOME,) and unlearned else next(iter(unsure), "")
    if level == MAX_LEVEL:
        if is_brief(reading):
            return "strong_but_brief"
        if beside >= MUCH_BESIDE:
            return "strong_but_aside"
        if kind == Kind.WEAKNESS and unlearned:
            return "strong_weakness"
        return "strong_no_lesson" if unlearned else "strong"
    if level == COMPLETE:
        if beside >= HALF_BESIDE:
            return "half_aside"
        if unsure:
            return f"plainer_{unsure_of}"
        if kind == Kind.OPENING:
            return "opening_whole"
        return "one_deed" if len(reading.of(e.OWN_ACTION)) == 1 else _what_more(reading)
    if level == 2:
        return _incomplete_state(reading, kind)
    if kind == Kind.WEAKNESS and reading.tells(e.LESSON):
        return "weakness_learned"
    if level == 1:
        return _GENERAL.get(kind, "in_general")
    if kind == Kind.OPENING and (reading.tells(e.REASON) or reading.tells(e.ATTRACTION)):
        return "opening_reason" if reading.tells(e.REASON) else "opening_draw"
    if kind == Kind.WEAKNESS and has(e.CLAIM):
        return "weakness"
    if has(e.CLAIM) and kind == Kind.SITUATIONAL:
        return "would_brief" if len(reading.words) < FEW_STEPS else "would"
    if has(e.CLAIM) and kind == Kind.BEHAVIOURAL:
        return "another_time"
    if has(e.CLAIM):
        return "claims"
    return "no_example" if any(span.element in _SAID_NOTHING for span in reading.spans) else "nothing_said"


def _unsure(reading: Reading) -> tuple[str, ...]:
    """The parts that hold a story down, though they may be there; when and where it was is seldom what lacks."""
    return tuple(element for element in (e.OWN_ACTION, e.OUTCOME, e.OCCASION) if not reading.tells(element))


def _what_more(reading: Reading) -> str:
    """What a whole story still lacks, of what may not be there already."""
    if may_be_there(e.CHECKABLE, reading):
        return "end_on_lesson"
    return "no_figure" if may_be_there(e.LESSON, reading) else "nothing_to_check"


def _incomplete_state(reading: Reading, kind: str) -> str:
    """One event, of which something is missing; what is surely missing before what could be plainer."""
    if not may_be_there(e.OWN_ACTION, reading):
        if reading.has(e.GROUP_ACTION):
            return "group_only"
        if reading.tells(e.OUTCOME):
            return "outcome_without_action"
        # Who may not have told of one time has first to choose one.
        return "no_own_action" if reading.tells(e.OCCASION) else _GENERAL.get(kind, "no_example")
    if not may_be_there(e.OUTCOME, reading):
        if reading.tells(e.LESSON):
            return "lesson_without_outcome"
        return "no_outcome" if reading.tells(e.OWN_ACTION) else "plainer_own_action"
    if not may_be_there(e.OCCASION, reading):
        return "no_occasion" if reading.tells(e.OWN_ACTION) else "plainer_own_action"
    return f"plainer_{next(iter(_unsure(reading)), e.OUTCOME)}"


def motivation_state(reading: Reading, level: int, instead: str = "") -> str:
    """What the answer as a motive needs most; `instead` is what was told in place of what was asked."""
    if instead in (STORY_TOLD, SKILLS_TOLD):
        return f"{instead}_instead"
    has = reading.has
    beside = 1 - focus_of(reading).to_the_point
    if level == 4:
        return "strong_but_aside" if beside >= MUCH_BESIDE else "strong"
    if level <= 2 and reason_may_be_there(reading) and not (reading.tells(e.ATTRACTION) or reading.tells(e.REASON)):
        return "plainer_reason"
    if level == 0:
        return "no_motive" if any(span.element in _SAID_NOTHING for span in reading.spans) else "nothing_said"
    if level == 1:
        return "stock_only" if has(e.STOCK) else "step_or_plan_only"
    if level == COMPLETE and beside >= HALF_BESIDE:
        return "half_aside"
    if level == 2 and not may_be_there(e.ATTRACTION, reading):
        return "reason_only"
    # A step and a plan are often told in one breath with the reason.
    for element in (e.STEP, e.PLAN):
        if not may_be_there(element, reading):
            return f"no_{element}"
    return "plainer_plan" if reading.tells(e.STEP) else "plainer_step"


def questions_state(reading: Reading, level: int) -> str:
    """What a turn of questions needs most."""
    if level == 4:
        return "strong" if len(best_questions(reading)) > 1 else "one_step_ahead"
    if level == COMPLETE and reading.tells(e.TIE):
        return "about_role_tied"
    return ("no_question", "terms_only", "generic_only", "about_role")[level]


def filled(rubric: ShippedRubric, state: str, reading: Reading, asked: str = "") -> str:
    """The sentence of a state with the candidate's words in it, or the one without where none can be repeated.
    `asked` is the interviewer's question."""
    questions = best_questions(reading)
    aside = longest_aside(reading)
    words = {
        "asked": " ".join(asked.split()).rstrip(".") if len(asked.split()) <= LONGEST_ASKED_OF_THEM else "",
        "drawn": told_words(reading, e.ATTRACTION, e.REASON),
        "drawn_as": elements()[e.ATTRACTION if told_words(reading, e.ATTRACTION) else e.REASON].name,
        "said": told_words(reading, e.REASON) or unsure_words(reading, e.REASON),
        "path": told_words(reading, e.PLAN, e.STEP),
        "question": _asked(reading, questions[0]) if questions else "",
        "aside": repeated(reading, aside) if aside else "",
        e.OWN_ACTION: told_words(reading, e.OWN_ACTION, pick=Pick.DEED),
    }
    for element in (e.CLAIM, e.EXPERIENCE, e.GROUP_ACTION, e.OCCASION, e.OUTCOME, e.STOCK, e.REASON):
        words[element] = told_words(reading, element)
    words["perhaps_drawn"] = unsure_words(reading, e.ATTRACTION) or unsure_words(reading, e.REASON)
    for element in (e.OCCASION, e.OWN_ACTION, e.OUTCOME):
        words[f"perhaps_{element}"] = unsure_words(reading, element)
    sentence = rubric.advice[state]
    if any(f"{{{name}}}" in sentence and not text for name, text in words.items()):
        sentence = rubric.advice_without_words[state]
    return sentence.format_map(words)


def _asked(reading: Reading, span: ElementSpan) -> str:
    """A question as it was asked: it ends with a question mark only where it asks."""
    whole = asked_within(reading, span, LONGEST_ASKED)[1]
    first, last = asked_within(reading, span, LONGEST_QUOTE)
    sign = "?" if readable(reading, first, whole, quoted=True).endswith("?") else ""
    text = readable(reading, first, last, quoted=True).rstrip(".?!,;:")
    return f"{text}{' ...' if last < whole else ''}{sign}"

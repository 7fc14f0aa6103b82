"""Stories held against the same rubric as answers, and good answers taken over as stories.

It stands above scoring and sessions; the stories themselves are in `preparation.stories`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from simulator.assessment import read_answer, score_answer
from simulator.errors import UserError
from simulator.preparation.stories import Story, new_story, title_of
from simulator.questions.bank import Kind
from simulator.reading import elements as e
from simulator.reading.readable import readable
from simulator.reading.reading import ElementSpan, Reading
from simulator.scoring.rubric_words import shipped_rubric
from simulator.scoring.scorecard import MAX_LEVEL
from simulator.scoring.scorer import AnswerContext
from simulator.sessions.session import Answer, is_closing
from simulator.speech.transcript import typed

RUBRIC = "examples"
QUESTION = "Tell me about a time when you did something that matters for this job."
GOOD = 3
"""The level from which a story is complete: one occasion, the own action, and what came of it."""
WITHOUT_RESULT = 2
"""The highest level of a story whose result is not written down, as the rubric's anchor of level 2 has it."""
LEAST_TO_TAKE_OVER = 1
SURE = 0.8
"""Chance from which a part of a story is told surely."""
NO_RESULT = "what came of it"
"""As the rubric calls it; a story whose result is empty is always told so."""
OUTCOME_ADVICE = "Say what came of it: what changed, for whom, and how you know."

PART_OF = {e.OCCASION: 0, e.OWN_ACTION: 1, e.GROUP_ACTION: 1, e.OUTCOME: 2, e.LESSON: 2}
"""Which part of a story an element belongs to: 0 situation, 1 action, 2 result."""


@dataclass(frozen=True, slots=True)
class StoryCheck:
    """How a story does as an answer. `level` is None, with `why_not`, where there is too little to score."""

    story_id: str
    title: str
    level: int | None
    name: str = ""
    anchor: str = ""
    missing: tuple[str, ...] = ()
    advice: str = ""
    why_not: str = ""

    @property
    def good(self) -> bool:
        """Whether it may be told as it is."""
        return self.level is not None and self.level >= GOOD and NO_RESULT not in self.missing


def check_story(story: Story) -> StoryCheck:
    """Score a story as the answer to a question for an example. One without a result is always told so."""
    card = score_answer(typed(story.text), AnswerContext(QUESTION, Kind.BEHAVIOURAL.value, (RUBRIC,)))
    score = card.rubrics.get(RUBRIC)
    if score is None or score.level is None:
        why = (score.why_not if score else None) or card.why_not or "There is too little in it to tell."
        missing: tuple[str, ...] = (NO_RESULT,) if not story.result else ()
        return StoryCheck(story.id, story.title, None, missing=missing, advice=OUTCOME_ADVICE, why_not=why)
    if story.result or score.level <= WITHOUT_RESULT:
        missing = score.missing if story.result else tuple(dict.fromkeys((*score.missing, NO_RESULT)))
        advice = score.advice if story.result else OUTCOME_ADVICE
        return StoryCheck(story.id, story.title, score.level, score.name, score.anchor, missing, advice)
    # The words may hint at an outcome somewhere; a story is ready when it is written down as one.
    missing = tuple(dict.fromkeys((NO_RESULT, *score.missing)))
    held = next(each for each in shipped_rubric(RUBRIC).levels if each.level == WITHOUT_RESULT)
    return StoryCheck(story.id, story.title, held.level, held.name, held.anchor, missing, OUTCOME_ADVICE)


def check_words(check: StoryCheck) -> str:
    """A check in one or two lines, as the commands and the app show it."""
    if check.level is None:
        return f"Not scored yet: {check.why_not} {check.advice}"
    lacks = f" Not found: {', '.join(check.missing)}." if check.missing else ""
    return f"Level {check.level} of {MAX_LEVEL}, {check.name}.{lacks} {check.advice}".rstrip()


def best_answer(answers: Iterable[Answer]) -> Answer | None:
    """The answer with the highest level for examples, the earliest of equals; None where none has a level."""
    scored = [
        (level, answer)
        for answer in answers
        if answer.scorecard and not is_closing(answer) and (level := answer.scorecard.level(RUBRIC)) is not None
    ]
    return max(scored, key=lambda pair: pair[0])[1] if scored else None


def story_from_answer(answer: Answer, taken: Iterable[str]) -> Story:
    """An answer as a story: its words, put where the scorer's quotes say that they belong.

    Nothing is added to what was said, no skill either. Raises UserError where the answer tells of nothing that
    happened.
    """
    level = answer.scorecard.level(RUBRIC) if answer.scorecard else None
    if level is None or level < LEAST_TO_TAKE_OVER or not answer.scorecard:
        raise UserError(
            f"The answer to “{answer.question.ask}” has no example in it to take over.",
            "Answer once more with one day on which it happened, or write the story under “Your stories”.",
        )
    reading = answer.scorecard.reading or read_answer(answer.transcript, answer.question.ask)
    count = len(reading.words)
    surely = _told_surely(reading)
    begin, end = _cuts(reading, surely)
    first = _sentence_of(reading, min((span.first_word for span in surely), default=0))
    numbers = [
        readable(reading, span.first_word, span.last_word, quoted=True).rstrip(".")
        for span in reading.of(e.CHECKABLE)
    ]
    return new_story(
        _title(reading, surely),
        taken,
        situation=_part(reading, first, begin),
        action=_part(reading, begin, end),
        result=_part(reading, end, count),
        numbers="; ".join(dict.fromkeys(numbers)),
        source=answer.id,
    )


def _told_surely(reading: Reading) -> tuple[ElementSpan, ...]:
    """The elements of the story that are told surely; all of them where no own action is."""
    parts = reading.of(*PART_OF)
    sure = tuple(span for span in parts if _likely(reading, span) >= SURE)
    return sure if any(span.element == e.OWN_ACTION for span in sure) else parts


def _likely(reading: Reading, span: ElementSpan) -> float:
    """How likely a span is what it is said to be, with all the answer around it."""
    words = reading.likely[span.first_word : span.last_word + 1]
    return max((word.get(span.element, 0.0) for word in words), default=span.probability)


def _sentence_of(reading: Reading, word: int) -> int:
    """The first word of the sentence in which a word stands."""
    return max((stop + 1 for stop in reading.stops if stop < word), default=0)


def _title(reading: Reading, surely: Iterable[ElementSpan]) -> str:
    """A title from what one did oneself: "Split the phones into two shifts"; "" where that is not told."""
    own = next((span for span in surely if span.element == e.OWN_ACTION), None)
    told = readable(reading, own.first_word, own.last_word, quoted=True) if own else ""
    bare = re.sub(r"^(?:(?:and|so|then|but) )*I(?:'ve|'d)? ", "", told, flags=re.IGNORECASE)
    return title_of(bare[:1].upper() + bare[1:]) if bare else ""


def _part(reading: Reading, first: int, behind: int) -> str:
    """Words `first` to before `behind` as one writes them; "" for none."""
    return readable(reading, first, behind - 1, quoted=True) if first < behind else ""


def _cuts(reading: Reading, surely: Iterable[ElementSpan]) -> tuple[int, int]:
    """Where the action begins and where the result does, so that the fewest elements stand in the wrong part."""
    count = len(reading.words)
    placed = [(span.first_word, PART_OF[span.element]) for span in surely]
    if not placed:
        return count, count
    starts = sorted({first for first, _ in placed})
    # The fewest in the wrong part; of equals the earliest action, and the latest result.
    best = (len(placed) + 1, 0, 0)
    # `count` stands for "there is none"; a cut is made only where a part begins.
    for begin in (*starts, count):
        for end in (*(start for start in starts if start > begin), count):
            wrong = sum(part != (0 if first < begin else 1 if first < end else 2) for first, part in placed)
            best = min(best, (wrong, begin, -end))
    begin, end = best[1], -best[2]
    if not any(part == 1 for _, part in placed):
        # No own action was heard: what came of it begins at the first word of it.
        results = [first for first, part in placed if part == 2]
        begin = end = min(results, default=count)
    return begin, end

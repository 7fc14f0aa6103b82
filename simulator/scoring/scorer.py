"""Scores one answer from its reading: the only way into this package."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from simulator.questions.bank import DEFAULT_RUBRICS, GOODBYE, Kind
from simulator.reading.reading import Reading
from simulator.scoring import guards
from simulator.scoring.delivery import delivery_of
from simulator.scoring.focus import focus_of
from simulator.scoring.manner import closing_manner_of, structure_of
from simulator.scoring.question_kind import kind_of
from simulator.scoring.scorecard import RubricScore, Scorecard, Tailoring
from simulator.scoring.shipped_rubrics import asked_questions, examples_score, motivation_score, questions_score
from simulator.scoring.tailoring import SpeaksTo, tailoring_of
from simulator.scoring.told_instead import told_instead
from simulator.speech.transcript import Transcript

NOT_INVITED = "No question was invited here."
NOT_ASKED = "Not asked here."
YOUR_TURN = "Here it was your turn to ask."
GOODBYE_UNSCORED = "A goodbye has no level."
RUBRICS = ("examples", "motivation", "questions")
_FEWEST_IN_CLOSING = 2


@dataclass(frozen=True, slots=True)
class AnswerContext:
    """What the scorer may know besides the words.

    `question` is the text asked, `kind` its kind (see `questions.bank.Kind`, "" if unknown),
    `rubrics` those the question is meant for (empty: by kind). `requirements` are what the job asks for,
    `heard` what interviewers said they care about so far, `interviewers` their names; `before` is the reading of the
    same answer without the piece just added to it.
    """

    question: str
    kind: str = ""
    rubrics: tuple[str, ...] = ()
    target_seconds: int | None = None
    requirements: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    interviewers: tuple[str, ...] = ()
    before: Reading | None = None


class RubricsByName(Protocol):
    """Rubrics besides the three that come with the app."""

    def score(self, name: str, reading: Reading, transcript: Transcript, kind: str) -> RubricScore:
        """One answer by the rubric of that name; not scored, with the reason, where there is none in order."""


def score_reading(
    reading: Reading,
    transcript: Transcript,
    context: AnswerContext,
    custom_rubrics: RubricsByName | None = None,
    speaks_to: SpeaksTo | None = None,
) -> Scorecard:
    """Levels, quotes, what is missing and advice for one answer that was read.

    `custom_rubrics` scores by the rubrics that the question names besides the three. Without `speaks_to` the job's
    requirements are left aside.
    """
    meant = meant_rubrics(context)
    if context.question == GOODBYE:
        return _goodbye(reading, transcript, context)
    kind = kind_of(context.question, context.kind)
    invited = kind == Kind.CLOSING or "questions" in meant
    delivery = delivery_of(transcript, context.target_seconds)
    guarded = guards.apply_guards(
        reading, transcript, context.question, _FEWEST_IN_CLOSING if invited else guards.FEWEST_WORDS
    )
    if guarded.why_not:
        card = not_scored(guarded.why_not, transcript, context)
        return Scorecard(
            False, guarded.why_not, card.rubrics, delivery=delivery, guards=guarded.names, reading=reading
        )
    counted = guarded.reading
    scores: dict[str, RubricScore] = {}
    instead = "" if invited else told_instead(counted, context.question, kind)
    if invited:
        scores = {name: RubricScore(name, None, why_not=YOUR_TURN) for name in ("examples", "motivation")}
        scores["questions"] = questions_score(counted, transcript)
    else:
        for name, score in (
            ("examples", examples_score(counted, transcript, kind, context.question, instead)),
            ("motivation", motivation_score(counted, transcript, context.question, instead)),
        ):
            beside = name not in meant and not score.level
            scores[name] = RubricScore(name, None, why_not=NOT_ASKED) if beside else score
        scores["questions"] = RubricScore("questions", None, why_not=NOT_INVITED)
    for name in meant:
        if name not in scores:
            scores[name] = _custom(name, counted, transcript, kind, custom_rubrics)
    return Scorecard(
        scored=True,
        why_not=None,
        rubrics=scores,
        asked=asked_questions(counted) if invited else (),
        tailoring=tailoring_of(reading, context.requirements, context.heard, speaks_to) if speaks_to else Tailoring(),
        closing=closing_manner_of(reading, context.interviewers, is_closing=invited),
        structure=structure_of(counted),
        delivery=delivery,
        guards=guarded.names,
        focus=focus_of(reading),
        instead=instead,
        reading=reading,
    )


def _goodbye(reading: Reading, transcript: Transcript, context: AnswerContext) -> Scorecard:
    """Of the last words their manner is noticed, and a question in them gets no level: nobody was asked for one."""
    manner = closing_manner_of(reading, context.interviewers)
    return replace(not_scored(GOODBYE_UNSCORED, transcript, context), closing=manner, reading=reading)


def not_scored(why_not: str, transcript: Transcript, context: AnswerContext) -> Scorecard:
    """A scorecard without levels: the answer was not read, or there is too little of it."""
    names = dict.fromkeys((*RUBRICS, *meant_rubrics(context)))
    rubrics: Mapping[str, RubricScore] = {name: RubricScore(name, None, why_not=why_not) for name in names}
    return Scorecard(False, why_not, rubrics, delivery=delivery_of(transcript, context.target_seconds))


def meant_rubrics(context: AnswerContext) -> Sequence[str]:
    """The rubrics a question is meant for: as given, else by its kind."""
    if context.rubrics:
        return context.rubrics
    kind = kind_of(context.question, context.kind)
    return DEFAULT_RUBRICS[Kind(kind)] if kind else ("examples", "motivation")


def no_rubric(name: str) -> str:
    """Why an answer has no level by a rubric that is not there."""
    return f"There is no rubric '{name}'; 'rubrics list' shows those there are."


def _custom(
    name: str, reading: Reading, transcript: Transcript, kind: str, custom_rubrics: RubricsByName | None
) -> RubricScore:
    if custom_rubrics is None:
        return RubricScore(name, None, why_not=no_rubric(name))
    return custom_rubrics.score(name, reading, transcript, kind)

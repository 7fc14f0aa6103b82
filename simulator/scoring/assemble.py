"""Puts one answer's scorecard together from the parts of this room."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from simulator.questions.bank import DEFAULT_RUBRICS, Kind
from simulator.scoring import advice, guards
from simulator.scoring.analysis import Analysis, analyse, filler_phrases
from simulator.scoring.clauses import clause_at
from simulator.scoring.cues import Span
from simulator.scoring.custom import BrokenRubric, find_custom
from simulator.scoring.delivery import delivery_of
from simulator.scoring.engine import Judgement, judge_answer
from simulator.scoring.evidence import cue_shares, quote_of, quotes_for, words_of
from simulator.scoring.forward_questions import grade_questions, without_joint
from simulator.scoring.manner import closing_manner_of, structure_of
from simulator.scoring.question_kind import kind_of
from simulator.scoring.rubric import Rubric, lexicon, shipped_rubric
from simulator.scoring.scorecard import AskedQuestion, Delivery, RubricScore, Scorecard
from simulator.scoring.scorer import NOT_ASKED, NOT_INVITED, YOUR_TURN, AnswerContext
from simulator.scoring.tailoring import tailoring_of
from simulator.scoring.tokens import tokens_of
from simulator.speech.transcript import Transcript

_FEWEST_IN_CLOSING = 2
_WORTH_ASKING = 3
RUBRICS = ("examples", "motivation", "questions")


def scorecard_of(transcript: Transcript, context: AnswerContext) -> Scorecard:
    """Levels, quotes, what is missing and advice for one answer."""
    tokens = tokens_of(transcript)
    delivery = delivery_of(transcript, context.target_seconds, filler_phrases())
    kind = kind_of(context.question, context.kind)
    meant = meant_rubrics(context)
    invited = kind == Kind.CLOSING or "questions" in meant
    fewest = _FEWEST_IN_CLOSING if invited else guards.FEWEST_WORDS
    why_not = guards.why_not_scored(transcript, tokens, lexicon(), fewest)
    if why_not:
        return _not_scored(why_not, meant, delivery)
    analysis = analyse(tokens)
    held = guards.hold(tokens, context.question, lexicon(), analysis.found, analysis.reading.deeds)
    if held.why_not:
        return _not_scored(held.why_not, meant, delivery, held.names)
    analysis = replace(analysis, found=guards.unmasked(analysis.found, held.masked))
    scores: dict[str, RubricScore] = {}
    asked: tuple[AskedQuestion, ...] = ()
    if invited:
        for name in ("examples", "motivation"):
            scores[name] = RubricScore(name, None, why_not=YOUR_TURN)
        scores["questions"], asked = _questions(transcript, analysis, context)
    else:
        for name in ("examples", "motivation"):
            score = _rubric_score(shipped_rubric(name), transcript, analysis, kind, held.at_most)
            beside = name not in meant and not score.level
            scores[name] = RubricScore(name, None, why_not=NOT_ASKED) if beside else score
        scores["questions"] = RubricScore("questions", None, why_not=NOT_INVITED)
    for name in meant:
        if name not in scores:
            scores[name] = _custom_score(name, transcript, analysis, kind, held.at_most)
    wishes = tuple(dict.fromkeys((*context.requirements, *context.heard)))
    return Scorecard(
        scored=True,
        why_not=None,
        rubrics=scores,
        asked=asked,
        tailoring=tailoring_of(transcript, tokens, analysis.clauses, wishes, lexicon().common),
        closing=closing_manner_of(
            transcript, tokens, analysis.found, analysis.clauses, context.interviewers, is_closing=invited
        ),
        structure=structure_of(analysis.found, tokens),
        delivery=delivery,
        guards=held.names,
    )


def _not_scored(why_not: str, meant: Sequence[str], delivery: Delivery, held: tuple[str, ...] = ()) -> Scorecard:
    names = dict.fromkeys((*RUBRICS, *meant))
    rubrics = {name: RubricScore(name, None, why_not=why_not) for name in names}
    return Scorecard(scored=False, why_not=why_not, rubrics=rubrics, delivery=delivery, guards=held)


def meant_rubrics(context: AnswerContext) -> tuple[str, ...]:
    """The rubrics a question is meant for: as given, else by its kind."""
    if context.rubrics:
        return context.rubrics
    kind = kind_of(context.question, context.kind)
    return DEFAULT_RUBRICS[Kind(kind)] if kind else ("examples", "motivation")


_FEWEST_QUOTED = 4
_DEEDS = (
    "own_action",
    "story_now",
    "change_in_others",
    "measured_change",
    "outcome",
    "ending",
    "feedback",
    "lasting",
)


def _telling_span(name: str, spans: Sequence[Span], found: Mapping[str, Sequence[Span]], analysis: Analysis) -> Span:
    """The last place of a family; of a number the last one that something was done or came of with."""
    if name != "number":
        return spans[-1]
    told = {clause_at(analysis.clauses, span.first) for family in _DEEDS for span in found.get(family, ())}
    return next((each for each in reversed(spans) if clause_at(analysis.clauses, each.first) in told), spans[-1])


def _words_per_family(
    found: Mapping[str, Sequence[Span]], transcript: Transcript, analysis: Analysis
) -> dict[str, str]:
    """Per family the candidate's words to quote: the clause of its last place, so that they know what they said.

    Of a long clause only from that place on, unless that were hardly more than a word ("two years").
    """
    quoted: dict[str, str] = {}
    for name, spans in found.items():
        if spans:
            span = _telling_span(name, spans, found, analysis)
            clause = analysis.clauses[clause_at(analysis.clauses, span.first)]
            last = clause.last
            whole = last - clause.first < advice.MOST_QUOTED or last - span.first < _FEWEST_QUOTED - 1
            first = min(span.first, clause.first) if whole else span.first
            said = words_of(transcript, analysis.tokens, Span(first, last))[2]
            quoted[name] = advice.shortened(said.split())
    return quoted


def _custom_score(name: str, transcript: Transcript, analysis: Analysis, kind: str, at_most: int) -> RubricScore:
    known = find_custom(name)
    if known is None:
        return RubricScore(name, None, why_not=f"There is no rubric '{name}'; 'rubrics list' shows those there are.")
    if isinstance(known, BrokenRubric):
        return RubricScore(name, None, why_not=f"The rubric '{name}' has an error: {known}")
    places = known.tree.find(known.tree.read(analysis.tokens))
    analysis = replace(analysis, found={**analysis.found, **places})
    return _rubric_score(known.rubric, transcript, analysis, kind, at_most)


def _rubric_score(rubric: Rubric, transcript: Transcript, analysis: Analysis, kind: str, at_most: int) -> RubricScore:
    rubric = rubric.for_kind(kind)
    found = analysis.of(rubric)
    judgement: Judgement = judge_answer(rubric, found, analysis.tokens.text, kind, at_most)
    level = rubric.levels[judgement.level]
    quoter = advice.make_quoter(_words_per_family(found, transcript, analysis))
    advised = advice.ADVISERS.get(rubric.id, advice.advise_custom)(rubric, judgement, quoter)
    if rubric.id == "examples" and judgement.level <= 1 and advice.had_none(analysis.tokens.text):
        advised = replace(advised, words=advice.NONE_READY)
    return RubricScore(
        rubric=rubric.id,
        level=judgement.level,
        name=level.name,
        anchor=level.anchor,
        quotes=quotes_for(rubric, found, transcript, analysis.tokens, analysis.clauses, judgement.level),
        missing=advised.missing,
        lacks=advised.lacks,
        advice=advised.words,
        cues=cue_shares(rubric, found, judgement.counts, judgement.shares, transcript, analysis.tokens),
    )


def _questions(
    transcript: Transcript, analysis: Analysis, context: AnswerContext
) -> tuple[RubricScore, tuple[AskedQuestion, ...]]:
    rubric = shipped_rubric("questions")
    graded = grade_questions(analysis.reading, analysis.found, (*context.heard, *context.requirements), lexicon())
    asked = []
    for question in graded:
        first, last, text = words_of(transcript, analysis.tokens, without_joint(question.span, analysis.tokens.text))
        asked.append(AskedQuestion(text, first, last, question.level, question.reason, question.topic))
    best = max((question.level for question in graded), default=0)
    level = rubric.levels[best]
    quotes = tuple(
        quote_of(transcript, analysis.tokens, question.span, question.reason)
        for question in sorted(graded, key=lambda question: (-question.level, question.span.first))
    )
    # Level 3 is worth aiming at from wherever one stands; nobody should be sent to ask about pay.
    anchors = {each.level: each.anchor for each in rubric.levels}
    next_anchor = anchors.get(max(best + 1, _WORTH_ASKING), "")
    return (
        RubricScore(
            "questions",
            best,
            level.name,
            level.anchor,
            quotes,
            missing=(_lowered(next_anchor),) if next_anchor else (),
            advice=rubric.advice[str(best)],
        ),
        tuple(asked),
    )


def _lowered(anchor: str) -> str:
    """An anchor as part of a sentence."""
    return f"{anchor[:1].lower()}{anchor[1:].rstrip('.')}"

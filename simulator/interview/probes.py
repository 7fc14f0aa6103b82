"""When an interviewer asks one short follow-up, and for what.

At most one probe per answer, and never when the answer was complete: a probe asks for the element
whose absence holds the level down (an example, the own action, the outcome, the reason).
"""

from simulator.interview.plan import PROBE_WORDS
from simulator.questions.bank import Kind, Probe, Question
from simulator.scoring.scorecard import Scorecard

COMPLETE = 3
"""At this level only an element that was not said in so many words is asked for; above it nothing."""

_LEADING_RUBRIC = {
    Kind.MOTIVATION: "motivation",
    Kind.OPENING: "motivation",
}
_NEVER_PROBED = (Kind.CLOSING,)


def choose_probe(question: Question, card: Scorecard) -> Probe | None:
    """The probe for this answer, or None where it is complete or was not scored."""
    if not card.scored or question.kind in _NEVER_PROBED:
        return None
    rubric = _LEADING_RUBRIC.get(question.kind, "examples")
    score = card.rubrics.get(rubric)
    if score is None or score.level is None or score.level > COMPLETE:
        return None
    if question.kind is Kind.OPENING and (card.level("examples") or 0) >= COMPLETE:
        return None
    if question.kind is Kind.SITUATIONAL and score.level == 0 and Probe.EXAMPLE not in question.probes:
        # A situational question invites "I would"; only its own probe may ask for a real case.
        return None
    known = {probe.value: probe for probe in Probe}
    return next((known[lack] for lack in score.lacks if lack in known), None)


def probe_words(question: Question, probe: Probe) -> str:
    """What the interviewer says: the question's own probe, else the general one."""
    return question.probes.get(probe) or PROBE_WORDS[probe]

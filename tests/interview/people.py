"""Interviewers, questions and a scorer for tests of the conversation; the real scorer is tried beside it."""

from typing import Any

from simulator.interview.interviewer import Interviewer
from simulator.questions.bank import DEFAULT_RUBRICS, Kind, Probe, Question
from simulator.scoring.scorecard import AskedQuestion, RubricScore, Scorecard
from simulator.scoring.scorer import AnswerContext
from simulator.speech.transcript import Transcript


def interviewer(person: str, **given: Any) -> Interviewer:
    """An interviewer with little to say; `given` replaces fields."""
    fields: dict[str, object] = {
        "id": person,
        "name": {"ann": "Ann Lee", "bob": "Bob Ray", "cleo": "Cleo Diaz"}[person],
        "role": "team lead",
        "greeting": f"Hello, {{candidate}}. I am {person}.",
        "thanks": f"Thank you from {person}.",
    }
    return Interviewer(**{**fields, **given})


ANN = interviewer("ann", priorities=("calm under pressure",), pressing_problem="The handover is too slow")
BOB = interviewer("bob", competencies=("planning",), answers={"pay": "I would have to ask about that."})


def question(number: int, kind: Kind, competency: str = "", **given: Any) -> Question:
    """Question `number`, with its own words for each probe."""
    fields: dict[str, object] = {
        "id": f"q{number}",
        "ask": f"Question {number}?",
        "kind": kind,
        "competency": competency,
        "rubrics": DEFAULT_RUBRICS[kind],
        "probes": {Probe.RESULT: "What came of it?", Probe.ACTION: "What did you do?"},
    }
    return Question(**{**fields, **given})


QUESTIONS = (
    question(0, Kind.OPENING, "self-presentation"),
    question(1, Kind.MOTIVATION, "motivation"),
    question(2, Kind.BEHAVIOURAL, "teamwork"),
    question(3, Kind.BEHAVIOURAL, "planning"),
    question(4, Kind.STRENGTH, "learning"),
    question(5, Kind.BEHAVIOURAL, "teamwork"),
    question(6, Kind.CLOSING, "curiosity"),
)


_ELEMENTS = {"example": "occasion", "action": "own_action", "result": "outcome", "reason": "attraction"}


def score_by_words(transcript: Transcript, context: AnswerContext) -> Scorecard:
    """A scorer that does as it is told: "L2 lacks result" gives level 2; "ask ..." is a question of the candidate."""
    words = transcript.text.split()
    if not words or words[-1] == "unscored":
        return Scorecard(False, "Too little was said.", {})
    # The last level named counts: the probe's reply comes after the answer.
    level = next((int(word[1]) for word in reversed(words) if word[0] == "L" and word[1:].isdecimal()), 3)
    lacks = tuple(words[words.index("lacks") + 1 :][:1]) if "lacks" in words else ()
    asked = (AskedQuestion(" ".join(words[1:]), 1, len(words) - 1, 3, "about the role"),) if words[0] == "ask" else ()
    missing = tuple(_ELEMENTS[lack] for lack in lacks if lack in _ELEMENTS) if level < 3 else ()
    scores = {
        name: RubricScore(name, level, lacks=lacks, missing_elements=missing, advice=f"From {level} to {level + 1}.")
        for name in ("examples", "motivation", "questions")
    }
    return Scorecard(True, None, scores, asked=asked)

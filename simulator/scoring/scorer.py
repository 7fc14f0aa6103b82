"""Scores one answer: the only door into this room.

`score_answer` is pure: the same transcript, question and context always give the same scorecard.
"""

from dataclasses import dataclass

from simulator.scoring.scorecard import Scorecard
from simulator.speech.transcript import Transcript


@dataclass(frozen=True, slots=True)
class AnswerContext:
    """What the scorer may know besides the words.

    `question` is the text asked, `kind` its kind (see `questions.bank.Kind`, "" if unknown),
    `rubrics` those the question is meant for (empty: by kind). `requirements` are the job's wishes,
    `heard` what interviewers said they care about so far, `interviewers` their names.
    """

    question: str
    kind: str = ""
    rubrics: tuple[str, ...] = ()
    target_seconds: int | None = None
    requirements: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    interviewers: tuple[str, ...] = ()


NOT_INVITED = "No question was invited here."
NOT_ASKED = "Not asked here."
YOUR_TURN = "Here it was your turn to ask."


def score_answer(transcript: Transcript, context: AnswerContext) -> Scorecard:
    """Levels, quotes, what is missing and advice for one answer."""
    from simulator.scoring import assemble

    return assemble.scorecard_of(transcript, context)

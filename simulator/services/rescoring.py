"""Kept answers scored again: after a correction of their words, or by a newer reader."""

from dataclasses import replace
from functools import partial

from simulator.assessment import score_answer
from simulator.custom_rubrics import CustomRubrics
from simulator.language.model import late_model
from simulator.scoring.scorer import AnswerContext
from simulator.services.data import Data
from simulator.sessions.correcting import with_correction
from simulator.sessions.session import Answer, Session


class Rescoring:
    """Scores kept answers again."""

    def __init__(self, data: Data, rubrics: CustomRubrics) -> None:
        self._data = data
        self._score = partial(score_answer, custom_rubrics=rubrics)

    def correct(self, answer: Answer, utterance: int, text: str) -> Answer:
        """Correct one utterance of a kept answer, score it again, and keep it.

        Raises UserError where it was changed since it was read.
        """
        context = self._context_of(answer, self._data.store.session(answer.session_id))
        changed = with_correction(answer, utterance, text, lambda new: self._score(new.transcript, context))
        self._data.store.keep_change(answer, changed)
        return changed

    def rescore(self, session_id: str) -> int:
        """Read and score every answer of a kept session anew, with today's reader; how many were.

        Raises Missing where the language model does not load: then nothing is changed.
        """
        late_model.get()
        session = self._data.store.session(session_id)
        answers = [answer for answer in session.answers if answer.scorecard is not None]
        for answer in answers:
            card = self._score(answer.transcript, self._context_of(answer, session))
            self._data.store.keep_change(answer, replace(answer, scorecard=card))
        return len(answers)

    def _context_of(self, answer: Answer, session: Session) -> AnswerContext:
        return AnswerContext(
            question=answer.question.ask,
            kind=answer.question.kind.value,
            rubrics=answer.question.rubrics,
            target_seconds=answer.question.target_seconds,
            requirements=self._data.repositories.requirements_of(session.job_id),
            heard=tuple(learned.text for learned in session.learned),
            interviewers=session.interviewer_names,
        )

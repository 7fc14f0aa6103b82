"""Answers scored in the context of their interview: the job's requirements, the panel, what was learned."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from simulator.interview.adding_piece import with_piece
from simulator.interview.events import Purpose
from simulator.interview.plan import CLOSING_QUESTION
from simulator.questions.bank import Question
from simulator.reading.reader import bare
from simulator.scoring.scorecard import Scorecard
from simulator.scoring.scorer import AnswerContext
from simulator.sessions.session import Answer, Learned, Utterance
from simulator.speech.transcript import Transcript, joined

Scorer = Callable[[Transcript, AnswerContext], Scorecard]
_LONGEST_ASKED = 30
"""Words up to which an answer may be nothing but a question back, and of its end in which one may be."""
_ASKED = 0.8
"""Share of an answer that its questions must be to be all of it."""


@dataclass(frozen=True, slots=True)
class AnswerScoring:
    """Scores the answers of one interview with `score`."""

    score: Scorer
    requirements: tuple[str, ...]
    interviewer_names: tuple[str, ...]

    def with_utterance(self, answer: Answer, utterance: Utterance, piece: str, learned: Sequence[Learned]) -> Answer:
        """An answer with one utterance more, scored. `piece` is the element it was asked for alone, "" for none:
        the utterance then goes where the answer tells such a thing."""
        utterances = with_piece(answer, utterance, piece) if piece else (*answer.utterances, utterance)
        longer = replace(answer, utterances=utterances, answered_at=utterance.said_at, skipped=False)
        context = self._context(longer.question, learned)
        if piece and answer.scorecard:
            longer = replace(longer, levels_before=answer.levels_before or _levels(answer.scorecard))
            context = replace(context, before=answer.scorecard.reading)
        return replace(longer, scorecard=self.score(longer.transcript, context))

    def without_last_piece(self, answer: Answer, learned: Sequence[Learned]) -> Answer | None:
        """An answer as it was before its last piece was added; None where none was."""
        pieces = [each for each in answer.utterances if each.purpose == Purpose.PIECE]
        if not pieces:
            return None
        last = max(pieces, key=lambda each: each.said_at)
        without = replace(answer, utterances=tuple(each for each in answer.utterances if each is not last))
        return replace(without, scorecard=self.score(without.transcript, self._context(answer.question, learned)))

    def without_last(self, answer: Answer, learned: Sequence[Learned]) -> Answer:
        """An answer without what was said last; left out, until something is said, where that was all."""
        utterances = answer.utterances[:-1]
        shorter = replace(answer, utterances=utterances, skipped=not utterances, scorecard=None)
        if not utterances:
            return shorter
        return replace(shorter, scorecard=self.score(shorter.transcript, self._context(answer.question, learned)))

    def read_ahead(self, answer: Answer, transcript: Transcript, learned: Sequence[Learned]) -> None:
        """Score an answer with these words after it, so that the scorer knows its reading when it is asked again."""
        whole = joined((*(each.transcript for each in answer.utterances), transcript))
        self.score(whole, self._context(answer.question, learned))

    def questions_in(self, transcript: Transcript, learned: Sequence[Learned]) -> tuple[str, ...]:
        """The questions worth a reply that the candidate asks in these words."""
        context = replace(self._context(CLOSING_QUESTION, learned), rubrics=("questions",))
        return tuple(asked.text for asked in self.score(transcript, context).asked if asked.level > 0)

    def only_asks(self, transcript: Transcript, learned: Sequence[Learned]) -> bool:
        """Whether these words are a question to the interviewer and no answer to theirs."""
        words = len(transcript.words)
        if not 0 < words <= _LONGEST_ASKED:
            return False
        asked = self.questions_in(transcript, learned)
        told = sum(len(each.split()) for each in asked)
        return told >= _ASKED * words and all(each.endswith("?") for each in asked)

    def asked_at_the_end(self, transcript: Transcript, learned: Sequence[Learned]) -> str:
        """The question to the interviewer that an answer ends with, "" for none, and where no question mark tells.

        Read as a question, one answer in fifty ends with one ("... how the same hops smell of cat one week").
        """
        if transcript.text[-1:] != "?":
            return ""
        end = replace(transcript, words=transcript.words[-_LONGEST_ASKED:], breaks=())
        asked = next(reversed(self.questions_in(end, learned)), "")
        ends = [bare(word.text) for word in end.words[-len(asked.split()) :]]
        return asked if asked and ends == [bare(word) for word in asked.split()] else ""

    def _context(self, question: Question, learned: Sequence[Learned]) -> AnswerContext:
        return AnswerContext(
            question=question.ask,
            kind=question.kind.value,
            rubrics=question.rubrics,
            target_seconds=question.target_seconds,
            requirements=self.requirements,
            heard=tuple(each.text for each in learned),
            interviewers=self.interviewer_names,
        )


def _levels(card: Scorecard) -> dict[str, int]:
    return {name: score.level for name, score in card.rubrics.items() if score.level is not None}

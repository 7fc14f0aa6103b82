"""A practice as it is kept: the session, its answers and the utterances they are made of.

Nothing here does I/O; the store saves these and reads them back. Times of day are ISO 8601 in UTC
("2026-11-23T14:05:09Z"); recordings are paths relative to the recordings folder.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from simulator.questions.bank import DEFAULT_RUBRICS, GOODBYE, Kind, Question
from simulator.scoring.scorecard import RubricScore, Scorecard
from simulator.speech.transcript import Transcript, joined
from simulator.texts import counted


class Mode(StrEnum):
    """How a practice runs."""

    COACH = "coach"
    """Feedback and "try again" after each answer."""
    REALISTIC = "realistic"
    """Nothing until the end, one take."""
    DRILL = "drill"
    """One question again and again."""


NO_ANSWER = frozenset({"aside", "goodbye"})
"""Purposes of what is kept with a question and is no answer to it."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One turn of the candidate: the words given to one prompt.

    `prompt` is what the interviewer had just said (the question, a probe, "anything else?").
    `original` is the transcript as first heard, kept when `transcript` was corrected.
    """

    prompt: str
    transcript: Transcript
    recording: str = ""
    original: Transcript | None = None
    said_at: str = ""
    purpose: str = "question"
    """ "question", "probe", "piece", "closing", "aside" or "goodbye"."""

    @property
    def prompt_named(self) -> str:
        """Its prompt, with what kind of turn it was."""
        return f"{GOODBYE if self.purpose == 'goodbye' else 'Follow-up'}: {self.prompt}"


@dataclass(frozen=True, slots=True)
class Answer:
    """One attempt at one question: an utterance, and the reply to a probe if there was one.

    `position` counts the interview's questions from 0, `attempt` the tries at it from 1. The
    scorecard's word positions refer to `transcript`.
    """

    id: str
    session_id: str
    position: int
    attempt: int
    question: Question
    interviewer_id: str
    interviewer_name: str
    utterances: tuple[Utterance, ...] = ()
    scorecard: Scorecard | None = None
    self_rating: Mapping[str, int] = field(default_factory=dict)
    answered_at: str = ""
    skipped: bool = False
    levels_before: Mapping[str, int] = field(default_factory=dict)
    """The levels, by rubric, that it had before pieces were added to it; none where none were."""

    @property
    def transcript(self) -> Transcript:
        """All utterances of this answer as one transcript."""
        return joined(utterance.transcript for utterance in self.utterances)

    @property
    def original_transcript(self) -> Transcript:
        """The same as first heard, before any correction."""
        return joined(utterance.original or utterance.transcript for utterance in self.utterances)

    @property
    def answered(self) -> bool:
        """Whether the question was answered: neither left out nor reached with a goodbye alone."""
        purposes = [utterance.purpose for utterance in self.utterances]
        return not self.skipped and (not purposes or not NO_ANSWER.issuperset(purposes))

    @property
    def is_goodbye(self) -> bool:
        """Whether these are the last words, in a turn of their own."""
        return self.question.ask == GOODBYE

    @property
    def corrected(self) -> bool:
        """Whether the user mended the transcript."""
        return any(utterance.original is not None for utterance in self.utterances)

    @property
    def begins_with_piece(self) -> bool:
        """Whether a piece that was added later stands before the rest."""
        return len(self.utterances) > 1 and self.utterances[0].purpose == "piece"

    @property
    def probed(self) -> bool:
        """Whether the interviewer asked a probe, whose reply counts into this answer."""
        return any(utterance.purpose == "probe" for utterance in self.utterances)


class LearnedKind(StrEnum):
    """What an interviewer gave away."""

    PRIORITY = "priority"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Learned:
    """Something the candidate learned from an interviewer; tailoring is judged against it from then on."""

    interviewer_id: str
    interviewer_name: str
    kind: LearnedKind
    text: str


@dataclass(frozen=True, slots=True)
class Session:
    """One practice. `sample` marks the sample interview that comes with the app.

    `place` is where an unfinished interview stopped (the conversation's own JSON), "" when it is over.
    """

    id: str
    started_at: str
    mode: Mode
    bank_id: str
    bank_title: str = ""
    interviewer_ids: tuple[str, ...] = ()
    interviewer_names: tuple[str, ...] = ()
    candidate_name: str = ""
    job_id: str = ""
    seed: int | None = None
    sample: bool = False
    finished_at: str = ""
    answers: tuple[Answer, ...] = ()
    learned: tuple[Learned, ...] = ()
    place: str = ""

    @property
    def finished(self) -> bool:
        return bool(self.finished_at)

    def with_answer(self, answer: Answer) -> "Session":
        """This session with `answer` added, or replaced where one of the same id is there."""
        others = tuple(known for known in self.answers if known.id != answer.id)
        ordered = sorted((*others, answer), key=lambda known: (known.position, known.attempt))
        return replace(self, answers=tuple(ordered))

    def answer(self, answer_id: str) -> Answer | None:
        """The answer of that id, or None."""
        return next((answer for answer in self.answers if answer.id == answer_id), None)

    def latest_attempts(self) -> tuple[Answer, ...]:
        """The last attempt at each question, in the order asked; skipped ones left out."""
        latest: dict[int, Answer] = {}
        for answer in self.answers:
            if not answer.skipped:
                latest[answer.position] = answer
        return tuple(latest[position] for position in sorted(latest))

    def never_answered(self) -> tuple[Answer, ...]:
        """The questions that were skipped and not gone back to, in the order asked."""
        skipped = {answer.position: answer for answer in self.answers if answer.skipped and not answer.is_goodbye}
        return tuple(skipped[position] for position in sorted(skipped) if not self.attempts_at(position))

    def best_attempts(self) -> tuple[Answer, ...]:
        """The best attempt at each question by its leading rubric, of equal ones the last; in the order asked.

        The goodbye answers no question.
        """
        return tuple(
            max(tries, key=lambda each: (leading_level(each), each.attempt))
            for last in self.latest_attempts()
            if (tries := self.attempts_at(last.position))
        )

    @property
    def questions_answered(self) -> int:
        """How many of its questions were answered, however often."""
        return len({answer.position for answer in self.answers if answer.answered})

    @property
    def answered_words(self) -> str:
        """How many that were, and in how many tries where it took more."""
        return answered_words(self.answers)

    def attempts_at(self, position: int) -> tuple[Answer, ...]:
        """Every attempt at one question that was not skipped, in their order; a goodbye kept there is none."""
        found = (each for each in self.answers if each.position == position)
        tries = (each for each in found if not (each.skipped or each.is_goodbye))
        return tuple(sorted(tries, key=lambda each: each.attempt))

    def attempt_words(self, answer: Answer) -> str:
        """ "try 1 of 2" where the question was tried more than once, else ""."""
        tries = [each.id for each in self.attempts_at(answer.position)]
        if len(tries) < 2 or answer.id not in tries:
            return ""
        return f"try {tries.index(answer.id) + 1} of {len(tries)}"


def answer_id(session_id: str, position: int, attempt: int) -> str:
    """The id of an attempt: the same conversation always gives the same ids."""
    return f"{session_id}/{position + 1:02d}-{attempt}"


def leading_level(answer: Answer) -> int:
    """The level in what the question asks for first; -1 where it was not scored."""
    leading = next(iter(answer.question.rubrics or DEFAULT_RUBRICS[answer.question.kind]))
    level = answer.scorecard.level(leading) if answer.scorecard else None
    return -1 if level is None else level


def answered_words(answers: Iterable[Answer]) -> str:
    """How many questions were answered, of any sessions, in how many tries: "3 questions in 4 tries"; "" for none."""
    asked = [(answer.session_id, answer.position) for answer in answers if answer.answered]
    questions, tries = len(set(asked)), len(asked)
    if not questions:
        return ""
    return counted(questions, "question") + (f" in {tries} tries" if tries > questions else "")


def shown_scores(answer: Answer) -> list[RubricScore]:
    """The rubrics that an answer's question asks for."""
    return scores_asked_for(answer.question, answer.scorecard) if answer.scorecard else []


def scores_asked_for(question: Question, card: Scorecard) -> list[RubricScore]:
    """The rubrics that a question asks for, the leading one first.

    Further ones only where the question names them or the answer has something of them.
    """
    wanted = question.rubrics or DEFAULT_RUBRICS[question.kind]
    asked = [card.rubrics[rubric] for rubric in wanted if rubric in card.rubrics] or list(card.rubrics.values())
    return [*asked[:1], *(score for score in asked[1:] if score.level or question.rubrics)]


def counted_scores(answer: Answer) -> list[tuple[RubricScore, int]]:
    """Those of them that have a level to be shown and counted: wherever levels are told they are the same."""
    return [(score, score.level) for score in shown_scores(answer) if score.level is not None and not score.unasked]


def is_closing(answer: Answer) -> bool:
    """Whether this is the turn in which the candidate asks."""
    return answer.question.kind is Kind.CLOSING


def lasted(started_at: str, finished_at: str) -> float | None:
    """Seconds from one time (ISO 8601) to another; None where one is missing or no time."""
    try:
        return max(0.0, (datetime.fromisoformat(finished_at) - datetime.fromisoformat(started_at)).total_seconds())
    except (ValueError, TypeError):
        return None

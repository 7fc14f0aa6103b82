"""One answer from words to scorecard: the language model reads it, the rubrics score the reading.

The one place where model, reading and scoring meet. Where the model cannot load, the answer is kept without levels
and the scorecard says why and what to do.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from simulator.errors import MissingPart
from simulator.language.model import LateModel, late_model
from simulator.preparation.matching import matches
from simulator.questions.bank import INVITATION, Question, WorkedAnswer
from simulator.reading.clauses import parted_at
from simulator.reading.elements import elements
from simulator.reading.readable import sentences
from simulator.reading.reader import read
from simulator.reading.reading import Reading
from simulator.scoring.scorecard import Scorecard
from simulator.scoring.scorer import AnswerContext, RubricsByName, not_scored, score_reading
from simulator.sessions.session import Answer, Utterance
from simulator.speech.transcript import Transcript, typed

MOST_WORDS = 10_000
"""Of one answer: more than an hour of talk. Nobody waits for the scores of a book."""
if TYPE_CHECKING:
    from simulator.language.model import Floats

TOLD = ("examples", "motivation")
"""Families of elements that are told, not asked."""
MOST_KEPT = 128
"""Readings kept, so that an answer that is scored a second time is not read again."""
MOST_VECTORS = 2_048
"""Sentence vectors kept."""


def score_answer(
    transcript: Transcript,
    context: AnswerContext,
    model: LateModel | None = None,
    custom_rubrics: RubricsByName | None = None,
) -> Scorecard:
    """Read and score one answer. The same words, context and rubrics always give the same scorecard."""
    if len(transcript.words) > MOST_WORDS:
        why_not = f"This is longer than any answer: {len(transcript.words):,} words. Up to {MOST_WORDS:,} are scored."
        return not_scored(why_not, transcript, context)
    try:
        reading = read_answer(transcript, context.question, context.heard, model)
    except MissingPart as missing:
        return not_scored(str(missing), transcript, context)
    if context.before is not None:
        reading = reading.keeping(context.before)
    return score_reading(reading, transcript, context, custom_rubrics, matches)


def worked_as_given(question: Question, example: WorkedAnswer, custom_rubrics: RubricsByName | None = None) -> Answer:
    """A worked answer as if somebody had given it: read and scored like any other, kept nowhere."""
    transcript = typed(example.answer)
    context = AnswerContext(question.ask, question.kind.value, question.rubrics)
    card = score_answer(transcript, context, custom_rubrics=custom_rubrics)
    return Answer(
        id="", session_id="", position=0, attempt=1, question=question, interviewer_id="", interviewer_name="",
        utterances=(Utterance(question.ask, transcript),), scorecard=card,
    )  # fmt: skip


def read_answer(
    transcript: Transcript, question: str, heard: tuple[str, ...] = (), model: LateModel | None = None
) -> Reading:
    """Read one answer. Raises Missing where the model cannot load."""
    found = _read(tuple(word.text for word in transcript.words), question, heard, model or late_model)
    asked_from = _asked_from(found, model or late_model)
    told = (
        span for span in found.spans if span.first_word < asked_from or elements()[span.element].family not in TOLD
    )
    return replace(
        found,
        spans=parted_at(told, transcript.ends),
        typed=tuple(n for n, word in enumerate(transcript.words) if word.start is None),
        stops=tuple(sorted({*found.stops, *transcript.ends})),
        ends=transcript.ends,
    )


def _asked_from(reading: Reading, model: LateModel) -> int:
    """The word with which the question to the interviewer begins that ends an answer; past its end where none is.

    Only where a question mark tells: read as a question, one spoken answer in fifty ends with one and asks nothing.
    """
    words = reading.words
    if not words or words[-1][-1:] != "?":
        return len(words)
    first, _ = sentences(reading)[-1]
    asked = _read(words[first:], INVITATION, (), model).questions
    return first if any(span.quotable for span in asked) else len(words)


@lru_cache(maxsize=MOST_KEPT)
def _read(words: tuple[str, ...], question: str, heard: tuple[str, ...], model: LateModel) -> Reading:
    return read(typed(" ".join(words)), question, model.get(), heard)


def alike(one: str, others: Sequence[str], model: LateModel | None = None) -> tuple[float, ...]:
    """How near each of the other texts is in meaning to the one: the cosine of their sentence vectors, -1 to 1.

    Raises Missing where the model cannot load.
    """
    held = model or late_model
    mine = _vector(one, held)
    return tuple(round(float(mine @ _vector(other, held)), 3) for other in others)


@lru_cache(maxsize=MOST_VECTORS)
def _vector(text: str, model: LateModel) -> "Floats":
    vector: Floats = model.get().sentence_vectors([text])[0]
    return vector

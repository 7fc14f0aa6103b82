"""What is to be scored, as it is given: a transcript as JSON, and the rubrics that are named. No command itself."""

from typing import Any

from simulator.scoring.scorer import AnswerContext, meant_rubrics
from simulator.speech.transcript import Transcript, typed
from simulator.speech.transcript_files import transcript_from


def with_own(own: list[str], question: str, kind: str) -> tuple[str, ...]:
    """The rubrics of the kind of question, and the user's own beside them."""
    if not own:
        return ()
    return (*meant_rubrics(AnswerContext(question=question, kind=kind)), *own)


def transcript_of(document: Any, name: str) -> Transcript:
    """Words with their times where there are any, else the text as if typed."""
    if (
        isinstance(document, dict)
        and not {"words", "result"} & set(document)
        and isinstance(document.get("text"), str)
    ):
        return typed(document["text"])
    return transcript_from(document, name)

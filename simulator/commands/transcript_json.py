"""Transcripts as JSON: our own form, and what Vosk and others write.

Ours is `{"words": [{"text": "so", "start": 0.4, "end": 0.6, "confidence": 0.9}, ...], "duration": 31.2}`;
Vosk's `{"result": [{"word", "start", "end", "conf"}], "text": ...}` and `{"text": ...}` alone are read too.
"""

from collections.abc import Mapping
from typing import Any

from simulator.problems import Problem
from simulator.speech.transcript import Source, Transcript, Word, typed

_CURE = 'Write {"words": [{"text": "so", "start": 0.4, "end": 0.6}, ...]}.'


def transcript_from(document: Any, name: str) -> Transcript:
    """A transcript from its JSON form. Raises Problem, naming the word that cannot be read."""
    if not isinstance(document, Mapping):
        raise Problem(f"{name} is not a transcript.", _CURE)
    entries = document.get("words", document.get("result"))
    if entries is None:
        text = document.get("text")
        if not isinstance(text, str):
            raise Problem(f"{name} has neither words nor text.", _CURE)
        return typed(text)
    if not isinstance(entries, list):
        raise Problem(f"{name}: 'words' is not a list.", _CURE)
    words = tuple(_word(entry, f"{name}: word {number}") for number, entry in enumerate(entries, 1))
    timed = any(word.start is not None for word in words)
    duration = document.get("duration")
    return Transcript(
        words=words,
        source=Source(document.get("source", Source.SPOKEN if timed else Source.TYPED)),
        duration=float(duration) if duration is not None else (words[-1].end if words else None),
        hesitations_heard=bool(document.get("hesitations_heard", True)),
        model=str(document.get("model", "")),
    )


def _word(entry: Any, where: str) -> Word:
    if isinstance(entry, str):
        return Word(entry)
    if not isinstance(entry, Mapping):
        raise Problem(f"{where} is neither a word nor an object.", _CURE)
    text = entry.get("text", entry.get("word"))
    if not isinstance(text, str):
        raise Problem(f"{where} has no text.", _CURE)
    try:
        return Word(
            text=text,
            start=_seconds(entry.get("start")),
            end=_seconds(entry.get("end")),
            confidence=_seconds(entry.get("confidence", entry.get("conf"))),
        )
    except (TypeError, ValueError):
        raise Problem(f"{where} ('{text}') has a time that is not a number.", _CURE) from None


def _seconds(value: Any) -> float | None:
    return None if value is None else float(value)

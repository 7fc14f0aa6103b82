"""A transcript as a JSON document, and back: our own form, and Vosk's."""

from collections.abc import Mapping
from typing import Any

from simulator.errors import UserError
from simulator.speech.transcript import Source, Transcript, Word

VERSION = 1
"""Of our own form; raised when a reader would have to know."""


def transcript_document(transcript: Transcript) -> dict[str, Any]:
    """The transcript as `transcribe --format json` prints it. Times in seconds, null where typed."""
    return {
        "version": VERSION,
        "source": transcript.source.value,
        "text": transcript.text,
        "words": [
            {"text": word.text, "start": word.start, "end": word.end, "confidence": word.confidence}
            for word in transcript.words
        ],
        "duration": transcript.duration,
        "model": transcript.model,
        "hesitations_heard": transcript.hesitations_heard,
        "trouble": transcript.trouble,
    }


def transcript_from(document: Any, where: str) -> Transcript:
    """The transcript of a JSON document: ours, or a result of Vosk (`{"result": [{"word", "start", ...}]}`).

    Raises UserError, naming `where` it came from, when it is neither.
    """
    if isinstance(document, Mapping):
        rows = document.get("words", document.get("result"))
        if isinstance(rows, list):
            words = tuple(_word(row, f"{where}, word {number}") for number, row in enumerate(rows, 1))
            duration = _number(document, "duration", where)
            timed = any(word.start is not None for word in words)
            ends = [word.end for word in words if word.end is not None]
            return Transcript(
                words=words,
                source=Source.SPOKEN if timed or document.get("source") == Source.SPOKEN else Source.TYPED,
                duration=duration if duration is not None else (max(ends) if ends else None),
                hesitations_heard=bool(document.get("hesitations_heard", not timed)),
                model=str(document.get("model", "")),
                trouble=str(document.get("trouble", "")),
            )
    raise UserError(
        f'{where} is not a transcript: there is no list "words" in it.',
        "Make one with 'second-round transcribe FILE --format json'.",
    )


def _word(row: Any, where: str) -> Word:
    if isinstance(row, str):
        return Word(row)
    if isinstance(row, Mapping):
        text = row.get("text", row.get("word"))
        if isinstance(text, str) and text.strip():
            confidence = "confidence" if "confidence" in row else "conf"
            return Word(
                text.strip(),
                _number(row, "start", where),
                _number(row, "end", where),
                _number(row, confidence, where),
            )
    raise UserError(f"{where}: a word needs a text.", "Make the transcript anew.")


def _number(row: Mapping[str, Any], key: str, where: str) -> float | None:
    value = row.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 1e6:
        raise UserError(f'{where}: "{key}" is not a number of seconds.', "Make the transcript anew.")
    return float(value)

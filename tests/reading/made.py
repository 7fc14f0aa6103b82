"""Readings made by hand, for tests of what follows from a reading."""

from simulator.reading.reading import ElementSpan, Reading
from simulator.speech.transcript import Transcript, typed


def reading_of(marked: str, faint: tuple[str, ...] = (), sure: float = 0.95) -> Reading:
    """A reading from words with marks: "so [own_action:i rang her] and [outcome:she came]". A question has its
    grade ("question.role"). No mark lies in another."""
    words: list[str] = []
    spans: list[ElementSpan] = []
    element, first = "", 0
    for token in marked.replace("]", " ]").split():
        if token.startswith("["):
            element, _, token = token[1:].partition(":")
            first = len(words)
        if token == "]":
            name, _, grade = element.partition(".")
            spans.append(ElementSpan(name, first, len(words) - 1, sure, grade))
        else:
            words.append(token)
    return Reading(words=tuple(words), spans=tuple(spans), faint=faint, version="made")


def transcript_of(reading: Reading) -> Transcript:
    """The typed transcript of a reading."""
    return typed(" ".join(reading.words))

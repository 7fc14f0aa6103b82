"""What was said, word by word.

The transcriber makes a transcript, scoring reads it, the store keeps it. Word times are seconds from the start of the
answer's recording, and None where the answer was typed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise


class Source(StrEnum):
    """How the words came in."""

    SPOKEN = "spoken"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class Word:
    """One word as recognised or typed. `start` and `end` in seconds, `confidence` 0 to 1."""

    text: str
    start: float | None = None
    end: float | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """One answer's words in order.

    `duration` is the length of the recording in seconds (None when typed).
    `hesitations_heard` is False where the speech model has no word for "um" and "uh", so that a
    count of none means nothing. `model` names the speech model ("" when typed).
    """

    words: tuple[Word, ...] = ()
    source: Source = Source.TYPED
    duration: float | None = None
    hesitations_heard: bool = True
    model: str = ""
    trouble: str = ""
    """What went wrong while listening, in a plain sentence ("" when nothing did)."""
    breaks: tuple[float, ...] = ()
    """Seconds at which nobody was listening: between two utterances, at an outage, while the interview paused.
    A gap around one of them is no pause of the speaker."""
    ends: tuple[int, ...] = ()
    """The words with which an utterance ends, but for the last one."""

    @property
    def text(self) -> str:
        """The words joined by single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def timed(self) -> bool:
        """Whether every word carries its time."""
        return bool(self.words) and all(word.start is not None for word in self.words)


def gaps(transcript: Transcript) -> list[tuple[int, float, float, bool]]:
    """Silences between words: the word before, from when to when, and whether it is the speaker's own."""
    found = []
    for i, (word, after) in enumerate(pairwise(transcript.words)):
        if word.end is not None and after.start is not None and after.start > word.end:
            # The recogniser's times are some hundredths off.
            own = not any(word.end - 0.05 <= at <= after.start + 0.05 for at in transcript.breaks)
            found.append((i, word.end, after.start, own))
    return found


def typed(text: str) -> Transcript:
    """The transcript of a typed answer: words as separated by white space, no times."""
    return Transcript(words=tuple(Word(part) for part in text.split()), source=Source.TYPED)


def joined(parts: Iterable[Transcript]) -> Transcript:
    """Several utterances of one answer (the answer, then the reply to a probe) as one transcript.

    Times of later parts are shifted behind the earlier ones, so that they still rise.
    """
    words: list[Word] = []
    breaks: list[float] = []
    ends: list[int] = []
    offset = 0.0
    given = list(parts)
    spoken = [part for part in given if part.source is Source.SPOKEN]
    for part in given:
        ends.extend(len(words) + end for end in part.ends)
        for word in part.words:
            if word.start is None or word.end is None:
                words.append(word)
            else:
                words.append(Word(word.text, word.start + offset, word.end + offset, word.confidence))
        breaks.extend(at + offset for at in part.breaks)
        offset += part.duration or 0.0
        breaks.append(offset)
        ends.append(len(words) - 1)
    return Transcript(
        words=tuple(words),
        source=Source.SPOKEN if spoken else Source.TYPED,
        duration=sum(part.duration or 0.0 for part in spoken) if spoken else None,
        hesitations_heard=all(part.hesitations_heard for part in spoken) if spoken else True,
        model=spoken[0].model if spoken else "",
        trouble=" ".join(part.trouble for part in given if part.trouble),
        breaks=tuple(breaks[:-1]) if spoken else (),
        ends=tuple(sorted({end for end in ends if 0 <= end < len(words) - 1})),
    )

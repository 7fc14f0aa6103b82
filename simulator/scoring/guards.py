"""What is not scored at all, and what does not count: words without sense, the question read back, repetition."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from simulator.reading.reader import HESITATIONS, bare
from simulator.reading.reading import Reading
from simulator.speech.transcript import Transcript

FEWEST_WORDS = 8
LEAST_CONFIDENCE = 0.45
"""Mean word confidence of the speech model below which the words are guesses."""
MOST_GARBLED = 0.4
"""Share of words that make no sense where they stand, from which an answer is not scored."""
READ_BACK = 4
"""So many words in a row taken from the question count as the question read back."""
SAID_AGAIN = 6
"""So many words in a row said before count as said again."""
MOST_MASKED = 0.5
"""Share of a span's words that may be read back or said again before it no longer counts."""

TOO_LITTLE = "Too little was said to score."
UNINTELLIGIBLE = "Most words were hard to make out, so they are not scored."
NO_SENSE = "These words make no sense together, so they are not scored. Look whether you were heard right."
ONLY_THE_QUESTION = "This mostly repeats the question."
IN_SHORT: Mapping[str, str] = {
    TOO_LITTLE: "too short", UNINTELLIGIBLE: "hard to make out", NO_SENSE: "without sense",
    ONLY_THE_QUESTION: "mostly the question",
}  # fmt: skip
"""Why answers are not scored, where many are counted."""

REPEATED = "the same words said again"
QUESTION_REPEATED = "the question read back"
GARBLED = "words that make no sense together"
_MUCH_AGAIN = 0.3


@dataclass(frozen=True, slots=True)
class GuardResult:
    """The reading less what does not count, the names of guards that touched it, and why it is not scored."""

    reading: Reading
    names: tuple[str, ...] = ()
    why_not: str | None = None


def apply_guards(reading: Reading, transcript: Transcript, question: str, fewest: int) -> GuardResult:
    """Take out what does not count."""
    words = [bare(word) for word in reading.words]
    spoken = sum(1 for word in words if word and word not in HESITATIONS)
    if spoken < fewest:
        return GuardResult(reading, why_not=TOO_LITTLE)
    sure = [word.confidence for word in transcript.words if word.confidence is not None]
    if len(sure) >= fewest and sum(sure) / len(sure) < LEAST_CONFIDENCE:
        return GuardResult(reading, why_not=UNINTELLIGIBLE)
    if spoken >= FEWEST_WORDS and reading.garbled >= MOST_GARBLED:
        return GuardResult(reading, (GARBLED,), NO_SENSE)
    asked = [bare(word) for word in question.split()]
    read_back = taken_from(words, asked, READ_BACK)
    again = said_again(words, SAID_AGAIN)
    if read_back and spoken - len(read_back | again) < min(fewest, FEWEST_WORDS):
        return GuardResult(reading, (QUESTION_REPEATED,), ONLY_THE_QUESTION)
    names = (REPEATED,) if len(again) > len(words) * _MUCH_AGAIN else ()
    masked = read_back | again
    counted = tuple(
        span
        for span in reading.spans
        if sum(place in masked for place in range(span.first_word, span.last_word + 1)) <= MOST_MASKED * span.words
    )
    return GuardResult(replace(reading, spans=counted), names)


def taken_from(words: Sequence[str], source: Sequence[str], run: int) -> frozenset[int]:
    """Positions of words that stand in a run of `run` words taken from `source`."""
    known = {tuple(source[at : at + run]) for at in range(len(source) - run + 1)}
    return frozenset(
        place
        for at in range(len(words) - run + 1)
        if tuple(words[at : at + run]) in known
        for place in range(at, at + run)
    )


def said_again(words: Sequence[str], run: int) -> frozenset[int]:
    """Positions of runs of `run` words that were said before."""
    seen: dict[tuple[str, ...], int] = {}
    positions: set[int] = set()
    for at in range(len(words) - run + 1):
        key = tuple(words[at : at + run])
        if at - seen.setdefault(key, at) >= run:
            positions.update(range(at, at + run))
    return frozenset(positions)

"""Correct a transcript: words that stay keep their times, new ones get times from the gap they fill.

The recording is never changed, and what was first heard is kept beside the correction.
"""

from collections.abc import Callable
from dataclasses import replace
from difflib import SequenceMatcher

from simulator.scoring.scorecard import Scorecard
from simulator.sessions.session import Answer
from simulator.speech.transcript import Transcript, Word


def corrected(transcript: Transcript, text: str) -> Transcript:
    """The transcript with the words of `text`."""
    old, new = transcript.words, text.split()
    matcher = SequenceMatcher(a=[word.text for word in old], b=new, autojunk=False)
    words: list[Word] = []
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        if what == "equal":
            words.extend(old[i1:i2])
        elif j2 > j1:
            words.extend(_timed(new[j1:j2], *_gap(old, i1, i2)))
    return replace(transcript, words=tuple(words))


def _gap(old: tuple[Word, ...], first: int, behind: int) -> tuple[float | None, float | None]:
    """From when to when the words `first` to `behind` (not included) were said, or would have been."""
    if first < behind:
        return old[first].start, old[behind - 1].end
    before = old[first - 1].end if first else (0.0 if old and old[0].start is not None else None)
    after = old[first].start if first < len(old) else before
    return before, after


def _timed(texts: list[str], start: float | None, end: float | None) -> list[Word]:
    if start is None or end is None:
        return [Word(text) for text in texts]
    total = sum(len(text) for text in texts) or 1
    letters = 0
    edges = [start]
    for text in texts[:-1]:
        letters += len(text)
        edges.append(round(start + (end - start) * letters / total, 3))
    edges.append(end)
    # Typed by hand, so there is no doubt about them.
    return [Word(text, edges[n], edges[n + 1], 1.0) for n, text in enumerate(texts)]


def with_correction(answer: Answer, utterance: int, text: str, rescore: Callable[[Answer], Scorecard]) -> Answer:
    """The answer with one utterance corrected and scored again; the first transcript is kept in `original`."""
    old = answer.utterances[utterance]
    if text.split() == [word.text for word in old.transcript.words]:
        return answer
    first = old.original or old.transcript
    if text.split() == [word.text for word in first.words]:
        mended = replace(old, transcript=first, original=None)
    else:
        # Always from what was first heard, so that times do not drift with every edit.
        mended = replace(old, transcript=corrected(first, text), original=first)
    utterances = tuple(mended if n == utterance else each for n, each in enumerate(answer.utterances))
    changed = replace(answer, utterances=utterances)
    return replace(changed, scorecard=rescore(changed))

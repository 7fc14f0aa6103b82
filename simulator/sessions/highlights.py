"""Which words of an answer to mark, and why: what earned something, hesitations, pauses, doubtful words.

Pure; the app, the exports and the tests draw from the same marks.
"""

from dataclasses import dataclass
from difflib import SequenceMatcher

from simulator.sessions.session import Answer

DOUBTFUL_BELOW = 0.6
"""Word confidence below which a word is marked as perhaps misheard (wrong words averaged 0.7, right ones 0.99)."""


@dataclass(frozen=True, slots=True)
class WordMark:
    """One word and what is to be seen of it. `earned` names what its quotes earned, rubric by rubric.

    `pause_after` is the silence behind it in seconds where it is long, else None. `changed` are words that a
    correction put in, or (as first heard) took out.
    """

    position: int
    text: str
    start: float | None = None
    end: float | None = None
    earned: tuple[tuple[str, str], ...] = ()
    hesitation: bool = False
    doubtful: bool = False
    pause_after: float | None = None
    changed: bool = False


@dataclass(frozen=True, slots=True)
class QuoteSpan:
    """One quote of the scorecard in the order of the text. Positions are inclusive."""

    rubric: str
    earns: str
    first_word: int
    last_word: int


def quote_spans(answer: Answer) -> tuple[QuoteSpan, ...]:
    """All quotes of an answer, first to last; those that do not fit the transcript are left out."""
    if answer.scorecard is None:
        return ()
    count = len(answer.transcript.words)
    spans = [
        QuoteSpan(rubric, quote.earns, quote.first_word, quote.last_word)
        for rubric, score in answer.scorecard.rubrics.items()
        for quote in score.quotes
        if 0 <= quote.first_word <= quote.last_word < count
    ]
    return tuple(sorted(spans, key=lambda span: (span.first_word, span.last_word, span.rubric)))


def word_marks(answer: Answer) -> tuple[WordMark, ...]:
    """Every word of an answer with its marks."""
    earned: dict[int, list[tuple[str, str]]] = {}
    for span in quote_spans(answer):
        for position in range(span.first_word, span.last_word + 1):
            earned.setdefault(position, []).append((span.rubric, span.earns))
    delivery = answer.scorecard.delivery if answer.scorecard else None
    hesitations = set(delivery.hesitation_words) if delivery else set()
    pauses = {pause.after_word: pause.length for pause in delivery.pauses} if delivery else {}
    changed = _changed(answer)[1] if answer.corrected else frozenset()
    return tuple(
        WordMark(
            position=position,
            text=word.text,
            start=word.start,
            end=word.end,
            earned=tuple(earned.get(position, ())),
            hesitation=position in hesitations,
            doubtful=word.confidence is not None and word.confidence < DOUBTFUL_BELOW,
            pause_after=pauses.get(position),
            changed=position in changed,
        )
        for position, word in enumerate(answer.transcript.words)
    )


def original_marks(answer: Answer) -> tuple[WordMark, ...]:
    """The words as first heard; `changed` are those that the correction took out. Nothing is marked as earned."""
    taken_out = _changed(answer)[0] if answer.corrected else frozenset()
    return tuple(
        WordMark(
            position=position,
            text=word.text,
            start=word.start,
            end=word.end,
            doubtful=word.confidence is not None and word.confidence < DOUBTFUL_BELOW,
            changed=position in taken_out,
        )
        for position, word in enumerate(answer.original_transcript.words)
    )


def _changed(answer: Answer) -> tuple[frozenset[int], frozenset[int]]:
    """The positions of words that corrections took out of what was first heard, and of those they put in."""
    out: set[int] = set()
    put_in: set[int] = set()
    first_old = first_new = 0
    for utterance in answer.utterances:
        old = [word.text for word in (utterance.original or utterance.transcript).words]
        new = [word.text for word in utterance.transcript.words]
        if utterance.original is not None:
            for what, i1, i2, j1, j2 in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
                if what != "equal":
                    out.update(range(first_old + i1, first_old + i2))
                    put_in.update(range(first_new + j1, first_new + j2))
        first_old += len(old)
        first_new += len(new)
    return frozenset(out), frozenset(put_in)

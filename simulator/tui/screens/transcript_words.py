"""The words of an answer as the transcript screen shows them, and what is to be said of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from simulator.sessions.coach_feedback import CoachFeedback, marks_that_fit, with_marks
from simulator.sessions.highlights import QuoteSpan, WordMark, original_marks, quote_spans, word_marks
from simulator.sessions.rubric_titles import rubric_title
from simulator.sessions.session import Answer, Utterance
from simulator.sessions.times import clock
from simulator.speech.transcript import Source, Transcript

LONGEST_QUOTE = 10
"""Words of a quote that are shown whole."""


@dataclass(frozen=True)
class TranscriptWords:
    """The words of `answer`: readable, exactly as recognised (`exact`), or as first heard (`original`)."""

    answer: Answer
    coach: CoachFeedback | None = None
    exact: bool = False
    original: bool = False

    @cached_property
    def marks(self) -> tuple[WordMark, ...]:
        """Every word with its marks."""
        if self.original:
            return original_marks(self.answer)
        marks = word_marks(self.answer, self.exact)
        return with_marks(marks, marks_that_fit(self.coach, self.answer)) if self.coach else marks

    @cached_property
    def quotes(self) -> tuple[QuoteSpan, ...]:
        """The words that earned something."""
        return quote_spans(self.answer)

    @property
    def typed(self) -> bool:
        """Whether nobody spoke these words."""
        return self.answer.transcript.source is Source.TYPED

    @property
    def has_readable_form(self) -> bool:
        """Whether there is a readable form beside the words as recognised."""
        readable = [mark.text for mark in word_marks(self.answer) if not mark.left_out]
        return readable != [word.text for word in self.answer.transcript.words]

    def shown(self, utterance: int) -> Transcript:
        """The words of an utterance as they are on the screen."""
        return self._shown(self.answer.utterances[utterance])

    def _shown(self, utterance: Utterance) -> Transcript:
        return (utterance.original or utterance.transcript) if self.original else utterance.transcript

    def place(self, position: int) -> tuple[int, int]:
        """The utterance of a word, and its number in it."""
        for number, utterance in enumerate(self.answer.utterances):
            count = len(self._shown(utterance).words)
            if position < count or number == len(self.answer.utterances) - 1:
                return number, position
            position -= count
        return 0, 0

    def position(self, utterance: int, word: int) -> int:
        """The place of an utterance's word among all words."""
        return sum(len(self._shown(each).words) for each in self.answer.utterances[:utterance]) + word

    def description(self, position: int | None) -> str:
        """What a word is, in words: no meaning by colour or underline alone. None where none was gone to yet."""
        parts = ["As first heard; words in italics were corrected. O goes back"] if self.original else []
        if self.exact and not self.original:
            parts.append(f"Exactly as it was {'typed' if self.typed else 'heard'}. V goes back")
        if self.marks and position is not None:
            parts.extend(self._of_word(self.marks[position], position))
        return "   ".join(parts)

    def _of_word(self, mark: WordMark, position: int) -> Iterator[str]:
        at = f" at {clock(mark.start)}" if mark.start is not None else ""
        yield f"Word “{mark.text}”{at}: E corrects it"
        yield from self._earned(position)
        yield from self._marked_by_coach(position)
        if mark.hesitation:
            yield "a hesitation"
        if mark.doubtful:
            yield "perhaps misheard"
        if mark.changed and not self.original:
            yield "corrected by you"
        if mark.pause_after:
            yield f"then {mark.pause_after:.1f} s of silence"

    def _earned(self, position: int) -> Iterator[str]:
        """What the words around a position earned; a long quote by its beginning and its end."""
        for span in self.quotes:
            if span.first_word <= position <= span.last_word:
                marks = self.marks[span.first_word : span.last_word + 1]
                words = [mark.text for mark in marks if not mark.left_out]
                quote = " ".join(words if len(words) <= LONGEST_QUOTE else [*words[:5], "…", *words[-3:]])
                yield f"“{quote}” counts as: {span.earns} ({rubric_title(span.rubric)})"

    def _marked_by_coach(self, position: int) -> Iterator[str]:
        if self.coach is not None and not self.original:
            for mark in marks_that_fit(self.coach, self.answer):
                if mark.first_word <= position <= mark.last_word:
                    yield f"marked by your coach{f': {mark.note}' if mark.note else ''}"

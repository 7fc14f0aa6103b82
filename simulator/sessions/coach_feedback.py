"""What a coach said of an answer: own levels, marked words, a comment written or spoken. Kept beside the answer.

It never changes the app's own levels; where both are shown, each says whose it is.
"""

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from simulator.errors import UserError
from simulator.reading.readable import readable
from simulator.scoring.scorecard import MAX_LEVEL
from simulator.sessions.answer_feedback import level_bar
from simulator.sessions.highlights import WordMark
from simulator.sessions.json_repository import JsonRepository
from simulator.sessions.rubric_titles import rubric_title
from simulator.sessions.session import Answer, Session
from simulator.sessions.store import Store
from simulator.sessions.store_documents import COACH

LONGEST_COMMENT = 20_000
MOST_MARKS = 200


@dataclass(frozen=True, slots=True)
class MarkedPassage:
    """Words a coach marked, by their positions in the answer (both inclusive) and as they stood, with a note."""

    first_word: int
    last_word: int
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class CoachFeedback:
    """A coach's feedback on one answer, whose id it has.

    `recording` is the spoken comment, relative to the recordings folder; `spoken` its words, where they were
    understood. `by` is how the coach is called ("" where no name was given), `at` the time of day.
    """

    id: str
    levels: Mapping[str, int] = field(default_factory=dict)
    marks: tuple[MarkedPassage, ...] = ()
    comment: str = ""
    recording: str = ""
    spoken: str = ""
    by: str = ""
    at: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was said yet."""
        return not (self.levels or self.marks or self.comment or self.recording)

    @property
    def whose(self) -> str:
        """Whose feedback it is, as a heading."""
        return f"Your coach, {self.by}" if self.by else "Your coach"

    def check(self) -> None:
        """Raise UserError unless this can be shown."""
        wrong = [rubric for rubric, level in self.levels.items() if not 0 <= level <= MAX_LEVEL]
        if wrong:
            raise UserError(f"A level of {self.levels[wrong[0]]} for '{wrong[0]}' does not do.", "Levels are 0 to 4.")
        if len(self.comment) > LONGEST_COMMENT:
            raise UserError(
                f"A comment of {len(self.comment)} characters is too long.", f"Up to {LONGEST_COMMENT} fit."
            )
        if len(self.marks) > MOST_MARKS:
            raise UserError(f"{len(self.marks)} marks are too many.", f"Up to {MOST_MARKS} can be shown.")

    def with_mark(self, answer: Answer, first: int, last: int, note: str) -> "CoachFeedback":
        """With these words of the answer marked; marks that begin at the same word are replaced. Raises UserError."""
        first, last = min(first, last), max(first, last)
        words = answer.transcript.words
        if not 0 <= first <= last < len(words):
            raise UserError(
                f"The answer has words 1 to {len(words)}, not {first + 1} to {last + 1}.", "Choose again."
            )
        passage = MarkedPassage(first, last, " ".join(word.text for word in words[first : last + 1]), note)
        others = (mark for mark in self.marks if mark.first_word != first)
        return replace(self, marks=tuple(sorted((*others, passage), key=lambda mark: mark.first_word)))


def coach_repository(store: Store) -> JsonRepository[CoachFeedback]:
    """Where a store keeps what coaches said, by the ids of answers."""
    return JsonRepository(store, COACH, CoachFeedback, "coach's feedback", "'sessions show'")


def feedback_on(store: Store, answer_id: str) -> CoachFeedback | None:
    """What a coach said of an answer; None where there is nothing, or nothing that can be read."""
    return coach_repository(store).find(answer_id)


def feedback_in(store: Store, session: Session) -> dict[str, CoachFeedback]:
    """What a coach said of the answers of a session, by their ids."""
    found = ((answer.id, feedback_on(store, answer.id)) for answer in session.answers)
    return {answer_id: feedback for answer_id, feedback in found if feedback is not None}


def coach_lines(feedback: CoachFeedback, answer: Answer, width: int, whose: str = "") -> list[str]:
    """A coach's feedback as lines of plain text; where a level differs, the app's own stands beside it."""
    lines = [whose or feedback.whose]
    lines.extend(f"  {words}" for words in coach_level_words(feedback, answer))
    for mark in feedback.marks:
        words = f"“{_readable(mark, answer)}”" + (f": {mark.note}" if mark.note else "")
        lines.extend(textwrap.wrap(words, width, initial_indent="  ", subsequent_indent="    "))
    for paragraph in feedback.comment.splitlines():
        lines.extend(textwrap.wrap(paragraph, width, initial_indent="  ", subsequent_indent="  "))
    if feedback.recording:
        words = f"Spoken comment: {feedback.spoken}" if feedback.spoken else "There is a spoken comment."
        lines.extend(textwrap.wrap(words, width, initial_indent="  ", subsequent_indent="    "))
    return lines


def _readable(mark: MarkedPassage, answer: Answer) -> str:
    """The marked words as the answer above is shown; as they were marked, where it was corrected since."""
    reading = answer.scorecard.reading if answer.scorecard else None
    there = " ".join(reading.words[mark.first_word : mark.last_word + 1]) if reading else ""
    return readable(reading, mark.first_word, mark.last_word) if reading and there == mark.text else mark.text


def coach_level_words(feedback: CoachFeedback, answer: Answer) -> Iterator[str]:
    """The coach's levels, and where the app gave another one, that it did."""
    for rubric, level in feedback.levels.items():
        ours = answer.scorecard.level(rubric) if answer.scorecard else None
        beside = "" if ours == level else f" (the app: {'no level' if ours is None else ours})"
        yield f"{rubric_title(rubric)} {level_bar(level)} {level}{beside}"


def marks_that_fit(feedback: CoachFeedback, answer: Answer) -> tuple[MarkedPassage, ...]:
    """The marks whose words still stand where they stood: a transcript may have been corrected since."""
    words = [word.text for word in answer.transcript.words]
    return tuple(
        mark for mark in feedback.marks if " ".join(words[mark.first_word : mark.last_word + 1]) == mark.text
    )


def with_marks(marks: Sequence[WordMark], passages: Iterable[MarkedPassage]) -> tuple[WordMark, ...]:
    """The words with what a coach marked; a passage begins and ends with words that are shown."""
    made = list(marks)
    for passage in passages:
        shown = [at for at in range(passage.first_word, passage.last_word + 1) if not made[at].left_out]
        if shown:
            made[shown[0]] = replace(made[shown[0]], marked_from=True)
            made[shown[-1]] = replace(made[shown[-1]], marked_to=True)
    return tuple(made)

"""Which part of which answer is due to be practised again, spaced as flashcards are.

A card is one part (an element such as `outcome`) of one question. It comes into being when the part is missing from
an answer; each later answer to the question is a review of it: told, or missing again. The dates come from FSRS
(https://github.com/open-spaced-repetition/py-fsrs). Nothing is kept for it: the answers in the store are replayed,
so that a deleted session is forgotten here too.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from simulator.reading.elements import elements
from simulator.scoring.scorecard import PartState
from simulator.sessions.store_rows import PartsTold

if TYPE_CHECKING:
    from simulator.sessions.store import Store

READ_BACK = 300
"""The latest answers that are replayed; a part missed before them and never since is no longer weak."""
A_DAY = 3
"""As many parts as are spoken of for one day."""
RETENTION = 0.9
"""How likely a part should still be told when it is asked for again; FSRS's own default."""


@dataclass(frozen=True, slots=True)
class DuePart:
    """One part of one question that is due. `missed` of `answers` answers to the question lacked it."""

    question_id: str
    bank_id: str
    ask: str
    rubric: str
    element: str
    due: date
    missed: int
    answers: int

    @property
    def name(self) -> str:
        """The part's plain name, "what came of it"."""
        return elements()[self.element].name


def due_parts(parts: Sequence[PartsTold], today: date) -> tuple[DuePart, ...]:
    """What is due on a day, the part that is weakest over all questions first; `parts` in the order of time."""
    every = scheduled_parts(parts)
    weak = Counter(part.element for part in every for _ in range(part.missed))
    due = [part for part in every if part.due <= today]
    return tuple(sorted(due, key=lambda part: (-weak[part.element], part.due, -part.missed, part.question_id)))


def scheduled_parts(parts: Sequence[PartsTold]) -> tuple[DuePart, ...]:
    """Every part that was missing once, with the day on which it is due again."""
    from fsrs import Card, Rating, Scheduler  # late

    # Whole days only: nobody gives the same interview answer again after ten minutes.
    scheduler = Scheduler(desired_retention=RETENTION, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    cards: dict[tuple[str, str, str], Card] = {}
    last: dict[tuple[str, str], PartsTold] = {}
    answers: Counter[tuple[str, str]] = Counter()
    missed: Counter[tuple[str, str, str]] = Counter()
    for each in parts:
        at = _moment(each.answered_at)
        if at is None:
            continue
        question = (each.question_id, each.rubric)
        last[question] = each
        answers[question] += 1
        for element, found in each.parts.items():
            key = (*question, element)
            lacking = found == PartState.NO
            missed[key] += lacking
            # Perhaps it was told, or another part stood for it: no reason to ask for it, and none to call it learned.
            if found in (PartState.YES, PartState.NO) and (lacking or key in cards):
                card = cards.get(key) or Card(card_id=len(cards) + 1, due=at)
                cards[key], _ = scheduler.review_card(card, Rating.Again if lacking else Rating.Good, at)
    return tuple(
        DuePart(
            question_id=key[0],
            bank_id=last[key[:2]].bank_id,
            ask=last[key[:2]].ask,
            rubric=key[1],
            element=key[2],
            due=card.due.astimezone().date(),
            missed=missed[key],
            answers=answers[key[:2]],
        )
        for key, card in cards.items()
        if key[2] in elements()
    )


def due_in(store: "Store", today: date) -> tuple[DuePart, ...]:
    """What is due in a store on the user's day."""
    return due_parts(store.parts_told(READ_BACK), today)


def due_words(due: Sequence[DuePart]) -> str:
    """What is due in one line; "" for nothing. Of many only a few are for today: a large number helps nobody."""
    if not due:
        return ""
    if len(due) == 1:
        return "1 part of an answer to practise again"
    rest = "; the rest another day" if len(due) > A_DAY else ""
    return f"{min(len(due), A_DAY)} parts of answers to practise again{rest}"


def often_missed(part: DuePart) -> str:
    """In how many answers to its question a part was missing."""
    return "once" if part.answers == part.missed == 1 else f"{part.missed} of {part.answers} times"


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)

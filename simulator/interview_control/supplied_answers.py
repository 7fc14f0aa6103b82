"""Answers that are given ahead, and the questions they belong to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from simulator.interview.events import Purpose
from simulator.interview.plan import Plan
from simulator.interview.state import InterviewState
from simulator.speech.transcript import Transcript


@dataclass(frozen=True, slots=True)
class SuppliedAnswer:
    """An answer given ahead (`--answer FILE`): its transcript, and where its sound is kept."""

    transcript: Transcript
    recording: str = ""
    question_id: str = ""
    """The question it is given for; "" for the next one that has none."""


class SuppliedAnswers:
    """Which given answer goes to which question: those named for one to that, the others in order, one a question.

    With `follow_ups` every turn of the candidate takes the next one; in a `drill` every attempt does.
    """

    def __init__(
        self,
        answers: Iterable[SuppliedAnswer],
        plan: Plan,
        first: int = 0,
        follow_ups: bool = False,
        drill: bool = False,
    ) -> None:
        self._follow_ups = follow_ups
        ids = {turn.question.id: place for place, turn in enumerate(plan.turns) if place >= first}
        self._for: dict[int, SuppliedAnswer] = {}
        self._rest: list[SuppliedAnswer] = []
        for answer in answers:
            place = None if follow_ups else ids.get(answer.question_id)
            if place is None or place in self._for:
                self._rest.append(answer)
            else:
                self._for[place] = answer
        self._in_order = follow_ups or drill
        if not self._in_order:
            open_places = [place for place in range(first, len(plan.turns)) if place not in self._for]
            self._for.update(zip(open_places, self._rest, strict=False))
            self.missing = [place - first + 1 for place in open_places[len(self._rest) :]]
            self.unused = max(0, len(self._rest) - len(open_places))
            self._rest = []
        else:
            self.missing, self.unused = [], 0

    @property
    def left(self) -> bool:
        """Whether answers wait for later questions."""
        return bool(self._for or self._rest)

    def take(self, place: InterviewState) -> SuppliedAnswer | None:
        """The answer for the candidate's turn, each only once."""
        asked = place.turn is Purpose.QUESTION or (place.turn is Purpose.CLOSING and place.rounds == 0)
        if self._in_order:
            return self._rest.pop(0) if self._rest and (asked or self._follow_ups) else None
        return self._for.pop(place.position, None) if asked else None

    def told(self) -> str:
        """What of the answers does not fit the questions; "" where all do."""
        if self.missing:
            one = len(self.missing) == 1
            which = f"question {self.missing[0]}" if one else f"questions {_in_runs(self.missing)}"
            stays = "stays" if one else "stay"
            return f"There are fewer answers than questions: {which} of this interview {stays} unanswered."
        if self.unused:
            which = "the last one is" if self.unused == 1 else f"the last {self.unused} are"
            return f"There are more answers than questions: {which} not used."
        return ""


def _in_runs(numbers: Sequence[int]) -> str:
    """Ascending numbers in words: "2, 5 to 9"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)

"""What the interviewers say by themselves: greetings, questions and thanks, in the words of their files."""

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.interview import closing
from simulator.interview.events import Line, Purpose
from simulator.interview.interviewer import Interviewer
from simulator.interview.plan import Plan
from simulator.questions.bank import Kind
from simulator.sessions.session import Mode

NOT_UNDERSTOOD = "Let us go on."
"""What an interviewer says to an answer that was not understood or not given: no thanks, no blame."""


@dataclass(frozen=True, slots=True)
class InterviewerLines:
    """The lines of one interview. `interviewers` has every interviewer of the plan by id."""

    plan: Plan
    interviewers: Mapping[str, Interviewer]
    mode: Mode
    candidate_name: str

    @property
    def panel(self) -> tuple[Interviewer, ...]:
        """The interviewers of the plan, the lead first."""
        return tuple(self.interviewers[interviewer_id] for interviewer_id in self.plan.interviewer_ids)

    def greetings(self) -> tuple[Line, ...]:
        """How each of them begins."""
        return tuple(Line(self._named(each.greeting), each.id, Purpose.GREETING) for each in self.panel)

    def thanks(self) -> tuple[Line, ...]:
        """How each of them ends, the lead last."""
        return tuple(Line(self._named(each.thanks), each.id, Purpose.THANKS) for each in reversed(self.panel))

    def question(self, position: int, first_try: bool, understood: bool = True) -> Line:
        """The question at a position; at the first try after something that leads over to it.

        `understood`: whether the answer before was given and made sense; else nobody thanks for it.
        """
        turn = self.plan.turns[position]
        words = turn.question.ask
        if first_try and self.mode is Mode.REALISTIC and position > 0:
            words = f"{self._acknowledgement(position) if understood else NOT_UNDERSTOOD} {words}"
        elif first_try and position > 0 and turn.interviewer_id != self.plan.turns[position - 1].interviewer_id:
            words = f"{self._thank_you()} {words}"
        return Line(words, turn.interviewer_id, self.purpose(position))

    def question_gone_back_to(self, position: int) -> Line:
        """A question before, which the candidate wants to answer now."""
        turn = self.plan.turns[position]
        return Line(f"{closing.BACK_TO_BEFORE} {turn.question.ask}", turn.interviewer_id, self.purpose(position))

    def purpose(self, position: int) -> Purpose:
        """What the turn of the question at a position is for."""
        return Purpose.CLOSING if self.plan.turns[position].question.kind is Kind.CLOSING else Purpose.QUESTION

    def _acknowledgement(self, position: int) -> str:
        words = self.interviewers[self.plan.turns[position].interviewer_id].acknowledgements
        return words[position % len(words)] if words else self._thank_you()

    def _thank_you(self) -> str:
        return f"Thank you, {self.candidate_name}." if self.candidate_name else "Thank you."

    def _named(self, words: str) -> str:
        """Fill the candidate's name in, or leave its place out."""
        if self.candidate_name:
            return words.replace("{candidate}", self.candidate_name)
        return words.replace(", {candidate}", "").replace(" {candidate}", "").replace("{candidate}", "")

"""How far an interview has come through its plan, by the answers that are there."""

from simulator.interview.events import Purpose
from simulator.interview.plan import GOODBYE_TURN, Plan, Turn
from simulator.questions.bank import Kind
from simulator.sessions.session import Answer, Session, answer_id


def attempts(session: Session, position: int) -> int:
    """How often a question was answered or left out. What was asked aside is no answer to it."""
    return max(
        (
            answer.attempt
            for answer in session.answers
            if answer.position == position
            and (answer.skipped or any(each.purpose != Purpose.ASIDE for each in answer.utterances))
        ),
        default=0,
    )


def left_out(session: Session, position: int) -> bool:
    """Whether a question was passed over, and never answered."""
    return all(answer.skipped for answer in session.answers if answer.position == position)


def understood_before(session: Session, position: int) -> bool:
    """Whether the answer to the question before was given and made sense; so it is where there is none yet."""
    before = next((each for each in reversed(session.answers) if each.position == position - 1), None)
    return not before or not (before.skipped or (before.scorecard and not before.scorecard.scored))


def next_open(session: Session, plan: Plan, position: int) -> int | None:
    """The next question after `position` that was neither answered nor left out; None when there is no more."""
    later = range(position + 1, len(plan.turns))
    return next((each for each in later if not attempts(session, each)), None)


def answer_at(session: Session, turn: Turn, interviewer_name: str, position: int, attempt: int) -> Answer:
    """One attempt at a turn's question; a new one when nothing was said yet."""
    whole_id = answer_id(session.id, position, attempt)
    return session.answer(whole_id) or Answer(
        id=whole_id,
        session_id=session.id,
        position=position,
        attempt=attempt,
        question=turn.question,
        interviewer_id=turn.interviewer_id,
        interviewer_name=interviewer_name,
    )


def goodbye_turn(plan: Plan) -> tuple[Turn, int, int]:
    """The turn in which the candidate says goodbye, behind all questions, with its position and attempt.

    Behind a plan without a closing turn there is room for what was once asked on the way.
    """
    behind = 0 if plan.turns[-1].question.kind is Kind.CLOSING else 1
    return Turn(GOODBYE_TURN, plan.interviewer_ids[0]), len(plan.turns) + behind, 1

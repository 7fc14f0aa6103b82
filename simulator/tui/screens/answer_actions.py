"""What can be done with a kept answer from the screen that shows it."""

from simulator.errors import UserError
from simulator.interview.setup import Setup
from simulator.sessions.session import Answer, Mode
from simulator.tui.base_app import BaseApp
from simulator.tui.screens.worked_answer import show_worked_answers


def try_again(app: BaseApp, answer: Answer) -> None:
    """The answer's question anew, as a drill."""
    try:
        setup = Setup(bank_id=_bank_id(app, answer), mode=Mode.DRILL, question_id=answer.question.id)
        app.open_interview(setup=setup)
    except UserError as problem:
        app.tell(problem)


def show_strong_answer(app: BaseApp, answer: Answer) -> None:
    """How somebody else might answer the question well."""
    try:
        show_worked_answers(app, answer.question, _bank_id(app, answer), answer.interviewer_id)
    except UserError as problem:
        app.tell(problem)


def _bank_id(app: BaseApp, answer: Answer) -> str:
    return app.services.data.store.session(answer.session_id).bank_id

"""The services as a whole: opened late, closed whole, and good for another round after that."""

from pathlib import Path

from simulator.assessment import score_answer
from simulator.interview.setup import Setup
from simulator.paths import AppPaths
from simulator.scoring.scorer import AnswerContext
from simulator.services import Services
from simulator.settings import Settings
from simulator.speech.transcript import typed


def test_making_the_services_opens_nothing(tmp_path: Path) -> None:
    paths = AppPaths(tmp_path / "home", tmp_path / "home", tmp_path / "cache")
    Services(paths, Settings()).close()
    assert list(tmp_path.iterdir()) == []


def test_services_that_were_closed_open_again(tmp_path: Path) -> None:
    services = Services(AppPaths(tmp_path, tmp_path, tmp_path / "cache"), Settings())
    first = services.interviews.begin(Setup(count=2, seed=1)).session.id
    jobs = services.data.repositories.jobs.all()
    services.close()
    assert services.interviews.resume(first).session.id == first
    assert services.data.repositories.jobs.all() == jobs
    services.close()


def test_an_answer_is_scored_by_custom_rubrics_only_where_they_are_given() -> None:
    said = typed("i asked the customer what she needed and then i found her the right size because it was late")
    context = AnswerContext("Tell me about a customer.", "behavioural", ("safety_awareness",))
    without = score_answer(said, context).rubrics["safety_awareness"]
    assert without.level is None
    assert "There is no rubric 'safety_awareness'" in (without.why_not or "")
    given = score_answer(said, context, custom_rubrics=Services().rubrics).rubrics["safety_awareness"]
    assert "There is no rubric" not in (given.why_not or "")

"""The services as a whole: opened late, closed whole, and good for another round after that."""

from pathlib import Path

import pytest

from simulator.assessment import score_answer
from simulator.interview.setup import Setup
from simulator.paths import AppPaths, shipped
from simulator.questions.bank import Bank
from simulator.scoring.scorer import AnswerContext
from simulator.services import Services
from simulator.settings import Settings
from simulator.speech.transcript import typed
from tests.reliability.interviews import hold_plain


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


@pytest.mark.parametrize("left", ["", "interviewer: somebody-else"], ids=["gone", "broken"])
def test_an_interview_goes_on_without_the_file_of_its_interviewer_under_the_same_name(
    tmp_path: Path, left: str
) -> None:
    paths = AppPaths(tmp_path, tmp_path, tmp_path / "cache")
    own = paths.interviewers / "my-boss.yaml"
    own.parent.mkdir()
    shipped_one = (shipped("assets") / "interviewers" / "ward-manager.yaml").read_text(encoding="utf-8")
    own.write_text(
        shipped_one.replace("ward-manager", "my-boss").replace("Ruth Adeyemi", "Bo Berg"), encoding="utf-8"
    )
    services = Services(paths, Settings())
    begun = services.interviews.begin(Setup(count=2, seed=1, interviewer_ids=("my-boss", "people-partner")))
    services.close()
    own.write_text(left) if left else own.unlink()
    services = Services(paths, Settings())
    again = services.interviews.resume(begun.session.id)
    assert [(each.id, each.name) for each in again.interviewers] == [
        (each.id, each.name) for each in begun.interviewers
    ]
    assert hold_plain(services, again, interactive=True, resumed=True).finished
    services.close()


def test_an_answer_is_scored_by_custom_rubrics_only_where_they_are_given() -> None:
    said = typed("i asked the customer what she needed and then i found her the right size because it was late")
    context = AnswerContext("Tell me about a customer.", "behavioural", ("safety_awareness",))
    without = score_answer(said, context).rubrics["safety_awareness"]
    assert without.level is None
    assert "There is no rubric 'safety_awareness'" in (without.why_not or "")
    given = score_answer(said, context, custom_rubrics=Services().rubrics).rubrics["safety_awareness"]
    assert "There is no rubric" not in (given.why_not or "")


def test_the_general_bank_comes_first_then_all_by_title() -> None:
    first, *others = Services().library.banks()
    assert first.id == Settings().bank
    titles = [bank.title for bank in others if isinstance(bank, Bank)]
    assert titles == sorted(titles, key=str.casefold)

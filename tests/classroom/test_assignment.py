"""Assignments: a fixed order under rules, done once, and handed in so that no edit goes unnoticed."""

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from simulator.classroom.assignment import Rules, assignment_text, make_assignment, read_assignment
from simulator.classroom.assignment_rubrics import install_rubrics, own_rubrics
from simulator.classroom.taking_in import gather
from simulator.cli import main
from simulator.clock import now
from simulator.custom_rubrics import CustomRubrics
from simulator.errors import ExitCode, UserError
from simulator.interview.events import (
    AddPiece,
    Begin,
    GoBack,
    GoOn,
    Invite,
    LineFinished,
    Phase,
    Say,
    ShowFeedback,
    Skip,
    TryAgain,
    UtteranceHeard,
)
from simulator.interview.setup import Setup
from simulator.questions.bank import Bank, Kind, Question
from simulator.services import Services
from simulator.sessions.archive import write_one
from simulator.sessions.session import Mode
from simulator.speech.transcript import typed
from tests.classroom.twenty import BROKE, DRAWS, RUBRIC, YOURS, practise

ASKED = Bank(
    "workshop",
    "The workshop",
    (
        Question("yours", "What would you like to ask us?", Kind.CLOSING, "curiosity", ("questions",), 40),
        Question("broke", "Tell me about a time a machine broke down.", Kind.BEHAVIOURAL, "x", ("examples",), 60),
        Question("draws", "What draws you to this workshop?", Kind.MOTIVATION, "y", ("motivation",), 90),
    ),
)
ANSWERS = {"broke": BROKE[1], "draws": DRAWS[0], "yours": YOURS[1]}


@pytest.fixture
def services() -> Iterator[Services]:
    services = Services()
    yield services
    services.close()


def handed_out(tmp_path: Path, rules: Rules | None = None, **more: Any) -> Path:
    path = tmp_path / "work.json"
    path.write_text(assignment_text(make_assignment(ASKED, rules=rules, **more), {}), encoding="utf-8")
    return path


def test_all_questions_are_asked_in_their_order_and_the_candidates_own_come_last(
    services: Services, tmp_path: Path
) -> None:
    assignment = services.assignments.take(handed_out(tmp_path))
    plan, _ = services.planner.plan(Setup(bank_id=assignment.bank.id, count=1, seed=3, weak_first=True))
    assert [turn.question.id for turn in plan.turns] == ["broke", "draws", "yours"]


def test_a_plan_changed_by_hand_does_not_change_an_assignment(services: Services, tmp_path: Path) -> None:
    assignment = services.assignments.take(handed_out(tmp_path))
    plan, _ = services.planner.plan(Setup(bank_id=assignment.bank.id))
    conversation = services.interviews.begin(Setup(bank_id=assignment.bank.id, mode=Mode.COACH), plan=plan.without(0))
    assert len(conversation.plan.turns) == 3
    assert conversation.session.mode is Mode.REALISTIC


def test_one_limit_for_all_or_those_of_the_questions(tmp_path: Path) -> None:
    assignment, _ = read_assignment(handed_out(tmp_path, seconds=30))
    assert {question.target_seconds for question in assignment.questions} == {30}
    assignment, _ = read_assignment(handed_out(tmp_path))
    assert [question.target_seconds for question in assignment.questions] == [60, 90, 40]


def test_no_follow_up_no_second_try_and_the_limit_is_told(services: Services, tmp_path: Path) -> None:
    services.settings.change(replace(services.settings.current, probes=True))
    assignment = services.assignments.take(handed_out(tmp_path, Rules(feedback="each")))
    conversation = services.interviews.begin(Setup(bank_id=assignment.bank.id))
    effects = conversation.advance(Begin(), now())
    while any(isinstance(effect, Say) for effect in effects):
        effects = conversation.advance(LineFinished(), now())
    invite = next(effect for effect in effects if isinstance(effect, Invite))
    assert (invite.target_seconds, invite.limit) == (60, True)
    # An answer that lacks everything, to which a probe would come.
    effects = conversation.advance(UtteranceHeard(typed(BROKE[0])), now())
    assert any(isinstance(effect, ShowFeedback) for effect in effects)
    assert conversation.state.phase is Phase.FEEDBACK
    assert conversation.missing_piece == ""
    for event in (TryAgain(), AddPiece(), GoBack()):
        assert conversation.advance(event, now()) == ()
    conversation.advance(GoOn(), now())
    assert conversation.state.position == 1


def test_what_was_left_out_can_still_be_answered_and_what_was_answered_cannot(
    services: Services, tmp_path: Path
) -> None:
    assignment = services.assignments.take(handed_out(tmp_path))
    conversation = services.interviews.begin(Setup(bank_id=assignment.bank.id))

    def until_invited() -> None:
        while conversation.state.phase is not Phase.INVITED:
            conversation.advance(LineFinished(), now())

    def last_turn() -> int | None:
        return conversation.earlier

    conversation.advance(Begin(), now())
    until_invited()
    conversation.advance(Skip(), now())
    until_invited()
    assert last_turn() == 0
    conversation.advance(GoBack(), now())
    until_invited()
    conversation.advance(UtteranceHeard(typed(BROKE[1])), now())
    until_invited()
    assert conversation.state.position == 1
    assert last_turn() is None


def test_an_assignment_is_done_once_and_goes_on_where_it_was_left(services: Services, tmp_path: Path) -> None:
    assignment = services.assignments.take(handed_out(tmp_path))
    setup = Setup(bank_id=assignment.bank.id)
    begun = services.interviews.begin(setup)
    services.interviews.leave(begun.session.id)
    with pytest.raises(UserError, match="goes on with it"):
        services.interviews.begin(setup)
    assert services.interviews.resume(begun.session.id).options.second_try is False
    services.data.store.delete(begun.session.id)
    practise(services, "Amara Okoye", ANSWERS, setup=setup)
    with pytest.raises(UserError, match="done once"):
        services.interviews.begin(setup)
    # To practise one of its questions afterwards is no second try at the work.
    drill = services.interviews.begin(replace(setup, mode=Mode.DRILL, question_id="broke"))
    assert drill.options.second_try


def test_with_a_second_try_it_may_be_done_again(services: Services, tmp_path: Path) -> None:
    assignment = services.assignments.take(handed_out(tmp_path, Rules(second_try=True)))
    for _ in range(2):
        practise(services, "Amara Okoye", ANSWERS, setup=Setup(bank_id=assignment.bank.id))
    assert len(services.data.store.summaries(bank_id=assignment.bank.id)) == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("machine broke down", "machine worked"),
        lambda text: text.replace('"second_try": false', '"second_try": true'),
        lambda text: text[: len(text) // 2],
        lambda text: text.replace('"version": 1', '"version": 9'),
        lambda text: text.replace("second-round-assignment", "second-round-tusk"),
        lambda text: "[" * 100_000,
    ],
)
def test_a_file_that_was_changed_is_refused_in_a_sentence(tmp_path: Path, change: Callable[[str], str]) -> None:
    path = handed_out(tmp_path)
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(UserError):
        read_assignment(path)


def test_a_rubric_travels_with_the_work_and_never_replaces_another(simulator_home: Path) -> None:
    own = CustomRubrics()
    install_rubrics({"care_for_tools": RUBRIC}, own)
    question = replace(ASKED.questions[1], rubrics=("examples", "care_for_tools"))
    assert own_rubrics([question]) == {"care_for_tools": RUBRIC}
    install_rubrics({"care_for_tools": RUBRIC}, own)
    with pytest.raises(UserError, match="is another"):
        install_rubrics({"care_for_tools": RUBRIC.replace("a tool", "any tool")}, own)
    with pytest.raises(UserError, match="no name"):
        install_rubrics({"../../elsewhere": RUBRIC}, own)
    with pytest.raises(UserError, match="has an error"):
        install_rubrics({"other": RUBRIC.replace("care_for_tools", "other").replace("cuts:", "cats:")}, own)
    assert [path.name for path in own.folder.iterdir()] == ["care_for_tools.yaml"]


# Handed in.

Change = Callable[[bytes], bytes | None]


def rewritten(source: Path, target: Path, name: str, change: Change) -> Path:
    """A copy of an archive in which one entry is other, or gone where `change` gives None."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename.startswith(name):
                changed = change(content)
                if changed is None:
                    continue
                content = changed
            new.writestr(entry.filename, content)
    return target


@pytest.fixture
def result(services: Services, tmp_path: Path) -> Path:
    """An assignment that was done and is handed in; the coach knows what was set."""
    path = handed_out(tmp_path)
    assignment = services.assignments.take(path)
    services.data.classes.assignments.save(read_assignment(path)[0])
    services.data.classes.new("Evening course")
    session = practise(services, "Amara Okoye", ANSWERS, setup=Setup(bank_id=assignment.bank.id))
    target = tmp_path / "result.zip"
    write_one(services.data.store.session(session.id), services.paths.recordings, target)
    return target


def left_out(services: Services, path: Path) -> str:
    (found,) = gather(services.data.classes, "evening-course", [path], "", lambda _path, _name: "")
    return " ".join((found.left_out, *found.notes))


def test_a_result_as_the_app_wrote_it_is_taken_and_named_as_an_assignment(services: Services, result: Path) -> None:
    assert left_out(services, result).strip() == ""
    ((digest,),) = services.data.classes.digests("evening-course").values()
    assert digest.assignment == "The workshop"


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("sessions/", lambda content: content.replace(b'"level": 1', b'"level": 4')),
        ("sessions/", lambda content: content.replace(b"trouble with the machines", b"no trouble with anything")),
        ("sums.json", lambda content: None),
        ("sums.json", lambda content: b"{}"),
        ("sums.json", lambda content: b"[" * 9999),
        ("manifest.json", lambda content: content.replace(b"true", b"false")),
    ],
)
def test_an_edited_result_is_noticed(
    services: Services, result: Path, tmp_path: Path, name: str, change: Change
) -> None:
    edited = rewritten(result, tmp_path / "edited.zip", name, change)
    with zipfile.ZipFile(result) as whole, zipfile.ZipFile(edited) as other:
        assert [whole.read(entry) for entry in whole.namelist()] != [other.read(entry) for entry in other.namelist()]
    assert left_out(services, edited).strip()
    assert services.data.classes.session_ids("evening-course", "amara-okoye") == []
    assert services.data.classes.get("evening-course").students == ()


def test_an_assignment_as_plain_json_has_no_sums_and_is_not_taken(
    services: Services, result: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(result) as archive:
        name = next(each for each in archive.namelist() if each.startswith("sessions/"))
        (tmp_path / "session.json").write_bytes(archive.read(name))
    assert "checksums" in left_out(services, tmp_path / "session.json")


def test_another_assignment_under_the_same_id_is_noticed(services: Services, result: Path) -> None:
    assignment = services.data.classes.assignments.all()[0]
    other = tuple(replace(question, ask=f"Other: {question.ask}") for question in assignment.questions)
    services.data.classes.assignments.save(replace(assignment, questions=other))
    assert "its questions are not those of the assignment" in left_out(services, result)


def test_the_commands_hand_out_and_hand_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "work.json"
    ask: tuple[str, ...] = (
        "class",
        "set",
        "first-round-general",
        "--questions",
        "why-this-work",
        "--seconds",
        "50",
        "--out",
        str(out),
    )
    bank = Services().library.bank("first-round-general")
    # A beginning of an id is enough.
    ask = tuple(bank.questions[1].id[:-1] if word == "why-this-work" else word for word in ask)
    assert main(ask) == ExitCode.DONE
    assert "no follow-up questions" in capsys.readouterr().err
    shutil.move(out, tmp_path / "moved.json")
    monkeypatch.setenv("SIMULATOR_HOME", str(tmp_path / "student"))
    said = tmp_path / "said.txt"
    said.write_text(DRAWS[1], encoding="utf-8")
    practice = [
        "practice",
        "--assignment",
        str(tmp_path / "moved.json"),
        "--plain",
        "--candidate",
        "Mina",
        "--answer",
        str(said),
    ]
    assert main(["practice", "--plain", "--assignment", "nothing"]) == ExitCode.NOT_IN_ORDER
    assert "The app's page 'Choose what to practise' lists them." in capsys.readouterr().err
    assert main(practice) == ExitCode.DONE
    assert bank.questions[1].ask in capsys.readouterr().out
    main(["sessions", "list", "--json"])
    (session,) = json.loads(capsys.readouterr().out)
    assert session["bank_id"].startswith("assignment:")
    zipped = tmp_path / "mina.zip"
    assert main(["sessions", "export", session["id"], "--format", "zip", "--out", str(zipped)]) == ExitCode.DONE
    with zipfile.ZipFile(zipped) as archive:
        assert "sums.json" in archive.namelist()
    capsys.readouterr()
    assert main(practice) == ExitCode.NOT_IN_ORDER
    assert "done once" in capsys.readouterr().err


def test_a_file_that_is_no_assignment_is_told_as_that(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4")
    with pytest.raises(UserError, match="no assignment of Second Round"):
        read_assignment(path)

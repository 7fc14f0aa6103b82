"""How far coach and app agree, and answers to calibrate with that name nobody."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.classroom.agreement import (
    FEW,
    Agreement,
    agreements,
    calibration_rows,
    different,
    pairs_of,
    without_names,
)
from simulator.classroom.classes import Classes
from simulator.cli import main
from simulator.errors import ExitCode
from simulator.scoring.agreement import weighted_kappa
from simulator.sessions.coach_feedback import CoachFeedback
from tests.sessions.made import CALM, STRONG, answered, practice

CLAIMS = "i am a natural leader and i work hard and people like me because i am honest"
COACH = (0, 1, 4, 3, 2, 4)
"""The coach's levels; the app gives 0 to the first three and 4 to the others."""


@pytest.fixture
def classes(simulator_home: Path) -> Iterator[Classes]:
    """A class in the user's home, with levels of the coach."""
    classes = Classes(simulator_home / "classes")
    student = classes.add_student(classes.new("Evening course").id, "Jo Amara")
    answers = tuple(
        answered("s1", n, replace(CALM, id=f"q{n}"), f"{CLAIMS if n < 3 else STRONG} says jo to amara")
        for n in range(6)
    )
    session = practice("s1", candidate_name="Jo Amara", answers=answers)
    classes.take("evening-course", student, [session], lambda _name, _path: False)
    for answer, level in zip(classes.store.session("evening-course.jo-amara.s1").answers, COACH, strict=True):
        classes.feedback.save(CoachFeedback(answer.id, {"examples": level}))
    yield classes
    classes.close()


def test_kappa_and_shares_are_over_the_pairs(classes: Classes) -> None:
    pairs = pairs_of(classes, classes.get(""))
    (found,) = agreements(pairs)
    app = [0, 0, 0, 4, 4, 4]
    assert [pair.app for pair in pairs] == app
    assert found.kappa == pytest.approx(weighted_kappa(app, list(COACH)))
    assert (found.count, found.equal, found.within_one) == (6, 2 / 6, 4 / 6)
    assert found.lean == pytest.approx(sum(app) / 6 - sum(COACH) / 6)
    assert str(FEW) in found.words


def test_those_furthest_apart_come_first(classes: Classes) -> None:
    apart = different(pairs_of(classes, classes.get("")))
    assert [abs(pair.coach - (pair.app or 0)) for pair in apart] == [4, 2, 1, 1]


def test_calibration_answers_name_nobody_and_can_be_scored_again(
    classes: Classes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = calibration_rows(pairs_of(classes, classes.get("")), classes.get(""))
    assert [row["coach"]["examples"] for row in rows] == list(COACH)
    classes.close()
    out = tmp_path / "calibration.jsonl"
    assert main(["class", "agreement", "--out", str(out)]) == ExitCode.DONE
    assert "Nothing was sent" in capsys.readouterr().err
    text = out.read_text(encoding="utf-8").casefold()
    assert not [name for name in ("amara", " jo ", "s1", "evening") if name in text]
    assert main(["score", str(out)]) == ExitCode.DONE
    again = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["coach"] for each in again] == [row["coach"] for row in rows]


def test_only_what_was_chosen_is_written(classes: Classes, tmp_path: Path) -> None:
    classes.close()
    chosen = "evening-course.jo-amara.s1/03-1"
    out = tmp_path / "calibration.jsonl"
    assert main(["class", "agreement", "--out", str(out), "--answers", chosen]) == ExitCode.DONE
    assert [json.loads(line)["coach"] for line in out.read_text(encoding="utf-8").splitlines()] == [{"examples": 4}]
    assert main(["class", "agreement", "--answers", "nobody"]) == ExitCode.WRONG_USE


def test_the_command_prints_kappa_and_the_pairs(classes: Classes, capsys: pytest.CaptureFixture[str]) -> None:
    classes.close()
    assert main(["class", "agreement"]) == ExitCode.DONE
    said = capsys.readouterr().out
    assert "examples: 6 answers, QWK" in said
    assert "Jo Amara, examples: you 4, the app 0" in said
    main(["class", "agreement", "--json"])
    assert len(json.loads(capsys.readouterr().out)["pairs"]) == 6


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("amara told Amara's sister", "[name] told [name]'s sister"),
        ("the camaraderie of Okoyes", "the camaraderie of Okoyes"),
        ("an apple for An", "an apple for [name]"),
        ("élodie and ÉLODIE", "[name] and [name]"),
    ],
)
def test_names_are_hidden_as_whole_words(text: str, clean: str) -> None:
    assert without_names(text, {"Amara Okoye", "An Lu", "Élodie"}) == clean


def test_one_level_is_told_without_a_kappa() -> None:
    one = Agreement("examples", 1, float("nan"), 0.0, 0.0, 2.0)
    assert one.numbers == "1 answer, not the same"
    assert "you gave one level so far" in one.words

"""Rubric files: the shipped ones are in order, broken ones are told of with their place, own ones are scored."""

from pathlib import Path

import pytest

from simulator.places import shipped, user_places
from simulator.scoring.rubric import shipped_rubric
from simulator.scoring.rubric_check import check_rubric
from simulator.scoring.scorer import AnswerContext, score_answer
from simulator.speech.transcript import typed

GOOD = """\
rubric: kindness
title: Kindness
description: Does the candidate notice others?
levels:
  0: {name: none, anchor: Nothing.}
  1: {name: said, anchor: Says it.}
  2: {name: seen, anchor: Saw somebody.}
  3: {name: done, anchor: Did something.}
  4: {name: kept, anchor: Kept at it.}
cuts: [0.5, 1.5, 2.5, 3.5]
cues:
  words:
    label: kind words
    cap: 1
    weight: 1
    phrases: [kind, kindness]
  saw:
    label: somebody seen
    cap: 1
    weight: 1
    phrases: [i noticed, i saw]
  did:
    label: something done
    cap: 1
    weight: 1
    phrases: [i sat with, i stayed with]
  kept:
    label: kept at it
    cap: 1
    weight: 1
    phrases: [every week]
"""


@pytest.mark.parametrize("name", ["examples", "motivation"])
def test_the_shipped_rubrics_are_in_order(name: str) -> None:
    assert check_rubric(shipped("assets") / "rubrics" / f"{name}.yaml") == []


def test_the_worked_example_is_in_order_and_labelled_as_one() -> None:
    path = shipped("assets") / "rubrics" / "examples" / "safety_awareness.yaml"
    assert check_rubric(path) == []
    assert "example" in path.read_text(encoding="utf-8").lower()


@pytest.mark.parametrize("name", ["examples", "motivation", "questions"])
def test_every_level_has_a_name_and_an_anchor(name: str) -> None:
    levels = shipped_rubric(name).levels
    assert [level.level for level in levels] == [0, 1, 2, 3, 4]
    assert all(level.name and level.anchor for level in levels)


@pytest.mark.parametrize("name", ["examples", "motivation"])
def test_no_weight_is_negative(name: str) -> None:
    assert all(weight >= 0 for family in shipped_rubric(name).families for weight in family.weight)


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("rubric: kindness", "rubrik: kindness", 1, "Did you mean 'rubric'"),
        ("rubric: kindness", "rubric: Kindness!", 1, "small letters"),
        ("  4: {name: kept, anchor: Kept at it.}\n", "", 5, "no '4'"),
        ("cuts: [0.5, 1.5, 2.5, 3.5]", "cuts: [0.5, 1.5, 2.5]", 10, "3 numbers"),
        ("cuts: [0.5, 1.5, 2.5, 3.5]", "cuts: [2.5, 1.5, 2.5, 3.5]", 10, "do not rise"),
        ("weight: 1\n    phrases: [kind, kindness]", "weight: -1\n    phrases: [kind, kindness]", 15, "cannot be -1"),
        ("[i noticed, i saw]", "[i noticed, <nowhere>]", 21, "no word class <nowhere>"),
        ("[i noticed, i saw]", "[i noticed, i noticed]", 21, "stands here twice"),
        ("[every week]", "[]", 31, "empty list"),
        ("[every week]", "[no]", 31, "in quotes"),
        ("    phrases: [every week]\n", "    signal: own_actoin\n", 31, "Did you mean 'own_action'"),
        (
            "cap: 1\n    weight: 1\n    phrases: [every week]",
            "cap: 0\n    weight: 1\n    phrases: [every week]",
            29,
            "cannot be 0",
        ),
    ],
)
def test_an_error_is_told_with_its_line_and_what_to_write(
    tmp_path: Path, old: str, new: str, line: int, says: str
) -> None:
    assert old in GOOD
    path = tmp_path / "kindness.yaml"
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    findings = check_rubric(path)
    assert any(finding.line == line and says in str(finding) for finding in findings), [
        str(each) for each in findings
    ]


def test_all_errors_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "kindness.yaml"
    path.write_text(GOOD.replace("title:", "titel:").replace("[every week]", "[]"), encoding="utf-8")
    assert len(check_rubric(path)) >= 2


def test_a_rubric_of_ones_own_is_scored_when_a_question_names_it() -> None:
    folder = user_places().rubrics
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "kindness.yaml").write_text(GOOD, encoding="utf-8")
    context = AnswerContext("Tell me about a time you were kind.", "behavioural", rubrics=("examples", "kindness"))
    card = score_answer(
        typed("i noticed that my neighbour was alone so i sat with him and i go there every week"), context
    )
    score = card.rubrics["kindness"]
    assert (score.level, score.name) == (3, "done")
    assert score.missing == ("kind words",)
    assert "sat with" in " ".join(quote.text for quote in score.quotes)
    assert {cue.cue for cue in score.cues} == {"saw", "did", "kept"}


def test_a_rubric_that_does_not_exist_is_named() -> None:
    context = AnswerContext("Tell me about a time you were kind.", "behavioural", rubrics=("nowhere",))
    card = score_answer(typed("i noticed that my neighbour was alone so i sat with him all day"), context)
    assert "nowhere" in (card.rubrics["nowhere"].why_not or "")


def test_the_worked_example_tells_a_danger_dealt_with_from_a_rule_named() -> None:
    def level(text: str) -> int | None:
        context = AnswerContext("Tell me about safety.", "behavioural", rubrics=("safety_awareness",))
        return score_answer(typed(text), context).level("safety_awareness")

    named = level("safety is very important to me and i always wear my helmet and gloves on the site")
    dealt = level("i noticed a loose cable by the door so i switched off the power and i told the foreman at once")
    assert named is not None
    assert dealt is not None
    assert named <= 1
    assert dealt >= 3

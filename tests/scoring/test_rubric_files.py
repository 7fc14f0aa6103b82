"""Rubric files: the shipped ones are in order, broken ones are told of with their place, own ones are scored."""

from dataclasses import replace
from pathlib import Path

import pytest

from simulator.assessment import score_answer
from simulator.custom_rubrics import BrokenRubric, CustomRubrics
from simulator.paths import shipped, user_paths
from simulator.scoring.own_rubric import Judgement, missing_of
from simulator.scoring.rubric import STEPS, Condition, Family, Rubric
from simulator.scoring.rubric_check import check_rubric, parse_rubric
from simulator.scoring.rubric_words import shipped_rubric
from simulator.scoring.scorecard import RubricScore
from simulator.scoring.scorer import AnswerContext
from simulator.services import Services
from simulator.sessions.rubric_titles import rubric_title
from simulator.speech.transcript import typed
from simulator.yaml_nodes import BrokenFile

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


def test_the_worked_example_is_in_order_and_labelled_as_one() -> None:
    path = shipped("assets") / "rubrics" / "examples" / "safety_awareness.yaml"
    assert check_rubric(path) == []
    assert "example" in path.read_text(encoding="utf-8").lower()


@pytest.mark.parametrize("name", ["examples", "motivation", "questions"])
def test_every_level_has_a_name_and_an_anchor(name: str) -> None:
    levels = shipped_rubric(name).levels
    assert [level.level for level in levels] == [0, 1, 2, 3, 4]
    assert all(level.name and level.anchor for level in levels)


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("rubric: kindness", "rubrik: kindness", 1, "Did you mean 'rubric'"),
        ("rubric: kindness", "rubric: Kindness!", 1, "small letters"),
        ("  4: {name: kept, anchor: Kept at it.}\n", "", 5, "no '4'"),
        ("cuts: [0.5, 1.5, 2.5, 3.5]", "cuts: [0.5, 1.5, 2.5]", 10, "3 numbers"),
        ("cuts: [0.5, 1.5, 2.5, 3.5]", "cuts: [2.5, 1.5, 2.5, 3.5]", 10, "do not rise"),
        ("weight: 1\n    phrases: [kind, kindness]", "weight: -1\n    phrases: [kind, kindness]", 15, "cannot be -1"),
        ("[i noticed, i saw]", "[i noticed, i noticed]", 21, "stands here twice"),
        ("[every week]", "[]", 31, "empty list"),
        ("rubric: kindness", "rubric: examples", 1, "comes with the app"),
        ("rubric: kindness", "rubric: kindness\nrubric: other", 2, "a second time"),
        ("title: Kindness", f"title: {'K' * 50}", 2, "At most 40"),
        ("[every week]", f"[{'a ' * 300}b]", 31, "At most 500"),
        ("[every week]", "[a ...12 b ...12 c ...12 d]", 31, "too many ways"),
        ("[every week]", "[every week, {a: b}]", 31, "should be words"),
        ("cuts: [0.5, 1.5, 2.5, 3.5]", "cuts: [1e3, 1.5, 2.5, 3.5]", 10, "should be a number"),
        ("cuts: [0.5,", "conditions: [{at_most: 1.5, without: [saw], missing: x}]\ncuts: [0.5,", 10, "whole number"),
        ("cuts: [0.5,", "conditions: [{at_most: 1, without: [swa], missing: x}]\ncuts: [0.5,", 10, "mean 'saw'"),
        ("cuts: [0.5,", "conditions: [{at_most: 1, without: [], missing: x}]\ncuts: [0.5,", 10, "empty list"),
        ("cuts: [0.5,", "conditions: [{at_most: 1, without: [[a]], missing: x}]\ncuts: [0.5,", 10, "Write one name"),
        ("weight: 1\n", "weight: 1\n    unless: [swa]\n", 16, "mean 'saw'"),
        ("    phrases: [every week]\n", "    element: own_actoin\n", 31, "Did you mean 'own_action'"),
        (
            "    phrases: [every week]\n",
            "    element: outcome\n    phrases: [a]\n",
            27,
            "either phrases or an element",
        ),
        ("weight: 1\n", "weight: 1\n    against: perhaps\n", 16, "'against' is a switch"),
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


KIND = "i noticed that my neighbour was alone so i sat with him and i go there every week"
ASK = "Tell me about a time you were kind."


def own(text: str, name: str = "kindness.yaml") -> Path:
    """A rubric file in the user's folder."""
    folder = user_paths().rubrics
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def kindness(said: str = KIND) -> RubricScore:
    context = AnswerContext(ASK, "behavioural", rubrics=("examples", "kindness"))
    return score_answer(typed(said), context, custom_rubrics=CustomRubrics()).rubrics["kindness"]


def test_a_rubric_of_ones_own_is_scored_when_a_question_names_it() -> None:
    own(GOOD)
    score = kindness()
    assert (score.level, score.name) == (3, "done")
    assert score.missing == ("kind words",)
    assert "sat with" in " ".join(quote.text for quote in score.quotes)
    assert {cue.cue for cue in score.cues} == {"saw", "did", "kept"}


def test_a_finding_does_not_count_where_it_is_ruled_out() -> None:
    own(GOOD.replace("    phrases: [i noticed, i saw]", "    unless: [kept]\n    phrases: [i noticed, i saw]"))
    assert kindness().level == 3
    ruled_out = GOOD.replace("phrases: [every week]", "phrases: [i noticed that every week]")
    own(ruled_out.replace("    phrases: [i noticed, i saw]", "    unless: [kept]\n    phrases: [i noticed, i saw]"))
    score = kindness("i noticed that every week he was alone so i sat with him and had some tea")
    assert {cue.cue for cue in score.cues} == {"did", "kept"}


def test_a_family_may_name_an_element_in_place_of_phrases() -> None:
    own(GOOD.replace("    phrases: [i sat with, i stayed with]", "    element: own_action"))
    score = kindness("last sunday i noticed that my neighbour was alone so i cooked him a soup and took it up to him")
    assert {cue.cue for cue in score.cues} == {"saw", "did"}
    assert "own_action" in {quote.element for quote in score.quotes}


def test_words_that_yaml_takes_for_something_else_stay_words() -> None:
    own(
        GOOD.replace("phrases: [kind, kindness]", "phrases: [no, 'on', null]").replace(
            "title: Kindness", "title: 12:30"
        )
    )
    assert {cue.cue for cue in kindness("i noticed him and i said no to the others on that day").cues} == {
        "words",
        "saw",
    }
    assert rubric_title("kindness") == "12:30"


def test_its_title_is_shown_and_its_id_once_the_file_is_gone() -> None:
    path = own(GOOD.replace("title: Kindness", "title: An eye for others"))
    assert rubric_title("kindness") == "An eye for others"
    path.unlink()
    assert rubric_title("kindness") == "Kindness"


def test_what_holds_the_level_down_is_told_first_and_nothing_at_the_top() -> None:
    held = "conditions:\n  - {at_most: 1, without: [did], missing: what you did}\ncuts: [0.5,"
    own(GOOD.replace("cuts: [0.5,", held))
    low = kindness("kindness matters to me and i noticed my neighbour every week on the stairs")
    assert (low.level, low.missing[0]) == (1, "what you did")
    assert "what you did" in low.advice
    top = kindness(f"{KIND} because kindness matters")
    assert (top.level, top.missing) == (4, ())


def test_a_broken_rubric_is_told_and_takes_no_other_down() -> None:
    own(GOOD)
    own("rubric: [x", "aaa.yaml")
    own("[" * 100_000, "bbb.yaml")
    own("rubric: 2026-13-45\n", "ccc.yaml")
    own(GOOD.replace("rubric: kindness", "rubric: cold").replace("title:", "titel:"), "ddd.yaml")
    assert kindness().level == 3
    context = AnswerContext(ASK, "behavioural", rubrics=("examples", "cold"))
    card = score_answer(typed(KIND), context, custom_rubrics=CustomRubrics())
    assert card.level("examples") is not None
    assert "ddd.yaml:2:1: 'titel' is not a key of a rubric. Did you mean 'title'?" in (
        card.rubrics["cold"].why_not or ""
    )
    assert {"kindness", "cold", "aaa", "bbb"} <= set(Services().rubrics.ids())


def test_a_mended_rubric_is_read_again() -> None:
    own(GOOD.replace("title:", "titel:"))
    assert isinstance(CustomRubrics().find("kindness"), BrokenRubric)
    own(GOOD)
    assert kindness().level == 3


def test_ones_own_stands_in_the_place_of_an_example_and_of_two_the_second_is_broken() -> None:
    own(GOOD.replace("rubric: kindness", "rubric: safety_awareness"), "mine.yaml")
    found = CustomRubrics().find("safety_awareness")
    assert found is not None
    assert found.path.name == "mine.yaml"
    own(GOOD, "k1.yaml")
    second = own(GOOD, "k2.yaml")
    told = [str(each) for each in CustomRubrics().all() if isinstance(each, BrokenRubric)]
    assert told == [f"{second}:1:1: the rubric 'kindness' stands in {second.with_name('k1.yaml')} too. "
                    "Give one another id."]  # fmt: skip


def test_a_billion_laughs_are_stopped_with_a_place(tmp_path: Path) -> None:
    levels = ["a: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    levels += [f"b{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    with pytest.raises(BrokenFile, match=r"r\.yaml:\d+:\d+: aliases blow this file up"):
        parse_rubric("\n".join(levels), Path("r.yaml"))


def test_a_rubric_that_does_not_exist_is_named() -> None:
    context = AnswerContext("Tell me about a time you were kind.", "behavioural", rubrics=("nowhere",))
    card = score_answer(
        typed("i noticed that my neighbour was alone so i sat with him all day"),
        context,
        custom_rubrics=CustomRubrics(),
    )
    assert "nowhere" in (card.rubrics["nowhere"].why_not or "")


def test_the_worked_example_tells_a_danger_dealt_with_from_a_rule_named() -> None:
    def level(text: str) -> int | None:
        context = AnswerContext("Tell me about safety.", "behavioural", rubrics=("safety_awareness",))
        return score_answer(typed(text), context, custom_rubrics=CustomRubrics()).level("safety_awareness")

    named = level("safety is very important to me and i always wear my helmet and gloves on the site")
    dealt = level("i noticed a loose cable by the door so i switched off the power and i told the foreman at once")
    assert named is not None
    assert dealt is not None
    assert named <= 1
    assert dealt >= 3


def test_advice_names_the_first_step_that_is_missing_not_a_later_one() -> None:
    """Heavy families of a later step, and conditions of later levels, come after what holds the answer now."""
    families = tuple(
        Family(name, label, 1, (weight,) * STEPS)
        for name, label, weight in (
            ("said", "the rule", 0.5),
            ("danger", "a danger", 1.0),
            ("safer", "safer since", 2.0),
        )
    )
    conditions = (Condition(1, ("danger",), "a danger you saw"), Condition(3, ("safer",), "what is safer since"))
    rubric = Rubric("safety", "Safety", (), families, (0.4, 0.9, 1.9, 2.9), conditions)
    counts = dict.fromkeys(("said", "danger", "safer"), 0)
    assert missing_of(rubric, Judgement(0, {}, counts))[0] == "the rule"
    # Without conditions, in the order of the file, whatever weighs most.
    bare = replace(rubric, conditions=())
    assert missing_of(bare, Judgement(0, {}, counts)) == ("the rule", "a danger", "safer since")
    assert missing_of(rubric, Judgement(1, {}, counts | {"said": 1}))[0] == "a danger you saw"
    assert missing_of(rubric, Judgement(2, {}, counts | {"danger": 1}))[:2] == ("the rule", "what is safer since")

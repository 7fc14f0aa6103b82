"""Banks as YAML: read back the same, readable, and changed without losing comments."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings

from simulator.questions.bank import Bank, Kind, Probe
from simulator.questions.bank_files import parse_bank
from simulator.questions.bank_text import WIDTH, bank_to_yaml, changed_yaml, scalar
from simulator.yaml_nodes import parse_yaml
from tests.generated import many
from tests.questions.some_banks import NURSE, VAGUE, banks, question

HERE = Path("b.yaml")


def bare(bank: Bank) -> Bank:
    return replace(bank, path=None)


@given(banks())
@settings(max_examples=many(150))
def test_any_bank_reads_back_the_same(bank: Bank) -> None:
    assert bare(parse_bank(bank_to_yaml(bank), HERE)) == bank


@given(banks())
@settings(max_examples=many(60))
def test_other_yaml_readers_see_the_same_texts(bank: Bank) -> None:
    document = yaml.safe_load(bank_to_yaml(bank))
    assert [entry["ask"] for entry in document["questions"]] == [each.ask for each in bank.questions]
    assert document["title"] == bank.title


def test_words_that_others_take_for_something_else_are_quoted() -> None:
    assert [scalar(word) for word in ("no", "1e3", "12:30", "null", "plain words", "a: b", "x #y")] == [
        '"no"', '"1e3"', '"12:30"', '"null"', "plain words", '"a: b"', '"x #y"',
    ]  # fmt: skip


def test_a_question_mark_in_a_list_is_quoted() -> None:
    assert [scalar("0?", flow=flow) for flow in (True, False)] == ['"0?"', "0?"]


def test_long_texts_are_folded_for_people() -> None:
    guidance = " ".join(["A real mistake, and what you did about it."] * 6)
    text = bank_to_yaml(Bank("b", "B", (question(guidance=guidance),)))
    assert max(map(len, text.splitlines())) <= WIDTH
    assert "guidance: >-\n" in text


OLD = """\
# Made by Ann, for the night shift.
bank: night-shift   # the id
title: Night shift
questions:   # below
  # The one everybody asks.
  - id: first
    ask: "Tell me about the first night."   # said slowly
    kind: behavioural
    probes: {action: And you?}
    # they forget this one
    target_seconds: 80

  # Second.
  - id: second
    kind: closing
    ask: >-
      What would you like
      to ask?
# The end.
"""


def changed(old: str, bank: Bank) -> str:
    text = changed_yaml(old, parse_yaml(old, HERE), bank, parse_bank(old, HERE))
    assert text is not None
    assert parse_bank(text, HERE) == bank
    return text


def test_an_unchanged_bank_keeps_every_letter() -> None:
    assert changed(OLD, parse_bank(OLD, HERE)) == OLD


def test_a_changed_field_leaves_the_others_and_all_comments_alone() -> None:
    bank = parse_bank(OLD, HERE)
    first = replace(bank.questions[0], kind=Kind.SITUATIONAL)
    text = changed(OLD, replace(bank, questions=(first, bank.questions[1])))
    assert text == OLD.replace("kind: behavioural", "kind: situational")


def test_a_new_field_goes_below_and_a_dropped_one_leaves_its_comment() -> None:
    bank = parse_bank(OLD, HERE)
    first = replace(bank.questions[0], probes={}, guidance="Say when.")
    text = changed(OLD, replace(bank, questions=(first, bank.questions[1])))
    assert "    # they forget this one\n" in text
    assert "    guidance: Say when.\n" in text
    assert "probes" not in text


def test_worked_answers_go_below_and_leave_the_rest_alone() -> None:
    bank = parse_bank(OLD, HERE)
    first = replace(bank.questions[0], examples=(NURSE, VAGUE))
    text = changed(OLD, replace(bank, questions=(first, bank.questions[1])))
    added = """\
    examples:
      - who: Ward nurse, 34
        answer: I made a list of the beds.
        remark: One clear deed.
      - who: Somebody in a hurry, 20
        level: weak
        answer: Nights are fine for me.
        remark: Nothing happens in it.
"""
    assert added in text
    assert text.replace(added, "") == OLD


def test_questions_move_with_their_comments() -> None:
    bank = parse_bank(OLD, HERE)
    text = changed(OLD, replace(bank, questions=bank.questions[::-1]))
    assert text.index("# Second.") < text.index("- id: second") < text.index("# The one everybody asks.")
    assert text.endswith("# The end.\n")


def test_a_question_left_out_takes_its_comments_with_it_and_a_new_one_is_added() -> None:
    bank = parse_bank(OLD, HERE)
    text = changed(OLD, replace(bank, questions=(bank.questions[1], question("third"))))
    assert "everybody asks" not in text
    assert text.index("- id: second") < text.index("- id: third") < text.index("# The end.")


def test_the_head_is_changed_in_its_place() -> None:
    bank = parse_bank(OLD, HERE)
    text = changed(OLD, replace(bank, title="Late shift", description="For the ward."))
    assert "# Made by Ann" in text
    assert (
        text.index("title: Late shift")
        < text.index("description: For the ward.")
        < text.index("questions:   # below")
    )


def test_a_first_key_that_goes_does_not_take_the_dash_with_it() -> None:
    old = "bank: b\ntitle: B\nquestions:\n  - tags: [x]\n    id: first\n    ask: Tell me more.\n    kind: closing\n"
    bank = parse_bank(old, HERE)
    changed(old, replace(bank, questions=(replace(bank.questions[0], tags=()),)))


def test_flow_style_and_anchors_are_not_kept_in_part() -> None:
    for old in (
        "{bank: b, title: B, questions: [{id: first, ask: Tell me more., kind: closing}]}",
        "bank: b\ntitle: B\nquestions:\n  - id: first\n    ask: &a Tell me.\n    kind: closing\n    guidance: *a\n",
        "questions:\n  - id: first\n    ask: Tell me more.\n    kind: closing\nbank: b\ntitle: B\n",
    ):
        bank = parse_bank(old, HERE)
        assert changed_yaml(old, parse_yaml(old, HERE), replace(bank, title="C"), bank) is None


@pytest.mark.thorough
@given(banks(), banks())
@settings(max_examples=many(100))
def test_any_bank_may_become_any_other(one: Bank, other: Bank) -> None:
    old = bank_to_yaml(one)
    both = replace(
        other, questions=(*one.questions[:1], *(q for q in other.questions if q.id != one.questions[0].id))
    )
    text = changed_yaml(old, parse_yaml(old, HERE), both, one)
    assert text is not None
    assert bare(parse_bank(text, HERE)) == both


def test_remarks_stand_behind_their_keys() -> None:
    text = bank_to_yaml(
        Bank("b", "B", (question(probes={Probe.RESULT: "And then?"}),)), {("first", "kind"): "a guess"}
    )
    assert "    kind: behavioural  # a guess\n" in text

"""The quick reader makes of a file what the full reader makes of it, or nothing."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings

from simulator.places import shipped
from simulator.questions.bank import Bank
from simulator.questions.bank_cache import LARGE
from simulator.questions.bank_files import bank_of, bank_paths, parse_bank, quick_bank
from simulator.questions.bank_text import bank_to_yaml
from simulator.yaml_nodes import BrokenFile, parse_yaml
from tests.questions.some_banks import BANK, bank, banks
from tests.questions.test_fuzz import mangled

HERE = Path("b.yaml")
SHIPPED = {path.stem: path.read_text(encoding="utf-8") for path in bank_paths(shipped("question_banks"))}


def full(text: str) -> Bank | None:
    """The bank as the full reader has it; None where that finds something wrong."""
    try:
        return bank_of(parse_yaml(text, HERE), HERE)
    except BrokenFile:
        return None


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_banks_are_read_quickly_and_the_same(name: str) -> None:
    read = quick_bank(SHIPPED[name], HERE)
    assert read is not None
    assert read == full(SHIPPED[name])


@given(banks())
@settings(max_examples=150)
def test_whatever_bank_was_written_is_read_the_same_or_left_to_the_full_reader(made: Bank) -> None:
    text = bank_to_yaml(made)
    assert quick_bank(text, HERE) in (None, full(text))


@pytest.mark.parametrize("seed", range(6))
def test_mangled_banks_are_read_the_same_or_left_to_the_full_reader(seed: int) -> None:
    chance = random.Random(seed)
    texts = [text[:3_000].rpartition("\n  - ")[0] + "\n" for text in SHIPPED.values()]
    quick = 0
    for _ in range(700):
        text = mangled(chance.choice(texts), chance) if chance.random() < 0.8 else _little_mangled(texts, chance)
        read = quick_bank(text, HERE)
        if read is not None:
            quick += 1
            assert read == full(text)
    assert quick > 20  # else nothing was compared


def _little_mangled(texts: list[str], chance: random.Random) -> str:
    """One letter changed, within a value most likely: such files are often still of the plain layout."""
    text = chance.choice(texts)
    at = chance.randrange(len(text))
    return text[:at] + chance.choice("abz 09-:#'\"[]{},.?!&*|>%@`~=/()\\é😀") + text[at + 1 :]


@pytest.mark.parametrize(
    "value",
    [
        '"a: b"', "'a: b'", '"  a   b "', "a#b", "a:b", "plain, with [brackets] {and} 'quotes'", "no", "1e3", "12:30",
        "(so)", "R&D, 5 * 3", ">-\n      a\n      b # c: d", ">-\n      a\n        deeper",
    ],
)  # fmt: skip
def test_plain_values_are_read_quickly_and_the_same(value: str) -> None:
    text = BANK.replace("Tell me about a night.", value)
    assert text != BANK
    read = quick_bank(text, HERE)
    assert read is not None
    assert read == full(text)


def test_guesses_that_the_import_marks_are_read_quickly_and_the_same() -> None:
    text = BANK.replace("id: first", 'id: "1st"').replace(
        "kind: behavioural", "kind: behavioural  # a guess\n    competency: pressure  # a guess"
    )
    read = quick_bank(text, HERE)
    assert read is not None
    assert read.questions[0].competency == "pressure"
    assert read == full(text)


@pytest.mark.parametrize(
    "value",
    [
        "null", "~", '""', "' '", "a: b", "a #b", "a:", "*a", "&a b", "!!str a", "a\n     b", '"a\\nb"', "'it''s'",
        ">+\n      a", "|\n      a", "a\u00a0b", "a\u2028b", "a\tb", "'", '"a" b', "x" * 601,
    ],
)  # fmt: skip
def test_what_is_more_than_plain_is_left_to_the_full_reader(value: str) -> None:
    assert quick_bank(BANK.replace("Tell me about a night.", value), HERE) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("first", "null"), ("kind: behavioural", "kind: funny"), ("questions:", "questions: &all"),
        ("kind: behavioural", "kind: behavioural\n    target_seconds: 9"),
        ("kind: behavioural", "kind: behavioural\n    target_seconds: 601"),
        ("kind: behavioural", "kind: behavioural\n    tags: [a, a]"),
        ("kind: behavioural", "kind: behavioural\n    tags: []"),
        ("kind: behavioural", "kind: behavioural\n    probes:\n      result: A?\n      result: B?"),
        ("kind: behavioural", "kind: behavioural\n    competency: null"),
        ("title: ", "titel: "), ("bank: ", "bank: x\nbank: "),
    ],
)  # fmt: skip
def test_what_is_wrong_is_left_to_the_full_reader_which_tells_where(old: str, new: str) -> None:
    text = BANK.replace(old, new, 1)
    assert text != BANK
    assert quick_bank(text, HERE) is None
    assert quick_bank(BANK + "extra: key\n", HERE) is None


def test_a_large_bank_with_one_error_is_told_with_its_place() -> None:
    text = bank_to_yaml(bank(*(f"n{number}" for number in range(3_000))))
    assert len(text) > LARGE
    line = text[: text.index("n2000")].count("\n") + 1
    with pytest.raises(BrokenFile, match=rf"b\.yaml:{line}:9: the id 'n1' is used on line \d+ too"):
        parse_bank(text.replace("id: n2000\n", "id: n1\n"), HERE)
    with pytest.raises(BrokenFile, match="there is no rubric"):
        parse_bank(text, HERE, ["motivation"])


@pytest.mark.parametrize(
    "scrap", ["a", ":a", "a:", "# ", " #", "a ", "'", '"', ", a", "a, ", "\n", "  # c\n", "      a\n", "- "]
)
def test_long_runs_of_one_thing_do_not_hang(scrap: str) -> None:
    run = scrap * (LARGE // len(scrap))
    for text in (
        BANK.replace("Tell me about a night.", f"a{run}"),
        BANK.replace("Tell me about a night.", f">-\n      a{run}"),
        BANK + f"    tags: [a{run}]\n",
        BANK + f"    tags: [a{run}\n",
        BANK + f"    probes:\n      result: a{run}\n",
        BANK + run,
    ):
        assert quick_bank(text, HERE) in (None, full(text))

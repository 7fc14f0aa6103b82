"""The shipped banks: enough of them, in order, lawful, speakable, of many kinds, and nothing asked twice."""

import re
from collections import Counter
from pathlib import Path

import pytest

from simulator.paths import shipped
from simulator.questions.advice import MOST_WORDS, content_words, near_duplicates, private, spoken_notes
from simulator.questions.bank import DEFAULT_RUBRICS, Bank, Kind, Probe
from simulator.questions.bank_files import COMPETENCIES, RUBRICS, bank_paths, read_bank
from simulator.questions.checking import check_banks

PATHS = bank_paths(shipped("question_banks"))
BANKS = [read_bank(path, RUBRICS) for path in PATHS]
ALL = [(bank, question) for bank in BANKS for question in bank.questions]
each_bank = pytest.mark.parametrize("bank", BANKS, ids=lambda bank: bank.id)


def test_there_are_many_banks_and_questions() -> None:
    assert len(BANKS) >= 12
    assert len(ALL) >= 300


def test_check_finds_nothing_and_notes_nothing() -> None:
    checked = check_banks([shipped("question_banks")], RUBRICS)
    assert checked.findings == ()
    assert checked.notes == ()


def test_no_question_is_asked_in_two_ways() -> None:
    assert [(a[1].id, b[1].id) for a, b in near_duplicates(ALL)] == []


def test_ids_are_used_once_in_all_banks() -> None:
    assert [name for name, count in Counter(question.id for _, question in ALL).items() if count > 1] == []


def test_guidance_is_not_a_template() -> None:
    """No two questions are taught in the same words, and no sentence comes back again and again."""
    guidances = [content_words(question.guidance) for _, question in ALL]
    for index, one in enumerate(guidances):
        for other in guidances[:index]:
            assert len(one & other) < 0.5 * len(one | other)
    sentences = Counter(sentence.strip() for _, question in ALL for sentence in question.guidance.split("."))
    del sentences[""]
    assert max(sentences.values()) <= 2


@each_bank
def test_a_bank_is_public_domain_described_and_named_like_its_file(bank: Bank) -> None:
    assert bank.licence == "CC0-1.0"
    assert len(bank.description) > 40
    assert bank.path is not None
    assert Path(bank.path).stem.replace("_", "-") == bank.id
    assert Path(bank.path).read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=schema.json\n")


@each_bank
def test_a_bank_begins_and_ends_and_has_all_kinds_between(bank: Bank) -> None:
    if bank.id == "closings":
        assert {question.kind for question in bank.questions} == {Kind.CLOSING}
        return
    kinds = Counter(question.kind for question in bank.questions)
    assert set(kinds) == set(Kind)
    assert kinds[Kind.BEHAVIOURAL] >= 8
    assert len({question.competency for question in bank.questions}) >= 8


@each_bank
def test_every_question_is_complete(bank: Bank) -> None:
    for question in bank.questions:
        assert question.competency in COMPETENCIES, question.id
        assert DEFAULT_RUBRICS[question.kind][0] in question.rubrics, question.id
        assert ("questions" in question.rubrics) == (question.kind is Kind.CLOSING), question.id
        assert 45 <= question.target_seconds <= 120, question.id
        assert 12 <= len(question.guidance.split()) <= 60, question.id
        assert question.tags, question.id
        if question.kind is not Kind.CLOSING:
            assert question.probes, question.id
        if question.kind is Kind.BEHAVIOURAL:
            assert {Probe.EXAMPLE, Probe.ACTION} <= set(question.probes) or Probe.RESULT in question.probes, (
                question.id
            )
        if question.kind is Kind.MOTIVATION:
            assert Probe.REASON in question.probes, question.id


@each_bank
def test_every_question_and_probe_can_be_said_and_may_be_asked(bank: Bank) -> None:
    for question in bank.questions:
        for words in (question.ask, *question.probes.values()):
            assert spoken_notes(words) == [], question.id
            assert private(words) == [], question.id
            assert len(words.split()) <= MOST_WORDS
            assert words[0].isupper(), question.id
            assert words.endswith(("?", ".")), question.id
        for probe in question.probes.values():
            assert len(probe.split()) <= 20, question.id


DEED = r"you( yourself)? did|done the same|came of it|changed while|scene|moment|the piece|why they bought"
"""Words that ask for one time."""
DRAWN = "draws"


@pytest.mark.parametrize("leading", ["examples", "motivation"])
def test_the_hint_of_an_opening_asks_for_what_its_first_rubric_measures(leading: str) -> None:
    asks = re.compile(rf"\b({DEED if leading == 'examples' else DRAWN})\b")
    hints = {
        question.id: question.guidance
        for _, question in ALL
        if question.kind is Kind.OPENING and question.rubrics[:1] == (leading,)
    }
    assert hints
    assert [name for name, hint in hints.items() if not asks.search(hint)] == []

"""Guesses of kind and competency, measured on the shipped banks, whose kinds were written by hand."""

import re
from pathlib import Path

import pytest
import yaml

from simulator.errors import MissingPart
from simulator.paths import shipped
from simulator.questions import kinds
from simulator.questions.bank import Kind, Probe
from simulator.questions.bank_files import ID_PATTERN, bank_paths, read_bank
from simulator.questions.guessing import Ids, guess_competency, guess_kind, guess_probe, reads_as_question
from simulator.questions.kinds import KindReader, guess_kinds, is_english, labelled, same_meaning
from tests.benchmarks.import_benchmark import HEADINGS, leave_one_out

ALL = [question for path in bank_paths(shipped("question_banks")) for question in read_bank(path).questions]


def test_most_kinds_are_guessed_right() -> None:
    right = [guess_kind(question.ask) is question.kind for question in ALL]
    print(f"kinds guessed right: {sum(right)} of {len(right)}")
    assert sum(right) > 0.66 * len(right)


def test_kinds_learned_from_other_questions_are_right_far_more_often() -> None:
    known = [each for each in labelled() if is_english(each.ask)]
    ours = {question.ask for question in ALL}
    told = zip(known, leave_one_out(KindReader(known, by_meaning=True)), strict=True)
    right = [kind is each.kind for each, kind in told if each.ask in ours]
    assert sum(right) > 0.86 * len(right)


def test_a_heading_above_helps_where_a_question_could_be_of_several_kinds() -> None:
    open_ask = "What do you do when nothing is going on?"
    assert guess_kinds([open_ask], ["Areas to work on"]) == [Kind.WEAKNESS] != guess_kinds([open_ask])
    # What says nothing of a kind changes nothing, and a clear question stays what it is.
    for heading in ("Interview guide", "Teamwork", "Handover", ""):
        assert guess_kinds([open_ask], [heading]) == guess_kinds([open_ask])
    assert guess_kinds(["Tell me about a time you used a new tool."], ["Skills"]) == [Kind.BEHAVIOURAL]
    known = [each for each in labelled() if is_english(each.ask)]
    reader = KindReader(known, by_meaning=True)
    bare, below = leave_one_out(reader), leave_one_out(reader, [HEADINGS[each.kind] for each in known])
    right = [sum(kind is each.kind for each, kind in zip(known, told, strict=True)) for told in (bare, below)]
    assert right[1] > right[0] + 0.1 * len(known)


def test_kinds_are_guessed_without_the_language_model_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(texts: object) -> None:
        raise MissingPart("no model")

    monkeypatch.setattr(kinds, "vectors_of", missing)
    assert guess_kinds(["Why do you want to work with us?", "Was sind Ihre Stärken?"]) == [
        Kind.MOTIVATION, Kind.STRENGTH,
    ]  # fmt: skip
    assert same_meaning(["Why here?", "Why here then?"]) == []


def test_kinds_are_learned_in_other_languages_too() -> None:
    path = Path(__file__).parent / "foreign_questions.yaml"
    asked = {
        ask: Kind(kind) for kind, asks in yaml.safe_load(path.read_text(encoding="utf-8")).items() for ask in asks
    }
    assert not set(asked) & {each.ask for each in labelled()}
    learned = sum(kind is asked[ask] for ask, kind in zip(asked, guess_kinds(list(asked)), strict=True))
    by_patterns = sum(guess_kind(ask) is kind for ask, kind in asked.items())
    print(f"kinds right: {learned} of {len(asked)}, by patterns alone {by_patterns}")
    assert learned >= 0.7 * len(asked) > 1.5 * by_patterns


def test_a_question_without_common_words_is_in_the_language_of_its_list() -> None:
    short = "Anything unclear so far?"
    assert not is_english(short)
    assert guess_kinds([short, "What would you like to know about us?"])[0] is Kind.CLOSING


def test_competencies_are_guessed_far_better_than_by_chance() -> None:
    right = [guess_competency(question.ask, question.kind) == question.competency for question in ALL]
    print(f"competencies guessed right: {sum(right)} of {len(right)}")
    assert sum(right) > 0.38 * len(right)


def test_every_shipped_question_reads_as_one() -> None:
    missed = [question.ask for question in ALL if not reads_as_question(question.ask)]
    assert missed == []


@pytest.mark.parametrize(
    ("ask", "kind"),
    [
        ("Tell me about yourself.", Kind.OPENING),
        ("Why do you want to work for us?", Kind.MOTIVATION),
        ("Tell me about a time when you failed.", Kind.BEHAVIOURAL),
        ("Give an example of how you dealt with stress", Kind.BEHAVIOURAL),
        ("What would you do if a customer shouted at you?", Kind.SITUATIONAL),
        ("What is your greatest strength?", Kind.STRENGTH),
        ("What is your greatest weakness?", Kind.WEAKNESS),
        ("Do you have any questions for us?", Kind.CLOSING),
        ("Why should we hire you?", Kind.STRENGTH),
        ("Where do you see yourself in five years?", Kind.MOTIVATION),
        ("Describe a situation in which you led a team", Kind.BEHAVIOURAL),
    ],
)
def test_the_questions_everybody_knows(ask: str, kind: Kind) -> None:
    assert guess_kind(ask) is kind


def test_probes_are_told_apart() -> None:
    asked = ("What came of it?", "Why was that?", "What did you do yourself?", "Which one was it?")
    assert [guess_probe(words) for words in asked] == [Probe.RESULT, Probe.REASON, Probe.ACTION, Probe.EXAMPLE]


@pytest.mark.parametrize("text", ["Be on time.", "Motivation", "", "?", "   ", "Questions", "1234"])
def test_what_is_no_question(text: str) -> None:
    assert not reads_as_question(text)


def test_ids_are_short_telling_and_used_once() -> None:
    ids = Ids(["greatest-weakness"])
    made = [
        ids.make(text)
        for text in ("What is your greatest weakness?", "Greatest weakness", "ÄÖÜ", "你好", "", "a" * 500)
    ]
    assert made[:2] == ["greatest-weakness-2", "greatest-weakness-3"]
    assert len(set(made)) == len(made)
    assert all(re.fullmatch(ID_PATTERN, name) for name in made)


def test_an_id_is_taken_once_and_only_when_it_will_do() -> None:
    ids = Ids()
    assert [ids.take(name) for name in ("first", "first", "Two", "-x")] == [True, False, False, False]


def test_many_questions_of_the_same_words_get_ids_without_a_stall() -> None:
    ids = Ids()
    assert len({ids.make("你好") for _ in range(50_000)}) == 50_000

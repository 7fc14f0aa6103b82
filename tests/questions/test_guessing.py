"""Guesses of kind, and of competency, measured on the shipped banks."""

import re
from pathlib import Path

import pytest
import yaml

from simulator.errors import MissingPart
from simulator.paths import shipped
from simulator.questions import kinds
from simulator.questions.bank import Kind, Probe
from simulator.questions.bank_files import ID_PATTERN, bank_paths, read_bank
from simulator.questions.guessing import Ids, guess_competency, guess_probe, reads_as_question
from simulator.questions.kind_model import KindModel, guess_kind
from simulator.questions.kinds import guess_kinds, is_english, same_meaning
from tests.question_kinds.labelled import same_words, to_learn_from

HERE = Path(__file__).parent
FLOOR = 0.9
"""Just below the share of foreign questions whose kind is guessed right."""
ALL = [question for path in bank_paths(shipped("question_banks")) for question in read_bank(path).questions]


def test_a_heading_above_helps_where_a_question_could_be_of_several_kinds() -> None:
    open_ask = "What about deadlines?"
    assert guess_kinds([open_ask], ["Areas to work on"]) == [Kind.WEAKNESS] != guess_kinds([open_ask])
    # What says nothing of a kind changes nothing, and a clear question stays what it is.
    for heading in ("Interview guide", "Teamwork", "Handover", ""):
        assert guess_kinds([open_ask], [heading]) == guess_kinds([open_ask])
    assert guess_kinds(["Tell me about a time you used a new tool."], ["Skills"]) == [Kind.BEHAVIOURAL]


def test_kinds_are_guessed_without_the_language_model_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(texts: object) -> None:
        raise MissingPart("no model")

    monkeypatch.setattr(kinds, "vectors_of", missing)
    assert guess_kinds(["Why do you want to work with us?", "Was sind Ihre Stärken?"]) == [
        Kind.MOTIVATION, Kind.STRENGTH,
    ]  # fmt: skip
    assert same_meaning(["Why here?", "Why here then?"]) == []


FOREIGN = {
    ask: Kind(kind)
    for kind, asks in yaml.safe_load((HERE / "foreign_questions.yaml").read_text(encoding="utf-8")).items()
    for ask in asks
}


def test_kinds_are_guessed_in_other_languages_too() -> None:
    """Far better than always the commonest kind, in questions that nothing was learned from."""
    assert not {same_words(ask) for ask in FOREIGN} & {same_words(each.ask) for each in to_learn_from()}
    right = sum(kind is FOREIGN[ask] for ask, kind in zip(FOREIGN, guess_kinds(list(FOREIGN)), strict=True))
    print(f"kinds right: {right} of {len(FOREIGN)}")
    assert right >= FLOOR * len(FOREIGN)


def test_accents_capitals_and_typographic_signs_change_nothing() -> None:
    pairs = [
        ("¿Cuáles son sus puntos débiles?", "CUALES SON SUS PUNTOS DEBILES?"),
        ("Qu'est-ce qui vous motive ?", "Qu’est-ce qui vous motive?"),
    ]
    for one, other in pairs:
        assert guess_kind(one) is guess_kind(other)
    assert {guess_kind(""), guess_kind("你好")} <= set(Kind)


def test_a_kind_does_not_depend_on_the_other_questions_of_a_list() -> None:
    asks = list(FOREIGN) * 15  # more than are counted at once
    model = KindModel()
    whole = model.scores(asks)
    assert [int(row.argmax()) for row in whole[: len(FOREIGN)]] == [
        int(model.scores([ask])[0].argmax()) for ask in FOREIGN
    ]
    assert (whole[-len(FOREIGN) :] == whole[: len(FOREIGN)]).all()


def test_weights_that_do_not_load_are_told(tmp_path: Path) -> None:
    spoilt = tmp_path / "kinds.npz"
    spoilt.write_bytes(b"spoilt")
    with pytest.raises(MissingPart, match="does not load"):
        KindModel(spoilt).scores(["Why here?"])


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
    assert guess_kinds([ask]) == [kind]


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

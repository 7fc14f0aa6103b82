"""The shipped guess of kinds is made of the labelled questions that lie here, and can be made of them anew."""

import random
from collections import Counter

import numpy
import pytest

from simulator.questions.bank import Kind
from tests.question_kinds.labelled import LANGUAGES, to_learn_from, wordings
from tests.question_kinds.train import WEIGHTS, main, mark_of


def test_there_are_questions_enough_of_every_kind_in_every_language() -> None:
    count = Counter((each.language, each.kind) for each in to_learn_from() if each.source == "questions")
    assert all(sum(count[language, kind] for kind in Kind) >= 300 for language in LANGUAGES[1:])
    assert all(count[language, kind] >= 25 for language in LANGUAGES for kind in Kind)


def test_every_part_of_a_pattern_comes_into_some_wording() -> None:
    made = wordings("{Tell|Show} me {a|one|the} {day|night}.", random.Random(2))
    words = {word for wording in made for word in wording.strip(".").split()}
    assert words == {"Tell", "Show", "me", "a", "one", "the", "day", "night"}
    assert all("{" not in each.ask and "|" not in each.ask for each in to_learn_from())


def test_the_shipped_weights_are_small_and_were_learned_from_these_questions() -> None:
    assert WEIGHTS.stat().st_size <= 300_000
    with numpy.load(WEIGHTS) as arrays:
        assert int(arrays["learned_from"]) == mark_of(to_learn_from()), "python -m tests.question_kinds.train"


@pytest.mark.thorough
def test_training_anew_gives_the_shipped_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["train", "--check"])
    assert main() == 0

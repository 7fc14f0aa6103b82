"""The calibration answers are well formed, and the scorer agrees with those it was not tuned on."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from simulator.commands.benchmark import own_figures
from simulator.questions.bank import Kind
from simulator.scoring.agreement import weighted_kappa

HERE = Path(__file__).parent
SETS = ("answers_a.jsonl", "answers_b.jsonl", "kept_apart.jsonl")
MORE_SETS = ("answers_c.jsonl", "answers_d.jsonl", "answers_e.jsonl", "kept_apart_third.jsonl")
RUBRICS = ("examples", "motivation", "questions")


def entries(name: str) -> list[dict[str, Any]]:
    path = HERE / name
    if not path.is_file():
        pytest.skip(f"{name} is not in this checkout")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("name", SETS)
def test_every_answer_has_levels_for_its_kind(name: str) -> None:
    for entry in entries(name):
        assert entry["kind"] in list(Kind), entry["id"]
        closing = entry["kind"] == Kind.CLOSING
        for rubric in RUBRICS:
            level = entry["levels"][rubric]
            assert (level in range(5)) if (rubric == "questions") == closing else level is None, entry["id"]


@pytest.mark.parametrize("name", MORE_SETS)
def test_every_later_answer_has_the_levels_it_is_used_for(name: str) -> None:
    for entry in entries(name):
        assert entry["kind"] in list(Kind), entry["id"]
        assert entry["levels"]["motivation"] in range(5), entry["id"]
        assert entry["levels"]["examples"] in (None, 0, 1, 2, 3, 4), entry["id"]


@pytest.mark.parametrize("name", [*SETS, *MORE_SETS])
def test_ids_and_texts_are_unique(name: str) -> None:
    given = entries(name)
    assert max(Counter(entry["id"] for entry in given).values()) == 1
    assert max(Counter(entry["text"] for entry in given).values()) == 1


@pytest.mark.parametrize("name", [*SETS, *MORE_SETS])
def test_texts_are_as_a_recogniser_writes_them(name: str) -> None:
    for entry in entries(name):
        assert all(letter.isalpha() or letter in "' " for letter in entry["text"]), entry["id"]
        assert entry["text"] == entry["text"].lower(), entry["id"]


@pytest.mark.parametrize("name", SETS[:2])
def test_length_does_not_tell_the_level(name: str) -> None:
    given = entries(name)
    for rubric in RUBRICS:
        pairs = [(len(e["text"].split()), e["levels"][rubric]) for e in given if e["levels"][rubric] is not None]
        n = len(pairs)
        words, levels = sum(p[0] for p in pairs) / n, sum(p[1] for p in pairs) / n
        spread = sum((p[0] - words) ** 2 for p in pairs) * sum((p[1] - levels) ** 2 for p in pairs)
        shared = sum((p[0] - words) * (p[1] - levels) for p in pairs)
        assert abs(shared / spread**0.5) < 0.35, rubric


@pytest.mark.parametrize(("rubric", "least"), [("examples", 0.75), ("motivation", 0.70), ("questions", 0.80)])
def test_the_scorer_agrees_with_answers_it_was_not_tuned_on(rubric: str, least: float) -> None:
    assert own_figures(entries("kept_apart.jsonl"))[rubric]["kappa"] >= least


def test_a_second_reader_gave_nearly_the_same_levels_to_every_answer() -> None:
    first = {
        (name, entry["id"]): entry["levels"]
        for name in (*SETS, "kept_apart_second.jsonl", "answers_c.jsonl")
        for entry in entries(name)
    }
    second = {(entry["file"], entry["id"]): entry["levels"] for entry in entries("second_reader.jsonl")}
    assert second.keys() == first.keys()
    for rubric in RUBRICS:
        pairs = [(levels[rubric], first[key][rubric]) for key, levels in second.items() if levels[rubric] is not None]
        assert weighted_kappa([theirs for theirs, _ in pairs], [ours for _, ours in pairs]) > 0.95, rubric


def test_hardly_an_answer_is_touched_by_a_guard() -> None:
    given = [entry for name in SETS if (HERE / name).is_file() for entry in entries(name)]
    if not given:
        pytest.skip("no calibration answers in this checkout")
    assert own_figures(given)["guarded"] < 0.01

"""What simple ways reach on the answers that the reader is measured on, so that its figures can be judged.

Three for levels, each learned from the same marked answers as the reader: the level most usual for the kind of
question (`kind`), counts of words and pairs of words (`words`), and the language model's vector of the whole answer
(`vectors`); the last two with one logistic step from each level to the next. For elements: every element told as
there (`always`), and `words`. For quotes: as many words anywhere in the answer.
"""

import json
import re
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import mean
from typing import Any

import numpy

from simulator.language.vectors import shared_vectors
from simulator.scoring.agreement import weighted_kappa
from tests.reading_model.marks import LEFT_OUT, MarkedAnswer, answers_of, as_read

HERE = Path(__file__).resolve().parent
EXAMPLES = ("occasion", "own_action", "outcome", "checkable", "lesson")
MOTIVATION = ("attraction", "reason", "step", "plan")
RUBRICS = ("examples", "motivation", "questions")
LONG = ("aspen-5", "aspen-6", "aspen-7", "aspen-8", "beech-8")
"""Files of long answers, left out of training."""
STEPS = 200
BUCKETS = 1 << 12
RATE, MOMENTUM, DECAY = 8.0, 0.9, 1e-5
"""Chosen on the hand *fir*, left out of what they learned from."""
Figures = dict[str, Any]
Floats = numpy.typing.NDArray[numpy.float32]


def word_counts(texts: Sequence[str]) -> Floats:
    """Words and pairs of neighbours, hashed, each by the root of its count, rows of length 1."""
    rows = numpy.zeros((len(texts), BUCKETS), numpy.float32)
    for row, text in enumerate(texts):
        words = re.findall(r"[\w']+", text.lower())
        for part in (*words, *(f"{one} {two}" for one, two in pairwise(words))):
            rows[row, zlib.crc32(part.encode()) % BUCKETS] += 1
    rows = numpy.sqrt(rows)
    lengths = numpy.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Floats = rows / numpy.maximum(lengths, 1e-9)
    return scaled


def learned(rows: Floats, targets: Floats) -> Floats:
    """Weights of logistic regressions, one a column of `targets`: full gradients with Nesterov's momentum."""
    weights: Floats = numpy.zeros((rows.shape[1], targets.shape[1]), numpy.float32)
    moving: Floats = numpy.zeros_like(weights)
    for _ in range(STEPS):
        ahead = weights + MOMENTUM * moving
        gradient = rows.T @ (told(rows, ahead) - targets) / len(rows) + DECAY * ahead
        moving = numpy.asarray(MOMENTUM * moving - RATE * gradient, numpy.float32)
        weights += moving
    return weights


def with_one(rows: Floats) -> Floats:
    """The rows with a constant."""
    return numpy.hstack([rows, numpy.ones((len(rows), 1), numpy.float32)])


def told(rows: Floats, weights: Floats) -> Floats:
    """Chances by row and column."""
    chances: Floats = 1 / (1 + numpy.exp(-rows @ weights))
    return chances


ROWS = {"words": word_counts, "vectors": shared_vectors.of}
"""What each way that learns sees of texts."""


class Guesses:
    """The three ways for the levels of one rubric, learned from answers with their levels."""

    def __init__(self, texts: Sequence[str], kinds: Sequence[str], levels: Sequence[int]) -> None:
        by_kind: dict[str, list[int]] = defaultdict(list)
        for kind, level in zip(kinds, levels, strict=True):
            by_kind[kind].append(level)
        self._usual = {kind: round(mean(those)) for kind, those in by_kind.items()}
        self._most = round(mean(levels))
        steps = numpy.array([[level > step for step in range(4)] for level in levels], numpy.float32)
        self._weights = {way: learned(with_one(rows(texts)), steps) for way, rows in ROWS.items()}

    def levels(self, texts: Sequence[str], kinds: Sequence[str]) -> dict[str, list[int]]:
        """What each way says of other answers."""
        found = {"kind": [self._usual.get(kind, self._most) for kind in kinds]}
        for way, weights in self._weights.items():
            chances = told(with_one(ROWS[way](texts)), weights)
            found[way] = [int(each) for each in (chances > 0.5).sum(axis=1)]
        return found


def marked_elements(answer: MarkedAnswer) -> frozenset[str]:
    """The elements that are marked in an answer."""
    return frozenset(mark.element for mark in answer.marks)


def element_baselines(
    known: Sequence[MarkedAnswer], apart: Sequence[MarkedAnswer], groups: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, float]]:
    """Mean F1 by answer over the elements of each group, in answers that are no closing turn."""
    taught = [each for each in known if each.kind != "closing"]
    given = [each for each in apart if each.kind != "closing"]
    elements = [element for group in groups.values() for element in group]
    there = numpy.array([[element in marked_elements(each) for element in elements] for each in given])
    targets = numpy.array(
        [[element in marked_elements(each) for element in elements] for each in taught], numpy.float32
    )
    weights = learned(with_one(word_counts([each.text for each in taught])), targets)
    by_words = told(with_one(word_counts([each.text for each in given])), weights) > 0.5
    figures: dict[str, dict[str, float]] = {}
    for name, group in groups.items():
        columns = [elements.index(element) for element in group]
        figures[name] = {
            "always": mean(_f1(numpy.ones(len(given), bool), there[:, column]) for column in columns),
            "words": mean(_f1(by_words[:, column], there[:, column]) for column in columns),
        }
    return figures


def _f1(said: "numpy.typing.NDArray[numpy.bool_]", there: "numpy.typing.NDArray[numpy.bool_]") -> float:
    return float(2 * (said & there).sum() / max(1, said.sum() + there.sum()))


def share_anywhere(marked: frozenset[int], length: int, words: int) -> float:
    """How often a stretch of so many words, put anywhere in its answer, shares a word with what is marked."""
    starts = range(max(1, words - length + 1))
    return sum(bool(marked.intersection(range(start, start + length))) for start in starts) / len(starts)


def guesses_of(answers: Sequence[MarkedAnswer], rubric: str) -> Guesses:
    """The simple ways for a rubric, learned from these answers."""
    taught = [each for each in answers if rubric in each.levels]
    levels = [each.levels[rubric] for each in taught]
    return Guesses([as_read(each) for each in taught], [each.kind for each in taught], levels)


def agreeing(guesses: Guesses, answers: Sequence[MarkedAnswer], rubric: str) -> Figures:
    """Agreement of each simple way with the writers of these answers."""
    given = [each for each in answers if rubric in each.levels]
    said = guesses.levels([as_read(each) for each in given], [each.kind for each in given])
    theirs = [each.levels[rubric] for each in given]
    return {way: weighted_kappa(levels, theirs) for way, levels in said.items()}


def baseline_figures(answers: Sequence[MarkedAnswer], rated: Path | None) -> Figures:
    """What simple ways reach on the same answers, learned from the same marked ones as the reader."""
    known = answers_of(HERE / "answers", without=LEFT_OUT.split(","))
    every = {rubric: guesses_of(known, rubric) for rubric in RUBRICS}
    figures: Figures = {rubric: agreeing(every[rubric], answers, rubric) for rubric in RUBRICS}
    long = answers_of(HERE / "answers", only=LONG)
    silent = [each for each in answers if each.levels.get("motivation") == 0]
    for rubric in ("examples", "motivation"):
        first = [each for each in answers if each.group == "first_try"]
        figures[f"{rubric}, first tries"] = agreeing(every[rubric], first, rubric)
        figures[f"{rubric}, long answers"] = agreeing(every[rubric], long, rubric)
    said = every["motivation"].levels([as_read(each) for each in silent], [each.kind for each in silent])
    figures["no motive, but motivation above 0"] = {
        way: sum(level > 0 for level in levels) / len(levels) for way, levels in said.items()
    }
    figures["questions, maple"] = agreeing(
        every["questions"], answers_of(HERE / "answers", only=["maple"]), "questions"
    )
    if rated and (rated / "answers.json").is_file():
        figures.update(rated_baselines(every, rated))
    groups = {"examples_five": EXAMPLES, "motivation_four": MOTIVATION}
    return {**figures, **element_baselines(known, answers, groups)}


def rated_baselines(every: Mapping[str, Guesses], rated: Path) -> Figures:
    """Agreement of each simple way with the raters of students' answers."""
    figures: Figures = {}
    students, raters = rated_answers(rated)
    for rubric in ("examples", "motivation"):
        said = every[rubric].levels([each["recognised"] for each in students], [each["kind"] for each in students])
        figures[f"{rubric}, students"] = {
            way: mean(weighted_kappa(levels, [rater[each["id"]][rubric] for each in students]) for rater in raters)
            for way, levels in said.items()
        }
    if (rated / "questions.json").is_file():
        asked = json.loads((rated / "questions.json").read_text(encoding="utf-8"))
        said = every["questions"].levels([each["text"] for each in asked], ["closing"] * len(asked))
        theirs = [each["level"] for each in asked]
        figures["single questions"] = {way: weighted_kappa(levels, theirs) for way, levels in said.items()}
    return figures


def rated_answers(folder: Path) -> tuple[list[Figures], list[Figures]]:
    """Students' answers that all raters gave levels to, and the raters."""
    answers = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    raters = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("ratings-*.json"))]
    return [each for each in answers if all(each["id"] in rater for rater in raters)], raters

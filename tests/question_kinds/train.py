"""Trains the guess of kinds, half a minute on one core.

    python -m tests.question_kinds.train             learn from all labelled questions, write the shipped weights
    python -m tests.question_kinds.train --check     train anew and compare with the shipped file, byte for byte
    python -m tests.question_kinds.train --folds     how often it is right in questions left out; writes nothing

The questions of `kept_apart` are never opened here.
"""

import argparse
import io
import sys
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy
from numpy.typing import NDArray

from simulator.questions.bank import Kind
from simulator.questions.kind_model import KINDS, PLACES, KindModel, places
from simulator.questions.kinds import HEADING, kinds_meant, vectors_of
from tests.question_kinds.labelled import LANGUAGES, Labelled, to_learn_from

Floats = NDArray[numpy.float64]
WEIGHTS = Path(__file__).resolve().parents[2] / "assets" / "questions" / "kinds.npz"
EPOCHS, RATE, BATCH, SEED = 20, 20.0, 128, 5
DECAY = 1e-5
"""What a weight of a word costs."""
VECTOR_LENGTH, VECTOR_DECAY = 4.0, 1e-3
"""How long sentence vectors are made beside the bias, and what their weights cost."""
MEANING = 2.0
"""What sentence vectors count for beside words."""
COUNTS_FOR = {"pattern": 0.5, "bank": 1.0, "questions": 1.0}
MARKED_COUNTS_FOR = 0.5
"""The questions of the marked answers are many and much alike."""
FOLDS = 4
HEADINGS = {
    Kind.OPENING: "Breaking the ice",
    Kind.MOTIVATION: "Why this job",
    Kind.BEHAVIOURAL: "Past experience",
    Kind.SITUATIONAL: "What would you do?",
    Kind.STRENGTH: "Your strong sides",
    Kind.WEAKNESS: "Areas to work on",
    Kind.CLOSING: "Wrapping up",
}
"""Headings as coaches write them, none of which stands in a list of the app's."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What is learned: places x kinds and vector x kinds, each with a bias."""

    words: Floats
    meaning: Floats
    bias: Floats


def _counted(given: Sequence[Labelled]) -> Floats:
    """How much each question counts: a rare kind more in its language, by the square root, lest it is never
    guessed."""
    plain = numpy.array([COUNTS_FOR.get(each.source, MARKED_COUNTS_FOR) for each in given])
    of_kind = Counter[tuple[str, str]]()
    for each, much in zip(given, plain, strict=True):
        of_kind[each.language, each.kind] += much
    fair = {
        language: sum(much for (of, _), much in of_kind.items() if of == language) / len(KINDS)
        for language in {each.language for each in given}
    }
    much = plain * [(fair[each.language] / of_kind[each.language, each.kind]) ** 0.5 for each in given]
    counted: Floats = much / much.mean()
    return counted


def _targets(given: Sequence[Labelled]) -> Floats:
    return numpy.array([[float(each.kind is kind) for kind in KINDS] for each in given])


def _chances(scores: Floats) -> Floats:
    raised = numpy.exp(scores - scores.max(axis=1, keepdims=True))
    chances: Floats = raised / raised.sum(axis=1, keepdims=True)
    return chances


def learned_words(given: Sequence[Labelled]) -> tuple[Floats, Floats]:
    """Weights and bias of words: logistic regression, by AdaGrad in small batches."""
    counted = [places(each.ask) for each in given]
    sizes = numpy.array([len(each) for each in counted])
    begins = numpy.concatenate([[0], numpy.cumsum(sizes)])
    at = numpy.concatenate([numpy.fromiter(each, numpy.intp, len(each)) for each in counted])
    much = numpy.concatenate([numpy.fromiter(each.values(), float, len(each)) for each in counted])
    targets, fair = _targets(given), _counted(given)[:, None]
    weights, steps = numpy.zeros((len(KINDS), PLACES)), numpy.full((len(KINDS), PLACES), 1e-3)
    bias, bias_steps = numpy.zeros(len(KINDS)), numpy.ones(len(KINDS))
    chance = numpy.random.RandomState(SEED)  # its numbers stay the same in every version
    for epoch in range(EPOCHS):
        rate = RATE * (1 - 0.9 * epoch / EPOCHS)
        order = chance.permutation(len(given))
        for start in range(0, len(given), BATCH):
            rows = order[start : start + BATCH]
            length = sizes[rows]
            first = numpy.concatenate([[0], numpy.cumsum(length)[:-1]])
            taken = numpy.repeat(begins[rows] - first, length) + numpy.arange(length.sum())
            used, back = numpy.unique(at[taken], return_inverse=True)
            now, value = weights[:, used], much[taken]
            scores = numpy.add.reduceat(now[:, back] * value, first, axis=1).T + bias
            wrong = (_chances(scores) - targets[rows]) * fair[rows] / len(rows)
            spread = numpy.repeat(wrong, length, axis=0) * value[:, None]
            slope = numpy.stack([numpy.bincount(back, column, len(used)) for column in spread.T]) + DECAY * now
            steps[:, used] += slope**2
            weights[:, used] = now - rate * slope / numpy.sqrt(steps[:, used])
            bias_slope = wrong.sum(axis=0)
            bias_steps += bias_slope**2
            bias -= rate * bias_slope / numpy.sqrt(bias_steps)
    return weights.T, bias


def learned_meaning(given: Sequence[Labelled], vectors: Floats) -> tuple[Floats, Floats]:
    """Weights and bias of sentence vectors: logistic regression, by Newton's steps with a fixed bound."""
    rows = numpy.hstack([vectors * VECTOR_LENGTH, numpy.ones((len(given), 1))])
    fair, targets = _counted(given)[:, None] / len(given), _targets(given)
    bound = numpy.linalg.inv((rows.T * fair[:, 0]) @ rows / 2 + VECTOR_DECAY * numpy.eye(rows.shape[1]))
    found = numpy.zeros((rows.shape[1], len(KINDS)))
    for _ in range(60):
        found -= bound @ (rows.T @ ((_chances(rows @ found) - targets) * fair) + VECTOR_DECAY * found)
    return MEANING * VECTOR_LENGTH * found[:-1], MEANING * found[-1]


def trained(given: Sequence[Labelled]) -> Weights:
    """Learn from these questions; of the meaning, from the English ones."""
    words, bias = learned_words(given)
    english = [each for each in given if each.language == "en"]
    meaning, meaning_bias = learned_meaning(english, vectors_of([each.ask for each in english]))
    return Weights(words, meaning, numpy.stack([bias, meaning_bias]))


def written(weights: Weights, given: Sequence[Labelled]) -> bytes:
    """The file: weights in steps of one byte, and what they were learned from."""
    arrays: dict[str, Any] = {
        "bias": weights.bias.astype(numpy.float32),
        "learned_from": numpy.uint32(mark_of(given)),
    }
    steps = []
    for name, values in (("words", weights.words), ("meaning", weights.meaning)):
        # The few largest are cut off, so that the many small ones have finer steps.
        steps.append(float(numpy.sort(abs(values), axis=None)[-max(1, values.size // 5000)]) / 127)
        arrays[name] = numpy.clip(numpy.round(values / steps[-1]), -127, 127).astype(numpy.int8)
    arrays["steps"] = numpy.array(steps, numpy.float32)
    file = io.BytesIO()
    numpy.savez(file, **arrays)
    return file.getvalue()


def mark_of(given: Sequence[Labelled]) -> int:
    """A number that changes with the questions learned from, and with what is counted in them."""
    return zlib.crc32("\n".join(f"{each} {sorted(places(each.ask))}" for each in given).encode())


def folds(given: Sequence[Labelled]) -> None:
    """Each fold left out once; all questions of one hand are in one fold, and patterns are always learned from."""
    hands = sorted({each.source for each in given if each.source not in COUNTS_FOR})
    chance = numpy.random.RandomState(0)
    fold = numpy.array(
        [
            -1 if each.source == "pattern"
            else hands.index(each.source) % FOLDS if each.source in hands
            else chance.randint(FOLDS)
            for each in given
        ]
    )  # fmt: skip
    right, of = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    meant = kinds_meant(frozenset(HEADINGS.values()))
    for left_out in range(FOLDS):
        weights = trained([each for each, at in zip(given, fold, strict=True) if at != left_out])
        model = KindModel(io.BytesIO(written(weights, ())))
        held = [each for each, at in zip(given, fold, strict=True) if at == left_out]
        scores = model.scores([each.ask for each in held])
        english = numpy.array([each.language == "en" for each in held])
        scores[english] += model.meaning(vectors_of([each.ask for each in held if each.language == "en"]))
        for each, row in zip(held, scores, strict=True):
            name = each.language, each.source if each.source in COUNTS_FOR else "marked answers"
            right[name] += KINDS[int(row.argmax())] is each.kind
            of[name] += 1
            if each.language == "en":
                row[KINDS.index(meant[HEADINGS[each.kind]])] += HEADING
                below = "en", f"below headings, {name[1]}"
                right[below] += KINDS[int(row.argmax())] is each.kind
                of[below] += 1
    for language in LANGUAGES:
        for name in sorted(name for name in of if name[0] == language):
            print(f"{' '.join(name):<34} {right[name]} of {of[name]} ({right[name] / of[name]:.3f})")


def main() -> int:
    """Train, check or tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--folds", action="store_true")
    asked = parser.parse_args()
    given = to_learn_from()
    if asked.folds:
        folds(given)
        return 0
    file = written(trained(given), given)
    if asked.check:
        same = WEIGHTS.read_bytes() == file
        print("the same" if same else "not the same as the shipped file")
        return 0 if same else 1
    WEIGHTS.parent.mkdir(exist_ok=True)
    WEIGHTS.write_bytes(file)
    print(f"{len(given)} questions, {len(file)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())

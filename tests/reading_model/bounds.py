"""Fits `assets/reading/bounds.yaml`: how sure is sure enough, from answers that the head was not trained on.

    python -m tests.reading_model.bounds --head FILE --hands elder,fir

`FILE` is a head trained without those hands (`train.py --without elder,fir --out FILE`).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy

from simulator.language.model import Encoder, LanguageModel
from simulator.paths import shipped
from simulator.reading.elements import GRADES, QUESTION, elements
from simulator.reading.reader import MAY_BE_A_WORD, UNSPLIT, prompt_of, runs, surest
from tests.reading_model.forms import INDEX, LABELS, Form
from tests.reading_model.marks import MarkedAnswer

BOUNDS = shipped("assets") / "reading" / "bounds.yaml"
STEPS = [round(0.2 + 0.05 * step, 2) for step in range(13)]
BETA = 0.6
"""Weight of recall against precision for the labels of single words."""
KINDS = ("inside", "there", "quoted", "sure")
WORD_LABELS = ("dropped", "stop", "asks", "comma", "capital")
GARBLED = 0.6
"""Not fitted on whole answers: a single sentence must not be said to make no sense."""
STEPS_UP = [round(0.3 + 0.02 * step, 2) for step in range(34)]
TRUE_QUOTES = 0.93
"""Share of the quotes with a label of which the label must be true."""
UNCLEAR = 0.4
"""What it costs to call a part "not clear", beside 1 for a part that is said, or denied, wrongly."""
EVEN = 0.5
"""No element counts that is likelier not to be there."""
MOST_THERE = 0.65
"""Answers unlike those here (longer, more rambling) come out less sure: no element must be surer than this."""


def column(rows: numpy.ndarray, element: str) -> numpy.ndarray:
    """The probability (or, for labels, the presence) of an element for each word."""
    if element != QUESTION:
        return rows[:, INDEX[element]]
    grades: numpy.ndarray = rows[:, [INDEX[f"{QUESTION}.{grade}"] for grade in GRADES]].sum(axis=1)
    return grades.clip(max=1.0)


def truth_of(form: Form) -> numpy.ndarray:
    """The labels of a form as a table."""
    table = numpy.zeros((len(form.words), len(LABELS)), numpy.float32)
    for row, labels in enumerate(form.labels):
        table[row, list(labels)] = 1
    return table


Read = Sequence[tuple[numpy.ndarray, numpy.ndarray]]


def fit_element(element: str, read: Read) -> tuple[float, ...]:
    """The bounds of one element in the order of `KINDS`: the best F1 by answer, and the lowest
    bounds from which labels are true often enough, and from which answers have it often enough."""
    best = (-1.0, 0.5, 0.5)
    for inside in STEPS[2:10]:
        found = spans_by_answer(element, read, inside)
        for there in [step for step in STEPS if max(inside, EVEN) <= step <= MOST_THERE]:
            hit = sum(is_there and any(sure >= there for sure, _ in spans) for spans, is_there in found)
            told = sum(any(sure >= there for sure, _ in spans) for spans, _ in found)
            has = sum(is_there for _, is_there in found)
            f1 = 2 * hit / max(1, told + has)
            # Of equals the lower bound: answers unlike those here come out less sure.
            if f1 > best[0] + 0.002:
                best = (f1, inside, there)
    _, inside, there = best
    spans = [span for each, _ in spans_by_answer(element, read, inside) for span in each]
    enough = [bound for bound in STEPS_UP if bound >= there and _true_from(spans, bound) >= TRUE_QUOTES]
    quoted = enough[0] if enough else STEPS_UP[-1]
    sure = min(quoted, _sure_from(spans_by_answer(element, read, inside), there))
    return inside, there, quoted, sure


def _sure_from(found: Sequence[tuple[list[tuple[float, bool]], bool]], there: float) -> float:
    """The bound from which it is best to say that an answer has the element, and below which "not clear"."""
    told = [(max(sure for sure, _ in spans), is_there) for spans, is_there in found if spans]
    told = [(sure, is_there) for sure, is_there in told if sure >= there]
    return min(
        (step / 100 for step in range(round(there * 100), 98)),
        key=lambda bound: sum(UNCLEAR if sure < bound else not is_there for sure, is_there in told),
    )


def spans_by_answer(element: str, read: Read, inside: float) -> list[tuple[list[tuple[float, bool]], bool]]:
    """For each answer its spans, how sure and whether true, and whether the element is there at all."""
    least = 1 if element in MAY_BE_A_WORD else 2
    found = []
    for rows, truth in read:
        values = [float(value) for value in column(rows, element)]
        marked = column(truth, element) > 0
        begins = [float(value) for value in rows[:, INDEX["begin"]]]
        spans = [
            (surest(values[first : last + 1]), bool(marked[first : last + 1].any()))
            for first, last in runs(values, inside, begins, least, element not in UNSPLIT)
        ]
        found.append((spans, bool(marked.any())))
    return found


def _true_from(spans: Sequence[tuple[float, bool]], bound: float) -> float:
    told = [true for sure, true in spans if sure >= bound]
    return sum(told) / len(told) if told else 0.0


def fit_word(label: str, read: Read) -> float:
    """The bound of a word label with the best F-score; a wrong full stop hurts more than a missing one."""
    values = numpy.concatenate([rows[:, INDEX[label]] for rows, _ in read])
    truth = numpy.concatenate([truth[:, INDEX[label]] for _, truth in read]) > 0

    def worth(bound: float) -> float:
        told = values >= bound
        hit = float((told & truth).sum())
        precision, recall = hit / max(1.0, float(told.sum())), hit / max(1.0, float(truth.sum()))
        return float((1 + BETA**2) * precision * recall / max(1e-9, BETA**2 * precision + recall))

    return max(STEPS, key=lambda bound: (worth(bound), -abs(bound - 0.5)))


def probabilities(
    model: LanguageModel, answers: Sequence[MarkedAnswer], forms: Sequence[Form]
) -> list[tuple[numpy.ndarray, numpy.ndarray]]:
    """What the model says of each form, beside the truth."""
    return [
        (model.read_words(prompt_of(answer.question, answer.heard), form.words), truth_of(form))
        for answer, form in zip(answers, forms, strict=True)
    ]


def written(found: Mapping[str, tuple[float, ...]], words: Mapping[str, float]) -> str:
    """The bounds as the file holds them."""
    lines = ["# How sure is sure enough; fitted by tests/reading_model/bounds.py, see docs/scoring.md."]
    for number, name in enumerate(KINDS):
        lines.append(f"{name}:")
        lines.extend(f"  {element}: {bounds[number]}" for element, bounds in found.items())
    lines.append("word:")
    lines.extend(f"  {label}: {bound}" for label, bound in words.items())
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Fit and write."""
    import random

    from tests.reading_model.build_encoder import TARGET
    from tests.reading_model.forms import as_recognised, as_written, misheard, vocabulary_of
    from tests.reading_model.marks import answers_of
    from tests.reading_model.train import ANSWERS

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--head", type=Path, required=True)
    parser.add_argument("--hands", required=True)
    parser.add_argument("--out", type=Path, default=BOUNDS)
    args = parser.parse_args(arguments)
    model = LanguageModel(Encoder(TARGET, 2), args.head, 2)
    answers = answers_of(ANSWERS, only=args.hands.split(","))
    chance = random.Random(5)
    heard = [as_recognised(answer, chance) for answer in answers]
    vocabulary = vocabulary_of(heard)
    rough = [misheard(form, chance, 0.08, vocabulary) for form in heard]
    typed_forms = [as_written(answer) for answer in answers]
    read = probabilities(model, [*answers, *answers, *answers], [*heard, *rough, *typed_forms])
    spoken = read[: len(answers)]
    found = {element: fit_element(element, read) for element in elements()}
    words = {label: fit_word(label, spoken) for label in WORD_LABELS} | {"garbled": GARBLED}
    args.out.write_text(written(found, words), encoding="utf-8")
    print(args.out.read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

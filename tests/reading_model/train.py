"""Trains the reading head: the encoder's upper layers, tuned to the elements, and a bidirectional LSTM over words;
twice, by two recipes.

    python -m tests.reading_model.train            (in an environment with requirements-build.txt)
    python -m tests.reading_model.train --check    train again, and compare with the shipped head
    python -m tests.reading_model.train --without fir,ash    leave more hands out

The shared lower layers stay as shipped, int8 and all: their states are worked out anew for each epoch's forms of the
answers (as written, as recognised, misheard), so that no two epochs see the same words. The same seed gives the same
head on the same machine; the recipes run side by side, one core each.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy
import torch

from simulator.language.model import Encoder, LanguageModel
from simulator.reading.reader import prompt_of
from tests.reading_model.build_encoder import SHARED_LAYERS, TARGET, package_folder, quantised, to_onnx
from tests.reading_model.forms import (
    INDEX,
    LABELS,
    Form,
    as_recognised,
    as_written,
    excerpt,
    foreign_form,
    in_small_letters,
    joined,
    lengthened,
    misheard,
    phrases_strung_together,
    question_said_back,
    salad,
    vocabulary_of,
)
from tests.reading_model.marks import LEFT_OUT, MarkedAnswer, answers_of

HERE = Path(__file__).resolve().parent
ANSWERS = HERE / "answers"
HEAD = TARGET.parent / "reading" / "head.onnx"
VERSION = "4"
SAME = 0.02
"""Difference of a figure up to which two heads are the same: other processors sum in another order."""
SEED = 11
BATCH = 8
RATE = 1.2e-4
HEAD_RATE = 2e-3
MOST_WORDS = 300
ELEMENT_WEIGHT = 2.0
"""How much more a missed word of an element costs than a false one."""
HIDDEN = -1e9
"""Added to the attention of a piece that is not there."""
PLAIN_WEIGHT = ("begin", "dropped", "stop", "asks", "comma", "capital", "garbled")


@dataclass(frozen=True)
class Recipe:
    """What one head is trained on.

    `rambling` is the share of forms in which an answer is told among general talk of others; `senseless` the share of
    forms added that make no sense or say nothing, `kinds` what they are, each up to its bound; `without` are hands
    left out beside those that are kept for the bounds; `short` is the share of forms that are a few sentences only.
    """

    epochs: int
    rambling: float
    senseless: float
    kinds: tuple[tuple[float, str], ...]
    without: tuple[str, ...] = ()
    short: float = 0.0


RECIPES = (
    Recipe(8, 0.0, 0.08, ((0.35, "foreign"), (1.0, "salad")), ("aspen", "beech")),
    Recipe(7, 0.3, 0.1, ((0.25, "foreign"), (0.5, "phrases"), (0.62, "question"), (1.0, "salad")), short=0.12),
)
"""Answers as they are, and answers told at length: either head alone is weaker where the other is at home (see
docs/scoring.md), so that the shipped one is the mean of both."""


class Head(torch.nn.Module):
    """States after the shared layers in, the logits of each word's labels out."""

    def __init__(self, hidden: int = 128, dropout: float = 0.2) -> None:
        super().__init__()
        from transformers import AutoModel

        model = AutoModel.from_pretrained(package_folder(), attn_implementation="eager")
        self.layers = model.encoder.layer[SHARED_LAYERS:]
        self.norm = torch.nn.LayerNorm(3 * 384)
        self.narrow = torch.nn.Linear(3 * 384, 160)
        self.lstm = torch.nn.LSTM(160, hidden, bidirectional=True, batch_first=True)
        self.out = torch.nn.Linear(2 * hidden, len(LABELS))
        self.dropout = torch.nn.Dropout(dropout)

    def forward(self, states: torch.Tensor, paths: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
        seen = [states]
        for layer in self.layers:
            out = layer(states, mask)
            states = out[0] if isinstance(out, tuple) else out
            seen.append(states)
        wide = torch.cat([seen[0], seen[2], seen[4]], -1)
        wide = torch.gather(wide, 1, paths[..., None].expand(-1, -1, wide.shape[-1]))
        narrow = torch.nn.functional.gelu(self.narrow(self.dropout(self.norm(wide))))
        logits: torch.Tensor = self.out(self.dropout(self.lstm(self.dropout(narrow))[0]))
        return logits


class Exported(torch.nn.Module):
    """One head as shipped: probabilities."""

    def __init__(self, head: Head) -> None:
        super().__init__()
        self.head = head

    def forward(self, states: torch.Tensor, paths: torch.Tensor) -> torch.Tensor:
        return torch.sigmoid(self.head(states, paths))


@dataclass(frozen=True)
class Example:
    """One form of one answer, encoded: lower states, where words begin, and labels (words x labels)."""

    states: numpy.ndarray
    paths: list[int]
    labels: numpy.ndarray


def encoded(encoder: Encoder, answer: MarkedAnswer, form: Form) -> Example:
    """What the head is trained on for one form."""
    words = form.words[:MOST_WORDS]
    spelt = encoder.spelt(prompt_of(answer.question, answer.heard), words)
    ids, types, paths = spelt.fed(0, len(words))
    ids, types = ids[:512], types[:512]
    paths = [place for place in paths if place < 511]
    labels = numpy.zeros((len(paths), len(LABELS)), numpy.float32)
    for row, found in enumerate(form.labels[: len(paths)]):
        labels[row, list(found)] = 1
    return Example(encoder.lower_states(ids, types)[0], paths, labels)


class Forms:
    """Draws a form of an answer for each epoch."""

    def __init__(self, answers: Sequence[MarkedAnswer], recipe: Recipe, chance: random.Random) -> None:
        self.recipe = recipe
        self.chance = chance
        self.questions = sorted({answer.question for answer in answers})
        self.idle = [answer for answer in answers if says_next_to_nothing(answer)]
        self.closing = [answer for answer in answers if answer.kind == "closing" and not answer.heard]
        self.recognised = [as_recognised(answer, chance) for answer in answers]
        self.vocabulary = vocabulary_of(self.recognised)
        self.foreign = (HERE / "foreign.txt").read_text(encoding="utf-8").splitlines()

    def draw(self, answer: MarkedAnswer) -> Form:
        """One form: more often as recognised than as written."""
        roll = self.chance.random()
        if roll < 0.3:
            small = self.chance.random() < (0.5 if answer.form == "typed" else 0.15)
            return in_small_letters(answer) if small else as_written(answer)
        form = as_recognised(answer, self.chance)
        if self.recipe.short and self.chance.random() < self.recipe.short:
            form = excerpt(form, self.chance)
        elif answer.kind == "closing":
            if self.chance.random() < self.recipe.rambling:
                parts = [form, as_recognised(self.chance.choice(self.closing), self.chance)]
                self.chance.shuffle(parts)
                form = joined(parts)
        elif self.chance.random() < self.recipe.rambling:
            others = [
                as_recognised(each, self.chance)
                for each in self.chance.sample(self.idle, self.chance.choice((1, 2, 3)))
            ]
            form = lengthened(form, others, self.chance, MOST_WORDS)
        if roll < 0.65:
            return form
        return misheard(form, self.chance, self.chance.choice((0.03, 0.06, 0.1, 0.15, 0.2, 0.3)), self.vocabulary)

    def senseless(self) -> Form:
        """Words without sense, in another language, or that say nothing."""
        roll = self.chance.random()
        kind = next(kind for bound, kind in self.recipe.kinds if roll < bound)
        if kind == "foreign":
            return foreign_form(self.foreign, self.chance)
        if kind == "phrases":
            return phrases_strung_together(self.recognised, self.chance)
        if kind == "question":
            return question_said_back(self.chance.choice(self.questions), self.chance)
        return salad(self.recognised, self.chance)


def says_next_to_nothing(answer: MarkedAnswer) -> bool:
    """An answer without an event and without a motive: talk to put around another."""
    levels = answer.levels
    return answer.kind != "closing" and levels.get("examples", 4) <= 1 and levels.get("motivation", 4) == 0


def batch_of(examples: Sequence[Example]) -> tuple[torch.Tensor, ...]:
    """States, places, attention mask, labels, and which words are there."""
    pieces = max(len(each.states) for each in examples)
    words = max(len(each.paths) for each in examples)
    count = len(examples)
    states = torch.zeros(count, pieces, 384)
    paths = torch.zeros(count, words, dtype=torch.long)
    mask = torch.full((count, 1, 1, pieces), HIDDEN)
    labels = torch.zeros(count, words, len(LABELS))
    there = torch.zeros(count, words, 1)
    for row, each in enumerate(examples):
        states[row, : len(each.states)] = torch.from_numpy(each.states)
        paths[row, : len(each.paths)] = torch.tensor(each.paths)
        mask[row, ..., : len(each.states)] = 0
        labels[row, : len(each.paths)] = torch.from_numpy(each.labels)
        there[row, : len(each.paths)] = 1
    return states, paths, mask, labels, there


def fit(answers: Sequence[MarkedAnswer], encoder: Encoder, recipe: Recipe, seed: int = SEED) -> Head:
    """Train one head; the same seed gives the same head on the same machine.

    Sums run in bfloat16 where they may, which processors with AMX do several times as fast; the weights stay single.
    """
    torch.manual_seed(seed)
    chance = random.Random(seed)
    forms = Forms(answers, recipe, chance)
    head = Head()
    tuned = [value for name, value in head.named_parameters() if name.startswith("layers.")]
    new = [value for name, value in head.named_parameters() if not name.startswith("layers.")]
    optimiser = torch.optim.AdamW(
        [{"params": tuned, "lr": RATE}, {"params": new, "lr": HEAD_RATE}], weight_decay=0.01
    )
    salads = int(len(answers) * recipe.senseless)
    steps = recipe.epochs * ((len(answers) + salads + BATCH - 1) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / (steps * 0.1), max(0.0, (steps - step) / (steps * 0.9)))
    )
    weight = torch.full((len(LABELS),), ELEMENT_WEIGHT)
    for name in PLAIN_WEIGHT:
        weight[INDEX[name]] = 1.0
    for epoch in range(recipe.epochs):
        begin, total = time.monotonic(), 0.0
        head.train()
        examples = [encoded(encoder, answer, forms.draw(answer)) for answer in answers]
        examples += [encoded(encoder, chance.choice(answers), forms.senseless()) for _ in range(salads)]
        order = sorted(range(len(examples)), key=lambda n: len(examples[n].states) + chance.random() * 30)
        batches = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
        chance.shuffle(batches)
        for chosen in batches:
            states, paths, mask, labels, there = batch_of([examples[n] for n in chosen])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = head(states, paths, mask)
            cost = torch.nn.functional.binary_cross_entropy_with_logits(
                logits.float(), labels, reduction="none", pos_weight=weight
            )
            cost = (cost * there).sum() / there.sum() / len(LABELS)
            optimiser.zero_grad()
            cost.backward()
            torch.nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += cost.item()
        print(f"epoch {epoch + 1}: {total / len(batches):.4f}, {time.monotonic() - begin:.0f} s", flush=True)
    return head.eval()


def train_one(recipe: Recipe, without: Sequence[str], target: Path) -> None:
    """Train by one recipe on one core, and write the head as int8 ONNX."""
    torch.set_num_threads(1)
    answers = answers_of(ANSWERS, without=[*without, *recipe.without])
    print(f"{len(answers)} answers", flush=True)
    head = fit(answers, Encoder(TARGET, threads=1), recipe)
    sample = (torch.randn(1, 40, 384), torch.arange(5, 30)[None])
    axes = {"places": {1: "words"}, "out": {1: "words"}}
    single = target.with_suffix(".single")
    to_onnx(Exported(head), sample, single, ["states", "places"], axes=axes)
    quantised(single, target)


def train(without: Sequence[str], target: Path) -> None:
    """Train by every recipe, each in a process and on a core of its own, and write the mean of the heads."""
    import onnx

    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{number}.onnx" for number in range(len(RECIPES))]
        with ProcessPoolExecutor(len(RECIPES), mp_context=get_context("spawn")) as pool:
            list(pool.map(train_one, RECIPES, [without] * len(RECIPES), files))
        model = mean_of([onnx.load(str(path)) for path in files])
    onnx.helper.set_model_props(model, {"labels": " ".join(LABELS), "version": VERSION})
    onnx.checker.check_model(model)
    onnx.save(model, str(target))


def mean_of(models: Sequence[Any]) -> Any:
    """One ONNX model of several with the same inputs; its output is the mean of theirs."""
    from onnx import TensorProto, helper

    inputs = [each.name for each in models[0].graph.input]
    nodes, initializers, outputs = [], [], []
    for number, model in enumerate(models):
        apart = onnx_apart(model, f"{number}_", inputs)
        nodes += apart.graph.node
        initializers += apart.graph.initializer
        outputs.append(apart.graph.output[0].name)
    nodes += [helper.make_node("Sum", outputs, ["sum"]), helper.make_node("Mul", ["sum", "share"], ["out"])]
    initializers.append(helper.make_tensor("share", TensorProto.FLOAT, [], [1 / len(models)]))
    first = models[0].graph
    graph = helper.make_graph(nodes, "head", list(first.input), list(first.output), initializers)
    return helper.make_model(graph, opset_imports=models[0].opset_import, ir_version=models[0].ir_version)


def onnx_apart(model: Any, prefix: str, inputs: Sequence[str]) -> Any:
    """A model whose names begin with a prefix, but for those of its inputs."""
    from onnx import compose

    apart = compose.add_prefix(model, prefix)
    for node in apart.graph.node:
        for place, name in enumerate(node.input):
            if name.removeprefix(prefix) in inputs:
                node.input[place] = name.removeprefix(prefix)
    return apart


def main(arguments: Sequence[str]) -> int:
    """Train on all hands, or on all but some."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without", default=LEFT_OUT, help="hands to leave out, by comma")
    parser.add_argument("--out", type=Path, default=HEAD)
    parser.add_argument("--check", action="store_true", help="train again and compare with the shipped head")
    args = parser.parse_args(arguments)
    without = [*filter(None, args.without.split(","))]
    if args.check:
        with tempfile.TemporaryDirectory() as folder:
            again = Path(folder) / "head.onnx"
            train(without, again)
            return compared(Encoder(TARGET, threads=2), again)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    train(without, args.out)
    return 0


def compared(encoder: Encoder, again: Path) -> int:
    """Whether a head is the shipped one, byte for byte or by its figures on the hands left out."""
    if again.read_bytes() == HEAD.read_bytes():
        print("The same head, byte for byte.")
        return 0
    from tests.reading_model.measure import figures_of

    left_out = answers_of(ANSWERS, only=LEFT_OUT.split(","))
    pairs = [figures_of(LanguageModel(encoder, path, 2), left_out, {}) for path in (HEAD, again)]
    worst = 0.0
    for name in ("quotes_true", "examples_five", "motivation_four"):
        worst = max(worst, abs(pairs[0][name] - pairs[1][name]))
        print(f"{name}: shipped {pairs[0][name]:.3f}, again {pairs[1][name]:.3f}")
    for rubric in ("examples", "motivation"):
        shipped, new = (pair["levels"][rubric]["writer"] for pair in pairs)
        worst = max(worst, abs(shipped - new))
        print(f"{rubric}: shipped {shipped:.3f}, again {new:.3f}")
    return 0 if worst <= SAME else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

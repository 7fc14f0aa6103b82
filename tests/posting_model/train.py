"""Trains the network that reads postings, some minutes on one core, with the reading's `requirements-build.txt`.

    python -m tests.posting_model.train                   train on all labelled postings, write the shipped weights
    python -m tests.posting_model.train --without lime    leave a hand out and tell how it is read; writes nothing

After it, `choosing.py` fits how facts are chosen. The postings of `kept_apart` are never opened here.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy
import torch

from simulator.language.model import late_model
from simulator.preparation.posting_layout import (
    PIECE_FEATURES,
    WORD_FEATURES,
    PostingPage,
    piece_features,
    word_features,
)
from simulator.preparation.posting_model import FACTS, LABELS
from tests.posting_model.marked import ASKED, Marked, marked, targets

WEIGHTS = Path(__file__).resolve().parents[2] / "assets" / "posting" / "head.npz"
WORD, RUN, FACT = 96, 96, 64
EPOCHS, RATE, DROP, SEED, HEADS = 40, 2e-3, 0.4, 5, 4
STATES = 384


class Net(torch.nn.Module):
    """The same as `simulator.preparation.posting_model._run`, with drop-out."""

    def __init__(self) -> None:
        super().__init__()
        linear = torch.nn.Linear
        self.word = linear(STATES + WORD_FEATURES, WORD)
        self.conv = linear(3 * WORD, WORD)
        self.lstm = torch.nn.LSTM(2 * WORD + PIECE_FEATURES, RUN, bidirectional=True)
        self.lab = linear(2 * RUN + 2 * WORD, len(LABELS))
        self.beg = linear(2 * RUN + 2 * WORD, 1)
        self.fh = linear(WORD + 2 * RUN + len(LABELS), FACT)
        self.span = linear(FACT, 2 * len(FACTS))
        self.null = linear(2 * RUN, len(FACTS))
        self.drop = torch.nn.Dropout(DROP)

    def forward(self, tensors: PostingTensors) -> tuple[Any, Any, Any]:
        words = torch.relu(self.word(self.drop(tensors.rows))) * tensors.real[:, None]
        edge = torch.zeros(1, WORD)
        beside = torch.cat([torch.cat([edge, words[:-1]]), words, torch.cat([words[1:], edge])], 1)
        words = (words + torch.relu(self.conv(self.drop(beside))))[tensors.real.bool()]
        of = tensors.piece_of
        count = len(tensors.features)
        index = of[:, None].expand(-1, WORD)
        most = torch.full((count, WORD), -1e9).scatter_reduce(0, index, words, "amax")
        mean = torch.zeros(count, WORD).index_add(0, of, words) / torch.bincount(of)[:, None]
        pooled = torch.cat([most, mean], 1)
        run, _ = self.lstm(self.drop(torch.cat([pooled, tensors.features], 1))[:, None])
        run = run[:, 0]
        joined = self.drop(torch.cat([run, pooled], 1))
        labels = self.lab(joined)
        hidden = torch.relu(self.fh(self.drop(torch.cat([words, run[of], labels.softmax(1).detach()[of]], 1))))
        untold = self.null(run.max(0)[0])[None].repeat_interleave(2, 1)
        return labels, self.beg(joined)[:, 0], torch.cat([self.span(hidden), untold])


@dataclass(frozen=True, slots=True)
class PostingTensors:
    """One posting as tensors."""

    posting: Marked
    page: PostingPage
    rows: Any
    real: Any
    piece_of: Any
    features: Any
    labels: Any
    begins: Any
    spans: tuple[tuple[tuple[int, ...], tuple[int, ...]] | None, ...]
    """For each fact the words where it may begin and end; None where it is told but not found."""


def as_tensors(postings: Sequence[Marked], cache: Path | None) -> list[PostingTensors]:
    """Postings as tensors; the states of their words are worked out once."""
    known: dict[str, Any] = dict(numpy.load(cache)) if cache and cache.exists() else {}
    model = late_model.get()
    found = []
    for posting in postings:
        page, labels, begins, _ = targets(posting)
        if posting.id not in known:
            known[posting.id] = numpy.vstack(
                [model.word_states([word.text for word in line.words]) for line in page.lines]
            ).astype(numpy.float16)
        rows, real, at = [], [], 0
        for line in page.lines:
            size = len(line.words)
            rows.append(numpy.hstack([known[posting.id][at : at + size].astype(numpy.float32), word_features(line)]))
            rows.append(numpy.zeros((1, rows[-1].shape[1]), numpy.float32))
            real.extend([1.0] * size + [0.0])
            at += size
        sizes = [piece.behind - piece.first for piece in page.pieces]
        found.append(
            PostingTensors(
                posting,
                page,
                torch.tensor(numpy.vstack(rows)),
                torch.tensor(real),
                torch.repeat_interleave(torch.tensor(sizes)),
                torch.tensor(piece_features(page)),
                torch.tensor(labels),
                torch.tensor(begins, dtype=torch.float32),
                tuple(_span(page, posting.facts[fact]) for fact in FACTS),
            )
        )
    if cache:
        numpy.savez(cache, **known)
    return found


def _span(page: PostingPage, fact: str) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    count = sum(len(line.words) for line in page.lines)
    if not fact:
        return (count,), (count,)
    wanted = [_bare(word) for word in fact.split()]
    starts, ends, at = [], [], 0
    for line in page.lines:
        words = [_bare(word.text) for word in line.words]
        for first in range(len(words) - len(wanted) + 1):
            if words[first : first + len(wanted)] == wanted:
                starts.append(at + first)
                ends.append(at + first + len(wanted) - 1)
        at += len(words)
    return (tuple(starts), tuple(ends)) if starts else None


def _bare(word: str) -> str:
    return re.sub(r"^\W+|\W+$", "", word.lower()) or word


def trained(given: Sequence[PostingTensors], seed: int, epochs: int) -> Net:
    """One network."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    net = Net()
    rate = torch.optim.AdamW(net.parameters(), RATE, weight_decay=0.02)
    steps = torch.optim.lr_scheduler.OneCycleLR(rate, RATE * 2, total_steps=epochs * (-(-len(given) // 4)))
    for _ in range(epochs):
        net.train()
        order = list(given)
        chance.shuffle(order)
        for at in range(0, len(order), 4):
            rate.zero_grad()
            sum(_loss(net, tensors) for tensors in order[at : at + 4]).backward()  # type: ignore[union-attr]
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            rate.step()
            steps.step()
    return net.eval()


def _loss(net: Net, tensors: PostingTensors) -> Any:
    labels, begins, spans = net(tensors)
    lost = torch.nn.functional.cross_entropy(labels, tensors.labels, label_smoothing=0.05)
    lost = lost + 0.7 * torch.nn.functional.binary_cross_entropy_with_logits(begins, tensors.begins)
    logs = spans.log_softmax(0)
    for column, span in enumerate(tensors.spans):
        if span is not None:
            for side in (0, 1):
                lost = lost - 0.12 * logs[list(span[side]), 2 * column + side].logsumexp(0)
    return lost


def written(nets: Sequence[Net], path: Path) -> None:
    """The weights in half precision."""
    path.parent.mkdir(exist_ok=True)
    arrays = {
        f"{at}/{name}": value.detach().numpy().astype(numpy.float16)
        for at, net in enumerate(nets)
        for name, value in net.state_dict().items()
    }
    numpy.savez_compressed(path, **arrays)


def main() -> None:
    """Train, and say how a hand that was left out is labelled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without", default="", help="hands, separated by commas")
    parser.add_argument("--cache", type=Path, help="a file for the states of the words")
    parser.add_argument("--to", type=Path, default=WEIGHTS)
    parser.add_argument("--heads", type=int, default=HEADS)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    given = parser.parse_args()
    torch.set_num_threads(1)
    everything = as_tensors(marked(), given.cache)
    out = tuple(given.without.split(",")) if given.without else ()
    used = [tensors for tensors in everything if not (out and tensors.posting.id.startswith(out))]
    held = [tensors for tensors in everything if out and tensors.posting.id.startswith(out)]
    print(f"{len(used)} postings to learn from, {len(held)} left out", flush=True)
    nets = []
    for at in range(given.heads):
        nets.append(trained(used, SEED + at, given.epochs))
        if held:
            print(at, *(f"{value:.3f}" for value in _told(nets, held)), flush=True)
    if not out or given.to != WEIGHTS:
        written(nets, given.to)


def _told(nets: Sequence[Net], held: Sequence[PostingTensors]) -> tuple[float, float, float]:
    """Share of pieces labelled right, of asked-for pieces told from the rest, of beginnings."""
    right = asked = begun = count = 0
    wanted = torch.tensor([label in ASKED for label in LABELS])
    with torch.no_grad():
        for tensors in held:
            seen = [net(tensors) for net in nets]
            labels = sum(each[0].softmax(1) for each in seen).argmax(1)  # type: ignore[union-attr]
            begins = sum(each[1].sigmoid() for each in seen) / len(seen) > 0.5  # type: ignore[operator]
            right += int((labels == tensors.labels).sum())
            asked += int((wanted[labels] == wanted[tensors.labels]).sum())
            begun += int((begins == tensors.begins.bool()).sum())
            count += len(tensors.labels)
    return right / count, asked / count, begun / count


if __name__ == "__main__":
    main()

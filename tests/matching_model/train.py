"""Tunes the encoder's upper layers to matching stories with wishes; some minutes on two idle cores.

    python -m tests.matching_model.train           (in an environment with reading_model/requirements-build.txt)
    python -m tests.matching_model.train --cross   how stories of fields left out are matched; writes nothing
    python -m tests.matching_model.train --check   train again, and compare with what is shipped

The vector of a story shall be near those of the wishes it speaks to, and away from the other wishes of its field and
of other stories; so shall its skills', and an answer's near that of what was asked. The shared lower layers stay as
shipped, int8 and all. How near is near enough is a logistic regression on stories of a quarter of the fields,
by layers that had not learned from these, as the shipped files would read them. `matching_kept_apart.yaml` is never
opened here.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import sys
import tempfile
import time
from collections.abc import Collection, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy
import torch
from torch.nn import functional

from simulator.language.model import Encoder
from simulator.preparation.matching import apart, sentences_in
from tests.matching_model.data import Story, asked_and_answered, said, stories
from tests.reading_model.build_encoder import SHARED_LAYERS, TARGET, package_folder, quantised, to_onnx
from tests.reading_model.train import HIDDEN

UPPER = TARGET.parent / "matching" / "upper.onnx"
WEIGHTS = UPPER.with_name("weights.json")
FOLDS, SEED = 4, 1
EPOCHS, RATE, DECAY = 3, 6e-5, 0.01
FIELDS, STORIES, ASKED = 3, 26, 8
"""Fields, stories at most, and questions with answers of one step."""
LONE = 5
"""So many fields with a story or two stand in a step for one with more."""
DROPPED = 0.1
"""Share of word pieces that are hidden in training."""
SHORT, MIDDLE, LONG = 60, 110, 200
"""Word pieces read in training of a wish or skills, of an answer, and of a story."""
ALIKE = 0.55
"""A foreign wish so near to one that is met may be met as well; it teaches nothing."""
FOREIGN = 0.2
"""What a wish of another field counts beside one of the story's own."""
COUNTS = {"field": 1.0, "case": 1.0, "answer": 0.6}
NOT = -1e4
SAME = 0.02
"""Difference of a cosine up to which two trainings are the same: other processors sum in another order."""
Numbers = Any
States = dict[str, Numbers]


def told(story: Story) -> str:
    """A story as the app reads it."""
    return " ".join(sentences_in(story.text))


def named(story: Story) -> str:
    """The skills beside a story, as the app reads them."""
    return ", ".join(story.skills)


def states_of(given: Sequence[Story]) -> States:
    """All texts after the shared layers."""
    encoder = Encoder(TARGET, threads=1)
    texts: dict[str, int] = {}
    for story in given:
        texts |= {told(story): LONG, named(story): SHORT} | dict.fromkeys(story.wishes, SHORT)
    for answer in asked_and_answered():
        texts |= {said(answer): MIDDLE, answer.question: SHORT}
    return {text: encoder.text_states(text, most)[0].astype(numpy.float16) for text, most in texts.items() if text}


class Upper(torch.nn.Module):
    """The layers that are tuned: states after the shared ones in, states after the last out.

    `scale` and `bias` make odds of cosines while it learns."""

    def __init__(self) -> None:
        super().__init__()
        from transformers import AutoModel

        model = AutoModel.from_pretrained(package_folder(), attn_implementation="eager")
        self.layers = model.encoder.layer[SHARED_LAYERS:]
        self.scale = torch.nn.Parameter(torch.tensor(3.0))
        self.bias = torch.nn.Parameter(torch.tensor(-4.0))

    def forward(self, states: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
        for layer in self.layers:
            out = layer(states, mask)
            states = out[0] if isinstance(out, tuple) else out
        return states

    def vectors(self, known: States, texts: Sequence[str], dropped: float) -> torch.Tensor:
        """One vector of length 1 for each text, of which a share of pieces is hidden."""
        longest = max(len(known[text]) for text in texts)
        states, there = torch.zeros(len(texts), longest, 384), torch.zeros(len(texts), longest)
        for row, text in enumerate(texts):
            states[row, : len(known[text])] = torch.from_numpy(known[text].astype(numpy.float32))
            there[row, : len(known[text])] = 1
        kept = torch.rand_like(there) >= dropped
        kept[:, 0] = True
        there = there * kept
        with torch.autocast("cpu", dtype=torch.bfloat16):
            last = self(states, (1 - there)[:, None, None] * HIDDEN)
        means = (last.float() * there[..., None]).sum(1) / there.sum(1, keepdim=True)
        return functional.normalize(means, dim=-1)

    def odds(self, texts: torch.Tensor, wishes: torch.Tensor) -> torch.Tensor:
        """Each text beside each wish."""
        return texts @ wishes.T * self.scale.exp().clamp(max=60)


@dataclass
class Labels:
    """Stories beside wishes: what a careful reader said (1, 0, -1), whether it is of the same field, what counts."""

    said: torch.Tensor
    own: torch.Tensor
    known: torch.Tensor
    counts: torch.Tensor

    def of(self, rows: Sequence[int]) -> Labels:
        """Some of the stories."""
        return Labels(self.said[rows], self.own[rows], self.known[rows], self.counts[rows])


def labels_of(given: Sequence[Story], wishes: Sequence[str], alike: Numbers) -> Labels:
    """The labels of a step."""
    place = {wish: at for at, wish in enumerate(wishes)}
    labels = torch.full((len(given), len(wishes)), -1.0)
    own = torch.zeros_like(labels, dtype=torch.bool)
    known = torch.ones_like(own)
    for row, story in enumerate(given):
        for wish, label in zip(story.wishes, story.labels, strict=True):
            labels[row, place[wish]], own[row, place[wish]] = label, True
        met = [place[wish] for wish, label in zip(story.wishes, story.labels, strict=True) if label >= 0]
        if met:
            known[row] = torch.from_numpy(alike[met].max(axis=0) <= ALIKE) | own[row]
    known &= labels != 0
    return Labels(labels, own, known, torch.tensor([COUNTS[story.kind] for story in given]))


def cost_of(odds: torch.Tensor, bias: torch.Tensor, labels: Labels) -> torch.Tensor:
    """The right wish first in its field and among all, the right story first for a wish, and odds that are true."""
    met = (labels.said > 0).float()

    def first(among: torch.Tensor, axis: int, counts: torch.Tensor | float) -> torch.Tensor:
        chance = torch.log_softmax(torch.where(among, odds, torch.full_like(odds, NOT)), axis)
        weights = (met.sum(axis) > 0).float() * counts
        found = -(chance * met).sum(axis) / met.sum(axis).clamp(min=1)
        return (found * weights).sum() / weights.sum().clamp(min=1e-6)

    single = functional.binary_cross_entropy_with_logits(odds + bias, met, reduction="none")
    weights = labels.known * torch.where(labels.own, 1.0, FOREIGN) * labels.counts[:, None]
    true = (single * weights).sum() / weights.sum()
    among = first(labels.known, 1, labels.counts) + first(labels.known, 0, 1.0)
    return first(labels.own & labels.known, 1, labels.counts) + 0.5 * among + 2 * true


def fit(given: Sequence[Story], known: States, without: Collection[str] = ()) -> Upper:
    """Tune the layers; the same seed gives the same layers on the same machine."""
    torch.manual_seed(SEED)
    chance, upper = random.Random(SEED), Upper()
    asked = [answer for answer in asked_and_answered() if answer.occupation not in without]
    fields: dict[tuple[str, tuple[str, ...]], list[Story]] = {}
    for story in given:
        fields.setdefault((story.group, story.wishes), []).append(story)
    wishes = sorted({wish for story in given for wish in story.wishes})
    with torch.no_grad():
        parts = [upper.vectors(known, wishes[at : at + 32], 0) for at in range(0, len(wishes), 32)]
    before = dict(zip(wishes, torch.cat(parts).numpy(), strict=True))
    odd = [upper.scale, upper.bias]
    optimiser = torch.optim.AdamW(
        [{"params": upper.layers.parameters(), "lr": RATE}, {"params": odd, "lr": 5e-3, "weight_decay": 0.0}],
        weight_decay=DECAY,
    )
    steps = EPOCHS * len(_steps(fields, chance))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / (steps * 0.1 + 1), max(0.02, (steps - step) / (steps * 0.9)))
    )
    upper.train()
    for epoch in range(EPOCHS):
        begin, total = time.monotonic(), 0.0
        order = _steps(fields, chance)
        for chosen in order:
            cost = _step(upper, known, chosen, before)
            pairs = chance.sample(asked, ASKED)
            questions = upper.vectors(known, [each.question for each in pairs], DROPPED / 2)
            odds = upper.odds(upper.vectors(known, [said(each) for each in pairs], DROPPED), questions)
            right = torch.arange(len(pairs))
            cost = cost + 0.25 * (functional.cross_entropy(odds, right) + functional.cross_entropy(odds.T, right))
            optimiser.zero_grad()
            cost.backward()
            torch.nn.utils.clip_grad_norm_(upper.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += cost.item()
        print(f"epoch {epoch + 1}: {total / len(order):.3f}, {time.monotonic() - begin:.0f} s", flush=True)
    return upper.eval()


def _steps(fields: dict[Any, list[Story]], chance: random.Random) -> list[list[Story]]:
    """All stories, some fields at a time."""
    found = []
    for lone, share in ((False, FIELDS), (True, FIELDS * LONE)):
        chosen = [each for each in fields.values() if (len(each) <= 2) is lone]
        chance.shuffle(chosen)
        for at in range(0, len(chosen), share):
            part = [story for field in chosen[at : at + share] for story in field]
            found.append(chance.sample(part, min(len(part), STORIES)))
    chance.shuffle(found)
    return found


def _step(upper: Upper, known: States, chosen: Sequence[Story], before: dict[str, Numbers]) -> torch.Tensor:
    wishes = sorted({wish for story in chosen for wish in story.wishes})
    were = numpy.stack([before[wish] for wish in wishes])
    labels = labels_of(chosen, wishes, were @ were.T)
    wanted = upper.vectors(known, wishes, DROPPED / 2)
    texts = upper.vectors(known, [told(story) for story in chosen], DROPPED)
    cost = cost_of(upper.odds(texts, wanted), upper.bias, labels)
    rows = [row for row, story in enumerate(chosen) if story.skills]
    if rows:
        skills = upper.vectors(known, [named(chosen[row]) for row in rows], DROPPED / 2)
        cost = cost + 0.5 * cost_of(upper.odds(skills, wanted), upper.bias, labels.of(rows))
    return cost


def exported(upper: Upper, target: Path) -> None:
    """Write the layers as int8 ONNX."""
    single = target.with_suffix(".single")
    to_onnx(upper, (torch.randn(1, 64, 384),), single, ["states"])
    quantised(single, target)
    single.unlink()


@dataclass
class Seen:
    """A story with its cosines to its own wishes and to some foreign ones: by the text, and by its skills."""

    story: Story
    own: Numbers
    others: Numbers


def seen_by(given: Sequence[Story], shown: Sequence[Story], path: Path) -> list[Seen]:
    """Stories as the app would compare them by these layers."""
    encoder, chance = Encoder(TARGET, threads=1), random.Random(SEED)
    known: dict[str, Numbers] = {}

    def vectors(texts: Sequence[str]) -> Numbers:
        new = [text for text in texts if text not in known]
        known.update(zip(new, encoder.sentence_vectors(new, path), strict=True))
        return numpy.stack([known[text] for text in texts])

    fields = sorted({(story.group, story.wishes) for story in given if story.kind != "answer"})
    found = []
    for story in shown:
        foreign = chance.choice([wishes for group, wishes in fields if group != story.group])
        texts = vectors([told(story), named(story)]) if story.skills else vectors([told(story), told(story)])
        found.append(Seen(story, texts @ vectors(story.wishes).T, texts @ vectors(foreign).T))
    return found


def train_one(out: int | None, folder: Path) -> list[Seen]:
    """Train on one core without a fold, or on all; gives the stories left out."""
    torch.set_num_threads(1)
    given = stories()
    without = folds(given)[out] if out is not None else set()
    known: States = pickle.loads((folder / "states").read_bytes())
    learned = [story for story in given if story.group not in without]
    path = folder / f"{out}.onnx"
    exported(fit(learned, known, without), path)
    left = [story for story in given if story.group in without]
    return seen_by(left, [story for story in left if story.kind != "answer"], path)


def folds(given: Sequence[Story]) -> list[set[str]]:
    """Groups that are left out together."""
    groups = sorted({story.group for story in given})
    random.Random(SEED).shuffle(groups)
    return [set(groups[at::FOLDS]) for at in range(FOLDS)]


def signs_of(seen: Numbers, usual: float, skilled: bool) -> Numbers:
    """What speaks for each wish: the story's cosines, without what it has for all, and its skills'."""
    signs = apart(seen[:1], usual)
    return numpy.vstack([signs, seen[1:]]) if skilled else signs


def weights(given: Sequence[Seen], usual: float, skilled: bool) -> Numbers:
    """A logistic regression over the signs; the last weight stands alone."""
    signs, labels, counts = [], [], []
    for each in given:
        for part, label, share in ((each.own, each.story.labels, 1.0), (each.others, (-1.0,), FOREIGN)):
            signs.append(signs_of(part, usual, skilled).T)
            labels.append(numpy.resize(label, part.shape[1]))
            counts.append(numpy.full(part.shape[1], share))
    rows, wanted, count = numpy.vstack(signs), numpy.concatenate(labels) > 0, numpy.concatenate(counts)
    rows = numpy.hstack([rows, numpy.ones((len(rows), 1))])
    found, costs = numpy.zeros(rows.shape[1]), numpy.full(rows.shape[1], 1e-3)
    for _ in range(25):
        odds = 1 / (1 + numpy.exp(-rows @ found))
        bend = (rows * (count * odds * (1 - odds))[:, None]).T @ rows + numpy.diag(costs)
        found = found + numpy.linalg.solve(bend, rows.T @ (count * (wanted - odds)) - costs * found)
    return found


def usual_of(given: Sequence[Seen]) -> float:
    """How near a story is to any wish."""
    return float(numpy.concatenate([part[0] for each in given for part in (each.own, each.others)]).mean())


def measured(left_out: Sequence[Sequence[Seen]]) -> None:
    """How stories are matched whose fields nothing had learned from: by text, and with skills."""
    for skilled in (False, True):
        own, foreign, labels = [], [], []
        for fold in left_out:
            learned = _with(skilled, [each for other in left_out if other is not fold for each in other])
            usual = usual_of(learned)
            weight = weights(learned, usual, skilled)
            for each in _with(skilled, fold):
                own.append(weight[:-1] @ signs_of(each.own, usual, skilled) + weight[-1])
                foreign.append(weight[:-1] @ signs_of(each.others, usual, skilled) + weight[-1])
                labels.append(numpy.array(each.story.labels))
        first = numpy.mean([label[row.argmax()] > 0 for row, label in zip(own, labels, strict=True)])
        scores, away, label = numpy.concatenate(own), numpy.concatenate(foreign), numpy.concatenate(labels)
        good, bad = scores[label > 0], scores[label < 0]
        auc = (good[:, None] > bad).mean()
        print(f"{'with skills' if skilled else 'by text'}: {len(own)} stories, AUC {auc:.3f}, first {first:.3f}")
        for bound in (-1.4, -1.1, -0.7, -0.4, 0.0, 0.4, 0.85):
            taken = label[scores >= bound]
            print(
                f"   from {bound:+.1f}: precision {(taken > 0).mean():.2f}, recall {(good >= bound).mean():.2f},"
                f" stray {(away >= bound).mean():.3f}"
            )


def _with(skilled: bool, given: Sequence[Seen]) -> list[Seen]:
    return [each for each in given if each.story.skills or not skilled]


def trained(jobs: Sequence[int | None], folder: Path) -> list[list[Seen]]:
    """Train without a fold, or on all (None), two at a time; leaves the layers in a folder."""
    (folder / "states").write_bytes(pickle.dumps(states_of(stories()), protocol=5))
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        return list(pool.map(train_one, jobs, [folder] * len(jobs)))


def train(folder: Path) -> None:
    """Leave the layers and the weights in a folder."""
    _, given = trained([None, 0], folder)
    usual = usual_of(given)
    numbers = {
        "usual": round(usual, 4),
        "bare": weights(given, usual, False).round(4).tolist(),
        "skilled": weights(_with(True, given), usual, True).round(4).tolist(),
    }
    (folder / "weights.json").write_text(json.dumps(numbers, indent=1) + "\n", encoding="utf-8")
    print(numbers)


def main() -> int:
    """Train, check or cross-validate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--cross", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if given.cross:
            measured(trained(range(FOLDS), folder))
            return 0
        train(folder)
        if given.check:
            return compared(folder / "None.onnx")
        UPPER.parent.mkdir(exist_ok=True)
        UPPER.write_bytes((folder / "None.onnx").read_bytes())
        WEIGHTS.write_bytes((folder / "weights.json").read_bytes())
        print(f"{UPPER}: {UPPER.stat().st_size} bytes")
    return 0


def compared(again: Path) -> int:
    """Whether layers are the shipped ones, byte for byte or by what they make of stories."""
    if again.read_bytes() == UPPER.read_bytes():
        print("The same bytes.")
        return 0
    some = stories()[::20]
    shipped, new = (seen_by(stories(), some, path) for path in (UPPER, again))
    worst = max(float(abs(one.own - other.own).max()) for one, other in zip(shipped, new, strict=True))
    print(f"Cosines differ by {worst:.3f} at most.")
    return 0 if worst <= SAME else 1


if __name__ == "__main__":
    sys.exit(main())

"""Trains the head that matches stories with wishes, some minutes on one core; numpy is all it needs.

    python -m tests.matching_model.train           train on all stories, write the shipped weights
    python -m tests.matching_model.train --check   train, and compare with the shipped weights byte for byte
    python -m tests.matching_model.train --cross   how stories of fields left out are matched; writes nothing

The bilinear map is a ridge regression over all pairs of wishes and texts, solved at once by its kernel (the products
of the cosines of the wishes and of the texts), and cut to its strongest directions. How it counts beside the other
signs is a logistic regression on pairs whose fields the map had not learned from. `matching_kept_apart.yaml` is never
opened here.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy

from simulator.language.vectors import shared_vectors
from simulator.preparation.matching import sentences_in
from simulator.preparation.matching_head import Compared, MatchingHead, apart
from tests.matching_model.data import Story, asked_and_answered, said, stories

WEIGHTS = Path(__file__).resolve().parents[2] / "assets" / "matching" / "head.npz"
FOLDS, SEED = 4, 1
RIDGE, RANK = 1.0, 32
NEAR_COUNTS, ALWAYS = 100.0, 10.0
"""How freely the regression weighs nearness, and a constant, beside the map."""
COUNTS = {"field": 1.0, "case": 1.0, "answer": 0.5, "asked": 0.3}
FOREIGN = 0.3
"""What a wish of a foreign field counts in the logistic regression beside one of the story's own."""
BY_TEXT_ALONE = 0.6
"""Taken off the logit without skills, so that as few foreign wishes count as answered as with them."""
STATES = 384
Numbers = Any


@dataclass
class Looked:
    """A story with the signs of its own wishes and of some foreign ones."""

    story: Story
    foreign: tuple[str, ...]
    own: Compared
    others: Compared
    text: Numbers
    skills: Numbers


def plain_head() -> MatchingHead:
    """No map and no weights yet."""
    sizes = {
        "middles": (3, STATES),
        "requirement_map": (STATES, 1),
        "story_map": (STATES, 1),
        "usual": 3,
        "bare": 4,
        "skilled": 7,
    }
    return MatchingHead(**{name: numpy.zeros(size, numpy.float32) for name, size in sizes.items()})


def looked() -> list[Looked]:
    """All stories, compared with their own wishes and with those of a foreign field."""
    chance, head, given = random.Random(SEED), plain_head(), stories()
    fields = sorted({(story.group, story.wishes) for story in given if story.kind != "answer"})
    found = []
    for story in given:
        foreign = chance.choice([wishes for group, wishes in fields if group != story.group])
        sentences = sentences_in(story.text)
        found.append(
            Looked(
                story,
                foreign,
                head.compare(story.wishes, sentences, story.skills),
                head.compare(foreign, sentences, story.skills),
                shared_vectors.of([" ".join(sentences)])[0],
                shared_vectors.of([", ".join(story.skills)])[0],
            )
        )
    return found


@dataclass
class Rows:
    """Pairs of wishes and texts that the map learns from."""

    wishes: Numbers
    texts: Numbers
    near: Numbers
    labels: Numbers
    counts: Numbers
    groups: list[str]


def rows_of(given: Sequence[Looked], middles: Numbers) -> Rows:
    """All labelled pairs, and questions with their answers, each beside one that was not asked."""
    chance = random.Random(SEED)
    rows: list[tuple[Numbers, Numbers, float, float, float, str]] = []
    for each in given:
        story = each.story
        wanted = shared_vectors.of(story.wishes)
        for at, label in enumerate(story.labels):
            near = float(each.own.story[0, at])
            told = each.text - middles[1]
            rows.append((wanted[at] - middles[0], told, near, label, COUNTS[story.kind], story.group))
    answers = asked_and_answered()
    asked = shared_vectors.of([answer.question for answer in answers])
    told = shared_vectors.of([said(answer) for answer in answers])
    asked_middle, told_middle = asked.mean(axis=0), told.mean(axis=0)
    for at, answer in enumerate(answers):
        other = chance.randrange(len(answers))
        for place, label in ((at, 1.0), (other, -1.0)):
            if label > 0 or answers[place].question != answer.question:
                near = float(asked[place] @ told[at])
                pair = asked[place] - asked_middle, told[at] - told_middle
                rows.append((*pair, near, label, COUNTS["asked"], answer.occupation))
    wishes, texts, nears, labels, counts, groups = zip(*rows, strict=True)
    arrays = [numpy.array(each, numpy.float64) for each in (wishes, texts, nears, labels, counts)]
    return Rows(arrays[0], arrays[1], arrays[2], arrays[3], arrays[4], list(groups))


def mapped(rows: Rows, without: Collection[str] = ()) -> tuple[Numbers, Numbers]:
    """The map as two thin ones, of wishes and of texts, learned without some groups."""
    used = numpy.array([group not in without for group in rows.groups])
    wishes, texts, near = rows.wishes[used], rows.texts[used], rows.near[used]
    root = numpy.sqrt(rows.counts[used])
    kernel = (wishes @ wishes.T) * (texts @ texts.T) + NEAR_COUNTS * numpy.outer(near, near) + ALWAYS
    kernel *= numpy.outer(root, root)
    kernel[numpy.diag_indices(len(kernel))] += RIDGE
    solved = numpy.linalg.solve(kernel, rows.labels[used] * root) * root
    both = (wishes * solved[:, None]).T @ texts / (NEAR_COUNTS * float(near @ solved))
    left, sizes, right = numpy.linalg.svd(both)
    # The sign of a direction is the solver's choice; ours makes its largest number positive.
    signs = numpy.sign(left[numpy.abs(left).argmax(axis=0), numpy.arange(len(left))])[:RANK]
    shared = numpy.sqrt(sizes[:RANK])
    return left[:, :RANK] * shared * signs, right[:RANK].T * shared * signs


def with_map(each: Looked, maps: tuple[Numbers, Numbers], middles: Numbers) -> Looked:
    """The same with the signs of the map."""
    told, named = (each.text - middles[1]) @ maps[1], (each.skills - middles[2]) @ maps[1]

    def bent(compared: Compared, wishes: Sequence[str]) -> Compared:
        wanted = (shared_vectors.of(wishes) - middles[0]) @ maps[0]
        story, skills = compared.story.copy(), compared.skills.copy()
        story[2] = wanted @ told
        skills[2] = wanted @ named if each.story.skills else 0
        return replace(compared, story=story, skills=skills)

    return replace(each, own=bent(each.own, each.story.wishes), others=bent(each.others, each.foreign))


def weights(given: Sequence[Looked], usual: Numbers, skilled: bool) -> Numbers:
    """A logistic regression over the signs; the last weight stands alone."""
    signs: list[Numbers] = []
    labels: list[float] = []
    counts: list[float] = []
    for each in given:
        if skilled and not each.story.skills:
            continue
        away = (-1.0,) * len(each.foreign)
        for compared, told, share in ((each.own, each.story.labels, 1.0), (each.others, away, FOREIGN)):
            signs.append(_signs(compared, usual, skilled).T)
            labels.extend(told)
            counts.extend(COUNTS[each.story.kind] * share if label else 0.0 for label in told)
    rows, wanted, count = numpy.vstack(signs), numpy.array(labels) > 0, numpy.array(counts)
    spread = rows.std(axis=0)
    rows = numpy.hstack([rows / spread, numpy.ones((len(rows), 1))])
    found = numpy.zeros(rows.shape[1])
    costs = numpy.ones(rows.shape[1])
    costs[-1] = 0
    for _ in range(25):
        odds = 1 / (1 + numpy.exp(-rows @ found))
        bend = (rows * (count * odds * (1 - odds))[:, None]).T @ rows + numpy.diag(costs)
        found = found + numpy.linalg.solve(bend, rows.T @ (count * (wanted - odds)) - costs * found)
    return numpy.append(found[:-1] / spread, found[-1] - (0 if skilled else BY_TEXT_ALONE))


def _signs(compared: Compared, usual: Numbers, skilled: bool) -> Numbers:
    signs = apart(compared.story, usual)
    return numpy.vstack([signs, compared.skills]) if skilled else signs


def middles_of(given: Sequence[Looked]) -> Numbers:
    """The means of the vectors of wishes, of texts and of skills."""
    wishes = shared_vectors.of([wish for each in given for wish in each.story.wishes])
    skills = [each.skills for each in given if each.story.skills]
    return numpy.stack(
        [each.mean(axis=0) for each in (wishes, numpy.stack([each.text for each in given]), numpy.stack(skills))]
    )


def usual_of(given: Sequence[Looked]) -> Numbers:
    """What the signs of a story are for any wish."""
    return numpy.hstack([part.story for each in given for part in (each.own, each.others)]).mean(axis=1)


def folds(given: Sequence[Looked]) -> list[set[str]]:
    """Groups that are left out together."""
    groups = sorted({each.story.group for each in given})
    random.Random(SEED).shuffle(groups)
    return [set(groups[at::FOLDS]) for at in range(FOLDS)]


def unseen(given: Sequence[Looked], rows: Rows, middles: Numbers) -> list[Looked]:
    """Each story with the signs of a map that has not seen its group."""
    found: dict[int, Looked] = {}
    for out in folds(given):
        maps = mapped(rows, out)
        found.update((at, with_map(each, maps, middles)) for at, each in enumerate(given) if each.story.group in out)
    return [found[at] for at in range(len(given))]


def trained() -> bytes:
    """The file of weights."""
    given = looked()
    middles = middles_of(given)
    rows = rows_of(given, middles)
    bent = unseen(given, rows, middles)
    usual = usual_of(bent)
    maps = mapped(rows)
    arrays = {
        "middles": middles,
        "requirement_map": maps[0],
        "story_map": maps[1],
        "usual": usual,
        "bare": weights(bent, usual, skilled=False),
        "skilled": weights(bent, usual, skilled=True),
    }
    print({name: value.round(2).tolist() for name, value in arrays.items() if value.ndim == 1})
    file = io.BytesIO()
    half = {name: value.astype(numpy.float16 if value.ndim > 1 else numpy.float32) for name, value in arrays.items()}
    numpy.savez_compressed(file, **half)
    return file.getvalue()


def crossed() -> None:
    """How stories are matched whose groups nothing had learned from: by text, and with skills."""
    given = looked()
    middles = middles_of(given)
    bent = unseen(given, rows_of(given, middles), middles)
    for skilled in (False, True):
        used = [each for each in bent if each.story.skills or not skilled]
        scored: dict[int, tuple[Numbers, Numbers]] = {}
        for out in folds(given):
            seen = [each for each in used if each.story.group not in out]
            usual = usual_of(seen)
            told = weights(seen, usual, skilled)
            for each in used:
                if each.story.group in out:
                    own, others = (_signs(part, usual, skilled) for part in (each.own, each.others))
                    scored[id(each)] = told[:-1] @ own + told[-1], told[:-1] @ others + told[-1]
        for kind in ("field", "case", "answer"):
            tell(
                f"{kind}, {'with skills' if skilled else 'by text'}",
                [e for e in used if e.story.kind == kind],
                scored,
            )


def tell(name: str, given: Sequence[Looked], scored: dict[int, tuple[Numbers, Numbers]]) -> None:
    """Print the agreement of one kind of stories."""
    if not given:
        return
    own = numpy.concatenate([scored[id(each)][0] for each in given])
    labels = numpy.concatenate([each.story.labels for each in given])
    foreign = numpy.concatenate([scored[id(each)][1] for each in given if each.story.kind != "answer"] or [own[:0]])
    good, bad = own[labels > 0], own[labels < 0]
    auc = (good[:, None] > bad).mean()
    first = numpy.mean([each.story.labels[int(scored[id(each)][0].argmax())] > 0 for each in given])
    print(f"{name}: AUC {auc:.3f}, right one first {first:.3f}")
    for bound in (-1.1, -0.7, -0.4, 0.0, 0.4):
        taken = labels[own >= bound]
        stray = (foreign >= bound).mean() if len(foreign) else 0
        print(
            f"   from {bound:+.1f}: precision {(taken > 0).mean():.2f}, recall {(good >= bound).mean():.2f},"
            f" stray {stray:.3f}"
        )


def main() -> None:
    """Train, check or cross-validate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--cross", action="store_true")
    given = parser.parse_args()
    if given.cross:
        crossed()
        return
    made = trained()
    if given.check:
        same = made == WEIGHTS.read_bytes()
        print("The same bytes." if same else "Not the same bytes.")
        sys.exit(not same)
    WEIGHTS.parent.mkdir(exist_ok=True)
    WEIGHTS.write_bytes(made)
    print(f"{WEIGHTS}: {len(made)} bytes")


if __name__ == "__main__":
    main()

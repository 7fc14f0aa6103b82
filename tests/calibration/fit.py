"""Sets the weights and cut points of the shipped rubrics from rated answers. Development only; needs numpy.

    python tests/calibration/fit.py                 fit to answers_a to _e, write assets/rubrics/*.yaml
    python tests/calibration/fit.py --check         fit, and fail where the files would change
    python tests/calibration/fit.py --cross         how well it carries over: folds, and each writer on the other
    ... --rated FOLDER                              also rated answers of real people (answers.json, ratings-*.json)

What is fitted: for each of the four steps from level to level the weight of each cue family (never negative; families
"against" subtract) and of the kind of question, by logistic regression with ridge penalty `RIDGE`; neighbouring steps
are drawn to each other by `TIE`, so that few answers suffice. Then one cut point a step, by quadratic weighted kappa
on the same answers, with the anchor conditions in force. A rubric that names the kinds of question that ask for it
(`asked`) gets two weights a family, one for the answers to those and one for all others, drawn to each other by
`PULL`, and cut points from each part (those of the unasked part go into the priors of its kinds).
No randomness enters the fit; `SEED` only makes the folds.
`kept_apart.jsonl` is never read here.
"""

import argparse
import json
import random
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))

from simulator.questions.bank import Kind  # noqa: E402
from simulator.scoring import attacks  # noqa: E402
from simulator.scoring.agreement import weighted_kappa  # noqa: E402
from simulator.scoring.analysis import analyse  # noqa: E402
from simulator.scoring.engine import count_of, strength  # noqa: E402
from simulator.scoring.question_kind import kind_of  # noqa: E402
from simulator.scoring.rubric import STEPS, Rubric, shipped_rubric  # noqa: E402
from simulator.scoring.tokens import tokens_of  # noqa: E402
from simulator.speech.transcript import typed  # noqa: E402

SEED = 3
RIDGE = {"examples": 0.7, "motivation": 0.5}
TIE = {"examples": 2.0, "motivation": 20.0}
ROUNDS = 800
RATED_WEIGHT = {"examples": 1.0, "motivation": 1.5}
"""What an answer of the rated folder weighs beside one of our own: students of one campus, asked no whys."""
UNASKED_WEIGHT = 1.5
"""What an own answer to a question that does not ask for the rubric weighs, where the rubric names those that do."""
PULL = 0.1
"""How strongly a family's weights for asked and unasked questions are drawn to each other."""
JOINED = 40
"""Joined weak answers made of each file, and half as many rambling ones."""
JOINED_WEIGHT = 1.0
JOINED_KIND = {"examples": "behavioural", "motivation": "motivation"}
WEAK = 1
KINDS = [kind.value for kind in Kind if kind is not Kind.CLOSING]
OWN = ("answers_a.jsonl", "answers_b.jsonl")
MORE = {
    "examples": ("answers_d.jsonl",),
    "motivation": ("answers_c.jsonl", "answers_d.jsonl", "answers_e.jsonl"),
}
"""By rubric; fewer weak ones than to join. Most of `_c` and `_e` are answers to questions that do not ask why."""
MISLEADING = {"answers_c.jsonl": 0.3, "answers_e.jsonl": 0.3}
"""What these weigh for motivation: each level as often as the other, and written so that single words mislead."""
RUBRICS = ("examples", "motivation")
Matrix = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Answers:
    """Rated answers of one source, ready to fit: cue strengths, highest level the anchors allow, level, weight."""

    x: Matrix
    allowed: Matrix
    level: Matrix
    weight: Matrix
    people: tuple[str, ...]
    kinds: tuple[str, ...]

    def __add__(self, other: "Answers") -> "Answers":
        return Answers(
            np.vstack([self.x, other.x]),
            np.append(self.allowed, other.allowed),
            np.append(self.level, other.level),
            np.append(self.weight, other.weight),
            self.people + other.people,
            self.kinds + other.kinds,
        )

    def only(self, keep: Matrix) -> "Answers":
        """The answers where `keep` is true."""
        return Answers(
            self.x[keep],
            self.allowed[keep],
            self.level[keep],
            self.weight[keep],
            tuple(each for each, k in zip(self.people, keep, strict=True) if k),
            tuple(each for each, k in zip(self.kinds, keep, strict=True) if k),
        )


def features(rubric: Rubric, text: str, kind: str) -> tuple[list[float], int]:
    """Cue strengths and kind of one answer, and the highest level its anchors allow."""
    analysis = analyse(tokens_of(typed(text)))
    found = analysis.of(rubric.for_kind(kind))
    row = [
        strength(count_of(found[family.id], analysis.tokens.text), family) * (-1 if family.against else 1)
        for family in rubric.families
    ]
    row.extend(1.0 if kind == each else 0.0 for each in KINDS)
    allowed = min(
        [each.at_most for each in rubric.conditions if not any(found[name] for name in each.without)], default=STEPS
    )
    return row, allowed


def gathered(rubric: Rubric, rows: Sequence[tuple[str, str, float, str]], weight: float) -> Answers:
    """Rows of (text, kind, level, person) as answers."""
    made = [features(rubric, text, kind) for text, kind, _, _ in rows]
    answers = Answers(
        np.array([row for row, _ in made], dtype=float).reshape(len(rows), len(rubric.families) + len(KINDS)),
        np.array([allowed for _, allowed in made], dtype=float),
        np.array([level for _, _, level, _ in rows], dtype=float),
        np.full(len(rows), weight),
        tuple(person for *_, person in rows),
        tuple(kind for _, kind, _, _ in rows),
    )
    return in_two(rubric, answers)


def own_answers(rubric: Rubric, name: str) -> Answers:
    """One file of our own calibration answers (all but the closing turns)."""
    rows = []
    for number, line in enumerate((HERE / name).read_text(encoding="utf-8").splitlines()):
        entry = json.loads(line)
        level = entry["levels"][rubric.id]
        if level is not None:
            rows.append((entry["text"], kind_of(entry["question"], entry["kind"]), float(level), f"{name}{number}"))
    answers = gathered(rubric, rows, 1.0)
    if not rubric.asked:
        return answers
    return replace(answers, weight=np.where(asked_in(rubric, answers), 1.0, MISLEADING.get(name, UNASKED_WEIGHT)))


def in_two(rubric: Rubric, answers: Answers) -> Answers:
    """The columns of the families twice, for asked and for unasked questions, where the rubric names such."""
    if not rubric.asked:
        return answers
    columns = answers.x.shape[1] - len(KINDS)
    asked = asked_in(rubric, answers)[:, None]
    cues = answers.x[:, :columns]
    return replace(answers, x=np.hstack([cues * asked, cues * ~asked, answers.x[:, columns:]]))


def asked_in(rubric: Rubric, answers: Answers) -> Matrix:
    """Which answers were given to a question that asks for the rubric."""
    return np.array([kind in rubric.asked for kind in answers.kinds], dtype=bool)


def joined_weak(rubric: Rubric, name: str) -> Answers:
    """Three weak answers of one file run together: their level is that of the best of them.

    Without these the fit takes the cues that any long answer collects for evidence.
    """
    kind = JOINED_KIND[rubric.id]
    weak = []
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        level = entry["levels"][rubric.id]
        if entry["kind"] == kind and level is not None and level <= WEAK:
            weak.append((entry["text"], float(level)))
    draw = random.Random(SEED)
    rows = []
    for number in range(JOINED):
        parts = draw.sample(weak, 3)
        rows.append((" ".join(part[0] for part in parts), kind, max(part[1] for part in parts), f"{name}j{number}"))
    for number in range(JOINED // 2):
        text = " ".join(draw.sample([*attacks.texts()["weak"], *attacks.texts()["rambling"]], 7))
        rows.append((text, kind, 1.0, f"{name}r{number}"))
    return gathered(rubric, rows, JOINED_WEIGHT)


def rated_answers(rubric: Rubric, folder: Path, variant: str = "recognised") -> Answers:
    """The rated answers of a folder; the level is the raters' median."""
    raters = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("ratings-*.json"))]
    rows = []
    for entry in json.loads((folder / "answers.json").read_text(encoding="utf-8")):
        given = [rater[entry["id"]][rubric.id] for rater in raters if entry["id"] in rater]
        # "p12" and "pp12" are two interviews of one person.
        rows.append(
            (entry[variant], kind_of(entry["ask"], entry["kind"]), float(median(given)), entry["person"].lstrip("p"))
        )
    return gathered(rubric, rows, RATED_WEIGHT[rubric.id])


def fitted(answers: Answers, ridge: float, tie: float, pull: float = 0.0) -> Matrix:
    """Weights of each step (rows) for each column of `x` and a constant, by accelerated projected gradient.

    With `pull` the columns of the families stand there twice (`in_two`).
    """
    x = np.hstack([answers.x, np.ones((len(answers.x), 1))])
    columns = x.shape[1]
    reached = np.stack([(answers.level > step).astype(float) for step in range(STEPS)])
    penalty = np.full(columns, ridge)
    penalty[-1 - len(KINDS) : -1] = 3 * ridge
    penalty[-1] = 0.0
    drawn = np.full(columns, tie)
    drawn[-1] = 0.0
    cues = columns - len(KINDS) - 1
    half = cues // 2
    bounded = np.zeros(columns, dtype=bool)
    bounded[:cues] = True
    steepest = 0.25 * np.linalg.norm(x * np.sqrt(answers.weight)[:, None], 2) ** 2 + 3 * ridge + 4 * tie + 2 * pull
    now = np.zeros((STEPS, columns))
    now[:, -1] = -1.0
    ahead, pace = now.copy(), 1.0
    for _ in range(ROUNDS):
        sure = 1 / (1 + np.exp(-(ahead @ x.T)))
        slope = ((sure - reached) * answers.weight) @ x + penalty * ahead
        apart = np.diff(ahead, axis=0) * drawn
        slope[:-1] -= apart
        slope[1:] += apart
        if pull:
            differ = pull * (ahead[:, :half] - ahead[:, half:cues])
            slope[:, :half] += differ
            slope[:, half:cues] -= differ
        then = ahead - slope / steepest
        then[:, bounded] = np.maximum(then[:, bounded], 0.0)
        next_pace = (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        ahead = then + (pace - 1) / next_pace * (then - now)
        now, pace = then, next_pace
    return now


def levels_of(weights: Matrix, cuts: Sequence[float], answers: Answers) -> list[int]:
    """The levels the engine would give."""
    sums = answers.x @ weights[:, :-1].T
    return [int(min(allowed, (row >= cuts).sum())) for row, allowed in zip(sums, answers.allowed, strict=True)]


def best_cuts(weights: Matrix, answers: Answers) -> list[float]:
    """Cut points near where each step is as likely as not, moved where that agrees better."""
    cuts = [-float(constant) for constant in weights[:, -1]]
    theirs = [round(level) for level in answers.level]
    for _ in range(3):
        for step in range(STEPS):
            start = -float(weights[step, -1])
            tried = []
            for shift in np.arange(-0.8, 0.81, 0.2):
                moved = [*cuts[:step], start + float(shift), *cuts[step + 1 :]]
                agreement = weighted_kappa(levels_of(weights, moved, answers), theirs) - 0.01 * abs(float(shift))
                tried.append((agreement, moved))
            cuts = max(tried, key=lambda each: each[0])[1]
    return cuts


def fit(rubric: Rubric, answers: Answers) -> tuple[Matrix, list[float]]:
    """Weights and cut points, rounded as they are written."""
    weights = np.round(fitted(answers, RIDGE[rubric.id], TIE[rubric.id], PULL if rubric.asked else 0.0), 2)
    if not rubric.asked:
        return weights, [round(cut, 2) for cut in best_cuts(weights, answers)]
    asked = asked_in(rubric, answers)
    cuts = [round(cut, 2) for cut in best_cuts(weights, answers.only(asked))]
    lower = np.array(cuts) - np.round(best_cuts(weights, answers.only(~asked)), 2)
    for index, kind in enumerate(KINDS):
        if kind not in rubric.asked:
            weights[:, index - len(KINDS) - 1] += lower
    return np.round(weights, 2), cuts


def in_folds(
    rubric: Rubric, answers: Answers, more: Answers | None = None, folds: int = 10, seed: int = SEED
) -> list[int]:
    """Levels of each answer from a fit without the answers of its person."""
    people = sorted(set(answers.people))
    random.Random(seed).shuffle(people)
    fold_of = {person: index % folds for index, person in enumerate(people)}
    fold = np.array([fold_of[person] for person in answers.people])
    levels = np.zeros(len(fold), dtype=int)
    for index in range(folds):
        rest = answers.only(fold != index)
        weights, cuts = fit(rubric, rest + more if more is not None else rest)
        levels[fold == index] = levels_of(weights, cuts, answers.only(fold == index))
    return [int(level) for level in levels]


def written(rubric: Rubric, weights: Matrix, cuts: Sequence[float]) -> str:
    """The rubric's file with new weights and cut points."""
    assert rubric.path is not None
    text = rubric.path.read_text(encoding="utf-8")

    def numbers(values: Sequence[float]) -> str:
        return "[" + ", ".join(f"{float(value) + 0.0:.2f}" for value in values) + "]"

    for block, key in enumerate(("weight", "unasked") if rubric.asked else ("weight",)):
        for column, family in enumerate(rubric.families, block * len(rubric.families)):
            pattern = re.compile(rf"(\n  {family.id}:\n(?:    .*\n)*?    {key}: )\[[^\]]*\]")
            text, count = pattern.subn(lambda found, c=column: found[1] + numbers(weights[:, c]), text, count=1)  # type: ignore[misc]
            assert count == 1, f"no {key} line for {family.id}"
    text = re.sub(r"\ncuts: \[[^\]]*\]", "\ncuts: " + numbers(cuts), text, count=1)
    kinds = "".join(f"\n  {kind}: {numbers(weights[:, index - len(KINDS) - 1])}" for index, kind in enumerate(KINDS))
    return re.sub(r"\nprior:(?:\n  \w+: \[[^\]]*\])+", f"\nprior:{kinds}", text, count=1)


def agreement(levels: Sequence[int], answers: Answers) -> str:
    """QWK, and within motivation questions."""
    theirs = [round(level) for level in answers.level]
    inside = [i for i, kind in enumerate(answers.kinds) if kind == "motivation"]
    within = weighted_kappa([levels[i] for i in inside], [theirs[i] for i in inside]) if inside else float("nan")
    return f"{weighted_kappa(levels, theirs):.3f} (motivation questions {within:.3f}, n={len(theirs)})"


def show_cross(rubric: Rubric, own: Sequence[Answers], rated: Answers | None, say: Callable[[str], None]) -> None:
    """Folds within each source, and how each carries over to the others."""
    for name, answers in zip((*OWN, *MORE[rubric.id]), own, strict=True):
        say(f"{rubric.id:11s} {name}: own folds {agreement(in_folds(rubric, answers), answers)}")
    for index, name in enumerate(OWN):
        other = sum(own[2:], own[1 - index])
        weights, cuts = fit(rubric, other)
        carried = levels_of(weights, cuts, own[index])
        say(f"{rubric.id:11s} {name} from the other writer: {agreement(carried, own[index])}")
    both = sum(own[1:], own[0])
    weak = joined_weak(rubric, OWN[0]) + joined_weak(rubric, OWN[1])
    say(f"{rubric.id:11s} both in folds: {agreement(in_folds(rubric, both, weak), both)}")
    both = both + weak
    if rated is not None:
        weights, cuts = fit(rubric, both)
        say(f"{rubric.id:11s} rated folder from own only: {agreement(levels_of(weights, cuts, rated), rated)}")
        folded = in_folds(rubric, rated, both)
        say(f"{rubric.id:11s} rated folder in folds by person, own added: {agreement(folded, rated)}")


def main(given: Sequence[str] | None = None) -> int:
    """Fit, check or cross-validate."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rated", type=Path, help="folder with answers.json and ratings-*.json")
    parser.add_argument("--check", action="store_true", help="fail where a refit would change a file")
    parser.add_argument("--cross", action="store_true", help="print how well it carries over")
    args = parser.parse_args(given)
    changed = 0
    for name in RUBRICS:
        rubric = shipped_rubric(name)
        own = [own_answers(rubric, each) for each in (*OWN, *MORE[name]) if (HERE / each).is_file()]
        rated = rated_answers(rubric, args.rated) if args.rated else None
        if args.cross:
            show_cross(rubric, own, rated, print)
            continue
        answers = sum(own[1:], own[0])
        for each in OWN:
            if (HERE / each).is_file():
                answers += joined_weak(rubric, each)
        weights, cuts = fit(rubric, answers + rated if rated is not None else answers)
        text = written(rubric, weights, cuts)
        assert rubric.path is not None
        if text != rubric.path.read_text(encoding="utf-8"):
            changed += 1
            print(f"{rubric.path.name}: {'would change' if args.check else 'written'}")
            if not args.check:
                rubric.path.write_text(text, encoding="utf-8")
    return 1 if args.check and changed else 0


if __name__ == "__main__":
    sys.exit(main())

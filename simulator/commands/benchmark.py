"""`benchmark scoring`: how well the scorer agrees with people, and what it takes to trick it.

Reads the calibration answers of a source checkout (tests/calibration) and, where given, a folder of rated answers
(answers.json, ratings-*.json, questions.json). What is not there is skipped, and said so.
"""

import argparse
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from statistics import mean, median
from time import perf_counter
from typing import Any

from simulator.console import say, say_json, tell
from simulator.problems import ExitCode, Problem, WrongUse
from simulator.scoring import attacks
from simulator.scoring.agreement import share_equal, weighted_kappa
from simulator.scoring.scorecard import Scorecard
from simulator.scoring.scorer import AnswerContext, score_answer
from simulator.speech.transcript import typed

SUMMARY = "Measure the scorer: agreement with raters, gaming, speed."
EXAMPLE = "second-round benchmark scoring --rated ../rated-answers"

SEED = 7
RUBRICS = ("examples", "motivation")
VARIANTS = ("recognised", "recognised_10", "recognised_20")
OWN_SETS = (
    "answers_a.jsonl",
    "answers_b.jsonl",
    "answers_c.jsonl",
    "answers_d.jsonl",
    "answers_e.jsonl",
    "kept_apart.jsonl",
    "kept_apart_second.jsonl",
    "kept_apart_third.jsonl",
)
TOP_QUOTES = 3
CLOSING_QUESTION = "What would you like to ask us?"

Figures = dict[str, Any]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `benchmark`."""
    parser.add_argument("what", choices=["scoring"], help="what to measure")
    parser.add_argument("--rated", metavar="FOLDER", type=Path, help="rated answers: answers.json, ratings-*.json")
    parser.add_argument("--own", metavar="FOLDER", type=Path, help="calibration answers (default: the checkout's)")
    parser.add_argument("--predictions", metavar="FILE", type=Path, help="also write the levels of the rated answers")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")


def run(args: argparse.Namespace) -> int:
    """Measure and print everything for which there is data."""
    figures: Figures = {}
    own = args.own or Path(__file__).resolve().parent.parent.parent / "tests" / "calibration"
    for name in OWN_SETS:
        path = own / name
        if path.is_file():
            figures[name] = own_figures(_json_lines(path))
        else:
            tell(f"Skipped {name}: not in {own}.")
    if args.rated is None:
        tell("Skipped the rated answers: give their folder with --rated FOLDER.")
    elif not (args.rated / "answers.json").is_file():
        raise WrongUse(f"There is no answers.json in {args.rated}.", "Give the folder that holds it.")
    else:
        figures["rated"] = rated_figures(args.rated, args.predictions)
        if (args.rated / "questions.json").is_file():
            figures["questions.json"] = question_figures(_json(args.rated / "questions.json"))
    figures["gaming"] = gaming_figures(_strong_and_weak(own))
    figures["cost"] = cost_figures()
    if args.json:
        say_json(figures)
    else:
        _show(figures)
    return ExitCode.DONE


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Problem(f"{path} cannot be read: {error}.", "Check the file.") from None


def _json_lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def level_of(card: Scorecard, rubric: str) -> int:
    """A level for comparing: not scored counts as 0."""
    return card.level(rubric) or 0


def _scored(entry: Any) -> Scorecard:
    context = AnswerContext(entry["question"], entry["kind"], heard=tuple(entry.get("heard", ())))
    return score_answer(typed(entry["text"]), context)


def own_figures(entries: Sequence[Any]) -> Figures:
    """Agreement with the writers' levels."""
    cards = [_scored(entry) for entry in entries]
    figures: Figures = {}
    for rubric in (*RUBRICS, "questions"):
        pairs = [
            (level_of(card, rubric), entry["levels"][rubric], entry["kind"])
            for card, entry in zip(cards, entries, strict=True)
            if entry["levels"][rubric] is not None
        ]
        if not pairs:
            continue
        ours, theirs = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        figures[rubric] = {"n": len(pairs), "kappa": weighted_kappa(ours, theirs), "exact": share_equal(ours, theirs)}
        if rubric == "motivation":
            inside = [pair for pair in pairs if pair[2] == "motivation"]
            if inside:
                figures[rubric]["kappa_within_motivation_questions"] = weighted_kappa(
                    [pair[0] for pair in inside], [pair[1] for pair in inside]
                )
    figures["guarded"] = sum(bool(card.guards) for card in cards) / len(cards)
    figures["not_scored"] = sum(not card.scored for card in cards)
    return figures


def rated_figures(folder: Path, predictions: Path | None) -> Figures:
    """Agreement with each rater on the rated answers, as recognised and with words wrong; quotes; guards."""
    answers = _json(folder / "answers.json")
    raters = [_json(path) for path in sorted(folder.glob("ratings-*.json"))]
    if not raters:
        raise WrongUse(f"There are no ratings-*.json in {folder}.", "Give the folder that holds them.")
    answers = [each for each in answers if all(each["id"] in rater for rater in raters)]
    figures: Figures = {"n": len(answers), "raters": len(raters)}
    levels: dict[str, dict[str, dict[str, int]]] = {}
    for variant in VARIANTS:
        cards = {
            each["id"]: score_answer(typed(each[variant]), AnswerContext(each["ask"], each["kind"]))
            for each in answers
        }
        levels[variant] = {
            name: {
                **{rubric: level_of(card, rubric) for rubric in RUBRICS},
                "structure": card.structure.level or 0,
            }
            for name, card in cards.items()
        }
        figures[variant] = {
            rubric: _against(levels[variant], answers, raters, rubric) for rubric in (*RUBRICS, "structure")
        }
        if variant == "recognised":
            figures["quotes_covering_half"] = _quotes_covering(cards, answers, raters)
            figures["guarded"] = sum(bool(card.guards) for card in cards.values()) / len(cards)
    if predictions:
        predictions.write_text(json.dumps(levels), encoding="utf-8")
    return figures


def _against(
    levels: dict[str, dict[str, int]], answers: Sequence[Any], raters: Sequence[Any], rubric: str
) -> dict[str, float]:
    def agreement(some: Sequence[Any]) -> float:
        values = [
            weighted_kappa(
                [levels[each["id"]][rubric] for each in some], [rater[each["id"]][rubric] for each in some]
            )
            for rater in raters
        ]
        known = [value for value in values if value == value]
        return mean(known) if known else float("nan")

    inside = [
        agreement([each for each in answers if each["ask"] == ask]) for ask in sorted({e["ask"] for e in answers})
    ]
    known = [value for value in inside if value == value]
    return {"kappa": agreement(answers), "within_one_question": mean(known) if known else float("nan")}


def _quotes_covering(cards: dict[str, Scorecard], answers: Sequence[Any], raters: Sequence[Any]) -> float:
    """The share of raters' quotes of which the top three quotes hold at least half of the words."""
    covered = []
    for each in answers:
        quotes = cards[each["id"]].rubrics["examples"].quotes[:TOP_QUOTES]
        said = Counter(_bare(" ".join(quote.text for quote in quotes)))
        for rater in raters:
            wanted = _bare(rater[each["id"]]["span"])
            if wanted:
                held = sum((Counter(wanted) & said).values())
                covered.append(held * 2 >= len(wanted))
    return sum(covered) / len(covered) if covered else float("nan")


def _bare(text: str) -> list[str]:
    return [word for word in (raw.strip(".,!?;:\"'").lower() for raw in text.split()) if word]


def question_figures(entries: Sequence[Any]) -> Figures:
    """Agreement on single questions."""
    ours = [
        level_of(score_answer(typed(entry["text"]), AnswerContext(CLOSING_QUESTION, "closing")), "questions")
        for entry in entries
    ]
    theirs = [entry["level"] for entry in entries]
    return {"n": len(entries), "kappa": weighted_kappa(ours, theirs), "exact": share_equal(ours, theirs)}


def _strong_and_weak(own: Path) -> tuple[list[Any], list[Any]]:
    strong: list[Any] = []
    weak: list[Any] = []
    for name in OWN_SETS[:2]:
        if (own / name).is_file():
            for entry in _json_lines(own / name):
                level = entry["levels"]["examples"]
                if entry["kind"] == "behavioural" and level is not None:
                    (strong if level >= 3 else weak if level <= 1 else []).append(entry)
    return strong, weak


def gaming_figures(strong_and_weak: tuple[list[Any], list[Any]]) -> Figures:
    """What each kind of attack earns at most, joined weak answers, shuffled strong ones."""
    figures: Figures = {}
    for kind, group in attacks.by_kind(attacks.attacks(Random(SEED))).items():
        best = 0
        for attack in group:
            for question in (attack.question, attacks.WHY):
                card = score_answer(typed(attack.text), AnswerContext(question))
                best = max(best, *(level_of(card, rubric) for rubric in RUBRICS))
        figures[kind] = {"variants": len(group), "highest_level": best}
    strong, weak = strong_and_weak
    weak_texts = [entry["text"] for entry in weak] or list(attacks.texts()["weak"])
    above = 0
    groups = attacks.joined_weak(Random(SEED), weak_texts, count=60)
    for joined in groups:
        parts = [level_of(score_answer(typed(text), AnswerContext(attacks.QUESTION)), "examples") for text in joined]
        whole = score_answer(typed(" ".join(joined)), AnswerContext(attacks.QUESTION))
        above += level_of(whole, "examples") > max(parts)
    figures["weak answers joined"] = {"variants": len(groups), "above_best_part": above}
    if strong:
        random = Random(SEED)
        falls = []
        for entry in strong:
            before = level_of(_scored(entry), "examples")
            after = level_of(_scored({**entry, "text": attacks.shuffled(random, entry["text"])}), "examples")
            falls.append(before - after)
        figures["strong answers shuffled"] = {"variants": len(strong), "mean_fall": mean(falls)}
    return figures


def cost_figures() -> Figures:
    """Milliseconds of one answer of 300 words, and of importing the scorer in a fresh Python."""
    text = " ".join(attacks.texts()["rambling"] + attacks.texts()["weak"] + attacks.texts()["weak"]).split()[:300]
    transcript, context = typed(" ".join(text)), AnswerContext(attacks.QUESTION, "behavioural")
    score_answer(transcript, context)
    times = []
    for _ in range(30):
        begin = perf_counter()
        score_answer(transcript, context)
        times.append(perf_counter() - begin)
    code = "import time; t = time.perf_counter(); import simulator.scoring.scorer; print(time.perf_counter() - t)"
    imports = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
        for _ in range(3)
    ]
    return {"ms_for_300_words": 1000 * median(times), "import_ms": 1000 * median(imports)}


def _show(figures: Figures) -> None:
    for part, values in figures.items():
        say(part)
        for line in _lines(values, "  "):
            say(line)


def _lines(values: Figures, indent: str) -> list[str]:
    lines = []
    for name, value in values.items():
        if isinstance(value, dict) and all(not isinstance(each, dict) for each in value.values()):
            lines.append(f"{indent}{name:32s} " + "  ".join(f"{key} {_figure(each)}" for key, each in value.items()))
        elif isinstance(value, dict):
            lines.append(f"{indent}{name}")
            lines.extend(_lines(value, indent + "  "))
        else:
            lines.append(f"{indent}{name:32s} {_figure(value)}")
    return lines


def _figure(value: Any) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)

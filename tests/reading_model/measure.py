"""Measures the shipped reader and the levels that follow from it, on answers that nothing was trained or fitted on.

    python -m tests.reading_model.measure [--rated FOLDER] [--head FILE] [--hands kelp,larch] [--own] [--json]

`benchmark scoring` runs this. The hands in `kept_apart/` are opened here and nowhere else.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from time import perf_counter
from typing import Any

from simulator.language.model import LanguageModel, load_shipped
from simulator.reading.reader import read
from simulator.reading.reading import Reading
from simulator.scoring.agreement import share_equal, weighted_kappa
from simulator.scoring.scorecard import PartState, Scorecard
from simulator.scoring.scorer import AnswerContext, score_reading
from simulator.speech.transcript import typed
from tests.reading_model import attacks
from tests.reading_model.baselines import (
    EXAMPLES,
    MOTIVATION,
    RUBRICS,
    baseline_figures,
    rated_answers,
    share_anywhere,
)
from tests.reading_model.marks import ELEMENTS, MarkedAnswer, answers_in, recognised

HERE = Path(__file__).resolve().parent
PARTS = ("reading", "baselines", "agreement", "rated", "gaming", "cost")
SEED = 7
Figures = dict[str, Any]


@dataclass(frozen=True)
class Judged:
    """One answer as the app reads and scores it, with its marks brought to the words that were read."""

    answer: MarkedAnswer
    card: Scorecard
    marked: Mapping[str, frozenset[int]]

    @property
    def reading(self) -> Reading:
        assert self.card.reading is not None
        return self.card.reading


def judged(model: LanguageModel, answer: MarkedAnswer) -> Judged:
    """Read and score one answer: what was spoken as a recogniser writes it, what was typed as typed."""
    if answer.form == "typed":
        words, paths = list(answer.words), list(range(len(answer.words)))
    else:
        words, paths = recognised(answer)
    transcript = typed(" ".join(words))
    context = AnswerContext(
        answer.question, answer.kind, ("examples", "motivation") if answer.kind != "closing" else ()
    )
    context = AnswerContext(context.question, context.kind, context.rubrics, heard=answer.heard)
    card = score_reading(read(transcript, answer.question, model, answer.heard), transcript, context)
    marked: dict[str, set[int]] = defaultdict(set)
    for mark in answer.marks:
        marked[mark.element].update(n for n, place in enumerate(paths) if mark.first <= place <= mark.last)
    return Judged(answer, card, {element: frozenset(inside) for element, inside in marked.items()})


def hands_in(folder: Path, hands: Sequence[str] = ()) -> list[MarkedAnswer]:
    """All answers of a folder, or of some hands."""
    found: list[MarkedAnswer] = []
    for path in sorted(folder.glob("*.txt")):
        if not hands or path.name.split("-")[0] in hands:
            found.extend(answers_in(path))
    return found


def level_of(card: Scorecard, rubric: str) -> int:
    """A level for comparing: not scored counts as 0."""
    return card.level(rubric) or 0


def quote_figures(all_judged: Sequence[Judged]) -> Figures:
    """Quotes whose label is true, parts said to be there that are, parts that are there and are said to be, what is
    called missing and is there, quotes that deny what is called missing."""
    right: Counter[str] = Counter()
    told: Counter[str] = Counter()
    missing = wrongly = contradicted = said = truly = there = 0
    anywhere: list[float] = []
    any_other: list[float] = []
    for each in all_judged:
        for rubric in ("examples", "motivation"):
            score = each.card.rubrics[rubric]
            for quote in score.quotes:
                inside = range(quote.first_word, quote.last_word + 1)
                told[quote.element] += 1
                marked = each.marked.get(quote.element, frozenset())
                right[quote.element] += bool(marked.intersection(inside))
                anywhere.append(share_anywhere(marked, len(inside), len(each.reading.words)))
            for part in score.parts:
                is_there, found = bool(each.marked.get(part.element)), part.found is PartState.YES
                said, there, truly = said + found, there + is_there, truly + (found and is_there)
            missing += len(score.missing_elements)
            wrongly += sum(bool(each.marked.get(element)) for element in score.missing_elements)
            others = EXAMPLES if rubric == "examples" else MOTIVATION
            usual = mean(bool(each.marked.get(element)) for element in others)
            any_other.extend([usual] * len(score.missing_elements))
            contradicted += bool({quote.element for quote in score.quotes} & set(score.missing_elements))
    by_element = {element: round(right[element] / told[element], 3) for element in ELEMENTS if told[element]}
    return {
        "quotes": sum(told.values()),
        "quotes_true": sum(right.values()) / max(1, sum(told.values())),
        "quotes_true (anywhere in the answer)": mean(anywhere or [0.0]),
        "quotes_true_by_element": by_element,
        "parts_said_that_are_there": truly / max(1, said),
        "parts_there_that_are_said": truly / max(1, there),
        "missing_that_is_there": wrongly / max(1, missing),
        "missing_that_is_there (any element)": mean(any_other or [0.0]),
        "quotes_that_deny_missing": contradicted,
    }


def f1_by_answer(all_judged: Sequence[Judged], element: str) -> float:
    """Is the element in the answer or not."""
    hit = false = missed = 0
    for each in all_judged:
        has, there = each.reading.has(element), bool(each.marked.get(element))
        hit += has and there
        false += has and not there
        missed += there and not has
    return 2 * hit / max(1, 2 * hit + false + missed)


def level_figures(all_judged: Sequence[Judged], second: Mapping[str, MarkedAnswer]) -> Figures:
    """Agreement with the writers, and with the second reader, in all and on first tries alone."""
    figures: Figures = {}
    for rubric in RUBRICS:
        given = [each for each in all_judged if rubric in each.answer.levels]
        if not given:
            continue
        ours = [level_of(each.card, rubric) for each in given]
        theirs = [each.answer.levels[rubric] for each in given]
        row: Figures = {"n": len(given), "writer": weighted_kappa(ours, theirs), "exact": share_equal(ours, theirs)}
        read_twice = [(n, second[each.answer.id]) for n, each in enumerate(given) if each.answer.id in second]
        if read_twice:
            others = [other.levels[rubric] for _, other in read_twice]
            row["second_reader"] = weighted_kappa([ours[n] for n, _ in read_twice], others)
            row["readers"] = weighted_kappa([theirs[n] for n, _ in read_twice], others)
        for group in ("first_try", "short_typed", "misleading", "other_kind", "why"):
            some = [n for n, each in enumerate(given) if each.answer.group == group]
            if some and rubric != "questions":
                row[group] = weighted_kappa([ours[n] for n in some], [theirs[n] for n in some])
        figures[rubric] = row
    silent = [each for each in all_judged if each.answer.levels.get("motivation") == 0]
    false = sum(level_of(each.card, "motivation") > 0 for each in silent)
    figures["no motive, but motivation above 0"] = false / max(1, len(silent))
    figures["not scored"] = sum(not each.card.scored for each in all_judged)
    return figures


def readable_figures(all_judged: Sequence[Judged]) -> Figures:
    """Sentence ends of spoken answers, precision and recall."""
    hit = told = there = words = 0
    for each in all_judged:
        if each.answer.form != "spoken":
            continue
        _, paths = recognised(each.answer)
        ends = set()
        for n, place in enumerate(paths):
            behind = paths[n + 1] if n + 1 < len(paths) else len(each.answer.words)
            last_of_word = n + 1 == len(paths) or paths[n + 1] != place
            between = each.answer.words[place:behind]
            if last_of_word and any(re.search(r"[.!?]", re.sub(r"\w", "", word[-2:])) for word in between):
                ends.add(n)
        stops = set(each.reading.stops) | {len(each.reading.words) - 1}
        hit += len(stops & ends)
        told += len(stops)
        there += len(ends)
        words += len(each.reading.words)
    return {
        "sentence_ends_precision": hit / max(1, told),
        "sentence_ends_recall": hit / max(1, there),
        "sentence_ends (as many anywhere)": {"precision": there / max(1, words), "recall": told / max(1, words)},
    }


def agreement_figures(first: Mapping[str, MarkedAnswer], second: Mapping[str, MarkedAnswer]) -> Figures:
    """How far two readers agree, element by element: F1 by answer, and by span (sharing a word)."""
    figures: Figures = {"answers": len(second)}
    for element in ELEMENTS:
        hit = one = two = span_hit = spans = 0
        for identity, other in second.items():
            mine = [mark for mark in first[identity].marks if mark.element == element]
            others = [mark for mark in other.marks if mark.element == element]
            hit += bool(mine) and bool(others)
            one += bool(mine)
            two += bool(others)
            spans += len(mine) + len(others)
            span_hit += sum(any(a.first <= b.last and b.first <= a.last for b in others) for a in mine)
            span_hit += sum(any(a.first <= b.last and b.first <= a.last for b in mine) for a in others)
        if one + two:
            figures[element] = {"by_answer": round(2 * hit / (one + two), 3), "by_span": round(span_hit / spans, 3)}
    return figures


def rated_figures(model: LanguageModel, folder: Path) -> Figures:
    """Students' recorded answers with their raters' levels (not part of the project)."""
    answers, raters = rated_answers(folder)
    figures: Figures = {"n": len(answers)}
    for variant in ("recognised", "recognised_10", "recognised_20"):
        cards = [scored(model, each[variant], each["ask"], each["kind"]) for each in answers]
        for rubric in ("examples", "motivation"):
            ours = [level_of(card, rubric) for card in cards]
            figures[f"{rubric}, {variant}"] = mean(
                weighted_kappa(ours, [rater[each["id"]][rubric] for each in answers]) for rater in raters
            )
    if (folder / "questions.json").is_file():
        asked = json.loads((folder / "questions.json").read_text(encoding="utf-8"))
        ours = [level_of(scored(model, each["text"], CLOSING, "closing"), "questions") for each in asked]
        figures["single questions"] = weighted_kappa(ours, [each["level"] for each in asked])
    return figures


CLOSING = "What would you like to ask us?"


def scored(model: LanguageModel, text: str, question: str, kind: str = "") -> Scorecard:
    """One text, typed."""
    transcript = typed(text)
    rubrics = () if kind == "closing" else ("examples", "motivation")
    return score_reading(read(transcript, question, model), transcript, AnswerContext(question, kind, rubrics))


def worst(model: LanguageModel, text: str, question: str) -> int:
    """The highest level a text earns as an example or a motive."""
    card = scored(model, text, question)
    return max(level_of(card, rubric) for rubric in ("examples", "motivation"))


def gaming_figures(model: LanguageModel, answers: Sequence[MarkedAnswer]) -> Figures:
    """What each kind of attack earns at most; joined weak answers; shuffled strong ones."""
    figures: Figures = {}
    for kind, group in attacks.by_kind(attacks.attacks(random.Random(SEED))).items():
        levels = [worst(model, each.text, question) for each in group for question in (each.question, attacks.WHY)]
        figures[kind] = {
            "variants": len(levels),
            "highest": max(levels),
            "above_1": sum(level > 1 for level in levels),
        }
    stories = [each for each in answers if each.kind == "behavioural"]
    weak = [each.text for each in stories if each.levels["examples"] <= 1]
    strong = [each for each in stories if each.levels["examples"] >= 3][:40]
    groups = attacks.joined_weak(random.Random(SEED), weak, count=40)
    above = 0
    for parts in groups:
        single = max(level_of(scored(model, part, attacks.QUESTION), "examples") for part in parts)
        above += level_of(scored(model, " ".join(parts), attacks.QUESTION), "examples") > single
    figures["weak answers joined"] = {"groups": len(groups), "above_best_part": above}
    chance = random.Random(SEED)
    falls = []
    for each in strong:
        words = " ".join(recognised(each)[0])
        before = level_of(scored(model, words, each.question), "examples")
        falls.append(before - level_of(scored(model, attacks.shuffled(chance, words), each.question), "examples"))
    figures["strong answers shuffled"] = {"answers": len(falls), "mean_fall": mean(falls)}
    return figures


def cost_figures(model: LanguageModel) -> Figures:
    """Milliseconds to read and score 300 words, on one thread."""
    text = " ".join(" ".join(attacks.texts()["rambling"] + attacks.texts()["weak"] * 2).split()[:300])
    scored(model, text, attacks.QUESTION)
    times = []
    for _ in range(9):
        begin = perf_counter()
        scored(model, text, attacks.QUESTION)
        times.append(perf_counter() - begin)
    begin = perf_counter()
    load_shipped()
    return {"ms_for_300_words": 1000 * median(times), "load_ms": 1000 * (perf_counter() - begin)}


def figures_of(model: LanguageModel, answers: Sequence[MarkedAnswer], second: Mapping[str, MarkedAnswer]) -> Figures:
    """Everything about a set of marked answers."""
    all_judged = [judged(model, answer) for answer in answers]
    plain = [each for each in all_judged if each.answer.kind != "closing"]
    there = {element: round(f1_by_answer(plain, element), 3) for element in (*EXAMPLES, *MOTIVATION)}
    return {
        "answers": len(answers),
        **quote_figures(plain),
        "element_there_or_not": there,
        "examples_five": mean(there[element] for element in EXAMPLES),
        "motivation_four": mean(there[element] for element in MOTIVATION),
        "levels": level_figures(all_judged, second),
        **readable_figures(all_judged),
    }


def lines_of(figures: Mapping[str, Any], indent: str = "") -> Iterable[str]:
    """Figures as indented lines."""
    for name, value in figures.items():
        if isinstance(value, Mapping) and any(isinstance(each, Mapping) for each in value.values()):
            yield f"{indent}{name}"
            yield from lines_of(value, indent + "  ")
        elif isinstance(value, Mapping):
            told = "  ".join(f"{key} {_figure(each)}" for key, each in value.items())
            yield f"{indent}{name:34s} {told}"
        else:
            yield f"{indent}{name:34s} {_figure(value)}"


def _figure(value: Any) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rated", type=Path)
    parser.add_argument("--head", type=Path)
    parser.add_argument("--hands", default="")
    parser.add_argument("--own", action="store_true", help="measure hands of answers/, not of kept_apart/")
    parser.add_argument("--only", default="", help=f"parts by comma: {', '.join(PARTS)}")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(arguments)
    parts = set(args.only.split(",")) if args.only else set(PARTS)
    model = load_shipped()
    if args.head:
        from simulator.language.model import Encoder
        from simulator.paths import shipped

        model = LanguageModel(Encoder(shipped("assets") / "language_model"), args.head)
    hands = [hand for hand in args.hands.split(",") if hand]
    answers = hands_in(HERE / ("answers" if args.own else "kept_apart"), hands)
    second = {answer.id: answer for answer in hands_in(HERE / "second_reader")}
    figures: Figures = {}
    if "reading" in parts:
        figures["kept apart" if not args.own else "own"] = figures_of(model, answers, second)
    if "baselines" in parts and not args.own:
        figures["baselines"] = baseline_figures(answers, args.rated)
    if "agreement" in parts and second and not args.own:
        first = {answer.id: answer for answer in answers}
        figures["two readers"] = agreement_figures(first, {key: each for key, each in second.items() if key in first})
    if "rated" in parts and args.rated and (args.rated / "answers.json").is_file():
        figures["students"] = rated_figures(model, args.rated)
    if "gaming" in parts:
        figures["gaming"] = gaming_figures(model, answers)
    if "cost" in parts:
        figures["cost"] = cost_figures(model)
    if args.json:
        print(json.dumps(figures, ensure_ascii=False, indent=1))
    else:
        print("\n".join(lines_of(figures)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""How well postings are taken apart and stories matched; prints shares, and beside them a simple baseline.

    python -m tests.benchmarks.job_benchmark [--details]

The baseline for postings takes every bullet or sentence that holds a cue word for a wish.
"""

import argparse
import re
from pathlib import Path

from simulator.preparation.job import Job, Requirement, RequirementKind
from simulator.preparation.posting_cues import cues
from simulator.preparation.posting_text import lines_of, without_html
from tests.preparation.matching_measure import CASES, KEPT_APART, agreement, app, shared_words
from tests.preparation.posting_cases import Case, Tally, cases, count, measure, second_writer


def baseline(given: list[Case]) -> Tally:
    """Every line or sentence with a cue word, as a qualification that is needed."""
    tally = Tally()
    for case in given:
        found = [
            sentence
            for line in lines_of(without_html(case.text))
            for sentence in re.split(r"(?<=[.!?])\s+", line.text)
            if line.bullet or cues().must.search(sentence)
        ]
        wishes = (Requirement(f"r{n}", text, RequirementKind.QUALIFICATION) for n, text in enumerate(found))
        count(case, Job("baseline", requirements=tuple(wishes)), tally)
    return tally


def _line(name: str, tally: Tally) -> str:
    return (
        f"{name:<22} precision {tally.precision:.2f}  recall {tally.recall:.2f}  "
        f"kind and importance {tally.kinds:.2f}  facts {tally.facts_right}/{tally.facts}"
    )


def _postings(title: str, given: list[Case], details: bool) -> None:
    whole = measure(given)
    print(f"{title}, {len(given)} postings, {whole.expected} requirements")
    print(_line("  all", whole))
    for style in ("list", "prose", "noise"):
        of_style = [case for case in given if case.style == style]
        if of_style:
            print(_line(f"  {style}", measure(of_style)))
    print(_line("  baseline: cue words", baseline(given)))
    if details:
        for name in ("lost", "extra", "differing"):
            print(f"  {name}:", *getattr(whole, name), sep="\n    ")


def _matching(title: str, path: Path, with_skills: bool = False) -> None:
    print(title)
    for name, make in (("  app", app), ("  baseline: shared words", shared_words)):
        found = agreement(make, path=path, with_skills=with_skills)
        print(
            f"{name:<25} AUC {found.auc:.2f}  right wish first {found.first:.2f}  precision {found.precision:.2f}  "
            f"recall {found.recall:.2f}  strays {found.stray:.2f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--details", action="store_true", help="what was missed, and what was too much")
    args = parser.parse_args()
    _postings("Tuned", cases(False), args.details)
    _postings("Kept apart", cases(True), False)
    _postings("Another writer, mended since", second_writer(), args.details)
    _postings("Another writer, kept apart", second_writer(kept_apart=True), False)
    _matching("Stories and wishes, tuned", CASES)
    _matching("Stories and wishes, kept apart", KEPT_APART)
    _matching("Stories and wishes, kept apart, with the skills named beside them", KEPT_APART, with_skills=True)


if __name__ == "__main__":
    main()

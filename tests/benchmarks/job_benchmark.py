"""How well postings are taken apart and stories matched; prints shares, and beside them a simple baseline.

    python -m tests.benchmarks.job_benchmark [--kept-apart] [--details]

The baseline for postings takes every bullet or sentence that holds a cue word for a wish.
"""

import argparse
import re

from simulator.preparation.job import Job, Requirement, RequirementKind
from simulator.preparation.posting_cues import cues
from simulator.preparation.posting_text import lines_of, without_html
from tests.preparation.posting_cases import Case, Tally, cases, count, measure


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kept-apart", action="store_true", help="the third that was kept apart from tuning")
    parser.add_argument("--details", action="store_true", help="what was missed, and what was too much")
    args = parser.parse_args()
    given = cases(args.kept_apart)
    whole = measure(given)
    print(_line(f"{len(given)} postings", whole))
    for style in ("list", "prose", "noise"):
        print(_line(f"  {style}", measure([case for case in given if case.style == style])))
    print(_line("baseline: cue words", baseline(given)))
    if args.details:
        for name in ("lost", "extra", "differing"):
            print(f"\n{name}:")
            print("\n".join(getattr(whole, name)))


if __name__ == "__main__":
    main()

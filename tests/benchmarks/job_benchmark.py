"""How well postings are taken apart and stories matched; prints shares, and beside them a simple baseline.

python -m tests.benchmarks.job_benchmark
"""

from pathlib import Path

from tests.posting_model.marked import KEPT_APART as POSTINGS_KEPT_APART
from tests.posting_model.marked import marked
from tests.posting_model.measure import measure as measure_marked
from tests.preparation.matching_measure import CASES, KEPT_APART, agreement, app, shared_words
from tests.preparation.posting_cases import Case, cases, measure, second_writer


def _postings(title: str, given: list[Case]) -> None:
    tally = measure(given)
    print(
        f"{title}, {len(given)} postings, {tally.expected} requirements\n"
        f"  precision {tally.precision:.2f}  recall {tally.recall:.2f}  "
        f"kind and importance {tally.kinds:.2f}  facts {tally.facts_right}/{tally.facts}"
    )


def _matching(title: str, path: Path, with_skills: bool = False) -> None:
    print(title)
    for name, strengths in (("  app", app), ("  baseline: shared words", shared_words)):
        found = agreement(strengths, path, with_skills)
        print(
            f"{name:<25} AUC {found.auc:.2f}  right wish first {found.first:.2f}  precision {found.precision:.2f}  "
            f"recall {found.recall:.2f}  strays {found.stray:.2f}"
        )


def main() -> None:
    print("Labelled postings of four hands, kept apart")
    print(measure_marked(marked(POSTINGS_KEPT_APART)).told())
    _postings("Earlier postings", cases(False))
    _postings("Earlier postings, kept apart", cases(True))
    _postings("Another writer", second_writer())
    _postings("Another writer, kept apart", second_writer(kept_apart=True))
    _matching("Stories and wishes, tuned", CASES)
    _matching("Stories and wishes, kept apart", KEPT_APART)
    _matching("Stories and wishes, kept apart, with the skills named beside them", KEPT_APART, with_skills=True)


if __name__ == "__main__":
    main()

"""Letters of twenty practices, each beside what was said, to be read by a person; and what can be counted of them.

python -m tests.benchmarks.letters_benchmark [FIELD ...] [--figures]
"""

import sys

from simulator.followup.letter_check import check_letter
from simulator.followup.letters import draft_letters
from tests.followup.practices import occasion_of, practices


def main(wanted: list[str], figures_only: bool) -> None:
    """Print the letters, then the figures."""
    letters = remarks = examples = reasons = untold = 0
    for practice in practices():
        if wanted and practice["field"] not in wanted:
            continue
        record = occasion_of(practice)
        if not figures_only:
            print(f"{'=' * 100}\n{practice['field']}: {practice['why']}")
            for who, topic, ask, text in practice["did"]:
                print(f"  [{practice['people'][who][0]}, {topic}] {ask}\n    {text}")
            print("  heard", practice.get("heard"), practice.get("noted", ""))
        for host, letter in zip(record.interviewers, draft_letters(record), strict=True):
            found = check_letter(letter.text, host, record)
            letters += 1
            remarks += len(found)
            sources = {each.where for each in letter.sentences if each.kind in ("answer", "story")}
            examples += any(each.where in sources for each in record.examples)
            reasons += any(each.where in sources for each in record.reasons)
            untold += any(each.where in sources for each in record.examples if not each.told)
            if not figures_only:
                print(f"{'-' * 40} {letter.skeleton}\n{letter.text}")
                for line in (*letter.hints, f"attach: {letter.attach}", *(f"REMARK {each}" for each in found)):
                    print(f"    * {line}")
    print(f"{letters} letters: {examples} with an example, {reasons} with a reason, {untold} with an untold story;")
    print(f"{remarks} remarks of the check on letters as drafted")


if __name__ == "__main__":
    main([each for each in sys.argv[1:] if not each.startswith("-")], "--figures" in sys.argv)

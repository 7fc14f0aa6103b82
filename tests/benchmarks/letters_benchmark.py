"""Letters of practices, each beside what was said, to be read by a person; and what can be counted of them.

python -m tests.benchmarks.letters_benchmark [FIELD ...] [--practices FILE] [--lines FILE] [--suggest] [--figures]

`--lines` holds the lines of the candidates (YAML): for each practice its field, and under `letters` for each
addressee `to`, and any of `story` (the number of the told story, from 1; without it the one the app suggests),
`problem`, `did`, `outcome`, `topic` and `why`. `--suggest` prints what the app shows beside the lines, so that they
can be written.
"""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from simulator.followup.interview_record import InterviewRecord
from simulator.followup.letter_check import check_letter
from simulator.followup.letters import draft_letters, stories_for
from simulator.followup.lines_service import Lines, apply, topics_offered, written_for
from simulator.yaml_nodes import load_yaml
from tests.followup.practices import occasion_of, practices


def with_lines(record: InterviewRecord, letters: list[Mapping[str, Any]]) -> InterviewRecord:
    """A practice with the lines that its candidate wrote for the letters."""
    answers = [each.where for each in record.told if each.told]
    entries = []
    for each in letters:
        values = {key: str(value) for key, value in each.items() if key != "story"}
        if "story" in each:
            values["story"] = next(where for where in answers if int(where[2:4]) == int(each["story"]) + 1)
        entries.append(Lines(**values))
    return apply(record, entries)


def _told(practice: Mapping[str, Any]) -> None:
    print(f"{'=' * 100}\n{practice['field']} ({practice['role']} at {practice['company']}): {practice['why']}")
    for number, (who, topic, ask, text) in enumerate(practice["did"], 1):
        print(f"  {number}. [{practice['people'][who][0]}, {topic}] {ask}\n    {text}")
    for who, kind, words in practice.get("heard", ()):
        print(f"  heard from {practice['people'][who][0]}, {kind}: {words}")
    print(f"  noted {practice['noted']}" if practice.get("noted") else "")


def _suggest(record: InterviewRecord) -> None:
    chosen = stories_for(record)
    for person in record.interviewers:
        story = chosen.get(person.id)
        print(f"  to {person.name}: {story.label if story else 'no story suggested'}")
        print(f"    offered for what they said: {topics_offered(person)}")
        print(f"    offered for the lines: {dict(written_for(record, person.id, story))}")


def main() -> None:
    """Print the letters, then the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("fields", nargs="*")
    parser.add_argument("--practices", type=Path)
    parser.add_argument("--lines", type=Path)
    parser.add_argument("--suggest", action="store_true")
    parser.add_argument("--figures", action="store_true")
    args = parser.parse_args()
    lines = {each["practice"]: each["letters"] for each in load_yaml(args.lines)} if args.lines else {}
    letters = short = remarks = words = 0
    for practice in practices(args.practices):
        if args.fields and practice["field"] not in args.fields:
            continue
        record = with_lines(occasion_of(practice), lines.get(practice["field"], []))
        if not args.figures:
            _told(practice)
        if args.suggest:
            _suggest(record)
            continue
        for host, letter in zip(record.interviewers, draft_letters(record), strict=True):
            found = check_letter(letter.text, host, record)
            letters, short, remarks = letters + 1, short + letter.short, remarks + len(found)
            words += 0 if letter.short else len(letter.text.split())
            if not args.figures:
                print(f"{'-' * 40} {letter.shape}, {len(letter.text.split())} words\n{letter.text}")
                for line in (*letter.hints, *(f"REMARK {each}" for each in found)):
                    print(f"    * {line}")
    if letters:
        mean = f", {words / (letters - short):.0f} words each" if letters > short else ""
        print(f"{letters} letters: {letters - short} with a story{mean}, {short} short notes")
        print(f"{remarks} remarks of the check on letters as drafted")


if __name__ == "__main__":
    main()

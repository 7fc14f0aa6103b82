"""The candidate's own lines for a letter, from options, from a file, or asked for one by one at the terminal."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.console import asked, tell
from simulator.texts import read_bytes

if TYPE_CHECKING:
    from simulator.followup.interview_record import InterviewRecord, RecordedInterviewer
    from simulator.followup.lines_service import Lines
    from simulator.followup.repositories import Repositories

_OPTIONS = {
    "problem": "where it was, and what was wrong, in one sentence",
    "did": "what you did, in one sentence",
    "outcome": "what came of it, in one sentence",
    "topic": "what this person said that stayed with you, in 3 to 12 words",
    "why": "why you want this job, in one sentence",
}
_ASKED = {
    "problem": "Where, and what was wrong?",
    "did": "What did you do? Begin with “I”.",
    "outcome": "What came of it? The best of it last.",
    "topic": "What did they say that stayed with you? You spoke about ...",
    "why": "Why do you want this job?",
}
_LONGEST_FILE = 200_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The lines, and whom and what they are for."""
    parser.add_argument("--to", metavar="WHO", default="", help="whose letter the lines are for: a part of the name")
    parser.add_argument(
        "--story", metavar="STORY", default="", help="another story than the one suggested, by number"
    )
    for name, text in _OPTIONS.items():
        parser.add_argument(f"--{name}", metavar="LINE", help=text)
    parser.add_argument("--lines", metavar="FILE", type=Path, help="a JSON list with the lines of several letters")
    parser.add_argument("--ask", action="store_true", help="ask for the lines one by one; Enter leaves one as it is")


def with_lines(
    record: "InterviewRecord", repositories: "Repositories", args: argparse.Namespace
) -> "InterviewRecord":
    """The interview with the lines that were given, which are kept. Raises UserError."""
    from simulator.followup import lines_service as service  # late

    entries: list[Lines] = []
    if args.lines:
        entries += service.lines_from(read_bytes(args.lines, _LONGEST_FILE), str(args.lines))
    given = {name: getattr(args, name) for name in _OPTIONS if getattr(args, name) is not None}
    if given or args.story:
        entries.append(service.Lines(to=args.to, story=args.story, **given))
    if entries:
        record = service.keep(repositories, service.apply(record, entries))
    if args.ask:
        people = (service.person_named(record, args.to),) if args.to else record.interviewers
        for person in people:
            record = service.keep(repositories, _asked_for(record, person))
    return record


def _asked_for(record: "InterviewRecord", person: "RecordedInterviewer") -> "InterviewRecord":
    """The lines of one letter, asked for one by one."""
    from simulator.followup import lines_service as service  # late
    from simulator.followup.letters import stories_for  # late

    tell(f"\nThe letter to {person.name}. Enter leaves a line as it is.")
    for said in person.said:
        tell(f"  They said: {said.text}" if said.aloud else f"  You noted: {said.text}")
    known = service.choices(record, person)
    for number, each in enumerate(known, 1):
        tell(f"  {number}  {each.label}")
    usual = stories_for(record).get(person.id) or known[-1]
    chosen = asked(f"Which story? Enter takes {known.index(usual) + 1 if usual in known else 1}.")
    story = service.story_named(record, person, chosen) if chosen else usual
    if story.text:
        tell(f"  You told: {story.text}")
    values = dict(service.written_for(record, person.id, story))
    offered = service.topics_offered(person)
    if not values["topic"] and offered:
        tell(f"  You could say: {' / '.join(offered)}")
    for name, question in _ASKED.items():
        line = asked(f"{question}{f'  [{values[name]}]' if values[name] else ''}")
        if line is None:
            break
        values[name] = line or values[name]
    return service.with_values(record, person, story, values)


def stories_as_json(record: "InterviewRecord", person: "RecordedInterviewer") -> list[dict[str, Any]]:
    """The stories one can choose for a letter, with their lines."""
    from simulator.followup import lines_service as service  # late

    return [
        {
            "number": number,
            "id": each.where,
            "label": each.label,
            "told": each.told,
            "lines": dict(service.written_for(record, person.id, each)),
        }
        for number, each in enumerate(service.choices(record, person), 1)
    ]

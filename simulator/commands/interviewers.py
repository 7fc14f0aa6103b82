"""`interviewers`: list the interviewers, or check a file of one's own."""

import argparse
from dataclasses import asdict
from pathlib import Path

import msgspec

from simulator.console import say, say_json, tell
from simulator.data_files import BrokenFile, Finding
from simulator.errors import ExitCode
from simulator.interview.interviewer import (
    Interviewer,
    broken_interviewers,
    interviewer_paths,
    read_interviewer,
    same_id,
)
from simulator.services import Services

SUMMARY = "The people who interview: list them, or check a file of your own."
EXAMPLE = "second-round interviewers check my-interviewer.yaml"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions of `interviewers`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="everybody, and the folder for your own")
    listing.add_argument("--json", action="store_true")
    check = actions.add_parser("check", help="everything that is wrong in files, with its place")
    check.add_argument("paths", nargs="+", metavar="PATH", help="files or folders")
    check.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """Do one action."""
    return _check(args) if args.action == "check" else _list(args)


def _list(args: argparse.Namespace) -> int:
    services = Services()
    people = services.interviewers.all()
    broken = broken_interviewers(services.interviewers.folders())
    if args.json:
        say_json(
            {
                "interviewers": [msgspec.to_builtins(person, enc_hook=str) for person in people],
                "broken": [str(problem) for problem in broken],
                "folder": str(services.paths.interviewers),
            }
        )
        return ExitCode.DONE
    for person in people:
        say(f"{person.id:<22} {person.name}, {person.role}; {person.manner}; {person.field or 'any field'}")
    for problem in broken:
        say(f"broken: {problem}")
    tell(f"Your own go into {services.paths.interviewers}.")
    return ExitCode.DONE


def _check(args: argparse.Namespace) -> int:
    findings: list[Finding] = []
    people: dict[str, Interviewer] = {}
    read = 0
    for path in (Path(name) for name in args.paths):
        for file in interviewer_paths(path) if path.is_dir() else [path]:
            try:
                person = read_interviewer(file)
            except BrokenFile as broken:
                findings.extend(broken.findings)
                continue
            read += 1
            if person.id in people:
                findings.append(same_id(file, person.id, people[person.id].path))
            people.setdefault(person.id, person)
    findings.sort()
    if args.json:
        say_json({"read": read, "findings": [asdict(finding) for finding in findings]})
    else:
        for finding in findings:
            say(str(finding))
        errors = "1 error" if len(findings) == 1 else f"{len(findings)} errors"
        tell(f"{read} read, {errors}." if read or findings else "There is no interviewer's file there.")
    return ExitCode.DONE if read and not findings else ExitCode.NOT_IN_ORDER

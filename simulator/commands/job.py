"""`job`: take a job description apart, and keep it for practising."""

import argparse
import sys
from pathlib import Path

from simulator.console import say, say_json, tell
from simulator.problems import ExitCode, Problem, WrongUse
from simulator.studio import Studio

SUMMARY = "Take a job description apart; practise with 'practice --job ID' then."
EXAMPLE = "second-round job add posting.txt"
MOST_BYTES = 1_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions of `job`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help="a posting from a text file, or - for standard input")
    add.add_argument("file", metavar="FILE")
    listing = actions.add_parser("list", help="the jobs kept")
    show = actions.add_parser("show", help="one job's requirements, with the words they came from")
    show.add_argument("id")
    for action in (add, listing, show):
        action.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """Do one action."""
    studio = Studio()
    try:
        return {"add": _add, "list": _list, "show": _show}[args.action](args, studio)
    finally:
        studio.close()


def _add(args: argparse.Namespace, studio: Studio) -> int:
    job = studio.add_job(_text(args.file))
    if not job.requirements:
        tell("No requirement was found in that text. Is it the whole posting? It is kept all the same.")
    args.id = job.id
    return _show(args, studio)


def _text(name: str) -> str:
    if name == "-":
        return sys.stdin.read(MOST_BYTES)
    path = Path(name)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Problem(f"{path} is larger than a posting can be (1 MB).", "Copy the posting itself into a file.")
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise WrongUse(f"The posting {path} cannot be read: {error.strerror or error}.") from None


def _list(args: argparse.Namespace, studio: Studio) -> int:
    jobs = studio.desk.jobs.all()
    if args.json:
        say_json([{"id": job.id, "title": job.title, "requirements": len(job.requirements)} for job in jobs])
        return ExitCode.DONE
    if not jobs:
        tell("No job is kept yet. 'job add FILE' takes a posting.")
    for job in jobs:
        say(f"{job.id:<32} {job.title}, {len(job.requirements)} requirements")
    return ExitCode.DONE


def _show(args: argparse.Namespace, studio: Studio) -> int:
    job = studio.desk.jobs.get(args.id)
    if args.json:
        import msgspec

        say_json(msgspec.to_builtins(job))
        return ExitCode.DONE
    say(f"{job.title} ({job.id})")
    for requirement in job.requirements:
        must = "must" if requirement.must else "nice"
        say(f"  {must}  {requirement.kind.value:<14} {requirement.text}")
        if requirement.source and requirement.source != requirement.text:
            say(f"        from “{requirement.source}”")
    return ExitCode.DONE

"""`job`: take a posting apart, correct what was found, note who is there and what matters to them."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from simulator.clock import now
from simulator.commands import job_people
from simulator.commands.broken import discarded, tell_broken
from simulator.commands.coverage import say_coverage
from simulator.console import say, say_json, tell
from simulator.errors import ExitCode, UserError, WrongUse
from simulator.paths import private_folder, private_opener
from simulator.preparation.clipboard import clipboard_text
from simulator.preparation.job import (
    FACTS,
    Job,
    Requirement,
    RequirementKind,
    job_id_for,
    with_change,
    with_facts,
    with_priorities,
    with_requirement,
    without_priority,
    without_requirement,
)
from simulator.preparation.posting_text import FAR_TOO_LARGE, MOST_BYTES, decoded, read_posting_file
from simulator.services import Services
from simulator.texts import counted, piped_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SUMMARY = "Take a job posting apart; practise with 'practice --job ID' then."
EXAMPLE = "second-round job add posting.txt"

KINDS = {
    "experience": RequirementKind.EXPERIENCE,
    "qualification": RequirementKind.QUALIFICATION,
    "duty": RequirementKind.DUTY,
    "soft": RequirementKind.SOFT,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions of `job`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help="a posting from a text, Markdown or HTML file, or - for standard input")
    add.add_argument("file", metavar="FILE", nargs="?", default="")
    add.add_argument("--clipboard", action="store_true", help="take what is on the clipboard")
    new = actions.add_parser("new", help="a job without a posting; add what it asks for with 'job edit'")
    listing = actions.add_parser("list", help="the jobs kept")
    show = actions.add_parser("show", help="one job's requirements, with the words they came from")
    show.add_argument("--posting", action="store_true", help="the posting's own text")
    edit = actions.add_parser("edit", help="correct a job: its facts, its requirements")
    _add_edit(edit)
    for action in (add, new, edit):
        for fact in FACTS:
            action.add_argument(f"--{fact}", metavar="TEXT")
    priorities = actions.add_parser("priorities", help="what matters most to the people there")
    priorities.add_argument("--of", metavar="NAME", default="", help="an interviewer; without it, the company")
    priorities.add_argument("--add", metavar="TEXT", action="append", default=[])
    priorities.add_argument("--remove", metavar="TEXT", action="append", default=[])
    coverage = actions.add_parser("coverage", help="which stories answer which requirement")
    delete = actions.add_parser("delete", help="remove a job; stories, people and sessions stay")
    for action in (show, edit, priorities, coverage):
        action.add_argument(
            "id", nargs="?", default="", help="the job's id, or a part of it; not needed for the only one"
        )
    delete.add_argument("id", help="the job's id")
    people = actions.add_parser("people", help="contacts, alumni, interviewers and references, with next steps")
    job_people.add_arguments(people)
    for action in (add, new, listing, show, edit, priorities, coverage, delete):
        action.add_argument("--json", action="store_true")


def _add_edit(edit: argparse.ArgumentParser) -> None:
    edit.add_argument("--requirement", metavar="R", default="", help="the one to correct, such as r3")
    edit.add_argument("--text", metavar="TEXT", help="its new words")
    edit.add_argument("--kind", choices=KINDS, help="what it is about; with --add too")
    needed = edit.add_mutually_exclusive_group()
    needed.add_argument("--must", action="store_const", const=True, dest="must", help="it is needed")
    needed.add_argument("--nice", action="store_const", const=False, dest="must", help="it is nice to have")
    edit.add_argument("--add", metavar="TEXT", action="append", default=[], help="one more requirement")
    edit.add_argument("--remove", metavar="R", action="append", default=[], help="a requirement that is none")


def run(args: argparse.Namespace) -> int:
    """Do one action."""
    actions: Mapping[str, Callable[[argparse.Namespace, Services], int]] = {
        "add": _add,
        "new": _new,
        "list": _list,
        "show": _show,
        "edit": _edit,
        "priorities": _priorities,
        "coverage": say_coverage,
        "delete": _delete,
        "people": job_people.run,
    }
    services = Services()
    try:
        return actions[args.action](args, services)
    finally:
        services.close()


def _add(args: argparse.Namespace, services: Services) -> int:
    text, file = _given(args)
    try:
        known = services.data.repositories.jobs.ids()
        job = services.data.repositories.add_job(text)
    except UserError as problem:
        if file is not None or not text.strip():
            raise
        kept = _set_aside(text, services)
        raise UserError(problem.message, f"{problem.hint} What you gave is kept in {kept}.") from None
    if job.id in known:
        tell(f"This posting is kept already, as {job.id}.")
    job = _with_facts(job, args)
    services.data.repositories.jobs.save(job)
    return _show_job(job, args.json)


def _given(args: argparse.Namespace) -> tuple[str, Path | None]:
    """The posting's text, and its file where it came from one."""
    if args.clipboard == bool(args.file):
        raise WrongUse("'job add' takes one posting: a FILE, - for standard input, or --clipboard.")
    if args.clipboard:
        return clipboard_text(), None
    if args.file == "-":
        if sys.stdin.isatty():
            tell("Paste the posting; end with Ctrl+D on a line of its own.")
        return decoded(piped_bytes(MOST_BYTES, FAR_TOO_LARGE), "What was given"), None
    return read_posting_file(Path(args.file)), Path(args.file)


def _set_aside(text: str, services: Services) -> Path:
    """Keep a text that was refused, so that nobody has to find and copy it again."""
    folder = private_folder(services.paths.exports)
    number = 1
    while (path := folder / f"posting-not-taken-{number}.txt").exists():
        number += 1
    with open(path, "x", encoding="utf-8", opener=private_opener) as file:
        file.write(text)
    return path


def _new(args: argparse.Namespace, services: Services) -> int:
    if not (args.role or args.company):
        raise WrongUse("A job needs at least --role or --company.")
    job = Job(job_id_for(args.role or "", args.company or "", services.data.repositories.jobs.ids()), added_at=now())
    return _show_job(services.data.repositories.jobs.save(_with_facts(job, args)), args.json)


def _with_facts(job: Job, args: argparse.Namespace) -> Job:
    return with_facts(job, {fact: value for fact in FACTS if (value := getattr(args, fact)) is not None})


def _list(args: argparse.Namespace, services: Services) -> int:
    jobs = services.data.repositories.jobs.all()
    tell_broken(services.data.repositories.jobs, "job delete")
    if args.json:
        say_json(
            [
                {
                    "id": job.id,
                    "title": job.title,
                    "role": job.role,
                    "company": job.company,
                    "place": job.place,
                    "requirements": len(job.requirements),
                    "added_at": job.added_at,
                }
                for job in jobs
            ]
        )
        return ExitCode.DONE
    if not jobs:
        tell("No job is kept yet. 'job add FILE' takes a posting.")
    for job in jobs:
        say(f"{job.id:<36} {job.title}, {counted(len(job.requirements), 'requirement')}")
    return ExitCode.DONE


def _show(args: argparse.Namespace, services: Services) -> int:
    job = services.data.repositories.jobs.resolve(args.id)
    if args.posting and not args.json:
        say(job.posting or "This job has no posting; it was added by hand.")
        return ExitCode.DONE
    return _show_job(job, args.json)


def _show_job(job: Job, as_json: bool) -> int:
    if as_json:
        say_json(msgspec.to_builtins(job))
        return ExitCode.DONE
    say(f"{job.title}   ({job.id})")
    for name in ("place", "contact", "email"):
        if value := getattr(job, name):
            say(f"  {name}: {value}")
    for heading, chosen in (
        ("What you would do", [each for each in job.requirements if each.kind is RequirementKind.DUTY]),
        (
            "What is needed",
            [each for each in job.requirements if each.kind is not RequirementKind.DUTY and each.must],
        ),
        (
            "Nice to have",
            [each for each in job.requirements if each.kind is not RequirementKind.DUTY and not each.must],
        ),
    ):
        if chosen:
            say(f"\n{heading}")
        for requirement in chosen:
            _say_requirement(requirement)
    for name, texts in job.priorities.items():
        say(f"\nWhat matters most to {name or job.company or 'the company'}")
        for text in texts:
            say(f"  {text}")
    if not job.requirements:
        say(f"\nNothing is noted yet of what it asks for: job edit {job.id} --add TEXT --kind duty")
    return ExitCode.DONE


def _say_requirement(requirement: Requirement) -> None:
    soft = "   (soft skill)" if requirement.kind is RequirementKind.SOFT else ""
    say(f"  {requirement.id:<4} {requirement.text}{soft}")
    if requirement.source and requirement.source.rstrip(".;") != requirement.text:
        say(f"       from “{requirement.source}”")


def _edit(args: argparse.Namespace, services: Services) -> int:
    job = _with_facts(services.data.repositories.jobs.resolve(args.id), args)
    kind = KINDS[args.kind] if args.kind else None
    changes = args.text is not None or kind is not None or args.must is not None
    if args.requirement and args.add:
        raise WrongUse("--requirement corrects one, --add writes one more: do them one after the other.")
    if args.requirement:
        if not changes:
            raise WrongUse(f"What should change in {args.requirement}? Use --text, --kind, --must or --nice.")
        job = with_change(job, args.requirement, args.text, kind, args.must)
    elif args.text is not None or (changes and not args.add):
        raise WrongUse("--text, --kind, --must and --nice need --requirement R, or --add TEXT.")
    for requirement_id in args.remove:
        job = without_requirement(job, requirement_id)
    for text in args.add:
        job = with_requirement(job, text, kind or RequirementKind.EXPERIENCE, args.must is not False)
    return _show_job(services.data.repositories.jobs.save(job), args.json)


def _priorities(args: argparse.Namespace, services: Services) -> int:
    job = services.data.repositories.jobs.resolve(args.id)
    for text in args.remove:
        job = without_priority(job, text)
    if args.add:
        job = with_priorities(job, _spelled_as_known(args.of, job, services), args.add)
    if args.add or args.remove:
        services.data.repositories.jobs.save(job)
    if args.json:
        say_json({name: list(texts) for name, texts in job.priorities.items()})
        return ExitCode.DONE
    if not job.priorities:
        tell(f"None are noted yet: job priorities {job.id} --of NAME --add TEXT")
    for name, texts in job.priorities.items():
        say(name or job.company or "The company")
        for text in texts:
            say(f"  {text}")
    return ExitCode.DONE


def _spelled_as_known(name: str, job: Job, services: Services) -> str:
    """The name as it is noted already, whatever its case, so that nobody is two people."""
    given_name = " ".join(name.split())
    known = (*job.priorities, *(person.name for person in services.data.repositories.interviewers_for(job.id)))
    return next((each for each in known if each.casefold() == given_name.casefold()), given_name)


def _delete(args: argparse.Namespace, services: Services) -> int:
    if discarded(services.data.repositories.jobs, args.id):
        return ExitCode.DONE
    job = services.data.repositories.delete_job(args.id)
    if args.json:
        say_json(msgspec.to_builtins(job))
    tell(f"Removed: {job.title}. Stories, people and sessions stay.")
    return ExitCode.DONE

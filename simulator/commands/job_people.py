"""`job people`: who is there, who would vouch for you, and what to do next about each."""

import argparse
from typing import TYPE_CHECKING

import msgspec

from simulator.commands.broken import discarded, tell_broken
from simulator.console import say, say_json, tell
from simulator.errors import ExitCode, WrongUse
from simulator.preparation.people import Person, PersonKind, changed_person, done, new_person, next_step
from simulator.services import Services

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

KINDS = tuple(kind.value for kind in PersonKind)
FIELDS = ("role", "company", "email", "phone", "knows", "note")
_HELP = {"knows": "what a reference saw of your work", "note": "anything to remember"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions of `job people`."""
    actions = parser.add_subparsers(dest="people_action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help="somebody new")
    add.add_argument("name")
    add.add_argument("--kind", choices=KINDS, default=PersonKind.CONTACT.value)
    edit = actions.add_parser("edit", help="correct what is noted about somebody")
    edit.add_argument("--name")
    edit.add_argument("--kind", choices=KINDS)
    for action in (add, edit):
        for field in FIELDS:
            action.add_argument(f"--{field}", metavar="TEXT", help=_HELP.get(field))
        action.add_argument("--interviewer", metavar="ID", help="who plays this person when you practise")
    listing = actions.add_parser("list", help="everybody, with the next step")
    listing.add_argument("--kind", choices=KINDS)
    for action in (add, edit, listing):
        action.add_argument("--job", metavar="ID", default=None, help="the job it is about")
    step = actions.add_parser("done", help="the next step is taken: written to, or a reference told")
    delete = actions.add_parser("delete", help="take somebody off the list")
    for action in (edit, step, delete):
        action.add_argument("person", metavar="ID")
    for action in (add, edit, listing, step, delete):
        action.add_argument("--json", action="store_true")


def run(args: argparse.Namespace, services: Services) -> int:
    """Do one action."""
    actions: Mapping[str, Callable[[argparse.Namespace, Services], int]] = {
        "add": _add,
        "edit": _edit,
        "list": _list,
        "done": _done,
        "delete": _delete,
    }
    return actions[args.people_action](args, services)


def _add(args: argparse.Namespace, services: Services) -> int:
    given = _given(args, services)
    person = new_person(args.name, PersonKind(args.kind), services.data.repositories.people.ids(), **given)
    return _show([services.data.repositories.people.save(person)], args.json, services)


def _edit(args: argparse.Namespace, services: Services) -> int:
    given = _given(args, services)
    if args.name is not None:
        given["name"] = args.name
    if args.kind:
        given["kind"] = args.kind
    if not given:
        raise WrongUse(f"What should change? Use {', '.join(f'--{field}' for field in ('name', 'kind', *FIELDS))}.")
    person = changed_person(services.data.repositories.people.get(args.person), **given)
    return _show([services.data.repositories.people.save(person)], args.json, services)


def _given(args: argparse.Namespace, services: Services) -> dict[str, str]:
    """What the options say, with the job and the interviewer known to exist."""
    given = {field: value for field in FIELDS if (value := getattr(args, field)) is not None}
    if args.job is not None:
        given["job_id"] = services.data.repositories.jobs.resolve(args.job).id if args.job else ""
    if args.interviewer is not None:
        given["interviewer_id"] = services.interviewers.get(args.interviewer).id if args.interviewer else ""
    return given


def _list(args: argparse.Namespace, services: Services) -> int:
    job_id = services.data.repositories.jobs.resolve(args.job).id if args.job else ""
    people = [
        person
        for person in services.data.repositories.people.all()
        if (not args.kind or person.kind == args.kind) and (not job_id or person.job_id in ("", job_id))
    ]
    tell_broken(services.data.repositories.people, "job people delete")
    if not people and not args.json:
        tell("Nobody is on the list yet. 'job people add NAME --kind reference' adds somebody.")
    return _show(people, args.json, services)


def _done(args: argparse.Namespace, services: Services) -> int:
    person = done(services.data.repositories.people.get(args.person))
    return _show([services.data.repositories.people.save(person)], args.json, services)


def _delete(args: argparse.Namespace, services: Services) -> int:
    if discarded(services.data.repositories.people, args.person):
        return ExitCode.DONE
    person = services.data.repositories.people.delete(args.person)
    if args.json:
        say_json([msgspec.to_builtins(person)])
    tell(f"{person.name} is off the list.")
    return ExitCode.DONE


def _show(people: list[Person], as_json: bool, services: Services) -> int:
    steps = {person.id: step_for(person, services) for person in people}
    if as_json:
        say_json([{**msgspec.to_builtins(person), "next_step": steps[person.id]} for person in people])
        return ExitCode.DONE
    for person in people:
        about = ", ".join(part for part in (person.role, person.company) if part)
        state = ""
        if person.kind is PersonKind.REFERENCE:
            state = "knows that they may be called" if person.told else "not told yet"
        elif person.kind is not PersonKind.INTERVIEWER and person.reached:
            state = "written to"
        details = "   ".join(part for part in (person.kind.value, about, state) if part)
        say(f"{person.id:<24} {person.name}   {details}")
        if steps[person.id]:
            say(f"{'':<24} next: {steps[person.id]}")
    return ExitCode.DONE


def step_for(person: Person, services: Services) -> str:
    """What to do next with somebody, in the words of the job they were noted for."""
    job = services.data.repositories.jobs.find(person.job_id)
    return next_step(person, job.role if job else "", job.company if job else "")

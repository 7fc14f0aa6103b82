"""`references`: who would vouch for you, and a note for each before anybody calls."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from simulator.commands.job_people import FIELDS, step_for
from simulator.console import say, say_json, tell
from simulator.errors import ExitCode, UserError
from simulator.followup.letter_output import write_file
from simulator.followup.service import notes_of
from simulator.preparation.people import Person, PersonKind, changed_person, done, new_person
from simulator.services import Services
from simulator.texts import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from simulator.followup.references import ReferenceNote

SUMMARY = "Who would vouch for you, and a note for each: who may call, what came up, what they could affirm."
EXAMPLE = "second-round references draft 20261123"
_HELP = {"knows": "what they saw of your work: words, or a story's title", "note": "anything to remember"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions of `references`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    draft = actions.add_parser("draft", help="a note for each reference")
    draft.add_argument("session", nargs="?", default="", help="as for 'followup draft'")
    draft.add_argument("--format", choices=("text", "md", "json"), default="text")
    draft.add_argument("--out", metavar="DIR", type=Path, help="write each note to a file in this folder")
    add = actions.add_parser("add", help="somebody new")
    add.add_argument("name", metavar="NAME")
    edit = actions.add_parser("edit", help="correct what is noted")
    edit.add_argument("--name", metavar="TEXT")
    for action in (add, edit):
        for field in FIELDS:
            action.add_argument(f"--{field}", metavar="TEXT", help=_HELP.get(field))
        action.add_argument("--job", metavar="ID", help="the job it is about; without it, for any")
    listing = actions.add_parser("list", help="everybody, with the next step")
    told = actions.add_parser("told", help="they know now that they may be called")
    delete = actions.add_parser("delete", help="take somebody off the list")
    for action in (edit, told, delete):
        action.add_argument("person", metavar="WHO", help="their id or name")
    for action in (draft, add, edit, listing, told, delete):
        action.add_argument("--json", action="store_true", help="one JSON document on standard output")


def run(args: argparse.Namespace) -> int:
    """Do one action."""
    actions: Mapping[str, Callable[[argparse.Namespace, Services], int]] = {
        "draft": _draft,
        "add": _add,
        "edit": _edit,
        "list": _list,
        "told": _mark_told,
        "delete": _delete,
    }
    services = Services()
    try:
        return actions[args.action](args, services)
    finally:
        services.close()


def _draft(args: argparse.Namespace, services: Services) -> int:
    occasion = services.interview_records.get(args.session)
    session = services.data.store.session(occasion.id) if occasion.practice else None
    notes, people = notes_of(services.data.repositories, occasion, session)
    if not people:
        raise UserError("No reference is noted yet.", "'references add NAME --knows ...' notes one.")
    if args.json or args.format == "json":
        say_json([{**msgspec.to_builtins(note), "text": note.text} for note in notes])
        return ExitCode.DONE
    for note in notes:
        text = note.markdown if args.format == "md" else note.text
        if args.out:
            _write(args.out, note, text, args.format)
            continue
        if args.format == "text":
            say(f"To {note.to}{f' <{note.email}>' if note.email else ''}: {note.subject}\n")
        say(text)
        for hint in note.hints:
            tell(f"  {hint}")
    return ExitCode.DONE


def _write(folder: Path, note: "ReferenceNote", text: str, form: str) -> None:
    say(str(write_file(folder, f"reference-{note.person_id}.{'md' if form == 'md' else 'txt'}", text)))


def _given(args: argparse.Namespace, services: Services) -> dict[str, str]:
    given = {field: value for field in FIELDS if (value := getattr(args, field)) is not None}
    if args.job is not None:
        given["job_id"] = services.data.repositories.jobs.resolve(args.job).id if args.job else ""
    return given


def _add(args: argparse.Namespace, services: Services) -> int:
    given = _given(args, services)
    person = new_person(args.name, PersonKind.REFERENCE, services.data.repositories.people.ids(), **given)
    return _show([services.data.repositories.people.save(person)], args.json, services)


def _edit(args: argparse.Namespace, services: Services) -> int:
    given = _given(args, services)
    if args.name is not None:
        given["name"] = args.name
    person = changed_person(_one(args.person, services), **given)
    return _show([services.data.repositories.people.save(person)], args.json, services)


def _list(args: argparse.Namespace, services: Services) -> int:
    people = [each for each in services.data.repositories.people.all() if each.kind is PersonKind.REFERENCE]
    if not people and not args.json:
        tell("Nobody is noted yet. 'references add NAME --knows ...' notes somebody who saw your work.")
    return _show(people, args.json, services)


def _mark_told(args: argparse.Namespace, services: Services) -> int:
    return _show([services.data.repositories.people.save(done(_one(args.person, services)))], args.json, services)


def _delete(args: argparse.Namespace, services: Services) -> int:
    person = services.data.repositories.people.delete(_one(args.person, services).id)
    if args.json:
        say_json([_plain(person, services)])
    tell(f"{person.name} is off the list.")
    return ExitCode.DONE


def _one(wanted: str, services: Services) -> Person:
    """The reference of that id or name. Raises UserError."""
    people = [each for each in services.data.repositories.people.all() if each.kind is PersonKind.REFERENCE]
    named = [each for each in people if wanted.casefold() in (each.id, each.name.casefold())] or [
        each for each in people if wanted and each.id.startswith(wanted.casefold())
    ]
    if len(named) == 1:
        return named[0]
    listed = "'references list' lists them by id."
    if named:
        raise UserError(f"There is more than one '{wanted}'.", listed)
    known = [name for each in people for name in (each.id, each.name)]
    raise UserError(f"There is no reference '{wanted}'.", did_you_mean(wanted, known, listed))


def _show(people: list[Person], as_json: bool, services: Services) -> int:
    if as_json:
        say_json([_plain(person, services) for person in people])
        return ExitCode.DONE
    for person in people:
        about = ", ".join(part for part in (person.role, person.company) if part)
        state = "knows that they may be called" if person.told else "not told yet"
        say(f"{person.id:<24} " + "   ".join(part for part in (person.name, about, state) if part))
        if person.knows:
            say(f"{'':<24} knows: {person.knows}")
        if step := step_for(person, services):
            say(f"{'':<24} next: {step}")
    return ExitCode.DONE


def _plain(person: Person, services: Services) -> dict[str, Any]:
    return {**msgspec.to_builtins(person), "next_step": step_for(person, services)}

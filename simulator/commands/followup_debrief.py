"""`followup debrief`: notes on a real interview; its questions go into a bank, what was learned to the job."""

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from simulator.clock import now
from simulator.commands.broken import discarded, tell_broken
from simulator.console import say, say_json, tell
from simulator.errors import ExitCode, WrongUse, as_started
from simulator.services import Services

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from simulator.followup.debrief import Debrief
    from simulator.questions.bank import Question

EXAMPLE = "second-round followup debrief add interview.txt --job nurse-st-annes"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions of `followup debrief`."""
    parser.epilog = f"example:\n  {EXAMPLE}\n\nThe file's format is shown in docs/following_up.md."
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    actions = parser.add_subparsers(dest="debrief_action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help="read notes from a text file")
    add.add_argument("file", metavar="FILE", type=Path)
    add.add_argument("--job", metavar="ID", help="the job it was for; else the one of that company")
    add.add_argument("--bank", metavar="ID", help="the bank for the questions (asked-in-interviews)")
    listing = actions.add_parser("list", help="all of them")
    show = actions.add_parser("show", help="one of them")
    delete = actions.add_parser("delete", help="remove one; bank and job stay as they are")
    for action in (show, delete):
        action.add_argument("id", metavar="ID")
    for action in (add, listing, show, delete):
        action.add_argument("--json", action="store_true")


def run(args: argparse.Namespace, services: Services) -> int:
    """Do one action."""
    actions: Mapping[str, Callable[[argparse.Namespace, Services], int]] = {
        "add": _add,
        "list": _list,
        "show": _show,
        "delete": _delete,
    }
    return actions[args.debrief_action](args, services)


def _add(args: argparse.Namespace, services: Services) -> int:
    from simulator.followup.debrief_file import read_debrief  # late
    from simulator.followup.saving_debriefs import keep_debrief  # late

    kept = keep_debrief(
        replace(read_debrief(args.file), added_at=now()),
        services.data.repositories,
        services.library.banks(),
        services.paths.banks,
        job_id=args.job or "",
        bank_id=args.bank or "",
    )
    if args.json:
        document = {
            **msgspec.to_builtins(kept.debrief),
            "questions_added": [_of_question(each) for each in kept.questions],
            "people_added": [each.id for each in kept.people],
        }
        say_json(document)
        return ExitCode.DONE
    _say_debrief(kept.debrief)
    say()
    bank = kept.debrief.bank_id
    if kept.questions:
        say(as_started(f"{len(kept.questions)} new in the bank '{bank}'; 'practice --bank {bank}' asks them."))
        for question in kept.questions:
            say(f"  {question.kind.value:<12} {question.ask}")
    elif kept.debrief.asked:
        say(f"The bank '{bank}' had all of these questions already.")
    if kept.job:
        say(
            as_started(
                f"What was learned is noted for the job '{kept.job.id}'; 'practice --job {kept.job.id}' uses it."
            )
        )
    elif any(each.priorities or each.problems for each in kept.debrief.met):
        tell("No job is known for this interview; --job ID notes what was learned for one.")
    say(as_started(f"'followup draft {kept.debrief.id}' drafts the letters."))
    return ExitCode.DONE


def _of_question(question: "Question") -> dict[str, str]:
    return {"id": question.id, "ask": question.ask, "kind": question.kind.value, "competency": question.competency}


def _list(args: argparse.Namespace, services: Services) -> int:
    found = sorted(services.data.repositories.debriefs.all(), key=lambda each: each.on, reverse=True)
    tell_broken(services.data.repositories.debriefs, "followup debrief delete")
    if args.json:
        say_json(msgspec.to_builtins(found))
        return ExitCode.DONE
    for debrief in found:
        people = ", ".join(each.name for each in debrief.people)
        say(f"{debrief.id:<28} {debrief.on}  {debrief.title}{f'   with {people}' if people else ''}")
    if not found:
        tell("No real interview is noted yet. 'followup debrief add FILE' takes notes over.")
    return ExitCode.DONE


def _show(args: argparse.Namespace, services: Services) -> int:
    debrief = services.data.repositories.debriefs.resolve(args.id)
    if args.json:
        say_json(msgspec.to_builtins(debrief))
    else:
        _say_debrief(debrief)
    return ExitCode.DONE


def _say_debrief(debrief: "Debrief") -> None:
    say(f"{debrief.id}   {debrief.title}, {debrief.on}")
    if debrief.decision_on:
        say(f"Decision: {date.fromisoformat(debrief.decision_on).isoformat()}")
    if debrief.reason:
        say(f"Your reason: {debrief.reason}")
    for each in debrief.met:
        say()
        say(", ".join(part for part in (each.name, each.role) if part) or "In general")
        for label, texts in (
            ("asked", each.asked),
            ("priority", each.priorities),
            ("problem", each.problems),
            ("fact", each.facts),
            ("you told", each.told),
        ):
            for text in texts:
                say(f"  {label:<9} {text}")


def _delete(args: argparse.Namespace, services: Services) -> int:
    if not args.id:
        raise WrongUse("Which one? 'followup debrief list' shows them.")
    if discarded(services.data.repositories.debriefs, args.id):
        services.data.repositories.letters.delete_if_present(args.id)
        services.data.repositories.timelines.delete_if_present(args.id)
        return ExitCode.DONE
    from simulator.followup.service import forget_debrief  # late

    debrief = services.data.repositories.debriefs.resolve(args.id)
    forget_debrief(services.data.repositories, debrief.id)
    if args.json:
        say_json(msgspec.to_builtins(debrief))
    tell(f"The notes on {debrief.title} are removed.")
    return ExitCode.DONE

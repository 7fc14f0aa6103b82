"""`class set`: questions and rules as one file to hand out."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from simulator.classroom.assignment import Rules, assignment_text, make_assignment
from simulator.commands.asked_files import write_file
from simulator.commands.formats import format_for
from simulator.console import say, tell
from simulator.errors import ExitCode
from simulator.services import Services
from simulator.texts import counted, refuse_taken


def add_arguments(actions: Any) -> list[argparse.ArgumentParser]:
    """The words of `set`; it belongs to no class."""
    setting = actions.add_parser(
        "set", help="set an assignment: a bank in a fixed order, under rules, as a file to hand out"
    )
    setting.add_argument("bank", metavar="BANK", help="a question bank's id")
    setting.add_argument("--out", type=Path, metavar="FILE", required=True, help="the file to hand out")
    setting.add_argument("--title", default="", help="default: the bank's")
    setting.add_argument("--questions", default="", metavar="ID,..", help="these, in this order (default: all)")
    setting.add_argument("--seconds", type=int, default=0, help="one limit for each (default: each question's own)")
    setting.add_argument("--interviewers", default="", metavar="ID,..")
    setting.add_argument("--follow-ups", action="store_true", help="follow-up questions may come")
    setting.add_argument("--second-try", action="store_true", help="students may try again")
    setting.add_argument("--no-limits", action="store_true", help="show no limits of time")
    setting.add_argument("--feedback", choices=("end", "each"), default="end", help="when students see their levels")
    setting.add_argument("--note", default="", help="a sentence to the students")
    return []


def _set(args: argparse.Namespace, services: Services) -> int:
    from simulator.classroom.assignment_rubrics import own_rubrics  # late

    format_for(args.out, None, {".json": "json"}, "json")
    refuse_taken(args.out, "Choose another name.")
    people = [part.strip() for part in args.interviewers.split(",") if part.strip()]
    rules = Rules(args.follow_ups, args.second_try, args.feedback, not args.no_limits)
    assignment = make_assignment(
        services.library.bank(args.bank),
        args.title,
        [part.strip() for part in args.questions.split(",") if part.strip()],
        args.seconds,
        [services.interviewers.get(each).id for each in people],
        rules,
        args.note,
    )
    write_file(args.out, assignment_text(assignment, own_rubrics(assignment.questions)).encode())
    services.data.classes.assignments.save(assignment)
    tell(f"{assignment.title}: {counted(len(assignment.questions), 'question')}. {rules.words}")
    tell(f"Students open it with 'practice --assignment {args.out.name}'.")
    tell("They hand it in with 'sessions export ID --format zip'.")
    say(assignment.id)
    return ExitCode.DONE


ACTIONS: dict[str, Callable[[argparse.Namespace, Services], int]] = {"set": _set}

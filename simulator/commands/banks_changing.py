"""`banks rename`, `banks merge` and `banks reorder`: whole banks changed as the app changes them, from a shell."""

import argparse
from typing import Any

from simulator.console import say, tell
from simulator.data_files import begun
from simulator.errors import ExitCode, UserError, WrongUse
from simulator.questions.bank import Bank
from simulator.questions.changes import Changes
from simulator.questions.editing import change_bank, place_questions
from simulator.questions.installing import keep_aside
from simulator.questions.merging import merged
from simulator.services import Services


def add_arguments(actions: Any) -> None:
    """The words of `rename`, `merge` and `reorder`."""
    rename = actions.add_parser("rename", help="another title for a bank; its id and past results stay")
    rename.add_argument("id")
    rename.add_argument("title")
    merge = actions.add_parser("merge", help="put into one bank what others ask and it does not yet")
    merge.add_argument("ids", nargs="+", metavar="ID", help="the banks to take questions from; they stay as they are")
    merge.add_argument("--into", required=True, metavar="ID", help="the bank that gets them")
    reorder = actions.add_parser("reorder", help="put questions at another place in their bank")
    reorder.add_argument("id")
    reorder.add_argument("questions", nargs="+", metavar="QUESTION", help="ids, in the order they are to stand in")
    reorder.add_argument(
        "--to",
        type=int,
        default=1,
        metavar="PLACE",
        help="where the first of them is to stand (default: 1)",
    )


def rename(args: argparse.Namespace, services: Services) -> int:
    """Give a bank another title."""
    bank = services.library.bank(args.id)
    title = " ".join(args.title.split())
    return _keep(services, bank, change_bank(bank, title=title), f"'{bank.title}' is called '{title}' now.")


def merge(args: argparse.Namespace, services: Services) -> int:
    """Put the questions of banks into another that does not ask them yet."""
    target = now = services.library.bank(args.into)
    added = there = 0
    for bank_id in args.ids:
        source = services.library.bank(bank_id)
        if source.id == target.id:
            raise WrongUse(f"'{source.id}' cannot go into itself.", "Name another bank after --into.")
        update = merged(now, source)
        now, added, there = update.bank, added + update.added, there + update.same
    if not added:
        tell(f"'{target.title}' asks all of these questions already.")
        return ExitCode.DONE
    return _keep(services, target, now, f"Questions put into '{target.title}': {added}; already there: {there}.")


def reorder(args: argparse.Namespace, services: Services) -> int:
    """Put questions at a place of their bank, in the order they are named."""
    bank = services.library.bank(args.id)
    if not 1 <= args.to <= len(bank.questions):
        raise WrongUse(f"The bank '{bank.id}' has no place {args.to}.", f"Its places are 1 to {len(bank.questions)}.")
    known = [question.id for question in bank.questions]
    wanted = [begun(given, known, "questions") or given for given in args.questions]
    moved = place_questions(bank, wanted, args.to - 1)
    order = "".join(f"\n{place:>4}  {question.id}" for place, question in enumerate(moved.questions, 1))
    return _keep(services, bank, moved, f"The order of '{bank.title}' is now:{order}")


def _keep(services: Services, before: Bank, after: Bank, words: str) -> int:
    """Write the bank as it is to be; what stood in its file stays beside it."""
    if after == before:
        tell("Nothing changes by that.")
        return ExitCode.DONE
    changes = Changes(services.paths.banks)
    path = changes.own(before).path
    assert path is not None  # a bank of the user's has a file
    aside = None
    if path.exists():
        try:
            aside = keep_aside(path)
        except OSError as error:
            raise UserError(
                f"{path} cannot be kept aside: {error.strerror or error}.", "Check its rights, or free some space."
            ) from None
    (kept,) = changes.keep(words, (before, after))
    tell(words)
    if before.shipped:
        tell(f"You have a copy of '{before.title}' of your own now, used in its place.")
    if aside:
        tell(f"The file as it was is kept: {aside}")
    say(str(kept.path))
    return ExitCode.DONE

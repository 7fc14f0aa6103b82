"""`banks`: list, show and check question banks."""

import argparse
import textwrap
from pathlib import Path

from simulator.console import say, say_json, tell
from simulator.problems import ExitCode
from simulator.questions.bank import Bank
from simulator.studio import Studio

SUMMARY = "Question banks: list, show, check, and where they lie."
EXAMPLE = "second-round banks check my-questions.yaml"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions of `banks`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="all banks, broken ones too")
    listing.add_argument("--json", action="store_true")
    show = actions.add_parser("show", help="the questions of one bank")
    show.add_argument("id")
    show.add_argument("--json", action="store_true")
    check = actions.add_parser("check", help="everything that is wrong in bank files, with its place")
    check.add_argument("paths", nargs="+", metavar="PATH", help="files or folders")
    check.add_argument("--json", action="store_true")
    actions.add_parser("path", help="the folders in which banks are looked for")


def run(args: argparse.Namespace) -> int:
    """Do one action."""
    studio = Studio()
    try:
        return _ACTIONS[args.action](args, studio)
    finally:
        studio.close()


def _list(args: argparse.Namespace, studio: Studio) -> int:
    banks = studio.banks()
    if args.json:
        say_json(
            [_listed(bank) if isinstance(bank, Bank) else _broken(bank.id, bank.path, str(bank)) for bank in banks]
        )
        return ExitCode.DONE
    for bank in banks:
        if isinstance(bank, Bank):
            whose = "" if bank.shipped else "  (yours)"
            say(f"{bank.id:<28} {len(bank.questions):>5} questions  {bank.title}{whose}")
        else:
            say(f"{bank.id:<28} broken: {bank}")
    return ExitCode.DONE


def _listed(bank: Bank) -> dict[str, object]:
    return {
        "id": bank.id,
        "title": bank.title,
        "language": bank.language,
        "licence": bank.licence,
        "description": bank.description,
        "questions": len(bank.questions),
        "shipped": bank.shipped,
        "path": str(bank.path),
        "broken": None,
    }


def _broken(bank_id: str, path: Path, why: str) -> dict[str, object]:
    return {"id": bank_id, "path": str(path), "broken": why}


def _show(args: argparse.Namespace, studio: Studio) -> int:
    bank = studio.bank(args.id)
    if args.json:
        import msgspec

        document = msgspec.to_builtins(bank, enc_hook=str)
        say_json(document)
        return ExitCode.DONE
    say(f"{bank.title} ({bank.id}), {len(bank.questions)} questions")
    if bank.description:
        say(textwrap.fill(bank.description, 80))
    for question in bank.questions:
        say()
        say(textwrap.fill(f"{question.id}: {question.ask}", 80, subsequent_indent="  "))
        rubrics = ", ".join(question.rubrics)
        say(
            f"  {question.kind.value}, {question.competency or 'general'}; {rubrics}; {question.target_seconds} s"
        )
        if question.guidance:
            say(textwrap.fill(question.guidance, 80, initial_indent="  ", subsequent_indent="  "))
    return ExitCode.DONE


def _check(args: argparse.Namespace, studio: Studio) -> int:
    from dataclasses import asdict

    from simulator.questions.checking import check_banks

    banks, findings = check_banks([Path(path) for path in args.paths], studio.rubric_ids())
    if args.json:
        say_json({"banks": [_listed(bank) for bank in banks], "findings": [asdict(finding) for finding in findings]})
    else:
        for finding in findings:
            say(str(finding))
        for bank in banks:
            tell(f"{bank.path}: {len(bank.questions)} questions, in order.")
        if not banks and not findings:
            tell("There is no bank file there. Bank files end in .yaml.")
    return ExitCode.DONE if banks and not findings else ExitCode.NOT_IN_ORDER


def _path(args: argparse.Namespace, studio: Studio) -> int:
    for folder in studio.bank_folders():
        say(str(folder))
    return ExitCode.DONE


_ACTIONS = {"list": _list, "show": _show, "check": _check, "path": _path}

"""`banks export` and `banks install`: banks for other programs and other people."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from simulator.commands.asked_files import write_file
from simulator.commands.formats import format_for
from simulator.console import asked, say, say_json, tell, write
from simulator.custom_rubrics import BrokenRubric, CustomRubrics
from simulator.data_files import BrokenFile
from simulator.errors import ExitCode, UserError, WrongUse
from simulator.questions.bank import Bank
from simulator.questions.exporting import ENDINGS, ExportFormat, export_text, package
from simulator.questions.installing import AlreadyThere
from simulator.services import Services
from simulator.sharing import install_shared
from simulator.texts import counted, refuse_taken

FORMATS = ("csv", "markdown", "anki", "json", "yaml", "zip")


def add_arguments(actions: Any) -> None:
    """The words of `export` and `install`."""
    exporting = actions.add_parser("export", help="a bank as CSV, Markdown, Anki, JSON, YAML or a zip to share")
    exporting.add_argument("id")
    exporting.add_argument("--format", choices=FORMATS, help="default: by the ending of --out, else Markdown")
    exporting.add_argument("--out", type=Path, help="the file to write (default: to the terminal)")
    exporting.add_argument("--interviewers", default="", help="ids to pack into the zip too, with commas")
    exporting.add_argument("--replace", action="store_true", help="write over the file of --out")
    installing = actions.add_parser("install", help="banks, rubrics and interviewers from a file, folder or zip")
    installing.add_argument("path", type=Path, metavar="PATH")
    installing.add_argument("--replace", action="store_true", help="install over yours; what you have is kept aside")
    installing.add_argument("--json", action="store_true", help="as JSON")


# export


def export(args: argparse.Namespace, services: Services) -> int:
    """Write one bank in one format."""
    bank = services.library.bank(args.id)
    by_ending = {ending: form.value for form, ending in ENDINGS.items()} | {".zip": "zip", ".yml": "yaml"}
    form = format_for(args.out, args.format, by_ending, "markdown")
    if args.interviewers and form != "zip":
        raise WrongUse("Interviewers travel in a zip only.", "Add --format zip.")
    if form == "zip":
        if args.out is None:
            raise WrongUse("A zip needs a file.", f"Add --out {bank.id}.zip.")
        content = _package(bank, [name for name in args.interviewers.split(",") if name.strip()], services)
    else:
        # A spreadsheet knows UTF-8 by the mark at the beginning.
        encoding = "utf-8-sig" if form == "csv" and args.out else "utf-8"
        content = export_text(bank, ExportFormat(form)).encode(encoding)
    if args.out is None:
        write(content.decode("utf-8"))
        return ExitCode.DONE
    _write(content, args.out, args.replace)
    tell(f"{counted(len(bank.questions), 'question')} written.")
    say(str(args.out))
    return ExitCode.DONE


def _package(bank: Bank, interviewer_ids: Sequence[str], services: Services) -> bytes:
    others: dict[Path, None] = {}
    for name in sorted({name for question in bank.questions for name in question.rubrics}):
        own = CustomRubrics().find(name)
        if isinstance(own, BrokenRubric):
            raise UserError(f"The rubric '{name}' has an error: {own}", "Mend it before you share it.")
        if own and own.path.is_relative_to(services.paths.rubrics):
            others[own.path] = None
    for name in interviewer_ids:
        path = services.interviewers.get(name.strip()).path
        if path:
            others[path] = None
    return package([bank], list(others))


def _write(content: bytes, out: Path, replacing: bool) -> None:
    if not replacing:
        refuse_taken(out, "Choose another name, or add --replace.")
    write_file(out, content)


# install


def install(args: argparse.Namespace, services: Services) -> int:
    """Check everything, then install everything, or nothing."""
    try:
        package, installed = install_shared(args.path, services, args.replace)
    except BrokenFile as broken:
        for finding in broken.findings:
            say(str(finding))
        tell("Nothing was installed.")
        return ExitCode.NOT_IN_ORDER
    except AlreadyThere as there:
        if not sys.stdin.isatty():
            raise
        tell(f"{there.message} What you have would be kept aside.")
        if (asked("Install over it? [y/N] ") or "").lower() not in ("y", "yes"):
            tell("Nothing was installed.")
            return ExitCode.DONE
        package, installed = install_shared(args.path, services, replacing=True)
    if args.json:
        say_json(
            {
                "installed": [{"kind": each.kind, "id": each.id, "path": str(each.path)} for each in installed],
                "left_out": [{"name": name, "why": why} for name, why in package.left_out],
            }
        )
        return ExitCode.DONE
    for each in installed:
        say(f"{each.kind} {each.id}: {each.path}")
        if each.instead_of:
            tell(f"What you had is {each.instead_of}.")
    for name, why in package.left_out:
        tell(f"left out: {name}: {why}")
    return ExitCode.DONE

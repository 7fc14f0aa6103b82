"""`banks export` and `banks install`: banks for other programs and other people."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from simulator.console import say, say_json, tell
from simulator.data_files import BrokenFile, Finding
from simulator.problems import ExitCode, Problem, WrongUse
from simulator.questions.bank import Bank
from simulator.studio import Studio

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


def export(args: argparse.Namespace, studio: Studio) -> int:
    """Write one bank in one format."""
    from simulator.questions.exporting import ENDINGS, ExportFormat, export_text

    bank = studio.bank(args.id)
    by_ending = {ending: form.value for form, ending in ENDINGS.items()} | {".zip": "zip", ".yml": "yaml"}
    form = args.format or (by_ending.get(args.out.suffix.lower(), "") if args.out else "markdown")
    if not form:
        raise WrongUse(f"What {args.out.name} should be is not clear from its name.", "Add --format.")
    if args.interviewers and form != "zip":
        raise WrongUse("Interviewers travel in a zip only.", "Add --format zip.")
    if form == "zip":
        if args.out is None:
            raise WrongUse("A zip needs a file.", f"Add --out {bank.id}.zip.")
        content = _package(bank, [name for name in args.interviewers.split(",") if name.strip()], studio)
    else:
        # A spreadsheet knows UTF-8 by the mark at the beginning.
        encoding = "utf-8-sig" if form == "csv" and args.out else "utf-8"
        content = export_text(bank, ExportFormat(form)).encode(encoding)
    if args.out is None:
        sys.stdout.write(content.decode("utf-8"))
        return ExitCode.DONE
    _write(content, args.out, args.replace)
    tell(f"{len(bank.questions)} questions written.")
    say(str(args.out))
    return ExitCode.DONE


def _package(bank: Bank, interviewer_ids: Sequence[str], studio: Studio) -> bytes:
    from simulator.questions.exporting import package
    from simulator.scoring.custom import BrokenRubric, find_custom

    others: dict[Path, None] = {}
    for name in sorted({name for question in bank.questions for name in question.rubrics}):
        own = find_custom(name)
        if isinstance(own, BrokenRubric):
            raise Problem(f"The rubric '{name}' has an error: {own}", "Mend it before you share it.")
        if own and own.path.is_relative_to(studio.places.rubrics):
            others[own.path] = None
    for name in interviewer_ids:
        path = studio.interviewer(name.strip()).path
        if path:
            others[path] = None
    return package([bank], list(others))


def _write(content: bytes, out: Path, replacing: bool) -> None:
    if out.exists() and not replacing:
        raise WrongUse(f"There is a file {out} already.", "Choose another name, or add --replace.")
    try:
        out.write_bytes(content)
    except OSError as error:
        raise Problem(f"{out} cannot be written: {error.strerror or error}.", "Choose another --out.") from None


# install


def install(args: argparse.Namespace, studio: Studio) -> int:
    """Check everything, then install everything, or nothing."""
    import tempfile

    from simulator.questions.installing import check_package, install_package, read_package

    package = read_package(args.path)
    if not package.files:
        for name, why in package.left_out:
            tell(f"left out: {name}: {why}")
        raise Problem(f"There is no bank, rubric or interviewer in {args.path}.", "Their files end in .yaml.")
    rubrics = [shared.id for shared in package.files if shared.kind == "rubric"]
    with tempfile.TemporaryDirectory() as folder:
        findings = check_package(package, _checks([*studio.rubric_ids(), *rubrics]), Path(folder))
    if findings:
        for finding in findings:
            say(str(finding))
        tell("Nothing was installed.")
        return ExitCode.NOT_IN_ORDER
    places = studio.places
    folders = {"bank": places.banks, "rubric": places.rubrics, "interviewer": places.interviewers}
    installed = install_package(package, folders, _known(studio), args.replace)
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


def _checks(rubrics: Sequence[str]) -> dict[str, Any]:
    from simulator.interview.interviewer import read_interviewer
    from simulator.questions.checking import check_banks
    from simulator.scoring.rubric_check import check_rubric

    def interviewer(path: Path) -> Sequence[Finding]:
        try:
            read_interviewer(path)
        except BrokenFile as broken:
            return broken.findings
        return ()

    return {
        "bank": lambda path: check_banks([path], rubrics).findings,
        "rubric": check_rubric,
        "interviewer": interviewer,
    }


def _known(studio: Studio) -> dict[tuple[str, str], Path]:
    """The user's own files by what they are and their ids."""
    from simulator.interview.interviewer import find_interviewers
    from simulator.scoring.custom import custom_rubrics

    places = studio.places
    known: dict[tuple[str, str], Path] = {}
    for bank in studio.banks():
        if isinstance(bank, Bank) and bank.path and bank.path.parent == places.banks:
            known["bank", bank.id] = bank.path
    for person in find_interviewers([places.interviewers]):
        if person.path:
            known["interviewer", person.id] = person.path
    for rubric in custom_rubrics():
        if rubric.path.parent == places.rubrics:
            known.setdefault(("rubric", rubric.id), rubric.path)
    return known

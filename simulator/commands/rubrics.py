"""`rubrics`: list the rubrics there are, or check rubric files."""

import argparse
from dataclasses import asdict
from pathlib import Path

from simulator.console import say, say_json, tell
from simulator.custom_rubrics import BrokenRubric, CustomRubrics, rubric_files, same_id
from simulator.data_files import BrokenFile, Finding
from simulator.errors import ExitCode, WrongUse
from simulator.paths import user_paths
from simulator.questions.bank_files import RUBRICS
from simulator.scoring.rubric import Rubric
from simulator.scoring.rubric_check import read_checked_rubric
from simulator.scoring.rubric_words import ShippedRubric, shipped_rubric
from simulator.texts import not_there

SUMMARY = "The rubrics that answers are judged by: list them, or check a file of yours."
EXAMPLE = "second-round rubrics check my_rubric.yaml"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `rubrics`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="the rubrics that come with the app, and yours")
    listing.add_argument("--json", action="store_true", help="as JSON, with levels and anchors")
    check = actions.add_parser("check", help="say everything that is wrong with rubric files")
    check.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="a rubric file, or a folder of them")
    check.add_argument("--json", action="store_true", help="as JSON")


def run(args: argparse.Namespace) -> int:
    """List or check. Exit status 1 where something is not in order."""
    return _list(args.json) if args.action == "list" else _check(args.paths, args.json)


def _list(as_json: bool) -> int:
    rubrics: list[ShippedRubric | Rubric] = [shipped_rubric(name) for name in RUBRICS]
    broken: list[BrokenRubric] = []
    for own in CustomRubrics().all():
        if isinstance(own, BrokenRubric):
            broken.append(own)
        else:
            rubrics.append(own.rubric)
    if as_json:
        entries = [_document(rubric) for rubric in rubrics]
        say_json([*entries, *({"id": each.id, "file": str(each.path), "broken": str(each)} for each in broken)])
    else:
        for rubric in rubrics:
            say(f"{rubric.id}: {rubric.title}. {rubric.description}".rstrip())
            for level in rubric.levels:
                say(f"  {level.level} {level.name}: {level.anchor}")
            say(f"  {rubric.path}")
        for each in broken:
            say(f"{each.id}: broken: {each}")
        tell(f"Your own go into {user_paths().rubrics}.")
    return ExitCode.NOT_IN_ORDER if broken else ExitCode.DONE


def _document(rubric: ShippedRubric | Rubric) -> dict[str, object]:
    return {
        "id": rubric.id,
        "title": rubric.title,
        "description": rubric.description,
        "file": str(rubric.path),
        "broken": None,
        "levels": {level.level: {"name": level.name, "anchor": level.anchor} for level in rubric.levels},
    }


def _check(paths: list[Path], as_json: bool) -> int:
    files: list[Path] = []
    for path in paths:
        if not path.exists():
            raise not_there(path, "file or folder")
        files.extend(rubric_files(path) if path.is_dir() else [path])
    if not files:
        raise WrongUse(f"No rubric file in {', '.join(map(str, paths))}.", "Rubric files end in .yaml.")
    findings: list[Finding] = []
    seen: dict[str, Path] = {}
    for path in files:
        try:
            rubric = read_checked_rubric(path)
        except BrokenFile as broken:
            findings.extend(broken.findings)
            continue
        if rubric.id in seen:
            findings.append(same_id(path, rubric.id, seen[rubric.id]))
        seen.setdefault(rubric.id, path)
    if as_json:
        say_json([asdict(each) for each in findings])
    else:
        for finding in findings:
            say(str(finding))
        if not findings:
            say(f"{'All rubrics are' if len(files) > 1 else 'The rubric is'} in order.")
    return ExitCode.NOT_IN_ORDER if findings else ExitCode.DONE

"""`rubrics`: list the rubrics there are, or check rubric files."""

import argparse
from pathlib import Path

from simulator.console import say, say_json, tell
from simulator.problems import ExitCode, Problem, WrongUse
from simulator.scoring.rubric import Rubric, read_rubric, shipped_rubric

SUMMARY = "The rubrics that answers are judged by: list them, or check a file of yours."
EXAMPLE = "second-round rubrics check my_rubric.yaml"

SHIPPED = ("examples", "motivation", "questions")


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
    from simulator.scoring.custom import custom_files

    rubrics: list[Rubric] = [shipped_rubric(name) for name in SHIPPED]
    broken = 0
    for path in custom_files():
        try:
            rubrics.append(read_rubric(path))
        except Problem as problem:
            broken += 1
            tell(str(problem))
    if as_json:
        say_json(
            [
                {
                    "id": rubric.id,
                    "title": rubric.title,
                    "description": rubric.description,
                    "file": str(rubric.path),
                    "levels": {level.level: {"name": level.name, "anchor": level.anchor} for level in rubric.levels},
                }
                for rubric in rubrics
            ]
        )
    else:
        for rubric in rubrics:
            say(f"{rubric.id}: {rubric.title}. {rubric.description}")
            for level in rubric.levels:
                say(f"  {level.level} {level.name}: {level.anchor}")
            say(f"  {rubric.path}")
    return ExitCode.NOT_IN_ORDER if broken else ExitCode.DONE


def _check(paths: list[Path], as_json: bool) -> int:
    from simulator.scoring.custom import ENDINGS
    from simulator.scoring.rubric_check import check_rubric

    files: list[Path] = []
    for path in paths:
        if not path.exists():
            raise WrongUse(f"There is no {path}.", "Check its name.")
        files.extend(sorted(each for each in path.iterdir() if each.suffix in ENDINGS) if path.is_dir() else [path])
    if not files:
        raise WrongUse(f"No rubric file in {', '.join(map(str, paths))}.", "Rubric files end in .yaml.")
    findings = [finding for path in files for finding in check_rubric(path)]
    if as_json:
        say_json(
            [
                {
                    "path": each.path,
                    "line": each.line,
                    "column": each.column,
                    "what": each.what,
                    "instead": each.instead,
                }
                for each in findings
            ]
        )
    else:
        for finding in findings:
            say(str(finding))
        if not findings:
            say(f"{'All rubrics are' if len(files) > 1 else 'The rubric is'} in order.")
    return ExitCode.NOT_IN_ORDER if findings else ExitCode.DONE

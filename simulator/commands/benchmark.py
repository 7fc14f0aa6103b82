"""`benchmark scoring`: how well answers are read and scored, on answers that nothing was trained on.

The measuring and its data lie in a source checkout (tests/reading_model); an installed app has neither.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from simulator.errors import MissingPart, WrongUse

SUMMARY = "Measure the reader and the scorer: labels, levels, gaming, speed."
EXAMPLE = "second-round benchmark scoring --rated ../rated-answers"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `benchmark`."""
    parser.add_argument("what", choices=["scoring"], help="what to measure")
    parser.add_argument("--rated", metavar="FOLDER", type=Path, help="rated answers: answers.json, ratings-*.json")
    parser.add_argument(
        "--only", metavar="PARTS", default="", help="reading, baselines, agreement, rated, gaming, cost; by comma"
    )
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")


def run(args: argparse.Namespace) -> int:
    """Measure and print everything for which there is data."""
    checkout = Path(__file__).resolve().parent.parent.parent
    if not (checkout / "tests" / "reading_model" / "measure.py").is_file():
        raise MissingPart(
            "The answers to measure with come with the source only.",
            "Get the source, and run 'python3 run.py benchmark scoring' in it.",
        )
    if args.rated and not (args.rated / "answers.json").is_file():
        raise WrongUse(f"There is no answers.json in {args.rated}.", "Give the folder that holds it.")
    command = [sys.executable, "-m", "tests.reading_model.measure"]
    if args.rated:
        command += ["--rated", str(args.rated.absolute())]
    if args.only:
        command += ["--only", args.only]
    if args.json:
        command.append("--json")
    return subprocess.call(command, cwd=checkout, env={**os.environ, "PYTHONPATH": str(checkout)})

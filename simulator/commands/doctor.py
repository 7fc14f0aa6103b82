"""`doctor`: what works here, what does not, and how to fix it."""

import argparse
import json
import shutil
import textwrap
from dataclasses import asdict
from pathlib import Path

from simulator import __version__
from simulator.commands.asked_files import write_file
from simulator.console import say, say_json, tell
from simulator.doctor import CheckedPart, Findings, State, check_parts
from simulator.doctor_report import report
from simulator.errors import ExitCode
from simulator.paths import user_paths
from simulator.speech.quiet import native_stderr_dropped

SUMMARY = (
    "Try every part: what is ready, what is missing, and how to get it. A sentence is spoken aloud. "
    "Exit status 0 when a typed interview works from start to end, 3 when something it needs is missing."
)
EXAMPLE = "second-round doctor --json"

WORDS = {State.READY: "ready", State.ATTENTION: "look", State.MISSING: "missing"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `doctor`."""
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    parser.add_argument(
        "--report", metavar="FILE", type=Path,
        help="also write versions and figures, without names and paths, to a file that can be handed on",
    )  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """Look, and tell what was found."""
    # Sound libraries go on in threads of their own, and print, after each part was looked at.
    with native_stderr_dropped():
        findings = check_parts()
        if args.json:
            say_json(as_json(findings))
        else:
            say(as_text(findings, shutil.get_terminal_size().columns))
    if args.report:
        _write_report(findings, args.report)
    return ExitCode.DONE if findings.typed_interview else ExitCode.MISSING


def _write_report(findings: Findings, path: Path) -> None:
    text = json.dumps(report(findings, user_paths()), indent=2, ensure_ascii=False)
    write_file(path, (text + "\n").encode(errors="replace"), "Name another file.")
    tell(f"{path} holds versions and figures, and no names or paths. Look through it before you hand it on.")


def as_json(findings: Findings) -> dict[str, object]:
    """The findings as `--json` gives them."""
    return {
        "version": __version__,
        "typed_interview": findings.typed_interview,
        "spoken_interview": findings.spoken_interview,
        "parts": [asdict(part) for part in findings.parts],
    }


def as_text(findings: Findings, width: int) -> str:
    """The findings for reading, `width` characters wide at most."""
    lines = [f"Second Round {__version__}", ""]
    for part in findings.parts:
        lines += _part(part, min(width, 110))
    return "\n".join([*lines, "", *textwrap.wrap(_summary(findings), min(width, 110))])


def _part(part: CheckedPart, width: int) -> list[str]:
    first = f"  {WORDS[part.state]:<8} {part.label:<16} "
    rest = " " * len(first)
    lines: list[str] = []
    for text in filter(None, (*part.detail.splitlines(), part.hint)):
        # Commands and paths are there to be copied, so they are not broken at their hyphens.
        lines += textwrap.wrap(
            text,
            max(width, 60),
            initial_indent=rest if lines else first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
    return lines or [first.rstrip()]


def _summary(findings: Findings) -> str:
    if not findings.typed_interview:
        missing = [part.label for part in findings.parts if part.needed and part.state is State.MISSING]
        return f"An interview does not work yet. Missing: {', '.join(missing)}."
    if findings.spoken_interview:
        return "Everything for an interview is there, spoken or typed."
    missing = [part.label.lower() for part in findings.missing_for_speech]
    return f"An interview with typed answers works. For speaking, this is missing: {', '.join(missing)}."

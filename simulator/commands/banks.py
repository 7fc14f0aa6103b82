"""`banks`: list, show, search, compare, check, make, import, change, export and install question banks."""

import argparse
import textwrap
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from simulator.commands import banks_changing, banks_making, banks_sharing
from simulator.console import say, say_json, tell
from simulator.custom_rubrics import BrokenRubric, CustomRubrics
from simulator.data_files import begun, nearest, shown
from simulator.errors import ExitCode, UserError
from simulator.questions.bank import Bank, Kind, Question
from simulator.questions.bank_files import BrokenBank
from simulator.questions.checking import check_banks
from simulator.questions.exporting import bank_document, question_document
from simulator.questions.likeness import questions_like
from simulator.questions.schema import bank_schema
from simulator.questions.search import QuestionHit, QuestionIndex
from simulator.services import Services
from simulator.texts import counted

SUMMARY = "Question banks: list, show, search, compare, check, make, import, change, export, install; where they lie."
EXAMPLE = """second-round banks import questions.csv
  second-round banks like weakness
  second-round banks check my-questions.yaml
  second-round banks export first-round-general --format anki --out cards.txt"""

MOST_NOTES = 20
"""Notes that `check` prints; the rest is counted."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions of `banks`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="all banks, broken ones too")
    listing.add_argument("--json", action="store_true", help="as JSON")
    show = actions.add_parser("show", help="the questions of one bank")
    show.add_argument("id")
    show.add_argument("--json", action="store_true", help="as JSON")
    search = actions.add_parser("search", help="questions in all banks by their words")
    search.add_argument(
        "words", nargs="+", metavar="WORD", help="all of them must be there; a part of a word will do"
    )
    search.add_argument("--kind", choices=[kind.value for kind in Kind], help="only questions of this kind")
    search.add_argument("--competency", default="", help="only questions about this, such as teamwork")
    search.add_argument("--json", action="store_true", help="as JSON")
    like = actions.add_parser("like", help="the questions of all banks that mean nearly the same as one")
    like.add_argument("question", nargs="+", metavar="QUESTION", help="a question's id, or its words")
    like.add_argument("--json", action="store_true", help="as JSON")
    check = actions.add_parser("check", help="everything that is wrong in bank files, with its place")
    check.add_argument("paths", nargs="+", metavar="PATH", help="files or folders", type=Path)
    check.add_argument("--json", action="store_true", help="as JSON")
    check.add_argument("--quiet", action="store_true", help="errors only, no notes")
    banks_making.add_arguments(actions)
    banks_changing.add_arguments(actions)
    banks_sharing.add_arguments(actions)
    actions.add_parser("schema", help="the JSON Schema of banks, for editors")
    actions.add_parser("path", help="the folders in which banks are looked for")


def run(args: argparse.Namespace) -> int:
    """Do one action."""
    services = Services()
    try:
        return _ACTIONS[args.action](args, services)
    finally:
        services.close()


def _list(args: argparse.Namespace, services: Services) -> int:
    banks = services.library.banks()
    if args.json:
        say_json([_listed(bank) for bank in banks])
        return ExitCode.DONE
    wide = max((len(bank.id) for bank in banks), default=0)
    for bank in banks:
        if isinstance(bank, Bank):
            whose = "" if bank.shipped else "  (yours)"
            number, what = counted(len(bank.questions), "question").split()
            say(f"{bank.id:<{wide}} {number:>6} {what:<9}  {bank.title}{whose}")
        else:
            say(f"{bank.id:<{wide}} broken: {bank}")
    return ExitCode.DONE


def _listed(bank: Bank | BrokenBank) -> dict[str, object]:
    if isinstance(bank, BrokenBank):
        return {"id": bank.id, "path": str(bank.path), "broken": str(bank)}
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


def _show(args: argparse.Namespace, services: Services) -> int:
    bank = services.library.bank(args.id)
    if args.json:
        say_json(bank_document(bank) | {"path": str(bank.path), "shipped": bank.shipped})
        return ExitCode.DONE
    say(f"{bank.title} ({bank.id}), {counted(len(bank.questions), 'question')}")
    if bank.description:
        say(textwrap.fill(bank.description, 80))
    for question in bank.questions:
        say()
        _say_question(question)
    return ExitCode.DONE


def _say_question(question: Question) -> None:
    say(textwrap.fill(f"{question.id}: {question.ask}", 80, subsequent_indent="  "))
    about = f"{question.kind.value}, {question.competency or 'general'}"
    say(f"  {about}; scored by {', '.join(question.rubrics)}; {question.target_seconds} s")
    if question.guidance:
        say(textwrap.fill(question.guidance, 80, initial_indent="  ", subsequent_indent="  "))
    for probe, words in question.probes.items():
        say(textwrap.fill(f"no {probe.value}: {words}", 80, initial_indent="  ", subsequent_indent="    "))
    if question.tags:
        say(f"  tags: {', '.join(question.tags)}")
    for example in question.examples:
        what = "a weak answer" if example.weak else "a strong answer"
        remark = f" ({example.remark})" if example.remark else ""
        words = f"{what}, {example.who}: {example.answer}{remark}"
        say(textwrap.fill(words, 80, initial_indent="  ", subsequent_indent="    "))


def _search(args: argparse.Namespace, services: Services) -> int:
    index = QuestionIndex(bank for bank in services.library.banks() if isinstance(bank, Bank))
    hits = index.search(" ".join(args.words), Kind(args.kind) if args.kind else None, args.competency)
    if args.json:
        say_json([{"bank": hit.bank.id, **question_document(hit.question)} for hit in hits])
    else:
        for hit in hits:
            say(textwrap.fill(f"{hit.bank.id} {hit.question.id}: {hit.question.ask}", 100, subsequent_indent="  "))
        if not hits:
            tell(f"None of {len(index)} questions has these words.")
    return ExitCode.DONE if hits else ExitCode.NOT_IN_ORDER


def _like(args: argparse.Namespace, services: Services) -> int:
    index = QuestionIndex(bank for bank in services.library.banks() if isinstance(bank, Bank))
    hits = index.search("")
    found = questions_like(_asked(" ".join(args.question), hits), hits)
    if args.json:
        say_json(
            [
                {"bank": like.hit.bank.id, "likeness": like.cosine, "degree": like.degree}
                | question_document(like.hit.question)
                for like in found
            ]
        )
        return ExitCode.DONE
    for like in found:
        words = f"{like.degree}: {like.hit.bank.id} {like.hit.question.id}: {like.hit.question.ask}"
        say(textwrap.fill(words, 100, subsequent_indent="  "))
    if not found:
        tell(f"None of {len(index)} questions comes near it.")
    return ExitCode.DONE


def _asked(named: str, hits: Sequence[QuestionHit]) -> str:
    """The words of the question that is named by its id, or by its words themselves."""
    if len(named.split()) > 1:
        return named
    asks = {hit.question.id: hit.question.ask for hit in reversed(hits)}
    found = begun(named, asks, "questions")
    if found is None:
        raise UserError(
            f"There is no question '{shown(named)}'.", nearest(named, asks) or "'banks search WORD' finds questions."
        )
    return asks[found]


def _check(args: argparse.Namespace, services: Services) -> int:
    checked = check_banks(args.paths, services.rubrics.ids(), notes=not args.quiet)
    if args.json:
        say_json(
            {
                "banks": [_listed(bank) for bank in checked.banks],
                "findings": [asdict(finding) for finding in checked.findings],
                "notes": list(checked.notes),
            }
        )
    else:
        for finding in checked.findings:
            say(str(finding))
        for note in checked.notes[:MOST_NOTES]:
            tell(f"note: {note}")
        if len(checked.notes) > MOST_NOTES:
            tell(f"note: and {len(checked.notes) - MOST_NOTES} more; --json shows all.")
        if not args.quiet:
            _tell_of_broken_rubrics(checked.banks)
        for bank in checked.banks:
            tell(f"{bank.path}: {counted(len(bank.questions), 'question')}, in order.")
        if not checked.banks and not checked.findings:
            tell("There is no bank file there. Bank files end in .yaml.")
    return ExitCode.DONE if checked.banks and not checked.findings else ExitCode.NOT_IN_ORDER


def _tell_of_broken_rubrics(banks: Sequence[Bank]) -> None:
    """A rubric with an error is no error of the bank that names it, but its answers are not scored by it."""
    named = {name for bank in banks for question in bank.questions for name in question.rubrics}
    for rubric in CustomRubrics().all():
        if isinstance(rubric, BrokenRubric) and rubric.id in named:
            tell(f"note: the rubric '{rubric.id}' has an error: {rubric}")


def _schema(args: argparse.Namespace, services: Services) -> int:
    say(bank_schema().rstrip())
    return ExitCode.DONE


def _path(args: argparse.Namespace, services: Services) -> int:
    for folder in services.library.bank_folders():
        say(str(folder))
    return ExitCode.DONE


_ACTIONS = {
    "list": _list,
    "show": _show,
    "search": _search,
    "like": _like,
    "check": _check,
    "new": banks_making.new,
    "import": banks_making.import_file,
    "rename": banks_changing.rename,
    "merge": banks_changing.merge,
    "reorder": banks_changing.reorder,
    "export": banks_sharing.export,
    "install": banks_sharing.install,
    "schema": _schema,
    "path": _path,
}

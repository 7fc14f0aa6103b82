"""`sessions`: look at past sessions, search, export and delete them."""

import argparse
import sys
from pathlib import Path

from simulator.console import say, say_json, tell
from simulator.places import private_opener
from simulator.problems import ExitCode, Problem, WrongUse
from simulator.studio import Studio

SUMMARY = "Look at past sessions: list, show, search, export, delete."
EXAMPLE = "second-round sessions export 20261123 --format html --out practice.html"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions of `sessions`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="the latest sessions")
    listing.add_argument("--limit", type=int, default=20, metavar="N")
    listing.add_argument("--bank", default="", metavar="ID")
    listing.add_argument("--json", action="store_true")
    show = actions.add_parser("show", help="one session's report")
    show.add_argument("id", help="its id, or the beginning of it")
    show.add_argument("--json", action="store_true")
    export = actions.add_parser("export", help="a session as a file")
    export.add_argument("id")
    export.add_argument("--format", choices=("md", "html", "json", "csv", "vtt"), default="md")
    export.add_argument("--out", metavar="FILE", help="default: standard output")
    export.add_argument("--without-words", action="store_true", help="levels only, nothing that was said")
    delete = actions.add_parser("delete", help="remove a session and its recordings")
    delete.add_argument("id")
    search = actions.add_parser("search", help="find words in questions and answers")
    search.add_argument("words", nargs="+")
    search.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """Do one action."""
    studio = Studio()
    try:
        return _ACTIONS[args.action](args, studio)
    finally:
        studio.close()


def _list(args: argparse.Namespace, studio: Studio) -> int:
    from dataclasses import asdict

    summaries = studio.store.summaries(limit=max(1, args.limit), bank_id=args.bank)
    if args.json:
        say_json([asdict(summary) for summary in summaries])
        return ExitCode.DONE
    if not summaries:
        tell("There are no sessions yet. 'second-round practice' makes the first one.")
    for summary in summaries:
        levels = "  ".join(f"{name} {level:.1f}" for name, level in summary.levels.items())
        marks = [mark for mark, on in (("sample", summary.sample), ("not finished", not summary.finished)) if on]
        noted = f"  ({', '.join(marks)})" if marks else ""
        when = summary.started_at[:16].replace("T", " ")
        say(f"{summary.id}  {when}  {summary.bank_title}, {summary.mode.value}  {levels}{noted}")
    return ExitCode.DONE


def _show(args: argparse.Namespace, studio: Studio) -> int:
    from simulator.sessions.export import as_json
    from simulator.sessions.report import as_text, feedback_text, session_report

    session = studio.store.session(args.id)
    if args.json:
        say_json(as_json(session))
        return ExitCode.DONE
    say(as_text(session_report(session)))
    for answer in session.answers:
        say()
        say(
            f"{answer.position + 1}. {answer.question.ask}"
            + (f" (attempt {answer.attempt})" if answer.attempt > 1 else "")
        )
        if answer.skipped:
            say("   Skipped.")
            continue
        say(f"   {answer.transcript.text or '(nothing was understood)'}")
        say(feedback_text(answer))
    return ExitCode.DONE


def _export(args: argparse.Namespace, studio: Studio) -> int:
    from simulator.sessions.export import Format, export

    text = export(studio.store.session(args.id), Format(args.format), words=not args.without_words)
    if not args.out:
        sys.stdout.write(text)
        return ExitCode.DONE
    path = Path(args.out)
    try:
        with open(path, "w", encoding="utf-8", newline="", opener=private_opener) as file:
            file.write(text)
    except OSError as error:
        raise Problem(f"{path} cannot be written: {error.strerror or error}.", "Choose another place.") from None
    tell(f"Written to {path}.")
    return ExitCode.DONE


def _delete(args: argparse.Namespace, studio: Studio) -> int:
    session = studio.store.delete(args.id)
    studio.purge_deleted()
    tell(f"The session {session.id} and its recordings are deleted.")
    return ExitCode.DONE


def _search(args: argparse.Namespace, studio: Studio) -> int:
    from dataclasses import asdict

    words = " ".join(args.words)
    if not words.strip():
        raise WrongUse("Search for what?", "Give one or more words.")
    hits = studio.store.search(words)
    if args.json:
        say_json([asdict(hit) for hit in hits])
        return ExitCode.DONE
    if not hits:
        tell(f"Nothing with '{words}' was asked or said.")
    for hit in hits:
        say(f"{hit.session_id}  {hit.question}\n    {hit.context}")
    return ExitCode.DONE


_ACTIONS = {"list": _list, "show": _show, "export": _export, "delete": _delete, "search": _search}

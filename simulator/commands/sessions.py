"""`sessions`: look at past sessions, search, compare, export, import, delete and wipe them."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.console import say, say_json, tell
from simulator.places import private_folder, private_opener
from simulator.problems import ExitCode, Problem, WrongUse
from simulator.studio import Studio

if TYPE_CHECKING:
    from simulator.sessions.session import Answer, Session

SUMMARY = "Look at past sessions: list, show, search, progress, compare, export, import, delete, wipe."
EXAMPLE = "second-round sessions export 20261123 --format html --out practice.html"
WIPE_WORD = "wipe"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions of `sessions`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="the latest sessions")
    listing.add_argument("--limit", type=int, default=20, metavar="N")
    listing.add_argument("--bank", default="", metavar="ID")
    listing.add_argument("--job", default="", metavar="ID")
    listing.add_argument("--question", default="", metavar="ID", help="only sessions in which it was asked")
    listing.add_argument("--rubric", default="", metavar="ID", help="only sessions with a level in it")
    listing.add_argument("--since", default="", metavar="DATE", help="2026-11-23, or the beginning of a date")
    listing.add_argument("--until", default="", metavar="DATE")
    listing.add_argument("--sort", choices=("newest", "oldest", "best", "weakest"), default="newest")
    listing.add_argument("--json", action="store_true")
    show = actions.add_parser("show", help="one session's report")
    show.add_argument("id", help="its id, or the beginning of it")
    show.add_argument("--json", action="store_true")
    search = actions.add_parser("search", help="find words in questions and answers")
    search.add_argument("words", nargs="+")
    search.add_argument("--limit", type=int, default=50, metavar="N")
    search.add_argument("--json", action="store_true")
    progress = actions.add_parser("progress", help="levels over time, and what to practise next")
    progress.add_argument("--json", action="store_true")
    compare = actions.add_parser("compare", help="two attempts at a question: what was gained and lost")
    compare.add_argument("answers", nargs="+", metavar="ANSWER", help="two answer ids, or one session for all in it")
    _add_export(actions.add_parser("export", help="a session as a file, or the whole history"))
    importing = actions.add_parser("import", help="take in a history, or one session's JSON")
    importing.add_argument("file")
    importing.add_argument(
        "--replace", action="store_true", help="where a session is here and differs, take the file's"
    )
    importing.add_argument("--json", action="store_true")
    delete = actions.add_parser("delete", help="remove a session and its recordings")
    delete.add_argument("id")
    wipe = actions.add_parser("wipe", help="remove every session, recording, document and export")
    wipe.add_argument("--yes", action="store_true", help="do not ask")


def _add_export(export: argparse.ArgumentParser) -> None:
    export.add_argument("id", nargs="?", help="its id, or the beginning of it")
    export.add_argument("--all", action="store_true", help="the whole history as one ZIP file, with the recordings")
    export.add_argument("--format", choices=("md", "html", "json", "csv", "vtt", "srt", "sound"), default="md")
    export.add_argument("--out", metavar="FILE", help="default: standard output; for sound and --all: a name is made")
    export.add_argument("--with-sound", action="store_true", help="html: the recordings inside the page")
    export.add_argument(
        "--without",
        action="append",
        choices=("words", "sound"),
        default=[],
        help="words: levels only, nothing that was said. sound: no recordings",
    )
    export.add_argument("--without-words", action="append_const", dest="without", const="words", help="the same")


def run(args: argparse.Namespace) -> int:
    """Do one action."""
    studio = Studio()
    try:
        if args.action != "wipe":
            tell_forgotten(studio)
        return _ACTIONS[args.action](args, studio)
    finally:
        studio.close()


def tell_forgotten(studio: Studio) -> None:
    """Remove recordings older than the settings wish, and say so where there were any.

    Raises Problem when one cannot be removed.
    """
    gone = studio.forget_old_recordings()
    if gone.files:
        tell(
            f"Recordings older than {studio.settings.keep_recordings_days} days were removed, as your settings wish: "
            f"{gone.files} ({megabytes(gone.size)}). Words and scores stay."
        )


def megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"


def _tell_size(studio: Studio) -> None:
    """How much the recordings take, and how long they are kept."""
    from simulator.sessions.forgetting import recordings_size

    kept, days = recordings_size(studio.places.recordings), studio.settings.keep_recordings_days
    if kept.files:
        until = f"for {days} days" if days else "until you delete them"
        tell(f"Recordings: {kept.files}, {megabytes(kept.size)}, kept {until} (keep_recordings_days).")


def _list(args: argparse.Namespace, studio: Studio) -> int:
    from dataclasses import asdict

    summaries = studio.store.summaries(
        limit=max(1, args.limit),
        bank_id=args.bank,
        job_id=args.job,
        question_id=args.question,
        rubric=args.rubric,
        since=args.since,
        # "2026-11" means up to the end of November.
        until=f"{args.until}\uffff" if args.until else "",
        sort=args.sort,
    )
    if args.json:
        say_json([asdict(summary) for summary in summaries])
        return ExitCode.DONE
    if not summaries:
        filtered = any((args.bank, args.job, args.question, args.rubric, args.since, args.until))
        tell(
            "No session fits."
            if filtered
            else "There are no sessions yet. 'second-round practice' makes the first one."
        )
    for summary in summaries:
        levels = "  ".join(f"{name} {level:.1f}" for name, level in summary.levels.items())
        marks = [mark for mark, on in (("sample", summary.sample), ("not finished", not summary.finished)) if on]
        noted = f"  ({', '.join(marks)})" if marks else ""
        when = summary.started_at[:16].replace("T", " ")
        say(f"{summary.id}  {when}  {summary.bank_title}, {summary.mode.value}  {levels}{noted}")
    _tell_size(studio)
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


def _search(args: argparse.Namespace, studio: Studio) -> int:
    from dataclasses import asdict

    words = " ".join(args.words)
    if not words.strip():
        raise WrongUse("Search for what?", "Give one or more words.")
    hits = studio.store.search(words, max(1, args.limit))
    if args.json:
        say_json([asdict(hit) for hit in hits])
        return ExitCode.DONE
    if not hits:
        tell(f"Nothing with '{words}' was asked or said.")
    for hit in hits:
        say(f"{hit.session_id}  {hit.question}\n    {hit.context}")
    return ExitCode.DONE


def _progress(args: argparse.Namespace, studio: Studio) -> int:
    from dataclasses import asdict
    from datetime import datetime

    from simulator.sessions.progress import progress, progress_text

    found = progress(studio.store, datetime.now().astimezone().date())
    if args.json:
        say_json(asdict(found))
    else:
        say(progress_text(found))
    return ExitCode.DONE


def _compare(args: argparse.Namespace, studio: Studio) -> int:
    from simulator.sessions.comparing import compare, comparison_text

    pairs: list[tuple[Answer, Answer]] = []
    match args.answers:
        case [session_id]:
            pairs.extend(_attempts(studio.store.session(session_id)))
            if not pairs:
                raise Problem("No question was tried twice in this session.", "Give two answer ids: SESSION/01-1.")
        case [before, after]:
            pairs.append((studio.store.answer(before), studio.store.answer(after)))
        case _:
            raise WrongUse("Two attempts are compared.", "Give two answer ids, or one session.")
    for number, (before, after) in enumerate(pairs):
        if number:
            say()
        say(comparison_text(compare(before, after)))
    return ExitCode.DONE


def _attempts(session: "Session") -> "list[tuple[Answer, Answer]]":
    """The first and the last attempt at each question that was tried more than once."""
    tried: dict[int, list[Answer]] = {}
    for answer in session.answers:
        if not answer.skipped:
            tried.setdefault(answer.position, []).append(answer)
    return [(answers[0], answers[-1]) for answers in tried.values() if len(answers) > 1]


# Out and in.


def _export(args: argparse.Namespace, studio: Studio) -> int:
    from simulator.sessions.export import Format, export, sounds_in

    if args.all:
        if args.id or "words" in args.without:
            raise WrongUse("--all takes the whole history.", "Leave out the id and '--without words'.")
        return _export_all(args, studio)
    if not args.id:
        raise WrongUse("Which session?", "Give its id, or --all.")
    session = studio.store.session(args.id)
    if args.format == "sound":
        if args.without:
            raise WrongUse("The recordings are words and sound.", "Choose another --format.")
        return _export_sound(args, studio, session)
    sound = args.with_sound and "sound" not in args.without
    sound_of = sounds_in(studio.places.recordings) if sound else None
    text = export(session, Format(args.format), "words" not in args.without, sound_of)
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


def _export_all(args: argparse.Namespace, studio: Studio) -> int:
    from datetime import datetime

    from simulator.sessions.archive import write_archive

    name = f"second-round-history-{datetime.now().astimezone():%Y%m%d-%H%M%S}.zip"
    path = Path(args.out) if args.out else private_folder(studio.places.exports) / name
    counted = write_archive(studio.store, studio.places.recordings, path, "sound" not in args.without)
    tell(
        f"{counted.sessions} sessions, {counted.recordings} recordings and {counted.documents} documents written "
        f"to {path}."
    )
    say(str(path))
    return ExitCode.DONE


def _export_sound(args: argparse.Namespace, studio: Studio, session: "Session") -> int:
    from simulator.sessions.sound_copies import copy_recordings

    folder = Path(args.out) if args.out else private_folder(studio.places.exports) / session.id
    copied = copy_recordings(session, studio.places.recordings, folder)
    if not copied:
        raise Problem(
            f"The session {session.id} has no recordings.", "Typed answers have none, and old ones may be gone."
        )
    for path in copied:
        say(str(path))
    return ExitCode.DONE


def _import(args: argparse.Namespace, studio: Studio) -> int:
    from dataclasses import asdict

    from simulator.sessions.archive import read_archive

    counted = read_archive(Path(args.file), studio.store, studio.places.recordings, args.replace)
    if args.json:
        say_json(asdict(counted))
    else:
        say(
            f"Taken in: {counted.sessions} sessions, {counted.recordings} recordings, {counted.documents} documents."
            + (f" {counted.known} sessions were here already." if counted.known else "")
        )
    if counted.different:
        names = ", ".join(counted.different)
        tell(f"Here already and different, left as they are: {names}. --replace takes the file's.")
        return ExitCode.NOT_IN_ORDER
    return ExitCode.DONE


def _delete(args: argparse.Namespace, studio: Studio) -> int:
    session = studio.store.delete(args.id)
    studio.purge_deleted()
    tell(f"The session {session.id} and its recordings are deleted.")
    return ExitCode.DONE


def _wipe(args: argparse.Namespace, studio: Studio) -> int:
    from simulator.sessions.forgetting import private_leftovers, wipe

    there = private_leftovers(studio.places)
    if not there:
        tell(f"There is nothing to remove in {studio.places.data}.")
        return ExitCode.DONE
    if not args.yes:
        _ask_to_wipe(there)
    studio.close()
    gone = wipe(studio.places)
    tell(
        f"Removed {gone.files} files ({gone.size / 1_000_000:.1f} MB); looked again: nothing of your practice is "
        f"left in {studio.places.data}. Settings, question banks and speech models stay."
    )
    return ExitCode.DONE


def _ask_to_wipe(there: list[Path]) -> None:
    tell("This removes for good all sessions, recordings, jobs, stories, letters and exports:")
    for path in there:
        tell(f"  {path}")
    if not sys.stdin.isatty():
        raise WrongUse("Nothing was removed: nobody is here to be asked.", "Add --yes to do it all the same.")
    tell(f"Type '{WIPE_WORD}' to do it; anything else leaves everything as it is.")
    if sys.stdin.readline().strip() != WIPE_WORD:
        raise Problem("Nothing was removed.")


_ACTIONS = {
    "list": _list,
    "show": _show,
    "search": _search,
    "progress": _progress,
    "compare": _compare,
    "export": _export,
    "import": _import,
    "delete": _delete,
    "wipe": _wipe,
}

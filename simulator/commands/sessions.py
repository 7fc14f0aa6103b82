"""`sessions`: look at past sessions, search, compare, export, import, delete and wipe them."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.commands.formats import format_for
from simulator.console import asked, say, say_json, tell, write
from simulator.errors import ExitCode, UserError, WrongUse, as_started
from simulator.paths import private_folder, private_opener
from simulator.services import Services
from simulator.texts import counted

if TYPE_CHECKING:
    from simulator.sessions.session import Answer, Session

SUMMARY = "Look at past sessions: list, show, search, progress, compare, export, import, rescore, delete, wipe."
EXAMPLE = "second-round sessions export 20261123 --format html --out practice.html"
WIPE_WORD = "wipe"
LOOKED_BACK = 100
"""Of so many of the latest answers one may have been tried before."""


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
    compare.add_argument(
        "answers", nargs="*", metavar="ANSWER",
        help="nothing for the latest two, one answer for the latest two at its question, a session for each "
        "question tried again in it, or two answers",
    )  # fmt: skip
    _add_export(actions.add_parser("export", help="a session as a file, several as one table, or the whole history"))
    importing = actions.add_parser("import", help="add a history, one session, or a file from a coach")
    importing.add_argument("file")
    importing.add_argument(
        "--replace", action="store_true", help="where a session differs from yours, use the file's"
    )
    importing.add_argument("--json", action="store_true")
    rescore = actions.add_parser("rescore", help="score saved answers again, with this version")
    rescore.add_argument("id", nargs="?", help="its id, or the beginning of it")
    rescore.add_argument("--all", action="store_true", help="every session")
    delete = actions.add_parser("delete", help="remove a session and its recordings")
    delete.add_argument("id")
    wipe = actions.add_parser("wipe", help="remove every session, recording, document and export")
    wipe.add_argument("--yes", action="store_true", help="do not ask")


def _add_export(export: argparse.ArgumentParser) -> None:
    export.add_argument("id", nargs="*", help="its id, or the beginning of it; several for --format csv")
    export.add_argument(
        "--all", action="store_true",
        help="the whole history as one ZIP file, with the recordings; with --format csv all sessions in one table",
    )  # fmt: skip
    export.add_argument(
        "--format", choices=("md", "html", "json", "csv", "vtt", "srt", "sound", "zip"),
        help="default: by the ending of --out, else md",
    )  # fmt: skip
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
    services = Services()
    try:
        if args.action != "wipe":
            tell_forgotten(services)
        return _ACTIONS[args.action](args, services)
    finally:
        services.close()


def tell_forgotten(services: Services) -> None:
    """Remove recordings older than the settings wish, and say so where there were any.

    Raises UserError when one cannot be removed.
    """
    gone = services.recordings.forget_old()
    if gone.files:
        days = services.settings.current.keep_recordings_days
        tell(
            f"Recordings older than {days} days were removed, as your settings say: "
            f"{gone.files} ({megabytes(gone.size)}). Words and scores stay."
        )


def megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"


def _tell_size(services: Services) -> None:
    """How much the recordings take, and how long they are kept."""
    from simulator.sessions.forgetting import recordings_size

    kept, days = recordings_size(services.paths.recordings), services.settings.current.keep_recordings_days
    if kept.files:
        until = f"for {days} days" if days else "until you delete them"
        tell(f"Recordings: {kept.files}, {megabytes(kept.size)}, kept {until} (keep_recordings_days).")


def _list(args: argparse.Namespace, services: Services) -> int:
    from dataclasses import asdict

    from simulator.sessions.times import length_words

    summaries = services.data.store.summaries(
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
        if summary.broken:
            cure = as_started(f"'sessions delete {summary.id}' removes it")
            say(f"{summary.id}  (broken: it cannot be read; {cure})")
            continue
        levels = "  ".join(f"{name} {level:.1f}" for name, level in summary.levels.items())
        marks = [mark for mark, on in (("sample", summary.sample), ("not finished", not summary.finished)) if on]
        noted = f"  ({', '.join(marks)})" if marks else ""
        when = summary.started_at[:16].replace("T", " ")
        length = length_words(summary.started_at, summary.finished_at)
        told = [f"{summary.bank_title}, {summary.mode.value}", levels, length, summary.candidate_name]
        say(f"{summary.id}  {when}  {'  '.join(filter(None, told))}{noted}")
    _tell_size(services)
    return ExitCode.DONE


def _show(args: argparse.Namespace, services: Services) -> int:
    from simulator.sessions.coach_feedback import coach_lines, feedback_in
    from simulator.sessions.export import as_json
    from simulator.sessions.highlights import readable_parts
    from simulator.sessions.report import WIDTH, as_text, feedback_text, session_report

    session = services.data.store.session(args.id)
    coach = feedback_in(services.data.store, session)
    _tell_unreadable(services, session.id)
    if args.json:
        say_json(as_json(session))
        return ExitCode.DONE
    say(as_text(session_report(session)))
    for answer in session.answers:
        say()
        tried = session.attempt_words(answer)
        say(f"{answer.position + 1}. {answer.question.ask}{f' ({tried})' if tried else ''}")
        if answer.skipped:
            say("   Skipped.")
            continue
        say(f"   {' '.join(readable_parts(answer)) or '(nothing was understood)'}")
        say(feedback_text(answer))
        if answer.id in coach:
            for line in coach_lines(coach[answer.id], answer, WIDTH):
                say(line)
    return ExitCode.DONE


def _tell_unreadable(services: Services, session_id: str) -> None:
    broken = services.data.store.unreadable_answers(session_id)
    if broken:
        tell(f"Left out, because they are broken and cannot be read: {', '.join(broken)}.")


def _search(args: argparse.Namespace, services: Services) -> int:
    from dataclasses import asdict

    words = " ".join(args.words)
    if not words.strip():
        raise WrongUse("Search for what?", "Give one or more words.")
    hits = services.data.store.search(words, max(1, args.limit))
    if args.json:
        say_json([asdict(hit) for hit in hits])
        return ExitCode.DONE
    if not hits:
        tell(f"Nothing with '{words}' was asked or said.")
    for hit in hits:
        say(f"{hit.session_id}  {hit.question}\n    {hit.context}")
    return ExitCode.DONE


def _progress(args: argparse.Namespace, services: Services) -> int:
    from dataclasses import asdict
    from datetime import datetime

    from simulator.sessions.progress import progress, progress_text

    found = progress(services.data.store, datetime.now().astimezone().date())
    if args.json:
        say_json(asdict(found))
    else:
        say(progress_text(found))
    return ExitCode.DONE


def _compare(args: argparse.Namespace, services: Services) -> int:
    from simulator.sessions.comparing import compare, comparison_text, in_order

    pairs: list[tuple[Answer, Answer]] = []
    match args.answers:
        case []:
            pairs.extend(_latest_pair(services, services.data.store.latest_answers(LOOKED_BACK)))
            if not pairs:
                raise UserError(
                    "No question was tried twice yet.", "'practice --mode drill' tries one again and again."
                )
        case [answer_id] if "/" in answer_id:
            pairs.extend(_latest_pair(services, [services.data.store.answer(answer_id)]))
            if not pairs:
                raise UserError("There is no other attempt at this question yet.", "Try it again, then compare.")
        case [session_id]:
            session = services.data.store.session(session_id)
            tried = {answer.position: session.attempts_at(answer.position) for answer in session.latest_attempts()}
            pairs.extend((tries[-2], tries[-1]) for tries in tried.values() if len(tries) > 1)
            if not pairs:
                raise UserError("No question was tried twice in this session.", "Give two answer ids: SESSION/01-1.")
        case [before, after]:
            pairs.append((services.data.store.answer(before), services.data.store.answer(after)))
        case _:
            raise WrongUse("Two attempts are compared.", "Give two answer ids, one answer, or one session.")
    for number, (before, after) in enumerate(pairs):
        if number:
            say()
        same = before.question.id == after.question.id
        tries = in_order(services.data.store.answers_to(after.question.id)) if same else ()
        say(comparison_text(compare(before, after), tries))
    return ExitCode.DONE


def _latest_pair(services: Services, answers: Sequence["Answer"]) -> "list[tuple[Answer, Answer]]":
    """The latest two attempts at the first of these questions that was tried more than once."""
    from simulator.sessions.comparing import in_order

    for question_id in dict.fromkeys(answer.question.id for answer in answers):
        tries = in_order(services.data.store.answers_to(question_id))
        if len(tries) > 1:
            return [(tries[-2], tries[-1])]
    return []


# Out and in.


def _export(args: argparse.Namespace, services: Services) -> int:
    from simulator.sessions.coach_feedback import feedback_in
    from simulator.sessions.export import SessionFormat, as_csv, export, sounds_in, without_words

    form = _export_format(args)
    words = "words" not in args.without
    if args.all and form != "csv":
        if args.id or not words:
            raise WrongUse("--all takes the whole history.", "Leave out the id and '--without words'.")
        return _export_all(args, services)
    ids = args.id
    if args.all:
        listed = services.data.store.summaries(limit=services.data.store.count() or 1, sort="oldest")
        ids = [each.id for each in listed if not each.broken]
    if not ids:
        raise WrongUse("Which session?", "Give its id, or --all.")
    if len(ids) > 1 and form != "csv":
        raise WrongUse(f"Several sessions go into one table only, not into {form}.", "Add --format csv.")
    sessions = [services.data.store.session(session_id) for session_id in dict.fromkeys(ids)]
    for session in sessions:
        _tell_unreadable(services, session.id)
    if form == "sound":
        if args.without:
            raise WrongUse("The recordings are words and sound.", "Choose another --format.")
        return _export_sound(args, services, sessions[0])
    if form == "zip":
        return _export_to_hand_in(args, services, sessions[0])
    if form == "csv":
        text = as_csv(sessions if words else [without_words(session) for session in sessions])
    else:
        sound = args.with_sound and "sound" not in args.without
        sound_of = sounds_in(services.paths.recordings) if sound else None
        text = export(
            sessions[0], SessionFormat(form), words, sound_of, feedback_in(services.data.store, sessions[0])
        )
    if not args.out:
        write(text)
        return ExitCode.DONE
    path = Path(args.out)
    # Excel knows UTF-8 by the mark at the beginning.
    encoding = "utf-8-sig" if form == "csv" else "utf-8"
    try:
        with open(path, "w", encoding=encoding, newline="", opener=private_opener) as file:
            file.write(text)
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror or error}.", "Choose another place.") from None
    tell(f"Written to {path}.")
    return ExitCode.DONE


def _export_to_hand_in(args: argparse.Namespace, services: Services, session: "Session") -> int:
    """One session with its recordings, for a coach."""
    from simulator.sessions.archive import write_one

    if "words" in args.without:
        raise WrongUse("What is handed in has its words.", "Choose another --format.")
    name = f"session-{session.id}.zip"
    path = Path(args.out) if args.out else private_folder(services.paths.exports) / name
    done = write_one(session, services.paths.recordings, path, "sound" not in args.without)
    if not session.candidate_name:
        tell("Your name is not in it: your coach will be asked whose it is. 'settings set candidate_name' sets one.")
    tell(f"The session and {counted(done.recordings, 'recording')} are in it.")
    say(str(path))
    return ExitCode.DONE


_ENDINGS = {".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".json": "json", ".csv": "csv",
            ".vtt": "vtt", ".srt": "srt", ".zip": "zip"}  # fmt: skip


def _export_format(args: argparse.Namespace) -> str:
    """The format wished, or that of the file's ending; the two must fit."""
    if args.format == "sound":
        return "sound"
    out = Path(args.out) if args.out else None
    if args.all and not args.format and (out is None or out.suffix.lower() != ".csv"):
        return "zip"
    return format_for(out, args.format, _ENDINGS, "md")


def _export_all(args: argparse.Namespace, services: Services) -> int:
    from datetime import datetime

    from simulator.sessions.archive import write_archive

    name = f"second-round-history-{datetime.now().astimezone():%Y%m%d-%H%M%S}.zip"
    path = Path(args.out) if args.out else private_folder(services.paths.exports) / name
    done = write_archive(services.data.store, services.paths.recordings, path, "sound" not in args.without)
    tell(
        f"{counted(done.sessions, 'session')}, {counted(done.recordings, 'recording')} and "
        f"{counted(done.documents, 'document')} written to {path}."
    )
    if done.broken:
        tell(f"Left out, because they are broken and cannot be read: {', '.join(done.broken)}.")
    say(str(path))
    return ExitCode.DONE


def _export_sound(args: argparse.Namespace, services: Services, session: "Session") -> int:
    from simulator.sessions.sound_copies import copy_recordings

    folder = Path(args.out) if args.out else private_folder(services.paths.exports) / session.id
    copied = copy_recordings(session, services.paths.recordings, folder)
    if not copied:
        raise UserError(
            f"The session {session.id} has no recordings.", "Typed answers have none, and old ones may be gone."
        )
    for path in copied:
        say(str(path))
    return ExitCode.DONE


def _import(args: argparse.Namespace, services: Services) -> int:
    from dataclasses import asdict

    from simulator.services.import_checks import import_checks
    from simulator.sessions.archive import read_archive

    path = Path(args.file)
    if taken := services.set_work.take_in(path):
        say(taken)
        return ExitCode.DONE
    checks = import_checks(services.data)
    done = read_archive(path, services.data.store, services.paths.recordings, args.replace, checks)
    if args.json:
        say_json(asdict(done))
    else:
        say(
            f"Taken in: {counted(done.sessions, 'session')}, {counted(done.recordings, 'recording')}, "
            f"{counted(done.documents, 'document')}."
            + (f" Here already: {counted(done.known, 'session')}." if done.known else "")
        )
    if done.different:
        names = ", ".join(done.different)
        tell(f"Here already and different, left as they are: {names}. --replace takes the file's.")
        return ExitCode.NOT_IN_ORDER
    return ExitCode.DONE


def _rescore(args: argparse.Namespace, services: Services) -> int:
    if bool(args.id) == args.all:
        raise WrongUse("Which session?", "Give its id, or --all.")
    ids = (
        [args.id]
        if args.id
        else [each.id for each in services.data.store.summaries(limit=services.data.store.count() or 1)]
    )
    answers = sum(services.rescoring.rescore(session_id) for session_id in ids)
    tell(f"{answers} answers in {len(ids)} {'session' if len(ids) == 1 else 'sessions'} were scored again.")
    return ExitCode.DONE


def _delete(args: argparse.Namespace, services: Services) -> int:
    from simulator.sessions.forgetting import copies_left

    session_id = services.data.store.delete(args.id)
    services.recordings.purge_deleted()
    tell(f"The session {session_id} and its recordings are deleted.")
    copies = copies_left(services.paths, session_id)
    if copies:
        tell("Files that you had made, or that were set aside, may still hold it; remove them yourself:")
        for path in copies:
            tell(f"  {path}")
    return ExitCode.DONE


def _wipe(args: argparse.Namespace, services: Services) -> int:
    from simulator.sessions.forgetting import private_leftovers, wipe

    there = private_leftovers(services.paths)
    if not there:
        tell(f"There is nothing to remove in {services.paths.data}.")
        return ExitCode.DONE
    if not args.yes:
        _ask_to_wipe(there)
    services.close()
    gone = wipe(services.paths)
    tell(
        f"Removed {gone.files} files ({gone.size / 1_000_000:.1f} MB); looked again: nothing of your practice is "
        f"left in {services.paths.data}. Settings, question banks and speech models stay."
    )
    return ExitCode.DONE


def _ask_to_wipe(there: list[Path]) -> None:
    tell("This removes for good all sessions, recordings, jobs, stories, letters and exports:")
    for path in there:
        tell(f"  {path}")
    if not sys.stdin.isatty():
        raise WrongUse("Nothing was removed: nobody is here to be asked.", "Add --yes to do it anyway.")
    if asked(f"Type '{WIPE_WORD}' to do it; anything else leaves everything as it is.") != WIPE_WORD:
        raise UserError("Nothing was removed.")


_ACTIONS = {
    "list": _list,
    "show": _show,
    "search": _search,
    "progress": _progress,
    "compare": _compare,
    "export": _export,
    "import": _import,
    "rescore": _rescore,
    "delete": _delete,
    "wipe": _wipe,
}

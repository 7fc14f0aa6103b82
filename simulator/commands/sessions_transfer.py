"""`sessions export` and `sessions import`: sessions as files, and files as sessions."""

import argparse
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.commands.asked_files import write_file
from simulator.commands.formats import format_for
from simulator.console import say, say_json, tell, write
from simulator.errors import ExitCode, UserError, WrongUse
from simulator.paths import private_folder
from simulator.services import Services
from simulator.texts import counted

if TYPE_CHECKING:
    from simulator.sessions.session import Session


def add_arguments(actions: Any) -> None:
    """The actions of this module."""
    _add_export(actions.add_parser("export", help="a session as a file, several as one table, or the whole history"))
    importing = actions.add_parser("import", help="add a history, one session, or a file from a coach")
    importing.add_argument("file")
    importing.add_argument(
        "--replace", action="store_true", help="where a session differs from yours, use the file's"
    )
    importing.add_argument("--json", action="store_true")


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


def tell_unreadable(services: Services, session_id: str) -> None:
    broken = services.data.store.unreadable_answers(session_id)
    if broken:
        tell(f"Left out, because they are broken and cannot be read: {', '.join(broken)}.")


def export(args: argparse.Namespace, services: Services) -> int:
    from simulator.sessions.coach_feedback import feedback_in  # late
    from simulator.sessions.export import SessionFormat, as_csv, sounds_in, without_words  # late
    from simulator.sessions.export import export as exported  # late

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
        tell_unreadable(services, session.id)
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
        text = exported(
            sessions[0], SessionFormat(form), words, sound_of, feedback_in(services.data.store, sessions[0])
        )
    if not args.out:
        write(text)
        return ExitCode.DONE
    path = Path(args.out)
    # Excel knows UTF-8 by the mark at the beginning.
    encoding = "utf-8-sig" if form == "csv" else "utf-8"
    write_file(path, text.encode(encoding), "Choose another place.", private=True)
    tell(f"Written to {path}.")
    return ExitCode.DONE


def _export_to_hand_in(args: argparse.Namespace, services: Services, session: "Session") -> int:
    """One session with its recordings, for a coach."""
    from simulator.sessions.archive import write_one  # late

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
    from simulator.sessions.archive import write_archive  # late

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
    from simulator.sessions.sound_copies import copy_recordings  # late

    folder = Path(args.out) if args.out else private_folder(services.paths.exports) / session.id
    copied = copy_recordings(session, services.paths.recordings, folder)
    if not copied:
        raise UserError(
            f"The session {session.id} has no recordings.", "Typed answers have none, and old ones may be gone."
        )
    for path in copied:
        say(str(path))
    return ExitCode.DONE


def import_(args: argparse.Namespace, services: Services) -> int:
    from simulator.services.import_checks import import_checks  # late
    from simulator.sessions.archive_reading import read_archive  # late

    path = Path(args.file)
    if taken := services.assignments.take_in(path):
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

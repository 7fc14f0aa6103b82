"""`sessions`: look at past sessions, search, compare, export, import, delete and wipe them."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from simulator.commands import sessions_deleting, sessions_transfer
from simulator.console import say, say_json, tell
from simulator.data_files import begun
from simulator.errors import ExitCode, UserError, WrongUse, as_started
from simulator.services import Services
from simulator.sessions.answer_feedback import WIDTH, feedback_text
from simulator.sessions.coach_feedback import coach_lines, feedback_in
from simulator.sessions.comparing import compare, comparison_text, in_order
from simulator.sessions.forgetting import recordings_size
from simulator.sessions.highlights import readable_parts
from simulator.sessions.report import as_text, session_report
from simulator.sessions.times import length_words

if TYPE_CHECKING:
    from simulator.sessions.session import Answer

SUMMARY = "Look at past sessions: list, show, search, progress, compare, export, import, rescore, delete, wipe."
EXAMPLE = "second-round sessions export 20261123 --format html --out practice.html"
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
    compare = actions.add_parser("compare", help="two tries at a question: what was gained and lost")
    compare.add_argument(
        "answers", nargs="*", metavar="ANSWER",
        help="nothing for the latest two, one answer for the latest two at its question, a session for each "
        "question tried again in it, or two answers",
    )  # fmt: skip
    sessions_transfer.add_arguments(actions)
    rescore = actions.add_parser("rescore", help="score saved answers again, with this version")
    rescore.add_argument("id", nargs="?", help="its id, or the beginning of it")
    rescore.add_argument("--all", action="store_true", help="every session")
    sessions_deleting.add_arguments(actions)


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
    """Remove recordings older than the settings say, and say so where there were any.

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
    kept, days = recordings_size(services.paths.recordings), services.settings.current.keep_recordings_days
    if kept.files:
        until = f"for {days} days" if days else "until you delete them"
        tell(f"Recordings: {kept.files}, {megabytes(kept.size)}, kept {until} (keep_recordings_days).")


def _meant(given: str, ids: Sequence[str], what: str) -> str:
    return begun(given, ids, what) or given


def _list(args: argparse.Namespace, services: Services) -> int:
    store = services.data.store
    summaries = store.summaries(
        limit=max(1, args.limit),
        bank_id=_meant(args.bank, [bank for bank, _ in store.banks_practised()] if args.bank else (), "banks"),
        job_id=_meant(args.job, store.jobs_practised() if args.job else (), "jobs"),
        question_id=_meant(args.question, store.questions_asked(args.question) if args.question else (), "questions"),
        rubric=_meant(args.rubric, store.rubrics_practised() if args.rubric else (), "rubrics"),
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
            hint = as_started(f"'sessions delete {summary.id}' removes it")
            say(f"{summary.id}  (broken: it cannot be read; {hint})")
            continue
        levels = "  ".join(f"{name} {level:.1f}" for name, level in summary.levels.items())
        marks = [mark for mark, on in (("sample", summary.sample), ("not finished", not summary.finished)) if on]
        remarks = f"  ({', '.join(marks)})" if marks else ""
        when = summary.started_at[:16].replace("T", " ")
        length = length_words(summary.started_at, summary.finished_at)
        details = [f"{summary.bank_title}, {summary.mode.value}", levels, length, summary.candidate_name]
        say(f"{summary.id}  {when}  {'  '.join(filter(None, details))}{remarks}")
    _tell_size(services)
    return ExitCode.DONE


def _show(args: argparse.Namespace, services: Services) -> int:
    from simulator.sessions.export import as_json  # late

    session = services.data.store.session(args.id)
    coach = feedback_in(services.data.store, session)
    sessions_transfer.tell_unreadable(services, session.id)
    if args.json:
        say_json(as_json(session))
        return ExitCode.DONE
    say(as_text(session_report(session, services.data.store.answered_later(session))))
    for answer in session.answers:
        say()
        tried = session.attempt_words(answer)
        number = "" if answer.is_goodbye else f"{answer.position + 1}. "
        say(f"{number}{answer.question.ask}{f' ({tried})' if tried else ''}")
        if answer.skipped:
            say("   Skipped.")
            continue
        say(f"   {' '.join(readable_parts(answer)) or '(nothing was understood)'}")
        say(feedback_text(answer))
        if answer.id in coach:
            for line in coach_lines(coach[answer.id], answer, WIDTH):
                say(line)
    return ExitCode.DONE


def _search(args: argparse.Namespace, services: Services) -> int:
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
    from simulator.sessions.progress import progress, progress_text  # late

    found = progress(services.data.store, datetime.now().astimezone().date())
    if args.json:
        say_json(asdict(found))
    else:
        say(progress_text(found))
    return ExitCode.DONE


def _compare(args: argparse.Namespace, services: Services) -> int:
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
                raise UserError("There is no other try at this question yet.", "Try it again, then compare.")
        case [session_id]:
            session = services.data.store.session(session_id)
            tried = {answer.position: session.attempts_at(answer.position) for answer in session.latest_attempts()}
            pairs.extend((tries[-2], tries[-1]) for tries in tried.values() if len(tries) > 1)
            if not pairs:
                raise UserError("No question was tried twice in this session.", "Give two answer ids: SESSION/01-1.")
        case [before, after]:
            pairs.append((services.data.store.answer(before), services.data.store.answer(after)))
        case _:
            raise WrongUse("Two tries are compared.", "Give two answer ids, one answer, or one session.")
    for number, (before, after) in enumerate(pairs):
        if number:
            say()
        same = before.question.id == after.question.id
        tries = in_order(services.data.store.answers_to(after.question.id)) if same else ()
        say(comparison_text(compare(before, after), tries))
    return ExitCode.DONE


def _latest_pair(services: Services, answers: Sequence["Answer"]) -> "list[tuple[Answer, Answer]]":
    """The latest two attempts at the first of these questions that was tried more than once."""
    for question_id in dict.fromkeys(answer.question.id for answer in answers):
        tries = in_order(services.data.store.answers_to(question_id))
        if len(tries) > 1:
            return [(tries[-2], tries[-1])]
    return []


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


_ACTIONS = {
    "list": _list,
    "show": _show,
    "search": _search,
    "progress": _progress,
    "compare": _compare,
    "export": sessions_transfer.export,
    "import": sessions_transfer.import_,
    "rescore": _rescore,
    "delete": sessions_deleting.delete,
    "wipe": sessions_deleting.wipe,
}

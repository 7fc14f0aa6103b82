"""`followup`: after an interview: letters, their check, what to do when, and notes on a real interview."""

import argparse
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from simulator.commands import followup_debrief, followup_lines
from simulator.console import say, say_json, tell, write
from simulator.errors import ExitCode, UserError
from simulator.followup.due_steps import due_steps
from simulator.followup.letter_check import check_letter, interviewer_of_letter
from simulator.followup.letter_output import as_markdown, files_of, mailto, write_file
from simulator.followup.service import (
    UNFINISHED,
    dates_of,
    decide,
    drafts_of,
    drafts_with_letters,
    keep_letter,
    remind,
    tick,
    write_calendar,
)
from simulator.followup.timeline import as_calendar, step_kind
from simulator.services import Services
from simulator.texts import piped_bytes, read_bytes

WHICH = "a session's id, or the beginning of it; or a debrief's id; without it the last interview"

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from simulator.followup.interview_record import InterviewRecord
    from simulator.followup.letter_drafts import LetterDraft, LetterDrafts
    from simulator.followup.timeline import Timeline

SUMMARY = (
    "After the interview: a letter for each interviewer, its check, when to do what, and notes on a real interview."
)
EXAMPLE = "second-round followup draft 20261123 --format md --out letters"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions of `followup`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    draft = _action(actions, "draft", "a letter for each interviewer", EXAMPLE)
    draft.add_argument("session", nargs="?", default="", help=WHICH)
    draft.add_argument("--format", choices=("text", "md", "json"), default="text")
    draft.add_argument(
        "--mailto", action="store_true", help="a link for each letter that opens it in the mail program"
    )
    draft.add_argument("--out", metavar="DIR", type=Path, help="write each letter to a file in this folder")
    draft.add_argument("--again", action="store_true", help="start again, and forget what was edited")
    followup_lines.add_arguments(draft)
    check = _action(
        actions,
        "check",
        "look through a letter before it is sent",
        "second-round followup check letter.txt --session 20261123",
    )
    check.add_argument("file", metavar="FILE", help="a text file, or - for standard input")
    check.add_argument("--session", required=True, metavar="ID", help="the session or debrief it is about")
    check.add_argument("--keep", action="store_true", help="keep the text as the letter to that interviewer")
    line = _action(
        actions,
        "timeline",
        "when to write, wait and ask",
        "second-round followup timeline 20261123 --decision 2026-12-04",
    )
    line.add_argument("session", nargs="?", default="", help=WHICH)
    line.add_argument(
        "--decision", metavar="DATE", help="the day on which they said they would decide (4 December), or none"
    )
    line.add_argument(
        "--start", action="store_true", help="plan dates after a practice too; a real interview has them"
    )
    line.add_argument("--ics", metavar="FILE", help="write a calendar file; - for standard output")
    line.add_argument("--done", metavar="STEP", help="tick a step off: thanks, references, apply, inquiry, move-on")
    line.add_argument("--open", metavar="STEP", help="open a step again")
    debrief = actions.add_parser("debrief", help="notes on a real interview, for the next practice")
    followup_debrief.add_arguments(debrief)
    due = _action(actions, "due", "what is due today", "second-round followup due")
    for action in (draft, check, line, due):
        action.add_argument("--json", action="store_true", help="one JSON document on standard output")


def _action(actions: Any, name: str, text: str, example: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(
        name, help=text, epilog=f"example:\n  {example}", formatter_class=argparse.RawDescriptionHelpFormatter
    )
    return parser


def run(args: argparse.Namespace) -> int:
    """Do one action."""
    actions: Mapping[str, Callable[[argparse.Namespace, Services], int]] = {
        "draft": _draft,
        "check": _check,
        "timeline": _timeline,
        "debrief": followup_debrief.run,
        "due": _due,
    }
    services = Services()
    try:
        return actions[args.action](args, services)
    finally:
        services.close()


# Letters.


def _draft(args: argparse.Namespace, services: Services) -> int:
    record = followup_lines.with_lines(services.interview_records.get(args.session), services.data.repositories, args)
    drafts = drafts_with_letters(services.data.repositories, record, args.again)
    edited = [page.letter.to for page in drafts.pages if page.edited]
    if edited:
        tell(f"Kept as you edited it: the letter to {', '.join(edited)}. --again drafts it anew.")
    if not record.finished:
        tell(UNFINISHED)
    if args.json or args.format == "json":
        say_json(_as_json(drafts, record, args.mailto))
        return ExitCode.DONE
    if args.out:
        for name, text in files_of(drafts.pages, args.format):
            say(str(write_file(args.out, name, text)))
    for page in drafts.pages:
        if not args.out:
            _say_letter(page, args.format)
        if args.mailto:
            say(mailto(page))
            say()
    return ExitCode.DONE


def _say_letter(page: "LetterDraft", form: str) -> None:
    if form == "md":
        say(as_markdown(page))
        return
    letter = page.letter
    say(f"To {letter.to}{f' <{letter.email}>' if letter.email else ''}: {letter.subject}\n")
    say(page.text)
    if not page.edited:
        for line in letter.traced():
            tell(f"  {line}")
    for hint in letter.hints:
        tell(f"  {hint}")


def _as_json(drafts: "LetterDrafts", record: "InterviewRecord", links: bool) -> Any:
    interviewers = {person.id: person for person in record.interviewers}
    found = []
    for page in drafts.pages:
        person = interviewers.get(page.letter.interviewer_id)
        remarks = check_letter(page.text, person, record) if person else ()
        found.append(
            {
                **msgspec.to_builtins(page.letter),
                "stories": followup_lines.stories_as_json(record, person) if person else [],
                "text": page.text,
                "edited": bool(page.edited),
                "sent_on": page.sent_on,
                "remarks": msgspec.to_builtins(remarks),
                **({"mailto": mailto(page)} if links else {}),
            }
        )
    return found


def _check(args: argparse.Namespace, services: Services) -> int:
    text = _read(args.file)
    record = services.interview_records.get(args.session)
    person = interviewer_of_letter(text, record)
    remarks = check_letter(text, person, record)
    if args.keep:
        keep_letter(services.data.repositories, drafts_of(services.data.repositories, record), person.id, text)
        tell("Kept.")
    if args.json:
        say_json({"to": person.name, "in_order": not remarks, "remarks": msgspec.to_builtins(remarks)})
    else:
        for remark in remarks:
            say(f"line {remark.line}: {remark}" if remark.words else str(remark))
        if not remarks:
            say(f"The letter to {person.name} is in order.")
    return ExitCode.NOT_IN_ORDER if remarks else ExitCode.DONE


_LONGEST_LETTER = 80_000


def _read(name: str) -> str:
    where = "Standard input" if name == "-" else name
    hint = "That is longer than any letter. Is it the right file?"
    raw = piped_bytes(_LONGEST_LETTER, hint) if name == "-" else read_bytes(Path(name), _LONGEST_LETTER, hint)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(f"{where} is no text in UTF-8.", "Save the letter as plain text.") from None
    if not text.strip():
        raise UserError(f"{where} is empty.", "Write the letter first.")
    return text


# Dates.


def _timeline(args: argparse.Namespace, services: Services) -> int:
    repositories = services.data.repositories
    record = services.interview_records.get(args.session)
    dates = dates_of(
        repositories, record, services.data.store.session(record.id).bank_title if record.practice else ""
    )
    timeline = dates.timeline
    changed = False
    if args.start and not dates.reminds:
        timeline, changed = remind(repositories, timeline), True
    if args.decision is not None:
        timeline, changed = decide(repositories, timeline, args.decision), True
    for step, done in ((args.done, True), (args.open, False)):
        if step:
            timeline, changed = tick(repositories, timeline, step_kind(step), done), True
    if not (dates.shown or changed):
        raise UserError(
            "This was a practice, so nothing has to be written or waited for.", "--start plans dates all the same."
        )
    if args.ics == "-":
        write(as_calendar([timeline], datetime.now(UTC)))
        return ExitCode.DONE
    if args.ics:
        tell(f"{write_calendar(Path(args.ics), timeline)} is written; a calendar program can import it.")
    _say_timeline(timeline, args.json)
    return ExitCode.DONE


def _say_timeline(timeline: "Timeline", as_json: bool) -> None:
    if as_json:
        steps = [{**msgspec.to_builtins(step), "title": step.title, "why": step.why} for step in timeline.steps]
        say_json({**msgspec.to_builtins(timeline), "steps": steps})
        return
    for step in timeline.steps:
        say(f"{step.on}  {'done' if step.done else '    '}  {step.title}")


def _due(args: argparse.Namespace, services: Services) -> int:
    found = due_steps(services.data.repositories, date.today())
    if args.json:
        say_json(
            [{"id": due.id, "about": due.about, "step": due.step.kind.value, "on": due.step.on} for due in found]
        )
        return ExitCode.DONE
    for due in found:
        say(f"{due.step.on}  {due.line}")
    if not found:
        tell("Nothing is due today.")
    return ExitCode.DONE

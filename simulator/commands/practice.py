"""`practice`: an interview, in full screen, plain, or with answers given as files."""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from simulator.console import tell
from simulator.errors import ExitCode, MissingPart, WrongUse
from simulator.settings import SCHEMA
from simulator.speech.transcript import typed
from simulator.texts import counted, read_plain_text, refuse_dead_link

if TYPE_CHECKING:
    # The services and all below them are imported when an interview begins, so that home is painted before.
    from simulator.interview.setup import Setup
    from simulator.interview_control.supplied_answers import SuppliedAnswer
    from simulator.plain import LineSpeaker
    from simulator.services import Services

SUMMARY = "Practise an interview: asked, answered, scored, kept."
EXAMPLE = "second-round practice --bank first-round-general --questions 4 --mode coach"

TEXT_ENDINGS = (".txt", ".md")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `practice`."""
    parser.add_argument("--bank", metavar="ID", default="", help="question bank ('banks list' shows them)")
    parser.add_argument("--questions", metavar="N", type=int, default=0, help="how many, the closing one included")
    parser.add_argument("--mode", choices=SCHEMA["mode"].choices, help="default: as in the settings")
    parser.add_argument("--question", metavar="ID", default="", help="drill: practise this one question")
    parser.add_argument("--interviewers", metavar="ID,..", default="", help="one to three, with commas")
    parser.add_argument("--seed", type=int, help="the same seed gives the same questions")
    parser.add_argument("--weak-first", action="store_true", help="start with your weak spots")
    parser.add_argument("--job", metavar="ID", default="", help="a job added with 'job add'")
    parser.add_argument(
        "--assignment", metavar="FILE|ID", default="", help="an assignment from a coach: its file, or its id"
    )
    parser.add_argument("--resume", metavar="SESSION", help="go on with an interview that you left")
    parser.add_argument("--plain", action="store_true", help="on stdin and stdout, without the full screen")
    parser.add_argument("--aloud", action="store_true", help="with --plain: the questions are spoken too")
    parser.add_argument("--candidate", metavar="NAME", help="what the interviewer calls you")
    parser.add_argument(
        "--answer", metavar="FILE", nargs="+", action="extend", default=[],
        help="answers, one a question in order: .txt files, or sound files that are transcribed; a file that is "
        "named like a question's id (why-here.txt) goes to that question",
    )  # fmt: skip
    parser.add_argument(
        "--answer-follow-ups", action="store_true", help="the files answer follow-up questions too, as they come"
    )
    parser.add_argument("--model", metavar="PATH", default="", help="speech model for sound files")
    parser.add_argument("--home", action="store_true", help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    """Start the interview in the mode that fits: full screen with a terminal, plain without one."""
    if args.questions < 0 or args.questions > 50:
        raise WrongUse(f"--questions is a number from 1 to 50, not {args.questions}.")
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if args.home and not terminal:
        return _without_terminal(args)
    if args.assignment:
        args.bank = _assignment(args.assignment)
    if terminal and not (args.plain or args.answer):
        return _full_screen(args)
    return _plain(args)


def _assignment(wanted: str) -> str:
    """The bank that an assignment is, taken in from its file where there is one; its rules are told."""
    from simulator.services import Services  # late

    services = Services()
    try:
        path = Path(wanted)
        refuse_dead_link(path)
        assignment = services.assignments.take(path) if path.is_file() else services.data.assignments.resolve(wanted)
    finally:
        services.close()
    tell(f"{assignment.title}: {counted(len(assignment.questions), 'question')}. {assignment.rules.words}")
    if assignment.note:
        tell(assignment.note)
    return assignment.bank.id


def _setup(args: argparse.Namespace) -> "Setup":
    from simulator.interview.setup import Setup  # late
    from simulator.sessions.session import Mode  # late

    return Setup(
        bank_id=args.bank,
        count=args.questions,
        mode=Mode(args.mode) if args.mode else None,
        interviewer_ids=tuple(part.strip() for part in args.interviewers.split(",") if part.strip()),
        seed=args.seed,
        question_id=args.question,
        weak_first=args.weak_first,
        job_id=args.job,
    )


def _full_screen(args: argparse.Namespace) -> int:
    try:
        from simulator.tui.start import run_app  # late
    except ImportError as error:
        raise MissingPart(
            f"The full-screen app cannot start: {error}.", "'practice --plain' works without it."
        ) from error
    if args.home:
        return run_app()
    return run_app(setup=_setup(args), resume=args.resume)


def _without_terminal(args: argparse.Namespace) -> int:
    """No terminal: the sample interview when nothing is piped in, else a plain interview with it."""
    from simulator.plain import stdin_lines  # late

    lines = stdin_lines()
    first = next(lines, None)
    if first is None:
        from simulator.sample import run_sample_interview  # late

        return run_sample_interview()
    return _plain(args, lines, first)


def _plain(args: argparse.Namespace, lines: Iterator[str] | None = None, first: str = "") -> int:
    from simulator.commands.sessions import tell_forgotten  # late
    from simulator.plain import Left, PlainInterview, stdin_lines  # late
    from simulator.services import Services  # late

    services = Services()
    if args.candidate is not None:
        services.settings.change(replace(services.settings.current, candidate_name=args.candidate))
    try:
        tell_forgotten(services)
        given = list(_given(args.answer, args.model, services))
        conversation = (
            services.interviews.resume(args.resume) if args.resume else services.interviews.begin(_setup(args))
        )
        interactive = sys.stdin.isatty()
        source = _with_first(first, lines) if lines is not None else stdin_lines()
        if args.answer and not interactive:
            source = iter(())
        interview = PlainInterview(
            services, conversation, source, sys.stdout, interactive, given,
            _speaker(services) if args.aloud else None, follow_ups=args.answer_follow_ups,
        )  # fmt: skip
        if given and interview.given.told():
            tell(interview.given.told())
        if interactive:
            tell("Type your answer and press Enter; /help lists what else you can type.")
        try:
            interview.run(resumed=bool(args.resume))
        except Left:
            tell(f"\nSaved. Go on with: second-round practice --plain --resume {conversation.session.id}")
    finally:
        services.close()
    return ExitCode.DONE


def _with_first(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _given(files: list[str], model: str, services: "Services") -> Iterator["SuppliedAnswer"]:
    """The answers of `--answer`, read before the interview starts, so that a bad file stops nothing half-way."""
    from simulator.interview_control.supplied_answers import SuppliedAnswer  # late

    for name in files:
        path = Path(name)
        if path.suffix.lower() in TEXT_ENDINGS:
            yield SuppliedAnswer(typed(read_plain_text(path)), question_id=path.stem)
        else:
            from simulator.speech.transcriber import transcribe_file  # late

            heard = transcribe_file(path, model or services.settings.current.speech_model, services.paths)
            yield SuppliedAnswer(heard, question_id=path.stem)


def _speaker(services: "Services") -> "LineSpeaker":
    def speak(text: str, interviewer_id: str) -> None:
        over = Event()
        style = (services.interviewers.find(interviewer_id) or services.panels.usual()).voice
        services.sound.voice.speak(text, style, lambda _caption: None, lambda _to_the_end: over.set())
        over.wait()

    return speak

"""`class answer`, `comment`, `return`, `agreement`: what the coach says of answers, and how far the app agrees."""

import argparse
import json
import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from simulator.clock import now
from simulator.commands.asked_files import write_file
from simulator.commands.formats import format_for
from simulator.console import say, say_json, tell, write
from simulator.data_files import begun
from simulator.errors import ExitCode, MissingPart, UserError, WrongUse
from simulator.paths import private_folder, whole_file
from simulator.services import Services
from simulator.sessions.answer_feedback import feedback_text
from simulator.sessions.session import shown_scores
from simulator.sessions.times import clock
from simulator.speech.sound_files import sound_seconds
from simulator.texts import counted, piped_text, refuse_endless

if TYPE_CHECKING:
    from simulator.classroom.agreement import Pair
    from simulator.classroom.classes import Roster
    from simulator.sessions.coach_feedback import CoachFeedback
    from simulator.sessions.session import Answer

WIDTH = 80


def add_arguments(actions: Any) -> list[argparse.ArgumentParser]:
    """The words of these actions; the parsers of those that belong to one class."""
    answer = actions.add_parser("answer", help="one answer: its words, its levels, what you said of it")
    answer.add_argument("id", help="as 'class show STUDENT' lists them, or the beginning of it")
    answer.add_argument("--json", action="store_true")
    comment = actions.add_parser("comment", help="your own levels, marks and words on an answer")
    comment.add_argument("id")
    comment.add_argument(
        "--level", action="append", default=[], metavar="RUBRIC=N", help="your level; RUBRIC= takes it back"
    )
    comment.add_argument(
        "--mark", action="append", default=[], metavar="FROM-TO[=NOTE]", help="words by number, from 1, and a note"
    )
    comment.add_argument("--text", help="a comment in words; - reads it from stdin")
    comment.add_argument("--sound", type=Path, metavar="FILE", help="a spoken comment, .wav or .flac")
    comment.add_argument("--clear", action="store_true", help="take everything back first")
    back = actions.add_parser("return", help="your feedback as one file for each student")
    back.add_argument("students", nargs="*", metavar="STUDENT", help="default: all of whom you said something")
    back.add_argument("--out", type=Path, metavar="FOLDER", required=True)
    agreement = actions.add_parser("agreement", help="how far your levels and the app's agree")
    agreement.add_argument("--json", action="store_true")
    agreement.add_argument(
        "--out", type=Path, metavar="FILE.jsonl", help="write answers to calibrate with, without names"
    )
    agreement.add_argument("--answers", default="", metavar="ID,..", help="only these (default: all you gave levels)")
    return [back, agreement]


def show_student(args: argparse.Namespace, services: Services, roster: "Roster") -> int:
    """One student's sessions and answers, with the ids by which commands find them."""
    from simulator.classroom.class_overview import overview_of  # late
    from simulator.classroom.pages import student_page  # late

    student = roster.student(args.student)
    sessions = [
        each
        for each in services.data.classes.sessions_of(roster.id, student.id)
        if each.started_at >= args.since and (not args.until or each.started_at <= f"{args.until}\uffff")
    ]
    form = format_for(args.out, args.format, {".html": "html", ".htm": "html"}, "table")
    if form == "html":
        overview = overview_of(services.data.classes, roster, args.since, args.until)
        number, line = next((n, each) for n, each in enumerate(overview.lines, 1) if each.student == student)
        page = student_page(services.data.classes, roster, line, sessions, number, not args.without_names)
        if args.out is None:
            write(page)
        else:
            write_file(args.out, page.encode())
        return ExitCode.DONE
    if form != "table" or args.out is not None:
        raise WrongUse("One student is shown as a table or as HTML.", "Leave out --format and --out, or take html.")
    commented = {each.id for each in services.data.classes.feedback.all() if not each.empty}
    if not sessions:
        tell(f"{student.name} has not practised.")
    for session in sessions:
        when = session.started_at[:16].replace("T", " ")
        say(f"{when}  {session.bank_title or session.bank_id}, {session.mode.value}")
        for answer in session.answers:
            scores = [f"{each.rubric} {each.level}" for each in shown_scores(answer) if each.level is not None]
            spoken = clock(answer.transcript.duration) if answer.transcript.duration else ""
            marks = [*scores, *([spoken] if spoken else []), *(["commented"] if answer.id in commented else [])]
            levels = "skipped" if answer.skipped else ", ".join(marks) or "no level"
            say(f"  {answer.id}  {levels}")
            say(f"      {answer.question.ask}")
    return ExitCode.DONE


def _found(services: Services, answer_id: str) -> "tuple[Answer, CoachFeedback]":
    from simulator.sessions.coach_feedback import CoachFeedback  # late

    answer = services.data.classes.store.answer(services.data.classes.answer_meant(answer_id))
    return answer, services.data.classes.feedback.find(answer.id) or CoachFeedback(answer.id)


def _answer(args: argparse.Namespace, services: Services) -> int:
    from simulator.sessions.coach_feedback import coach_lines  # late

    answer, feedback = _found(services, args.id)
    _, student = services.data.classes.owner(answer.id)
    if args.json:
        say_json({"student": student.name, "answer": _plain(answer), "coach": asdict(feedback)})
        return ExitCode.DONE
    say(f"{student.name}: {answer.question.ask}")
    if answer.corrected:
        say("(The student corrected what was heard.)")
    for line in numbered([word.text for word in answer.transcript.words]):
        say(line)
    say()
    say(feedback_text(answer))
    if not feedback.empty:
        say()
        for line in coach_lines(feedback, answer, WIDTH, "You, the coach"):
            say(line)
    return ExitCode.DONE


def _plain(answer: "Answer") -> Any:
    return msgspec.to_builtins(answer)


def numbered(words: list[str], width: int = WIDTH) -> list[str]:
    """Words in lines, each line behind the number of its first word, so that words can be marked by number."""
    lines: list[str] = []
    for number, word in enumerate(words, 1):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(f"{number:>5}  {word}")
    return lines


def _comment(args: argparse.Namespace, services: Services) -> int:
    from simulator.sessions.coach_feedback import CoachFeedback, coach_lines  # late

    answer, feedback = _found(services, args.id)
    if args.clear:
        feedback = CoachFeedback(answer.id)
    for given in args.level:
        feedback = replace(feedback, levels=_with_level(dict(feedback.levels), given, answer))
    for given in args.mark:
        first, last, note = _mark(given)
        feedback = feedback.with_mark(answer, first - 1, last - 1, note)
    if args.text is not None:
        feedback = replace(feedback, comment=(piped_text() if args.text == "-" else args.text).strip())
    if args.sound is not None:
        feedback = _with_sound(services, feedback, args.sound)
    feedback = replace(feedback, by=services.settings.current.candidate_name, at=now())
    feedback.check()
    services.data.classes.feedback.save(feedback)
    for line in coach_lines(feedback, answer, WIDTH, "You, the coach"):
        say(line)
    return ExitCode.DONE


def _with_level(levels: dict[str, int], given: str, answer: "Answer") -> dict[str, int]:
    rubric, sign, level = given.partition("=")
    known = {*(answer.scorecard.rubrics if answer.scorecard else ()), *answer.question.rubrics}
    rubric = begun(rubric, sorted(known), "rubrics") or rubric
    if not sign or (level and level not in "01234") or rubric not in known:
        raise WrongUse(f"'{given}' is no level.", f"Write RUBRIC=0 to 4; rubrics here: {', '.join(sorted(known))}.")
    levels.pop(rubric, None)
    return {**levels, rubric: int(level)} if level else levels


def _mark(given: str) -> tuple[int, int, str]:
    fits = re.fullmatch(r"(\d{1,6})(?:-(\d{1,6}))?(?:=(.*))?", given, re.DOTALL)
    if not fits:
        raise WrongUse(
            f"'{given}' marks nothing.", "Write FROM-TO=NOTE, as '12-18=Well told'; 'class answer' has numbers."
        )
    return int(fits[1]), int(fits[2] or fits[1]), (fits[3] or "").strip()


def _with_sound(services: Services, feedback: "CoachFeedback", sound: Path) -> "CoachFeedback":
    """With a spoken comment: a copy of the file, and its words where a speech model can write them down."""
    from simulator.classroom.handing_back import SOUND_ENDINGS, comment_recording  # late
    from simulator.speech.transcriber import transcribe_file  # late

    if sound.suffix.lower() not in SOUND_ENDINGS:
        raise WrongUse(f"{sound} is no .wav and no .flac file.", "Record the comment as WAV.")
    refuse_endless(sound)
    with suppress(MissingPart):  # what is no sound is not taken over
        sound_seconds(sound)
    name = str(Path(comment_recording(feedback.id)).with_suffix(sound.suffix.lower()).as_posix())
    target = services.data.classes.recordings / name
    try:
        private_folder(target.parent)
        with sound.open("rb") as source, whole_file(target) as copy:
            shutil.copyfileobj(source, copy)
    except OSError as error:
        raise UserError(f"{sound} cannot be taken over: {error.strerror or error}.", "Check its name.") from None
    spoken = ""
    with suppress(MissingPart):  # without a speech model it is heard, and not read
        spoken = transcribe_file(target, services.settings.current.speech_model, services.paths).text
    return replace(feedback, recording=name, spoken=spoken)


def _return(args: argparse.Namespace, services: Services) -> int:
    from simulator.classroom.handing_back import feedback_for, write_feedback  # late

    classes = services.data.classes
    roster = classes.get(args.of)
    chosen = [roster.student(each) for each in args.students] or [
        each for each in roster.students if feedback_for(classes, roster, each)
    ]
    if not chosen:
        raise UserError(f"You have said nothing in the class '{roster.name}' yet.", "'class comment' is how.")
    folder = private_folder(args.out)
    for student in chosen:
        path = folder / f"feedback-{student.id}.zip"
        answers = write_feedback(classes, roster, student, path)
        say(f"{path}  {student.name}, {counted(answers, 'answer')}")
    tell("Students take theirs in with 'sessions import FILE'.")
    return ExitCode.DONE


def _agreement(args: argparse.Namespace, services: Services) -> int:
    from simulator.classroom.agreement import agreements, different, pairs_of  # late

    format_for(args.out, None, {".jsonl": "jsonl"}, "jsonl")
    roster = services.data.classes.get(args.of)
    pairs = pairs_of(services.data.classes, roster)
    if wanted := [part.strip() for part in args.answers.split(",") if part.strip()]:
        # A beginning means all answers that it fits, here: of a student, say.
        chosen = [[p for p in pairs if p.answer.id.startswith(each) or f".{each}" in p.answer.id] for each in wanted]
        unknown = [each for each, found in zip(wanted, chosen, strict=True) if not found]
        if unknown:
            raise WrongUse(f"You gave no level to {', '.join(unknown)}.", "'class show STUDENT' lists answers.")
        pairs = [pair for pair in pairs if any(pair in found for found in chosen)]
    if args.out is not None:
        return _calibration(args.out, pairs, roster)
    found = agreements(pairs)
    if args.json:
        say_json(
            {
                "rubrics": [_without_nan(asdict(each)) for each in found],
                "pairs": [
                    {"answer": p.answer.id, "student": p.student, "rubric": p.rubric, "coach": p.coach, "app": p.app}
                    for p in pairs
                ],
            }
        )
        return ExitCode.DONE
    if not pairs:
        tell("You have given no levels yet. 'class comment ID --level examples=3' gives one.")
    for each in found:
        say(f"{each.rubric}: {each.numbers}")
        say(f"  {each.words}")
    for pair in different(pairs):
        app = "none" if pair.app is None else pair.app
        say()
        say(f"{pair.answer.id}  {pair.student}, {pair.rubric}: you {pair.coach}, the app {app}")
        say(f"  {pair.answer.question.ask}")
        say(f"  {_beginning(pair)}")
    return ExitCode.DONE


def _beginning(pair: "Pair") -> str:
    words = pair.answer.transcript.text
    return words if len(words) <= 2 * WIDTH else f"{words[: 2 * WIDTH]} …"


def _without_nan(values: dict[str, Any]) -> dict[str, Any]:
    return {key: None if value != value else value for key, value in values.items()}


def _calibration(out: Path, pairs: "list[Pair]", roster: "Roster") -> int:
    from simulator.classroom.agreement import calibration_rows  # late

    rows = calibration_rows(pairs, roster)
    if not rows:
        raise UserError("There are no answers with levels of yours.", "'class comment' gives them.")
    write_file(out, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode())
    tell(f"{counted(len(rows), 'answer')} written to {out}; names of the class are hidden. Nothing was sent.")
    tell("Read them before you pass them on: what else tells who somebody is, only you can see.")
    return ExitCode.DONE


ACTIONS: dict[str, Callable[[argparse.Namespace, Services], int]] = {
    "answer": _answer,
    "comment": _comment,
    "return": _return,
    "agreement": _agreement,
}

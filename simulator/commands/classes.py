"""`class`: a coach and a class. Students' files in, tables and reports out, feedback back."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.commands import classes_assignment, classes_feedback
from simulator.commands.asked_files import write_file
from simulator.commands.formats import format_for
from simulator.console import asked, room, say, say_json, tell, write
from simulator.errors import ExitCode, UserError, WrongUse
from simulator.services import Services
from simulator.sessions.rubric_titles import rubric_title
from simulator.sheets import csv_text, sheet_bytes, table_lines
from simulator.texts import counted, read_plain_text

if TYPE_CHECKING:
    from simulator.classroom.class_overview import ClassOverview
    from simulator.classroom.classes import Roster
    from simulator.sheets import Cell

SUMMARY = "A coach's classes: set assignments, take in what students practised, compare, comment, hand back."
EXAMPLE = "second-round class add handed-in/ --class evening-course"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions of `class`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    new = actions.add_parser("new", help="begin a class")
    new.add_argument("name")
    new.add_argument("--students", type=Path, metavar="FILE", help="their names, one a line")
    listing = actions.add_parser("list", help="the classes, and assignments handed out")
    listing.add_argument("--json", action="store_true")
    add = actions.add_parser("add", help="take in students' sessions: files, or folders of them")
    add.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    add.add_argument("--name", default="", help="whose they all are (default: the name in each file)")
    add.add_argument("--names-from-files", action="store_true", help="without a name in a file: the file's own")
    show = actions.add_parser("show", help="the class as a table, or one student's answers")
    show.add_argument("student", nargs="?", default="")
    show.add_argument("--by", choices=("students", "questions"), default="students")
    show.add_argument("--format", choices=("table", "csv", "xlsx", "html", "json"),
                      help="default: by the ending of --out, else a table")  # fmt: skip
    show.add_argument("--out", type=Path, metavar="FILE", help="default: standard output")
    report = actions.add_parser("report", help="HTML: one page for the class, one for each student")
    report.add_argument("--out", type=Path, metavar="FOLDER", required=True)
    for reading in (show, report):
        reading.add_argument("--since", default="", metavar="DATE", help="only practice from that day on")
        reading.add_argument("--until", default="", metavar="DATE")
        reading.add_argument("--assignment", default="", metavar="TITLE", help="only this assignment")
        reading.add_argument("--without-names", action="store_true", help="students are numbered")
    rename = actions.add_parser("rename", help="rename a student")
    rename.add_argument("student")
    rename.add_argument("name")
    remove = actions.add_parser("remove", help="remove a student and everything of theirs")
    remove.add_argument("student")
    delete = actions.add_parser("delete", help="remove a class and everything in it")
    for removing in (remove, delete):
        removing.add_argument("--yes", action="store_true", help="do not ask")
    others = [*classes_feedback.add_arguments(actions), *classes_assignment.add_arguments(actions)]
    for action in (add, show, report, rename, remove, delete, *others):
        action.add_argument("--class", dest="of", default="", metavar="ID", help="default: the only class there is")


def run(args: argparse.Namespace) -> int:
    """Do one action."""
    services = Services()
    try:
        return _ACTIONS[args.action](args, services)
    finally:
        services.close()


def _new(args: argparse.Namespace, services: Services) -> int:
    names: list[str] = []
    if args.students:
        text = read_plain_text(args.students, wanted="Give a text file with their names, one a line.")
        names = [line.strip() for line in text.splitlines()]
    roster = services.data.classes.new(args.name, [name for name in names if name])
    read = [student.name for student in roster.students]
    # A few of them: that shows whether it was the right file.
    some = f": {', '.join(read[:3])}{' and so on' if len(read) > 3 else ''}" if read else ""
    tell(f"The class '{roster.name}' begins with {counted(len(read), 'student')}{some}.")
    say(roster.id)
    return ExitCode.DONE


def _list(args: argparse.Namespace, services: Services) -> int:
    rosters, assignments = services.data.classes.rosters.all(), services.data.classes.assignments.all()
    if args.json:
        say_json(
            {
                "classes": [{"id": each.id, "name": each.name, "students": len(each.students)} for each in rosters],
                "assignments": [
                    {"id": each.id, "title": each.title, "questions": len(each.questions)} for each in assignments
                ],
            }
        )
        return ExitCode.DONE
    if not rosters:
        tell("There is no class yet. 'second-round class new NAME' begins one.")
    for roster in rosters:
        say(f"{roster.id}  {roster.name}, {counted(len(roster.students), 'student')}")
    for assignment in assignments:
        say(f"{assignment.id}  assignment: {assignment.title}, {counted(len(assignment.questions), 'question')}")
    for problem in services.data.classes.rosters.broken().values():
        tell(str(problem))
    return ExitCode.DONE


def _add(args: argparse.Namespace, services: Services) -> int:
    from simulator.classroom.taking_in import files_in, gather  # late

    roster = services.data.classes.get(args.of)
    ask = (lambda _path, name: name) if args.names_from_files else _ask_name()
    left_out = 0
    for each in gather(services.data.classes, roster.id, files_in(args.paths), args.name, ask):
        for note in each.notes:
            left_out += 1
            tell(f"{each.path}: left out: {note}")
        if each.left_out:
            left_out += 1
            tell(each.told_as(str(each.path)))
        elif each.student:
            known = f", {each.known} here already" if each.known else ""
            say(f"{each.student}: {counted(each.new, 'new session')}{known}")
    return ExitCode.NOT_IN_ORDER if left_out else ExitCode.DONE


def _ask_name() -> Callable[[Path, str], str]:
    if not sys.stdin.isatty():

        def refuse(path: Path, name: str) -> str:
            raise UserError("It does not tell whose it is.", "Give --name NAME, or --names-from-files.")

        return refuse

    def ask(path: Path, name: str) -> str:
        entered = asked(f"Whose is {path}? Enter takes '{name}', a full stop leaves it out.")
        return "" if entered in (None, ".") else entered or name

    return ask


def overview_for(args: argparse.Namespace, services: Services, roster: "Roster") -> "ClassOverview":
    """The class as the options ask for it."""
    from simulator.classroom.class_overview import overview_of  # late

    return overview_of(services.data.classes, roster, args.since, args.until, args.assignment)


_ENDINGS = {".csv": "csv", ".xlsx": "xlsx", ".html": "html", ".htm": "html", ".json": "json", ".txt": "table"}


def _show(args: argparse.Namespace, services: Services) -> int:
    roster = services.data.classes.get(args.of)
    if args.student:
        return classes_feedback.show_student(args, services, roster)
    from simulator.classroom.class_overview import question_rows, student_rows  # late
    from simulator.classroom.pages import class_page  # late

    overview, names = overview_for(args, services, roster), not args.without_names
    header, rows = student_rows(overview, names) if args.by == "students" else question_rows(overview)
    match format_for(args.out, args.format, _ENDINGS, "table"):
        case "table":
            return _out(args.out, "\n".join([*_table(overview, args.by, names), ""]).encode())
        case "csv":
            # A spreadsheet knows UTF-8 by the mark at the beginning.
            return _out(args.out, csv_text(header, rows).encode("utf-8-sig" if args.out else "utf-8"))
        case "html":
            return _out(args.out, class_page(overview, _today(), names).encode())
        case "json":
            listed = [dict(zip(header, row, strict=True)) for row in rows]
            if args.out is not None:
                return _out(args.out, (json.dumps(listed, ensure_ascii=False, indent=2) + "\n").encode())
            say_json(listed)
            return ExitCode.DONE
    if args.out is None:
        raise WrongUse("An Excel sheet needs a file.", "Add --out class.xlsx.")
    sheets = [("Students", *student_rows(overview, names)), ("Questions", *question_rows(overview))]
    return _out(args.out, sheet_bytes(sheets))


_WIDE = 100
"""Columns from which a day is shown with its year."""


def _table(overview: "ClassOverview", by: str, names: bool) -> list[str]:
    """The class for a terminal of 80 columns: who, the latest levels with the change, how much, what is missing."""
    if by == "questions":
        return list(_question_lines(overview))
    lines = [f"{overview.roster.name}: latest level of 4, and the change since the first"]
    short = [rubric_title(rubric).split()[0].split("-")[0] for rubric in overview.rubrics]
    rows: list[list[Cell]] = []
    for number, line in enumerate(overview.lines, 1):
        levels = [line.levels.get(rubric) for rubric in overview.rubrics]
        shown = [
            "" if each is None else f"{each.latest:.1f}" + ("" if each.change is None else f" {each.change:+.1f}")
            for each in levels
        ]
        name = line.student.name if names else f"student {number}"
        last = line.last_at[:10] if room() >= _WIDE else line.last_at[5:10]
        rows.append([name, *shown, line.sessions, round(line.minutes), last, line.missing[0]])
    lines.extend(table_lines(["student", *short, "n", "min", "last", "missing most"], rows, room()))
    if overview.missing:
        part, count = overview.missing[0]
        lines.append(f"Missing most in the class: {part}, in {counted(count, 'answer')}")
    if overview.not_practised:
        who = ", ".join(student.name for student in overview.not_practised) if names else len(overview.not_practised)
        lines.append(f"Not practised{f' since {overview.since}' if overview.since else ''}: {who}")
    return lines


def _question_lines(overview: "ClassOverview") -> Iterator[str]:
    """Each question with what came of it below; questions are long."""
    from simulator.classroom.class_overview import most_missing  # late

    for line in overview.questions:
        yield line.ask
        levels = ", ".join(f"{rubric_title(rubric)} {level:.1f}" for rubric, level in line.levels.items())
        missing = f"; missing most: {most_missing(line.missing)}" if line.missing[0] else ""
        asked = f"{counted(line.answers, 'answer')} of {counted(line.students, 'student')}"
        yield f"    {levels or 'no level'}; {asked}{missing}"


def _today() -> str:
    return date.today().isoformat()


def _out(path: Path | None, content: bytes) -> int:
    if path is None:
        write(content.decode("utf-8"))
        return ExitCode.DONE

    write_file(path, content)
    tell(f"Written to {path}.")
    return ExitCode.DONE


def _report(args: argparse.Namespace, services: Services) -> int:
    from simulator.classroom.pages import write_pages  # late

    roster = services.data.classes.get(args.of)
    overview = overview_for(args, services, roster)
    written = write_pages(services.data.classes, overview, args.out, _today(), not args.without_names)
    tell(f"{counted(len(written) - 1, 'page')} of students and one of the class written.")
    say(str(written[0]))
    return ExitCode.DONE


def _rename(args: argparse.Namespace, services: Services) -> int:
    roster = services.data.classes.get(args.of)
    student = roster.student(args.student)
    services.data.classes.rename_student(roster.id, student.id, args.name)
    tell(f"{student.name} is now {args.name}.")
    return ExitCode.DONE


def _remove(args: argparse.Namespace, services: Services) -> int:
    roster = services.data.classes.get(args.of)
    student = roster.student(args.student)
    _ask_to_remove(f"{student.name} and all sessions, recordings and comments of theirs here", args.yes)
    services.data.classes.remove_student(roster.id, student.id)
    tell(f"{student.name} is removed from '{roster.name}'.")
    return ExitCode.DONE


def _delete(args: argparse.Namespace, services: Services) -> int:
    roster = services.data.classes.get(args.of)
    _ask_to_remove(f"the class '{roster.name}' with {counted(len(roster.students), 'student')}", args.yes)
    services.data.classes.delete(roster.id)
    tell(f"The class '{roster.name}' is removed.")
    return ExitCode.DONE


def _ask_to_remove(what: str, sure: bool) -> None:
    if sure:
        return
    if not sys.stdin.isatty():
        raise WrongUse("Nothing was removed: nobody is here to be asked.", "Add --yes to do it anyway.")
    if asked(f"This removes for good {what}. Type 'yes' to do it.") != "yes":
        raise UserError("Nothing was removed.")


_ACTIONS: dict[str, Callable[[argparse.Namespace, Services], int]] = {
    "new": _new,
    "list": _list,
    "add": _add,
    "show": _show,
    "report": _report,
    "rename": _rename,
    "remove": _remove,
    "delete": _delete,
    **classes_feedback.ACTIONS,
    **classes_assignment.ACTIONS,
}

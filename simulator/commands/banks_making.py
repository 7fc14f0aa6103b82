"""`banks new` and `banks import`: a bank from nothing, or from a list of questions somebody has."""

import argparse
import re
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.console import asked, say, say_json, tell
from simulator.errors import ExitCode, UserError, WrongUse
from simulator.paths import private_folder, private_opener, shipped
from simulator.questions.advice import question_notes
from simulator.questions.bank import DEFAULT_RUBRICS, Bank, Kind, Question
from simulator.questions.bank_files import ID_PATTERN, ID_WORDS
from simulator.questions.bank_text import scalar
from simulator.questions.editing import add_question, file_for, new_question_id, own_copy, question_faults, save_bank
from simulator.questions.exporting import question_document
from simulator.questions.gathering import TARGETS
from simulator.questions.guessing import Ids, guess_competency
from simulator.questions.import_columns import CHOICES, LEFT_OUT, SEVERAL, role_words
from simulator.questions.import_headings import kind_named
from simulator.questions.installing import keep_aside
from simulator.questions.kind_model import guess_kind
from simulator.questions.merging import TITLE_ROOM, free_title, made_of, updated
from simulator.services import Services
from simulator.texts import counted, refuse_taken, words_of_name

if TYPE_CHECKING:
    from simulator.questions.importing import Import

FORMATS = ("csv", "tsv", "markdown", "text", "json", "anki", "bank", "gift", "moodle", "html")
MOST_SHOWN = 12
"""Questions and unused lines that are shown before it is asked whether to write them."""


def add_arguments(actions: Any) -> None:
    """The words of `new` and `import`."""
    new = actions.add_parser("new", help="make a bank by answering questions, or from a template")
    new.add_argument("--id", default="", help="its id, such as night-shift")
    new.add_argument("--title", default="", help="its title")
    new.add_argument("--template", action="store_true", help="write a commented file to fill in, and ask nothing")
    new.add_argument("--out", type=Path, help="the file to write (default: among your banks)")
    importing = actions.add_parser("import", help="make a bank of a list: Excel, Word, CSV, Anki, text ...")
    importing.add_argument("file", type=Path, metavar="FILE")
    importing.add_argument("--format", choices=FORMATS, help="what the file is, where its name does not say")
    importing.add_argument("--id", default="", help="the id of the new bank")
    importing.add_argument("--title", default="", help="the title of the new bank")
    importing.add_argument("--out", type=Path, help="the file to write (default: among your banks)")
    importing.add_argument(
        "--map", metavar="COLUMN=ROLE", action="append", default=[], dest="mapping",
        help="what a column is, by its heading or number: question, kind, time, minutes, seconds, guidance, answer, "
        "follow-up, notes, competency, tags, id, 'leave out'; may be given again",
    )  # fmt: skip
    again = importing.add_mutually_exclusive_group()
    again.add_argument("--update", metavar="ID", help="bring this bank of yours up to date with the list")
    again.add_argument("--copy", action="store_true", help="make a new bank, even where one has these questions")
    importing.add_argument("--every-line", action="store_true", help="in a text, take each line as a question")
    importing.add_argument("--preview", action="store_true", help="show all that would be made, and write nothing")
    importing.add_argument("--yes", action="store_true", help="write without asking")
    importing.add_argument("--json", action="store_true", help="the preview as JSON")


def _target(services: Services, bank_id: str, out: Path | None) -> Path:
    if out is None:
        return file_for(bank_id, services.paths.banks)
    if out.suffix.lower() not in (".yaml", ".yml"):
        raise WrongUse(f"A bank's file ends in .yaml; {out.name} does not.", f"Write --out {out.stem}.yaml.")
    refuse_taken(out, "Choose another name, or move it away.")
    return out


def _free_id(services: Services, wanted: str, words: str, given: bool) -> str:
    """The id wanted, or one made of words. A given id that is taken is wrong use."""
    taken = [bank.id for bank in services.library.banks()]
    ids = Ids(taken)
    if given:
        if not re.fullmatch(ID_PATTERN, wanted):
            raise WrongUse(f"'{wanted}' will not do as an id.", ID_WORDS)
        if wanted in taken:
            hint = f"Choose another --id; 'banks import FILE --update {wanted}' brings it up to date."
            raise WrongUse(f"There is a bank '{wanted}' already.", hint)
        return wanted
    if wanted and ids.take(wanted):
        return wanted
    return ids.make(wanted.replace("-", " ") or words)


# new


def new(args: argparse.Namespace, services: Services) -> int:
    """Ask for questions one by one, saving after each; or write a template."""
    asks = not args.template and sys.stdin.isatty()
    title = args.title or (_ask("Title of the bank: ") if asks else "") or "My questions"
    bank_id = _free_id(services, args.id, title, given=bool(args.id))
    target = _target(services, bank_id, args.out)
    if not asks:
        _write_template(target, bank_id, title)
        tell("Fill it in with any editor, then: second-round banks check " + str(target))
        say(str(target))
        return ExitCode.DONE
    tell("Write one question after the other. An empty line ends the bank; each question is saved at once.")
    bank = Bank(bank_id, title, ())
    while question := _asked(bank, services):
        bank = save_bank(add_question(bank, question), target)
    if not bank.questions:
        tell("No question, so no bank was made.")
        return ExitCode.NOT_IN_ORDER
    tell(f"{counted(len(bank.questions), 'question')}. Practise them: second-round practice --bank {bank_id}")
    say(str(target))
    return ExitCode.DONE


def _ask(prompt: str) -> str:
    return " ".join((asked(prompt) or "").split())


def _asked(bank: Bank, services: Services) -> Question | None:
    """One question from the terminal; None when there are no more."""
    while ask := _ask(f"\nQuestion {len(bank.questions) + 1}: "):
        guess = guess_kind(ask)
        kind = guess
        while given := _ask(f"Kind, Enter for {guess.value}: "):
            named = kind_named(given)
            if named:
                kind = named
                break
            tell(f"There is {', '.join(each.value for each in Kind)}.")
        question = Question(
            id=new_question_id(bank, ask),
            ask=ask,
            kind=kind,
            competency=guess_competency(ask, kind),
            rubrics=DEFAULT_RUBRICS[kind],
            target_seconds=TARGETS.get(kind, 75),
            guidance=_ask("What does a strong answer do? (optional) "),
        )
        faults = question_faults(question, (), services.rubrics.ids())
        for fault in faults:
            tell(f"Not saved: {fault}")
        if not faults:
            for note in question_notes(question):
                tell(f"note: {note}")
            return question
    return None


def _write_template(target: Path, bank_id: str, title: str) -> None:
    text = (shipped("assets") / "bank_template.yaml").read_text(encoding="utf-8")
    schema = (shipped("question_banks") / "schema.json").resolve().as_uri()
    text = text.replace("SCHEMA", schema).replace("BANK-ID", bank_id).replace("BANK-TITLE", scalar(title))
    try:
        if not target.parent.exists():
            private_folder(target.parent)
        with open(target, "x", encoding="utf-8", opener=private_opener) as file:
            file.write(text)
    except OSError as error:
        raise UserError(f"{target} cannot be written: {error.strerror or error}.", "Choose another --out.") from None


# import


def import_file(args: argparse.Namespace, services: Services) -> int:
    """Read, show, ask, write."""
    from simulator.questions.importing import ImportFormat, read_import  # late

    form = ImportFormat(args.format) if args.format else None
    mapping = _mapping(args.mapping)
    agreed = False
    found = read_import(args.file, form, services.rubrics.ids(), args.every_line, mapping)
    _check_mapping(mapping, found)
    there = None if args.copy or args.out else _there(args, services, found)
    if not args.json:
        _preview(found, None if args.preview else MOST_SHOWN)
    asks = bool(found.questions) and sys.stdin.isatty() and not (args.yes or args.preview)
    if there is not None:
        update = updated(there, found.questions)
        tell(f"Your bank '{there.id}' has these questions already. Brought up to date: {update}.")
        given = _ask("u brings it up to date, c makes a new bank beside it, Enter does nothing: ") if asks else ""
        if given.lower() == "c":
            there = None
        agreed = args.yes or given.lower() in ("u", "c")
    if there is None:
        bank, target = _new_bank(args, services, found)
        agreed = args.yes or agreed or (asks and _ask(f"Write this bank to {target}? [y/N] ").lower() in ("y", "yes"))
    else:
        assert there.path is not None  # a bank of the user's has a file
        bank, target = update.bank, there.path
    written = bool(found.questions) and not args.preview and agreed
    if written:
        _write(found, bank, target, there)
    if args.json:
        say_json(_document(found, bank.id, target if written else None))
    elif written:
        say(str(target))
        tell(f"Practise it: second-round practice --bank {bank.id}")
    if not found.questions:
        tell(f"No question was found in {args.file}. In a text, --every-line takes each line as one.")
        return ExitCode.NOT_IN_ORDER
    if not written and not args.preview:
        beside = ", --copy besides for a new bank beside it." if there else "."
        tell(f"Nothing was written. Add --yes to write without being asked{beside}")
        return ExitCode.DONE if sys.stdin.isatty() else ExitCode.WRONG_USE
    return ExitCode.DONE


def _new_bank(args: argparse.Namespace, services: Services, found: "Import") -> tuple[Bank, Path]:
    whole = [bank for bank in services.library.banks() if isinstance(bank, Bank)]
    wanted = args.title[:TITLE_ROOM] or found.head.title or words_of_name(args.file)
    title = wanted if args.title else free_title(wanted, whole)
    bank_id = _free_id(services, args.id or found.head.id, wanted, bool(args.id) and not args.copy)
    return found.bank(bank_id, title), _target(services, bank_id, args.out)


def _there(args: argparse.Namespace, services: Services, found: "Import") -> Bank | None:
    """The bank of the user's that the list is to bring up to date: the one named, or the one made of it before."""
    if args.update:
        bank = services.library.bank(args.update)
        if bank.shipped:
            return own_copy(bank, services.paths.banks)
        return bank
    own = [bank for bank in services.library.banks() if isinstance(bank, Bank) and not bank.shipped]
    if args.id:
        own = [bank for bank in own if bank.id == args.id]
    return made_of(own, [each.question.ask for each in found.questions], found.head.id)


def _mapping(given: list[str]) -> dict[str, str]:
    mapping: dict[str, str] = {}
    for each in given:
        column, sign, role = each.rpartition("=")
        role = " ".join(role.lower().replace("_", " ").split())
        if not sign or not column.strip():
            raise WrongUse(f"'{each}' does not say what a column is.", "Write it as --map 'Heading=question'.")
        if role not in CHOICES:
            raise WrongUse(f"'{role}' is nothing that a column can be.", f"There is {', '.join(CHOICES)}.")
        if CHOICES[role] in mapping.values() and CHOICES[role] not in (*SEVERAL, CHOICES[LEFT_OUT]):
            raise WrongUse(f"Only one column can be the {role}.", "Give --map for the one that is meant.")
        mapping[column.strip()] = CHOICES[role]
    return mapping


def _check_mapping(mapping: dict[str, str], found: "Import") -> None:
    """A column that --map names must be there."""
    names = {
        name.casefold() for column in found.columns for name in (column.heading, column.name, str(column.number))
    }
    for name in mapping:
        if name.casefold() not in names:
            listed = ", ".join(f"'{column.name}'" for column in found.columns) or "no columns"
            raise WrongUse(f"There is no column '{name}' in {found.source}.", f"It has {listed}.")


def _write(found: "Import", bank: Bank, target: Path, there: Bank | None) -> None:
    if there is not None and target.exists():
        tell(f"The file as it was is kept: {keep_aside(target)}")
    remarks = {
        (imported.question.id, field): "a guess"
        for imported in found.questions
        for field in imported.guessed
    }  # fmt: skip
    save_bank(bank, target, base=there if there and target.exists() else None, remarks=remarks)


def _preview(found: "Import", most: int | None) -> None:
    """What was found; of each sort `most` are shown, all where that is None."""
    guesses = sum(1 for imported in found.questions if imported.guessed)
    say(f"{found.source}, read as {found.format.words}: {counted(len(found.questions), 'question')}")
    for imported in found.questions[:most]:
        question = imported.question
        marks = dict.fromkeys(imported.guessed, "?")
        about = f"{question.kind.value}{marks.get('kind', '')}, {question.competency}{marks.get('competency', '')}"
        head = f"  line {imported.lines[0]:<5} {about}: "
        guidance = f" [{question.guidance}]" if question.guidance else ""
        say(textwrap.shorten(f"{head.strip()} {question.ask}{guidance}", 110, placeholder=" ..."))
    _say_more(len(found.questions), most)
    if guesses:
        say(f"Guessed, marked with '?' here and with a comment in the file: in {counted(guesses, 'question')}.")
    if found.unused:
        say(f"Not used: {len(found.unused)}")
        for unused in found.unused[:most]:
            say(textwrap.shorten(f"line {unused.line:<5} {unused.text}", 78, placeholder=" ...") + f" ({unused.why})")
        _say_more(len(found.unused), most)
    for column in found.columns[:most]:
        name = f"'{column.name}'" if column.heading else f"number {column.name}"
        is_what = f"{role_words(column.role)} ({column.how})" if column.role else "not used; --map says what it is"
        say(textwrap.shorten(f"  column {name}: {is_what}", 110, placeholder=" ..."))
    asks = {imported.question.id: imported.question.ask for imported in found.questions}
    for one, other in found.alike[:most]:
        tell(f"note: '{asks[one]}' and '{asks[other]}' mean nearly the same.")
    for note in found.notes[:most]:
        tell(f"note: {note}")


def _say_more(count: int, most: int | None) -> None:
    if most is not None and count > most:
        say(f"  ... and {count - most} more; --preview shows all.")


def _document(found: "Import", bank_id: str, written: Path | None) -> dict[str, object]:
    return {
        "source": found.source,
        "format": found.format.value,
        "bank": bank_id,
        "questions": [
            {**question_document(imported.question), "lines": imported.lines, "guessed": imported.guessed}
            for imported in found.questions
        ],
        "unused": [{"line": unused.line, "text": unused.text, "why": unused.why} for unused in found.unused],
        "columns": [
            {"number": column.number, "heading": column.heading, "role": role_words(column.role), "how": column.how}
            for column in found.columns
        ],
        "alike": found.alike,
        "notes": found.notes,
        "written": str(written) if written else None,
    }

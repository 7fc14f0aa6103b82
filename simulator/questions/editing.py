"""Changing banks: pure steps over `Bank` with checks and undo, and saving without losing anybody's comments.

A shipped bank is never changed: `own_copy` gives the user one of the same id, which stands in its place.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from simulator.data_files import BrokenFile, Checker, Entries, Field, Items, Node, Text, nearest
from simulator.errors import UserError
from simulator.paths import private_folder, whole_file
from simulator.questions.bank import Bank, Question, WorkedAnswer
from simulator.questions.bank_files import ENDINGS, EXAMPLE_FIELDS, QUESTION_FIELDS, bank_of, parse_bank
from simulator.questions.bank_text import Remarks, bank_to_yaml, changed_yaml
from simulator.questions.guessing import Ids
from simulator.yaml_nodes import let_go, parse_yaml, quiet_collector, read_text

_RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))}
"""Names that Windows does not allow for files."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field of a question or bank that is being edited, and what to write instead."""

    field: str
    what: str
    instead: str = ""

    def __str__(self) -> str:
        return f"{self.what} {self.instead}".strip()


# Checks as one types.


def question_faults(
    question: Question, others: Iterable[str] = (), rubrics: Sequence[str] | None = None
) -> tuple[Fault, ...]:
    """Everything wrong with a question; `others` are the ids of the bank's other questions. Quick enough per key."""
    node, names = _as_node(question, QUESTION_FIELDS)
    checker = Checker(Path("question"))
    checker.record(node, QUESTION_FIELDS, "a question")
    faults = [Fault(names.get(found.line, "id"), found.what, found.instead) for found in sorted(checker.findings)]
    if question.id and question.id in (others if isinstance(others, frozenset) else frozenset(others)):
        faults.append(Fault("id", f"the id '{question.id}' is used in this bank already.", "Choose another."))
    if rubrics is not None:
        for name in question.rubrics:
            if name not in rubrics:
                faults.append(Fault("rubrics", f"there is no rubric '{name}'.", nearest(name, rubrics)))
    return tuple(faults)


def example_faults(example: WorkedAnswer) -> tuple[str, ...]:
    """Everything wrong with a worked answer, in words."""
    checker = Checker(Path("example"))
    checker.record(_node(example.entry(), 1), EXAMPLE_FIELDS, "a worked answer")
    return tuple(f"{found.what} {found.instead}".strip() for found in checker.findings)


def _as_node(thing: Bank | Question, fields: Sequence[Field]) -> tuple[Entries, dict[int, str]]:
    """A mapping node of a thing's fields, one a line, so that findings tell by their line which field they mean."""
    pairs: list[tuple[Text, Node]] = []
    lines: dict[int, str] = {}
    for line, field in enumerate(fields, 2):
        name = "id" if field.name == "bank" else field.name
        lines[line] = name
        value: Any = getattr(thing, name)
        if field.required or value not in ("", (), {}):
            pairs.append((Text(field.name, line, 1), _node(value, line)))
    return Entries(pairs, 1, 1), lines


def _node(value: Any, line: int) -> Node:
    if isinstance(value, tuple):
        return Items([_node(each, line) for each in value], line, 1)
    if isinstance(value, WorkedAnswer):
        return _node(value.entry(), line)
    if isinstance(value, dict):
        return Entries([(Text(str(key), line, 1), _node(each, line)) for key, each in value.items()], line, 1)
    return Text(str(value), line, 1, plain=False)


# Steps. Each gives a new bank; an id that the bank does not have raises Problem.


def add_question(bank: Bank, question: Question, at: int | None = None) -> Bank:
    """The bank with one more question, at the end or before place `at`. Raises UserError when its id is taken."""
    if bank.question(question.id):
        raise UserError(f"The bank '{bank.id}' has a question '{question.id}' already.", "Choose another id.")
    place = len(bank.questions) if at is None else at
    return replace(bank, questions=(*bank.questions[:place], question, *bank.questions[place:]))


def change_question(bank: Bank, question_id: str, question: Question) -> Bank:
    """The bank with another question in the place of one."""
    place = _place(bank, question_id)
    if question.id != question_id and bank.question(question.id):
        raise UserError(f"The bank '{bank.id}' has a question '{question.id}' already.", "Choose another id.")
    return replace(bank, questions=(*bank.questions[:place], question, *bank.questions[place + 1 :]))


def remove_question(bank: Bank, question_id: str) -> Bank:
    """The bank without one question. Raises UserError at its last one: a bank asks something."""
    place = _place(bank, question_id)
    if len(bank.questions) == 1:
        raise UserError("This is the bank's last question.", "Add another one first.")
    return replace(bank, questions=(*bank.questions[:place], *bank.questions[place + 1 :]))


def duplicate_question(bank: Bank, question_id: str) -> tuple[Bank, Question]:
    """The bank with a copy of a question right behind it, and the copy, which has an id of its own."""
    place = _place(bank, question_id)
    ids = Ids(question.id for question in bank.questions)
    copy = replace(bank.questions[place], id=ids.make(question_id.replace("-", " "), words=12))
    return add_question(bank, copy, place + 1), copy


def reorder_question(bank: Bank, question_id: str, by: int) -> Bank:
    """The bank with a question `by` places further down (up where negative), as far as there is room."""
    return place_questions(bank, [question_id], max(0, _place(bank, question_id) + by))


def place_questions(bank: Bank, question_ids: Sequence[str], at: int) -> Bank:
    """The bank with these questions, in this order, from place `at` (from 0) on, as far as there is room."""
    moved = [bank.questions[_place(bank, question_id)] for question_id in dict.fromkeys(question_ids)]
    ids = {question.id for question in moved}
    others = [question for question in bank.questions if question.id not in ids]
    return replace(bank, questions=(*others[:at], *moved, *others[at:]))


def move_question(source: Bank, target: Bank, question_id: str) -> tuple[Bank, Bank]:
    """Both banks with a question moved to the end of the second; there it gets another id where its own is taken."""
    question = source.questions[_place(source, question_id)]
    left = remove_question(source, question_id)
    if target.question(question.id):
        ids = Ids(each.id for each in target.questions)
        question = replace(question, id=ids.make(question.id.replace("-", " "), words=12))
    return left, add_question(target, question)


def change_bank(bank: Bank, **fields: str) -> Bank:
    """The bank with another title, description, licence or id."""
    return replace(bank, **fields)  # type: ignore[arg-type]  # the fields named are texts


def new_question_id(bank: Bank, ask: str, taken: frozenset[str] | None = None) -> str:
    """A short id for a new question out of its words, not yet used in the bank; `taken` are its ids where known."""
    return Ids(taken if taken is not None else (question.id for question in bank.questions)).make(ask)


def _place(bank: Bank, question_id: str) -> int:
    for place, question in enumerate(bank.questions):
        if question.id == question_id:
            return place
    raise UserError(
        f"The bank '{bank.id}' has no question '{question_id}'.",
        nearest(question_id, [question.id for question in bank.questions]),
    )


# Saving.


def own_copy(bank: Bank, folder: Path) -> Bank:
    """The bank as one of the user's: itself where it is theirs, else a copy for `folder`, of the same id."""
    if not bank.shipped and bank.path is not None:
        return bank
    return replace(bank, path=file_for(bank.id, folder), shipped=False)


def file_for(bank_id: str, folder: Path) -> Path:
    """A file for a bank of that id in a folder, on which nothing else lies yet."""
    stem = f"{bank_id}-bank" if bank_id in _RESERVED else bank_id
    path = folder / f"{stem}.yaml"
    number = 2
    while path.exists():
        path = folder / f"{stem}-{number}.yaml"
        number += 1
    return path


def save_bank(bank: Bank, path: Path | None = None, base: Bank | None = None, remarks: Remarks | None = None) -> Bank:
    """Write a bank to its file (or to `path`), whole or not at all, and return it with that path.

    Where the file holds an earlier state of it, lines that did not change stay as they are, comments
    included. `base` is the bank as it was read: where the file says something else by now, nothing is
    written. A file that is no bank in order is set aside, never written over. Raises BrokenFile when
    the bank is not in order, UserError when the file was changed meanwhile or cannot be written.
    """
    target = path or bank.path
    if target is None:
        raise UserError(f"The bank '{bank.id}' has no file yet.", "Name one.")
    if bank.shipped and (path is None or path == bank.path):
        raise UserError(f"The bank '{bank.id}' comes with the app and is not changed.", "Change a copy of it.")
    if target.suffix.lower() not in ENDINGS:
        raise UserError(f"{target} does not end in .yaml, so it would not be found.", "Choose another name.")
    saved = replace(bank, path=target, shipped=False)
    with quiet_collector(200 * len(bank.questions)):
        text, aside = _text_for(saved, target, base, remarks)
    if aside:
        _set_aside(target)
    write_bank_file(target, text.encode())
    return saved


def _text_for(bank: Bank, target: Path, base: Bank | None, remarks: Remarks | None) -> tuple[str, bool]:
    """The text to write, which was read back and says the same, and whether what lies there is to be set aside."""
    try:
        kept = _kept_text(bank, target, base)
        broken = False
    except BrokenFile:
        kept, broken = None, True
    if kept is not None:
        return kept, False
    fresh = bank_to_yaml(bank, remarks)
    if parse_bank(fresh, target) != bank:
        raise UserError(f"The bank '{bank.id}' cannot be written so that it reads the same.", "Please report this.")
    return fresh, broken


def _kept_text(bank: Bank, target: Path, base: Bank | None) -> str | None:
    """The text of the file with the changes worked in; None where all is to be written anew.

    Raises BrokenFile where no bank in order lies there, UserError where it is another than `base`.
    """
    if not target.exists():
        return None
    old = read_text(target)
    text = old.replace("\r\n", "\n")
    root = parse_yaml(text, target)
    there = bank_of(root, target)
    if base is not None and replace(base, path=target, shipped=False) != there:
        raise UserError(f"{target} was changed by another program meanwhile.", "Open the bank again, then change it.")
    kept = changed_yaml(text, root, bank, there)
    let_go(root)
    try:
        if kept is None or parse_bank(kept, target) != bank:
            return None
    except BrokenFile:
        # Either the bank is not in order, which writing it anew tells, or its old layout does not hold.
        return None
    return kept.replace("\n", "\r\n") if "\r\n" in old else kept


def _set_aside(target: Path) -> None:
    number = 1
    while (aside := target.with_name(f"{target.name}.broken-{number}")).exists():
        number += 1
    try:
        target.rename(aside)
    except OSError as error:
        raise UserError(f"{target} cannot be set aside: {error.strerror or error}.", "Check its rights.") from None


def write_bank_file(target: Path, content: bytes) -> None:
    """Replace a file at once; a link is followed, its mode is kept, a new file is the user's alone."""
    target = target.resolve() if target.is_symlink() else target
    try:
        if not target.parent.exists():
            private_folder(target.parent)
        with whole_file(target, keep_mode=True) as file:
            file.write(content)
    except OSError as error:
        raise UserError(
            f"{target} cannot be written: {error.strerror or error}.", "Check its rights, or free some space."
        ) from None

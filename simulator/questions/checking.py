"""Checks bank files as `banks check` does: every error at once, each with its place, across files too.

Errors keep a bank from being used. Notes do not: they say what a voice would stumble on, what an
employer may not ask, and what is asked twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from simulator.data_files import BrokenFile, Finding
from simulator.questions.advice import near_duplicates, question_notes
from simulator.questions.bank import Bank
from simulator.questions.bank_files import bank_paths, read_bank, same_id


@dataclass(frozen=True, slots=True)
class Checked:
    """The banks in order, everything wrong in the others and between them, and notes."""

    banks: tuple[Bank, ...]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]


def files_of(paths: Iterable[Path]) -> list[Path]:
    """The files named, and the bank files of the folders named."""
    files: list[Path] = []
    for path in paths:
        files.extend(bank_paths(path) if path.is_dir() else [path])
    return files


def check_banks(paths: Iterable[Path], rubrics: Sequence[str] | None, notes: bool = True) -> Checked:
    """Read and check files and folders; `rubrics` are those that questions may name. Notes take the most time."""
    banks: list[Bank] = []
    findings: list[Finding] = []
    for path in files_of(paths):
        try:
            banks.append(read_bank(path, rubrics))
        except BrokenFile as broken:
            findings.extend(broken.findings)
    findings.extend(_same_ids(banks))
    return Checked(tuple(banks), tuple(sorted(findings)), tuple(_notes(banks)) if notes else ())


def _same_ids(banks: Sequence[Bank]) -> Iterable[Finding]:
    seen: dict[str, Bank] = {}
    for bank in banks:
        if bank.id in seen:
            yield same_id(bank, seen[bank.id])
        seen.setdefault(bank.id, bank)


def _notes(banks: Sequence[Bank]) -> Iterable[str]:
    for bank in banks:
        for question in bank.questions:
            for note in question_notes(question):
                yield f"{bank.path}: {question.id}: {note}"
    for one, other in near_duplicates([(bank, question) for bank in banks for question in bank.questions]):
        yield f"{other[0].path}: {other[1].id}: asks nearly the same as '{one[1].id}' in {one[0].path}."

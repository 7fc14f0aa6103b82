"""Checks bank files as `banks check` does: every error at once, each with its place, across files too."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from simulator.data_files import BrokenFile, Finding
from simulator.questions.bank import Bank
from simulator.questions.bank_files import bank_paths, read_bank, same_id


def files_of(paths: Iterable[Path]) -> list[Path]:
    """The files named, and the bank files of the folders named."""
    files: list[Path] = []
    for path in paths:
        files.extend(bank_paths(path) if path.is_dir() else [path])
    return files


def check_banks(paths: Iterable[Path], rubrics: Sequence[str]) -> tuple[list[Bank], list[Finding]]:
    """The banks that can be read, and everything wrong in the others and between them."""
    banks: list[Bank] = []
    findings: list[Finding] = []
    for path in files_of(paths):
        try:
            banks.append(read_bank(path, rubrics))
        except BrokenFile as broken:
            findings.extend(broken.findings)
    findings.extend(_same_ids(banks))
    return banks, sorted(findings)


def _same_ids(banks: Sequence[Bank]) -> Iterable[Finding]:
    seen: dict[str, Bank] = {}
    for bank in banks:
        if bank.id in seen:
            yield same_id(bank, seen[bank.id])
        seen.setdefault(bank.id, bank)

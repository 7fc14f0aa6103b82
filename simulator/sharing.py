"""Installing what somebody shared: banks, rubrics, interviewers, checked as a whole; for the command and the app."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from simulator.data_files import BrokenFile, Finding
from simulator.errors import UserError
from simulator.interview.interviewer import find_interviewers, read_interviewer
from simulator.questions.bank import Bank
from simulator.questions.bank_files import ENDINGS
from simulator.questions.checking import check_banks
from simulator.questions.installing import Check, Installed, Package, check_package, install_package, read_package
from simulator.scoring.rubric_check import check_rubric
from simulator.services import Services
from simulator.zip_files import names_in


def is_package(path: Path) -> bool:
    """Whether a path is a folder, or a zip with data files: to be installed, not imported."""
    return path.is_dir() or any(name.lower().endswith(ENDINGS) for name in names_in(path))


def install_shared(path: Path, services: Services, replacing: bool = False) -> tuple[Package, list[Installed]]:
    """Check everything, then install everything, or nothing.

    Raises BrokenFile with all errors, AlreadyThere unless `replacing`, UserError where there is nothing to install.
    """
    package = read_package(path)
    if not package.files:
        left = "".join(f" {name}: {why}." for name, why in package.left_out[:5])
        raise UserError(f"There is no bank, rubric or interviewer in {path}.{left}", "Their files end in .yaml.")
    rubrics = [shared.id for shared in package.files if shared.kind == "rubric"]
    with tempfile.TemporaryDirectory() as folder:
        findings = check_package(package, _checks([*services.rubrics.ids(), *rubrics]), Path(folder))
    if findings:
        raise BrokenFile(path, findings)
    paths = services.paths
    folders = {"bank": paths.banks, "rubric": paths.rubrics, "interviewer": paths.interviewers}
    return package, install_package(package, folders, _known(services), replacing)


def _checks(rubrics: Sequence[str]) -> Mapping[str, Check]:
    def interviewer(path: Path) -> Sequence[Finding]:
        try:
            read_interviewer(path)
        except BrokenFile as broken:
            return broken.findings
        return ()

    return {
        "bank": lambda path: check_banks([path], rubrics).findings,
        "rubric": check_rubric,
        "interviewer": interviewer,
    }


def _known(services: Services) -> dict[tuple[str, str], Path]:
    """The user's own files by what they are and their ids."""
    paths = services.paths
    known: dict[tuple[str, str], Path] = {}
    for bank in services.library.banks():
        if isinstance(bank, Bank) and bank.path and bank.path.parent == paths.banks:
            known["bank", bank.id] = bank.path
    for person in find_interviewers([paths.interviewers]):
        if person.path:
            known["interviewer", person.id] = person.path
    for rubric in services.rubrics.all():
        if rubric.path.parent == paths.rubrics:
            known.setdefault(("rubric", rubric.id), rubric.path)
    return known

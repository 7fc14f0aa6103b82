"""Question banks: those that come with the app, the user's, and those made of an assignment or for a job."""

from collections.abc import Sequence
from pathlib import Path

from simulator.classroom.assignment import ASSIGNMENT
from simulator.data_files import begun
from simulator.errors import UserError
from simulator.interview.setup import JOB_BANK
from simulator.paths import AppPaths, expanded, shipped
from simulator.questions.bank import Bank, Question, WorkedAnswer
from simulator.questions.bank_files import BrokenBank, find_banks
from simulator.services.data import Data
from simulator.services.settings_in_use import SettingsInUse
from simulator.settings import Settings
from simulator.texts import did_you_mean


def _in_order(bank: Bank | BrokenBank) -> tuple[bool, str]:
    """Where a bank stands in every list: the general one, which is used without a choice, comes first."""
    return bank.id != Settings().bank, (bank.title if isinstance(bank, Bank) else bank.id).casefold()


class Library:
    """The question banks, and the worked answers in them."""

    def __init__(self, paths: AppPaths, settings: SettingsInUse, data: Data) -> None:
        self._paths = paths
        self._settings = settings
        self._data = data

    def bank_folders(self) -> tuple[Path, ...]:
        """Where banks are looked for: those that come with the app, the user's, those named in settings."""
        named = tuple(expanded(folder) for folder in self._settings.current.bank_folders)
        return (shipped("question_banks"), self._paths.banks, *named)

    def banks(self) -> Sequence[Bank | BrokenBank]:
        """All banks, the general one first, then by title; a broken one is listed as broken, never left out."""
        return sorted(find_banks(self.bank_folders()), key=_in_order)

    def bank(self, bank_id: str = "") -> Bank:
        """The bank of that id (or the one in the settings). Raises UserError when it is unknown or broken."""
        wanted = bank_id or self._settings.current.bank
        if wanted.startswith(ASSIGNMENT):
            return self._data.assignments.get(wanted.removeprefix(ASSIGNMENT)).bank
        listed = self.banks()
        if wanted.startswith(JOB_BANK):
            return self._bank_for_job(wanted, listed)
        meant = begun(wanted, (bank.id for bank in listed), "banks")
        for bank in listed:
            if bank.id == meant:
                if isinstance(bank, Bank):
                    return bank
                raise UserError(str(bank), "'banks check' shows every error with its place.")
        known = [bank.id for bank in listed if isinstance(bank, Bank)]
        raise UserError(
            f"There is no question bank '{wanted}'.",
            did_you_mean(wanted, known, "'banks list' shows those there are."),
        )

    def worked_answers(self, question: Question, bank_id: str = "") -> tuple[WorkedAnswer, ...]:
        """The worked answers to a question, from its bank or any other that has it: kept answers go without."""
        banks = [bank for bank in self.banks() if isinstance(bank, Bank)]
        for bank in sorted(banks, key=lambda bank: bank.id != bank_id):
            found = bank.question(question.id)
            if found and found.examples:
                return found.examples
        return ()

    def _bank_for_job(self, bank_id: str, listed: Sequence[Bank | BrokenBank]) -> Bank:
        from simulator.interview.tailored import job_bank  # late

        job = self._data.repositories.jobs.find(bank_id.removeprefix(JOB_BANK))
        title = job.title if job else "A job that was removed"
        return job_bank(bank_id, title, (bank for bank in listed if isinstance(bank, Bank)))

"""What will be asked: the plan of an interview from what was chosen, the seed, the job, and
what went badly before."""

import random
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from simulator.data_files import begun
from simulator.errors import UserError
from simulator.interview.interviewer import Interviewer
from simulator.interview.plan import Plan, drill_plan, make_plan
from simulator.interview.setup import JOB_BANK, Setup
from simulator.questions.bank import Bank, Question
from simulator.services.assignments import Assignments
from simulator.services.data import Data
from simulator.services.library import Library
from simulator.services.panels import Panels
from simulator.services.settings_in_use import SettingsInUse
from simulator.sessions.session import Mode


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that an interview needs to begin."""

    setup: Setup
    plan: Plan
    seed: int | None
    bank: Bank
    panel: tuple[Interviewer, ...]


class Planner:
    """Makes plans."""

    def __init__(
        self, settings: SettingsInUse, data: Data, library: Library, panels: Panels, assignments: Assignments
    ) -> None:
        self._settings = settings
        self._data = data
        self._library = library
        self._panels = panels
        self._assignments = assignments

    def plan(self, setup: Setup) -> tuple[Plan, int]:
        """The plan for a setup and the seed it was made with. With a job it is tailored to what the job asks."""
        setup = self._with_job_bank(setup)
        bank = self._library.bank(setup.bank_id)
        panel = self._panels.chosen(setup.interviewer_ids, setup.job_id)
        if assignment := self._assignments.of_setup(setup):
            known = self._panels.known(assignment.interviewer_ids)
            return assignment.plan([each.id for each in self._panels.chosen(known)]), 0
        seed = secrets.randbelow(1_000_000) if setup.seed is None else setup.seed
        settings = self._settings.current
        if (setup.mode or Mode(settings.mode)) is Mode.DRILL:
            question = self._question(bank, setup.question_id) if setup.question_id else None
            return drill_plan(question or self._question_due(bank, seed, setup), panel[0]), seed
        return self._make_plan(bank, panel, setup.count or settings.questions, seed, setup), seed

    def prepare(self, setup: Setup, plan: Plan | None = None, seed: int | None = None) -> Prepared:
        """What an interview by this setup begins with. An assignment goes by its rules, whatever else was chosen.

        Raises UserError, also for an assignment that was begun before.
        """
        setup = self._with_job_bank(setup)
        if assignment := self._assignments.of_setup(setup):
            self._assignments.check_open(assignment)
            setup = replace(setup, mode=assignment.rules.mode)
            plan = self.plan(setup)[0]
        if plan is None:
            plan, seed = self.plan(setup)
        bank = self._library.bank(setup.bank_id)
        return Prepared(setup, plan, seed, bank, self._panels.chosen(plan.interviewer_ids, setup.job_id))

    def _with_job_bank(self, setup: Setup) -> Setup:
        """Where no bank was chosen, all of them serve a job; the bank of a job tells which job it is."""
        jobs = self._data.repositories.jobs
        if setup.job_id:
            setup = replace(setup, job_id=jobs.resolve(setup.job_id).id)
        if setup.job_id and not setup.bank_id:
            return replace(setup, bank_id=f"{JOB_BANK}{setup.job_id}")
        if setup.bank_id.startswith(JOB_BANK) and not setup.job_id:
            job = jobs.find(setup.bank_id.removeprefix(JOB_BANK))
            return replace(setup, job_id=job.id) if job else setup
        return setup

    def _make_plan(self, bank: Bank, panel: Sequence[Interviewer], count: int, seed: int, setup: Setup) -> Plan:
        from simulator.sessions.progress import weak_spots  # late

        weak = weak_spots(self._data.store) if setup.weak_first else {}
        if not setup.job_id:
            return make_plan(bank.questions, panel, count, random.Random(seed), weak)
        from simulator.interview.tailored import make_tailored_plan  # late

        repositories = self._data.repositories
        job, stories = repositories.jobs.get(setup.job_id), repositories.stories.all()
        general = self._library.bank().questions if bank.id.startswith(JOB_BANK) else ()
        return make_tailored_plan(bank.questions, panel, count, random.Random(seed), job, stories, weak, general)

    def _question(self, bank: Bank, question_id: str) -> Question:
        """A bank's question; one worded for a job is found where it was answered. Raises UserError."""
        meant = begun(question_id, (question.id for question in bank.questions), "questions")
        if meant and (question := bank.question(meant)):
            return question
        if bank.id.startswith(JOB_BANK) and (answers := self._data.store.answers_to(question_id, 1)):
            return answers[-1].question
        raise UserError(
            f"The bank '{bank.id}' has no question '{question_id}'.",
            f"'banks show {bank.id}' lists them.",
        )

    def _question_due(self, bank: Bank, seed: int, setup: Setup) -> Question:
        """The question of this bank with the weakest part that is due; where nothing is, as an interview begins."""
        from simulator.sessions.due_parts import due_in  # late

        today = datetime.now().astimezone().date()
        due = {part.question_id: None for part in due_in(self._data.store, today) if part.bank_id == bank.id}
        known = {question.id: question for question in bank.questions}
        for question_id in due:
            if question_id in known:
                return known[question_id]
        return self._make_plan(bank, self._panels.chosen()[:1], 1, seed, setup).turns[0].question

"""Interviews that are begun, gone on with, and left; each is open in one program at a time."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from simulator.assessment import score_answer
from simulator.classroom.assignment import ASSIGNMENT, is_assignment
from simulator.clock import new_session_id, now
from simulator.custom_rubrics import CustomRubrics
from simulator.errors import UserError
from simulator.interview.asides import NOTHING_NOTED, Facts
from simulator.interview.conversation import Conversation
from simulator.interview.plan import Plan
from simulator.interview.setup import InterviewOptions, Setup
from simulator.interview.state import check_session_state
from simulator.locks import FileLock, acquire_lock
from simulator.paths import AppPaths
from simulator.services.data import Data
from simulator.services.panels import Panels
from simulator.services.planner import Planner
from simulator.services.settings_in_use import SettingsInUse
from simulator.sessions.session import Mode, Session


class Interviews:
    """Begins interviews, and goes on with unfinished ones."""

    def __init__(
        self,
        paths: AppPaths,
        settings: SettingsInUse,
        data: Data,
        planner: Planner,
        panels: Panels,
        rubrics: CustomRubrics,
    ) -> None:
        self._paths = paths
        self._settings = settings
        self._data = data
        self._planner = planner
        self._panels = panels
        self._score = partial(score_answer, custom_rubrics=rubrics)
        self._open: dict[str, FileLock] = {}
        """The interviews that are going on here."""

    def begin(self, setup: Setup, plan: Plan | None = None, seed: int | None = None) -> Conversation:
        """Start an interview: its session is in the store from the first moment."""
        ready = self._planner.prepare(setup, plan, seed)
        settings = self._settings.current
        session = Session(
            id=new_session_id(),
            started_at=now(),
            mode=ready.setup.mode or Mode(settings.mode),
            bank_id=ready.bank.id,
            bank_title=ready.bank.title,
            interviewer_ids=ready.plan.interviewer_ids,
            interviewer_names=tuple(interviewer.name for interviewer in ready.panel),
            candidate_name=settings.candidate_name,
            job_id=ready.setup.job_id,
            seed=ready.seed,
        )
        options = self._options(session, ready.setup.requirements)
        conversation = Conversation(session, ready.plan, ready.panel, options, self._score)
        self._lock(session.id)
        self._data.store.begin(replace(session, place=conversation.state.to_json()))
        return conversation

    def resume(self, session_id: str) -> Conversation:
        """Open an unfinished interview where it stopped.

        Raises UserError when it is over, unreadable, or open in another program.
        """
        session = self._data.store.session(session_id)
        self._lock(session.id)
        # Only now nobody else can go on with it, so it is read as it stands now.
        session = self._data.store.session(session.id)
        try:
            self._check_can_go_on(session)
            options = self._options(session)
            return Conversation(session, Plan((), ()), self._panels.of_session(session), options, self._score)
        except BaseException:
            self.leave(session.id)
            raise

    def leave(self, session_id: str) -> None:
        """The interview is left or over: another program may go on with it."""
        if session_id in self._open:
            self._open.pop(session_id).release()

    def open_elsewhere(self) -> bool:
        """Whether another program is in an interview."""
        for path in self._paths.open_interviews.glob("*.lock"):
            if path.stem not in self._open:
                lock = acquire_lock(path)
                if lock is None:
                    return True
                lock.release()
        return False

    def close(self) -> None:
        """Leave all interviews."""
        for session_id in tuple(self._open):
            self.leave(session_id)

    def _check_can_go_on(self, session: Session) -> None:
        if session.finished or not session.place:
            raise UserError(f"The session {session.id} is over.", f"'sessions show {session.id}' shows it.")
        if self._data.store.unreadable_answers(session.id):
            raise UserError(
                f"The session {session.id} cannot be gone on with: one of its answers is broken.",
                f"'sessions show {session.id}' shows the others.",
            )
        check_session_state(session)

    def _lock(self, session_id: str) -> None:
        """See that no other program goes on with this interview meanwhile. Raises UserError when one does."""
        if session_id in self._open:
            return
        lock = acquire_lock(self._paths.open_interviews / f"{session_id}.lock")
        if lock is None:
            raise UserError(
                f"The interview {session_id} is open in another Second Round.",
                "Leave it there first; then go on with it here.",
            )
        self._open[session_id] = lock

    def _options(self, session: Session, requirements: Sequence[str] = ()) -> InterviewOptions:
        """`requirements` where they were chosen, else the job's."""
        settings, job = self._settings.current, self._data.repositories.jobs.find(session.job_id)
        options = InterviewOptions(
            probes=settings.probes,
            think_seconds=settings.think_seconds,
            requirements=tuple(requirements) or (job.requirement_texts() if job else ()),
            facts=Facts(job.company, job.role) if job else NOTHING_NOTED,
        )
        if not is_assignment(session):
            return options
        rules = self._data.assignments.get(session.bank_id.removeprefix(ASSIGNMENT)).rules
        return replace(options, probes=rules.follow_ups, second_try=rules.second_try, limits=rules.limits)

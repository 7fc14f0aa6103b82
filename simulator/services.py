"""The one place that joins real parts or their stand-ins: voice, listener, store, banks, interviewers.

Parts are made when first asked for, so that the app is on the screen before any of them is loaded.
"""

import contextlib
import random
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.assessment import score_answer
from simulator.classroom.task import TASK, TASK_KIND, Task, is_set_work, read_task
from simulator.data_files import begun
from simulator.errors import MissingPart, UserError, as_started
from simulator.interview.conversation import Conversation, InterviewOptions
from simulator.interview.events import Effect, Finish, KeepAnswer, KeepLearned, KeepState
from simulator.interview.interviewer import Interviewer, find_interviewers
from simulator.interview.plan import Plan, drill_plan, make_plan
from simulator.interview.state import InterviewState
from simulator.language.model import late_model
from simulator.locks import FileLock, acquire_lock
from simulator.paths import AppPaths, expanded, private_folder, shipped, user_paths
from simulator.questions.bank import Bank, Question, WorkedAnswer
from simulator.questions.bank_files import RUBRICS, BrokenBank, find_banks
from simulator.scoring.scorer import AnswerContext
from simulator.sessions.correcting import with_correction
from simulator.sessions.session import Answer, Mode, Session, answer_id
from simulator.settings import Settings, load_settings

if TYPE_CHECKING:
    from simulator.classroom.classes import Classes
    from simulator.followup.debrief import Debrief
    from simulator.followup.interview_record import InterviewRecord
    from simulator.followup.repositories import Repositories
    from simulator.preparation.job import Job
    from simulator.sessions.forgetting import Forgotten
    from simulator.sessions.json_repository import JsonRepository
    from simulator.sessions.store import SessionSummary, Store
    from simulator.speech.playback import RecordingPlayer
    from simulator.speech.ports import Listener, Voice

JOB_BANK = "job:"
"""Before a job's id: the questions of all banks, and those that were worded for the job."""
SAVED = (KeepAnswer, KeepLearned, KeepState, Finish)
"""Effects that concern the store."""
DEFAULT_INTERVIEWER = "people-partner"
"""Who asks when nobody was chosen: somebody who fits any field."""


def now() -> str:
    """The time of day as sessions keep it: ISO 8601, UTC, whole seconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def new_session_id() -> str:
    """A short id that sorts by time: "20261123-140509-7f3a"."""
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"


@dataclass(frozen=True, slots=True)
class Setup:
    """What the candidate chose before an interview. Empty values mean: as in the settings."""

    bank_id: str = ""
    count: int = 0
    mode: Mode | None = None
    interviewer_ids: tuple[str, ...] = ()
    seed: int | None = None
    question_id: str = ""
    """Drill: the one question."""
    weak_first: bool = False
    job_id: str = ""
    requirements: tuple[str, ...] = ()


def _check_notes(document_id: str, text: str) -> None:
    """Raise UserError unless these are notes on a real interview as they are put aside while somebody types."""
    import msgspec

    try:
        fits = msgspec.json.decode(text, type=dict[str, str]).keys() == {"id", "text"}
    except (msgspec.MsgspecError, RecursionError):
        fits = False
    if not fits:
        raise UserError(f"The notes '{document_id}' cannot be read.", "Make the file anew.")


class Services:
    """Everything an interview needs, for the full-screen app, the plain mode and the commands."""

    def __init__(self, paths: AppPaths | None = None, settings: Settings | None = None) -> None:
        self.paths = paths or user_paths()
        self._settings = settings
        self._unsaved: dict[str, list[Effect]] = {}
        """By session: what could not be kept yet."""
        self._open: dict[str, FileLock] = {}
        """The interviews that are going on here."""

    @property
    def settings(self) -> Settings:
        """The user's settings, read once; see `use_settings`."""
        if self._settings is None:
            self._settings = load_settings(self.paths)
        return self._settings

    def use_settings(self, settings: Settings) -> None:
        """Go on with these settings; parts that depend on them are made anew when next asked for."""
        old, self._settings = self._settings, settings
        if old is None:
            return
        for part, names in {
            "listener": ("microphone", "speech_model"),
            "voice": ("sound", "speaker", "voice_speed"),
            "player": ("speaker",),
        }.items():
            if any(getattr(old, name) != getattr(settings, name) for name in names):
                self.forget(part)

    # Parts.

    @cached_property
    def store(self) -> "Store":
        """The user's sessions. Raises UserError when the data folder cannot be used."""
        from simulator.sessions.store import Store

        private_folder(self.paths.data)
        return Store(self.paths.database)

    @cached_property
    def repositories(self) -> "Repositories":
        """Jobs, stories and people kept around the applications."""
        from simulator.followup.repositories import Repositories

        return Repositories(self.store)

    @cached_property
    def tasks(self) -> "JsonRepository[Task]":
        """Set work that was taken in."""
        from simulator.sessions.json_repository import JsonRepository

        return JsonRepository(self.store, TASK_KIND, Task, "set work", "'practice --task'")

    @cached_property
    def classes(self) -> "Classes":
        """The classes of a coach, in a store of their own."""
        from simulator.classroom.classes import Classes

        return Classes(self.paths.classes)

    @cached_property
    def voice(self) -> "Voice":
        """The interviewer's voice; captions alone where there is no sound output."""
        from simulator.speech.voice import open_voice

        return open_voice(self.paths, self.settings)

    @cached_property
    def player(self) -> "RecordingPlayer":
        """Plays recordings."""
        from simulator.speech.playback import RecordingPlayer

        return RecordingPlayer(self.settings.speaker)

    @cached_property
    def listener(self) -> "Listener":
        """Microphone, recording and transcriber."""
        from simulator.speech.listening import open_listener

        return open_listener(self.paths, self.settings)

    def forget(self, part: str) -> None:
        """Let go of one part ("listener", "voice"); it is made anew when next asked for."""
        if part in self.__dict__:
            self.__dict__.pop(part).close()

    def archive_recordings(self, session_id: str) -> "list[UserError]":
        """Turn a session's WAV recordings into FLAC, a third of the size; what cannot be converted stays."""
        from simulator.sessions.recordings import make_smaller

        return make_smaller(self.store, self.paths.recordings, session_id)

    def close(self) -> None:
        """Let go of every part that was made."""
        self._leave_all()
        for part in ("desk", "tasks"):
            self.__dict__.pop(part, None)
        for part in ("voice", "listener", "player", "classes", "store"):
            if part in self.__dict__:
                self.__dict__.pop(part).close()

    def check_document(self, kind: str, document_id: str, text: str) -> None:
        """Raise UserError unless a document from elsewhere is what its kind says."""
        from simulator.sessions.coach_feedback import coach_repository

        shelves = (
            self.repositories.jobs,
            self.repositories.stories,
            self.repositories.people,
            self.repositories.debriefs,
        )
        for shelf in (
            *shelves,
            self.repositories.letters,
            self.repositories.timelines,
            self.tasks,
            coach_repository(self.store),
        ):
            if shelf.kind == kind:
                shelf.check(document_id, text)
                return
        if kind == "unkept-notes":
            _check_notes(document_id, text)
        elif kind != "draft":
            raise UserError(f"'{kind}' is no kind of document that this version knows.", "Use the newest version.")

    # Data files.

    def bank_folders(self) -> tuple[Path, ...]:
        """Where banks are looked for: those that come with the app, the user's, those named in settings."""
        named = tuple(expanded(folder) for folder in self.settings.bank_folders)
        return (shipped("question_banks"), self.paths.banks, *named)

    def banks(self) -> Sequence[Bank | BrokenBank]:
        """All banks; a broken one is listed as broken, never left out."""
        return find_banks(self.bank_folders())

    def bank(self, bank_id: str = "") -> Bank:
        """The bank of that id (or the one in the settings). Raises UserError when it is unknown or broken."""
        wanted = bank_id or self.settings.bank
        if wanted.startswith(TASK):
            return self.tasks.get(wanted.removeprefix(TASK)).bank
        listed = self.banks()
        if wanted.startswith(JOB_BANK):
            from simulator.interview.tailored import job_bank

            job = self.repositories.jobs.find(wanted.removeprefix(JOB_BANK))
            title = job.title if job else "A job that was removed"
            return job_bank(wanted, title, (bank for bank in listed if isinstance(bank, Bank)))
        meant = begun(wanted, (bank.id for bank in listed), "banks")
        for bank in listed:
            if bank.id == meant:
                if isinstance(bank, Bank):
                    return bank
                raise UserError(str(bank), "'banks check' shows every error with its place.")
        import difflib

        known = [bank.id for bank in listed if isinstance(bank, Bank)]
        near = difflib.get_close_matches(wanted, known, n=1)
        raise UserError(
            f"There is no question bank '{wanted}'.",
            f"Did you mean '{near[0]}'?" if near else "'banks list' shows those there are.",
        )

    def worked_answers(self, question: Question, bank_id: str = "") -> tuple[WorkedAnswer, ...]:
        """The worked answers to a question, from its bank or any other that has it: kept answers go without."""
        banks = [bank for bank in self.banks() if isinstance(bank, Bank)]
        for bank in sorted(banks, key=lambda bank: bank.id != bank_id):
            found = bank.question(question.id)
            if found and found.examples:
                return found.examples
        return ()

    def rubric_ids(self) -> tuple[str, ...]:
        """The rubrics that questions may name: the three, the user's own (broken ones too), the worked examples."""
        from simulator.scoring.custom import custom_rubrics

        return tuple(dict.fromkeys((*RUBRICS, *(rubric.id for rubric in custom_rubrics()))))

    @cached_property
    def _interviewers(self) -> Mapping[str, Interviewer]:
        return {interviewer.id: interviewer for interviewer in find_interviewers(self.interviewer_folders())}

    def interviewer_folders(self) -> tuple[Path, ...]:
        """Where interviewers are looked for: those that come with the app, and the user's own."""
        return (shipped("assets") / "interviewers", self.paths.interviewers)

    def interviewers(self) -> tuple[Interviewer, ...]:
        """All interviewers, those that come with the app first."""
        return tuple(self._interviewers.values())

    def interviewer(self, interviewer_id: str) -> Interviewer:
        """The interviewer of that id. Raises UserError when unknown."""
        meant = begun(interviewer_id, self._interviewers, "interviewers")
        if meant is None:
            raise UserError(
                f"There is no interviewer '{interviewer_id}'.", "'interviewers list' shows those there are."
            )
        return self._interviewers[meant]

    def second_voice(self, interviewer_id: str) -> Interviewer:
        """Somebody whose voice nobody takes for that interviewer's: says the worked answers."""
        asking = self._interviewers.get(interviewer_id)
        others = (each for each in self.interviewers() if asking and each.voice.gender != asking.voice.gender)
        return next(others, self.interviewers()[0])

    # Interviews.

    def panel(self, interviewer_ids: Sequence[str] = (), job_id: str = "") -> tuple[Interviewer, ...]:
        """The interviewers named, or those noted for the job, or those of the settings, or the first there is.

        With a job, they have the names, roles and priorities that were noted for it.
        """
        job = self.repositories.jobs.find(job_id)
        people = self.repositories.interviewers_for(job.id) if job else []
        wanted = tuple(interviewer_ids) or (() if people else tuple(self.settings.interviewers))
        if not wanted and not people:
            return (self._interviewers.get(DEFAULT_INTERVIEWER) or self.interviewers()[0],)
        found = tuple(self.interviewer(interviewer_id) for interviewer_id in dict.fromkeys(wanted))
        if job is None or not people:
            return found
        from simulator.interview.personas import persona_panel

        met = [
            each for debrief in self.repositories.debriefs.all() if debrief.job_id == job.id for each in debrief.met
        ]
        problems = {each.name: each.problems for each in met if each.name}
        return persona_panel(wanted, people, self.interviewers(), job, _alike, problems)

    def panel_of(self, session: Session) -> tuple[Interviewer, ...]:
        """The interviewers of a session, with the names they had in it."""
        panel = self.panel(session.interviewer_ids, session.job_id)
        if len(session.interviewer_names) != len(panel):
            return panel
        return tuple(
            each if each.name == name else replace(each, name=name)
            for each, name in zip(panel, session.interviewer_names, strict=True)
        )

    def interview_record(self, wanted: str) -> "InterviewRecord":
        """A session (its id, or the beginning of it) or a debrief, as letters need it; "" is the last of all.

        Raises UserError.
        """
        from simulator.followup.interview_record import record_of_debrief, record_of_session

        wanted = wanted or self._last_interview()
        stories = self.repositories.stories.all()
        if debrief := self._debrief(wanted):
            job = self.repositories.jobs.find(debrief.job_id)
            return record_of_debrief(debrief, self.settings.candidate_name, job, stories)
        session = self.store.session(wanted)
        job = self.repositories.jobs.find(session.job_id)
        return record_of_session(session, self.panel_of(session), job, stories)

    def _debrief(self, wanted: str) -> "Debrief | None":
        """The debrief of that id, or of which the id begins so; None where a session is meant. Raises UserError."""
        if found := self.repositories.debriefs.find(wanted):
            return found
        ids = [id_ for id_ in self.repositories.debriefs.ids() if id_.startswith(wanted)]
        sessions = [id_ for id_ in self.store.session_ids() if id_.startswith(wanted)]
        if not ids or wanted in sessions:
            return None
        if len(ids) == 1 and not sessions:
            return self.repositories.debriefs.get(ids[0])
        listed = ", ".join(f"'{id_}'" for id_ in (*ids, *sessions)[:5])
        raise UserError(f"'{wanted}' may be any of: {listed}.", "Give more of the id.")

    def _last_interview(self) -> str:
        """The id of the newest session or debrief. Raises UserError when there is none."""
        held = [(each.started_at[:10], each.id) for each in self.store.summaries(limit=1)]
        noted = [(each.on, each.id) for each in self.repositories.debriefs.all()]
        if not held and not noted:
            raise UserError(
                "There is no interview yet.", "Practise one, or note a real one with 'followup debrief add FILE'."
            )
        return max([*noted, *held], key=lambda each: each[0])[1]

    def plan(self, setup: Setup) -> tuple[Plan, int]:
        """The plan for a setup and the seed it was made with. With a job it is tailored to what the job asks."""
        setup = self._with_job_bank(setup)
        bank, panel = self.bank(setup.bank_id), self.panel(setup.interviewer_ids, setup.job_id)
        mode = setup.mode or Mode(self.settings.mode)
        if task := self._task_of(setup):
            known = [each for each in task.interviewer_ids if each in self._interviewers]
            return task.plan([each.id for each in self.panel(known)]), 0
        seed = secrets.randbelow(1_000_000) if setup.seed is None else setup.seed
        if mode is Mode.DRILL:
            question = self._question(bank, setup.question_id) if setup.question_id else None
            return drill_plan(question or self._drill_question(bank, seed, setup), panel[0]), seed
        count = setup.count or self.settings.questions
        return self._make_plan(bank, panel, count, seed, setup), seed

    # Set work.

    def take_task(self, path: Path) -> Task:
        """Keep set work from its file, and the rubrics it brings. Raises UserError when it cannot be used here."""
        from simulator.classroom.task_rubrics import install_rubrics

        task, rubrics = read_task(path)
        install_rubrics(rubrics, self.paths.rubrics)
        return self.tasks.save(task)

    def take_in(self, path: Path) -> str:
        """Take in a file of a coach: set work, or feedback on answers. What came of it, in a sentence; "" for others.

        Raises UserError when it cannot be used here, or some of it belongs to answers that are not here.
        """
        from simulator.classroom.handing_back import is_feedback_file, take_feedback
        from simulator.classroom.task import is_task_file

        if is_task_file(path):
            task = self.take_task(path)
            begins = as_started(f"'second-round practice --task {task.id}'")
            return f"Set work taken in: {task.title}. 'Choose what to practise' has it first; so does {begins}."
        if not is_feedback_file(path):
            return ""
        back = take_feedback(path, self.store, self.paths.recordings)
        taken = f"Your coach's feedback on {back.answers} {'answer' if back.answers == 1 else 'answers'} is taken in."
        if back.elsewhere:
            raise UserError(taken, f"Left out, for these answers are not here: {', '.join(back.elsewhere)}.")
        return taken

    def _task_of(self, setup: Setup) -> Task | None:
        """The set work that a setup asks for; a drill on one of its questions is none."""
        if not setup.bank_id.startswith(TASK) or setup.mode is Mode.DRILL:
            return None
        return self.tasks.get(setup.bank_id.removeprefix(TASK))

    def task_done(self, task: Task) -> "SessionSummary | None":
        """The session in which set work was begun or done, None where it waits."""
        done = (each for each in self.store.summaries(bank_id=f"{TASK}{task.id}") if each.mode is not Mode.DRILL)
        return next(done, None)

    def _begin_task(self, task: Task, setup: Setup) -> tuple[Setup, Plan]:
        """The setup and plan by the rules, whatever else was chosen. Raises UserError when it was begun before."""
        done = None if task.rules.second_try else self.task_done(task)
        if done is not None:
            how = f"'practice --resume {done.id}' goes on with it" if not done.finished else "it is done once"
            raise UserError(
                f"You began the set work '{task.title}' on {done.started_at[:10]}.", f"{how.capitalize()}."
            )
        setup = replace(setup, mode=task.rules.mode)
        return setup, self.plan(setup)[0]

    def _with_job_bank(self, setup: Setup) -> Setup:
        """Where no bank was chosen, all of them serve a job; the bank of a job tells which job it is."""
        if setup.job_id:
            setup = replace(setup, job_id=self.repositories.jobs.resolve(setup.job_id).id)
        if setup.job_id and not setup.bank_id:
            return replace(setup, bank_id=f"{JOB_BANK}{setup.job_id}")
        if setup.bank_id.startswith(JOB_BANK) and not setup.job_id:
            job = self.repositories.jobs.find(setup.bank_id.removeprefix(JOB_BANK))
            return replace(setup, job_id=job.id) if job else setup
        return setup

    def _make_plan(self, bank: Bank, panel: Sequence[Interviewer], count: int, seed: int, setup: Setup) -> Plan:
        weak = self.weak_spots() if setup.weak_first else {}
        if not setup.job_id:
            return make_plan(bank.questions, panel, count, random.Random(seed), weak)
        from simulator.interview.tailored import make_tailored_plan

        job, stories = self.repositories.jobs.get(setup.job_id), self.repositories.stories.all()
        general = self.bank().questions if bank.id.startswith(JOB_BANK) else ()
        return make_tailored_plan(bank.questions, panel, count, random.Random(seed), job, stories, weak, general)

    def _question(self, bank: Bank, question_id: str) -> Question:
        """A bank's question; one worded for a job is found where it was answered. Raises UserError."""
        meant = begun(question_id, (question.id for question in bank.questions), "questions")
        if meant and (question := bank.question(meant)):
            return question
        if bank.id.startswith(JOB_BANK) and (answers := self.store.answers_to(question_id, 1)):
            return answers[-1].question
        raise UserError(
            f"The bank '{bank.id}' has no question '{question_id}'.",
            f"'banks show {bank.id}' lists them.",
        )

    def _drill_question(self, bank: Bank, seed: int, setup: Setup) -> Question:
        """The question of this bank with the weakest part that is due; where nothing is, as an interview begins."""
        from simulator.sessions.drill_schedule import due_in

        today = datetime.now().astimezone().date()
        due = {part.question_id: None for part in due_in(self.store, today) if part.bank_id == bank.id}
        known = {question.id: question for question in bank.questions}
        for question_id in due:
            if question_id in known:
                return known[question_id]
        return self._make_plan(bank, self.panel()[:1], 1, seed, setup).turns[0].question

    def weak_spots(self) -> Mapping[str, float]:
        """Competencies and question ids by how weak earlier sessions showed them (0 to 4)."""
        from simulator.sessions.progress import weak_spots

        return weak_spots(self.store)

    def begin(self, setup: Setup, plan: Plan | None = None, seed: int | None = None) -> Conversation:
        """Start an interview: its session is in the store from the first moment."""
        setup = self._with_job_bank(setup)
        if task := self._task_of(setup):
            setup, plan = self._begin_task(task, setup)
        if plan is None:
            plan, seed = self.plan(setup)
        bank = self.bank(setup.bank_id)
        panel = self.panel(plan.interviewer_ids, setup.job_id)
        session = Session(
            id=new_session_id(),
            started_at=now(),
            mode=setup.mode or Mode(self.settings.mode),
            bank_id=bank.id,
            bank_title=bank.title,
            interviewer_ids=plan.interviewer_ids,
            interviewer_names=tuple(interviewer.name for interviewer in panel),
            candidate_name=self.settings.candidate_name,
            job_id=setup.job_id,
            seed=seed,
        )
        wishes = setup.requirements or (self.repositories.jobs.get(setup.job_id).wishes() if setup.job_id else ())
        conversation = Conversation(session, plan, panel, self._manner(session, wishes))
        self._hold(session.id)
        self.store.begin(replace(session, place=conversation.place.to_json()))
        return conversation

    def resume(self, session_id: str) -> Conversation:
        """Open an unfinished interview where it stopped.

        Raises UserError when it is over, unreadable, or open in another program.
        """
        session = self.store.session(session_id)
        self._hold(session.id)
        # Only now nobody else can go on with it, so it is read as it stands now.
        session = self.store.session(session.id)
        try:
            if session.finished or not session.place:
                raise UserError(f"The session {session.id} is over.", f"'sessions show {session.id}' shows it.")
            if self.store.unreadable_answers(session.id):
                raise UserError(
                    f"The session {session.id} cannot be gone on with: one of its answers is broken.",
                    f"'sessions show {session.id}' shows the others.",
                )
            self.check_place(session)
            return Conversation(
                session,
                Plan((), ()),
                self.panel_of(session),
                self._manner(session, self._requirements(session.job_id)),
            )
        except BaseException:
            self.leave(session.id)
            raise

    @staticmethod
    def check_place(session: Session) -> None:
        """Raise UserError where an unfinished session says to stand at a place that it cannot go on from."""
        if session.place:
            place = InterviewState.from_json(session.place)
            if not set(place.plan.interviewer_ids) <= set(session.interviewer_ids):
                raise UserError(
                    f"The session {session.id} has an interviewer who is not among its people.",
                    "It cannot be gone on with; its answers are kept.",
                )

    def _hold(self, session_id: str) -> None:
        """See that no other program goes on with this interview meanwhile. Raises UserError when one does."""
        if session_id in self._open:
            return
        held = acquire_lock(self.paths.open_interviews / f"{session_id}.lock")
        if held is None:
            raise UserError(
                f"The interview {session_id} is open in another Second Round.",
                "Leave it there first; then go on with it here.",
            )
        self._open[session_id] = held

    def leave(self, session_id: str) -> None:
        """The interview is left or over: another program may go on with it."""
        if session_id in self._open:
            self._open.pop(session_id).release()

    def _leave_all(self) -> None:
        for session_id in tuple(self._unsaved):
            with contextlib.suppress(UserError):  # told when it failed the first time
                self.save(session_id, ())
        for session_id in tuple(self._open):
            self.leave(session_id)

    def _manner(self, session: Session, requirements: Sequence[str]) -> InterviewOptions:
        manner = InterviewOptions(
            probes=self.settings.probes,
            think_seconds=self.settings.think_seconds,
            requirements=tuple(requirements),
        )
        if not is_set_work(session):
            return manner
        rules = self.tasks.get(session.bank_id.removeprefix(TASK)).rules
        return replace(manner, probes=rules.follow_ups, second_try=rules.second_try, limits=rules.limits)

    def _requirements(self, job_id: str) -> tuple[str, ...]:
        """What answers of a session are judged against; nothing without a job, or when it was removed since."""
        job = self.repositories.jobs.find(job_id)
        return job.wishes() if job else ()

    # Jobs.

    def add_job(self, posting: str) -> "Job":
        """Take a posting apart and keep it; one that is kept already comes back as it was corrected.

        Raises UserError when it cannot be one.
        """
        from simulator.preparation.posting import read_posting

        job = read_posting(posting, self.repositories.jobs.ids(), now())
        known = next((each for each in self.repositories.jobs.all() if each.posting == job.posting), None)
        return known or self.repositories.jobs.save(job)

    def save(self, session_id: str, effects: Sequence[Effect]) -> None:
        """Keep what the effects of one event ask to be kept, in one piece; it is on the disk when this returns.

        Raises UserError when that fails; it is then kept with the next event, as soon as the disk allows.
        """
        unsaved = [*self._unsaved.get(session_id, ()), *(each for each in effects if isinstance(each, SAVED))]
        if not unsaved:
            return
        self._unsaved[session_id] = unsaved
        paths = [each.place for each in unsaved if isinstance(each, KeepState)]
        self.store.keep_step(
            session_id,
            # Of one that was kept as heard and then as scored, the later state.
            tuple({each.answer.id: each.answer for each in unsaved if isinstance(each, KeepAnswer)}.values()),
            tuple(learned for each in unsaved if isinstance(each, KeepLearned) for learned in each.learned),
            paths[-1] if paths else None,
            next((each.at for each in unsaved if isinstance(each, Finish)), ""),
        )
        del self._unsaved[session_id]

    def correct(self, answer: Answer, utterance: int, text: str) -> Answer:
        """Correct one utterance of a kept answer, score it again, and keep it."""
        context = self._context_of(answer, self.store.session(answer.session_id))
        changed = with_correction(answer, utterance, text, lambda new: score_answer(new.transcript, context))
        self.store.keep_answer(changed)
        return changed

    def rescore(self, session_id: str) -> int:
        """Read and score every answer of a kept session anew, with today's reader; how many were.

        Raises Missing where the language model does not load: then nothing is changed.
        """
        late_model.get()
        session = self.store.session(session_id)
        answers = [answer for answer in session.answers if answer.scorecard is not None]
        for answer in answers:
            card = score_answer(answer.transcript, self._context_of(answer, session))
            self.store.keep_answer(replace(answer, scorecard=card))
        return len(answers)

    def _context_of(self, answer: Answer, session: Session) -> AnswerContext:
        return AnswerContext(
            question=answer.question.ask,
            kind=answer.question.kind.value,
            rubrics=answer.question.rubrics,
            target_seconds=answer.question.target_seconds,
            requirements=self._requirements(session.job_id),
            heard=tuple(learned.text for learned in session.learned),
            interviewers=session.interviewer_names,
        )

    # Recordings.

    def recording_for(self, conversation: Conversation) -> Path:
        """Where the candidate's next utterance is recorded: `SESSION/POSITION-ATTEMPT-UTTERANCE.wav`."""
        place, session = conversation.place, conversation.session
        answer = session.answer(answer_id(session.id, place.position, place.attempt))
        count = len(answer.utterances) if answer else 0
        name = f"{place.position + 1:02d}-{place.attempt}-{place.turn.value}-{count + 1}.wav"
        return private_folder(self.paths.recordings / session.id) / name

    def relative_recording(self, path: Path | None) -> str:
        """A recording's path as sessions keep it."""
        return path.relative_to(self.paths.recordings).as_posix() if path else ""

    def purge_deleted(self) -> None:
        """Remove deleted sessions for good, recordings included."""
        from simulator.sessions.forgetting import forget_backups, forget_recordings

        deleted = self.store.deleted()
        if not deleted:
            return
        # Files first: what is cut short here is done again at the next start.
        for session_id in deleted:
            forget_recordings(self.paths.recordings, session_id)
        forget_backups(self.paths)
        self.store.purge()

    def tidy(self) -> None:
        """At the start of the app: what was deleted goes for good, and recordings older than the settings wish.

        What a kill left half done among the recordings is finished.
        """
        from simulator.sessions.recordings import tidy

        self.purge_deleted()
        self.forget_old_recordings()
        tidy(self.store, self.paths.recordings)

    def forget_old_recordings(self) -> "Forgotten":
        """Remove recordings older than the settings wish, at the start of the app and of commands that keep some."""
        from simulator.sessions.forgetting import Forgotten, forget_old_recordings

        days = self.settings.keep_recordings_days
        if days <= 0 or not self.paths.recordings.is_dir():
            return Forgotten()
        return forget_old_recordings(self.store, self.paths.recordings, days, datetime.now(UTC))

    def unkept_recordings(self, conversation: Conversation) -> list[Path]:
        """What was recorded of an answer that was cut short (the app was killed), the newest first."""
        from simulator.sessions.recordings import unkept

        return unkept(self.paths.recordings, self.recording_for(conversation), conversation.session)


def _alike(one: str, others: Sequence[str]) -> Sequence[float]:
    """How near texts are in meaning; all the same where no model can tell."""
    from simulator.assessment import alike

    try:
        return alike(one, others)
    except MissingPart:
        return [0.0] * len(others)

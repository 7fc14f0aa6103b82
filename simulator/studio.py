"""The one place that joins real parts or their stand-ins: voice, listener, store, banks, interviewers.

Parts are made when first asked for, so that the app is on the screen before any of them is loaded.
"""

import random
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.interview.conversation import Conversation, Manner
from simulator.interview.events import Effect, Finish, KeepAnswer, KeepLearned, KeepPlace
from simulator.interview.interviewer import Interviewer, find_interviewers
from simulator.interview.plan import Plan, drill_plan, make_plan
from simulator.places import Places, private_folder, shipped, user_places
from simulator.problems import Problem
from simulator.questions.bank import Bank, Question
from simulator.questions.bank_files import RUBRICS, BrokenBank, find_banks
from simulator.scoring.scorer import AnswerContext, score_answer
from simulator.sessions.correcting import with_correction
from simulator.sessions.session import Answer, Mode, Session, answer_id
from simulator.settings import Settings, load_settings

if TYPE_CHECKING:
    from simulator.followup.desk import Desk
    from simulator.followup.occasion import Occasion
    from simulator.preparation.job import Job
    from simulator.sessions.forgetting import Forgotten
    from simulator.sessions.store import Store
    from simulator.speech.playback import RecordingPlayer
    from simulator.speech.ports import Listener, Voice

JOB_BANK = "job:"
"""Before a job's id: the questions of all banks, and those that were worded for the job."""
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


class Studio:
    """Everything an interview needs, for the full-screen app, the plain mode and the commands."""

    def __init__(self, places: Places | None = None, settings: Settings | None = None) -> None:
        self.places = places or user_places()
        self._settings = settings

    @property
    def settings(self) -> Settings:
        """The user's settings, read once; see `use_settings`."""
        if self._settings is None:
            self._settings = load_settings(self.places)
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
        """The user's sessions. Raises Problem when the data folder cannot be used."""
        from simulator.sessions.store import Store

        private_folder(self.places.data)
        return Store(self.places.database)

    @cached_property
    def desk(self) -> "Desk":
        """Jobs, stories and people kept around the applications."""
        from simulator.followup.desk import Desk

        return Desk(self.store)

    @cached_property
    def voice(self) -> "Voice":
        """The interviewer's voice; captions alone where there is no sound output."""
        from simulator.speech.voice import open_voice

        return open_voice(self.places, self.settings)

    @cached_property
    def player(self) -> "RecordingPlayer":
        """Plays recordings."""
        from simulator.speech.playback import RecordingPlayer

        return RecordingPlayer(self.settings.speaker)

    @cached_property
    def listener(self) -> "Listener":
        """Microphone, recording and transcriber."""
        from simulator.speech.listening import open_listener

        return open_listener(self.places, self.settings)

    def forget(self, part: str) -> None:
        """Let go of one part ("listener", "voice"); it is made anew when next asked for."""
        if part in self.__dict__:
            self.__dict__.pop(part).close()

    def archive_recordings(self, session_id: str) -> None:
        """Turn a session's WAV recordings into FLAC, a third of the size; what cannot be converted stays."""
        from simulator.speech.recording import to_flac

        for answer in self.store.session(session_id).answers:
            utterances = []
            for utterance in answer.utterances:
                path = self.places.recordings / utterance.recording
                if utterance.recording.endswith(".wav") and path.is_file():
                    utterances.append(replace(utterance, recording=self.relative_recording(to_flac(path))))
                else:
                    utterances.append(utterance)
            if tuple(utterances) != answer.utterances:
                self.store.keep_answer(replace(answer, utterances=tuple(utterances)))

    def close(self) -> None:
        """Let go of every part that was made."""
        self.__dict__.pop("desk", None)
        for part in ("voice", "listener", "player", "store"):
            if part in self.__dict__:
                self.__dict__.pop(part).close()

    # Data files.

    def bank_folders(self) -> tuple[Path, ...]:
        """Where banks are looked for: those that come with the app, the user's, those named in settings."""
        named = tuple(Path(folder).expanduser() for folder in self.settings.bank_folders)
        return (shipped("question_banks"), self.places.banks, *named)

    def banks(self) -> Sequence[Bank | BrokenBank]:
        """All banks; a broken one is listed as broken, never left out."""
        return find_banks(self.bank_folders(), self.places.cache / "question_banks")

    def bank(self, bank_id: str = "") -> Bank:
        """The bank of that id (or the one in the settings). Raises Problem when it is unknown or broken."""
        wanted = bank_id or self.settings.bank
        listed = self.banks()
        if wanted.startswith(JOB_BANK):
            from simulator.interview.tailored import job_bank

            job = self.desk.jobs.find(wanted.removeprefix(JOB_BANK))
            title = job.title if job else "A job that was removed"
            return job_bank(wanted, title, (bank for bank in listed if isinstance(bank, Bank)))
        for bank in listed:
            if bank.id == wanted:
                if isinstance(bank, Bank):
                    return bank
                raise Problem(str(bank), "'banks check' shows every error with its place.")
        import difflib

        known = [bank.id for bank in listed if isinstance(bank, Bank)]
        near = difflib.get_close_matches(wanted, known, n=1)
        raise Problem(
            f"There is no question bank '{wanted}'.",
            f"Did you mean '{near[0]}'?" if near else "'banks list' shows those there are.",
        )

    def rubric_ids(self) -> tuple[str, ...]:
        """The rubrics that questions may name: the three, the user's own (broken ones too), the worked examples."""
        from simulator.scoring.custom import custom_rubrics

        return tuple(dict.fromkeys((*RUBRICS, *(rubric.id for rubric in custom_rubrics()))))

    @cached_property
    def _interviewers(self) -> Mapping[str, Interviewer]:
        return {interviewer.id: interviewer for interviewer in find_interviewers(self.interviewer_folders())}

    def interviewer_folders(self) -> tuple[Path, ...]:
        """Where interviewers are looked for: those that come with the app, and the user's own."""
        return (shipped("assets") / "interviewers", self.places.interviewers)

    def interviewers(self) -> tuple[Interviewer, ...]:
        """All interviewers, those that come with the app first."""
        return tuple(self._interviewers.values())

    def interviewer(self, interviewer_id: str) -> Interviewer:
        """The interviewer of that id. Raises Problem when unknown."""
        try:
            return self._interviewers[interviewer_id]
        except KeyError:
            raise Problem(
                f"There is no interviewer '{interviewer_id}'.", "'interviewers list' shows those there are."
            ) from None

    # Interviews.

    def cast(self, interviewer_ids: Sequence[str] = (), job_id: str = "") -> tuple[Interviewer, ...]:
        """The interviewers named, or those noted for the job, or those of the settings, or the first there is.

        With a job, they have the names, roles and priorities that were noted for it.
        """
        job = self.desk.jobs.find(job_id)
        people = self.desk.interviewers_for(job.id) if job else []
        wanted = tuple(interviewer_ids) or (() if people else tuple(self.settings.interviewers))
        if not wanted and not people:
            return (self._interviewers.get(DEFAULT_INTERVIEWER) or self.interviewers()[0],)
        found = tuple(self.interviewer(interviewer_id) for interviewer_id in dict.fromkeys(wanted))
        if job is None or not people:
            return found
        from simulator.interview.noted import noted_cast

        return noted_cast(wanted, people, self.interviewers(), job)

    def cast_of(self, session: Session) -> tuple[Interviewer, ...]:
        """The interviewers of a session, with the names they had in it."""
        cast = self.cast(session.interviewer_ids, session.job_id)
        if len(session.interviewer_names) != len(cast):
            return cast
        return tuple(
            each if each.name == name else replace(each, name=name)
            for each, name in zip(cast, session.interviewer_names, strict=True)
        )

    def occasion(self, wanted: str) -> "Occasion":
        """A session (its id, or the beginning of it) or a debrief, as letters need it; "" is the last of all.

        Raises Problem.
        """
        from simulator.followup.occasion import occasion_of_debrief, occasion_of_session

        wanted = wanted or self._last_interview()

        stories = self.desk.stories.all()
        if debrief := self.desk.debriefs.find(wanted):
            job = self.desk.jobs.find(debrief.job_id)
            return occasion_of_debrief(debrief, self.settings.candidate_name, job, stories)
        session = self.store.session(wanted)
        job = self.desk.jobs.find(session.job_id)
        return occasion_of_session(session, self.cast_of(session), job, stories)

    def _last_interview(self) -> str:
        """The id of the newest session or debrief. Raises Problem when there is none."""
        held = [(each.started_at[:10], each.id) for each in self.store.summaries(limit=1)]
        noted = [(each.on, each.id) for each in self.desk.debriefs.all()]
        if not held and not noted:
            raise Problem(
                "There is no interview yet.", "Practise one, or note a real one with 'followup debrief add FILE'."
            )
        return max([*noted, *held], key=lambda each: each[0])[1]

    def plan(self, setup: Setup) -> tuple[Plan, int]:
        """The plan for a setup and the seed it was made with. With a job it is tailored to what the job asks."""
        setup = self._with_job_bank(setup)
        bank, cast = self.bank(setup.bank_id), self.cast(setup.interviewer_ids, setup.job_id)
        mode = setup.mode or Mode(self.settings.mode)
        seed = secrets.randbelow(1_000_000) if setup.seed is None else setup.seed
        if mode is Mode.DRILL:
            question = self._question(bank, setup.question_id) if setup.question_id else None
            return drill_plan(question or self._drill_question(bank, seed, setup), cast[0]), seed
        count = setup.count or self.settings.questions
        return self._make_plan(bank, cast, count, seed, setup), seed

    def _with_job_bank(self, setup: Setup) -> Setup:
        """Where no bank was chosen, all of them serve a job; the bank of a job tells which job it is."""
        if setup.job_id:
            setup = replace(setup, job_id=self.desk.jobs.one(setup.job_id).id)
        if setup.job_id and not setup.bank_id:
            return replace(setup, bank_id=f"{JOB_BANK}{setup.job_id}")
        if setup.bank_id.startswith(JOB_BANK) and not setup.job_id:
            job = self.desk.jobs.find(setup.bank_id.removeprefix(JOB_BANK))
            return replace(setup, job_id=job.id) if job else setup
        return setup

    def _make_plan(self, bank: Bank, cast: Sequence[Interviewer], count: int, seed: int, setup: Setup) -> Plan:
        weak = self.weak_spots() if setup.weak_first else {}
        if not setup.job_id:
            return make_plan(bank.questions, cast, count, random.Random(seed), weak)
        from simulator.interview.tailored import make_tailored_plan

        job, stories = self.desk.jobs.get(setup.job_id), self.desk.stories.all()
        general = self.bank().questions if bank.id.startswith(JOB_BANK) else ()
        return make_tailored_plan(bank.questions, cast, count, random.Random(seed), job, stories, weak, general)

    def _question(self, bank: Bank, question_id: str) -> Question:
        """A bank's question; one worded for a job is found where it was answered. Raises Problem."""
        if question := bank.question(question_id):
            return question
        if bank.id.startswith(JOB_BANK) and (answers := self.store.answers_to(question_id, 1)):
            return answers[-1].question
        raise Problem(
            f"The bank '{bank.id}' has no question '{question_id}'.",
            f"'banks show {bank.id}' lists them.",
        )

    def _drill_question(self, bank: Bank, seed: int, setup: Setup) -> Question:
        return self._make_plan(bank, self.cast()[:1], 1, seed, setup).turns[0].question

    def weak_spots(self) -> Mapping[str, float]:
        """Competencies and question ids by how weak earlier sessions showed them (0 to 4)."""
        from simulator.sessions.progress import weak_spots

        return weak_spots(self.store)

    def begin(self, setup: Setup, plan: Plan | None = None, seed: int | None = None) -> Conversation:
        """Start an interview: its session is in the store from the first moment."""
        setup = self._with_job_bank(setup)
        if plan is None:
            plan, seed = self.plan(setup)
        bank = self.bank(setup.bank_id)
        cast = self.cast(plan.interviewer_ids, setup.job_id)
        session = Session(
            id=new_session_id(),
            started_at=now(),
            mode=setup.mode or Mode(self.settings.mode),
            bank_id=bank.id,
            bank_title=bank.title,
            interviewer_ids=plan.interviewer_ids,
            interviewer_names=tuple(interviewer.name for interviewer in cast),
            candidate_name=self.settings.candidate_name,
            job_id=setup.job_id,
            seed=seed,
        )
        wishes = setup.requirements or (self.desk.jobs.get(setup.job_id).wishes() if setup.job_id else ())
        conversation = Conversation(session, plan, cast, self._manner(wishes))
        self.store.begin(replace(session, place=conversation.place.to_json()))
        return conversation

    def resume(self, session_id: str) -> Conversation:
        """Open an unfinished interview where it stopped. Raises Problem when it is over or unreadable."""
        session = self.store.session(session_id)
        if session.finished or not session.place:
            raise Problem(f"The session {session.id} is over.", f"'sessions show {session.id}' shows it.")
        return Conversation(
            session,
            Plan((), ()),
            self.cast_of(session),
            self._manner(self._requirements(session.job_id)),
        )

    def _manner(self, requirements: Sequence[str]) -> Manner:
        return Manner(
            probes=self.settings.probes,
            think_seconds=self.settings.think_seconds,
            requirements=tuple(requirements),
        )

    def _requirements(self, job_id: str) -> tuple[str, ...]:
        """What answers of a session are judged against; nothing without a job, or when it was removed since."""
        job = self.desk.jobs.find(job_id)
        return job.wishes() if job else ()

    # Jobs.

    def add_job(self, posting: str) -> "Job":
        """Take a posting apart and keep it; one that is kept already comes back as it was corrected.

        Raises Problem when it cannot be one.
        """
        from simulator.preparation.posting import read_posting

        job = read_posting(posting, self.desk.jobs.ids(), now())
        known = next((each for each in self.desk.jobs.all() if each.posting == job.posting), None)
        return known or self.desk.jobs.keep(job)

    def save(self, session_id: str, effect: Effect) -> bool:
        """Carry out an effect that concerns the store; whether it was one. Committed when this returns."""
        match effect:
            case KeepAnswer(answer):
                self.store.keep_answer(answer)
            case KeepLearned(learned):
                self.store.keep_learned(session_id, learned)
            case KeepPlace(place):
                self.store.keep_place(session_id, place)
            case Finish(at):
                self.store.finish(session_id, at)
                return False
            case _:
                return False
        return True

    def correct(self, answer: Answer, utterance: int, text: str) -> Answer:
        """Correct one utterance of a kept answer, score it again, and keep it."""
        session = self.store.session(answer.session_id)
        context = AnswerContext(
            question=answer.question.ask,
            kind=answer.question.kind.value,
            rubrics=answer.question.rubrics,
            target_seconds=answer.question.target_seconds,
            requirements=self._requirements(session.job_id),
            heard=tuple(learned.text for learned in session.learned),
            interviewers=session.interviewer_names,
        )
        changed = with_correction(answer, utterance, text, lambda new: score_answer(new.transcript, context))
        self.store.keep_answer(changed)
        return changed

    # Recordings.

    def recording_for(self, conversation: Conversation) -> Path:
        """Where the candidate's next utterance is recorded: `SESSION/POSITION-ATTEMPT-UTTERANCE.wav`."""
        place, session = conversation.place, conversation.session
        answer = session.answer(answer_id(session.id, place.position, place.attempt))
        count = len(answer.utterances) if answer else 0
        name = f"{place.position + 1:02d}-{place.attempt}-{place.turn.value}-{count + 1}.wav"
        return private_folder(self.places.recordings / session.id) / name

    def relative_recording(self, path: Path | None) -> str:
        """A recording's path as sessions keep it."""
        return path.relative_to(self.places.recordings).as_posix() if path else ""

    def purge_deleted(self) -> None:
        """Remove deleted sessions for good, recordings included."""
        from simulator.sessions.forgetting import forget_recordings

        # Recordings first: what is cut short here is done again at the next start.
        for session_id in self.store.deleted():
            forget_recordings(self.places.recordings, session_id)
        self.store.purge()

    def tidy(self) -> None:
        """At the start of the app: what was deleted goes for good, and recordings older than the settings wish."""
        self.purge_deleted()
        self.forget_old_recordings()

    def forget_old_recordings(self) -> "Forgotten":
        """Remove recordings older than the settings wish, at the start of the app and of commands that keep some."""
        from simulator.sessions.forgetting import Forgotten, forget_old_recordings

        days = self.settings.keep_recordings_days
        if days <= 0 or not self.places.recordings.is_dir():
            return Forgotten()
        return forget_old_recordings(self.store, self.places.recordings, days, datetime.now(UTC))

    def unkept_recording(self, conversation: Conversation) -> Path | None:
        """What was recorded of an answer that was cut short (the machine stopped, the app was killed)."""
        path = self.recording_for(conversation)
        return path if path.is_file() and path.stat().st_size > 1_000 else None

"""The sample interview: questions spoken to sound files, sample answers spoken by a second voice,
transcribed by the recogniser with the sample speech model, scored and kept.

It shows what the app does where nobody is at the keyboard; the answers are a script that
comes with the app. Where a part is missing it says so and goes on
with the written words.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

from simulator.clock import new_session_id, now
from simulator.errors import ExitCode, UserError
from simulator.interview.conversation import Conversation
from simulator.interview.plan import Plan, Turn
from simulator.interview.setup import InterviewOptions
from simulator.interview_control.supplied_answers import SuppliedAnswer
from simulator.paths import private_folder, shipped
from simulator.plain import PlainInterview
from simulator.questions.bank import DEFAULT_RUBRICS, Kind, Question
from simulator.services import Services
from simulator.sessions.session import Mode, Session
from simulator.speech.model_files import sample_model_folder
from simulator.speech.ports import VoiceStyle
from simulator.speech.transcript import typed
from simulator.yaml_nodes import load_yaml

TITLE = "Sample interview"
SAMPLE_INTERVIEWER = "ward-manager"
ANSWERING_VOICE = VoiceStyle(gender="female", words_per_minute=140, accent="us")


@dataclass(frozen=True, slots=True)
class SampleTurn:
    """One question of the sample and the answer that is spoken to it."""

    question: Question
    answer: str


def sample_turns() -> tuple[SampleTurn, ...]:
    """The script of `assets/samples/sample_interview.yaml`."""
    document = load_yaml(shipped("assets") / "samples" / "sample_interview.yaml")
    turns = []
    for entry in document["turns"]:
        kind = Kind(entry["kind"])
        question = Question(
            id=entry["question_id"],
            ask=entry["question"],
            kind=kind,
            rubrics=DEFAULT_RUBRICS[kind],
            target_seconds=60,
        )
        turns.append(SampleTurn(question, " ".join(entry["answer"].split())))
    return tuple(turns)


def run_sample_interview(out: TextIO | None = None, services: Services | None = None) -> int:
    """Run it, print it, keep it. Status 0 also where sound is missing; UserError only where nothing can be kept."""
    out = out or sys.stdout
    services = services or Services()
    try:
        _run(services, out)
    finally:
        services.close()
    return ExitCode.DONE


def _run(services: Services, out: TextIO) -> None:
    script = sample_turns()
    interviewer = services.interviewers.get(SAMPLE_INTERVIEWER)
    plan = Plan(tuple(Turn(turn.question, interviewer.id) for turn in script), (interviewer.id,))
    session = Session(
        id=new_session_id(),
        started_at=now(),
        mode=Mode.COACH,
        bank_id="sample-interview",
        bank_title=TITLE,
        interviewer_ids=(interviewer.id,),
        interviewer_names=(interviewer.name,),
        sample=True,
    )
    conversation = Conversation(session, plan, (interviewer,), InterviewOptions(probes=False, think_seconds=0))
    services.data.store.begin(replace(session, place=conversation.state.to_json()))
    folder = private_folder(services.paths.recordings / session.id)
    out.write(
        f"{TITLE}\n"
        "Nobody is at the keyboard, so this is the sample that comes with the app: one voice asks, a\n"
        "second one answers from a script, and the recogniser writes down what it hears with the small\n"
        "sample speech model. To practise yourself, run this command in a terminal.\n"
        f"Sound files: {folder}\n\n"
    )
    stage = _SampleSound(services, folder, out)
    interview = PlainInterview(
        services,
        conversation,
        lines=(),
        out=out,
        interactive=False,
        given=stage.answers(script),
        aloud=stage.ask,
    )
    interview.run()


class _SampleSound:
    """Speaks questions and answers to files and hears the answers; says once what is missing."""

    def __init__(self, services: Services, folder: Path, out: TextIO) -> None:
        self._services = services
        self._folder = folder
        self._out = out
        self._questions = 0
        self._missing: set[str] = set()

    def ask(self, text: str, interviewer_id: str) -> None:
        """Speak an interviewer's line to a file."""
        self._questions += 1
        path = self._folder / f"interviewer-{self._questions:02d}.wav"
        seconds = self._speak(text, self._services.interviewers.get(interviewer_id).voice, path)
        if seconds is not None:
            self._out.write(f"  [spoken to {path.name}, {seconds:.1f} s]\n")

    def answers(self, script: tuple[SampleTurn, ...]) -> Iterator[SuppliedAnswer]:
        """The answers, each spoken and transcribed when its turn comes."""
        from simulator.speech.transcriber import transcribe_file  # late

        for number, turn in enumerate(script, 1):
            path = self._folder / f"answer-{number:02d}.wav"
            if self._speak(turn.answer, ANSWERING_VOICE, path) is None:
                yield SuppliedAnswer(typed(turn.answer))
                continue
            try:
                transcript = transcribe_file(path, sample_model_folder(), self._services.paths)
            except UserError as problem:
                self._say_missing(problem)
                yield SuppliedAnswer(typed(turn.answer), self._services.recordings.relative(path))
                continue
            self._out.write(f"  [answered in {path.name}, {transcript.duration or 0:.1f} s, transcribed offline]\n")
            yield SuppliedAnswer(transcript, self._services.recordings.relative(path))

    def _speak(self, text: str, style: VoiceStyle, path: Path) -> float | None:
        try:
            return self._services.sound.voice.save(text, style, path)
        except UserError as problem:
            self._say_missing(problem)
            return None

    def _say_missing(self, problem: UserError) -> None:
        if str(problem) not in self._missing:
            self._missing.add(str(problem))
            self._out.write(f"  [{problem} Going on with the written words.]\n")

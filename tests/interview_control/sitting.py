"""An interview under its controller, without a screen: fakes at the ports, a real store, a clock the test moves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from simulator.errors import UserError
from simulator.interview.conversation import Conversation
from simulator.interview.events import Effect, Phase, ShowFeedback
from simulator.interview.setup import Setup
from simulator.interview_control.actions import fits
from simulator.interview_control.backend import InterviewBackend
from simulator.interview_control.controller import InterviewController
from simulator.interview_control.view import StagePart
from simulator.paths import user_paths
from simulator.scoring.scorecard import Scorecard
from simulator.scoring.scorer import AnswerContext
from simulator.services import Services
from simulator.services.sound import SoundFactories
from simulator.sessions.session import Answer, Mode
from simulator.settings import Settings
from simulator.speech.ports import SoundLevel
from simulator.speech.transcript import Transcript
from tests.fakes import FakeListener, FakeVoice
from tests.interview.people import score_by_words

VOICE = SoundLevel(-24.0, 0.3, True)
NOISE = SoundLevel(-60.0, 0.01, False)
NOTHING = SoundLevel(-96.0, 0.0, False, "silent")
STALLED = SoundLevel(-96.0, 0.0, False, "stalled")
KEYS = (
    "start_answer",
    "finish_answer",
    "next",
    "pause",
    "resume",
    "hear_again",
    "type",
    "speak",
    "find_microphone",
    "ask",
    "skip",
    "back",
    "again",
    "correct",
    "explain",
)


class Backend(InterviewBackend):
    """The real store, with other parts, a disk that can be full, and recordings whose words are given."""

    def __init__(
        self, services: Services, conversation: Conversation, voice: FakeVoice, listener: FakeListener
    ) -> None:
        super().__init__(services, conversation)
        self._fake_voice, self._fake_listener = voice, listener
        self.full = False
        self.recorded: dict[str, str] = {}

    @property
    def voice(self) -> FakeVoice:
        return self._fake_voice

    @property
    def listener(self) -> FakeListener:
        return self._fake_listener

    def load_reader(self) -> None:
        pass

    def save(self, effects: Sequence[Effect]) -> None:
        if self.full:
            raise UserError("The disk is full.", "Make room.")
        super().save(effects)

    @property
    def all_kept(self) -> bool:
        return not self.full and super().all_kept

    def keep_draft(self, draft_id: str, text: str) -> None:
        if self.full:
            raise UserError("The disk is full.", "Make room.")
        super().keep_draft(draft_id, text)

    def delete_document(self, kind: str, document_id: str) -> None:
        if self.full:
            raise UserError("The disk is full.", "Make room.")
        super().delete_document(kind, document_id)

    def unkept_recordings(self) -> list[Path]:
        return [Path(name) for name in self.recorded]

    def transcribe(self, path: Path) -> str:
        if not self.recorded[path.name]:
            raise UserError("It cannot be read.")
        return self.recorded[path.name]


class Timer:
    """A call that comes later, unless it is stopped."""

    def __init__(self, at: float, call: Callable[[], None]) -> None:
        self.at, self.call, self.stopped = at, call, False

    def stop(self) -> None:
        self.stopped = True


@dataclass
class Stage:
    """What is to be seen."""

    typed: str = ""
    typing: bool = False
    part: str = ""
    speaker: str = ""
    caption: str = ""
    turn: str = ""
    words: str = ""
    advice: str = ""
    level: SoundLevel | None = None
    clock: str = ""
    spent: float = 0.0

    def write(self, text: str) -> None:
        self.typed = text

    def insert(self, text: str) -> None:
        self.typed += text

    def show_part(self, part: StagePart) -> None:
        self.part = part

    def show_box(self, typing: bool) -> None:
        self.typing = typing

    def show_speaker(self, interviewer_id: str, mood: str, what: str = "") -> None:
        self.speaker = f"{what} {interviewer_id} {mood}".strip()

    def show_caption(self, text: str, shown: int | None = None) -> None:
        self.caption = text[:shown]

    def move_mouth(self, interviewer_id: str, loudness: Sequence[float]) -> None:
        pass

    def show_turn(self, sign: str, words: str, hint: str = "") -> None:
        self.turn = f"{words}: {hint}"

    def show_advice(self, advice: str) -> None:
        self.advice = advice

    def show_words(self, heard: str) -> None:
        self.words = heard

    def show_level(self, level: SoundLevel | None) -> None:
        self.level = level

    def show_clock(self, *words: str) -> None:
        self.clock = words[0]

    def show_answer_time(self, spent: float, target: int, limit: bool) -> None:
        self.spent, self.clock = spent, f"{spent:.0f} s"


@dataclass
class View:
    """A screen that remembers. Calls from threads wait until the test lets them come."""

    now: float = 1_000.0
    stage: Stage = field(default_factory=Stage)
    shown: bool = True
    waiting: list[Callable[[], None]] = field(default_factory=list)
    background: list[Callable[[], None]] = field(default_factory=list)
    timers: list[Timer] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    where: str = ""
    session_time: str = ""
    asked_about: list[Answer] = field(default_factory=list)
    feedback: ShowFeedback | None = None
    report: str = ""
    questions: list[tuple[str, Callable[[], None]]] = field(default_factory=list)
    """What it asked before something that cannot be taken back."""
    closed: bool = False

    def later(self, call: Callable[[], None], replaces: str = "") -> None:
        self.waiting.append(call)

    def in_background(self, call: Callable[[], None], alone: bool = False) -> None:
        self.background.append(call)

    def after(self, seconds: float, call: Callable[[], None]) -> Timer:
        assert seconds > 0
        self.timers.append(Timer(self.now + seconds, call))
        return self.timers[-1]

    def tell(self, problem: UserError | str) -> None:
        self.told.append(str(problem))

    def tell_later(self, problem: UserError | str) -> None:
        self.told.append(str(problem))

    def tell_once(self, words: str) -> None:
        self.told.append(words)

    def note(self, words: str) -> None:
        self.told.append(words)

    def clear_stage(self) -> None:
        self.feedback = None
        self.stage.typed, self.stage.typing = "", False

    def focus_box(self, on: bool) -> None:
        pass

    def refresh_keys(self) -> None:
        pass

    def show_where(self, words: str) -> None:
        self.where = words

    def show_session_time(self, words: str) -> None:
        self.session_time = words

    def ask_whether(self, question: str, no: str, yes: str, then: Callable[[], None]) -> None:
        self.questions.append((question, then))

    def rate(
        self, answers: Sequence[Answer], keep: Callable[[Answer, dict[str, int]], None], then: Callable[[], None]
    ) -> None:
        self.asked_about += answers
        then()

    def show_feedback(self, feedback: ShowFeedback) -> None:
        self.feedback = feedback

    def show_report(self, session_id: str) -> None:
        self.report = session_id

    def close(self) -> None:
        self.closed = True


class Sitting:
    """One interview of three questions, its controller, and everything around it."""

    def __init__(
        self,
        answers: Sequence[Transcript] = (),
        microphone: bool = True,
        patient: bool = False,
        asleep: bool = False,
        self_rating: bool = False,
        mode: Mode = Mode.COACH,
        resumed: bool = False,
        **given: Any,
    ) -> None:
        chosen = {"probes": False, "candidate_name": "Sam", "think_seconds": 0, "self_rating": self_rating, **given}
        settings = replace(Settings(), **chosen)
        self.voice, self.listener = FakeVoice(patient), FakeListener(answers, microphone)
        self.services = Services(user_paths(), settings, SoundFactories(voice=lambda *_: self.voice))
        begun = self.services.interviews.begin(Setup(count=3, mode=mode, seed=4))
        self.read: list[str] = []
        """What was scored, in the order in which that happened."""
        self.talk = Conversation(begun.session, begun.plan, begun.interviewers, begun.options, self._score)
        self.listener.asleep = asleep
        self.backend = Backend(self.services, self.talk, self.voice, self.listener)
        self.view = View()
        self.control = InterviewController(self.talk, self.backend, self.view, resumed, lambda: self.view.now)

    def _score(self, transcript: Transcript, context: AnswerContext) -> Scorecard:
        self.read.append(transcript.text)
        return score_by_words(transcript, context)

    @property
    def stage(self) -> Stage:
        return self.view.stage

    @property
    def phase(self) -> Phase:
        return self.talk.state.phase

    def start(self) -> "Sitting":
        """Up to the candidate's first turn, or as far as a patient voice lets it come."""
        self.control.start()
        self.settle()
        return self

    def settle(self) -> None:
        """All that threads have to do is done, and the screen has heard of it."""
        while self.view.background or self.view.waiting:
            calls = self.view.background or self.view.waiting
            calls.pop(0)()

    def go_by(self, seconds: float) -> None:
        """Time goes by, second by second."""
        until = self.view.now + seconds
        while self.view.now < until:
            self.view.now = min(until, self.view.now + 1.0)
            due = [timer for timer in self.view.timers if timer.at <= self.view.now and not timer.stopped]
            self.view.timers = [timer for timer in self.view.timers if timer.at > self.view.now]
            for timer in due:
                timer.call()
            self.control.tick()
            self.settle()

    def type(self, text: str) -> None:
        """Type this in place of what stands in the box."""
        self.stage.typed = text
        self.control.turn.text_changed()

    def hand_in(self, text: str) -> None:
        """Type an answer and send it."""
        self.type(text)
        self.control.turn.hand_in_typed(text)
        self.settle()

    def speak(self) -> None:
        """Begin to answer aloud; what the listener was given is heard at once."""
        self.control.start_answer()
        self.settle()

    def hear(self, *levels: SoundLevel) -> None:
        """Sound arrives at the microphone."""
        assert self.listener.level is not None
        for level in levels:
            self.listener.level(level)
        self.settle()

    def drafts(self) -> list[str]:
        """The drafts that are kept."""
        return list(self.services.data.store.documents("draft").values())

    def fitting_keys(self) -> set[str]:
        """The keys that fit the moment."""
        return {key for key in KEYS if fits(key, self.control)}

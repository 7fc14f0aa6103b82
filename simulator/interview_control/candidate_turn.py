"""The candidate's turn: spoken or typed, and either can be switched for the other at any time.

One class, because of that switch: typing and speaking hand over to each other at every step.

Whatever is typed is kept as it grows, whatever is said is recorded as it comes. The listener calls back on threads of
its own; these calls go through `InterviewView.later`.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from simulator.errors import UserError
from simulator.interview.conversation import Conversation
from simulator.interview.events import (
    AnswerBegun,
    AnswerTakenBack,
    Asked,
    Event,
    Invite,
    Phase,
    Purpose,
    Skip,
    UtteranceHeard,
)
from simulator.interview_control.backend import InterviewBackend
from simulator.interview_control.drafts import Drafts, draft_id
from simulator.interview_control.spoken_answer import Silence, SpokenAnswer
from simulator.interview_control.turn_words import named, of_silence, to_start, to_type
from simulator.interview_control.unkept_words import UnkeptWords
from simulator.interview_control.view import InterviewView
from simulator.sessions.answer_feedback import thing_to_do
from simulator.sessions.highlights import readable_parts
from simulator.speech.ports import HeardAnswer, Hearing, PartStatus, Readiness, SoundLevel
from simulator.speech.transcript import Transcript, joined, typed

JUST_BEGUN = 1.5
"""Within so many seconds of the invitation, Enter on an empty box was meant to skip the interviewer's last words."""
SAID_BELOW = ("silent", "stalled")
"""Hints of a level that the words of the turn tell, where they are worth telling."""


class CandidateTurn:
    """What the candidate says or types, from the invitation to the answer handed in with `send`."""

    def __init__(
        self,
        conversation: Conversation,
        backend: InterviewBackend,
        view: InterviewView,
        clock: Callable[[], float],
        send: Callable[[Event], None],
    ) -> None:
        self._conversation, self._backend, self._view = conversation, backend, view
        self._clock, self._send = clock, send
        self.drafts = Drafts(backend, view, clock)
        self.unkept = UnkeptWords(backend, view, self._type_if_invited)
        self.invite: Invite | None = None
        self.answer: SpokenAnswer | None = None
        """The one that is spoken, or was last; a late call-back of another one is known by it, and ignored."""
        self.typing = False
        self.think_until = 0.0
        self.last_words = ""
        """The words of the try before, as long as they can be brought back."""
        self._asking = False
        """What is said or typed is a question aside, not the answer."""
        self._can_listen = True
        self._why_typing = ""
        self._told_why = False
        self._written = False
        """Whether the words of the turn are for a field with something in it."""
        self._invited_at = clock()

    @property
    def _phase(self) -> Phase:
        return self._conversation.state.phase

    @property
    def _hearing(self) -> Hearing | None:
        return self.answer.hearing if self.answer else None

    @property
    def will_type(self) -> bool:
        """Whether the next answer is typed, as far as one knows now."""
        return self.typing or not self._can_listen

    @property
    def speaks(self) -> bool:
        """Whether the candidate is speaking: a word of the answer was heard."""
        answer = self.answer if self._phase is Phase.ANSWERING else None
        return answer is not None and answer.heard and not answer.stopped

    @property
    def _at_goodbye(self) -> bool:
        """Whether nothing need be said here: who sends nothing ends the interview."""
        return self.invite is not None and self.invite.purpose is Purpose.GOODBYE

    @property
    def draft_id(self) -> str:
        """The draft that what is typed now belongs to."""
        return draft_id(self._conversation, self._asking)

    # The invitation.

    def offer(self, invite: Invite) -> None:
        """It is the candidate's turn."""
        self.drafts.keep()  # of the question before, where that was left out
        self.invite = invite
        self._invited_at = self._clock()
        self._asking = False
        stage = self._view.stage
        self._view.clear_stage()
        stage.show_caption(invite.prompt)
        stage.show_speaker(invite.interviewer_id, "listening", named(invite.purpose))
        stage.show_level(None)
        before = self._conversation.last_try
        self.last_words = " ".join(readable_parts(before)) if before else ""
        stage.show_advice(thing_to_do(before) if before else "")
        self.think_until = self._clock() + invite.think_seconds if invite.think_seconds else 0.0
        self.unkept.go_on = False
        if self.will_type:
            self.type(True)
        else:
            self.show_waiting()

    def show_waiting(self) -> None:
        """It is the candidate's turn, and nothing is said yet."""
        assert self.invite
        self._view.stage.show_part("asking")
        self._view.stage.show_turn("○", *to_start(self.invite.purpose))
        self._view.stage.show_words("")

    def bring_last_words(self) -> None:
        """The words of the try before: in the box to be made better, or to be read before one speaks."""
        stage = self._view.stage
        if not self.typing:
            stage.show_words(self.last_words)
            return
        stage.write(" ".join(each for each in (self.last_words, stage.typed) if each))
        self.last_words = ""
        self._show_typing()
        self._view.refresh_keys()

    def start(self) -> None:
        """Begin to answer, aloud where that works."""
        if self._can_listen:
            self._start_listening()
        else:
            self.type(True)

    def ask(self) -> None:
        """A question to the interviewer before answering."""
        self._asking = True
        self._view.stage.write("")
        self.start()

    @property
    def asking(self) -> bool:
        """Whether the candidate asks something aside before answering."""
        return self._asking

    def drop_question(self) -> None:
        """Ask nothing after all: back to what is to be answered."""
        self.typing = not self._can_listen
        self.stop()
        if self._phase is Phase.ANSWERING:
            self._send(AnswerTakenBack())
        elif self.invite:
            self.offer(self.invite)
        self._view.refresh_keys()

    def _hand_in(self, transcript: Transcript, recording: Path | None) -> None:
        draft = self.draft_id
        self.drafts.handed_in()
        self.unkept.earlier.clear()
        relative = self._backend.relative_recording(recording)
        if self._asking:
            self._asking = False
            self._send(Asked(transcript, relative))
        else:
            self._send(UtteranceHeard(transcript, relative))
        # Only now: until the answer is kept, the draft is its only copy.
        self.drafts.delete(draft)

    # Typing.

    def type(self, on: bool) -> None:
        """Switch between typing and speaking."""
        self.typing = on
        stage = self._view.stage
        stage.show_box(on)
        if on:
            if not stage.typed:
                stage.write(self.drafts.text(self.draft_id))
            self._view.focus_box(True)
            self._show_typing()
            stage.show_level(None)
            # Without a speech model nobody had meant to speak: the sound check tells of it.
            if self._why_typing and not self._told_why and self.may_find_microphone:
                self._told_why = True
                self._view.tell_once(self._why_typing)
        else:
            self._view.focus_box(False)
            self.show_waiting()
            stage.show_words(self._said_before())
        self._view.refresh_keys()

    def _show_typing(self, empty: bool = False) -> None:
        self._written = bool(self._view.stage.typed.strip())
        purpose = self.invite.purpose if self.invite else Purpose.QUESTION
        self._view.stage.show_turn("✎", *to_type(purpose, self._asking, self._written, empty, bool(self.last_words)))

    def text_changed(self) -> None:
        """A key went into the box."""
        if self.typing and self._phase is Phase.INVITED:
            self.drafts.changed(self.draft_id, self._view.stage.typed)
            if bool(self._view.stage.typed.strip()) != self._written:
                self._show_typing()

    def hand_in_typed(self, text: str) -> None:
        """What was typed is the answer. Where it cannot be kept, its draft stays."""
        if not text.strip():
            if self._clock() - self._invited_at >= JUST_BEGUN and self._at_goodbye:
                self._send(Skip())
            elif self._clock() - self._invited_at >= JUST_BEGUN:
                self._show_typing(empty=True)
            return
        self._hand_in(typed(text), None)

    @property
    def can_speak(self) -> bool:
        """Whether speaking works, as far as one knows."""
        return self._can_listen

    @property
    def may_find_microphone(self) -> bool:
        """Whether speaking would work if only there were a microphone."""
        model = self._backend.listener.model_status() if not self._can_listen else None
        return model is not None and model.readiness is not Readiness.MISSING

    def type_instead(self) -> None:
        """Type in place of speaking; before the candidate's turn, the box opens with it."""
        self.typing = True
        if self._phase is Phase.ANSWERING:
            asking = self._asking
            self.stop()
            self._send(AnswerTakenBack())
            self._asking = asking
        if self._phase is Phase.INVITED:
            self.type(True)

    def speak_instead(self) -> None:
        """Speak again in place of typing."""
        self.type(False)

    def find_microphone(self) -> None:
        """It may be there by now."""
        self._view.in_background(self._look_for_microphone, alone=True)

    def microphone_missing(self, status: PartStatus) -> None:
        """There is nothing to speak into: answers are typed."""
        self._type_because(f"{status.detail} You can type instead.")
        if self._phase is Phase.INVITED and not self.typing:
            self.type(True)

    def _type_if_invited(self) -> bool:
        """Open the box, where it is the candidate's turn still."""
        if self._phase is not Phase.INVITED:
            return False
        self.type(True)
        return True

    def _type_because(self, why: str) -> None:
        self._can_listen, self._why_typing = False, why

    def _look_for_microphone(self) -> None:
        """It may be back: then one speaks again without leaving the interview. On a thread of its own."""
        listener = self._backend.listener
        for status in (listener.look_again(), listener.model_status()):
            if status.readiness is Readiness.MISSING:
                self._view.tell_later(f"{status.detail} {status.hint}".strip())
                return
        self._view.later(self._speak_again)

    def _speak_again(self) -> None:
        self._can_listen, self._why_typing, self._told_why = True, "", False
        if self._view.shown and self.typing and self._phase is Phase.INVITED:
            self.type(False)

    # What was said before a crash.

    def offer_unkept(self) -> None:
        """After a crash in mid-answer: what was typed, and the words of the recording that is still there."""
        if self.drafts.text(self.draft_id):
            self.type(True)
        self.unkept.offer()

    def _said_before(self) -> str:
        """The unkept words that the answer begins with, "" where there are none."""
        return self._view.stage.typed.strip() if self.unkept.go_on and not self._asking else ""

    # Speaking.

    def _start_listening(self) -> None:
        self.answer = answer = SpokenAnswer(self._clock())
        self._send(AnswerBegun())
        stage = self._view.stage
        stage.show_part("answering")
        stage.show_turn("…", "One moment", "the microphone is starting")
        stage.show_words(self._said_before())
        try:
            path: Path | None = self._backend.recording_path()
        except UserError as problem:
            # It is written down all the same.
            self._view.tell(problem)
            path = None
        self._view.in_background(partial(self._open_microphone, answer, path))

    def show_listening(self) -> None:
        """That the candidate is heard, and what is waited for: an answer, or a question of theirs."""
        if self.answer:
            self.answer.told = None
        if self._asking:
            self._view.stage.show_turn("●", "Your question", "ask, then Enter")
        else:
            self._view.stage.show_turn("●", "Listening", "Enter when done")

    def _open_microphone(self, answer: SpokenAnswer, path: Path | None) -> None:
        """On a thread of its own."""
        later = self._view.later
        try:
            hearing = self._backend.listener.listen(
                path,
                lambda level: later(partial(self._level, answer, level), "level"),
                lambda words: later(partial(self._words, answer, words), "words"),
                lambda heard: self._finished(answer, heard),
                lambda why: later(partial(self._failed, answer, why)),
            )
        except UserError as problem:
            later(partial(self._failed, answer, str(problem)))
            return
        later(partial(self._started, answer, hearing))

    def _started(self, answer: SpokenAnswer, hearing: Hearing) -> None:
        if answer is not self.answer or self._phase is not Phase.ANSWERING:
            self._view.in_background(hearing.cancel)
            return
        answer.hearing = hearing
        self._view.refresh_keys()

    def _failed(self, answer: SpokenAnswer, why: str) -> None:
        if answer is not self.answer:
            return
        self._view.tell(why)
        answer.told_of(why)
        if answer.hearing is None:
            self._type_because(why)
            self._send(AnswerTakenBack())

    def _level(self, answer: SpokenAnswer, level: SoundLevel) -> None:
        if answer is not self.answer:
            return
        at, state = self._clock(), self._conversation.state
        if state.phase is Phase.ANSWERING and not state.paused and answer.goes_live(level, at):
            self.show_listening()
        if answer.open:
            answer.take_level(level, at)
            # Some microphones send nothing at all while one thinks: that is no alarm.
            self._view.stage.show_level(replace(level, hint="") if level.hint in SAID_BELOW else level)

    def _words(self, answer: SpokenAnswer, words: str) -> None:
        if answer is self.answer:
            answer.take_words(words, self._clock())
            self._view.stage.show_words(f"{self._said_before()} {words}".strip())

    def look_after_silence(self, at: float) -> Silence | None:
        """Say calmly that nothing arrives, as long as nothing does; AWAY is left to the caller."""
        answer = self.answer
        silence = answer.silence(at) if answer else None
        if answer and silence is not answer.told and silence is not Silence.AWAY:
            answer.told = silence
            if silence:
                self._view.stage.show_turn("●", *of_silence(silence, answer.heard))
            elif answer.open and answer.live:
                self.show_listening()
        return silence

    def finish(self) -> None:
        """The answer is over: the candidate decides, silence never does."""
        answer = self.answer
        if answer is None or answer.hearing is None or answer.writing_down:
            return
        if self._at_goodbye and not answer.heard:
            self.stop()
            self._send(AnswerTakenBack())
            self._send(Skip())
            return
        if not (answer.something_said(self._clock()) or answer.told_nothing_to_send):
            answer.told_nothing_to_send = True
            self.look_after_silence(self._clock())
            return
        answer.writing_down = True
        self._view.stage.show_turn("…", "Writing down what you said")
        self._view.in_background(answer.hearing.finish)

    def _finished(self, answer: SpokenAnswer, heard: HeardAnswer) -> None:
        """On the thread that wrote the words down: they are read there too, so that the screen never waits."""
        try:
            if not self._asking and heard.transcript.text:
                self._conversation.read_ahead(heard.transcript)
        finally:
            self._view.later(partial(self._heard, answer, heard))

    def _heard(self, answer: SpokenAnswer, heard: HeardAnswer) -> None:
        if answer is not self.answer:
            return
        answer.hearing, answer.writing_down = None, False
        transcript = heard.transcript
        # What was told while one spoke is over by now, unless nothing was understood because of it.
        if trouble := answer.untold(transcript.trouble) if transcript.text else transcript.trouble:
            self._view.tell(trouble)
        if not transcript.text and transcript.trouble:
            # Recorded but not understood: the candidate may type it; the recording stays.
            self._can_listen = False
            self._send(AnswerTakenBack())
            return
        if before := self._said_before():
            transcript = joined([typed(before), transcript])
        self._hand_in(transcript, heard.recording)

    def stop(self) -> None:
        """No longer listen; what is still on its way from this answer is ignored."""
        if (hearing := self._hearing) is not None:
            self._view.in_background(hearing.cancel)
        self.answer = None

    def pause(self) -> bool:
        """Take no sound in; False where nobody listens."""
        if (hearing := self._hearing) is None:
            return False
        self._view.in_background(hearing.pause)
        return True

    def go_on(self, paused: float) -> bool:
        """Listen again after a pause of so many seconds; False where nobody listened."""
        if self.answer is None or self.answer.hearing is None:
            return False
        self.answer.paused_for(paused, self._clock())
        self._view.in_background(self.answer.hearing.resume)
        self.show_listening()
        return True

"""One interview from greeting to report, without the screen: what happened comes in as calls, what is to be seen goes
out to an `InterviewView`. `actions.fits` says which calls fit the moment."""

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from simulator.errors import UserError
from simulator.interview.conversation import Conversation
from simulator.interview.events import (
    AddPiece,
    Begin,
    Event,
    FinishEarly,
    GoBack,
    GoOn,
    HearAgain,
    Invite,
    Line,
    LineFinished,
    PauseInterview,
    Phase,
    Purpose,
    ResumeInterview,
    ShowFeedback,
    Skip,
    TakenWrongly,
    TryAgain,
)
from simulator.interview_control.backend import InterviewBackend
from simulator.interview_control.candidate_turn import CandidateTurn
from simulator.interview_control.runner import InterviewRunner
from simulator.interview_control.spoken_answer import Silence
from simulator.interview_control.turn_words import named, where, while_speaking
from simulator.interview_control.view import InterviewView
from simulator.sessions.session import Answer, Mode
from simulator.sessions.times import clock as clock_words
from simulator.speech.ports import Caption, PartStatus, Readiness

KEYS_THAT_DO_NOT_SILENCE = ("escape", "f1", "question_mark", "ctrl+q", "ctrl+p", "space")
TYPE_KEY = "t"
KEYS_TAKEN_ONCE = frozenset({"enter", "escape", "f2", "f6", "f7", "f8", "f10"})
LETTERS_TAKEN_ONCE = frozenset({"space", *"rtmsbalex"})


class InterviewController:
    """Owns the state and the rules of an interview that is seen on an `InterviewView`."""

    def __init__(
        self,
        conversation: Conversation,
        backend: InterviewBackend,
        view: InterviewView,
        resumed: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.conversation = conversation
        self._backend, self._view, self._clock = backend, view, clock
        self._runner = InterviewRunner(conversation, backend, self)
        self.turn = CandidateTurn(conversation, backend, view, clock, self.send)
        self.feedback: ShowFeedback | None = None
        """What is on the screen in the feedback phase."""
        self.example = False
        """Whether there is a worked answer to that question, as far as one knows."""
        self._resumed = resumed
        self._unkept_to_offer = resumed
        self._spoke = 0.0
        """Seconds in which the candidate spoke or typed."""
        self._ticked_at = clock()
        self._paused_at = 0.0
        self._line = 0
        """Counts lines, so that a late call-back of an earlier one is known and ignored."""
        self._hint = ""
        """What is told while somebody speaks: a voice that comes or goes meanwhile changes it."""
        self._unspoken = False
        """The lines that come now are passed over: the candidate has begun to type."""

    @property
    def phase(self) -> Phase:
        """Whose turn it is."""
        return self.conversation.state.phase

    @property
    def paused(self) -> bool:
        """Whether all stands still."""
        return self.conversation.state.paused

    def start(self) -> None:
        """The interview begins, or goes on where it was left."""
        self._view.in_background(self._look_at_parts)
        self._backend.load_reader()
        if self._resumed:
            self._runner.resume()
            self._refresh()
        else:
            self.send(Begin())

    def send(self, event: Event) -> None:
        """Tell the conversation what happened, and do what it asks."""
        self._runner.send(event)
        self._refresh()

    def _refresh(self) -> None:
        self._view.show_where(where(self.conversation))
        self._view.refresh_keys()

    # What there is to hear and to speak with.

    def _look_at_parts(self) -> None:
        """On a thread of its own."""
        listener = self._backend.listener
        self._view.later(partial(self._part_known, listener.microphone_status()))
        listener.warm_up()
        self._view.later(partial(self._part_known, listener.model_status()))

    def _part_known(self, status: PartStatus) -> None:
        if status.readiness is Readiness.MISSING:
            self.turn.microphone_missing(status)
        elif status.readiness is Readiness.SAMPLE:
            self._view.tell_once("Listening with the sample model, which knows a few hundred words only.")
        if self.phase is Phase.SPEAKING and not self.paused:
            # What there is may become known while the first words are spoken.
            self._show_who_speaks()

    # What the conversation asks for.

    def not_kept(self, problem: UserError) -> None:
        """It is told, and the interview goes on."""
        self._view.tell(problem)

    def prepare(self, lines: Sequence[Line]) -> None:
        """These lines come soon."""
        self._backend.prepare(lines)

    def invite(self, invite: Invite) -> None:
        """It is the candidate's turn; after a crash in mid-answer what was said before is offered."""
        self.turn.offer(invite)
        if self._unkept_to_offer:
            self._unkept_to_offer = False
            self.turn.offer_unkept()

    def say(self, line: Line) -> None:
        """The interviewer speaks."""
        if self._unspoken:
            return
        self.turn.stop()
        self._line += 1
        stage = self._view.stage
        self._view.clear_stage()
        stage.show_speaker(line.interviewer_id, "speaking", named(self.conversation.state.turn))
        stage.show_caption(line.text, 0)
        self._show_who_speaks()
        stage.show_level(None)
        stage.show_words("")
        number = self._line
        self._backend.speak(
            line,
            lambda caption: self._view.later(partial(self._caption_moved, number, caption), "caption"),
            lambda _to_the_end: self._view.later(partial(self._line_over, number)),
        )

    def feed_back(self, feedback: ShowFeedback) -> None:
        """An answer was scored: it is shown once the own rating (if one was given) is kept."""
        self.turn.stop()
        self.feedback = feedback
        if self.conversation.state.taken:
            self._view.note("The follow-up is left out, as you asked. F6 if that was your answer.")
        self._view.rate(self._runner.to_rate_first(feedback.answer), self._runner.rated, self._show_feedback)

    def _show_feedback(self) -> None:
        assert self.feedback
        self.feedback = self._runner.as_rated(self.feedback)
        self.example = False
        self._view.show_feedback(self.feedback)
        self._view.in_background(self._look_for_example)

    def _look_for_example(self) -> None:
        """On a thread of its own: all banks may have to be read for it."""
        there = bool(self._backend.worked_answers())
        self._view.later(partial(self._example_known, there))

    def _example_known(self, there: bool) -> None:
        self.example = there
        self._view.refresh_keys()

    def finish(self) -> None:
        """The interview is over."""
        self.turn.stop()
        self._backend.voice.silence()
        self._backend.leave()
        session_id = self.conversation.session.id
        report = partial(self._view.show_report, session_id)
        self._view.rate(self._runner.to_rate_at_the_end(), self._runner.rated, report)

    # The interviewer speaks.

    def _show_who_speaks(self) -> None:
        speaker = self._backend.speaker(self.conversation.state.lines[0].interviewer_id)
        speaks, self._hint = self._words_while_speaking()
        self._view.stage.show_turn("◆", f"{speaker.name.split()[0]} {speaks}", self._hint)

    def _words_while_speaking(self) -> tuple[str, str]:
        return while_speaking(self._backend.voice_heard, self.turn.will_type)

    def _caption_moved(self, number: int, caption: Caption) -> None:
        if number == self._line:
            self._view.stage.show_caption(caption.text, caption.shown)
            self._view.stage.move_mouth(self.conversation.state.lines[0].interviewer_id, caption.loudness)

    def _line_over(self, number: int) -> None:
        if number == self._line and self.phase is Phase.SPEAKING:
            self._line += 1
            self._view.stage.show_caption(self.conversation.state.lines[0].text)
            self.send(LineFinished())

    # Keys.

    def stops_voice(self, key: str, character: str) -> bool:
        """Any key stops the voice and does nothing else; where answers are typed, a letter begins the answer.

        False where the key is to do what it does elsewhere.
        """
        if self.phase is not Phase.SPEAKING or key in KEYS_THAT_DO_NOT_SILENCE:
            return False
        if self.paused:
            if key == "enter":
                self.pause()
        elif not self.begins_typing(character):
            if key.lower() == TYPE_KEY and not self.turn.will_type:
                return False
            self._cut_short(key)
        return True

    def _cut_short(self, key: str) -> None:
        """The line is over at once, however long the voice takes to fall silent.

        Whoever types and reads along has the whole question and the field with one Enter.
        """
        reads = self.turn.will_type and not self._backend.voice_heard
        if key == "enter" and reads and len(self.conversation.state.lines) <= 2:
            self._to_the_turn()
            return
        number = self._line
        self._backend.voice.silence()
        self._line_over(number)

    def begins_typing(self, text: str) -> bool:
        """Take a letter, or a text that was pasted, as the beginning of the answer; False where it is none."""
        if self.phase is not Phase.SPEAKING or self.paused or not self.turn.will_type:
            return False
        if not (text and text.isprintable()):
            return False
        self._to_the_turn()
        self._view.stage.insert(text)
        return True

    def types_ahead(self, character: str) -> bool:
        """Take a letter that was typed before the box had the focus: right after the one that began the answer."""
        if not (self.phase is Phase.INVITED and self.turn.typing and not self.paused):
            return False
        if not (character.isprintable() and (character.strip() or (character and self._view.stage.typed))):
            return False
        self._view.stage.insert(character)
        return True

    def _to_the_turn(self) -> None:
        """The candidate does not wait for the interviewer's end: what was not said yet stands there to be read."""
        lines = self.conversation.state.lines
        self._line += 1
        self._backend.voice.silence()
        self._unspoken = True
        try:
            while self.phase is Phase.SPEAKING:
                self.send(LineFinished())
        finally:
            self._unspoken = False
        unread = [line.text for line in lines if line.purpose is not Purpose.GREETING]
        prompt = self.turn.invite.prompt if self.turn.invite else ""
        if not any(prompt in line for line in unread):
            unread.append(prompt)
        if len(unread) > 1:
            self._view.stage.show_caption(" ".join(unread))

    def takes_once(self, key: str) -> bool:
        """Held down, no key runs through the interview; letters and spaces of an answer are as they are typed."""
        writes = self.turn.typing or (self.turn.will_type and self.phase is Phase.SPEAKING)
        return key in KEYS_TAKEN_ONCE or (key.lower() in LETTERS_TAKEN_ONCE and not writes)

    # Time.

    def tick(self) -> None:
        """Some time went by."""
        at, stage, turn = self._clock(), self._view.stage, self.turn
        gone, self._ticked_at = at - self._ticked_at, at
        if self.paused:
            return
        # Neither thinking nor typing nor reading feedback is counted.
        self._spoke += gone if turn.speaks else 0.0
        # One clock is enough for whoever answers: that of the answer.
        begun = self._spoke >= 1.0 and self.phase is not Phase.ANSWERING and not turn.typing
        self._view.show_session_time(f"you spoke {clock_words(self._spoke)}" if begun else "")
        invite = turn.invite
        if self.phase is Phase.SPEAKING and self._hint != self._words_while_speaking()[1]:
            self._show_who_speaks()
        if self.phase is Phase.ANSWERING and invite:
            if turn.answer:
                stage.show_answer_time(turn.answer.spent(at), invite.target_seconds, invite.limit)
            elif invite.limit:
                self._show_limit(invite)
            silence = turn.look_after_silence(at)
            if silence is Silence.AWAY:
                self._stop_for_who_went_away()
            elif silence:
                stage.show_clock("")  # it stands still, and the words need the room
        elif self.phase is Phase.INVITED and turn.think_until > at and not turn.typing:
            stage.show_clock(f"{clock_words(turn.think_until - at + 0.99)} to think")
        elif self.phase is Phase.INVITED and invite and invite.limit:
            self._show_limit(invite)
        else:
            stage.show_clock("")

    def _show_limit(self, invite: Invite) -> None:
        limit = f"limit {clock_words(invite.target_seconds)}"
        self._view.stage.show_clock(f"{limit}, spoken", limit)

    def _stop_for_who_went_away(self) -> None:
        self.pause()
        said = self.turn.answer and self.turn.answer.heard
        stage = self._view.stage
        stage.show_clock("")  # the words need the room
        stage.show_turn("‖", "Are you still there?", "All is kept. Space goes on" if said else "Space goes on")

    def pause(self) -> None:
        """Stop everything for a while; the same call goes on."""
        if self.paused:
            self._go_on()
            return
        self._paused_at = self._clock()
        if not self.turn.pause() and self.phase is Phase.SPEAKING:
            self._line += 1
            self._backend.voice.silence()
        self.send(PauseInterview())
        self._view.stage.show_turn("‖", "Paused", "Space goes on")

    def _go_on(self) -> None:
        self.send(ResumeInterview())
        if self.turn.go_on(self._clock() - self._paused_at):
            return
        if self.phase is Phase.SPEAKING:
            self.say(self.conversation.state.lines[0])
        else:
            self.turn.show_waiting()

    # What the candidate does.

    def start_answer(self) -> None:
        """Begin to answer, aloud where that works."""
        self.turn.start()

    def finish_answer(self) -> None:
        """The answer is over."""
        self.turn.finish()

    def type(self) -> None:
        """Type in place of speaking, at once: from now on all keys go into the box."""
        self.turn.type_instead()
        if self.phase is Phase.SPEAKING:
            self._to_the_turn()

    def hear_again(self) -> None:
        """The prompt once more."""
        self.send(HearAgain())

    def take_the_other_way(self) -> None:
        """What was just said was taken for a question and was none, or the other way round."""
        self.send(TakenWrongly())

    def skip(self) -> None:
        """Leave this question out; in the closing turn: no more questions."""
        self.send(Skip())

    def go_back(self) -> None:
        """The question before: one that was left out, or another try."""
        self.send(GoBack())

    def next(self) -> None:
        """On after feedback."""
        self.send(GoOn())

    def try_again(self) -> None:
        """The same question anew."""
        self.send(TryAgain())

    def add_piece(self) -> None:
        """Say only the one thing that is missing."""
        self.send(AddPiece())

    def finish_early(self) -> None:
        """End the interview now, with the report."""
        self._backend.voice.silence()
        self.send(FinishEarly())

    def finish_if_sure(self) -> None:
        """End now, once that is meant."""
        question = "End the interview now, with the report?"
        self._view.ask_whether(question, "Go on with the interview", "End it now", self.finish_early)

    def leave_if_sure(self) -> None:
        """Leave; in the middle of an answer that is spoken, once that is meant."""
        if self.phase is Phase.ANSWERING and not self.paused:
            question = "Leave in the middle of your answer?"
            self._view.ask_whether(question, "Go on speaking", "Save and leave", self.leave)
        else:
            self.leave()

    def recording(self) -> Path | None:
        """The recording of the answer whose feedback is shown."""
        return self._backend.recording_of(self.feedback.answer) if self.feedback else None

    def corrected(self, answer: Answer | None) -> None:
        """What was heard wrongly was mended, and scored again; None where nothing was."""
        if answer is not None and self.feedback is not None:
            self.conversation.take_changed(answer)
            self.feedback = ShowFeedback(answer, self.feedback.previous, self.feedback.last)
            self._show_feedback()

    def leave(self) -> None:
        """Leave; the interview is kept as it stands. A drill that shows its feedback is over: its report comes."""
        if self.phase is Phase.FEEDBACK and self.conversation.session.mode is Mode.DRILL:
            self.finish_early()
            return
        self._backend.voice.silence()
        self.turn.stop()
        self._line += 1
        self.turn.drafts.keep()
        self._backend.leave()
        self._view.note("Saved. You can go on where you stopped.")
        self._view.close()

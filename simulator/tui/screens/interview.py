"""The interview: the interviewer on the stage, the candidate's words as they come, feedback when it is due.

The screen is one user interface of `interview.conversation`: it turns keys and sound into events and carries
out the effects. Voice and listener call back on their own threads; they only post messages here.
"""

import time
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import ContentSwitcher, Static

from simulator.clock import now
from simulator.errors import UserError
from simulator.interview.conversation import Conversation
from simulator.interview.events import (
    AddPiece,
    Begin,
    Effect,
    Event,
    Finish,
    FinishEarly,
    GoBack,
    GoOn,
    HearAgain,
    Invite,
    Line,
    LineFinished,
    PauseInterview,
    Phase,
    Prepare,
    Purpose,
    ResumeInterview,
    Say,
    ShowFeedback,
    TryAgain,
)
from simulator.interview.interviewer import Interviewer
from simulator.language.model import late_model
from simulator.sessions.recordings import found
from simulator.sessions.report import clock
from simulator.sessions.session import Answer, Mode
from simulator.tui.messages import CaptionMoved, LineOver
from simulator.tui.screens.answering import AnsweringScreen
from simulator.tui.widgets.feedback_view import FeedbackView
from simulator.tui.widgets.footer import Keys
from simulator.tui.widgets.stage import Stage, time_left, time_spent

TICK_SECONDS = 0.25
KEYS_THAT_DO_NOT_SILENCE = ("escape", "f1", "question_mark", "ctrl+q", "ctrl+p", "space")
KEYS_TAKEN_ONCE = frozenset({"enter", "escape", "f2", "f7", "f8", "f10"})
LETTERS_TAKEN_ONCE = frozenset({"space", *"rtmsbalex"})


class InterviewScreen(AnsweringScreen):
    """One interview from greeting to report."""

    CSS_PATH = "interview.tcss"
    AUTO_FOCUS = ""
    IN_INTERVIEW = True
    HELP_TOPIC = "interview"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "start_answer", "start", id="interview.start"),
        Binding("enter", "finish_answer", "I'm done", id="interview.done"),
        Binding("enter", "next", "next", id="interview.next"),
        Binding("space", "pause", "pause", id="interview.pause"),
        Binding("r", "hear_again", "hear again", id="interview.hear"),
        Binding("t", "type", "type", id="interview.type"),
        Binding("f2", "type", "speak instead", id="interview.speak"),
        Binding("m", "ask", "ask a question", id="interview.ask"),
        Binding("s", "skip", "skip", id="interview.skip"),
        Binding("f8", "skip_typing", "skip", id="interview.skip_typing"),
        Binding("b", "back", "previous question", id="interview.back"),
        Binding("f7", "back_typing", "previous question", id="interview.back_typing", priority=True),
        Binding("a", "again", "try again", id="interview.again"),
        Binding("p", "piece", "add what is missing", id="interview.piece"),
        Binding("l", "listen", "listen", id="interview.listen"),
        Binding("e", "correct", "correct", id="interview.correct"),
        Binding("h", "worked_answer", "strong answer", id="interview.worked_answer"),
        Binding("x", "explain", "why this level", id="interview.explain"),
        Binding("f9", "earlier", "earlier words", id="interview.earlier"),
        Binding("f10", "finish", "end now", show=False, id="interview.finish"),
        Binding("escape", "leave", "save and leave", id="interview.leave"),
    ]

    def __init__(self, conversation: Conversation, resumed: bool = False) -> None:
        super().__init__(conversation, resumed)
        self._feedback: ShowFeedback | None = None
        self._started = time.monotonic()

    def compose(self) -> ComposeResult:
        with Horizontal(classes="title-row"):
            yield Static("Second Round", classes="name")
            yield Static("", id="where", classes="where", markup=False)
            yield Static("", id="session-clock", classes="right", markup=False)
        with ContentSwitcher(initial="stage"):
            yield Stage(self.conversation.interviewers, self._app.settings.reduced_motion, id="stage")
            yield FeedbackView(id="feedback")
        yield Keys()

    def on_mount(self) -> None:
        self.set_interval(TICK_SECONDS, self._tick)
        self._look_at_parts()
        late_model.begin_loading()
        if self._resumed:
            self._carry_out(self.conversation.resume())
        else:
            self._send(Begin())

    # The conversation.

    def _send(self, event: Event) -> None:
        self._carry_out(self.conversation.advance(event, now()))

    def _carry_out(self, effects: tuple[Effect, ...]) -> None:
        """Do what the conversation asks, in order: what is to be kept is kept before anything is shown."""
        services, session_id = self._app.services, self.conversation.session.id
        try:
            services.steps.save(session_id, effects)
        except UserError as problem:
            self._app.tell(problem)
        for effect in effects:
            match effect:
                case Say(line):
                    self._say(line)
                case Prepare(lines):
                    for line in lines:
                        services.sound.voice.prepare(line.text, services.interviewers.get(line.interviewer_id).voice)
                case Invite() as invite:
                    self._offer(invite)
                case ShowFeedback() as feedback:
                    self._show_feedback(feedback)
                case Finish():
                    self._finish()
                case _:
                    pass
        self._show_where()
        self.refresh_bindings()

    def _show_where(self) -> None:
        place, session = self.conversation.place, self.conversation.session
        count = len(self.conversation.plan.turns)
        # What changes comes first: where there is little room, the bank's title is cut and not the question's number.
        words = [] if session.mode is Mode.DRILL else [f"question {min(place.position + 1, count)} of {count}"]
        words += [f"attempt {place.attempt}"] if place.attempt > 1 else []
        words += [session.mode.value, session.bank_title]
        self.query_one("#where", Static).update("   ".join(words))

    # The interviewer speaks.

    def _say(self, line: Line) -> None:
        self._stop_listening()
        self._turn += 1
        turn = self._turn
        interviewer = self._speaker(line)
        self._to_the_stage()
        self._stage.show_speaker(line.interviewer_id, "speaking")
        self._stage.show_caption(line.text, 0)
        self._show_who_speaks()
        self._stage.show_level(None)
        self._stage.show_words("")
        self._app.services.sound.voice.speak(
            line.text,
            interviewer.voice,
            lambda caption: self._post(CaptionMoved(turn, caption)),
            lambda to_the_end: self._post(LineOver(turn, to_the_end)),
        )

    def _speaker(self, line: Line) -> Interviewer:
        # From the conversation: for a job they have the names that were noted.
        return next(each for each in self.conversation.interviewers if each.id == line.interviewer_id)

    def _show_who_speaks(self) -> None:
        speaker = self._speaker(self.conversation.place.lines[0])
        self._stage.show_turn("◆", f"{speaker.name} is speaking", self._hint_while_speaking())

    def _post(self, message: CaptionMoved | LineOver) -> None:
        self.post_message(message)

    def on_caption_moved(self, message: CaptionMoved) -> None:
        if message.turn == self._turn:
            caption = message.caption
            self._stage.show_caption(caption.text, caption.shown)
            self._stage.move_mouth(self.conversation.place.lines[0].interviewer_id, caption.loudness)

    def on_line_over(self, message: LineOver) -> None:
        if message.turn == self._turn and self.conversation.place.phase is Phase.SPEAKING:
            self._turn += 1
            self._stage.show_caption(self.conversation.place.lines[0].text)
            self._send(LineFinished())

    def on_key(self, event: events.Key) -> None:
        """Any key stops the voice and does nothing else; where answers are typed, a letter begins the answer."""
        within_words = event.key == "space" and self._typed_ahead
        if self.conversation.place.phase is Phase.SPEAKING and (
            within_words or event.key not in KEYS_THAT_DO_NOT_SILENCE
        ):
            self._app.services.sound.voice.silence()
            if self._will_type and event.character and event.character.isprintable():
                self._typed_ahead += event.character
            event.stop()
            event.prevent_default()

    def _hint_while_speaking(self) -> str:
        if self._unheard:
            return "captions only, Enter goes on"
        return "Enter stops the voice, or begin to type" if self._will_type else "any key stops the voice"

    # Clocks.

    def _tick(self) -> None:
        at = time.monotonic()
        phase = self.conversation.place.phase
        if not self.conversation.place.paused:
            # One clock is enough for whoever answers: that of the answer.
            whole = "" if phase is Phase.ANSWERING else clock(at - self._started)
            self.query_one("#session-clock", Static).update(whole, layout=False)
        if self.conversation.place.paused:
            return
        if phase is Phase.ANSWERING and self._invite:
            told = time_left if self._invite.limit else time_spent
            self._stage.show_clock(told(at - self._begun_at, self._invite.target_seconds))
            self._look_after_silence(at)
        elif phase is Phase.INVITED and self._think_until > at and not self._typing:
            self._stage.show_clock(f"{clock(self._think_until - at + 0.99)} to think, or start now")
        elif phase is Phase.INVITED and self._invite and self._invite.limit:
            self._stage.show_clock(f"limit {clock(self._invite.target_seconds)}, spoken")
        else:
            self._stage.show_clock("")

    # Feedback.

    def _show_feedback(self, feedback: ShowFeedback) -> None:
        self._stop_listening()
        self._feedback = feedback
        if not self._app.settings.self_rating:
            self._reveal()
            return
        from simulator.tui.screens.self_rating import rate_then

        rate_then(self.app, self._app.services.data.store, [feedback.answer], self._reveal)

    def _reveal(self) -> None:
        """Show the feedback, once the own rating (if one was given) is kept."""
        self.query_one(ContentSwitcher).current = "feedback"
        self.query_one(FeedbackView).focus()
        self._draw_feedback()

    def _draw_feedback(self) -> None:
        assert self._feedback
        self.query_one(FeedbackView).show(self._feedback.answer, self._feedback.previous)

    def _finish(self) -> None:
        from simulator.tui.screens.report import ReportScreen

        self._stop_listening()
        self._app.services.sound.voice.silence()
        session = self.conversation.session
        self._app.services.interviews.leave(session.id)
        report = ReportScreen(session.id)
        if self._app.settings.self_rating and session.mode is Mode.REALISTIC:
            from simulator.tui.screens.self_rating import rate_then

            # In the other modes each answer was asked about before its own feedback.
            answers = session.latest_attempts()
            rate_then(self.app, self._app.services.data.store, answers, lambda: self.app.switch_screen(report))
        else:
            self.app.switch_screen(report)

    # Keys.

    def takes_once(self, key: str) -> bool:
        """Held down, no key runs through the interview; letters and spaces of an answer are as they are typed."""
        writes = self._typing or (self._will_type and self.conversation.place.phase is Phase.SPEAKING)
        return key in KEYS_TAKEN_ONCE or (key in LETTERS_TAKEN_ONCE and not writes)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the keys that fit the moment are shown and work."""
        phase = self.conversation.place.phase
        paused = self.conversation.place.paused
        waiting = phase is Phase.INVITED and not self._typing
        match action:
            case "start_answer":
                return waiting
            case "finish_answer":
                return phase is Phase.ANSWERING
            case "next":
                return phase is Phase.FEEDBACK
            case "pause":
                return phase in (Phase.SPEAKING, Phase.INVITED, Phase.ANSWERING) and not self._typing
            case "hear_again":
                return waiting and not paused
            case "type":
                unheard = phase is Phase.ANSWERING and not (self._words_heard or self._voice_heard)
                return (phase is Phase.INVITED or unheard) and not paused
            case "ask":
                purpose = self._invite.purpose if self._invite else None
                return waiting and not paused and purpose in (Purpose.QUESTION, Purpose.PROBE)
            case "skip":
                return waiting and not paused
            case "skip_typing":
                return phase is Phase.INVITED and self._typing
            case "earlier":
                return phase is Phase.INVITED and self._typing and bool(self._earlier)
            case "back":
                return (waiting or phase is Phase.FEEDBACK) and not paused and self.conversation.earlier is not None
            case "back_typing":
                return phase is Phase.INVITED and self._typing and self.conversation.earlier is not None
            case "again":
                return phase is Phase.FEEDBACK and self.conversation.manner.second_try
            case "piece":
                return phase is Phase.FEEDBACK and bool(self.conversation.missing_piece)
            case "listen":
                return phase is Phase.FEEDBACK and bool(self._recording())
            case "correct" | "worked_answer":
                return phase is Phase.FEEDBACK and bool(self._feedback and self._feedback.answer.utterances)
            case "explain":
                return phase is Phase.FEEDBACK
            case _:
                return True

    def action_next(self) -> None:
        """On after feedback."""
        self._send(GoOn())

    def action_pause(self) -> None:
        """Stop everything for a while; the same key goes on."""
        if self.conversation.place.paused:
            self._send(ResumeInterview())
            if self._hearing is not None:
                self._begun_at += time.monotonic() - self._paused_at
                self._last_voice_at = time.monotonic()
                self._in_background(self._hearing.resume)
                self._show_listening()
            elif self.conversation.place.phase is Phase.SPEAKING:
                self._say(self.conversation.place.lines[0])
            else:
                self._show_waiting()
            return
        self._paused_at = time.monotonic()
        if self._hearing is not None:
            self._in_background(self._hearing.pause)
        elif self.conversation.place.phase is Phase.SPEAKING:
            self._turn += 1
            self._app.services.sound.voice.silence()
        self._send(PauseInterview())
        self._stage.show_turn("‖", "Paused", "Space goes on")

    def action_hear_again(self) -> None:
        """The prompt once more."""
        self._send(HearAgain())

    def action_back(self) -> None:
        """The question before: one that was left out, or another try."""
        self._send(GoBack())

    def action_back_typing(self) -> None:
        """The same while typing, where B is a letter."""
        self.action_back()

    def action_again(self) -> None:
        """The same question anew."""
        self._send(TryAgain())

    def action_piece(self) -> None:
        """Say only the one thing that is missing."""
        self._send(AddPiece())

    def action_finish(self) -> None:
        """End the interview now, with the report."""
        self._app.services.sound.voice.silence()
        self._send(FinishEarly())

    def action_explain(self) -> None:
        """Why this score: what counted for each level and what against it."""
        self.query_one(FeedbackView).toggle_why()

    def _recording(self) -> Path | None:
        if self._feedback is None:
            return None
        folder = self._app.services.paths.recordings
        there = (found(folder, utterance.recording) for utterance in self._feedback.answer.utterances)
        return next((path for path in there if path is not None), None)

    def action_listen(self) -> None:
        """Hear the answer."""
        from simulator.tui.screens.transcript import TranscriptScreen

        if self._feedback:
            self.app.push_screen(TranscriptScreen(self._feedback.answer.id, play=True))

    def action_correct(self) -> None:
        """Mend what was heard wrongly; the answer is scored again."""
        from simulator.tui.screens.transcript import TranscriptScreen

        if self._feedback:
            self.app.push_screen(TranscriptScreen(self._feedback.answer.id, correct=True), self._corrected)

    def action_worked_answer(self) -> None:
        """How somebody else might answer this well."""
        from simulator.tui.screens.worked_answer import show_worked_answers

        if self._feedback:
            answer = self._feedback.answer
            show_worked_answers(self._app, answer.question, self.conversation.session.bank_id, answer.interviewer_id)

    def _corrected(self, answer: Answer | None) -> None:
        if answer is not None and self._feedback is not None:
            self.conversation.session = self.conversation.session.with_answer(answer)
            self._feedback = ShowFeedback(answer, self._feedback.previous, self._feedback.last)
            self._draw_feedback()

    def action_leave(self) -> None:
        """Leave; the interview is kept as it stands."""
        self._app.services.sound.voice.silence()
        self._stop_listening()
        self._turn += 1
        self._keep_draft()
        self._app.services.interviews.leave(self.conversation.session.id)
        self.notify("Saved. You can go on where you stopped.")
        self.app.pop_screen()

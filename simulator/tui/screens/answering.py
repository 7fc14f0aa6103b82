"""The candidate's turn in the interview: spoken or typed, and either can be switched for the other at any time.

Whatever is typed is kept as it grows, whatever is said is recorded as it comes. The listener calls back on threads of
its own; these only post messages here.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from textual import work
from textual.screen import Screen
from textual.widgets import ContentSwitcher

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
from simulator.problems import Problem
from simulator.speech.ports import Hearing, Readiness
from simulator.speech.transcript import Transcript, typed
from simulator.tui.messages import (
    LevelChanged,
    ListeningFailed,
    ListeningStarted,
    PartialHeard,
    StatusKnown,
    UtteranceFinished,
)
from simulator.tui.widgets.answer_box import AnswerBox
from simulator.tui.widgets.stage import Stage

if TYPE_CHECKING:
    from simulator.tui.app import SecondRound

TO_TYPE = {Purpose.CLOSING: "Ask your question", Purpose.GOODBYE: "Say goodbye"}
DRAFT = "draft"


class AnsweringScreen(Screen[None]):
    """What an interview screen knows of the candidate's turn. Whoever builds on it carries out `_send`."""

    def __init__(self, conversation: Conversation, resumed: bool = False) -> None:
        super().__init__()
        self.conversation = conversation
        self._resumed = resumed
        self._turn = 0
        """Counts lines and answers, so that a late call-back of an earlier one is known and ignored."""
        self._typing = False
        self._asking = False
        self._hearing: Hearing | None = None
        self._writing_down = False
        self._begun_at = 0.0
        self._paused_at = 0.0
        self._think_until = 0.0
        self._invite: Invite | None = None
        self._can_listen = True
        self._why_typing = ""
        self._told_why = False
        self._unheard = False
        """There is no voice to be heard: the captions are all."""
        self._typed_ahead = ""

    @property
    def _app(self) -> "SecondRound":
        return cast("SecondRound", self.app)

    @property
    def _stage(self) -> Stage:
        return self.query_one(Stage)

    def _send(self, event: Event) -> None:
        """Tell the conversation what happened, and do what it asks."""
        raise NotImplementedError

    def _show_who_speaks(self) -> None:
        """Show whose words are being spoken, and how to stop them."""
        raise NotImplementedError

    def action_pause(self) -> None:
        """Stop everything for a while; the same key goes on."""
        raise NotImplementedError

    @work(thread=True, group="statuses", exit_on_error=False)
    def _look_at_parts(self) -> None:
        listener = self._app.studio.listener
        self._unheard = self._app.studio.voice.status().readiness is Readiness.MISSING
        self.post_message(StatusKnown(listener.microphone_status()))
        listener.warm_up()
        self.post_message(StatusKnown(listener.model_status()))

    def on_status_known(self, message: StatusKnown) -> None:
        status = message.status
        if status.readiness is Readiness.MISSING:
            self._can_listen = False
            self._why_typing = f"{status.detail} You can type your answers."
            if self.conversation.place.phase is Phase.INVITED and not self._typing:
                self._type(True)
        elif status.readiness is Readiness.SAMPLE:
            self.notify("Listening with the sample model, which knows a few hundred words only.", timeout=6)
        place = self.conversation.place
        if place.phase is Phase.SPEAKING and not place.paused:
            # What there is to hear and to speak with may become known while the first words are spoken.
            self._show_who_speaks()

    def _offer(self, invite: Invite) -> None:
        self._invite = invite
        self._asking = False
        self._to_the_stage()
        self._stage.show_caption(invite.prompt)
        self._stage.show_speaker(invite.interviewer_id, "listening")
        self._stage.show_level(None)
        self._think_until = time.monotonic() + invite.think_seconds if invite.think_seconds else 0.0
        ahead, self._typed_ahead = self._typed_ahead.lstrip(), ""
        if self._will_type:
            self._type(True)
            self._stage.box.insert(ahead)
        else:
            self._show_waiting()
        self._offer_unkept()

    def _offer_unkept(self) -> None:
        """After a crash in mid-answer: the recording is still there; offer its words."""
        if self._resumed:
            self._resumed = False
            path = self._app.studio.unkept_recording(self.conversation)
            if path is not None:
                self._transcribe_unkept(path)

    @work(thread=True, group="recovery", exit_on_error=False)
    def _transcribe_unkept(self, path: Path) -> None:
        from simulator.speech.transcriber import transcribe_file

        studio = self._app.studio
        try:
            transcript = transcribe_file(path, studio.settings.speech_model, studio.places)
        except Problem as problem:
            self.app.call_later(self._app.tell, f"An answer cut short was recorded in {path}. {problem}")
            return
        if transcript.text:
            self.app.call_later(self._show_recovered, transcript)

    def _show_recovered(self, transcript: Transcript) -> None:
        self._type(True)
        self._stage.box.text = transcript.text
        self.notify("Your answer was cut short. Here is what was heard: go on from it, or replace it.")

    def _show_waiting(self) -> None:
        assert self._invite
        hint = {
            Purpose.CLOSING: "Enter starts your question, S when you have none",
            Purpose.GOODBYE: "Enter to say goodbye, S to end",
            Purpose.PROBE: "Enter starts your answer",
        }.get(self._invite.purpose, "Enter starts your answer")
        self._stage.show_turn("○", "Your turn", hint)
        self._stage.show_words("")

    def _type(self, on: bool) -> None:
        """Switch between typing and speaking."""
        self._typing = on
        box = self._stage.box
        self._stage.show_box(on)
        if on:
            if not box.text:
                box.text = self._draft()
            box.focus()
            purpose = self._invite.purpose if self._invite else Purpose.QUESTION
            what = "Ask your question" if self._asking else TO_TYPE.get(purpose, "Type your answer")
            none = {Purpose.CLOSING: "F8 when you have none", Purpose.GOODBYE: "F8 ends with the report"}.get(
                purpose, "Ctrl+J new line"
            )
            self._stage.show_turn("✎", what, f"Enter hands it in, {none}")
            self._stage.show_level(None)
            if self._why_typing and not self._told_why:
                self._told_why = True
                self.notify(self._why_typing, timeout=8, markup=False)
        else:
            self.set_focus(None)
            self._show_waiting()
        self.refresh_bindings()

    def _draft(self) -> str:
        kept = self._app.studio.store.document(DRAFT, self.conversation.session.id)
        return kept or ""

    def on_answer_box_handed_in(self, message: AnswerBox.HandedIn) -> None:
        self._heard(typed(message.text), None)
        # Only now: until the answer is kept, the draft is its only copy.
        self._stage.box.text = ""
        self._app.studio.store.delete_document(DRAFT, self.conversation.session.id)

    def on_text_area_changed(self) -> None:
        """What is typed is kept as it grows, so that leaving or a crash loses nothing."""
        if self._typing:
            text = self._stage.box.text
            if text:
                self._app.studio.store.keep_document(DRAFT, self.conversation.session.id, text)

    def _heard(self, transcript: Transcript, recording: Path | None) -> None:
        relative = self._app.studio.relative_recording(recording)
        if self._asking:
            self._asking = False
            self._send(Asked(transcript, relative))
        else:
            self._send(UtteranceHeard(transcript, relative))

    def _start_listening(self) -> None:
        self._turn += 1
        self._writing_down = False
        self._begun_at = time.monotonic()
        self._paused_at = 0.0
        self._send(AnswerBegun())
        self._stage.show_turn("●", "You are on")
        self._stage.show_words("")
        self._open_microphone(self._turn, self._app.studio.recording_for(self.conversation))

    @work(thread=True, group="answer", exit_on_error=False)
    def _open_microphone(self, turn: int, path: Path) -> None:
        try:
            hearing = self._app.studio.listener.listen(
                path,
                lambda level: self._post_any(LevelChanged(level)),
                lambda text: self._post_any(PartialHeard(turn, text)),
                lambda heard: self._post_any(UtteranceFinished(turn, heard)),
                lambda why: self._post_any(ListeningFailed(turn, why)),
            )
        except Problem as problem:
            self.post_message(ListeningFailed(turn, str(problem)))
            return
        self.post_message(ListeningStarted(turn, hearing))

    def _post_any(self, message: LevelChanged | PartialHeard | UtteranceFinished | ListeningFailed) -> None:
        self.post_message(message)

    def on_listening_started(self, message: ListeningStarted) -> None:
        if message.turn != self._turn or self.conversation.place.phase is not Phase.ANSWERING:
            self._in_background(message.hearing.cancel)
            return
        self._hearing = message.hearing
        self._begun_at = time.monotonic()
        self.refresh_bindings()

    def on_listening_failed(self, message: ListeningFailed) -> None:
        if message.turn != self._turn:
            return
        self._app.tell(message.why)
        if self._hearing is not None:
            return
        self._can_listen = False
        self._why_typing = message.why
        self._send(AnswerTakenBack())

    def on_level_changed(self, message: LevelChanged) -> None:
        if self._hearing is not None and not self._writing_down:
            self._stage.show_level(message.level)

    def on_partial_heard(self, message: PartialHeard) -> None:
        if message.turn == self._turn:
            self._stage.show_words(message.text)

    def on_utterance_finished(self, message: UtteranceFinished) -> None:
        if message.turn != self._turn:
            return
        self._hearing = None
        self._writing_down = False
        transcript = message.heard.transcript
        if transcript.trouble:
            self._app.tell(transcript.trouble)
        if not transcript.text and transcript.trouble:
            # Recorded but not understood: the candidate may type it; the recording stays.
            self._can_listen = False
            self._send(AnswerTakenBack())
            return
        self._heard(transcript, message.heard.recording)

    def _stop_listening(self) -> None:
        if self._hearing is not None:
            self._in_background(self._hearing.cancel)
            self._hearing = None

    @work(thread=True, group="answer", exit_on_error=False)
    def _in_background(self, call: Callable[[], None]) -> None:
        call()

    @property
    def _will_type(self) -> bool:
        """Whether the next answer is typed, as far as one knows now."""
        return self._typing or not self._can_listen

    def _to_the_stage(self) -> None:
        self.query_one(ContentSwitcher).current = "stage"
        self._stage.show_box(False)
        self.set_focus(None)

    # Keys.

    def action_start_answer(self) -> None:
        """Begin to answer, aloud where that works."""
        if self.conversation.place.paused:
            self.action_pause()
        elif self._can_listen:
            self._start_listening()
        else:
            self._type(True)

    def action_finish_answer(self) -> None:
        """The answer is over: the candidate decides, silence never does."""
        if self.conversation.place.paused:
            self.action_pause()
        elif self._hearing is not None and not self._writing_down:
            self._writing_down = True
            self._stage.show_turn("…", "Writing down what you said")
            self._in_background(self._hearing.finish)

    def action_type(self) -> None:
        """Type in place of speaking, and back."""
        if self._typing and not self._can_listen:
            self._app.tell(self._why_typing or "There is no microphone here. Type your answer.")
            return
        self._type(not self._typing)

    def action_ask(self) -> None:
        """ "May I ask ...?": a question to the interviewer before answering."""
        self._asking = True
        if self._can_listen:
            self._start_listening()
        else:
            self._type(True)

    def action_skip(self) -> None:
        """Leave this question out; in the closing turn: no more questions."""
        self._send(Skip())

    def action_skip_typing(self) -> None:
        """The same while typing, where S is a letter."""
        self.action_skip()

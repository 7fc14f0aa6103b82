"""The candidate's turn in the interview: spoken or typed, and either can be switched for the other at any time.

Whatever is typed is kept as it grows, whatever is said is recorded as it comes. The listener calls back on threads of
its own; these only post messages here.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from textual import work
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import ContentSwitcher

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
from simulator.sessions.session import answer_id
from simulator.speech.ports import HeardAnswer, Hearing, Readiness
from simulator.speech.transcript import Transcript, joined, typed
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
DRAFT_SECONDS = 0.8
"""A draft is kept so long after the last key,"""
LATEST_DRAFT_SECONDS = 5.0
"""and so long after the first key that is not kept yet, where somebody types without a pause."""
LEAST_SECONDS = 1.0
"""A voice heard for less is a cough or a key, not an answer."""
DEAD_SECONDS = 3.0
"""Digital silence from the start for so long is a microphone that is muted."""
UNHEARD_SECONDS = 12.0
AWAY_SECONDS = 180.0
"""Nobody thinks for three minutes: they went away, and need not be recorded."""


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
        self._earlier: list[str] = []
        """The words of older recordings of this answer, the newest of them first."""
        self._drafting = threading.Lock()
        self._unsaved = ("", "")
        """What is typed and not kept yet, with the id of its draft."""
        self._draft_since = 0.0
        self._draft_timer: Timer | None = None
        self._recovered = False
        """What is in the box was said before the interview was cut short; what is said now goes on from it."""
        self._words_heard = False
        self._voice_heard = False
        self._asked_whether_done = False
        self._live = False
        """The first block of sound is here: from now on nothing that is said is lost."""
        self._dead = False
        self._last_voice_at = 0.0

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
        listener = self._app.services.sound.listener
        self._unheard = self._app.services.sound.voice.status().readiness is Readiness.MISSING
        self.post_message(StatusKnown(listener.microphone_status()))
        listener.warm_up()
        self.post_message(StatusKnown(listener.model_status()))

    def on_status_known(self, message: StatusKnown) -> None:
        status = message.status
        if status.readiness is Readiness.MISSING:
            self._can_listen = False
            self._why_typing = f"{status.detail} You can type instead."
            if self.conversation.place.phase is Phase.INVITED and not self._typing:
                self._type(True)
        elif status.readiness is Readiness.SAMPLE:
            self._app.tell_once("Listening with the sample model, which knows a few hundred words only.")
        place = self.conversation.place
        if place.phase is Phase.SPEAKING and not place.paused:
            # What there is to hear and to speak with may become known while the first words are spoken.
            self._show_who_speaks()

    def _offer(self, invite: Invite) -> None:
        self._keep_draft()  # of the question before, where that was left out
        self._invite = invite
        self._asking = False
        self._to_the_stage()
        self._stage.show_caption(invite.prompt)
        self._stage.show_speaker(invite.interviewer_id, "listening")
        self._stage.show_level(None)
        self._think_until = time.monotonic() + invite.think_seconds if invite.think_seconds else 0.0
        self._recovered = False
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
            if self._draft():
                self._type(True)
            try:
                paths = self._app.services.recordings.unkept(self.conversation)
            except UserError as problem:
                self._app.tell(problem)
                return
            if paths:
                self._transcribe_unkept(paths)

    @work(thread=True, group="recovery", exit_on_error=False)
    def _transcribe_unkept(self, paths: Sequence[Path]) -> None:
        from simulator.speech.transcriber import transcribe_file

        services = self._app.services
        heard = []
        for path in paths:
            try:
                heard.append(transcribe_file(path, services.settings.current.speech_model, services.paths).text)
            except UserError as problem:
                self.app.call_later(self._app.tell, f"An answer cut short was recorded in {path}. {problem}")
        words = [text for text in heard if text]
        if words:
            self.app.call_later(self._show_recovered, words)

    def _show_recovered(self, words: Sequence[str]) -> None:
        """Offer the words of the newest recording; those of older ones can be added."""
        if not self._app.shows(self) or self.conversation.place.phase is not Phase.INVITED:
            return
        newest, *self._earlier = words
        self._type(True)
        self._recovered = True
        if newest not in self._stage.box.text:
            self._add_before(newest)
        older = " F9 adds what was recorded before that." if self._earlier else ""
        self.notify(f"Your answer was cut short. Here is what was heard: go on from it, or replace it.{older}")
        self.refresh_bindings()

    def _add_before(self, words: str) -> None:
        """Put words before what stands in the box: nothing that was typed is lost."""
        box = self._stage.box
        box.text = "\n".join(each for each in (words, box.text) if each)
        box.move_cursor(box.document.end)

    def action_earlier(self) -> None:
        """After several crashes in one answer: the words of the recording before."""
        self._add_before(self._earlier.pop(0))
        self.refresh_bindings()

    def _show_waiting(self) -> None:
        assert self._invite
        hint = {
            Purpose.CLOSING: "Enter to ask, S if you have no question",
            Purpose.GOODBYE: "Enter to say goodbye, S to end",
            Purpose.PIECE: "Enter starts; say only this part",
        }.get(self._invite.purpose, "Enter starts your answer")
        self._stage.show_part("asking")
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
                box.move_cursor(box.document.end)
            box.focus()
            purpose = self._invite.purpose if self._invite else Purpose.QUESTION
            what = "Ask your question" if self._asking else TO_TYPE.get(purpose, "Type your answer")
            none = {Purpose.CLOSING: "F8 if you have none", Purpose.GOODBYE: "F8 ends with the report"}.get(
                purpose, "Ctrl+J new line"
            )
            self._stage.show_turn("✎", what, f"Enter sends it, {none}")
            self._stage.show_level(None)
            if self._why_typing and not self._told_why:
                self._told_why = True
                self._app.tell_once(self._why_typing)
        else:
            self.set_focus(None)
            self._show_waiting()
            self._stage.show_words(self._said_before())
        self.refresh_bindings()

    def _draft_id(self) -> str:
        """A draft belongs to one turn of one question, and what is asked aside is none of its answer."""
        place, session = self.conversation.place, self.conversation.session
        turn = Purpose.ASIDE if self._asking else place.turn
        return f"{answer_id(session.id, place.position, place.attempt)}-{turn.value}"

    def _draft(self) -> str:
        return self._app.services.data.store.document(DRAFT, self._draft_id()) or ""

    def _said_before(self) -> str:
        """The recovered words that the answer begins with, "" where there are none."""
        return self._stage.box.text.strip() if self._recovered and not self._asking else ""

    def on_answer_box_handed_in(self, message: AnswerBox.HandedIn) -> None:
        # With the answer its draft goes from the store; where the answer cannot be kept, the draft stays.
        self._heard(typed(message.text), None)

    def on_text_area_changed(self) -> None:
        """What is typed is kept as it grows, so that leaving or a crash loses nothing but the last moment."""
        if not self._typing or self.conversation.place.phase is not Phase.INVITED:
            return
        typed_now = (self._draft_id(), self._stage.box.text)
        if typed_now == self._unsaved or (not typed_now[1] and not self._draft()):
            return
        at = time.monotonic()
        self._draft_since = self._draft_since if self._unsaved[0] else at
        self._unsaved = typed_now
        if self._draft_timer is not None:
            self._draft_timer.stop()
        wait = min(DRAFT_SECONDS, max(0.0, self._draft_since + LATEST_DRAFT_SECONDS - at))
        if wait > 0:
            self._draft_timer = self.set_timer(wait, lambda: self._in_background(self._keep_draft))
        else:
            # Now: a timer of no length ends the app on a busy machine (Textual divides by it).
            self._in_background(self._keep_draft)

    def _keep_draft(self) -> None:
        """Keep what is typed, unless it was kept or handed in meanwhile. From any thread."""
        with self._drafting:
            (draft, text), self._unsaved = self._unsaved, ("", "")
            if draft:
                try:
                    self._app.services.data.store.keep_draft(draft, text)
                except UserError as problem:
                    self.app.call_later(self._app.tell, problem)

    def on_unmount(self) -> None:
        """The app ends or the interview is left: what is typed is kept now."""
        self._keep_draft()

    def _heard(self, transcript: Transcript, recording: Path | None) -> None:
        draft = self._draft_id()
        with self._drafting:
            self._unsaved = ("", "")
        self._earlier.clear()
        self._hand_in(transcript, self._app.services.recordings.relative(recording))
        # Only now: until the answer is kept, the draft is its only copy.
        self._app.services.data.store.delete_document(DRAFT, draft)

    def _hand_in(self, transcript: Transcript, relative: str) -> None:
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
        self._words_heard = self._voice_heard = self._asked_whether_done = self._live = self._dead = False
        self._send(AnswerBegun())
        self._stage.show_part("answering")
        self._stage.show_turn("…", "One moment", "the microphone is starting")
        self._stage.show_words(self._said_before())
        try:
            path: Path | None = self._app.services.recordings.path_for(self.conversation)
        except UserError as problem:
            # It is written down all the same.
            self._app.tell(problem)
            path = None
        self._open_microphone(self._turn, path)

    def _show_listening(self) -> None:
        """That the candidate is heard, and what is waited for: an answer, or a question of theirs."""
        if self._asking:
            self._stage.show_turn("●", "Your question to the interviewer", "ask it, then Enter")
        else:
            self._stage.show_turn("●", "Listening", "Enter when you are done")

    @work(thread=True, group="answer", exit_on_error=False)
    def _open_microphone(self, turn: int, path: Path | None) -> None:
        try:
            hearing = self._app.services.sound.listener.listen(
                path,
                lambda level: self._post_any(LevelChanged(level)),
                lambda text: self._post_any(PartialHeard(turn, text)),
                lambda heard: self._finished(turn, heard),
                lambda why: self._post_any(ListeningFailed(turn, why)),
            )
        except UserError as problem:
            self.post_message(ListeningFailed(turn, str(problem)))
            return
        self.post_message(ListeningStarted(turn, hearing))

    def _finished(self, turn: int, heard: HeardAnswer) -> None:
        """On the thread that wrote the words down: they are read there too, so that the screen never waits."""
        try:
            if not self._asking and heard.transcript.text:
                self.conversation.read_ahead(heard.transcript)
        finally:
            self._post_any(UtteranceFinished(turn, heard))

    def _post_any(self, message: LevelChanged | PartialHeard | UtteranceFinished | ListeningFailed) -> None:
        self.post_message(message)

    def on_listening_started(self, message: ListeningStarted) -> None:
        if message.turn != self._turn or self.conversation.place.phase is not Phase.ANSWERING:
            self._in_background(message.hearing.cancel)
            return
        self._hearing = message.hearing
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
        answering = self.conversation.place.phase is Phase.ANSWERING and not self.conversation.place.paused
        if answering and not self._live and message.level.hint != "stalled":
            self._live = True
            self._begun_at = self._last_voice_at = time.monotonic()
            self._show_listening()
        if self._hearing is not None and not self._writing_down:
            level = message.level
            if level.speech:
                self._voice_heard, self._last_voice_at = True, time.monotonic()
            self._dead = level.hint == "silent" and not self._voice_heard
            # Some microphones send nothing at all while one thinks: that is no alarm.
            self._stage.show_level(replace(level, hint="") if level.hint == "silent" else level)

    def _look_after_silence(self, at: float) -> None:
        """Say calmly that nothing arrives, and stop recording where nobody is there any more."""
        if self._hearing is None or self._writing_down or self._asked_whether_done or not self._live:
            return
        if at - self._last_voice_at >= AWAY_SECONDS:
            self.action_pause()
            self._stage.show_turn("‖", "Are you still there?", "What you said is kept. Space goes on")
        elif self._words_heard or self._voice_heard:
            return
        elif self._dead and at - self._begun_at >= DEAD_SECONDS:
            self._stage.show_turn("●", "Nothing arrives from the microphone", "Is it muted? Press T to type")
        elif at - self._begun_at >= UNHEARD_SECONDS:
            self._stage.show_turn("●", "Take your time", "If you are speaking, come closer, or press T to type")

    def on_partial_heard(self, message: PartialHeard) -> None:
        if message.turn == self._turn:
            if message.text.strip():
                self._words_heard, self._last_voice_at = True, time.monotonic()
            self._stage.show_words(f"{self._said_before()} {message.text}".strip())

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
        if before := self._said_before():
            transcript = joined([typed(before), transcript])
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
        self._stage.box.text = ""
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
            if not (self._something_said() or self._asked_whether_done):
                self._asked_whether_done = True
                self._stage.show_turn("●", "Nothing heard yet", "Enter again sends it")
                return
            self._writing_down = True
            self._stage.show_turn("…", "Writing down what you said")
            self._in_background(self._hearing.finish)

    def _something_said(self) -> bool:
        """Whether there is an answer to hand in: words, or a voice for a second while words are on their way."""
        long_enough = time.monotonic() - self._begun_at >= LEAST_SECONDS
        return self._words_heard or (self._voice_heard and long_enough)

    def action_type(self) -> None:
        """Type in place of speaking, and back."""
        if self._typing and not self._can_listen:
            self._look_for_microphone()
            return
        if self.conversation.place.phase is Phase.ANSWERING:
            self._stop_listening()
            self._turn += 1
            self._send(AnswerTakenBack())
        self._type(not self._typing)

    @work(thread=True, exclusive=True, group="statuses", exit_on_error=False)
    def _look_for_microphone(self) -> None:
        """It may be back: then one speaks again without leaving the interview."""
        listener = self._app.services.sound.listener
        for status in (listener.look_again(), listener.model_status()):
            if status.readiness is Readiness.MISSING:
                self.app.call_later(self._app.tell, f"{status.detail} {status.cure}".strip())
                return
        self.app.call_later(self._speak_again)

    def _speak_again(self) -> None:
        self._can_listen, self._why_typing, self._told_why = True, "", False
        if self._app.shows(self) and self._typing and self.conversation.place.phase is Phase.INVITED:
            self._type(False)

    def action_ask(self) -> None:
        """A question to the interviewer before answering."""
        self._asking = True
        self._stage.box.text = ""
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

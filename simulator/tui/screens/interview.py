"""The interview: the interviewer on the stage, the candidate's words as they come, feedback when it is due.

The screen only renders and turns keys into calls; what happens is decided by `interview_control`.
"""

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widgets import ContentSwitcher, Static

from simulator.errors import UserError
from simulator.interview.conversation import Conversation
from simulator.interview.events import Phase, ShowFeedback
from simulator.interview_control.actions import AFTER_FEEDBACK, fits, why_idle
from simulator.interview_control.backend import InterviewBackend
from simulator.interview_control.controller import InterviewController
from simulator.interview_control.turn_words import what_comes_next
from simulator.sessions.session import Answer
from simulator.tui.base_app import AppScreen
from simulator.tui.faces import look_of_interviewer
from simulator.tui.messages import Called
from simulator.tui.screens.worked_answer import show_worked_answers
from simulator.tui.widgets.answer_box import AnswerBox
from simulator.tui.widgets.feedback_view import FeedbackView
from simulator.tui.widgets.footer import Keys
from simulator.tui.widgets.stage import Stage
from simulator.tui.widgets.title_row import title_row

TICK_SECONDS = 0.25


LARGE_FACES = (112, 38)
"""Columns and lines of the screen from which faces are shown twice as large."""


GAP = "   "
"""Between what the head tells."""


class InterviewScreen(AppScreen[None]):
    """One interview from greeting to report. An `InterviewView`."""

    CSS_PATH = "interview.tcss"
    AUTO_FOCUS = ""
    IN_INTERVIEW = True
    HELP_TOPIC = "interview"
    BINDINGS: ClassVar[list[BindingType]] = [
        # Those of most use come first: where there is little room, the others are behind F1.
        Binding("enter", "start_answer('')", "start", id="interview.start"),
        Binding("enter", "start_answer('closing')", "ask", id="interview.start_question"),
        Binding("enter", "start_answer('goodbye')", "say goodbye", id="interview.start_goodbye"),
        Binding("enter", "finish_answer", "I'm done", id="interview.done"),
        Binding("enter", "next", "next", id="interview.next"),
        Binding("a", "again", "try again", id="interview.again"),
        Binding("p", "piece", "add to it", id="interview.piece"),
        Binding("h", "worked_answer", "strong answer", id="interview.worked_answer"),
        Binding("x", "explain", "why this level", id="interview.explain"),
        Binding("t", "type", "type", id="interview.type"),
        Binding("f6", "take_the_other_way('asked')", "not a question", id="interview.no_question", priority=True),
        Binding("f6", "take_the_other_way('answer')", "that was my answer", id="interview.answer", priority=True),
        Binding("f6", "take_the_other_way('closing')", "that was a question", id="interview.question", priority=True),
        Binding("f6", "take_the_other_way('goodbye')", "that was goodbye", id="interview.goodbye", priority=True),
        Binding("f3", "last_words", "last words", id="interview.last_words"),
        Binding("f8", "skip('')", "skip", id="interview.skip"),
        Binding("f8", "skip('closing')", "no questions", id="interview.no_questions"),
        Binding("f8", "skip('goodbye')", "see the report", id="interview.report"),
        Binding("s", "skip_letter", show=False, id="interview.skip_letter"),
        Binding("f2", "speak", "speak", id="interview.speak"),
        Binding("f2", "find_microphone", "microphone", id="interview.find_microphone"),
        Binding("r", "hear_again", "hear again", id="interview.hear"),
        Binding("space", "pause", "pause", id="interview.pause"),
        Binding("space", "resume", "go on", id="interview.resume"),
        Binding("enter", "resume", "go on", show=False, id="interview.resume_enter"),
        Binding("l", "listen", "listen", id="interview.listen"),
        Binding("e", "correct", "correct words", id="interview.correct"),
        Binding("m", "ask", "ask a question", id="interview.ask"),
        Binding("f7", "back", "previous", id="interview.back", priority=True),
        Binding("b", "back_letter", show=False, id="interview.back_letter"),
        Binding("f9", "earlier", "earlier words", id="interview.earlier"),
        Binding("f10", "finish", "end", id="interview.finish"),
        Binding("escape", "close_why", "close", id="interview.close_why"),
        Binding("escape", "drop_question", "drop question", id="interview.drop_question"),
        Binding("escape", "leave", "leave", id="interview.leave"),
    ]

    def __init__(self, conversation: Conversation, backend: InterviewBackend, resumed: bool = False) -> None:
        super().__init__()
        self.conversation = conversation
        self._head = ""
        self.control = InterviewController(conversation, backend, self, resumed)

    def compose(self) -> ComposeResult:
        yield title_row("", Static("", id="session-clock", classes="right", markup=False))
        with ContentSwitcher(initial="stage"):
            yield Stage(self.conversation.interviewers, self._app.settings.reduced_motion, id="stage")
            yield FeedbackView(id="feedback")
        yield Keys()

    @property
    def explains(self) -> bool:
        """Whether the reasons for a level are open."""
        return self.control.phase is Phase.FEEDBACK and self.query_one(FeedbackView).why

    def on_resize(self, event: events.Resize) -> None:
        """Large faces where the question has room beside or below them."""
        self.set_class(event.size.width >= LARGE_FACES[0] and event.size.height >= LARGE_FACES[1], "-large")
        self.call_after_refresh(self._fit_head)

    def on_mount(self) -> None:
        self.set_interval(TICK_SECONDS, self.control.tick)
        self.control.start()

    def on_unmount(self) -> None:
        """The app ends or the interview is left: what is typed is kept now."""
        self.control.turn.drafts.keep()

    # What the controller asks for.

    @property
    def stage(self) -> Stage:
        """Where the interview is seen."""
        return self.query_one(Stage)

    @property
    def shown(self) -> bool:
        """Whether the screen is still there."""
        return self._app.shows(self)

    def later(self, call: Callable[[], None], replaces: str = "") -> None:
        """Make this call on the screen's own thread."""
        self.post_message(Called(call, replaces))

    def in_background(self, call: Callable[[], None], alone: bool = False) -> None:
        """Make this call on a thread of its own."""
        group = "alone" if alone else "background"
        self.run_worker(call, thread=True, group=group, exclusive=alone, exit_on_error=False)

    def after(self, seconds: float, call: Callable[[], None]) -> Timer:
        """Make this call after some time."""
        return self.set_timer(seconds, call)

    def tell(self, problem: UserError | str) -> None:
        """Tell what went wrong."""
        self._app.tell(problem)

    def tell_later(self, problem: UserError | str) -> None:
        """The same, from any thread, and even where the screen is gone meanwhile."""
        self.app.call_later(self._app.tell, problem)

    def tell_once(self, words: str) -> None:
        """Tell something that holds for long, the first time only."""
        self._app.tell_once(words)

    def note(self, words: str) -> None:
        """Tell something good to know."""
        self.notify(words)

    def clear_stage(self) -> None:
        """Bring the stage to the front, with an empty box that is not shown."""
        self.query_one(ContentSwitcher).current = "stage"
        self.stage.show_box(False)
        self.stage.write("")
        self.stage.show_advice("")
        self.set_focus(None)

    def focus_box(self, on: bool) -> None:
        """Whether keys go into the box."""
        if on:
            self.stage.box.focus()
        else:
            self.set_focus(None)

    def refresh_keys(self) -> None:
        """Other keys may fit now."""
        self.refresh_bindings()

    def show_where(self, words: str) -> None:
        """Which question of how many, and what interview this is."""
        self._head = words
        self.call_after_refresh(self._fit_head)

    def _fit_head(self) -> None:
        """The head, without what it has no room for: what comes last is told elsewhere too."""
        for where in self.query("#where").results(Static):
            parts = self._head.split(GAP)
            while len(parts) > 1 and cell_len(GAP.join(parts)) > where.content_size.width:
                parts.pop()
            where.update(GAP.join(parts), layout=False)

    def show_session_time(self, words: str) -> None:
        """The time of the whole interview."""
        self.query_one("#session-clock", Static).update(words, layout=False)

    def ask_whether(self, question: str, no: str, yes: str, then: Callable[[], None]) -> None:
        """Ask before something that cannot be taken back; `no` is chosen already."""
        from simulator.tui.widgets.picking import PickOne  # late

        def chosen(answer: str | None) -> None:
            if answer == "yes" and self.shown:
                then()

        self.app.push_screen(PickOne(question, [(no, "no"), (yes, "yes")]), chosen)

    def rate(
        self, answers: Sequence[Answer], keep: Callable[[Answer, dict[str, int]], None], then: Callable[[], None]
    ) -> None:
        """Ask how these answers went, then go on; without any at once."""
        if not answers:
            then()
            return
        from simulator.tui.screens.self_rating import rate_then  # late

        rate_then(self.app, answers, keep, then)

    def show_feedback(self, feedback: ShowFeedback) -> None:
        """Bring the scorecard of an answer to the front."""
        self.query_one(ContentSwitcher).current = "feedback"
        self.query_one(FeedbackView).focus()
        self.query_one(FeedbackView).show(feedback.answer, feedback.previous)
        people = self.conversation.interviewers
        who = next((each for each in people if each.id == feedback.answer.interviewer_id), people[0])
        face = look_of_interviewer(who)
        self.query_one(FeedbackView).show_next(face, what_comes_next(self.conversation, self.control.turn.will_type))

    def show_report(self, session_id: str) -> None:
        """The interview is over: its report takes this screen's place."""
        from simulator.tui.screens.report import ReportScreen  # late

        self.app.switch_screen(ReportScreen(session_id))

    def close(self) -> None:
        """The interview is left."""
        self.app.pop_screen()

    # What comes in.

    def on_called(self, message: Called) -> None:
        message.call()

    def on_key(self, event: events.Key) -> None:
        typed = event.character or ""
        if not (self.control.stops_voice(event.key, typed) or self.control.types_ahead(typed)):
            if self._bound(event.key) or not (why := why_idle(event.key, self.control)):
                return
            self.notify(why)
        event.stop()
        event.prevent_default()

    def _bound(self, key: str) -> bool:
        """Whether a key of this screen does something now; what it would do to the text of the box is not meant."""
        active = self.active_bindings.get(key)
        return active is not None and active.node is self

    def on_paste(self, event: events.Paste) -> None:
        if self.control.begins_typing(" ".join(event.text.split())):
            event.stop()

    def on_answer_box_handed_in(self, message: AnswerBox.HandedIn) -> None:
        self.control.turn.hand_in_typed(message.text)

    def on_text_area_changed(self) -> None:
        self.control.turn.text_changed()

    def takes_once(self, key: str) -> bool:
        """Held down, no key runs through the interview."""
        return self.control.takes_once(key)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the keys that fit the moment are shown and work."""
        if action == "close_why":
            return self.explains
        return fits(action, self.control, *map(str, parameters)) and not (action == "leave" and self.explains)

    def in_footer(self, action: str) -> bool:
        """Feedback has many keys: below it stand those of most use, and F1 has all."""
        return self.control.phase is not Phase.FEEDBACK or action in (*AFTER_FEEDBACK, "take_the_other_way")

    def action_start_answer(self, turn: str) -> None:
        """Begin to answer, aloud where that works."""
        self.control.start_answer()

    def action_finish_answer(self) -> None:
        """The answer is over: the candidate decides, silence never does."""
        self.control.finish_answer()

    def action_type(self) -> None:
        """Type in place of speaking."""
        self.control.type()

    def action_speak(self) -> None:
        """Speak in place of typing."""
        self.control.turn.speak_instead()

    def action_find_microphone(self) -> None:
        """Look again for one."""
        self.control.turn.find_microphone()

    def action_ask(self) -> None:
        """A question to the interviewer before answering."""
        self.control.turn.ask()

    def action_earlier(self) -> None:
        """After several crashes in one answer: the words of the recording before."""
        self.control.turn.unkept.add_earlier()

    def action_last_words(self) -> None:
        """The words of the try before."""
        self.control.turn.bring_last_words()

    def action_skip(self, turn: str) -> None:
        """Leave this question out; in the closing turn: no more questions."""
        self.control.skip()

    def action_skip_letter(self) -> None:
        """The same where S is no letter of an answer."""
        self.control.skip()

    def action_take_the_other_way(self, how: str) -> None:
        """What was just said was taken for a question and was none, or the other way round."""
        self.control.take_the_other_way()

    def action_next(self) -> None:
        """On after feedback."""
        self.control.next()

    def action_pause(self) -> None:
        """Stop everything for a while; the same key goes on."""
        self.control.pause()

    def action_resume(self) -> None:
        """Go on after a pause."""
        self.control.pause()

    def action_hear_again(self) -> None:
        """The prompt once more."""
        self.control.hear_again()

    def action_back(self) -> None:
        """The question before: one that was left out, or another try."""
        self.control.go_back()

    def action_back_letter(self) -> None:
        """The same where B is no letter of an answer."""
        self.control.go_back()

    def action_again(self) -> None:
        """The same question anew."""
        self.control.try_again()

    def action_piece(self) -> None:
        """Say only the one thing that is missing."""
        self.control.add_piece()

    def action_finish(self) -> None:
        """End the interview now, with the report."""
        self.control.finish_if_sure()

    def action_leave(self) -> None:
        """Leave; the interview is kept as it stands. A notice over the feedback is closed first."""
        if self.control.phase is Phase.FEEDBACK and self._app.notice_closed():
            return
        self.control.leave_if_sure()

    def action_explain(self) -> None:
        """Why this score: what counted for each level and what against it."""
        self.query_one(FeedbackView).toggle_why()
        self.refresh_bindings()

    def action_close_why(self) -> None:
        """Back from the reasons to the scorecard."""
        self.action_explain()

    def action_drop_question(self) -> None:
        """Ask nothing after all."""
        self.control.turn.drop_question()

    def action_listen(self) -> None:
        """Hear the answer."""
        from simulator.tui.screens.transcript import TranscriptScreen  # late

        if self.control.feedback:
            self.app.push_screen(TranscriptScreen(self.control.feedback.answer.id, play=True))

    def action_correct(self) -> None:
        """Mend what was heard wrongly; the answer is scored again."""
        from simulator.tui.screens.transcript import TranscriptScreen  # late

        if self.control.feedback:
            screen = TranscriptScreen(self.control.feedback.answer.id, correct=True)
            self.app.push_screen(screen, self.control.corrected)

    def action_worked_answer(self) -> None:
        """How somebody else might answer this well."""
        if self.control.feedback:
            answer = self.control.feedback.answer
            show_worked_answers(self._app, answer.question, self.conversation.session.bank_id, answer.interviewer_id)

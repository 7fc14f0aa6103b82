"""One answer's scored transcript: the words that earned something, to hear and to correct.

Long because it has so many keys: what they do to words, sound and corrections stands in the widgets and in
`transcript_words.py` and `answer_player.py`; here is only who is told.
"""

from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from simulator.errors import UserError
from simulator.sessions.answer_feedback import SKIPPED
from simulator.sessions.coach_feedback import CoachFeedback, feedback_on
from simulator.sessions.comparing import rescored_words
from simulator.sessions.highlights import QuoteSpan, WordMark
from simulator.sessions.session import Answer
from simulator.sessions.times import moment_words
from simulator.speech.loudness import loudness
from simulator.tui.base_app import AppScreen
from simulator.tui.garbage_collection import settle_garbage_collector
from simulator.tui.screens.answer_actions import show_strong_answer, try_again
from simulator.tui.screens.answer_player import AnswerPlayer, Heard, Silent, play_comment, word_at
from simulator.tui.screens.compare import CompareScreen
from simulator.tui.screens.save_as_story import save_as_story
from simulator.tui.screens.transcript_words import TranscriptWords
from simulator.tui.widgets.coach_comment import CoachComment
from simulator.tui.widgets.correction_box import CorrectionBox
from simulator.tui.widgets.delivery_view import SLICES, DeliveryView
from simulator.tui.widgets.footer import Keys
from simulator.tui.widgets.marked_words import MarkedWords
from simulator.tui.widgets.scorecard_view import ScorecardView
from simulator.tui.widgets.title_row import title_row


class TranscriptScreen(AppScreen[Answer | None]):
    """The transcript with its marks. Dismissed with the answer when it was corrected, else with None."""

    AUTO_FOCUS = ""
    HELP_TOPIC = "transcript"
    CSS_PATH = "transcript.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,n", "next_quote(1)", "next", id="transcript.next"),
        Binding("shift+tab,p", "next_quote(-1)", "mark before", show=False, id="transcript.previous"),
        Binding("left", "word(-1)", "word before", show=False, id="transcript.left"),
        Binding("right", "word(1)", "next word", show=False, id="transcript.right"),
        Binding("up", "line(-1)", "line above", show=False, id="transcript.up"),
        Binding("down", "line(1)", "line below", show=False, id="transcript.down"),
        Binding("home", "word(-100000)", "first word", show=False, id="transcript.first"),
        Binding("end", "word(100000)", "last word", show=False, id="transcript.last"),
        Binding("w", "next_doubtful", "next doubtful word", show=False, id="transcript.doubtful"),
        Binding("pagedown", "card(1)", "scores down", show=False, id="transcript.card_down"),
        Binding("pageup", "card(-1)", "scores up", show=False, id="transcript.card_up"),
        Binding("space,l", "listen", "listen", id="transcript.listen"),
        Binding("s", "speed", "speed", show=False, id="transcript.speed"),
        Binding("k", "skip_pauses", "pauses", show=False, id="transcript.skip_pauses"),
        Binding("a", "again", "try again", id="transcript.again"),
        Binding("h", "worked_answer", "strong answer", id="transcript.worked_answer"),
        Binding("e", "edit", "correct words", id="transcript.edit"),
        Binding("v", "exact", "exact words", id="transcript.exact"),
        Binding("o", "original", "first version", id="transcript.original"),
        Binding("c", "compare", "compare", id="transcript.compare"),
        Binding("y", "coach_comment", "coach's comment", id="transcript.coach"),
        Binding("t", "as_story", "as story", id="transcript.story"),
        Binding("enter,f2", "save", "save, score again", id="transcript.save"),
        Binding("f4", "as_heard", "as first heard", id="transcript.as_heard"),
        Binding("escape", "back", "back", id="transcript.back"),
    ]

    def __init__(self, answer_id: str, play: bool = False, correct: bool = False, word: int | None = None) -> None:
        """`word` is the one that is marked at first, among the exact words: it may be a filler."""
        super().__init__()
        self._answer_id = answer_id
        self._play_at_once = play
        self._correct_at_once = correct
        self._first_word = word
        self._answer: Answer | None = None
        self._coach: CoachFeedback | None = None
        self._shown: TranscriptWords | None = None
        self._editing: int | None = None
        self._saving = False
        self._original = False
        self._exact = self._gone_to = word is not None
        """The words are shown as recognised; a word was gone to, and is told of."""
        self._changed = False
        self._example = False
        """Whether there is a worked answer to the question."""

    def compose(self) -> ComposeResult:
        yield title_row("Scored transcript", Static("", classes="right", id="replay", markup=False))
        with VerticalScroll(id="card-scroll", can_focus=False):
            yield Static("", id="question", markup=False)
            yield CoachComment(id="coach", markup=False)
            words = MarkedWords(id="words")
            yield ScorecardView(
                id="card", answer=(words, CorrectionBox(id="editor"), Static("", id="note", markup=False))
            )
        yield Keys()

    def on_mount(self) -> None:
        self._replay = AnswerPlayer(self._app.services, self.post_message)
        self._words = self.query_one(MarkedWords)
        self.set_focus(None)
        self._read()

    @work(thread=True, exclusive=True, group="read", exit_on_error=False)
    def _read(self) -> None:
        try:
            answer = self._app.services.data.store.answer(self._answer_id)
            coach = feedback_on(self._app.services.data.store, self._answer_id)
        except UserError as problem:
            self.app.call_later(self._app.tell, problem)
            return
        self.app.call_later(self._show, answer, coach)
        # Only now: all banks may have to be read for it.
        there = bool(self._app.services.library.worked_answers(answer.question))
        self.app.call_later(self._example_known, there)

    def _example_known(self, there: bool) -> None:
        self._example = there
        if self._app.shows(self):
            self.refresh_bindings()

    def _show(self, answer: Answer, coach: CoachFeedback | None = None) -> None:
        if not self._app.shows(self):
            return
        self._answer = answer
        self._words.empty = SKIPPED if answer.skipped else "Nothing was understood."
        self._coach = coach or self._coach
        self.query_one(CoachComment).show(self._coach, answer, self._app.paths.recordings)
        self._replay.use(answer)
        if not answer.corrected:
            self._original = False
        self._show_title()
        self.query_one("#replay", Static).update(self._replay.words)
        later = answer.utterances[0 if answer.is_goodbye else 1 :]
        followed = [each.prompt_named for each in later if each.prompt != answer.question.ask]
        asked = [*([] if answer.is_goodbye else [answer.question.ask]), *followed]
        self.query_one("#question", Static).update("\n".join(asked))
        self.query_one(ScorecardView).show(answer)
        if self._replay.possible:
            self._read_levels(self._replay.recordings)
        self._show_words()
        if self._first_word is not None:
            self._go_to(self._first_word)
            self._first_word = None
        self.refresh_bindings()
        settle_garbage_collector("transcript")
        if self._correct_at_once:
            if len(answer.utterances) == 1:
                self.action_edit()
            else:
                self._go_to(0)  # it is for the candidate to say which
        elif self._play_at_once:
            self._play_at_once = False
            self.action_listen()

    def _show_title(self) -> None:
        assert self._answer
        what = "Scored transcript" if self._editing is None else "Correct your answer"
        self.query_one("#where", Static).update(
            f"{what}   {moment_words(self._answer.answered_at, self._app.today())}"
        )

    def _show_words(self) -> None:
        """Show the words as corrected, or as first heard."""
        if self._answer is not None:
            self._shown = TranscriptWords(self._answer, self._coach, self._exact, self._original)
            self._words.show(self._shown.marks, self._words.cursor)
            self._describe()

    @property
    def _marks(self) -> tuple[WordMark, ...]:
        return self._shown.marks if self._shown else ()

    @property
    def _quotes(self) -> tuple[QuoteSpan, ...]:
        return self._shown.quotes if self._shown else ()

    @work(thread=True, exclusive=True, group="levels", exit_on_error=False)
    def _read_levels(self, recordings: list[Path]) -> None:
        """How loud it was over time; what cannot be read is told when it is to be played."""
        try:
            levels = [level for path in recordings for level in loudness(path, SLICES)]
        except UserError:
            return
        self.app.call_later(self._show_levels, levels)

    def _show_levels(self, levels: list[float]) -> None:
        if self._app.shows(self):
            self.query_one(DeliveryView).show_levels(levels)

    def _note(self, words: str) -> None:
        self.query_one("#note", Static).update(words)

    def _describe(self) -> None:
        if self._shown is not None:
            self._note(self._shown.description(self._words.cursor if self._gone_to else None))

    def action_coach_comment(self) -> None:
        """Hear what the coach said, or stop it."""
        path = self.query_one(CoachComment).recording
        if path is not None:
            self._replay.stop()
            play_comment(self._app, path)

    # Moving.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        editing = self._editing is not None
        answer = self._answer
        match action:
            case "save":
                return editing and not self._saving
            case "as_heard":
                return editing and answer is not None and answer.corrected
            case "next_quote":
                return not editing and not self._original and bool(self._quotes)
            case "coach_comment":
                return not editing and self._coach is not None and self.query_one(CoachComment).recording is not None
            case "next_doubtful":
                return not editing and any(mark.doubtful for mark in self._marks)
            case "word" | "line" | "card":
                return not editing and answer is not None
            case "worked_answer":
                return not editing and answer is not None and bool(answer.utterances) and self._example
            case "edit":
                return not editing and answer is not None and bool(answer.utterances)
            case "compare" | "as_story":
                return not editing and answer is not None and bool(answer.utterances) and not answer.is_goodbye
            case "again":
                return not editing and answer is not None and not answer.is_goodbye
            case "listen" | "speed" | "skip_pauses":
                return not editing and answer is not None and self._replay.possible
            case "exact":
                readable = self._shown is not None and self._shown.has_readable_form
                return not editing and not self._original and readable
            case "original":
                return not editing and answer is not None and answer.corrected
            case _:
                return True

    def _go_to(self, position: int) -> None:
        self._words.move_to(position)
        self._gone_to = True
        self._describe()

    def action_next_quote(self, step: int) -> None:
        """Jump to the next words that earned something, round and round."""
        self._jump(sorted({span.first_word for span in self._quotes}), step)

    def action_next_doubtful(self) -> None:
        """Jump to the next word that was perhaps misheard."""
        self._jump([mark.position for mark in self._marks if mark.doubtful], 1)

    def _jump(self, places: list[int], step: int) -> None:
        here = self._words.cursor
        ahead = [at for at in places if at > here] if step > 0 else [at for at in places if at < here]
        self._go_to((ahead or places)[0 if step > 0 else -1])

    def action_word(self, step: int) -> None:
        """To the next word or the one before."""
        self._go_to(self._words.cursor + step)

    def action_line(self, step: int) -> None:
        """To the line above or below."""
        self._words.move_by_lines(step)
        self._gone_to = True
        self._describe()

    def action_card(self, step: int) -> None:
        """Scroll the scores."""
        scroll = self.query_one("#card-scroll", VerticalScroll)
        scroll.scroll_relative(y=step * max(1, scroll.size.height - 1), animate=False)

    def on_marked_words_picked(self, event: MarkedWords.Picked) -> None:
        """A click on a word moves there; a second one plays from it. While it plays, one click is enough."""
        if self._editing is not None:
            return
        self._go_to(event.position)
        if self._replay.playing or (event.again and self._replay.possible):
            self._play_from(event.position)

    # Listening.

    def _play_from(self, position: int) -> None:
        if self._shown is None or not self._shown.marks:
            return
        number, word = self._shown.place(position)
        if not self._replay.play(number, self._shown.shown(number).words[word].start or 0.0):
            self.notify("There is no recording of these words.")

    def action_listen(self) -> None:
        """Play from the marked word, or stop; the next time it goes on from there."""
        if self._replay.playing:
            self._replay.stop()
            if self._words.heard is not None:
                self._go_to(self._words.heard)
            return
        self._play_from(self._words.cursor)

    def on_heard(self, message: Heard) -> None:
        if self._shown is None or self._editing is not None or not self._replay.playing:
            return
        word = word_at(self._shown.shown(message.utterance).words, message.second)
        self._words.hear(None if word is None else self._shown.position(message.utterance, word))

    def on_silent(self, message: Silent) -> None:
        if message.why:
            self._app.tell(message.why)
        if message.to_end and self._editing is None and self._replay.play_behind(message.utterance):
            return
        if not self._replay.playing:
            self._words.hear(None)

    def action_speed(self) -> None:
        """The next speed; the pitch stays."""
        self._replay.faster()
        self._tell_replay()

    def action_skip_pauses(self) -> None:
        """Shorten long pauses, or play them as they were."""
        self._replay.skip_pauses = not self._replay.skip_pauses
        self._tell_replay()

    def _tell_replay(self) -> None:
        """Show how it is played, and go on that way."""
        self.query_one("#replay", Static).update(self._replay.words)
        heard = self._words.heard
        if self._replay.playing and heard is not None:
            self._play_from(heard)

    # Correcting.

    def action_edit(self) -> None:
        """Correct the utterance of the marked word; the recording and what was first heard stay."""
        if self._answer is None or not self._answer.utterances:
            return
        self._replay.stop()
        if self._original:
            self.action_original()
        self._editing, word = self._shown.place(self._words.cursor) if self._shown and self._marks else (0, 0)
        self._words.display = False
        box = self.query_one(CorrectionBox)
        box.display = True
        mended = self._answer.utterances[self._editing].transcript
        # What was typed has no word that was heard wrongly: one goes on at its end.
        typed = self._shown is not None and self._shown.typed
        box.mend(mended, len(mended.words) if typed else word)
        what = "Change what you typed." if typed else "Type over the marked word, or correct any other."
        self._note(f"{what} Enter saves, Esc changes nothing.")
        self._show_title()
        self.refresh_bindings()

    def _stop_editing(self) -> None:
        self._editing = None
        self.query_one(CorrectionBox).display = False
        self._words.display = True
        self.set_focus(None)
        self._show_title()
        self.refresh_bindings()

    def on_correction_box_submitted(self) -> None:
        self.action_save()

    def action_as_heard(self) -> None:
        """Put back what was first heard; saved like any other correction."""
        if self._answer is not None and self._editing is not None:
            utterance = self._answer.utterances[self._editing]
            self.query_one(CorrectionBox).mend(utterance.original or utterance.transcript, 0)

    def action_save(self) -> None:
        """Keep the correction and score the answer again."""
        if self._answer is None or self._editing is None or self._saving:
            return
        self._saving = True
        self._note("Scoring again.")
        self._correct(self._answer, self._editing, self.query_one(CorrectionBox).text)

    @work(thread=True, group="correct", exit_on_error=False)
    def _correct(self, before: Answer, utterance: int, text: str) -> None:
        try:
            answer = self._app.services.rescoring.correct(before, utterance, text)
        except UserError as problem:
            self.app.call_later(self._corrected, before, None, str(problem))
            return
        self.app.call_later(self._corrected, before, answer, "")

    def _corrected(self, before: Answer, answer: Answer | None, why: str) -> None:
        self._saving = False
        if answer is None:
            # The words stay in the box: nothing typed is lost.
            self._app.tell(why)
            return
        self._changed = self._changed or answer != before
        if not self._app.shows(self):
            return
        self._stop_editing()
        self._correct_at_once, self._gone_to = False, True
        self._show(answer)
        if answer != before:
            self.notify(rescored_words(before, answer), title="Corrected", markup=False)

    def action_exact(self) -> None:
        """The words exactly as they were recognised, and back to the readable form."""
        self._exact = not self._exact
        self._show_words()

    def action_original(self) -> None:
        """What was first heard, and back."""
        self._replay.stop()
        self._original = not self._original
        self._show_words()
        self.refresh_bindings()

    def action_compare(self) -> None:
        """This answer beside another attempt at its question."""
        self._replay.stop()
        self.app.push_screen(CompareScreen(self._answer_id))

    def action_again(self) -> None:
        """The same question anew, as a drill."""
        if self._answer is not None:
            self._replay.stop()
            try_again(self._app, self._answer)

    def action_worked_answer(self) -> None:
        """How somebody else might answer this well."""
        if self._answer is not None:
            self._replay.stop()
            show_strong_answer(self._app, self._answer)

    def action_as_story(self) -> None:
        """Take the answer over as one of the candidate's stories."""
        if self._answer is not None:
            save_as_story(self._app, self._answer)

    def action_back(self) -> None:
        """Stop editing, or leave: whoever came to correct goes back to where that was."""
        if self._editing is not None and (self._saving or not self._correct_at_once):
            self._stop_editing()
            self._describe()
            return
        self._replay.stop()
        self.dismiss(self._answer if self._changed else None)

"""A coach at one answer of a student: its words, its sound and its parts, and the coach's own word on it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from textwrap import shorten
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from simulator.classroom.handing_back import comment_recording
from simulator.clock import now
from simulator.errors import UserError
from simulator.paths import private_folder
from simulator.sessions.coach_feedback import CoachFeedback, coach_lines, marks_that_fit, with_marks
from simulator.sessions.highlights import WordMark, word_marks
from simulator.sessions.recordings import found
from simulator.sessions.session import Answer, shown_scores
from simulator.sessions.times import clock, moment_words
from simulator.speech.ports import HeardAnswer, Hearing, SoundLevel
from simulator.tui.base_app import AppScreen
from simulator.tui.garbage_collection import settle_garbage_collector
from simulator.tui.screens.answer_player import AnswerPlayer, Heard, Silent, play_comment, word_at
from simulator.tui.screens.self_rating import SelfRatingScreen
from simulator.tui.widgets.card import panel
from simulator.tui.widgets.footer import Keys
from simulator.tui.widgets.marked_words import MarkedWords
from simulator.tui.widgets.picking import AskText
from simulator.tui.widgets.scorecard_view import ScorecardView
from simulator.tui.widgets.title_row import title_row
from simulator.tui.widgets.writing import WriteText

MOST_OF_A_MARK = 60
"""Signs of the marked words that are told where a note to them is asked for."""
NOTHING_SAID = "Nothing yet. L gives your levels, M marks words, C writes a comment, R speaks one."


class CoachScreen(AppScreen[None]):
    """What is said here is kept at once, beside the answer; the app's own levels stay as they are."""

    AUTO_FOCUS = ""
    HELP_TOPIC = "coaching"
    CSS_PATH = "coaching.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "mark", "mark", id="coach.mark"),
        Binding("l", "levels", "your levels", id="coach.levels"),
        Binding("c", "comment", "comment", id="coach.comment"),
        Binding("r", "record", "speak", id="coach.record"),
        Binding("space", "listen", "listen", id="coach.listen"),
        Binding("y", "play", "your words", id="coach.play"),
        Binding("delete,backspace", "unmark", "unmark", id="coach.unmark"),
        Binding("left", "word(-1)", "word before", show=False, id="coach.left"),
        Binding("right", "word(1)", "next word", show=False, id="coach.right"),
        Binding("up", "line(-1)", "line above", show=False, id="coach.up"),
        Binding("down", "line(1)", "line below", show=False, id="coach.down"),
        Binding("home", "word(-100000)", "first word", show=False, id="coach.first"),
        Binding("end", "word(100000)", "last word", show=False, id="coach.last"),
        Binding("pagedown", "card(1)", "scores down", show=False, id="coach.card_down"),
        Binding("pageup", "card(-1)", "scores up", show=False, id="coach.card_up"),
        Binding("escape", "back", "back", id="coach.back"),
    ]

    def __init__(self, answer_id: str) -> None:
        super().__init__()
        self._answer_id = answer_id
        self._answer: Answer | None = None
        self._feedback = CoachFeedback(answer_id)
        self._marks: tuple[WordMark, ...] = ()
        self._from: int | None = None
        """The first word of a mark that is being made."""
        self._hearing: Hearing | None = None
        self._speaking = False
        self._live = False
        """Whether the microphone gives sound."""
        self._ended = False
        """Whether the comment is over and its words are awaited."""

    def compose(self) -> ComposeResult:
        yield title_row()
        yield Static("", id="question", markup=False)
        with panel(Vertical(id="answer"), "The answer"):
            yield MarkedWords(id="words", empty="Nothing was understood.")
            yield Static("", id="note", markup=False)
        with VerticalScroll(id="card-scroll", can_focus=False):
            yield panel(Static("", id="said", markup=False), "What you say, kept as you say it")
            yield ScorecardView(id="card", answer_title="What the app found in it")
        yield Keys()

    def on_mount(self) -> None:
        classes = self._app.services.data.classes
        self._replay = AnswerPlayer(self._app.services, self.post_message, classes.recordings)
        self._words = self.query_one(MarkedWords)
        self._read()

    @work(thread=True, exclusive=True, group="read", exit_on_error=False)
    def _read(self) -> None:
        classes = self._app.services.data.classes
        try:
            answer = classes.store.answer(self._answer_id)
            _, student = classes.owner(self._answer_id)
            feedback = classes.feedback.find(self._answer_id)
        except UserError as problem:
            self.app.call_later(self._app.tell, problem)
            return
        self.app.call_later(self._show, answer, student.name, feedback)

    def _show(self, answer: Answer, name: str, feedback: CoachFeedback | None) -> None:
        if not self._app.shows(self):
            return
        self._answer, self._feedback = answer, feedback or self._feedback
        self._replay.use(answer)
        corrected = ", corrected by the student" if answer.corrected else ""
        when = moment_words(answer.answered_at, self._app.today())
        self.query_one("#where", Static).update(f"{name}   {when}{corrected}")
        self.query_one("#question", Static).update(answer.question.ask)
        self.query_one(ScorecardView).show(answer)
        self._draw()
        settle_garbage_collector("coaching")

    def _draw(self) -> None:
        assert self._answer
        self._marks = with_marks(word_marks(self._answer), marks_that_fit(self._feedback, self._answer))
        self._words.show(self._marks, self._words.cursor)
        width = max(40, min(104, self.app.size.width - 8))
        _, *lines = coach_lines(self._feedback, self._answer, width)
        text = "\n".join(line.removeprefix("  ") for line in lines)
        self.query_one("#said", Static).update(NOTHING_SAID if self._feedback.empty else text)
        self._describe()
        self.refresh_bindings()

    def _describe(self) -> None:
        """What is under the cursor, and what a mark that was begun waits for."""
        parts = []
        if self._speaking:
            opening = "● Listening to your comment. R ends it" if self._live else "… opening the microphone"
            parts.append("… writing down what you said" if self._ended else opening)
        elif self._from is not None:
            parts.append("Go to the last word and press M again; Esc takes it back")
        if self._marks:
            mark = self._marks[self._words.cursor]
            parts.append(f"“{mark.text}”" + (f" at {clock(mark.start)}" if mark.start is not None else ""))
            parts.extend(earns for _, earns in mark.earned)
        here = self._here()
        if here is not None:
            parts.append(f"marked{f': {here[1]}' if here[1] else ''}")
        self.query_one("#note", Static).update("   ".join(parts))

    def _here(self) -> tuple[int, str] | None:
        """The mark around the cursor: its first word and its note."""
        if self._answer is None:
            return None
        within = (
            m
            for m in marks_that_fit(self._feedback, self._answer)
            if m.first_word <= self._words.cursor <= m.last_word
        )
        return next(((mark.first_word, mark.note) for mark in within), None)

    def _keep(self, feedback: CoachFeedback) -> None:
        """Keep what the coach says, and show it."""
        feedback = replace(feedback, by=self._app.settings.candidate_name, at=now())
        try:
            feedback.check()
            self._app.services.data.classes.feedback.save(feedback)
        except UserError as problem:
            self._app.tell(problem)
            return
        self._feedback = feedback
        self._draw()
        # What was just kept stands at the top.
        self.query_one("#card-scroll").scroll_home(animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("back", "record"):
            return True
        if self._speaking:
            return False
        if self._answer is None:
            return False
        match action:
            case "mark":
                return bool(self._marks)
            case "levels":
                return bool(self._rubrics())
            case "listen":
                return self._replay.possible
            case "play":
                return self._recording() is not None
            case "unmark":
                return self._here() is not None
        return True

    # Moving and hearing.

    def action_word(self, step: int) -> None:
        """To the next word or the one before."""
        self._words.move_to(self._words.cursor + step)
        self._moved()

    def action_line(self, step: int) -> None:
        """To the line above or below."""
        self._words.move_by_lines(step)
        self._moved()

    def on_marked_words_picked(self, event: MarkedWords.Picked) -> None:
        """A click on a word moves there."""
        self._words.move_to(event.position)
        self._moved()

    def _moved(self) -> None:
        self._describe()
        self.refresh_bindings()

    def action_card(self, step: int) -> None:
        """Scroll what was said."""
        scroll = self.query_one("#card-scroll", VerticalScroll)
        scroll.scroll_relative(y=step * max(1, scroll.size.height - 1), animate=False)

    def action_listen(self) -> None:
        """Play from the word marked, or stop."""
        if self._replay.playing:
            self._replay.stop()
            return
        assert self._answer
        position = self._words.cursor
        for number, utterance in enumerate(self._answer.utterances):
            words = utterance.transcript.words
            if position < len(words) or number == len(self._answer.utterances) - 1:
                start = words[position].start if position < len(words) else 0.0
                if not self._replay.play(number, start or 0.0):
                    self.notify("There is no recording of these words.")
                return
            position -= len(words)

    def on_heard(self, message: Heard) -> None:
        if self._answer is not None:
            utterances = self._answer.utterances
            before = sum(len(each.transcript.words) for each in utterances[: message.utterance])
            word = word_at(utterances[message.utterance].transcript.words, message.second)
            self._words.hear(None if word is None else before + word)

    def on_silent(self, message: Silent) -> None:
        if message.why:
            self._app.tell(message.why)
        if not (message.to_end and self._replay.play_behind(message.utterance)):
            self._words.hear(None)

    def _recording(self) -> Path | None:
        return found(self._app.services.data.classes.recordings, self._feedback.recording)

    def action_play(self) -> None:
        """Hear the own comment."""
        path = self._recording()
        if path is not None:
            play_comment(self._app, path)

    # Saying something.

    def _rubrics(self) -> list[str]:
        return [score.rubric for score in shown_scores(self._answer)] if self._answer else []

    def action_levels(self) -> None:
        """The coach's own levels, rubric by rubric."""
        assert self._answer
        before = self._feedback.levels
        rating = SelfRatingScreen(self._answer.question.ask, self._rubrics(), "How well is it done?", before)
        self.app.push_screen(rating, self._rated)

    def _rated(self, levels: dict[str, int] | None) -> None:
        if levels:
            self._keep(replace(self._feedback, levels={**self._feedback.levels, **levels}))

    def action_mark(self) -> None:
        """Begin a mark; at its last word, end it and say something to it."""
        if self._from is None:
            self._from = self._words.cursor
            self._describe()
            return
        first, last = sorted((self._from, self._words.cursor))
        words = " ".join(mark.text for mark in self._marks[first : last + 1] if not mark.left_out)
        title = f"What about “{shorten(words, MOST_OF_A_MARK, placeholder=' …')}”? (optional)"
        self.app.push_screen(AskText(title, empty=True), self._marking(first, last))

    def _marking(self, first: int, last: int) -> Callable[[str | None], None]:
        def marked(note: str | None) -> None:
            # Left with Esc, the mark is still begun: M comes back to the note, one more Esc takes the mark back.
            if note is not None and self._answer is not None:
                self._from = None
                self._keep(self._feedback.with_mark(self._answer, first, last, note))

        return marked

    def action_unmark(self) -> None:
        """Take away the mark around the cursor."""
        here = self._here()
        if here is not None:
            kept = tuple(mark for mark in self._feedback.marks if mark.first_word != here[0])
            self._keep(replace(self._feedback, marks=kept))

    def action_comment(self) -> None:
        """Write a comment, or go on with it."""
        self.app.push_screen(WriteText("Your comment on this answer", self._feedback.comment), self._written)

    def _written(self, text: str | None) -> None:
        if text is not None and text.strip() != self._feedback.comment:
            self._keep(replace(self._feedback, comment=text.strip()))

    def action_record(self) -> None:
        """Speak a comment; once more ends it. A new one replaces the one before."""
        if self._speaking:
            if self._hearing is not None:
                self._ended = True
                self._describe()
                self._finish_speaking()
            return
        self._replay.stop()
        self._speaking, self._live, self._ended = True, False, False
        self._describe()
        self.refresh_bindings()
        self._listen_to_comment()

    @work(thread=True, group="comment", exit_on_error=False)
    def _listen_to_comment(self) -> None:
        path = self._app.services.data.classes.recordings / comment_recording(self._answer_id)

        def heard(answer: HeardAnswer) -> None:
            self.app.call_later(self._spoken, answer, path)

        def trouble(why: str) -> None:
            self.app.call_later(self._not_heard, why)

        def level(_level: SoundLevel) -> None:
            if not self._live:
                self.app.call_later(self._listening)

        try:
            private_folder(path.parent)
            self._hearing = self._app.services.sound.listener.listen(
                # Beside the one before, until it is whole.
                path.with_name(f"new-{path.name}"),
                level,
                lambda _text: None,
                heard,
                trouble,
            )
        except UserError as problem:
            self.app.call_later(self._not_heard, str(problem))

    def _listening(self) -> None:
        """The first sound is there: whoever speaks from now on is heard."""
        self._live = True
        if self._speaking and self._app.shows(self):
            self._describe()

    @work(thread=True, group="comment", exit_on_error=False)
    def _finish_speaking(self) -> None:
        hearing, self._hearing = self._hearing, None
        if hearing is not None:
            hearing.finish()

    def _spoken(self, heard: HeardAnswer, path: Path) -> None:
        self._speaking = False
        if heard.recording is not None and heard.recording.is_file():
            heard.recording.replace(path)
            name = path.relative_to(self._app.services.data.classes.recordings).as_posix()
            self._keep(replace(self._feedback, recording=name, spoken=heard.transcript.text))
        elif self._app.shows(self):
            self._draw()

    def _not_heard(self, why: str) -> None:
        self._speaking = False
        self._app.tell(why)
        if self._app.shows(self) and self._answer is not None:
            self._draw()

    def action_back(self) -> None:
        """Out of a mark that was begun, or out of the answer."""
        if self._from is not None:
            self._from = None
            self._describe()
            return
        if self._speaking and self._hearing is not None:
            # Kept like any other: what was said is not lost.
            self._finish_speaking()
            return
        self._replay.stop()
        self.app.pop_screen()

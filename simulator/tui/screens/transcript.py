"""One answer's scored transcript: the words that earned something, to hear and to correct."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content, Span
from textual.message import Message
from textual.screen import Screen
from textual.style import Style
from textual.widgets import Footer, Static, TextArea

from simulator.problems import Problem
from simulator.sessions.delivery_plot import delivery_plot
from simulator.sessions.highlights import QuoteSpan, WordMark, quote_spans, word_marks
from simulator.sessions.report import clock, rubric_title
from simulator.sessions.session import Answer, Mode
from simulator.tui.widgets.scorecard_view import ScorecardView

if TYPE_CHECKING:
    from simulator.tui.app import SecondRound

SPEEDS = (0.75, 1.0, 1.25, 1.5, 2.0)


class Heard(Message):
    """This second of the recording is being heard."""

    def __init__(self, utterance: int, second: float) -> None:
        super().__init__()
        self.utterance = utterance
        self.second = second

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, Heard)


class Silent(Message):
    """Playing is over, or could not begin: `why` says so then."""

    def __init__(self, why: str = "") -> None:
        super().__init__()
        self.why = why


class TranscriptScreen(Screen[Answer | None]):
    """The transcript with its marks. Dismissed with the answer when it was corrected, else with None."""

    AUTO_FOCUS = ""
    HELP_TOPIC = "transcript"
    CSS = """
    TranscriptScreen #question { color: $primary; text-style: bold; padding: 1 2 0 2; height: auto; }
    TranscriptScreen #words { height: auto; padding: 1 2; max-width: 100; }
    TranscriptScreen #words-scroll { height: 1fr; }
    TranscriptScreen #note { height: 1; padding: 0 2; background: $panel; }
    TranscriptScreen #card-scroll { height: 45%; padding: 0 1; }
    TranscriptScreen #plot { height: auto; padding: 0 2; }
    TranscriptScreen TextArea { height: 1fr; display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,n", "next_quote(1)", "next mark", id="transcript.next", key_display="tab"),
        Binding("shift+tab,p", "next_quote(-1)", "mark before", show=False, id="transcript.previous"),
        Binding("left", "word(-1)", "word before", show=False, id="transcript.left"),
        Binding("right", "word(1)", "next word", show=False, id="transcript.right"),
        Binding("l,space", "listen", "listen from here", id="transcript.listen", key_display="space"),
        Binding("s", "speed", "speed", id="transcript.speed"),
        Binding("e", "edit", "correct", id="transcript.edit"),
        Binding("o", "original", "as first heard", id="transcript.original"),
        Binding("c", "compare", "compare", id="transcript.compare"),
        Binding("a", "again", "try again", id="transcript.again"),
        Binding("f2", "save", "save, score again", id="transcript.save"),
        Binding("escape", "back", "back", id="transcript.back"),
    ]

    def __init__(self, answer_id: str, play: bool = False, correct: bool = False) -> None:
        super().__init__()
        self._answer_id = answer_id
        self._play_at_once = play
        self._correct_at_once = correct
        self._answer: Answer | None = None
        self._marks: tuple[WordMark, ...] = ()
        self._quotes: tuple[QuoteSpan, ...] = ()
        self._cursor = 0
        self._heard: int | None = None
        self._speed = 1.0
        self._editing: int | None = None
        self._original = False
        self._changed = False
        self._last_draw = 0.0

    @property
    def _app(self) -> "SecondRound":
        return cast("SecondRound", self.app)

    def compose(self) -> ComposeResult:
        with Horizontal(classes="title-row"):
            yield Static("Second Round", classes="name")
            yield Static("Scored transcript", classes="where", id="where", markup=False)
        yield Static("", id="question", markup=False)
        with VerticalScroll(id="words-scroll", can_focus=False):
            yield Static("", id="words", markup=False)
            yield Static("", id="plot", markup=False)
        yield TextArea(id="editor", soft_wrap=True)
        yield Static("", id="note", markup=False)
        with VerticalScroll(id="card-scroll", can_focus=True):
            yield ScorecardView(id="card")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.set_focus(None)
        self._read()

    @work(thread=True, exclusive=True, group="read", exit_on_error=False)
    def _read(self) -> None:
        try:
            answer = self._app.studio.store.answer(self._answer_id)
        except Problem as problem:
            self.app.call_later(self._app.tell, problem)
            return
        self.app.call_later(self._show, answer)

    def _show(self, answer: Answer) -> None:
        if not self._app.shows(self):
            return
        self._answer = answer
        self._marks = word_marks(answer)
        self._quotes = quote_spans(answer)
        self._cursor = min(self._cursor, max(0, len(self._marks) - 1))
        corrected = "   corrected" if answer.corrected else ""
        self.query_one("#where", Static).update(f"Scored transcript   {answer.answered_at[:10]}{corrected}")
        self.query_one("#question", Static).update(answer.question.ask)
        self.query_one(ScorecardView).show(answer)
        self.query_one("#plot", Static).update(Content("\n").join(_delivery_lines(answer, self.size.width)))
        self._draw()
        self.refresh_bindings()
        if self._correct_at_once:
            self._correct_at_once = False
            self.action_edit()
        elif self._play_at_once:
            self._play_at_once = False
            self.action_listen()

    def _draw(self) -> None:
        answer = self._answer
        if answer is None:
            return
        if self._original:
            self.query_one("#words", Static).update(Content(answer.original_transcript.text))
            self._note("As first heard. O shows your correction.")
            return
        parts: list[str | tuple[str, str]] = []
        # Which word is where, for the mouse.
        places: list[Span] = []
        length = 0
        for mark in self._marks:
            places.append(Span(length, length + len(mark.text), Style.from_meta({"word": mark.position})))
            length += len(mark.text) + 1
            parts.append((mark.text, _style(mark, mark.position == self._cursor, mark.position == self._heard)))
            parts.append(" ")
            if mark.pause_after:
                pause = f"⏸{mark.pause_after:.1f}s "
                parts.append((pause, "$text-muted"))
                length += len(pause)
        words = Content.assemble(*parts).add_spans(places) if parts else Content("Nothing was understood.")
        self.query_one("#words", Static).update(words)
        self._note(self._describe())

    def _note(self, words: str) -> None:
        self.query_one("#note", Static).update(words)

    def _describe(self) -> str:
        """What the word under the cursor is, in words: no meaning by colour or underline alone."""
        if not self._marks:
            return ""
        mark = self._marks[self._cursor]
        said = [f"“{mark.text}”"]
        if mark.start is not None:
            said.append(f"at {clock(mark.start)}")
        said.extend(f"earned {earns} ({rubric_title(rubric)})" for rubric, earns in mark.earned)
        if mark.hesitation:
            said.append("a hesitation")
        if mark.doubtful:
            said.append("perhaps misheard, E corrects it")
        if mark.pause_after:
            said.append(f"then {mark.pause_after:.1f} s of silence")
        return "   ".join(said)

    # Moving.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        editing = self._editing is not None
        answer = self._answer
        match action:
            case "save":
                return editing
            case "next_quote":
                return not editing and bool(self._quotes)
            case "word" | "edit":
                return not editing and answer is not None and bool(answer.utterances)
            case "compare" | "again":
                return not editing and answer is not None
            case "listen" | "speed":
                return not editing and bool(self._recordings())
            case "original":
                return not editing and answer is not None and answer.corrected
            case _:
                return True

    def action_next_quote(self, step: int) -> None:
        """Jump to the next words that earned something."""
        starts = sorted({span.first_word for span in self._quotes})
        ahead = [at for at in starts if at > self._cursor] if step > 0 else [at for at in starts if at < self._cursor]
        self._cursor = (ahead[0] if step > 0 else ahead[-1]) if ahead else (starts[0] if step > 0 else starts[-1])
        self._draw()

    def action_word(self, step: int) -> None:
        """To the next word or the one before."""
        if self._marks:
            self._cursor = max(0, min(len(self._marks) - 1, self._cursor + step))
            self._draw()

    def on_click(self, event: events.Click) -> None:
        """A click on a word moves there; a second one plays from it."""
        widget = self.query_one("#words", Static)
        if event.widget is not widget:
            return
        position = event.style.meta.get("word") if event.style.meta else None
        if isinstance(position, int):
            if position == self._cursor:
                self.action_listen()
            self._cursor = position
            self._draw()

    # Listening.

    def _recordings(self) -> list[Path | None]:
        if self._answer is None:
            return []
        folder = self._app.places.recordings
        paths = [folder / each.recording if each.recording else None for each in self._answer.utterances]
        return paths if any(path is not None and path.exists() for path in paths) else []

    def _place(self, position: int) -> tuple[int, float]:
        """The utterance and the second in its recording of a word."""
        assert self._answer
        offset, first = 0.0, 0
        for number, utterance in enumerate(self._answer.utterances):
            count = len(utterance.transcript.words)
            if position < first + count or number == len(self._answer.utterances) - 1:
                word = utterance.transcript.words[position - first] if count else None
                return number, (word.start or 0.0) if word else 0.0
            first += count
            offset += utterance.transcript.duration or 0.0
        return 0, 0.0

    def action_listen(self) -> None:
        """Play from the marked word, or stop."""
        player = self._app.studio.player
        if player.playing:
            player.stop()
            return
        if not self._marks:
            return
        number, second = self._place(self._cursor)
        path = self._recordings()[number]
        if path is None or not path.exists():
            self.notify("There is no recording of these words.")
            return
        player.play(
            path,
            second,
            self._speed,
            lambda at: self._tell(Heard(number, at)),
            lambda _to_end: self._tell(Silent()),
            lambda why: self._tell(Silent(why)),
        )

    def _tell(self, message: Heard | Silent) -> None:
        self.post_message(message)

    def on_heard(self, message: Heard) -> None:
        if self._answer is None:
            return
        first = sum(len(each.transcript.words) for each in self._answer.utterances[: message.utterance])
        words = self._answer.utterances[message.utterance].transcript.words
        position = next(
            (n for n, word in enumerate(words) if word.end is not None and message.second < word.end), len(words) - 1
        )
        if first + position != self._heard and time.monotonic() - self._last_draw > 0.05:
            self._heard = first + position
            self._last_draw = time.monotonic()
            self._draw()

    def on_silent(self, message: Silent) -> None:
        if message.why:
            self._app.tell(message.why)
        self._heard = None
        self._draw()

    def action_speed(self) -> None:
        """The next speed; the pitch stays."""
        self._speed = SPEEDS[(SPEEDS.index(self._speed) + 1) % len(SPEEDS)]
        self.notify(f"Speed {self._speed:g}")
        if self._app.studio.player.playing:
            self._app.studio.player.stop()
            self.action_listen()

    # Correcting.

    def action_edit(self) -> None:
        """Correct the utterance of the marked word; the recording and what was first heard stay."""
        if self._answer is None or not self._answer.utterances:
            return
        self._editing = self._place(self._cursor)[0] if self._marks else 0
        editor = self.query_one(TextArea)
        editor.text = self._answer.utterances[self._editing].transcript.text
        editor.display = True
        self.query_one("#words-scroll").display = False
        editor.focus()
        self._note("Mend the words, then F2. The recording and what was first heard are kept.")
        self.refresh_bindings()

    def _stop_editing(self) -> None:
        self._editing = None
        self.query_one(TextArea).display = False
        self.query_one("#words-scroll").display = True
        self.set_focus(None)
        self.refresh_bindings()

    def action_save(self) -> None:
        """Keep the correction and score the answer again."""
        if self._answer is None or self._editing is None:
            return
        text = self.query_one(TextArea).text
        try:
            answer = self._app.studio.correct(self._answer, self._editing, text)
        except Problem as problem:
            self._app.tell(problem)
            return
        self._changed = self._changed or answer != self._answer
        self._stop_editing()
        self._show(answer)

    def action_original(self) -> None:
        """What was first heard, and back."""
        self._original = not self._original
        self._draw()

    def action_compare(self) -> None:
        """This answer beside another attempt at its question."""
        from simulator.tui.screens.compare import CompareScreen

        self._app.studio.player.stop()
        self.app.push_screen(CompareScreen(self._answer_id))

    def action_again(self) -> None:
        """The same question anew, as a drill."""
        from simulator.studio import Setup

        if self._answer is None:
            return
        self._app.studio.player.stop()
        try:
            bank_id = self._app.studio.store.session(self._answer.session_id).bank_id
            setup = Setup(bank_id=bank_id, mode=Mode.DRILL, question_id=self._answer.question.id)
            self._app.open_interview(setup=setup)
        except Problem as problem:
            self._app.tell(problem)

    def action_back(self) -> None:
        """Stop editing, or leave."""
        if self._editing is not None:
            self._stop_editing()
            self._draw()
            return
        self._app.studio.player.stop()
        self.dismiss(self._answer if self._changed else None)


def _delivery_lines(answer: Answer, width: int) -> list[Content]:
    """Pace and pauses over time, and the own rating beside the level."""
    lines = []
    plot = delivery_plot(answer.transcript.words, min(60, width - 44))
    if plot:
        span = f"{plot.slowest:.0f} to {plot.fastest:.0f} words a minute"
        lines.append(Content.assemble((f"{'Pace':<8}", "bold"), (plot.pace, "$accent"), f"  {span}"))
        lines.append(Content.assemble((f"{'Pauses':<8}", "bold"), (plot.pauses, "$text-muted")))
    card = answer.scorecard
    for rubric, own in answer.self_rating.items():
        level = card.level(rubric) if card else None
        if level is not None:
            apart = "as the level" if own == level else f"{abs(own - level)} {'above' if own > level else 'below'} it"
            lines.append(
                Content.assemble((f"{'Your own rating':<18}", "bold"), f"{rubric_title(rubric)} {own}, {apart}")
            )
    return lines


def _style(mark: WordMark, here: bool, heard: bool) -> str:
    styles = []
    if mark.earned:
        styles.append("underline $success")
    if mark.hesitation:
        styles.append("italic $text-muted")
    if mark.doubtful:
        styles.append("dim")
    if heard:
        styles.append("bold reverse")
    elif here:
        styles.append("reverse")
    return " ".join(styles)

"""A worked answer to the question just tried: read it, hear it in a second voice, see the next one."""

from collections.abc import Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Static

from simulator.questions.bank import Question, WorkedAnswer
from simulator.sessions.highlights import is_quotable, passages
from simulator.sessions.session import Answer, shown_scores
from simulator.speech.ports import VoiceStyle
from simulator.tui.base_app import AppScreen, BaseApp
from simulator.tui.garbage_collection import settle_garbage_collector
from simulator.tui.messages import CaptionMoved, LineOver
from simulator.tui.widgets.card import panel
from simulator.tui.widgets.columns import flowing
from simulator.tui.widgets.scorecard_sections import answer_words, parts_strip
from simulator.tui.widgets.title_row import title_row


def show_worked_answers(app: BaseApp, question: Question, bank_id: str, interviewer_id: str) -> None:
    """The worked answers to a question, where there are any, spoken by another voice than the interviewer's."""
    examples = app.services.library.worked_answers(question, bank_id)
    if examples:
        app.push_screen(
            WorkedAnswerScreen(question, examples, app.services.interviewers.second_voice(interviewer_id).voice)
        )


class WorkedAnswerScreen(AppScreen[None]):
    """One worked answer at a time, with its parts as feedback shows them."""

    AUTO_FOCUS = "VerticalScroll"
    HELP_TOPIC = "worked_answer"
    CSS_PATH = "worked_answer.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,h", "hear", "hear it", id="worked.hear"),
        # Before the text, which would scroll sideways.
        Binding("right,n", "step(1)", "next", id="worked.next", priority=True),
        Binding("left,p", "step(-1)", "the one before", id="worked.previous", show=False, priority=True),
        Binding("escape", "silence", "stop the voice", id="worked.silence"),
        Binding("escape", "app.pop_screen", "back", id="worked.back"),
    ]

    def __init__(self, question: Question, examples: Sequence[WorkedAnswer], voice: VoiceStyle) -> None:
        super().__init__()
        self._question, self._examples, self._style = question, examples, voice
        self._at = 0
        self._read: dict[int, Answer] = {}
        """The worked answers that were read by now, by their place."""
        self._speaking = False
        self._heard = 0
        self._turn = 0
        """Counts what was said, so that the end of something silenced before is known and ignored."""

    def compose(self) -> ComposeResult:
        yield title_row()
        yield Static(self._question.ask, id="question", markup=False)
        yield Static("", id="parts", markup=False)
        with panel(VerticalScroll(), "A strong answer"):
            yield Static("", id="answer", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self._show()
        self._read_parts()

    def on_resize(self) -> None:
        self._show_parts()

    @work(thread=True, exclusive=True, group="read", exit_on_error=False)
    def _read_parts(self) -> None:
        from simulator.assessment import worked_as_given  # late

        for at, example in enumerate(self._examples):
            answer = worked_as_given(self._question, example, self._app.services.rubrics)
            self.app.call_later(self._show_read, at, answer)

    def _show_read(self, at: int, answer: Answer) -> None:
        if not self._app.shows(self):
            return
        self._read[at] = answer
        if at == self._at:
            self._show(self._heard)
        settle_garbage_collector("worked answer")

    def on_unmount(self) -> None:
        """Whichever way the screen is left, the voice does not go on."""
        self._app.services.sound.voice.silence()

    def _show(self, heard: int = 0) -> None:
        """The answer, with what was heard of it so far in bold; its parts as soon as it was read."""
        self._heard = heard
        example = self._examples[self._at]
        what = "A weak answer, as many people give it" if example.weak else "A strong answer"
        count = f"   {self._at + 1} of {len(self._examples)}" if len(self._examples) > 1 else ""
        self.query_one("#where", Static).update(f"{what}{count}")
        read = self._read.get(self._at)
        words = Content.assemble((example.answer[:heard], "bold"), example.answer[heard:])
        if read is not None and any(score.parts for score in shown_scores(read)):
            parts = [part for score in shown_scores(read) for part in score.parts if is_quotable(read, part)]
            words = answer_words(read, parts, len(example.answer[:heard].split()))
        shown = Content.styled(f"{example.who}\n\n", "italic") + words
        if example.remark:
            why = "What is wrong with it" if example.weak else "What makes it work"
            shown += Content.assemble((f"\n\n{why}: ", "bold $primary"), example.remark)
        self.query_one("#answer", Static).update(shown)
        self._show_parts()

    def _show_parts(self) -> None:
        """Which parts it has, in the words and colours of feedback."""
        read = self._read.get(self._at)
        # An example shows what is in it, as the words below are named: each mark above has one in the text.
        parts = [part for score in (shown_scores(read) if read else ()) for part in score.parts]
        marked = {element for each in (passages(read, parts) if read else ()) for element, _ in each.labels}
        strip = parts_strip({part.element: part for part in parts if part.element in marked}.values())
        width = max(20, self.app.size.width - 4)
        self.query_one("#parts", Static).update(Content("\n").join(flowing(strip, width)))
        self.query_one("#parts").display = bool(strip)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "hear":
                return self._app.services.sound.voice_heard
            case "step":
                return len(self._examples) > 1
            case "silence":
                return self._speaking
            case "app.pop_screen" | "pop_screen":
                return not self._speaking
            case _:
                return True

    def action_step(self, by: int) -> None:
        """The next worked answer or the one before, round and round."""
        self.action_silence()
        self._at = (self._at + by) % len(self._examples)
        self._show()
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def action_hear(self) -> None:
        """Say the answer, from its beginning."""
        self._turn += 1
        turn = self._turn
        self._speaking = True
        self.refresh_bindings()
        self._app.services.sound.voice.speak(
            self._examples[self._at].answer,
            self._style,
            lambda caption: self._post(CaptionMoved(turn, caption)),
            lambda to_the_end: self._post(LineOver(turn, to_the_end)),
        )

    def _post(self, message: CaptionMoved | LineOver) -> None:
        self.post_message(message)

    def on_caption_moved(self, message: CaptionMoved) -> None:
        if message.turn == self._turn and self._speaking:
            self._show(message.caption.shown)

    def on_line_over(self, message: LineOver) -> None:
        if message.turn == self._turn:
            self._quiet()

    def action_silence(self) -> None:
        """Stop the voice."""
        if self._speaking:
            self._app.services.sound.voice.silence()
            self._quiet()

    def _quiet(self) -> None:
        self._speaking = False
        self._turn += 1
        self._show()
        self.refresh_bindings()

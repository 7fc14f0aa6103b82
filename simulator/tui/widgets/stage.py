"""The stage: who interviews and who speaks, the caption, whose turn it is, the candidate's words as they come."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from simulator.interview.interviewer import Interviewer
from simulator.sessions.report import clock
from simulator.speech.ports import Level
from simulator.tui.widgets.answer_box import AnswerBox
from simulator.tui.widgets.meter import LevelMeter
from simulator.tui.widgets.portrait import Portrait

WARN_AT = 1.0
WARN_AGAIN_AT = 1.5
"""Parts of the target time from which the candidate is told; an answer is never cut off."""


class Stage(Vertical):
    """Draws what it is told; knows nothing of the conversation. With `still` the faces do not move."""

    def __init__(self, interviewers: Sequence[Interviewer], still: bool, id: str) -> None:
        super().__init__(id=id)
        self._interviewers = tuple(interviewers)
        self._still = still

    def compose(self) -> ComposeResult:
        with Horizontal(id="people"):
            for interviewer in self._interviewers:
                with Vertical(classes="person"):
                    below = interviewer.name.split()[0] if len(self._interviewers) > 1 else ""
                    face = Portrait(self._still, below, id=f"face-{interviewer.id}")
                    face.manner = interviewer.manner
                    yield face
            with Vertical(id="speech"):
                yield Static("", id="speaker", markup=False)
                yield Static("", id="caption", markup=False)
        with Horizontal(id="state"):
            yield Static("", id="turn", markup=False)
            yield Static("", id="answer-clock", markup=False)
            yield LevelMeter(id="meter")
        with VerticalScroll(id="words-scroll", can_focus=False):
            yield Static("", id="words", markup=False)
        yield AnswerBox(id="answer-box", soft_wrap=True, show_line_numbers=False)

    def on_mount(self) -> None:
        self.show_box(False)

    @property
    def box(self) -> AnswerBox:
        """Where answers are typed."""
        return self.query_one(AnswerBox)

    def show_box(self, typing: bool) -> None:
        """Room for typing, or for the words as they are heard."""
        self.box.display = typing
        self.query_one("#words-scroll").display = not typing

    def show_caption(self, text: str, shown: int | None = None) -> None:
        """The line as text; what was not said yet, from the character `shown` on, is dim."""
        if shown is None or shown >= len(text):
            content = Content(text)
        else:
            content = Content.assemble((text[:shown], "bold"), (text[shown:], "$text-muted"))
        self.query_one("#caption", Static).update(content, layout=False)

    def show_speaker(self, interviewer_id: str, mood: str) -> None:
        """Whose words these are; `mood` is "speaking" or "listening"."""
        for interviewer in self._interviewers:
            face = self.query_one(f"#face-{interviewer.id}", Portrait)
            face.mood = mood if interviewer.id == interviewer_id else "listening" if mood == "listening" else "rest"
            if interviewer.id == interviewer_id:
                verb = {"speaking": "speaks", "listening": "listens"}.get(mood, "")
                panel = len(self._interviewers) > 1
                words = f"{interviewer.name}, {interviewer.role}" + (f"   {verb}" if panel and verb else "")
                self.query_one("#speaker", Static).update(words)

    def show_turn(self, sign: str, words: str, hint: str = "") -> None:
        """Whose turn it is, and the key that matters now."""
        text = Content.assemble((f"{sign} {words}", "bold"), (f"   {hint}" if hint else "", "$text-muted"))
        self.query_one("#turn", Static).update(text)

    def show_clock(self, words: Content | str) -> None:
        """The time of the answer, or to think."""
        self.query_one("#answer-clock", Static).update(words, layout=False)

    def show_words(self, heard: str) -> None:
        """The candidate's words so far (a partial result); "" clears them."""
        self.query_one("#words", Static).update(Content.styled(heard, "italic"))
        if heard:
            self.query_one("#words-scroll", VerticalScroll).scroll_end(animate=False)

    def show_level(self, level: Level | None) -> None:
        """The microphone's level; None where nobody listens."""
        meter = self.query_one(LevelMeter)
        if level is None:
            meter.clear()
        else:
            meter.show(level)


def time_spent(spent: float, target: int) -> Content:
    """The seconds of an answer against its target, with a word where it runs over."""
    words = f"{clock(spent)} of about {clock(target)}"
    if spent >= target * WARN_AGAIN_AT:
        return Content.assemble(words, (", well over", "bold $warning"))
    if spent >= target * WARN_AT:
        return Content.assemble(words, (", round off", "$warning"))
    return Content(words)

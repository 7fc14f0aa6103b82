"""The stage: who interviews and who speaks, the caption, whose turn it is, the candidate's words as they come."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from simulator.interview.interviewer import Interviewer
from simulator.interview_control.view import StagePart
from simulator.sessions.times import clock
from simulator.speech.ports import SoundLevel
from simulator.tui.faces import look_of_interviewer
from simulator.tui.widgets.answer_box import AnswerBox
from simulator.tui.widgets.meter import WORDS as MEANING
from simulator.tui.widgets.portrait import Portrait
from simulator.tui.widgets.waveform import Waveform

WARN_AT = 1.0
WARN_AGAIN_AT = 1.5
"""Parts of the target time from which the candidate is told; an answer is never cut off."""
GAP = 3
"""Columns between what stands in the row below the question."""
MOST_WORDS = 600
"""The latest words of an answer that the stage shows, more than any screen holds: all of a long one would be wrapped
anew ten times a second."""
LONG = 200
"""Characters of a line from which a small screen has no room for the faces beside it."""


class Stage(Vertical):
    """Draws what it is told; knows nothing of the conversation. With `still` nothing on it moves by itself."""

    def __init__(self, interviewers: Sequence[Interviewer], still: bool, id: str) -> None:
        super().__init__(id=id, classes="-asking")
        self._interviewers = tuple(interviewers)
        self._still = still
        self._hint = ""
        self._turn_width = 0
        self._clock: tuple[Content, ...] = ()
        """The time, in words that grow shorter."""
        self._clock_width = 0

    def compose(self) -> ComposeResult:
        panel = len(self._interviewers) > 1
        with Container(id="scene", classes="-panel" if panel else "-alone"):
            with Horizontal(id="people"):
                for interviewer in self._interviewers:
                    with Vertical(classes="person", id=f"person-{interviewer.id}"):
                        look = look_of_interviewer(interviewer)
                        yield Portrait(look, self._still, id=f"face-{interviewer.id}")
                        if panel:
                            yield Static("", classes="person-name", markup=False)
            with Vertical(id="speech"):
                yield Static("", id="speaker", markup=False)
                yield Static("", id="caption", markup=False)
        yield Waveform(self._still, id="wave")
        with Horizontal(id="state"):
            yield Static("", id="turn", markup=False)
            yield Static("", id="level-hint", markup=False)
            yield Static("", id="answer-clock", markup=False)
        yield Static("", id="advice", markup=False)
        with VerticalScroll(id="words-scroll", can_focus=False):
            yield Static("", id="words", markup=False)
        yield AnswerBox(id="answer-box", soft_wrap=True, show_line_numbers=False)

    def on_mount(self) -> None:
        self.show_box(False)
        self.show_advice("")

    @property
    def box(self) -> AnswerBox:
        """Where answers are typed."""
        return self.query_one(AnswerBox)

    @property
    def typed(self) -> str:
        """What stands in the box."""
        return self.box.text

    def write(self, text: str) -> None:
        """Put this into the box in place of what stands there; typing goes on at its end."""
        self.box.text = text
        self.box.move_cursor(self.box.document.end)

    def insert(self, text: str) -> None:
        """Add to the box, as if it were typed."""
        self.box.insert(text)

    def show_part(self, part: StagePart) -> None:
        """Place everything for what happens now: whoever answers sees the question, their voice and their words."""
        for each in ("asking", "answering", "typing"):
            self.set_class(each == part, f"-{each}")

    def show_box(self, typing: bool) -> None:
        """Room for typing, or for the words as they are heard."""
        self.box.display = typing
        self.query_one("#words-scroll").display = not typing
        self.show_part("typing" if typing else "asking")

    def show_caption(self, text: str, shown: int | None = None) -> None:
        """The line as text; what was not said yet, from the character `shown` on, is quieter."""
        if shown is None or shown >= len(text):
            content = Content.styled(text, "bold")
        else:
            shown = _end_of_word(text, shown)
            content = Content.assemble((text[:shown], "bold"), (text[shown:], "$text-muted"))
        begins = shown in (None, 0)
        if begins:
            self.set_class(len(text) > LONG, "-long")
        self.query_one("#caption", Static).update(content, layout=begins)

    def move_mouth(self, interviewer_id: str, loudness: Sequence[float]) -> None:
        """The speaker says a word: its loudness slice by slice, () where it is not known."""
        self.query_one(f"#face-{interviewer_id}", Portrait).say(loudness)

    def show_speaker(self, interviewer_id: str, mood: str, what: str = "") -> None:
        """Whose words these are, with `what` they are before the name; `mood` is "speaking" or "listening"."""
        panel = len(self._interviewers) > 1
        verb = {"speaking": "speaks", "listening": "listens"}.get(mood, "")
        for interviewer in self._interviewers:
            speaks = interviewer.id == interviewer_id
            face = self.query_one(f"#face-{interviewer.id}", Portrait)
            face.mood = mood if speaks else "listening" if mood == "listening" else "rest"
            self.query_one(f"#person-{interviewer.id}").set_class(speaks, "-lit")
            if panel:
                # Who speaks is said in words too: a mark before the name.
                mark = "◆ " if speaks and mood == "speaking" else ""
                name = self.query_one(f"#person-{interviewer.id} .person-name", Static)
                name.update(f"{mark}{interviewer.name.split()[0]}")
            if speaks:
                words = f"{what} {interviewer.name}, {interviewer.role}".strip()
                self.query_one("#speaker", Static).update(f"{words}   {verb}" if panel and verb else words)

    def show_turn(self, sign: str, words: str, hint: str = "") -> None:
        """Whose turn it is, and the key that matters now."""
        text = Content.assemble(
            (f"{sign} ", "$accent"), (words, "bold"), (f"   {hint}" if hint else "", "$text-muted")
        )
        self.query_one("#turn", Static).update(text)
        self._turn_width = text.cell_length
        self._fit_clock()

    def show_clock(self, *words: str) -> None:
        """The time to think, or the limit; in words that grow shorter, where there is room for less."""
        self._clock = tuple(map(Content, words))
        self._fit_clock()

    def show_answer_time(self, spent: float, target: int, limit: bool) -> None:
        """The seconds of an answer against its target; with `limit` more is too long."""
        self._clock = ((time_left if limit else time_spent)(spent, target), Content(clock(spent)))
        self._fit_clock()

    def on_resize(self) -> None:
        """The row has another width."""
        self.call_after_refresh(self._fit_clock)

    def _fit_clock(self) -> None:
        """The time gives way to the words beside it: the key that helps is never cut off."""
        taken = self._turn_width + (len(self._hint) + GAP if self._hint else 0) + GAP
        room = self.query_one("#state").content_size.width or self.size.width
        words = next((each for each in self._clock if taken + each.cell_length <= room), Content(""))
        # Only another width moves what stands beside it.
        width, self._clock_width = self._clock_width, words.cell_length
        self.query_one("#answer-clock", Static).update(words, layout=width != self._clock_width)

    def show_advice(self, advice: str) -> None:
        """What is to be done better in this try; "" for nothing."""
        line = self.query_one("#advice", Static)
        line.display = bool(advice)
        line.update(Content.assemble(("To do: ", "bold $accent"), advice))

    def show_words(self, heard: str) -> None:
        """The candidate's words so far (a partial result); "" clears them."""
        words = heard.rsplit(maxsplit=MOST_WORDS)
        self.query_one("#words", Static).update(" ".join(words[1:]) if len(words) > MOST_WORDS else heard)
        if heard:
            self.query_one("#words-scroll", VerticalScroll).scroll_end(animate=False)

    def show_level(self, level: SoundLevel | None) -> None:
        """The microphone's level; None where nobody listens. A level that is good needs no words."""
        wave = self.query_one(Waveform)
        hint = MEANING.get(level.hint, level.hint) if level and level.hint else ""
        if level is None:
            wave.clear()
        else:
            wave.show(level)
        if hint != self._hint:
            self._hint = hint
            self.query_one("#level-hint", Static).set_class(bool(hint), "-said").update(hint)
            self._fit_clock()


def _end_of_word(text: str, at: int) -> int:
    """A word brightens as a whole: the end of the one that `at` stands in."""
    if at == 0 or text[at - 1].isspace():
        return at
    return next((place for place in range(at, len(text)) if text[place].isspace()), len(text))


def time_spent(spent: float, target: int) -> Content:
    """The seconds of an answer against its target; where it runs over, a word takes the place of the target."""
    if spent >= target * WARN_AGAIN_AT:
        return Content.assemble(clock(spent), (", well over", "bold $warning"))
    if spent >= target * WARN_AT:
        return Content.assemble(clock(spent), (", time to finish", "$warning"))
    return Content(f"{clock(spent)} of about {clock(target)}")


def time_left(spent: float, limit: int) -> Content:
    """The seconds of an answer against its limit, with a word where it is over."""
    words = f"{clock(spent)}, limit {clock(limit)}"
    return Content.assemble(words, (", over", "bold $warning")) if spent > limit else Content(words)

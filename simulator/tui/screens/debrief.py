"""Notes on a real interview, written as a text with a few signs; below stands what is understood of them."""

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, VerticalScroll
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static, TextArea

from simulator.errors import UserError
from simulator.followup.debrief import Debrief, new_debrief
from simulator.followup.debrief_file import parse_debrief
from simulator.followup.saving_debriefs import SavedDebrief, keep_debrief
from simulator.preparation.job import Job
from simulator.tui.screens.followup_reading import UNKEPT_ID, Unkept, listed, unkept_notes
from simulator.tui.widgets.card import panel
from simulator.tui.widgets.footer import Keys
from simulator.tui.widgets.picking import PickOne

if TYPE_CHECKING:
    from simulator.tui.app import SecondRound

LOOK_AFTER, PUT_AFTER = 0.3, 0.8
"""Seconds without a key before what was written is looked at, and put aside for the case of a quit."""
WIDE = 100
SOMEBODY = "# Name, role"
FORMAT = "\n".join(
    (
        *("company: ", "role: ", "date: {today}", "decision: ", "reason: ", "", SOMEBODY, "email: ", "- "),
        *("priority: ", "problem: ", "fact: ", "told: ", ""),
    )
)
"""What is offered to be filled in; lines end with a space, so that one writes on at once."""
GUIDE = """date:         the day of the interview
decision:     when they said they would decide
reason:       why you said you want the work
# Name, role  somebody who interviewed
# Everybody   what nobody in particular asked
- ...         a question, as you remember it
priority:     what matters to this person
problem:      what presses them
fact:         anything else you learned
told:         what you told them, in your words
email:        where the letter goes

One heading for each person. A line that begins with spaces goes on with the one above. Leave empty what you do not \
know."""


def without_blanks(text: str) -> str:
    """The text with what was left as it was offered made empty, so that lines keep their numbers."""
    return "\n".join("" if _left(line) else line for line in text.splitlines())


def _left(line: str) -> bool:
    plain = line.strip()
    return (
        plain == SOMEBODY
        or plain in ("-", "*", "•")
        or bool(re.fullmatch(r"[-*•]?\s*[A-Za-z][A-Za-z ]{0,20}:", plain))
    )


class DebriefScreen(Screen[str | None]):
    """Dismissed with the id of the debrief as kept, or None."""

    HELP_TOPIC = "debrief"
    CSS_PATH = "debrief.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9", "keep", "save", id="debrief.keep"),
        Binding("f2", "job", "for a job", id="debrief.job"),
        Binding("escape", "leave", "leave", id="debrief.leave"),
    ]

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._offered = text or FORMAT.format(today=date.today().isoformat())
        self._job_id = ""
        self._jobs: tuple[Job, ...] = ()
        self._leaving = self._busy = False
        self._timer: Timer | None = None
        self._putting: Timer | None = None
        self._over = False
        # Held, not looked up: what was written is still to be had when the screen is taken down.
        self._text = TextArea(self._offered, id="notes", soft_wrap=True)

    @property
    def _app(self) -> "SecondRound":
        return cast("SecondRound", self.app)

    def compose(self) -> ComposeResult:
        with Horizontal(classes="title-row"):
            yield Static("Second Round", classes="name")
            yield Static("A real interview", id="where", classes="where", markup=False)
        with Container(id="sheet"):
            yield panel(self._text, "What you remember")
            with panel(VerticalScroll(id="guide-scroll", can_focus=False), "What each line means"):
                yield Static(GUIDE, id="guide", markup=False)
        yield panel(Static("", id="about", markup=False), "So far")
        yield Keys()

    def on_mount(self) -> None:
        self._text.focus()
        self._text.move_cursor(self._text.get_cursor_line_end_location())
        self._tell("Write what you remember; what you leave empty is left out. F1 tells what each line means.")
        self._read_begun()

    def on_resize(self) -> None:
        """The meaning of the lines stands beside them where there is room."""
        self.set_class(self.app.size.width >= WIDE, "-beside")

    @work(thread=True, exclusive=True, group="jobs", exit_on_error=False)
    def _read_begun(self) -> None:
        try:
            jobs = tuple(self._app.services.data.repositories.jobs.all())
            begun = unkept_notes(self._app.services.data.store).find(UNKEPT_ID)
        except UserError as problem:
            self.app.call_later(self._app.tell, problem)
            return
        self.app.call_later(self._offer, jobs, begun.text if begun else "")

    def _offer(self, jobs: tuple[Job, ...], begun: str) -> None:
        """The jobs to choose from, and the notes as they were when the app was quit in the middle of them."""
        self._jobs = jobs
        if begun and self._text.text == self._offered:
            self._text.text = begun
            self._text.move_cursor(self._text.document.end)
            self.notify("These are the notes you had begun.")
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self._jobs) if action == "job" else True

    # What is understood so far.

    @on(TextArea.Changed)
    def _written(self) -> None:
        self._leaving = False
        if self._timer is not None:
            self._timer.stop()
        if self._putting is not None:
            self._putting.stop()
        self._timer = self.set_timer(LOOK_AFTER, lambda: self._look(self._text.text))
        self._putting = self.set_timer(PUT_AFTER, self._put)

    def _put(self) -> None:
        """Put what was written where it is found again, should the app be quit before it is kept."""
        if self._over or self._text.text == self._offered:
            return
        try:
            unkept_notes(self._app.services.data.store).save(Unkept(UNKEPT_ID, self._text.text))
        except UserError as problem:
            self._app.tell(problem)

    def _forget_begun(self) -> None:
        """Kept, or left on purpose: nothing is to be found again. Raises UserError."""
        self._over = True
        begun = unkept_notes(self._app.services.data.store)
        if begun.find(UNKEPT_ID):
            begun.delete(UNKEPT_ID)

    def on_unmount(self) -> None:
        """The app was quit in the middle of the notes."""
        self._put()

    @work(thread=True, exclusive=True, group="look", exit_on_error=False)
    def _look(self, text: str) -> None:
        try:
            words = understood(new_debrief(parse_debrief(without_blanks(text), "Your notes"), ()))
        except UserError as problem:
            words = f"○ {problem}"
        self.app.call_later(self._tell, words)

    def _tell(self, words: str) -> None:
        if self._app.shows(self):
            self.query_one("#about", Static).update(words)

    # Keys.

    def action_job(self) -> None:
        """Say which job it was for; role and company are filled in where they are empty."""
        self.app.push_screen(PickOne("Which job was it for?", [(job.title, job.id) for job in self._jobs]), self._for)

    def _for(self, job_id: str | None) -> None:
        job = next((each for each in self._jobs if each.id == job_id), None)
        if job is None:
            return
        self._job_id = job.id
        self.query_one("#where", Static).update(f"A real interview: {job.title}")
        text = self._text.text
        for key, value in (("company", job.company), ("role", job.role)):
            text = re.sub(rf"^{key}:[ \t]*$", lambda _, key=key, value=value: f"{key}: {value}", text, flags=re.M)  # type: ignore[misc]
        if text != self._text.text:
            self._text.replace(text, (0, 0), self._text.document.end)

    def action_keep(self) -> None:
        """Keep the notes, and feed what they tell into the next practice."""
        if not self._busy:
            self._busy = True
            self._tell("One moment")
            self._keep(self._text.text, self._job_id)

    @work(thread=True, exclusive=True, group="keep", exit_on_error=False)
    def _keep(self, text: str, job_id: str) -> None:
        from simulator.clock import now

        services = self._app.services
        try:
            debrief = replace(parse_debrief(without_blanks(text), "Your notes"), added_at=now())
            fed = keep_debrief(
                debrief, services.data.repositories, services.library.banks(), services.paths.banks, job_id=job_id
            )
            self._forget_begun()
        except UserError as problem:
            self.app.call_later(self._not_kept, problem)
            return
        self.app.call_later(self._kept, fed)

    def _not_kept(self, problem: UserError) -> None:
        if not self._app.shows(self):
            return
        self._busy = False
        self._tell(f"✗ Not saved yet. {problem}")
        if found := re.search(r", line (\d+)", str(problem)):
            line = min(int(found[1]), self._text.document.line_count) - 1
            self._text.move_cursor((line, len(self._text.document.get_line(line))))

    def _kept(self, fed: SavedDebrief) -> None:
        self.notify(saved_debrief_words(fed), timeout=12, markup=False)
        if self._app.shows(self):
            self.dismiss(fed.debrief.id)

    def action_leave(self) -> None:
        """Leave without keeping; asked for twice where something was written."""
        if self._text.text != self._offered and not self._leaving:
            self._leaving = True
            self.notify("Esc again leaves without saving. F9 saves.")
            return
        try:
            self._forget_begun()
        except UserError as problem:
            self._app.tell(problem)
        self.dismiss(None)


def understood(debrief: Debrief) -> str:
    """What was understood of the notes so far, in a line or two."""
    people = listed(each.name for each in debrief.people)
    learned = sum(len(each.priorities) + len(each.problems) + len(each.facts) for each in debrief.met)
    told_them = sum(len(each.told) for each in debrief.met)
    counts = ", ".join(
        f"{count} {one if count == 1 else many}"
        for count, one, many in (
            (len(debrief.asked), "question", "questions"),
            (learned, "thing learned", "things learned"),
            (told_them, "thing you told them", "things you told them"),
        )
        if count
    )
    with_whom = f" with {people}" if people else ""
    return f"✓ {debrief.title}, {debrief.on}{with_whom}{f': {counts}' if counts else ''}.\nF9 saves it."


def saved_debrief_words(fed: SavedDebrief) -> str:
    """What became of the notes."""
    parts = [f"Kept: {fed.debrief.title}."]
    if count := len(fed.questions):
        words = "One question is" if count == 1 else f"{count} questions are"
        parts.append(f"{words} new in the bank '{fed.debrief.bank_id}'.")
    if fed.job:
        parts.append(f"What you learned is noted for {fed.job.title}.")
    return " ".join(parts)

"""After an interview: every interview with its letters, what to do when, and the people who would vouch for one."""

from collections.abc import Callable
from datetime import date
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from simulator.errors import UserError
from simulator.followup.service import decide, forget_debrief, remind, tick, write_calendar
from simulator.followup.timeline import StepKind
from simulator.preparation.people import Person
from simulator.sessions.times import date_words
from simulator.tui.screens.followup_lines import Lines, about, entry_line, facts, sections
from simulator.tui.screens.followup_reading import (
    InterviewEntry,
    InterviewFollowup,
    after,
    entries,
    letters_folder,
)
from simulator.tui.screens.references_notes import ReferenceNotesScreen
from simulator.tui.undo import UndoScreen
from simulator.tui.widgets.card import panel, retitle
from simulator.tui.widgets.empty_state import EmptyState
from simulator.tui.widgets.footer import Keys
from simulator.tui.widgets.picking import AskText
from simulator.tui.widgets.title_row import title_row

NEW = "new-debrief"
READ_AFTER = 0.08
"""Seconds that an interview stays marked before it is read; so going down the list is quick."""
TALL = 30
"""Rows of the screen from which there is an empty line between the parts."""


class FollowupScreen(UndoScreen[None]):
    """Interviews at the left; letters, dates and references of the marked one at the right."""

    HELP_TOPIC = "followup"
    CSS_PATH = "followup.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "note interview", id="followup.new"),
        Binding("w", "write", "letters", id="followup.write"),
        Binding("d", "decision", "decision", id="followup.decision"),
        Binding("k", "remind(True)", "remind me", id="followup.remind"),
        Binding("k", "remind(False)", "no reminders", id="followup.no-reminders"),
        Binding("i", "calendar", "calendar", id="followup.calendar"),
        Binding("space", "tick", "tick off", show=False, id="followup.tick"),
        Binding("r", "references", "references", show=False, id="followup.references"),
        Binding("o", "app.go('people')", "contacts", show=False, id="followup.people"),
        Binding("delete", "delete", "delete", show=False, id="followup.delete"),
        Binding("u", "undo", "undo", id="followup.undo"),
        Binding("escape", "back", "back", id="followup.back"),
    ]

    def __init__(self, session_id: str = "") -> None:
        super().__init__()
        self._wanted, self._straight_in = session_id, bool(session_id)
        self._entries: tuple[InterviewEntry, ...] = ()
        self._seen: InterviewFollowup | None = None
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        yield title_row("After the interview")
        with Horizontal(id="columns"):
            yield panel(OptionList(id="interviews"), "Interviews")
            with Vertical(id="right"):
                yield panel(OptionList(id="things"), "")
                with panel(VerticalScroll(id="about-scroll", can_focus=False), ""):
                    yield Static("", id="about", markup=False)
        yield EmptyState(
            "After an interview: letters, dates, references",
            "After your first practice, letters to the people you spoke with are drafted here. Have you had a real "
            "interview? Note what you remember, as soon as you can: the next practice is about just that.",
            "Note a real interview",
            ("○ Ruth Adeyemi     letter drafted", "○ 4 Dec            ask for their decision"),
            picture="letter",
            id="empty",
        )
        yield Keys()

    @property
    def _list(self) -> OptionList:
        return self.query_one("#interviews", OptionList)

    @property
    def _things(self) -> OptionList:
        return self.query_one("#things", OptionList)

    def on_mount(self) -> None:
        self._things.display = False
        self._list.focus()

    def on_resize(self) -> None:
        """A taller screen has more air."""
        if self._seen is not None:
            self._fill()

    def on_screen_resume(self) -> None:
        """Here, or back from another screen: what was changed meanwhile shows."""
        self._read()

    # Reading and showing.

    @work(thread=True, exclusive=True, group="list", exit_on_error=False)
    def _read(self) -> None:
        try:
            found = entries(self._app.services, self._app.today())
        except UserError as problem:
            self.app.call_later(self._app.tell, problem)
            return
        self.app.call_later(self._show, found)

    def _show(self, found: tuple[InterviewEntry, ...]) -> None:
        if not self._app.shows(self):
            return
        today = self._app.today()
        before = self._wanted or (self._entry.id if self._entry else "")
        self._wanted, self._entries = "", found
        listing = self._list
        with self.prevent(OptionList.OptionHighlighted):
            listing.clear_options()
            listing.add_options([Option(entry_line(entry, today), id=f"of:{entry.id}") for entry in found])
            listing.add_option(Option(Content.styled("+ note a real interview", "$text-muted"), id=NEW))
            ids = [entry.id for entry in found]
            listing.highlighted = ids.index(before) if before in ids else 0
        self.query_one(EmptyState).stand_in(not found, self.query_one("#columns"), listing)
        self._mark(at_once=True)

    @property
    def _entry(self) -> InterviewEntry | None:
        option = self._list.highlighted_option
        wanted = str(option.id).removeprefix("of:") if option else ""
        return next((entry for entry in self._entries if entry.id == wanted), None)

    def _mark(self, at_once: bool = False) -> None:
        """Another interview is marked: read it, once the mark rests."""
        if self._timer is not None:
            self._timer.stop()
        entry = self._entry
        if entry is None:
            self._seen = None
            self._fill()
        elif at_once:
            self._read_one(entry.id, entry.title)
        else:
            self._timer = self.set_timer(READ_AFTER, lambda: self._read_one(entry.id, entry.title))

    @work(thread=True, exclusive=True, group="one", exit_on_error=False)
    def _read_one(self, id_: str, title: str) -> None:
        try:
            seen = after(self._app.services, id_, title)
        except UserError as problem:
            self.app.call_later(self._unreadable, id_, problem)
            return
        self.app.call_later(self._show_one, seen)

    def _unreadable(self, id_: str, problem: UserError) -> None:
        if self._app.shows(self) and self._entry and self._entry.id == id_:
            self._seen = None
            self._fill()
            self.query_one("#about", Static).update(str(problem))

    def _show_one(self, seen: InterviewFollowup) -> None:
        if self._app.shows(self) and self._entry and self._entry.id == seen.record.id:
            self._seen = seen
            self._fill()
            if self._straight_in:
                self._straight_in = False
                self._things.focus()

    def _fill(self) -> None:
        """The right side, for what is marked."""
        seen, entry, listing = self._seen, self._entry, self._things
        option = listing.highlighted_option
        before = str(option.id) if option else ""
        listing.clear_options()
        listing.display = seen is not None
        if seen is None or entry is None:
            self.query_one("#about", Static).update("")
            if listing.has_focus:
                self._list.focus()
            self.refresh_bindings()
            return
        today = self._app.today()
        retitle(listing, entry.title, facts(entry, seen, today))
        for heading, lines in sections(seen, today):
            self._section(heading, lines)
        ids = [option.id for option in listing.options]
        listing.highlighted = ids.index(before) if before in ids else 1
        self._about()
        self.refresh_bindings()

    def _section(self, heading: str, lines: Lines) -> None:
        air = "\n" if self._things.option_count and self.app.size.height >= TALL else ""
        self._things.add_option(Option(Content.assemble(air, (heading, "bold $text-muted")), disabled=True))
        self._things.add_options([Option(line, id=key) for key, line in lines])

    def _marked(self) -> tuple[str, str]:
        """What is marked at the right: "letter", "step", "reference", "people" or "nobody", and its id."""
        option = self._things.highlighted_option
        kind, _, id_ = str(option.id if option else "").partition(":")
        return kind, id_

    def _about(self) -> None:
        if self._seen is not None:
            kind, id_ = self._marked()
            title, words = about(self._seen, kind, id_)
            retitle(self.query_one("#about-scroll"), title)
            self.query_one("#about", Static).update(words)
            self.query_one("#about-scroll", VerticalScroll).scroll_home(animate=False)

    @on(OptionList.OptionHighlighted, "#interviews")
    def _other_interview(self) -> None:
        self._mark()

    @on(OptionList.OptionHighlighted, "#things")
    def _other_thing(self) -> None:
        self._about()
        self.refresh_bindings()

    def on_descendant_focus(self) -> None:
        self.refresh_bindings()

    @on(OptionList.OptionSelected, "#interviews")
    def _choose_interview(self, event: OptionList.OptionSelected) -> None:
        """Enter goes to what belongs to the interview."""
        if event.option_id == NEW:
            self.action_new()
        elif self._seen is not None:
            self._things.focus()

    @on(OptionList.OptionSelected, "#things")
    def _choose(self) -> None:
        """Enter opens a letter or a note, and ticks a step off."""
        kind, id_ = self._marked()
        if kind == "letter":
            self._open_letters(id_)
        elif kind == "step":
            self.action_tick()
        elif kind == "reference":
            self._open_references(id_)
        elif kind == "people":
            self._note_reference()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The one thing to do while there is no interview."""
        event.stop()
        self.action_new()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.is_mounted:
            return False
        if action == "remind":
            return self._seen is not None and self._seen.dates.reminds is not parameters[0]
        if action in ("decision", "calendar"):
            return self._seen is not None and self._seen.dates.shown
        if action == "write":
            return self._seen is not None and bool(self._seen.drafts.pages)
        if action == "references":
            return self._seen is not None and bool(self._seen.references)
        if action == "tick":
            return self._things.has_focus and self._marked()[0] == "step"
        if action == "delete":
            return self._list.has_focus and self._entry is not None and not self._entry.practice
        if action == "undo":
            return self.can_undo
        return True

    # Letters and references.

    def action_write(self) -> None:
        """The letters of this interview."""
        kind, id_ = self._marked()
        self._open_letters(id_ if kind == "letter" else "")

    def _open_letters(self, interviewer_id: str) -> None:
        from simulator.tui.screens.letters import LettersScreen  # late

        if self._seen is not None:
            self.app.push_screen(LettersScreen(self._seen.record.id, interviewer_id))

    def action_references(self) -> None:
        """The notes to the references."""
        self._open_references("")

    def _open_references(self, person_id: str) -> None:
        if self._seen is not None:
            self.app.push_screen(ReferenceNotesScreen(self._seen.record.id, person_id))

    def _note_reference(self) -> None:
        from simulator.tui.screens.people import new_reference_form  # late

        if self._seen is not None:
            form = new_reference_form(self._app.services.data.repositories, self._seen.record.job_id)
            self.app.push_screen(form, self._reference_kept)

    def _reference_kept(self, person: Person | None) -> None:
        if person is not None:
            self._did(lambda: self._app.services.data.repositories.people.save(person))

    # Dates.

    def _did(self, change: Callable[[], object]) -> bool:
        """Do something with what is kept, and show what is there now; whether it went well."""
        try:
            change()
        except UserError as problem:
            self._app.tell(problem)
            return False
        self._read()
        return True

    def action_tick(self) -> None:
        """Tick the marked step off, or open it again. With that home reminds of the others."""
        seen, (kind, name) = self._seen, self._marked()
        if seen is None or kind != "step":
            return
        step = next(each for each in seen.timeline.steps if each.kind == name)
        self._did(lambda: tick(self._app.services.data.repositories, seen.timeline, StepKind(name), not step.done))

    def action_remind(self, reminds: bool) -> None:
        """Have home tell what is due, or not; what is done stays done."""
        seen, repositories = self._seen, self._app.services.data.repositories
        if seen is not None and self._did(lambda: remind(repositories, seen.timeline, reminds)):
            shown = "What is due is shown at home, one line, for a few days."
            self.notify(shown if reminds else "Home does not remind you of this one any more.")

    def action_decision(self) -> None:
        """Note the day on which they decide; the dates follow."""
        seen = self._seen
        if seen is not None:
            title = "They decide on (as 4 December, or 'none')"
            decided = seen.timeline.decision_on
            held = date.fromisoformat(seen.timeline.interview_on)
            known = date_words(date.fromisoformat(decided), held) if decided else ""
            self.app.push_screen(AskText(title, known), self._decided)

    def _decided(self, answer: str | None) -> None:
        seen = self._seen
        if seen is not None and answer is not None:
            self._did(lambda: decide(self._app.services.data.repositories, seen.timeline, answer))

    def action_calendar(self) -> None:
        """Write the open steps to a calendar file."""
        seen = self._seen
        if seen is None:
            return
        try:
            folder = letters_folder(self._app.paths, seen.record.id)
            path = write_calendar(folder / "dates.ics", seen.timeline)
        except UserError as problem:
            self._app.tell(problem)
            return
        self.notify(f"Saved as {path}. A calendar program can import it.", timeout=12, markup=False)

    # Real interviews.

    def action_new(self) -> None:
        """Note a real interview."""
        from simulator.tui.screens.debrief import DebriefScreen  # late

        self.app.push_screen(DebriefScreen(), self._debrief_kept)

    def _debrief_kept(self, id_: str | None) -> None:
        if id_ is not None:
            from simulator.tui.screens.letters import LettersScreen  # late

            self._wanted, self._straight_in = id_, True
            self.app.push_screen(LettersScreen(id_))

    def action_delete(self) -> None:
        """Take the notes on a real interview away, with its letters and dates; u takes that back."""
        entry = self._entry
        if entry is None or entry.practice:
            return
        try:
            again = forget_debrief(self._app.services.data.repositories, entry.id)
        except UserError as problem:
            self._app.tell(problem)
            return

        def back() -> None:
            again()
            self._wanted = entry.id

        self.tell_deleted(f"The notes on {entry.title} are gone; bank and job stay as they are.", back)
        self._read()

    def action_back(self) -> None:
        """Back to where one came from."""
        self.dismiss()

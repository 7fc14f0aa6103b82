"""A note for each reference: to be read, copied, saved, and ticked off when they know."""

from dataclasses import dataclass, replace
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from simulator.errors import UserError
from simulator.followup.references import ReferenceNote, said_about
from simulator.followup.service import notes_of
from simulator.preparation.people import Person, done
from simulator.tui.base_app import AppScreen
from simulator.tui.screens.followup_reading import letters_folder, write_free
from simulator.tui.widgets.card import panel
from simulator.tui.widgets.footer import Keys
from simulator.tui.widgets.title_row import title_row

NOBODY = "No reference is noted yet. Press O to note somebody who saw your work, and what they saw you do."


@dataclass(frozen=True, slots=True)
class _NotesShown:
    notes: tuple[ReferenceNote, ...]
    people: tuple[Person, ...]


class ReferenceNotesScreen(AppScreen[None]):
    """The notes after one interview, beginning with the one to `person_id`."""

    HELP_TOPIC = "references"
    CSS_PATH = "references_notes.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "copy", "copy", id="notes.copy"),
        Binding("s", "save", "save", id="notes.save"),
        Binding("t", "told", "told", id="notes.told"),
        Binding("n,f6", "other(1)", "next", id="notes.next"),
        Binding("p,f7", "other(-1)", "previous", id="notes.previous"),
        Binding("o", "app.go('people')", "contacts", id="notes.people"),
        Binding("escape", "dismiss", "back", id="notes.back"),
    ]

    def __init__(self, id_: str, person_id: str = "") -> None:
        super().__init__()
        self._interview_id, self._wanted = id_, person_id
        self._seen = _NotesShown((), ())
        self._at = 0

    def compose(self) -> ComposeResult:
        yield title_row("References", Static("", id="state", classes="right muted", markup=False))
        with panel(VerticalScroll(), "The note"):
            yield Static("One moment", id="note", markup=False)
        yield panel(Static("", id="hints", markup=False), "Before you send it")
        yield Keys()

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()

    def on_screen_resume(self) -> None:
        """Here, or back from the people: what was noted meanwhile shows."""
        self._read()

    @work(thread=True, exclusive=True, group="read", exit_on_error=False)
    def _read(self) -> None:
        services = self._app.services
        try:
            record, repositories = services.interview_records.get(self._interview_id), services.data.repositories
            session = services.data.store.session(record.id) if record.practice else None
            notes, people = notes_of(repositories, record, session)
        except UserError as problem:
            self.app.call_later(self._unreadable, problem)
            return
        self.app.call_later(self._show, _NotesShown(notes, people))

    def _unreadable(self, problem: UserError) -> None:
        if self._app.shows(self):
            self.query_one("#note", Static).update(str(problem))

    def _show(self, seen: _NotesShown) -> None:
        if not self._app.shows(self):
            return
        before = self._wanted or (self._note.person_id if self._note else "")
        self._wanted, self._seen = "", seen
        ids = [note.person_id for note in seen.notes]
        self._at = ids.index(before) if before in ids else 0
        self._draw()

    @property
    def _note(self) -> ReferenceNote | None:
        return self._seen.notes[self._at] if self._at < len(self._seen.notes) else None

    @property
    def _person(self) -> Person | None:
        note = self._note
        return next((each for each in self._seen.people if note and each.id == note.person_id), None)

    def _draw(self) -> None:
        note, person = self._note, self._person
        self.refresh_bindings()
        if note is None or person is None:
            self.query_one("#note", Static).update(NOBODY)
            self.query_one("#hints", Static).update("")
            return
        number = f", {self._at + 1} of {len(self._seen.notes)}" if len(self._seen.notes) > 1 else ""
        self.query_one("#where", Static).update(f"Note to {note.to}{number}")
        state = "✓ knows that they may be called" if person.told else "not told yet"
        self.query_one("#state", Static).update(state)
        to = f"{note.to} <{note.email}>" if note.email else note.to
        head = Content.assemble(("To ", "$text-muted"), to, ("\nSubject ", "$text-muted"), note.subject, "\n\n")
        self.query_one("#note", Static).update(Content.assemble(head, note.text.strip()))
        self.query_one("#hints", Static).update("\n".join(f"· {hint}" for hint in self._hints(note, person)))
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def _hints(self, note: ReferenceNote, person: Person) -> list[str]:
        """What is missing, in words of this screen; those of the note name commands."""
        found = []
        if about := said_about(person):
            says = f"“{about}” is not in the note: it speaks of {person.name}."
            found.append(f"{says} Write it as to them under Contacts and references (O): “You saw ...”")
        if not note.points:
            found.append(
                f"Note under Contacts and references (O) what {person.name} saw you do,"
                " or name them as a story's witness."
            )
        if not person.told:
            found.append(f"Ask {person.name} before anybody calls; then press T.")
        return found

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "other":
            return len(self._seen.notes) > 1
        if action in ("copy", "save", "told"):
            return self._note is not None
        return True

    def action_other(self, step: int) -> None:
        """The note to the next reference, or the one before."""
        self._at = (self._at + step) % len(self._seen.notes)
        self._draw()

    def action_copy(self) -> None:
        """Copy the note."""
        if self._note is not None:
            self.app.copy_to_clipboard(self._note.text)
            self.notify("The note is copied.")

    def action_save(self) -> None:
        """Write the note to a file."""
        note = self._note
        if note is None:
            return
        try:
            folder = letters_folder(self._app.paths, self._interview_id)
            path = write_free(folder, f"reference-{note.person_id}.txt", note.text)
        except UserError as problem:
            self._app.tell(problem)
            return
        self.notify(f"Saved as {path}", timeout=12, markup=False)

    def action_told(self) -> None:
        """They know that they may be called; or, once more, they do not."""
        person = self._person
        if person is not None:
            changed = replace(person, told=False) if person.told else done(person)
            self._app.services.data.repositories.people.save(changed)
            self._read()

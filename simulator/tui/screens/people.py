"""People around the applications: contacts, alumni, interviewers, references; what to do next about each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from simulator.errors import UserError
from simulator.followup.repositories import Repositories
from simulator.preparation.job import Job
from simulator.preparation.people import Person, PersonKind, changed_person, done, new_person, next_step
from simulator.tui.routes import TITLES
from simulator.tui.screens.record_form import FieldOf, RecordForm, Values
from simulator.tui.undo import UndoScreen
from simulator.tui.widgets.card import panel, retitle
from simulator.tui.widgets.columns import Listed
from simulator.tui.widgets.empty_state import EmptyState
from simulator.tui.widgets.footer import Keys
from simulator.tui.widgets.title_row import title_row

NEW = "new-person"
LABELS = {
    "name": "Name",
    "role": "Role",
    "company": "Company",
    "email": "Mail",
    "phone": "Telephone",
    "knows": "What they saw you do",
    "note": "Note",
}
HEADINGS = {
    PersonKind.CONTACT: "Contacts",
    PersonKind.ALUMNUS: "From your school or old firm",
    PersonKind.INTERVIEWER: "Interviewers",
    PersonKind.REFERENCE: "References",
}
KIND_WORDS = {
    PersonKind.CONTACT: "somebody who works there",
    PersonKind.ALUMNUS: "somebody from your school or old firm",
    PersonKind.INTERVIEWER: "an interviewer",
    PersonKind.REFERENCE: "a reference: they may be called",
}
DONE_WORDS = {PersonKind.REFERENCE: "knows that they may be called", PersonKind.CONTACT: "written to"}


@dataclass(frozen=True, slots=True)
class _PeopleShown:
    people: tuple[Person, ...]
    jobs: tuple[Job, ...]
    panel: tuple[tuple[str, str], ...]


class PeopleScreen(UndoScreen[None]):
    """A short list by what somebody is, with the next step for each."""

    HELP_TOPIC = "people"
    CSS_PATH = "people.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "new person", id="people.new"),
        Binding("d", "done", "done", id="people.done"),
        Binding("delete", "delete", "delete", id="people.delete"),
        Binding("u", "undo", "undo", id="people.undo"),
        Binding("escape", "dismiss", "back", id="people.back"),
    ]

    def __init__(self, job_id: str = "") -> None:
        """`job_id` is the job from which one came: whoever is new is for that."""
        super().__init__()
        self._for_job = job_id
        self._seen = _PeopleShown((), (), ())
        self._wanted = ""

    def compose(self) -> ComposeResult:
        yield title_row(TITLES["people"])
        with Horizontal(id="columns"):
            yield panel(OptionList(id="people"), "People you noted")
            with panel(VerticalScroll(id="about-scroll", can_focus=False), ""):
                yield Static("", id="about", markup=False)
        yield EmptyState(
            "Who do you know there, who will interview you, who would vouch for you?",
            "For each you see what to do next. Nobody is written to by the app.",
            "Note somebody",
            ("✓ Bill Osei      recruiter, written to", "○ Ruth Adeyemi   reference, not told yet"),
            picture="cup",
            id="empty",
        )
        yield Keys()

    @property
    def _list(self) -> OptionList:
        return self.query_one("#people", OptionList)

    def on_mount(self) -> None:
        self._list.focus()

    def on_screen_resume(self) -> None:
        """Here, or back from another screen."""
        self._read()

    @work(thread=True, exclusive=True, group="read", exit_on_error=False)
    def _read(self) -> None:
        try:
            repositories = self._app.services.data.repositories
            personas = tuple((f"{each.name}, {each.role}", each.id) for each in self._app.services.interviewers.all())
            seen = _PeopleShown(tuple(repositories.people.all()), tuple(repositories.jobs.all()), personas)
        except UserError as problem:
            self.app.call_later(self._app.tell, problem)
            return
        self.app.call_later(self._show, seen)

    def _show(self, seen: _PeopleShown) -> None:
        if not self._app.shows(self):
            return
        before = self._wanted or (self._person.id if self._person else "")
        self._wanted, self._seen = "", seen
        listing = self._list
        listing.clear_options()
        for kind, heading in HEADINGS.items():
            people = [person for person in seen.people if person.kind is kind]
            if people:
                listing.add_option(Option(Content.styled(heading, "bold $text-muted"), disabled=True))
                listing.add_options([Option(self._line(person), id=person.id) for person in people])
        listing.add_option(Option(Content.styled("+ somebody new", "$text-muted"), id=NEW))
        ids = [option.id for option in listing.options]
        first = next((number for number, option in enumerate(listing.options) if not option.disabled), 0)
        listing.highlighted = ids.index(before) if before in ids else first
        self.query_one(EmptyState).stand_in(not seen.people, self.query_one("#columns"), listing)
        self._about()
        self.refresh_bindings()

    def _job_of(self, person: Person) -> Job | None:
        return next((job for job in self._seen.jobs if job.id == person.job_id), None)

    def _step(self, person: Person) -> str:
        job = self._job_of(person)
        return next_step(person, job.role, job.company) if job else next_step(person)

    def _line(self, person: Person) -> Listed:
        sign, style = ("○", "$warning") if self._step(person) else ("✓", "$success")
        role = (f"  {person.role}" if person.role else "", "$text-muted")
        return Listed(Content.styled(f"{sign} ", style), Content.assemble(person.name, role))

    @property
    def _person(self) -> Person | None:
        option = self._list.highlighted_option
        return next((person for person in self._seen.people if option and person.id == option.id), None)

    def _about(self) -> None:
        person, about = self._person, self.query_one("#about", Static)
        retitle(self.query_one("#about-scroll"), person.name if person else "", "Enter changes it" if person else "")
        if person is None:
            about.update("")
            return
        job, step = self._job_of(person), self._step(person)
        parts: list[str | tuple[str, str]] = [(KIND_WORDS[person.kind], "$text-muted")]
        if job:
            parts.append((f", for {job.title}", "$text-muted"))
        parts.append("\n")
        if step:
            parts.extend([("\nNext  ", "bold $primary"), f"{step} Press D when it is done.\n"])
        elif person.kind in DONE_WORDS:
            parts.append(f"\n✓ {DONE_WORDS[person.kind]}\n")
        parts.extend(
            f"\n{LABELS[name]}: {value}" for name in LABELS if name != "name" and (value := getattr(person, name))
        )
        about.update(Content.assemble(*parts))

    def on_option_list_option_highlighted(self) -> None:
        self._about()
        self.refresh_bindings()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter opens the entry."""
        self._open(None if event.option_id == NEW else self._person)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The one thing to do while nobody is noted."""
        event.stop()
        self.action_new()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.is_mounted:
            return False
        if action == "delete":
            return self._person is not None
        if action == "done":
            person = self._person
            return person is not None and done(person) != person
        if action == "undo":
            return self.can_undo
        return True

    def action_new(self) -> None:
        """Note somebody."""
        self._open(None)

    def _open(self, person: Person | None) -> None:
        seen, taken = self._seen, [each.id for each in self._seen.people]
        known = {} if person else self._expected()
        self.app.push_screen(person_form(person, taken, seen.jobs, seen.panel, known), self._kept)

    def _expected(self) -> dict[str, str]:
        """What is known of somebody new: the job one came from, or the only one, and who is named in its posting."""
        jobs = self._seen.jobs
        job = next((each for each in jobs if each.id == self._for_job), jobs[0] if len(jobs) == 1 else None)
        if job is None:
            return {}
        known = {"job_id": job.id}
        if job.contact and all(person.name != job.contact for person in self._seen.people):
            known |= {"name": job.contact, "company": job.company, "email": job.email}
        return known

    def _kept(self, person: Person | None) -> None:
        if person is not None:
            self._app.services.data.repositories.people.save(person)
            self._wanted = person.id
            self._read()

    def action_done(self) -> None:
        """The next step was taken."""
        if self._person is not None:
            self._kept(done(self._person))

    def action_delete(self) -> None:
        """Take somebody off the list; u takes that back."""
        person, repositories = self._person, self._app.services.data.repositories
        if person is not None:
            repositories.people.delete(person.id)
            self.tell_deleted(f"{person.name} is off the list.", lambda: repositories.people.save(person))
            self._read()


def person_form(
    person: Person | None,
    taken: Sequence[str],
    jobs: Sequence[Job],
    personas: Sequence[tuple[str, str]],
    known: Mapping[str, str],
) -> RecordForm[Person]:
    """The form of one person; of somebody new what is `known` already stands in it."""

    def value_of(name: str) -> str:
        return str(getattr(person, name)) if person else known.get(name, "")

    kinds = tuple((words, kind.value) for kind, words in KIND_WORDS.items())
    for_job = (("no job in particular", ""), *((job.title, job.id) for job in jobs))
    played = (("whoever is nearest by role", ""), *personas)
    fields = [
        FieldOf("name", LABELS["name"], value_of("name")),
        FieldOf("kind", "Who they are", value_of("kind"), options=kinds),
        FieldOf("job_id", "For the job", value_of("job_id"), options=for_job),
        *(FieldOf(name, LABELS[name], value_of(name)) for name in ("role", "company", "email", "phone")),
        FieldOf("knows", LABELS["knows"], value_of("knows"), "as you would say it to them: You ...", lines=True),
        FieldOf("note", LABELS["note"], value_of("note")),
    ]
    if value_of("kind") != PersonKind.REFERENCE:
        fields.append(
            FieldOf("interviewer_id", "As an interviewer, played by", value_of("interviewer_id"), options=played)
        )

    def keep(values: Values) -> Person:
        given = {**values, "knows": " ".join(values["knows"].split())}
        if person is not None:
            return changed_person(person, **given)
        return new_person(given.pop("name"), PersonKind(given.pop("kind")), taken, **given)

    new = "A new reference" if value_of("kind") == PersonKind.REFERENCE else "Somebody new"
    return RecordForm(person.name if person else new, fields, keep)


def new_reference_form(repositories: Repositories, job_id: str) -> RecordForm[Person]:
    """The form of somebody who would vouch for one, for a job or none in particular."""
    known = {"kind": PersonKind.REFERENCE.value, "job_id": job_id}
    return person_form(None, repositories.people.ids(), repositories.jobs.all(), (), known)

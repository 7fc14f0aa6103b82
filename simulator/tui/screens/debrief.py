"""Notes on a real interview: when and where it was, and for each person what they said and what they were told."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widgets import Input, TextArea

from simulator.clock import now
from simulator.errors import UserError
from simulator.followup.debrief import Debrief, new_debrief
from simulator.followup.debrief_form import debrief_from, field_name, kept_text, people_in, put_aside
from simulator.followup.saving_debriefs import SavedDebrief, keep_debrief
from simulator.preparation.job import Job
from simulator.sessions.times import date_words, kept_day_words
from simulator.texts import listed
from simulator.tui.screens.followup_reading import UNKEPT_ID, Unkept, unkept_notes
from simulator.tui.screens.record_form import FieldOf, RecordForm, Values
from simulator.tui.widgets.fields import Choice

PUT_AFTER = 0.8
"""Seconds without a key before what was written is put aside for the case of a quit."""
MOST_PEOPLE = 9
NO_JOB = "none of my jobs"
ABOUT = "Write what you remember; what you leave empty is left out. F9 saves it."
HEAD = (
    ("company", "Company", ""),
    ("position", "Role", "the job it was for"),
    ("on", "Day of the interview", "23 November, yesterday"),
    ("decision_on", "They decide by", "4 December; empty if not said"),
    ("reason", "Why you want it", "I want it because ..."),
)
OF_PERSON = (
    ("name", "Name", "empty: nobody in particular", False),
    ("role", "Role", "", False),
    ("email", "Mail", "where the letter goes", False),
    ("asked", "They asked", "each question on a line of its own", True),
    ("priorities", "What matters to them", "what they said they look for", True),
    ("problems", "What is hard for them", "a problem they mentioned", True),
    ("facts", "What else you learned", "", True),
    ("told", "What you told them", "the story as you told it: I ...", True),
)


class DebriefScreen(RecordForm[str]):
    """Dismissed with the id of the notes as kept, or None."""

    HELP_TOPIC = "debrief"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9", "keep", "save", id="debrief.keep"),
        Binding("f4", "another", "one more person", id="debrief.another"),
        Binding("escape", "leave", "leave", id="debrief.leave"),
    ]

    def __init__(self) -> None:
        fields = [FieldOf(name, label, hint=hint) for name, label, hint in HEAD]
        today = date.today()
        fields[2] = replace(fields[2], value=date_words(today, today))
        super().__init__("A real interview", [*fields, *_person(1)], self._made_of, self._understood, ABOUT)
        self._jobs: tuple[Job, ...] = ()
        self._busy = self._over = False
        self._putting: Timer | None = None
        self._written_so_far: dict[str, str] = {}

    def on_mount(self) -> None:
        self.call_next(self._begin)

    async def _begin(self) -> None:
        """The jobs to choose from, and the notes as they were when the app was quit in the middle of them."""
        try:
            self._jobs = tuple(self._app.services.data.repositories.jobs.all())
            begun = unkept_notes(self._app.services.data.store).find(UNKEPT_ID)
        except UserError as problem:
            self._app.tell(problem)
            return
        if self._jobs:
            options = ((NO_JOB, ""), *((job.title, job.id) for job in self._jobs))
            await self.add_fields([FieldOf("job_id", "For the job", options=options)], before=self._fields[0].name)
        if begun:
            await self._fill(put_aside(begun.text))
            self.notify("These are the notes you had begun.")

    async def _fill(self, filled: Mapping[str, str]) -> None:
        """Write into the fields what is told for them, with fields for more people where there are more."""
        for number in range(self._people + 1, people_in(filled) + 1):
            await self.add_fields(_person(number))
        for name, value in filled.items():
            for field in self.query(f"#{name}"):
                if isinstance(field, TextArea):
                    field.text = value
                elif isinstance(field, Input):
                    field.value = value
                elif isinstance(field, Choice) and value in (job.id for job in self._jobs):
                    with self.prevent(Choice.Changed):
                        field.value = value

    @property
    def _people(self) -> int:
        return sum(field.name.startswith("name-") for field in self._fields)

    async def action_another(self) -> None:
        """Fields for one more person, with the cursor in them."""
        if self._people < MOST_PEOPLE:
            await self.add_fields(_person(self._people + 1))
        self.query_one(f"#{field_name('name', self._people)}").focus()

    @on(Choice.Changed, "#job_id")
    async def _for(self, event: Choice.Changed) -> None:
        """Company, role and who interviews for a job stand there where nothing was written yet."""
        job = next((each for each in self._jobs if each.id == event.value), None)
        if job is None:
            return
        known = {"company": job.company, "position": job.role}
        people = self._app.services.data.repositories.interviewers_for(job.id)[:MOST_PEOPLE]
        for number, person in enumerate(people, 1):
            values = {"name": person.name, "role": person.role, "email": person.email}
            known |= {field_name(field, number): value for field, value in values.items()}
        written = self.values()
        await self._fill({name: value for name, value in known.items() if value and not written.get(name)})

    # What is written is not lost, should the app be quit before it is kept.

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _put_soon(self) -> None:
        self._written_so_far = self.values()
        if self._putting is not None:
            self._putting.stop()
        self._putting = self.set_timer(PUT_AFTER, self._put)

    def _put(self) -> None:
        if self._over or not self._written_so_far or not self.is_changed(self._written_so_far):
            return
        try:
            unkept_notes(self._app.services.data.store).save(Unkept(UNKEPT_ID, kept_text(self._written_so_far)))
        except UserError as problem:
            self._app.tell(problem)

    def on_unmount(self) -> None:
        """The app was quit in the middle of the notes."""
        self._put()

    def _forget_begun(self) -> None:
        """Kept, or left on purpose: nothing is to be found again. Raises UserError."""
        self._over = True
        begun = unkept_notes(self._app.services.data.store)
        if begun.find(UNKEPT_ID):
            begun.delete(UNKEPT_ID)

    # What is understood, keeping and leaving.

    def _understood(self, values: Values) -> str:
        try:
            return understood(new_debrief(debrief_from(values), ()))
        except UserError as problem:
            return f"○ {problem}" if self.is_changed(values) else ABOUT

    def _made_of(self, values: Values) -> str:
        raise NotImplementedError  # kept in a thread, below

    def action_keep(self) -> None:
        """Keep the notes, and feed what they tell into the next practice."""
        if not self._busy:
            self._busy = True
            self._save(self.values())

    @work(thread=True, exclusive=True, group="keep", exit_on_error=False)
    def _save(self, values: Values) -> None:
        services = self._app.services
        try:
            debrief = replace(debrief_from(values), added_at=now())
            repositories, banks = services.data.repositories, services.library.banks()
            fed = keep_debrief(debrief, repositories, banks, services.paths.banks, values.get("job_id", ""))
            self._forget_begun()
        except UserError as problem:
            self.app.call_later(self._not_kept, problem)
            return
        self.app.call_later(self._kept, fed)

    def _not_kept(self, problem: UserError) -> None:
        self._busy = False
        self.refuse(problem)

    def _kept(self, fed: SavedDebrief) -> None:
        self.notify(saved_debrief_words(fed), markup=False)
        if self._app.shows(self):
            self.dismiss(fed.debrief.id)

    def left(self) -> None:
        """Left on purpose."""
        try:
            self._forget_begun()
        except UserError as problem:
            self._app.tell(problem)


def _person(number: int) -> Sequence[FieldOf]:
    heading = "Who interviewed you" if number == 1 else f"Person {number}"
    fields = [FieldOf(field_name(name, number), label, "", hint, lines) for name, label, hint, lines in OF_PERSON]
    return [replace(fields[0], heading=heading), *fields[1:]]


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
    when = kept_day_words(debrief.on, date.today())
    return f"✓ {debrief.title}, {when}{with_whom}{f': {counts}' if counts else ''}.\nF9 saves it."


def saved_debrief_words(fed: SavedDebrief) -> str:
    """What became of the notes."""
    parts = [f"Kept: {fed.debrief.title}."]
    if count := len(fed.questions):
        words = "One question is" if count == 1 else f"{count} questions are"
        parts.append(f"{words} new in the bank '{fed.debrief.bank_id}'.")
    if fed.job:
        parts.append(f"What you learned is noted for {fed.job.title}.")
    return " ".join(parts)

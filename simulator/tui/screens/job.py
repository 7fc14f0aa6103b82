"""Before the interview: the jobs, what each asks for, and which of one's own stories answer it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from simulator.errors import UserError
from simulator.preparation.coverage import Coverage, Row, coverage_of
from simulator.preparation.job import (
    Job,
    Requirement,
    RequirementKind,
    with_link,
    with_restored,
    without_requirement,
)
from simulator.preparation.stories import Story
from simulator.tui.screens.add_job import AddJobScreen
from simulator.tui.screens.job_forms import facts_form, requirement_form
from simulator.tui.screens.job_words import about_requirement, covered_words, next_words, requirement_lines
from simulator.tui.screens.people import PeopleScreen
from simulator.tui.undo import UndoScreen
from simulator.tui.widgets.card import panel, retitle
from simulator.tui.widgets.empty_state import EmptyState
from simulator.tui.widgets.footer import Keys
from simulator.tui.widgets.picking import PickSome
from simulator.tui.widgets.title_row import title_row

NEW = "new-job"
ABOUT_NEW = (
    "Enter opens a sheet for the posting. Paste it, and it is taken apart into what the job asks for; your stories "
    "are held against that, and an interview is made of it."
)
NO_REQUIREMENTS = "Nothing that this job asks for is noted yet. Press A to add what you know."
GROUPS: Sequence[tuple[str, Callable[[Requirement], bool]]] = (
    ("What you would do", lambda each: each.must and each.kind is RequirementKind.DUTY),
    ("What is needed", lambda each: each.must and each.kind is not RequirementKind.DUTY),
    ("Nice to have", lambda each: not each.must),
)


@dataclass(frozen=True, slots=True)
class _JobsShown:
    jobs: tuple[Job, ...]
    stories: tuple[Story, ...]
    coverage: Mapping[str, Coverage]


class JobScreen(UndoScreen[None]):
    """Jobs at the left; what the marked one asks for at the right, with the stories that answer it."""

    HELP_TOPIC = "job"
    CSS_PATH = "job.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "new job", id="job.new"),
        Binding("p", "practise", "practise it", id="job.practise"),
        Binding("l", "link", "link stories", id="job.link"),
        Binding("a", "add", "add", id="job.add"),
        Binding("f", "facts", "facts", id="job.facts"),
        Binding("u", "undo", "undo", id="job.undo"),
        Binding("s", "app.go('stories')", "stories", show=False, id="job.stories"),
        Binding("o", "people", "contacts", show=False, id="job.people"),
        Binding("delete", "delete", "delete", show=False, id="job.delete"),
        Binding("escape", "back", "back", id="job.back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._seen = _JobsShown((), (), {})
        self._wanted_job = self._wanted_requirement = ""

    def compose(self) -> ComposeResult:
        yield title_row("Before the interview")
        with Horizontal(id="columns"):
            yield panel(OptionList(id="jobs"), "Jobs")
            with Vertical(id="right"):
                yield panel(OptionList(id="requirements"), "What it asks for")
                with panel(VerticalScroll(id="about-scroll", can_focus=False), ""):
                    yield Static("", id="about", markup=False)
                with panel(VerticalScroll(id="next-scroll", can_focus=False), "Prepare next"):
                    yield Static("", id="next", markup=False)
        yield EmptyState(
            "Start from the real job",
            "Its posting is taken apart into what it asks for, held against your own stories, and made into an "
            "interview.",
            "Paste a posting",
            ("✓ Dress wounds      Night wound", "○ Driving licence   no story yet"),
            picture="letter",
            id="empty",
        )
        yield Keys()

    @property
    def _jobs(self) -> OptionList:
        return self.query_one("#jobs", OptionList)

    @property
    def _list(self) -> OptionList:
        return self.query_one("#requirements", OptionList)

    def on_mount(self) -> None:
        self._jobs.focus()

    def on_resize(self) -> None:
        """Another width has other lines."""
        if self._seen.jobs:
            self.call_after_refresh(self._fill)

    def on_screen_resume(self) -> None:
        """Here, or back from another screen: what was changed meanwhile shows."""
        self._read()

    # Reading and showing.

    @work(thread=True, exclusive=True, group="read", exit_on_error=False)
    def _read(self) -> None:
        try:
            repositories = self._app.services.data.repositories
            jobs, stories = tuple(repositories.jobs.all()), tuple(repositories.stories.all())
            seen = _JobsShown(jobs, stories, {job.id: coverage_of(job, stories) for job in jobs})
        except UserError as problem:
            self.app.call_later(self._app.tell, problem)
            return
        if not get_current_worker().is_cancelled:  # else something was changed meanwhile, and is being read
            self.app.call_later(self._show, seen)

    def _show(self, seen: _JobsShown) -> None:
        if not self._app.shows(self):
            return
        before = self._wanted_job or self._job_id()
        self._wanted_job, self._seen = "", seen
        jobs = self._jobs
        jobs.clear_options()
        jobs.add_options([Option(Content(job.title), id=f"job:{job.id}") for job in seen.jobs])
        jobs.add_option(Option(Content.styled("+ a new job", "$text-muted"), id=NEW))
        ids = [job.id for job in seen.jobs]
        jobs.highlighted = ids.index(before) if before in ids else 0
        self.query_one(EmptyState).stand_in(not seen.jobs, self.query_one("#columns"), jobs)
        self._fill()

    def _job_id(self) -> str:
        # Keys are asked for before the list is there.
        option = next((each.highlighted_option for each in self.query("#jobs").results(OptionList)), None)
        return str(option.id).removeprefix("job:") if option and option.id != NEW else ""

    @property
    def _job(self) -> Job | None:
        wanted = self._job_id()
        return next((job for job in self._seen.jobs if job.id == wanted), None)

    def _row(self) -> Row | None:
        job, option = self._job, self._list.highlighted_option
        if job is None or option is None:
            return None
        return next((row for row in self._seen.coverage[job.id].rows if row.requirement.id == option.id), None)

    def _fill(self) -> None:
        """The right side for the marked job."""
        job, listing = self._job, self._list
        row = self._row()
        before = self._wanted_requirement or (row.requirement.id if row else "")
        self._wanted_requirement = ""
        listing.clear_options()
        listing.display = job is not None
        where = "Before the interview"
        self.query_one("#where", Static).update(f"{where}   {job.title}" if job else where)
        self._about()
        if job is None:
            self.refresh_bindings()
            return
        coverage = self._seen.coverage[job.id]
        retitle(listing, "What it asks for", covered_words(job, coverage))
        room = (listing.content_size.width or self.app.size.width * 2 // 3) - 2
        lines = dict(
            zip((each.requirement.id for each in coverage.rows), requirement_lines(coverage.rows, room), strict=True)
        )
        for title, belongs in GROUPS:
            asked = [each.requirement.id for each in coverage.rows if belongs(each.requirement)]
            if asked:
                if listing.option_count and not self.has_class("-short"):
                    listing.add_option(Option("", disabled=True))
                listing.add_option(Option(Content.styled(title, "bold $text-muted"), disabled=True))
                listing.add_options([Option(lines[each], id=each) for each in asked])
        ids = [option.id for option in listing.options]
        listing.highlighted = ids.index(before) if before in ids else (1 if len(ids) > 1 else None)
        if not listing.has_focus:
            # A first requirement of many lines would be shown by its end.
            self.call_after_refresh(listing.scroll_home, animate=False)
        self._about()
        self.refresh_bindings()

    def _about(self) -> None:
        """Below: the marked requirement with its stories, and what to prepare next; or what a new job would be."""
        job, row = self._job, self._row()
        about, steps = self.query_one("#about-scroll", VerticalScroll), self.query_one("#next-scroll", VerticalScroll)
        marked = row if row is not None and self._list.has_focus else None
        # Where there is little room only one of the two is there.
        steps.display = job is not None and not (marked and self.has_class("-short"))
        about.display = job is None or marked is not None
        if job is None:
            retitle(about, "A new job")
            self.query_one("#about", Static).update(ABOUT_NEW)
        elif marked is not None:
            retitle(about, marked.requirement.text)
            self.query_one("#about", Static).update(about_requirement(marked))
        if job is not None:
            words = next_words(self._seen.coverage[job.id]) if job.requirements else Content(NO_REQUIREMENTS)
            self.query_one("#next", Static).update(words)
        about.scroll_home(animate=False)
        steps.scroll_home(animate=False)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_list.id == "jobs":
            self._fill()
        else:
            self._about()

    def on_descendant_focus(self) -> None:
        self._about()
        self.refresh_bindings()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter on a job goes to what it asks for; on a requirement, corrects it."""
        if event.option_id == NEW:
            self.action_new()
        elif event.option_list.id == "jobs":
            if self._list.option_count:
                self._list.focus()
            else:
                self.action_facts()
        else:
            self._edit_requirement()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The one thing to do while there is no job."""
        event.stop()
        self.action_new()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.is_mounted:
            return False
        job = self._job
        if action in ("practise", "add", "facts", "delete"):
            return job is not None
        if action == "link":
            return job is not None and self._list.has_focus and bool(self._seen.stories)
        if action == "undo":
            return self.can_undo
        return True

    # Changing.

    def _keep(self, job: Job, requirement_id: str = "") -> None:
        self._app.services.data.repositories.jobs.save(job)
        self._wanted_job, self._wanted_requirement = job.id, requirement_id
        self._read()

    def _tell(self, words: str) -> None:
        """A notice in place of the one before: of several changes in a row only the last is told."""
        self.app.clear_notifications()
        self.notify(words, markup=False)

    def action_new(self) -> None:
        """Add a job by its posting."""
        self.app.push_screen(AddJobScreen(), self._added)

    def _added(self, job_id: str | None) -> None:
        if job_id is not None:
            self._wanted_job = job_id
            self._read()
            job = self._app.services.data.repositories.jobs.get(job_id)
            count = len(job.requirements)
            self._tell(f"{count} requirements were found. Correct what is not right." if count else NO_REQUIREMENTS)

    def action_people(self) -> None:
        """The people around applications; whoever is new there is for the marked job."""
        self.app.push_screen(PeopleScreen(self._job_id()))

    def action_facts(self) -> None:
        """Correct role, company, place, contact, and what matters to the people there."""
        job = self._job
        if job is None:
            return
        self.app.push_screen(facts_form(job), self._edited)

    def _edited(self, job: Job | None) -> None:
        if job is not None:
            self._keep(job)

    def action_add(self) -> None:
        """Add something the job asks for."""
        if self._job is not None:
            self._requirement_form("One more requirement", None)

    def _edit_requirement(self) -> None:
        row = self._row()
        if row is not None:
            self._requirement_form("A requirement", row.requirement)

    def _requirement_form(self, title: str, requirement: Requirement | None) -> None:
        job = self._job
        assert job is not None

        def kept(changed: Job | None) -> None:
            if changed is not None:
                self._keep(changed, requirement.id if requirement else changed.requirements[-1].id)

        self.app.push_screen(requirement_form(title, job, requirement), kept)

    def action_link(self) -> None:
        """Say which stories answer the marked requirement."""
        job, row = self._job, self._row()
        if job is None or row is None:
            return
        before = tuple(story.story_id for story in row.stories)
        options = [(story.title, story.id) for story in self._seen.stories]

        def picked(chosen: tuple[str, ...] | None) -> None:
            if chosen is None:
                return
            changed = job
            for story_id in (*chosen, *before):
                if (story_id in chosen) != (story_id in before):
                    changed = with_link(changed, row.requirement.id, story_id, story_id in chosen)
            self._keep(changed, row.requirement.id)

        self.app.push_screen(PickSome(f"Which stories show: {row.requirement.text}", options, before, None), picked)

    def action_delete(self) -> None:
        """Delete the marked requirement, or the marked job when the list of jobs has the focus."""
        job, row, repositories = self._job, self._row(), self._app.services.data.repositories
        if job is None:
            return
        if self._list.has_focus and row is not None:
            self._delete_requirement(job.id, row.requirement.id)
            return
        repositories.delete_job(job.id)
        self._read()
        self.tell_deleted("The job is gone; sessions and stories stay.", lambda: repositories.jobs.save(job))

    def _delete_requirement(self, job_id: str, requirement_id: str) -> None:
        """Delete at once, in what is kept and in the list; the line below is marked, else the one above."""
        repositories, listing = self._app.services.data.repositories, self._list
        # Not the job as shown: the key may be pressed faster than that is read.
        job = repositories.jobs.get(job_id)
        ids = [str(option.id) for option in listing.options if option.id is not None]
        at = ids.index(requirement_id)
        beside = next(iter([*ids[at + 1 :], *reversed(ids[:at])]), "")
        self._keep(without_requirement(job, requirement_id), beside)
        listing.remove_option(requirement_id)
        if beside:
            listing.highlighted = listing.get_option_index(beside)

        def restore() -> None:
            repositories.jobs.save(with_restored(repositories.jobs.get(job_id), job, requirement_id))
            self._wanted_job, self._wanted_requirement = job_id, requirement_id

        self.tell_deleted("The requirement is gone.", restore)

    def action_practise(self) -> None:
        """An interview made for this job: its gaps first."""
        from simulator.tui.screens.setup import SetupScreen  # late

        job = self._job
        if job is not None:
            self.app.push_screen(SetupScreen(job_id=job.id))

    def action_back(self) -> None:
        """From the requirements to the jobs, from there home."""
        if self._list.has_focus:
            self._jobs.focus()
        else:
            self.dismiss()

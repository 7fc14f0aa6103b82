"""The candidate's own stories: written here or taken over from a good answer, checked by the rubric of answers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from simulator.clock import now
from simulator.errors import UserError
from simulator.followup.evidence_check import StoryCheck, check_story, check_words
from simulator.preparation.coverage import coverage_of
from simulator.preparation.stories import Story, changed, new_story
from simulator.tui.screens.record_form import FieldOf, RecordForm, Values
from simulator.tui.undo import UndoScreen
from simulator.tui.widgets.card import panel, retitle
from simulator.tui.widgets.columns import Listed
from simulator.tui.widgets.empty_state import EmptyState
from simulator.tui.widgets.footer import Keys
from simulator.tui.widgets.title_row import title_row

NEW = "new-story"
FIELDS = (
    ("title", "Title", "a few words that you will recognise", False),
    ("situation", "What happened", "one day, one place, who was there", True),
    ("task", "What was asked of you", "optional", True),
    ("action", "What you did yourself", "I ...", True),
    ("result", "What came of it", "what changed, for whom, how you know", True),
    ("numbers", "A number in it", "how many, how long, how much", False),
    ("skills", "Skills it shows", "one, two: they find it for a job", False),
    ("use", "Use in the job", "how it would help there", False),
    ("witness", "Who saw it", "somebody who could vouch for it", False),
)


@dataclass(frozen=True, slots=True)
class _StoriesShown:
    stories: tuple[Story, ...]
    checks: Mapping[str, StoryCheck]
    used: Mapping[str, tuple[str, ...]]


class StoriesScreen(UndoScreen[None]):
    """All stories at the left with their level; the marked one at the right, with what it lacks."""

    HELP_TOPIC = "stories"
    CSS_PATH = "stories.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "new story", id="stories.new"),
        Binding("delete", "delete", "delete", id="stories.delete"),
        Binding("u", "undo", "undo", id="stories.undo"),
        Binding("j", "app.go('job')", "jobs", id="stories.job"),
        Binding("escape", "dismiss", "back", id="stories.back"),
    ]

    def __init__(self, wanted: str = "") -> None:
        super().__init__()
        self._seen = _StoriesShown((), {}, {})
        self._wanted = wanted

    def compose(self) -> ComposeResult:
        yield title_row("Your stories")
        with Horizontal(id="columns"):
            yield panel(OptionList(id="stories"), "Your stories")
            with panel(VerticalScroll(id="about-scroll", can_focus=False), ""):
                yield Static("", id="about", markup=False)
        yield EmptyState(
            "What have you done that you could tell in an interview?",
            "One thing that happened: where it was, what you did yourself, what came of it. T on a good "
            "answer in 'Review past sessions' makes a story of it, too.",
            "Write a story",
            ("✓ 3 Night wound", "○ 2 The visitor who shouted   no outcome yet"),
            picture="books",
            id="empty",
        )
        yield Keys()

    @property
    def _list(self) -> OptionList:
        return self.query_one("#stories", OptionList)

    def on_mount(self) -> None:
        self._list.focus()

    def on_screen_resume(self) -> None:
        """Here, or back from another screen."""
        self._read()

    @work(thread=True, exclusive=True, group="read", exit_on_error=False)
    def _read(self) -> None:
        try:
            repositories = self._app.services.data.repositories
            stories = tuple(repositories.stories.all())
            used: dict[str, list[str]] = {}
            for job in repositories.jobs.all():
                for row in coverage_of(job, stories).rows:
                    for match in row.stories:
                        used.setdefault(match.story_id, []).append(f"{row.requirement.text} ({job.title})")
        except UserError as problem:
            self.app.call_later(self._app.tell, problem)
            return
        checks = {story.id: check_story(story) for story in stories}
        self.app.call_later(
            self._show, _StoriesShown(stories, checks, {key: tuple(texts) for key, texts in used.items()})
        )

    def _show(self, seen: _StoriesShown) -> None:
        if not self._app.shows(self):
            return
        before = self._wanted or self._story_id()
        self._wanted, self._seen = "", seen
        listing = self._list
        listing.clear_options()
        listing.add_options([Option(_line(each, seen.checks[each.id]), id=each.id) for each in seen.stories])
        listing.add_option(Option(Content.styled("+ a new story", "$text-muted"), id=NEW))
        ids = [story.id for story in seen.stories]
        listing.highlighted = ids.index(before) if before in ids else 0
        self.query_one(EmptyState).stand_in(not seen.stories, self.query_one("#columns"), listing)
        self._about()
        self.refresh_bindings()

    def _story_id(self) -> str:
        option = self._list.highlighted_option
        return str(option.id) if option and option.id != NEW else ""

    @property
    def _story(self) -> Story | None:
        wanted = self._story_id()
        return next((story for story in self._seen.stories if story.id == wanted), None)

    def _about(self) -> None:
        story = self._story
        about = self.query_one("#about", Static)
        if story is None:
            about.update("")
        else:
            about.update(_about_story(story, self._seen.checks[story.id], self._seen.used.get(story.id, ())))
        retitle(self.query_one("#about-scroll"), story.title if story else "", "Enter changes it" if story else "")
        self.query_one("#about-scroll", VerticalScroll).scroll_home(animate=False)

    def on_option_list_option_highlighted(self) -> None:
        self._about()
        self.refresh_bindings()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter opens the story."""
        self._open(None if event.option_id == NEW else self._story)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The one thing to do while there is no story."""
        event.stop()
        self.action_new()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.is_mounted:
            return False
        if action == "delete":
            return self._story is not None
        if action == "undo":
            return self.can_undo
        return True

    def action_new(self) -> None:
        """Write a new story."""
        self._open(None)

    def _open(self, story: Story | None) -> None:
        taken = [each.id for each in self._seen.stories]
        self.app.push_screen(story_form(story, taken), self._kept)

    def _kept(self, story: Story | None) -> None:
        if story is not None:
            self._app.services.data.repositories.stories.save(story)
            self._wanted = story.id
            self._read()

    def action_delete(self) -> None:
        """Delete the marked story; u takes that back, links to requirements and all."""
        story, repositories = self._story, self._app.services.data.repositories
        if story is None:
            return
        linked = [job for job in repositories.jobs.all() if any(link.story_id == story.id for link in job.links)]
        repositories.delete_story(story.id)

        def take_back() -> None:
            repositories.stories.save(story)
            for job in linked:
                repositories.jobs.save(job)

        self.tell_deleted(f"'{story.title}' is gone.", take_back)
        self._read()


def story_form(story: Story | None, taken: list[str], title: str = "") -> RecordForm[Story]:
    """The form of a story, checked as one types by the rubric that answers are scored with."""
    values = {name: getattr(story, name) for name, *_ in FIELDS} if story else {}
    if story:
        values["skills"] = ", ".join(story.skills)
    fields = [FieldOf(name, label, values.get(name, ""), hint, lines) for name, label, hint, lines in FIELDS]
    known = story is not None and story.id in taken

    def made(given: Values) -> Story:
        parts: dict[str, object] = dict(given)
        parts["skills"] = tuple(given["skills"].split(","))
        if story is not None and known:
            return changed(story, parts)
        fresh = new_story(str(parts.pop("title")), taken, **parts)
        return replace(fresh, source=story.source if story else "", added_at=now())

    def look(given: Values) -> str:
        try:
            return check_words(check_story(made(given)))
        except UserError as problem:
            return str(problem)

    named = title or (f"A story: {story.title}" if story and known else "A new story")
    return RecordForm(named, fields, made, look)


def _sign(check: StoryCheck) -> tuple[str, str]:
    return ("✓", "$success") if check.good else ("○", "$warning")


def _line(story: Story, check: StoryCheck) -> Listed:
    level = "-" if check.level is None else str(check.level)
    lacks = f"  no {check.missing[0].removeprefix('what ')}" if check.missing and not check.good else ""
    if "what came of it" in check.missing:
        lacks = "  no outcome yet"
    sign, style = _sign(check)
    before = Content.assemble((f"{sign} ", style), (f"{level} ", "bold"))
    return Listed(before, Content.assemble(story.title, (lacks, "$text-muted")))


def _about_story(story: Story, check: StoryCheck, used: tuple[str, ...]) -> Content:
    sign, style = _sign(check)
    parts: list[str | tuple[str, str]] = [
        (f"{sign} ", style),
        f"{check_words(check)}\n",
    ]
    for name, label, _, _ in FIELDS[1:]:
        value = ", ".join(story.skills) if name == "skills" else getattr(story, name)
        if value:
            parts.extend([(f"\n{label}\n", "bold $text-muted"), f"{value}\n"])
    if used:
        parts.append(("\nAnswers\n", "bold $text-muted"))
        parts.extend(f"· {each}\n" for each in used[:6])
    return Content.assemble(*parts).rstrip()

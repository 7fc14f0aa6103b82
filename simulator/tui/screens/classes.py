"""A coach's classes: the list of them, and how to begin one."""

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from simulator.classroom.classes import Roster
from simulator.errors import UserError
from simulator.tui.base_app import AppScreen
from simulator.tui.garbage_collection import settle_garbage_collector
from simulator.tui.widgets.card import panel
from simulator.tui.widgets.empty_state import EmptyState
from simulator.tui.widgets.footer import Keys
from simulator.tui.widgets.lists import OpeningList
from simulator.tui.widgets.picking import AskText
from simulator.tui.widgets.title_row import title_row


class ClassesScreen(AppScreen[None]):
    """All classes; Enter opens one."""

    HELP_TOPIC = "classes"
    CSS_PATH = "classes.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "new class", id="classes.new"),
        Binding("escape", "app.pop_screen", "back", id="classes.back"),
    ]

    def compose(self) -> ComposeResult:
        yield title_row("Your classes")
        yield panel(OpeningList(id="classes"), "Classes")
        yield EmptyState(
            "For coaches and teachers",
            "Take in what students practised, see the class at a glance, comment on answers and hand your comments "
            "back. Their work stays on this computer, apart from your own practice.",
            "Begin a class",
            ("Amara Okoye   ▰▰▰▱ 3.0  up 1.0   3 answers", "Bruno Silva   ▰▰▱▱ 2.1           2 answers"),
            picture="apple",
            id="no-classes",
        )
        yield Keys()

    def on_mount(self) -> None:
        self._read()

    def on_screen_resume(self) -> None:
        """Back from a class: it may have grown."""
        if self._app.shows(self):
            self._read()

    @work(thread=True, exclusive=True, group="read", exit_on_error=False)
    def _read(self) -> None:
        try:
            rosters, notice = self._app.services.data.classes.every()
        except UserError as problem:
            self.app.call_later(self._app.tell, problem)
            return
        self.app.call_later(self._show, rosters, notice)

    def _show(self, rosters: list[Roster], notice: str) -> None:
        if not self._app.shows(self):
            return
        if notice:
            self._app.tell(notice)
        options = self.query_one("#classes", OptionList)
        marked = options.highlighted or 0
        options.clear_options()
        for roster in rosters:
            count = len(roster.students)
            students = "1 student" if count == 1 else f"{count} students"
            options.add_option(Option(Content.assemble((roster.name, "bold"), f"   {students}"), id=roster.id))
        self.query_one(EmptyState).stand_in(not rosters, options, focus=options)
        if rosters:
            options.highlighted = min(marked, len(rosters) - 1)
            options.focus()
        settle_garbage_collector("classes")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open a class."""
        if event.option_id and self.app.screen is self:
            self._open(event.option_id)

    def _open(self, class_id: str) -> None:
        from simulator.tui.screens.class_table import ClassScreen  # late

        self.app.push_screen(ClassScreen(class_id))

    def on_button_pressed(self) -> None:
        """The one button there is, while there is no class."""
        self.action_new()

    def action_new(self) -> None:
        """Begin a class."""
        self.app.push_screen(AskText("How is the class called?", longest=80), self._begin)

    def _begin(self, name: str | None) -> None:
        if name is None:
            return
        try:
            self._open(self._app.services.data.classes.new(name).id)
        except UserError as problem:
            self._app.tell(problem)

"""Home: start practising, go on where you stopped, and see what to work on next."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from simulator.errors import UserError
from simulator.tui.base_app import AppScreen
from simulator.tui.due_today import due_lines
from simulator.tui.messages import Failed, StatusKnown
from simulator.tui.routes import TITLES
from simulator.tui.widgets.card import Card
from simulator.tui.widgets.footer import Keys
from simulator.tui.widgets.title_row import title_row

if TYPE_CHECKING:
    from simulator.interview.interviewer import Interviewer
    from simulator.sessions.home_overview import HomeOverview
    from simulator.sessions.progress import Suggestion
    from simulator.speech.ports import PartStatus
    from simulator.tui.widgets.card import Card

SIGNS = {"ready": "✓", "loading": "…", "missing": "✗", "sample": "◦"}
PARTS = {"voice": "Voice", "microphone": "Microphone", "model": "Speech model"}
MENU = (
    ("setup",),
    ("history", "progress"),
    ("job", "stories", "people", "banks", "followup"),
    ("classes", "sound_check", "settings"),
)
"""The entries below the start, with a line between the groups: practise, look back, prepare, the app."""
WAITING = {"voice": "looking", "microphone": "looking", "model": "looking"}


HOST_FROM, TALL = 38, 48
"""Lines of the screen from which somebody sits below the menu, and from which there is a room for all of them."""


class HomeMenu(OptionList):
    """The menu; the row of keys says what Enter does with the marked entry."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take('start')", "start"),
        Binding("enter", "take('resume')", "go on"),
        Binding("enter", "take('')", "open"),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action != "take":
            return True
        marked = self.highlighted_option.id if self.highlighted_option else ""
        return parameters[0] == (marked if marked in ("start", "resume") else "")

    def action_take(self, _what: str) -> None:
        """The marked entry."""
        self.action_select()

    def watch_highlighted(self, highlighted: int | None) -> None:
        super().watch_highlighted(highlighted)
        self.refresh_bindings()


class HomeScreen(AppScreen[None]):
    """The first screen. Heavy parts are looked at only after it was painted; its style sheet is read by the app."""

    HELP_TOPIC = "home"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "go('setup')", "choose", id="home.setup"),
        Binding("p", "practise_this", "practise this", id="home.practise"),
        Binding("r", "go('history')", "review", id="home.history"),
        Binding("s", "go('sound_check')", "sound check", id="home.sound"),
        Binding("q", "app.quit", "quit", id="home.quit"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._unfinished = ""
        self._tidied = False
        self._suggested: Suggestion | None = None
        self._people_sat = False
        self._furnished = False
        """Whether the side stands beside the menu: after the first paint."""

    def compose(self) -> ComposeResult:
        name = Static(self._app.settings.candidate_name, classes="right", markup=False)
        yield title_row("Practise the first interview out loud", name, id=None, classes="where muted")
        with Horizontal(id="middle"):
            with Vertical(id="left"):
                menu = HomeMenu(*self._options(), id="menu", classes="panel")
                menu.border_title = "Menu"
                yield menu
                signs = Static(self._signs({}), id="signs", classes="panel")
                signs.border_title = "Ready?"
                yield signs
            yield VerticalScroll(id="side", can_focus=False)
        yield Keys()

    def _options(self) -> list[Option | None]:
        start = Option(Content.from_markup("[b]Start practising[/b]"), id="start")
        options: list[Option | None] = [start]
        if self._unfinished:
            # In the place of "start", so that what stands below it stays where it was.
            options = [Option(Content.from_markup("[b]Go on where you stopped[/b]"), id="resume")]
        for group in MENU:
            options.extend(Option(TITLES[name], id=name) for name in group)
            if self._unfinished and group is MENU[0]:
                options.append(Option("Start a new interview", id="start"))
            if not (self._unfinished and self.has_class("-short")):
                options.append(None)  # where there is room for a line between them
        return options if options[-1] else options[:-1]

    def takes_once(self, key: str) -> bool:
        """Enter held down opens one thing."""
        return key in ("enter",)

    def on_resize(self, event: Resize) -> None:
        """Somebody sits below the menu where there is room for a face, and none beside it."""
        self.set_class(HOST_FROM <= event.size.height < TALL, "-host")

    def on_mount(self) -> None:
        menu = self.query_one("#menu", OptionList)
        menu.highlighted = 0
        menu.focus()
        self._statuses: dict[str, PartStatus] = {}
        self.call_after_refresh(self._after_first_paint)

    async def _after_first_paint(self) -> None:
        from simulator.tui.screens.home_side import host, side  # late

        if not self.is_attached:
            return  # told to end before all was there
        self._look_at_parts()
        beside = self.query_one("#side").mount_all(side())
        await self.query_one("#left").mount(host(), before="#signs")
        await beside
        if not self.is_attached:
            return
        self._furnished = True
        self._read_history()

    def on_screen_resume(self) -> None:
        """Back from another screen: what was practised or set up meanwhile shows."""
        if self._app.shows(self) and self._furnished:
            self._look_at_parts()
            self._read_history()

    @work(thread=True, exclusive=True, group="statuses", exit_on_error=False)
    def _look_at_parts(self) -> None:
        services = self._app.services
        self.post_message(StatusKnown(services.sound.voice.status()))
        listener = services.sound.listener
        self.post_message(StatusKnown(listener.microphone_status()))
        listener.warm_up()
        self.post_message(StatusKnown(listener.model_status()))

    @work(thread=True, exclusive=True, group="history", exit_on_error=False)
    def _read_history(self) -> None:
        from simulator.sessions.home_overview import home_overview  # late

        services, today = self._app.services, self._app.today()
        try:
            if not self._tidied:
                self._tidied = True
                services.recordings.tidy()
            seen = home_overview(services.data.store, today)
            due = due_lines(services, today)
            people = services.interviewers.all()
        except UserError as problem:
            self.post_message(Failed(str(problem)))
            return
        self.app.call_later(self._show_history, seen, due, people)

    def _show_history(self, seen: "HomeOverview", due: Sequence[str], people: "Sequence[Interviewer]") -> None:
        if not self._app.shows(self):
            return
        from simulator.sessions.due_parts import due_words  # late
        from simulator.tui.screens import home_words as say  # late
        from simulator.tui.widgets.calendar import PracticeCalendar  # late
        from simulator.tui.widgets.panel_portraits import PanelPortraits  # late

        today = self._app.today()
        fresh = not seen.latest
        self.set_class(fresh, "-fresh")
        self.set_class(seen.unfinished is not None, "-left")
        trouble = [words for words in (self._app.settings_trouble, seen.notice) if words]
        welcome = say.WELCOME if fresh and not seen.unfinished else ""
        self._card("welcome").show(Content("\n\n").join([Content(each) for each in [*trouble, welcome] if each]))
        self._card("welcome").border_title = "Welcome" if welcome else "Please read"
        self._card("unfinished").show(say.unfinished(seen.unfinished, today))
        self._card("next").show(*say.work_on(seen.suggested))
        lines = [line for line in (due_words(seen.due), *due) if line]
        self._card("due").show("\n".join(f"· {line}" for line in lines) if len(lines) > 1 else "".join(lines))
        self._card("latest").show(
            *say.last_practice(seen.latest, today, seen.suggested.rubric if seen.suggested else "")
        )
        for name, words in (
            ("recent", say.before_that(seen.latest, today)),
            ("levels", say.levels(seen.rubrics)),
            ("rest", Content("") if lines or fresh else say.nothing_due()),
        ):
            self._card(name).show(words)
            self._card(name).set_class(bool(str(words)), "-known")
            # Whether it is shown is for the style sheet to say: it goes by the room there is.
            self._card(name).styles.clear_rule("display")
        self.query_one(PracticeCalendar).show(seen.days, today)
        self._suggested = seen.suggested
        if not self._people_sat:
            self._people_sat = True
            some = say.some_of(people, today)
            self.query_one("#room", PanelPortraits).show(some)
            self.query_one("#host", PanelPortraits).show(some[:1])
        unfinished = seen.unfinished.id if seen.unfinished else ""
        if unfinished != self._unfinished:
            self._unfinished = unfinished
            self._fill_menu()
        self.refresh_bindings()

    def _fill_menu(self) -> None:
        """The menu anew; the mark stays on what it was on, so that a key pressed meanwhile does what was meant."""
        menu = self.query_one("#menu", OptionList)
        marked = menu.highlighted_option
        menu.clear_options()
        menu.add_options(self._options())
        ids = [option.id for option in menu.options]
        wanted = marked.id if marked and marked.id not in ("start", "resume") else ids[0]
        menu.highlighted = ids.index(wanted)

    def _card(self, name: str) -> "Card":
        return self.query_one(f"#{name}", Card)

    def on_failed(self, message: Failed) -> None:
        self._card("welcome").show(message.why)
        self._card("welcome").border_title = "Please read"

    def on_status_known(self, message: StatusKnown) -> None:
        self._statuses[message.status.part] = message.status
        self.query_one("#signs", Static).update(self._signs(self._statuses))
        if message.status.readiness == "loading":
            self.set_timer(0.3, lambda: self._look_again(message.status.part))

    def _look_again(self, part: str) -> None:
        if self._app.shows(self) and self.is_current:
            services = self._app.services
            ask = {"voice": services.sound.voice.status, "microphone": services.sound.listener.microphone_status}
            self.post_message(StatusKnown(ask.get(part, services.sound.listener.model_status)()))

    def _signs(self, known: "dict[str, PartStatus]") -> Content:
        """What is ready; in one line where all of it is."""
        if len(known) == len(PARTS) and all(status.readiness.value == "ready" for status in known.values()):
            return Content.assemble(("✓ ", "$success"), "Ready to talk")
        if len(known) == len(PARTS) and all(status.readiness.value == "missing" for status in known.values()):
            # Three crosses would say that nothing works.
            return Content.assemble(("✓ ", "$success"), "Ready to type", ("\nS tries the sound.", "$text-muted"))
        parts: list[tuple[str, str] | str] = []
        for part, title in PARTS.items():
            status = known.get(part)
            sign = SIGNS.get(status.readiness.value, "") if status else "…"
            word = status.readiness.value if status else WAITING[part]
            style = "$success" if sign == "✓" else "$warning" if sign == "✗" else "$text-muted"
            parts.extend([(f"{sign} ", style), f"{title}: {word}", "\n"])
        return Content.assemble(*parts[:-1])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        match event.option_id:
            case "start":
                self._start()
            case "resume":
                self._open(resume=self._unfinished)
            case str(name):
                self._app.go(name)

    def _start(self) -> None:
        if not self._app.settings.first_run_done:
            # The first time, sound is tried on the way; then what will be asked is shown, ready to start.
            self._app.go("sound_check", lambda _done: self._app.go("setup"))
            return
        self._open()

    def _open(self, resume: str = "") -> None:
        try:
            self._app.open_interview(resume=resume)
        except UserError as problem:
            self._app.tell(problem)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self._suggested is not None if action == "practise_this" else True

    def action_practise_this(self) -> None:
        """The one thing to work on, as a drill."""
        if self._suggested is None:
            return
        from simulator.interview.setup import Setup  # late
        from simulator.sessions.session import Mode  # late

        wanted = self._suggested
        try:
            self._app.open_interview(Setup(bank_id=wanted.bank_id, mode=Mode.DRILL, question_id=wanted.question_id))
        except UserError as problem:
            # The bank may be gone, or the question was of an interview tailored to a job.
            self._app.tell(problem)

    def action_go(self, name: str) -> None:
        """Show another screen."""
        self._app.go(name)

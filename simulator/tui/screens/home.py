"""Home: start practising, go on where you stopped, and see what to work on next."""

from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from simulator.problems import Problem
from simulator.tui.app import TITLES
from simulator.tui.messages import Failed, StatusKnown

if TYPE_CHECKING:
    from simulator.sessions.overview import Overview
    from simulator.speech.ports import PartStatus
    from simulator.tui.app import SecondRound

SIGNS = {"ready": "✓", "loading": "…", "missing": "✗", "sample": "◦"}
PARTS = {"voice": "Voice", "microphone": "Microphone", "model": "Speech model"}
WAITING = {"voice": "looking", "microphone": "looking", "model": "looking"}


class HomeScreen(Screen[None]):
    """The first screen. Heavy parts are looked at only after it was painted; its style sheet is read by the app."""

    HELP_TOPIC = "home"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "go('setup')", "choose", id="home.setup"),
        Binding("r", "go('history')", "review", id="home.history"),
        Binding("s", "go('sound_check')", "sound check", id="home.sound"),
        Binding("q", "app.quit", "quit", id="home.quit"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._unfinished = ""
        self._tidied = False

    @property
    def _app(self) -> "SecondRound":
        return cast("SecondRound", self.app)

    def compose(self) -> ComposeResult:
        with Horizontal(classes="title-row"):
            yield Static("Second Round", classes="name")
            yield Static("Practise the first interview out loud", classes="where muted")
        with Horizontal(id="middle"):
            yield OptionList(*self._options(), id="menu")
            with VerticalScroll(id="side", can_focus=False):
                yield Static("", id="welcome", markup=False)
                yield Static("", id="due", markup=False)
                yield Static("", id="latest", markup=False)
                yield Static("", id="next", markup=False)
        yield Static(self._signs({}), id="signs")
        yield Footer(show_command_palette=False)

    def _options(self) -> list[Option]:
        options = [Option(Content.from_markup("[b]Start practising[/b]"), id="start")]
        if self._unfinished:
            options.append(Option("Go on where you stopped", id="resume"))
        options.extend(Option(title, id=name) for name, title in TITLES.items())
        return options

    def on_mount(self) -> None:
        menu = self.query_one("#menu", OptionList)
        menu.highlighted = 0
        menu.focus()
        self._statuses: dict[str, PartStatus] = {}
        self.call_after_refresh(self._after_first_paint)

    def _after_first_paint(self) -> None:
        self._look_at_parts()
        self._read_history()

    def on_screen_resume(self) -> None:
        """Back from another screen: what was practised meanwhile shows."""
        if self._app.shows(self) and hasattr(self, "_statuses"):
            self._read_history()

    @work(thread=True, exclusive=True, group="statuses", exit_on_error=False)
    def _look_at_parts(self) -> None:
        studio = self._app.studio
        self.post_message(StatusKnown(studio.voice.status()))
        listener = studio.listener
        self.post_message(StatusKnown(listener.microphone_status()))
        listener.warm_up()
        self.post_message(StatusKnown(listener.model_status()))

    @work(thread=True, exclusive=True, group="history", exit_on_error=False)
    def _read_history(self) -> None:
        from datetime import date

        from simulator.followup.due import due_today
        from simulator.sessions.overview import overview

        try:
            if not self._tidied:
                self._tidied = True
                self._app.studio.tidy()
            seen = overview(self._app.studio.store)
            lines = dict.fromkeys(each.line for each in due_today(self._app.studio.desk, date.today()))
            due = "\n".join(f"· {line}" for line in lines)
        except Problem as problem:
            self.post_message(Failed(str(problem)))
            return
        self.app.call_later(self._show_history, seen, due)

    def _show_history(self, seen: "Overview", due: str) -> None:
        if not self._app.shows(self):
            return
        unfinished = seen.unfinished
        self.query_one("#due", Static).update(f"After the interview, due today\n{due}" if due else "")
        self.query_one("#due").display = bool(due)
        self.query_one("#latest", Static).update(seen.latest)
        self.query_one("#next", Static).update(seen.next_step)
        welcome = ""
        if unfinished and not seen.latest:
            welcome = "Your interview waits where you stopped: Down, then Enter."
        elif not seen.latest:
            welcome = (
                "Welcome. An interviewer asks, you answer out loud, and you see which of your own words "
                "worked and what to do better.\n\nPress Enter to start. A sound check takes a minute; "
                "without a microphone you can type. Nothing leaves this computer."
            )
        for trouble in (self._app.settings_trouble, seen.notice):
            if trouble:
                welcome = f"{trouble}\n\n{welcome}"
        self.query_one("#welcome", Static).update(welcome)
        if unfinished != self._unfinished:
            self._unfinished = unfinished
            menu = self.query_one("#menu", OptionList)
            menu.clear_options()
            menu.add_options(self._options())
            menu.highlighted = 0

    def on_failed(self, message: Failed) -> None:
        self.query_one("#welcome", Static).update(message.why)

    def on_status_known(self, message: StatusKnown) -> None:
        self._statuses[message.status.part] = message.status
        self.query_one("#signs", Static).update(self._signs(self._statuses))
        if message.status.readiness == "loading":
            self.set_timer(0.3, lambda: self._look_again(message.status.part))

    def _look_again(self, part: str) -> None:
        if self._app.shows(self) and self.is_current:
            studio = self._app.studio
            ask = {"voice": studio.voice.status, "microphone": studio.listener.microphone_status}
            self.post_message(StatusKnown(ask.get(part, studio.listener.model_status)()))

    def _signs(self, known: "dict[str, PartStatus]") -> Content:
        parts: list[tuple[str, str] | str] = []
        for part, title in PARTS.items():
            status = known.get(part)
            sign = SIGNS.get(status.readiness.value, "") if status else "…"
            word = status.readiness.value if status else WAITING[part]
            style = "$success" if sign == "✓" else "$warning" if sign == "✗" else "$text-muted"
            parts.extend([(f"{sign} ", style), f"{title}: {word}", "    "])
        return Content.assemble(*parts)

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
            self.app.push_screen("sound_check", lambda _done: self._app.go("setup"))
            return
        self._open()

    def _open(self, resume: str = "") -> None:
        try:
            self._app.open_interview(resume=resume)
        except Problem as problem:
            self._app.tell(problem)

    def action_go(self, name: str) -> None:
        """Show another screen."""
        self._app.go(name)

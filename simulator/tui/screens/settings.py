"""The settings: made from their schema, changed in place, checked as one types, kept at once."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.events import DescendantBlur, DescendantFocus
from textual.widget import Widget
from textual.widgets import Button, Input, Label, Static
from textual.worker import WorkerFailed

from simulator.errors import UserError, WrongUse
from simulator.paths import expanded
from simulator.questions.bank import Bank
from simulator.settings import SCHEMA, SettingSpec, Value, spec_of
from simulator.speech.model_files import Origin, find_models
from simulator.tui.base_app import AppScreen
from simulator.tui.themes import theme_for
from simulator.tui.widgets.card import panel, retitle
from simulator.tui.widgets.fields import Choice, FieldForm, LineField, OnOff
from simulator.tui.widgets.footer import Keys
from simulator.tui.widgets.picking import PickOne, Several
from simulator.tui.widgets.title_row import title_row

COLUMNS = (("You", "Sound", "Look"), ("Interview", "Storage"))
"""The sections, in two columns where there is room for two."""
OFFERED = ("microphone", "speaker", "bank", "speech_model")
"""Settings kept as text that are chosen from what there is on this computer."""
SYSTEM_CHOICE = "the system's choice"
EMPTY_WORDS = {
    "microphone": SYSTEM_CHOICE,
    "speaker": SYSTEM_CHOICE,
    "speech_model": "the best one found",
    "interviewers": "the app's choice",
}
PLACEHOLDERS = {"candidate_name": "not given", "bank_folders": "one folder, another folder"}


WIPE_LABEL = "Delete all sessions and recordings"
WIPE = "Delete every session and recording for good?"
ABOUT_WIPE = (
    "Every answer, score and recording goes for good. Jobs, stories and settings stay, and so do exported files."
)


class SettingsScreen(AppScreen[None]):
    """Every setting with its words; the one that is marked explains itself below."""

    CSS_PATH = "settings.tcss"
    HELP_TOPIC = "settings"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "reset", "back to the default", id="settings.reset"),
        Binding("escape", "back", "back", id="settings.back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._marked = ""

    def compose(self) -> ComposeResult:
        yield title_row("Settings", Static("", classes="right muted", id="kept", markup=False))
        with FieldForm(id="form"), Container(id="columns"):
            for column in COLUMNS:
                with Vertical(classes="column"):
                    for section in column:
                        yield from self._section(section)
        yield panel(Static("", id="about", markup=False), "What it does")
        yield Keys()

    def _section(self, section: str) -> ComposeResult:
        with panel(Vertical(), section):
            for spec in SCHEMA.values():
                if spec.hidden or spec.section != section:
                    continue
                with Horizontal(classes="row"):
                    yield Label(f"  {spec.label}", id=f"label-{spec.name}", classes="label", markup=False)
                    yield self._field(spec)
                    if spec.kind == "number":
                        yield Label(
                            _unit(spec, spec.as_text(getattr(self._app.settings, spec.name))),
                            id=f"unit-{spec.name}",
                            classes="unit muted",
                            markup=False,
                        )
            if section == COLUMNS[-1][-1]:
                yield Static("", id="recordings", classes="muted", markup=False)
                yield Button(WIPE_LABEL, id="wipe", compact=True)

    def _field(self, spec: SettingSpec) -> Widget:
        value = getattr(self._app.settings, spec.name)
        if spec.kind == "switch":
            return OnOff(bool(value), id=spec.name)
        if spec.kind == "choice":
            return Choice([(choice.replace("-", " "), choice) for choice in spec.choices], str(value), id=spec.name)
        if spec.name == "interviewers":
            return Several(spec.label, tuple(value), EMPTY_WORDS[spec.name], id=spec.name, most=spec.most)
        if spec.name in OFFERED:
            text = spec.as_text(value)
            # What it is called is known in a moment; an id says nothing to anybody.
            return Choice(_with_own([("...", text)] if text else [], spec.name, text), text, id=spec.name)
        return LineField(spec.as_text(value), spec.name, PLACEHOLDERS.get(spec.name, ""))

    def on_mount(self) -> None:
        self._look_around()
        self._weigh_recordings()

    # What there is on this computer.

    @work(thread=True, exclusive=True, group="around", exit_on_error=False)
    def _look_around(self) -> None:
        from simulator.speech.devices import outputs  # late

        services, settings = self._app.services, self._app.settings
        banks = [(bank.title, bank.id) for bank in services.library.banks() if isinstance(bank, Bank)]
        people = [(f"{person.name}, {person.role}", person.id) for person in services.interviewers.all()]
        whole = [model for model in find_models(self._app.paths, settings.speech_model) if not model.missing()]
        models = [
            (
                "sample (a few words)" if model.is_sample else model.name,
                (settings.speech_model if model.origin is Origin.CHOSEN else "")
                or ("sample" if model.is_sample else str(model.path)),
            )
            for model in whole
        ]
        self.app.call_later(self._offer_people, people)
        for name, options in (("bank", banks), ("speech_model", models)):
            self.app.call_later(self._offer, name, options)
        try:
            microphones = [device.name for device in services.sound.listener.devices()]
        except UserError:
            # The sound check tells what is wrong and what to do; here the remembered name stays as it is.
            microphones = []
        self.app.call_later(self._offer, "microphone", [(name, name) for name in dict.fromkeys(microphones)])
        try:
            speakers = [device.name for device in outputs()]
        except UserError:
            speakers = []
        self.app.call_later(self._offer, "speaker", [(name, name) for name in dict.fromkeys(speakers)])

    def _offer(self, name: str, options: Sequence[tuple[str, str]]) -> None:
        if self._app.shows(self):
            current = spec_of(name).as_text(getattr(self._app.settings, name))
            self.query_one(f"#{name}", Choice).offer(_with_own(options, name, current), current)

    def _offer_people(self, people: Sequence[tuple[str, str]]) -> None:
        if self._app.shows(self):
            self.query_one(Several).offer(people)

    @work(thread=True, exclusive=True, group="recordings", exit_on_error=False)
    def _weigh_recordings(self) -> None:
        from simulator.sessions.forgetting import recordings_size  # late

        kept = recordings_size(self._app.paths.recordings)
        words = "There are no recordings."
        if kept.files:
            words = f"{kept.files} recording{'s' if kept.files > 1 else ''} kept, {_in_words(kept.size)}."
        self.app.call_later(self._show_recordings, words)

    def _show_recordings(self, words: str) -> None:
        if self._app.shows(self):
            self.query_one("#recordings", Static).update(words)

    # Deleting what was said.

    def on_button_pressed(self) -> None:
        """Everything that was said goes, once that was asked."""
        choices = [("Keep them", "keep"), ("Delete all of them", "delete")]
        self.app.push_screen(PickOne(WIPE, choices), self._wipe)

    def _wipe(self, choice: str | None) -> None:
        if choice == "delete":
            self._delete_all()

    @work(exclusive=True, group="wipe", exit_on_error=False)
    async def _delete_all(self) -> None:
        deleting = self.run_worker(self._app.services.recordings.delete_all, thread=True, exit_on_error=False)
        try:
            count = await deleting.wait()
        except WorkerFailed as failed:
            self._app.tell(failed.error if isinstance(failed.error, UserError) else str(failed.error))
            return
        self.notify(f"{count} session{'' if count == 1 else 's'} deleted, with all recordings.")
        self._weigh_recordings()

    # Changing.

    @on(Choice.Changed)
    def _chosen(self, event: Choice.Changed) -> None:
        if event.select.id and isinstance(event.value, str):
            self._keep(event.select.id, event.value)

    @on(Choice.Highlighted, "#theme")
    def _preview(self, event: Choice.Highlighted) -> None:
        self.app.theme = theme_for(event.value or self._app.settings.theme)

    @on(OnOff.Changed)
    def _switched(self, event: OnOff.Changed) -> None:
        if event.checkbox.id:
            self._keep(event.checkbox.id, "on" if event.value else "off")

    @on(Several.Changed)
    def _picked(self, event: Several.Changed) -> None:
        if event.several.id:
            self._keep(event.several.id, ", ".join(event.value))

    def on_input_changed(self, event: Input.Changed) -> None:
        if event.input.id:
            self._explain(event.input.id)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self._leave(event.input)
        self.query_one(FieldForm).action_step(1)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        if event.widget.id and event.widget.id in SCHEMA:
            self._explain(event.widget.id)
        elif event.widget.id == "wipe":
            self._mark_row("", "")
            about = self.query_one("#about", Static)
            retitle(about, WIPE_LABEL)
            about.update(ABOUT_WIPE)

    def on_descendant_blur(self, event: DescendantBlur) -> None:
        if isinstance(event.widget, Input):
            self._leave(event.widget)

    def _leave(self, box: Input) -> None:
        """What was typed is kept when it fits; else the value that holds comes back, and why is told."""
        spec = spec_of(str(box.id))
        holds = spec.as_text(getattr(self._app.settings, spec.name))
        if box.value == holds:
            return
        wrong = self._wrong(spec, box.value)
        if wrong:
            self._app.tell(f"{wrong} {spec.label} stays as it was.")
            box.value = holds
        else:
            self._keep(spec.name, box.value)

    def _keep(self, name: str, text: str) -> None:
        spec = spec_of(name)
        try:
            value = self._parse(spec, text)
        except WrongUse as wrong:
            self._app.tell(wrong)
            return
        if value == getattr(self._app.settings, name):
            return
        self._app.keep_settings(replace(self._app.settings, **{name: value}))  # type: ignore[arg-type]
        self.query_one("#kept", Static).update("saved ✓")
        self._explain(name)

    def _parse(self, spec: SettingSpec, text: str) -> Value:
        # A device, bank or model was chosen from a list: its name is taken as it is, capitals and commas too.
        return spec.check(text) if spec.kind == "text" and spec.name in OFFERED else spec.parse(text)

    def _wrong(self, spec: SettingSpec, text: str) -> str:
        """What is wrong with a text for a setting, "" when nothing is."""
        try:
            value = self._parse(spec, text)
        except WrongUse as wrong:
            return str(wrong)
        if spec.name == "bank_folders" and isinstance(value, tuple):
            lost = [folder for folder in value if not expanded(folder).is_dir()]
            if lost:
                return f"There is no folder {lost[0]}."
        return ""

    def _explain(self, name: str) -> None:
        """Below the form: what the marked setting is, or what is wrong with what is being typed."""
        spec, widget = spec_of(name), self.query_one(f"#{name}")
        text = widget.value if isinstance(widget, Input) else spec.as_text(getattr(self._app.settings, name))
        wrong = self._wrong(spec, text)
        self._mark_row(name, "✗" if wrong else "›")
        widget.set_class(bool(wrong), "-invalid")
        about = self.query_one("#about", Static)
        retitle(about, spec.label)
        if wrong:
            about.update(Content.assemble(("✗ ", "$error"), wrong))
            return
        if spec.kind == "number":
            self.query_one(f"#unit-{name}", Label).update(_unit(spec, text))
        default = spec.as_text(spec.default)
        if isinstance(widget, Choice):
            default = widget.titles.get(default, default)
        elif spec.at_zero and not spec.default:
            default = f"{default}, {spec.at_zero}"
        default = default or EMPTY_WORDS.get(name, "empty")
        bounds = f" From {spec.least} to {spec.most}." if spec.kind == "number" else ""
        about.update(Content.assemble(f"{spec.help}{bounds}", (f"  Default: {default}.", "$text-muted")))

    def _mark_row(self, name: str, sign: str) -> None:
        """The sign stands before the marked setting, if one is, and no other."""
        if self._marked and self._marked != name:
            self.query_one(f"#label-{self._marked}", Label).update(f"  {spec_of(self._marked).label}")
        self._marked = name
        if name:
            self.query_one(f"#label-{name}", Label).update(f"{sign} {spec_of(name).label}")

    # Keys.

    def action_reset(self) -> None:
        """The marked setting as it was in the beginning."""
        widget = self.focused
        if widget is None or not widget.id or widget.id not in SCHEMA:
            return
        spec = SCHEMA[widget.id]
        text = spec.as_text(spec.default)
        if isinstance(widget, OnOff):
            widget.value = bool(spec.default)
        elif isinstance(widget, Choice):
            widget.value = text
        elif isinstance(widget, Several):
            widget.choose(())
        elif isinstance(widget, Input):
            widget.value = text
            self._keep(spec.name, text)

    def action_back(self) -> None:
        """Leave; what is being typed is kept first, where it fits."""
        if isinstance(self.focused, Input):
            self._leave(self.focused)
        self.app.pop_screen()


def _with_own(options: Sequence[tuple[str, str]], name: str, current: str) -> list[tuple[str, str]]:
    """The options with the empty one first, where a setting may be empty, and the current value, known or not."""
    empty = [(EMPTY_WORDS[name], "")] if name in EMPTY_WORDS else []
    known = {value for _, value in options}
    own = [(current, current)] if current and current not in known else []
    return [*empty, *options, *own]


def _unit(spec: SettingSpec, text: str) -> str:
    """What stands behind a number: its unit, or what none of it means."""
    return f"= {spec.at_zero}" if spec.at_zero and text.strip() == "0" else spec.unit


def _in_words(size: int) -> str:
    """Bytes as people say them."""
    megabytes = size / 1_000_000
    return f"{megabytes / 1000:.1f} GB" if megabytes >= 1000 else f"{megabytes:.1f} MB"

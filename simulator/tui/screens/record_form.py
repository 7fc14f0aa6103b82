"""A form for one thing that is kept (a job's facts, a story, a person), with a word on it as one types."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Label, Static, TextArea

from simulator.errors import UserError
from simulator.tui.base_app import AppScreen
from simulator.tui.widgets.card import panel
from simulator.tui.widgets.fields import Choice, FieldForm, LineField, TextField
from simulator.tui.widgets.footer import Keys
from simulator.tui.widgets.title_row import title_row

Kept = TypeVar("Kept")
Values = Mapping[str, str]

CHECK_AFTER = 0.25
"""Seconds without a key before what was written is looked at."""


@dataclass(frozen=True, slots=True)
class FieldOf:
    """One field of a form: one line, several (`lines`), or one of `options` (words, value)."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    lines: bool = False
    options: tuple[tuple[str, str], ...] = ()
    heading: str = ""
    """Words above it, where a group of fields begins."""


class RecordForm(AppScreen[Kept | None], Generic[Kept]):
    """Fields below one another. `keep` makes the thing of what was written and raises UserError where it cannot be.

    `look` says something about what stands there so far; it runs beside the screen, so it may take its time.
    """

    HELP_TOPIC = "form"
    begins_with = ""
    """The field that has the focus first; "" for the uppermost."""
    CSS_PATH = "record_form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9", "keep", "save", id="form.keep"),
        Binding("escape", "leave", "leave without saving", id="form.leave"),
    ]

    def __init__(
        self,
        title: str,
        fields: Sequence[FieldOf],
        keep: Callable[[Values], Kept],
        look: Callable[[Values], str] | None = None,
        about: str = "F9 saves it.",
    ) -> None:
        super().__init__()
        self._title, self._fields, self._keep, self._look, self._about = title, tuple(fields), keep, look, about
        self._was = {field.name: field.value for field in fields}
        self._leaving = False
        self._timer: Timer | None = None
        self._looks = 0

    def compose(self) -> ComposeResult:
        yield title_row(self._title, id=None)
        with panel(FieldForm(id="form"), self._title):
            yield from self._rows(self._fields)
        yield panel(Static(self._about, id="about", markup=False), "So far" if self._look else "Keys")
        yield Keys()

    def _rows(self, fields: Sequence[FieldOf]) -> Iterator[Widget]:
        for field in fields:
            if field.heading:
                yield Label(field.heading, classes="heading", markup=False)
            label = Label(field.label, classes="label", markup=False)
            yield Horizontal(label, self._made(field), classes="row", id=f"row-{field.name}")

    async def add_fields(self, fields: Sequence[FieldOf], before: str = "") -> None:
        """More fields, at the end or before another one."""
        at = next((n for n, field in enumerate(self._fields) if field.name == before), len(self._fields))
        self._was |= {field.name: field.value for field in fields}
        place = f"#row-{before}" if before else None
        await self.query_one(FieldForm).mount_all(self._rows(fields), before=place)
        self._fields = (*self._fields[:at], *fields, *self._fields[at:])

    def is_changed(self, values: Values) -> bool:
        """Whether something was written; a choice that nobody made yet shows its first value."""
        was = {name: value.strip() for name, value in self._was.items()}
        return any(values[name] != was[name] for name in values if not self._is_choice(name, was[name]))

    def _made(self, field: FieldOf) -> Input | TextField | Choice:
        if field.options:
            return Choice(field.options, field.value or field.options[0][1], id=field.name)
        if field.lines:
            return TextField(field.value, id=field.name, compact=True, placeholder=field.hint)
        return LineField(field.value, field.name, field.hint)

    def on_mount(self) -> None:
        self.query_one(f"#{self.begins_with or self._fields[0].name}").focus()
        self._look_soon()

    def values(self) -> dict[str, str]:
        """What stands in the fields, by name."""
        found: dict[str, str] = {}
        for field in self._fields:
            widget = self.query_one(f"#{field.name}")
            if isinstance(widget, TextArea):
                found[field.name] = widget.text.strip()
            elif isinstance(widget, Choice):
                found[field.name] = str(widget.value)
            else:
                found[field.name] = cast("Input", widget).value.strip()
        return found

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    def _written(self) -> None:
        self._leaving = False
        self._look_soon()

    def _look_soon(self) -> None:
        if self._look is None:
            return
        self._stop_looking()
        self._timer = self.set_timer(CHECK_AFTER, lambda: self._look_now(self.values(), self._looks))

    def _stop_looking(self) -> None:
        """What was understood up to now is told no more."""
        self._looks += 1
        if self._timer is not None:
            self._timer.stop()

    @work(thread=True, exclusive=True, group="look", exit_on_error=False)
    def _look_now(self, values: Values, look: int) -> None:
        assert self._look is not None
        words = self._look(values)
        self.app.call_later(self._understood_so_far, words, look)

    def _understood_so_far(self, words: str, look: int) -> None:
        if look == self._looks:
            self._tell(words)

    def refuse(self, problem: UserError) -> None:
        """Say why it is not saved; what was understood before does not write over it."""
        self._stop_looking()
        self._tell(f"✗ Not saved yet. {problem}")

    def _tell(self, words: str) -> None:
        # Late news from a thread: the screen may be gone, or half taken down while the app ends.
        for about in self.query("#about").results(Static):
            about.update(words)

    @on(Input.Submitted)
    def _next_field(self) -> None:
        self.query_one(FieldForm).action_step(1)

    def action_keep(self) -> None:
        """Keep what was written; where it cannot be kept, say why and stay."""
        try:
            made = self._keep(self.values())
        except UserError as problem:
            self.refuse(problem)
            return
        self.dismiss(made)

    def action_leave(self) -> None:
        """Leave without keeping; asked for twice where something was written."""
        if not self._leaving and self.is_changed(self.values()):
            self._leaving = True
            self.notify("Esc again leaves without saving. F9 saves.")
            return
        self.left()
        self.dismiss(None)

    def left(self) -> None:
        """It is left without keeping."""

    def _is_choice(self, name: str, was: str) -> bool:
        return not was and any(field.options for field in self._fields if field.name == name)

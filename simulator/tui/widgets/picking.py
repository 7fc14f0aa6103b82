"""Small lists and a line of text over a screen; and a field for several values that are chosen in such a list."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from simulator.tui.base_app import BaseApp
from simulator.tui.widgets.footer import Keys
from simulator.tui.widgets.ticks import box


class PickSome(ModalScreen[tuple[str, ...] | None]):
    """A list in which up to `most` values are marked, in the order of marking. None when it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "mark", "mark", id="pick.mark"),
        Binding("f9", "done", "done", id="pick.done"),
        Binding("escape", "dismiss(None)", "leave without saving", id="pick.leave"),
    ]

    def __init__(
        self, title: str, options: Sequence[tuple[str, str]], chosen: Sequence[str], most: int | None
    ) -> None:
        super().__init__()
        self._title, self._options, self._most = title, options, most
        self._chosen = list(chosen)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Label(self._title, classes="heading", markup=False)
            yield OptionList(*(Option(self._line(value, words), id=value) for words, value in self._options))
            yield Static("", id="pick-note", classes="muted", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        self.query_one(OptionList).highlighted = 0
        self._note()

    def _line(self, value: str, words: str) -> Content:
        return Content.assemble(box(value in self._chosen), " ", words)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter, Space or a click marks, or takes the mark away."""
        value = str(event.option_id)
        if value in self._chosen:
            self._chosen.remove(value)
        elif self._most is None or len(self._chosen) < self._most:
            self._chosen.append(value)
        else:
            self._note("That would be one too many. Unmark one first.")
            return
        for words, each in self._options:
            if each == value:
                event.option_list.replace_option_prompt(value, self._line(value, words))
        self._note()

    def _note(self, words: str = "") -> None:
        limit = f" of up to {self._most}" if self._most else ""
        self.query_one("#pick-note", Static).update(words or f"{len(self._chosen)}{limit} marked. F9 when done.")

    def action_mark(self) -> None:
        """Mark the line, or take its mark away."""
        self.query_one(OptionList).action_select()

    def action_done(self) -> None:
        """Go on with what is marked."""
        self.dismiss(tuple(self._chosen))


class PickOne(ModalScreen[str | None]):
    """A list of which one value is chosen. None when it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "close", id="pick.leave"),
    ]

    def __init__(self, title: str, options: Sequence[tuple[str | Content, str]], marked: str | None = None) -> None:
        """`marked` is the value the list begins at, where it has one."""
        super().__init__()
        self._title, self._marked = title, marked
        self._options = [(Content(words) if isinstance(words, str) else words, value) for words, value in options]

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Label(self._title, classes="heading", markup=False)
            yield OptionList(*(Option(words, id=value) for words, value in self._options))
        yield Keys()

    def on_mount(self) -> None:
        values = [value for _, value in self._options]
        self.query_one(OptionList).highlighted = values.index(self._marked) if self._marked in values else 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click chooses."""
        self.dismiss(event.option_id)


class AskText(ModalScreen[str | None]):
    """One line of text. None when it was left, or nothing was written (unless it may be `empty`).

    What was typed before it was left stands there again when the same is asked.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "leave", id="ask.leave"),
    ]

    def __init__(self, title: str, value: str = "", longest: int = 120, empty: bool = False) -> None:
        super().__init__()
        self._title, self._value, self._longest, self._empty = title, value, longest, empty

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Label(self._title, classes="heading", markup=False)
            value = self._left.get((self._title, self._value), self._value)
            yield Input(value, max_length=self._longest, compact=True)
            yield Static("Press Enter to go on.", classes="muted")
        yield Keys()

    @property
    def _left(self) -> dict[tuple[str, str], str]:
        assert isinstance(self.app, BaseApp)
        return self.app.left_words

    def action_leave(self) -> None:
        """Leave; what was typed is kept for the next time."""
        value = self.query_one(Input).value
        if value != self._value:
            self._left[self._title, self._value] = value
            self.app.notify("What you typed is kept: it stands there when you come back.")
        self.dismiss(None)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on with what was written."""
        self._left.pop((self._title, self._value), None)
        words = " ".join(event.value.split())
        self.dismiss(words if words or self._empty else None)


class Several(Static, can_focus=True):
    """Shows the values that were chosen; Enter opens the list of all."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "choose", "choose", show=False)]

    class Changed(Message):
        """Other values were chosen."""

        def __init__(self, several: "Several", value: tuple[str, ...]) -> None:
            super().__init__()
            self.several = several
            self.value = value

        @property
        def control(self) -> "Several":
            return self.several

    def __init__(self, title: str, value: Sequence[str], empty: str, id: str, most: int | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._title, self._empty, self._most = title, empty, most
        self.options: list[tuple[str, str]] = []
        self.value = tuple(value)

    def on_mount(self) -> None:
        self._show()

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        """What there is to choose from; values chosen that are not among them stay choosable."""
        known = {value for _, value in options}
        self.options = [*options, *((value, value) for value in self.value if value not in known)]
        self._show()

    def choose(self, value: Sequence[str]) -> None:
        """Other values, as if they had been chosen in the list."""
        if tuple(value) != self.value:
            self.value = tuple(value)
            self._show()
            self.post_message(self.Changed(self, self.value))

    def _show(self) -> None:
        words = {value: words for words, value in self.options}
        names = ", ".join(words.get(value, value) for value in self.value)
        self.update(f"{names or self._empty}  …")

    def on_click(self) -> None:
        self.action_choose()

    def action_choose(self) -> None:
        """Open the list."""
        if self.options:
            self.app.push_screen(PickSome(self._title, self.options, self.value, self._most), self._picked)

    def _picked(self, value: tuple[str, ...] | None) -> None:
        if value is not None:
            self.choose(value)

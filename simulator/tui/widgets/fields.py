"""Form fields that say their state in words or signs, never by colour alone, and leave the arrow keys to the form."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.suggester import Suggester
from textual.widget import Widget
from textual.widgets import Input, OptionList, Select, TextArea
from textual.widgets._select import SelectOverlay

from simulator.tui.widgets.ticks import Tick


class FieldForm(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Fields below one another; Up and Down go from field to field and scroll by that."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the field itself sees them: what is typed right after must go to the next field, not to this one.
        Binding("up", "step(-1)", "up", show=False, priority=True),
        Binding("down", "step(1)", "down", show=False, priority=True),
        Binding("pageup", "page_up", "page up", show=False),
        Binding("pagedown", "page_down", "page down", show=False),
    ]

    def fields(self) -> list[Widget]:
        """What can be gone to, from top to bottom."""
        return [widget for widget in self.query("*") if widget.focusable and widget.id]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The arrow keys are the form's while a field has the focus, not an open list of choices."""
        return action != "step" or self.screen.focused in self.fields()

    def action_step(self, by: int) -> None:
        """To the next field, or the one before; within lines of text or a list first to its next line."""
        fields = self.fields()
        focused = self.screen.focused
        if focused is not None and not _at_edge(focused, by):
            if by > 0:
                focused.action_cursor_down()  # type: ignore[attr-defined]
            else:
                focused.action_cursor_up()  # type: ignore[attr-defined]
            return
        here = fields.index(focused) if focused in fields else -1
        following = fields[(here + by) % len(fields)]
        if isinstance(following, OptionList) and following.option_count:
            following.highlighted = 0 if by > 0 else following.option_count - 1
        elif isinstance(following, TextField):
            following.action_text_edge(-by)
        # At once, not with `focus`, which waits a turn: of keys pressed in quick order none may be lost.
        self.screen.set_focus(following)
        self.screen.call_after_refresh(self._show_title_of, following)

    def _show_title_of(self, field: Widget) -> None:
        """Above a field that is in sight its title is, too: the heading right before it, or that of its panel."""
        before = field.parent.children[: field.parent.children.index(field)] if field.parent else ()
        panels = (each for each in field.ancestors if isinstance(each, Widget) and each.border_title)
        title = before[-1] if before and before[-1].has_class("heading") else next(panels, None)
        above = self.region.y - title.region.y if title and title is not self else 0
        if above > 0 and field.region.bottom + above <= self.region.bottom:
            self.scroll_relative(y=-above, animate=False)


def _at_edge(focused: Widget, by: int) -> bool:
    """Whether the arrow key leads out of a field: one of several lines has more of them below or above."""
    if isinstance(focused, TextArea):
        # Lines as they are seen: one long line of a text takes several.
        lines, here = focused.navigator, focused.cursor_location
        return lines.is_last_wrapped_line(here) if by > 0 else lines.is_first_wrapped_line(here)
    if isinstance(focused, OptionList) and focused.option_count:
        return focused.highlighted in (None, focused.option_count - 1 if by > 0 else 0)
    return True


class OnOff(Tick):
    """A switch that says "on" or "off"."""

    def __init__(self, value: bool, id: str) -> None:
        super().__init__("on" if value else "off", value, id=id, compact=True)

    def watch_value(self) -> None:
        self.label = Content("on" if self.value else "off")
        super().watch_value()


class Choice(Select[str], inherit_bindings=False):
    """One of some values, opened with Enter; tells which one is marked while it is open, for previews."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "show_overlay", "choose", show=False)]

    class Highlighted(Message):
        """A value is marked in the open list; None when it was closed without a new choice."""

        def __init__(self, choice: "Choice", value: str | None) -> None:
            super().__init__()
            self.choice = choice
            self.value = value

        @property
        def control(self) -> "Choice":
            return self.choice

    def __init__(self, options: Iterable[tuple[str, str]], value: str, id: str) -> None:
        listed = list(options)
        self._take(listed)
        super().__init__(listed, value=value, id=id, allow_blank=False, compact=True)

    def _take(self, options: Sequence[tuple[str, str]]) -> None:
        self.values = [value for _, value in options]
        self.titles = {value: title for title, value in options}

    def offer(self, options: Iterable[tuple[str, str]], value: str) -> None:
        """Other options, with `value` chosen; tells nobody, for nothing was chosen by the user."""
        listed = list(options)
        self._take(listed)
        with self.prevent(Select.Changed):
            self.set_options(listed)
            self.value = value

    def on_mount(self) -> None:
        self.watch(self.query_one(SelectOverlay), "highlighted", self._mark, init=False)
        self.watch(self, "expanded", self._end_preview, init=False)

    def _mark(self, index: int | None) -> None:
        if self.expanded and index is not None and index < len(self.values):
            self.post_message(self.Highlighted(self, self.values[index]))

    def _end_preview(self, expanded: bool) -> None:
        if not expanded:
            self.post_message(self.Highlighted(self, None))


class TextField(TextArea):
    """Several lines; Up in the first one and Down in the last go to the next field."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+home", "text_edge(-1)", "start of the text", show=False),
        Binding("ctrl+end", "text_edge(1)", "end of the text", show=False),
    ]

    def action_text_edge(self, by: int) -> None:
        """To the end of the text, or to its start."""
        self.move_cursor(self.document.end if by > 0 else self.document.start)


class LineField(Input):
    """One line; nothing in it is marked when it is gone to, so that no key deletes all of it."""

    def __init__(
        self,
        value: str,
        id: str,
        placeholder: str = "",
        restrict: str | None = None,
        suggester: Suggester | None = None,
    ) -> None:
        super().__init__(
            value, placeholder, id=id, restrict=restrict, suggester=suggester, compact=True, select_on_focus=False
        )

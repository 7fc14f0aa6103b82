"""A list of questions that draws only the lines in sight, so that 50,000 feel like ten."""

from collections.abc import Collection, Sequence
from typing import ClassVar

from rich.cells import set_cell_size
from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from simulator.questions.search import QuestionHit

KIND_WIDTH = 11
WIDE = 52
"""Columns from which the kind stands beside what is asked; below that, the words need the room."""


class QuestionList(ScrollView, can_focus=True):
    """Questions, one a line: what is asked, and where there is room its kind. The marked one has a sign before it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"list--line", "list--marked", "list--kind"}
    DEFAULT_CSS = """
    QuestionList { height: 1fr; background: $background; overflow-x: hidden; overflow-y: auto; }
    QuestionList .list--line { color: $foreground; background: $background; }
    QuestionList .list--marked { color: $foreground; background: $panel; }
    QuestionList:focus .list--marked { background: $block-cursor-background; }
    QuestionList .list--kind { color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "up", show=False),
        Binding("down", "move(1)", "down", show=False),
        Binding("pageup", "page(-1)", "page up", show=False),
        Binding("pagedown", "page(1)", "page down", show=False),
        Binding("home", "mark(0)", "first", show=False),
        Binding("end", "mark(-1)", "last", show=False),
    ]
    marked: reactive[int] = reactive(0)

    class Marked(Message):
        """Another question is marked; None when the list is empty."""

        def __init__(self, hit: QuestionHit | None) -> None:
            super().__init__()
            self.hit = hit

    class Chosen(Message):
        """The marked question was clicked once more."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.hits: Sequence[QuestionHit] = ()
        self.guessed: Collection[str] = frozenset()
        """Ids of questions whose kind is a guess: it has a question mark."""

    @property
    def hit(self) -> QuestionHit | None:
        """The marked question."""
        return self.hits[self.marked] if 0 <= self.marked < len(self.hits) else None

    def offer(self, hits: Sequence[QuestionHit], marked: int = 0) -> None:
        """Show other questions and mark one."""
        self.hits = hits
        self.virtual_size = Size(self.size.width, len(hits))
        self.set_reactive(QuestionList.marked, max(0, min(marked, len(hits) - 1)))
        self._into_sight()
        self.refresh()
        self.post_message(self.Marked(self.hit))

    def on_unmount(self) -> None:
        self.hits = ()

    def on_resize(self) -> None:
        self.virtual_size = Size(self.size.width, len(self.hits))

    def watch_marked(self) -> None:
        self._into_sight()
        self.refresh()
        self.post_message(self.Marked(self.hit))

    def _into_sight(self) -> None:
        self.scroll_to_region(Region(0, self.marked, 1, 1), animate=False, force=True)

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        index = y + round(self.scroll_offset.y)
        line = self.get_component_rich_style("list--line")
        if index >= len(self.hits):
            return Strip.blank(width, line)
        question = self.hits[index].question
        is_marked = index == self.marked
        style = self.get_component_rich_style("list--marked") if is_marked else line
        kind = self.get_component_rich_style("list--kind", partial=True)
        kind_words = f"{question.kind.value}?" if question.id in self.guessed else question.kind.value
        beside = f"  {set_cell_size(kind_words, KIND_WIDTH + bool(self.guessed))} " if width >= WIDE else ""
        room = max(10, width - len(beside) - 2)
        ask = question.ask
        shown = set_cell_size(ask, room)
        if shown.rstrip() != ask.rstrip():
            shown = f"{set_cell_size(ask, room - 1)}…"
        return Strip(
            [
                Segment("› " if is_marked else "  ", style),
                Segment(shown, style),
                Segment(beside, style + kind),
            ]
        ).adjust_cell_length(width, style)

    def on_click(self, event: Click) -> None:
        within = event.get_content_offset(self)
        if within is None:
            return
        index = within.y + round(self.scroll_offset.y)
        if index < len(self.hits):
            if index == self.marked and event.chain > 1:
                self.post_message(self.Chosen())
            self.marked = index

    def action_move(self, by: int) -> None:
        """Mark another line."""
        if self.hits:
            self.marked = max(0, min(len(self.hits) - 1, self.marked + by))

    def action_page(self, by: int) -> None:
        """A screenful further."""
        self.action_move(by * max(1, self.size.height - 1))

    def action_mark(self, index: int) -> None:
        """Mark the first line, or with -1 the last."""
        if self.hits:
            self.marked = index % len(self.hits)

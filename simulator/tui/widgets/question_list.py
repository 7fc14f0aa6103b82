"""A list of questions that draws only the lines in sight, so that 50,000 feel like ten."""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate
from typing import ClassVar

from rich.cells import cell_len, chop_cells, set_cell_size
from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from simulator.questions.search import QuestionHit
from simulator.tui.widgets.css import css_beside

KIND_WIDTH = 11
WIDE = 72
"""Columns from which the kind stands beside what is asked; below that, the words need the room."""
INDENT = 2
"""Columns before a question, and again before the lines that follow its first."""
WHOLE = 2_000
"""Questions up to which each is shown whole; a longer list has a line for each, so that it is there at once."""


def lines_of(ask: str, room: int) -> Iterator[str]:
    """A question in lines of `room` columns, those after the first set in."""
    line, left = "", room
    for word in ask.split():
        if line and cell_len(line) + 1 + cell_len(word) <= left:
            line = f"{line} {word}"
            continue
        if line:
            yield line
            left = room - INDENT
        *full, line = chop_cells(word, left) or [""]
        yield from full
    yield line


class QuestionList(ScrollView, can_focus=True):
    """Questions, each whole: what is asked, and where there is room its kind. The marked one has a sign before it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"list--line", "list--marked", "list--kind"}
    DEFAULT_CSS = css_beside(__file__)
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
        self._ends: Sequence[int] = ()
        """The line below each question."""

    @property
    def hit(self) -> QuestionHit | None:
        """The marked question."""
        return self.hits[self.marked] if 0 <= self.marked < len(self.hits) else None

    def offer(self, hits: Sequence[QuestionHit], marked: int = 0) -> None:
        """Show other questions and mark one."""
        self.hits = hits
        self._lay_out()
        self.set_reactive(QuestionList.marked, max(0, min(marked, len(hits) - 1)))
        self._into_sight()
        self.refresh()
        self.post_message(self.Marked(self.hit))

    def on_unmount(self) -> None:
        self.hits = self._ends = ()

    def on_resize(self) -> None:
        self._lay_out()
        self._into_sight()

    def watch_marked(self) -> None:
        self._into_sight()
        self.refresh()
        self.post_message(self.Marked(self.hit))

    @property
    def _room(self) -> int:
        """Columns for what is asked; the bar at the side has its place whether it is needed or not."""
        width = self.content_region.width - self.scrollbar_size_vertical
        return max(10, width - INDENT - (KIND_WIDTH + 4 if self._has_kinds else 0))

    @property
    def _has_kinds(self) -> bool:
        return self.content_region.width >= WIDE

    def _lay_out(self) -> None:
        """Where each question ends."""
        if len(self.hits) > WHOLE:
            self._ends = range(1, len(self.hits) + 1)
        else:
            room = self._room
            self._ends = list(accumulate(sum(1 for _ in lines_of(hit.question.ask, room)) for hit in self.hits))
        self.virtual_size = Size(self.size.width, self._ends[-1] if self._ends else 0)

    def _start(self, index: int) -> int:
        return self._ends[index - 1] if index else 0

    def _into_sight(self) -> None:
        if self.hits:
            start = self._start(self.marked)
            region = Region(0, start, 1, self._ends[self.marked] - start)
            self.scroll_to_region(region, animate=False, force=True)

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        at = y + round(self.scroll_offset.y)
        index = bisect_right(self._ends, at)
        line = self.get_component_rich_style("list--line")
        if index >= len(self.hits):
            return Strip.blank(width, line)
        question, nth = self.hits[index].question, at - self._start(index)
        is_marked = index == self.marked
        style = self.get_component_rich_style("list--marked") if is_marked else line
        sign = ("› " if is_marked else "  ") if nth == 0 else " " * 2 * INDENT
        parts = [Segment(sign, style), Segment(self._shown(question.ask, nth), style)]
        if self._has_kinds and nth == 0:
            kind = self.get_component_rich_style("list--kind", partial=True)
            words = f"{question.kind.value}?" if question.id in self.guessed else question.kind.value
            gap = " " * max(2, self._room + 2 - cell_len(parts[1].text))
            parts.extend([Segment(gap, style), Segment(set_cell_size(words, KIND_WIDTH + 1), style + kind)])
        return Strip(parts).adjust_cell_length(width, style)

    def _shown(self, ask: str, nth: int) -> str:
        """The line of a question; cut only where the list is too long for all of each."""
        room = self._room
        if len(self.hits) <= WHOLE:
            return next((line for number, line in enumerate(lines_of(ask, room)) if number == nth), "")
        return ask if cell_len(ask) <= room else f"{set_cell_size(ask, room - 1)}…"

    def on_click(self, event: Click) -> None:
        within = event.get_content_offset(self)
        if within is None:
            return
        index = bisect_right(self._ends, within.y + round(self.scroll_offset.y))
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
        if self.hits:
            line = self._start(self.marked) + by * max(1, self.size.height - 1)
            index = bisect_right(self._ends, max(0, line))
            self.marked = min(len(self.hits) - 1, index if index != self.marked else index + by)

    def action_mark(self, index: int) -> None:
        """Mark the first line, or with -1 the last."""
        if self.hits:
            self.marked = index % len(self.hits)

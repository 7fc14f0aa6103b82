"""A transcript to walk through word by word: what earned something is underlined, and no sign is by colour alone.

Lines are laid out here and drawn one by one, so that a long answer follows the sound without a stutter.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from rich.cells import cell_len, chop_cells
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from simulator.sessions.highlights import WordMark
from simulator.tui.part_colours import PART_OF, PARTS
from simulator.tui.widgets.css import css_beside

MOST_COLUMNS = 92
"""Longer lines are hard to read."""


@dataclass(frozen=True, slots=True)
class WordPiece:
    """A word on a line, or part of one that is longer than the line. Signs before and after it are not its own."""

    position: int
    text: str
    before: str = ""
    after: str = ""

    @property
    def width(self) -> int:
        return cell_len(self.before) + cell_len(self.text) + cell_len(self.after)


def pieces_of(mark: WordMark, width: int) -> Iterator[WordPiece]:
    """A word with its signs: ‹um› is a hesitation, (?) perhaps misheard, [1.9 s] a pause behind it; what stands
    between « and » a coach marked."""
    if mark.left_out:
        if mark.pause_after:
            yield WordPiece(mark.position, "", "", f"[{mark.pause_after:.1f} s]")
        return
    text = printable(mark.text)
    before, after = ("‹", "›") if mark.hesitation else ("", "")
    if mark.doubtful:
        after += "(?)"
    before = "«" + before if mark.marked_from else before
    after += "»" if mark.marked_to else ""
    if cell_len(before + text + after) <= width:
        yield WordPiece(mark.position, text, before, after)
    else:
        for part in chop_cells(text, max(2, width)):
            yield WordPiece(mark.position, part)
    if mark.pause_after:
        yield WordPiece(mark.position, "", "", f"[{mark.pause_after:.1f} s]")


def printable(text: str) -> str:
    """Text that cannot steer the terminal: control characters become U+FFFD."""
    if text.isprintable():
        return text
    return "".join("�" if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") else char for char in text)


def layout(marks: Sequence[WordMark], width: int) -> list[tuple[WordPiece, ...]]:
    """The words in lines of at most `width` columns (of at least two: a wide character needs them)."""
    lines: list[tuple[WordPiece, ...]] = []
    line: list[WordPiece] = []
    used = 0
    for mark in marks:
        for piece in pieces_of(mark, width):
            needed = piece.width + (1 if line else 0)
            if line and used + needed > width:
                lines.append(tuple(line))
                line, used, needed = [], 0, piece.width
            line.append(piece)
            used += needed
    if line:
        lines.append(tuple(line))
    return lines


class MarkedWords(ScrollView, can_focus=False):
    """The words of an answer with a cursor, and with the word that is being heard."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "words--earned",
        *(f"words--{part}" for part in PARTS),
        "words--hesitation",
        "words--doubtful",
        "words--changed",
        "words--sign",
        "words--cursor",
        "words--heard",
    }
    DEFAULT_CSS = css_beside(__file__)

    class Picked(Message):
        """A word was clicked; `again` when the cursor was there already."""

        def __init__(self, position: int, again: bool) -> None:
            super().__init__()
            self.position = position
            self.again = again

    def __init__(self, id: str | None = None, empty: str = "") -> None:
        super().__init__(id=id)
        self._marks: Sequence[WordMark] = ()
        self.lines: list[tuple[WordPiece, ...]] = []
        self._starts: list[int] = []
        """The first word of each line."""
        self._cursor = 0
        self._heard: int | None = None
        self.empty = empty
        """What stands there where there are no words."""

    @property
    def cursor(self) -> int:
        """The word the cursor is on."""
        return self._cursor

    @property
    def heard(self) -> int | None:
        """The word that is being heard."""
        return self._heard

    @property
    def text(self) -> str:
        """All words, for whoever cannot see them."""
        return " ".join(mark.text for mark in self._marks if not mark.left_out)

    def show(self, marks: Sequence[WordMark], cursor: int = 0) -> None:
        """Show these words."""
        self._marks, self._heard = marks, None
        self._cursor = self._shown_near(max(0, min(cursor, len(marks) - 1)), 1)
        self.lay_out(self.scrollable_content_region.width)
        # Only then is it known how far there is to scroll.
        self.call_after_refresh(self._bring_into_view, self._cursor)

    def move_to(self, position: int) -> None:
        """Put the cursor on a word (the nearest that is shown)."""
        position = max(0, min(position, len(self._marks) - 1))
        before, self._cursor = self._cursor, self._shown_near(position, 1 if position >= self._cursor else -1)
        self._redraw(before)
        self._redraw(self._cursor)
        self._bring_into_view(self._cursor)

    def _shown_near(self, position: int, step: int) -> int:
        """The word at a position or, where it is left out, the nearest shown in that direction, else in the other."""
        for direction in (step, -step):
            at = position
            while 0 <= at < len(self._marks):
                if not self._marks[at].left_out:
                    return at
                at += direction
        return position

    def move_by_lines(self, step: int) -> None:
        """Put the cursor on the word above or below."""
        if not self.lines:
            return
        line = self.line_of(self._cursor)
        column = next((at for at, piece in _columns(self.lines[line]) if piece.position == self._cursor), 0)
        target = max(0, min(len(self.lines) - 1, line + step))
        nearest = min(_columns(self.lines[target]), key=lambda each: abs(each[0] - column))
        self.move_to(nearest[1].position)

    def hear(self, position: int | None) -> None:
        """Mark the word that is being heard, or none."""
        before, self._heard = self._heard, position
        if before == position:
            return
        for each in (before, position):
            if each is not None:
                self._redraw(each)
        if position is not None:
            self._bring_into_view(position)

    # Lines.

    def on_resize(self) -> None:
        self.lay_out(self.scrollable_content_region.width)
        self._bring_into_view(self._cursor)

    def lay_out(self, width: int) -> None:
        """Break the words into lines of a width."""
        width = min(MOST_COLUMNS, width)
        self.lines = layout(self._marks, width) if width > 1 else []
        self._starts = [line[0].position for line in self.lines]
        self.virtual_size = Size(max(0, width), len(self.lines))
        self.refresh()

    def line_of(self, position: int) -> int:
        """The line on which a word begins."""
        return max(0, bisect_right(self._starts, position) - 1)

    def _redraw(self, position: int) -> None:
        """Draw the lines of a word anew (a long word has several)."""
        for number in range(self.line_of(position), -1, -1):
            if not any(piece.position == position for piece in self.lines[number] if self.lines):
                break
            y = number - round(self.scroll_y)
            self.refresh(Region(0, y, self.size.width, 1))

    def _bring_into_view(self, position: int) -> None:
        if not self.lines:
            return
        line, height = self.line_of(position), self.scrollable_content_region.height
        if height and not self.scroll_y <= line < self.scroll_y + height:
            self.scroll_to(y=max(0, line - height // 2), animate=False)

    # Drawing.

    def notify_style_update(self) -> None:
        self.__dict__.pop("_looks", None)
        super().notify_style_update()

    @cached_property
    def _looks(self) -> dict[str, Style]:
        """The styles of the theme; made anew when it changes."""
        plain = {"plain": self.rich_style}
        return plain | {
            name: self.get_component_rich_style(f"words--{name}", partial=True)
            for name in ("earned", *PARTS, "hesitation", "doubtful", "changed", "sign", "cursor", "heard")
        }

    def style_of(self, mark: WordMark) -> Style:
        """How a word is drawn where neither the cursor nor the sound is."""
        looks = self._looks
        style = looks["plain"]
        for name, on in (
            ("hesitation", mark.hesitation),
            ("doubtful", mark.doubtful),
            ("changed", mark.changed),
            ("earned", bool(mark.earned)),
        ):
            if on:
                style += looks[name]
        if mark.earned and (part := PART_OF.get(mark.element)):
            style += looks[part]
        return style

    def render_line(self, y: int) -> Strip:
        """One line, words and signs apart, each word knowing its position for the mouse."""
        width, number = self.size.width, y + round(self.scroll_y)
        plain = self._looks["plain"]
        if not self.lines:
            return Strip([Segment(self.empty if y == 0 else "", plain)]).adjust_cell_length(width, plain)
        if number >= len(self.lines):
            return Strip.blank(width, plain)
        segments: list[Segment] = []
        for piece in self.lines[number]:
            if segments:
                segments.append(Segment(" ", plain))
            here = Style.from_meta({"word": piece.position})
            sign, word = plain + self._looks["sign"] + here, self.style_of(self._marks[piece.position]) + here
            if piece.position == self._heard:
                word += self._looks["heard"]
            elif piece.position == self._cursor:
                word += self._looks["cursor"]
            segments.extend(
                Segment(text, style)
                for text, style in ((piece.before, sign), (piece.text, word), (piece.after, sign))
                if text
            )
        return Strip(segments).adjust_cell_length(width, plain)

    def on_click(self, event: events.Click) -> None:
        """Tell which word was clicked."""
        position = event.style.meta.get("word")
        if isinstance(position, int):
            self.post_message(self.Picked(position, position == self._cursor))


def _columns(line: Sequence[WordPiece]) -> Iterator[tuple[int, WordPiece]]:
    """Each word of a line and the column it begins in."""
    at = 0
    for piece in line:
        yield at, piece
        at += piece.width + 1

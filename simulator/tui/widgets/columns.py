"""A table of few rows: columns under each other, the column with most words giving way, no word ever cut."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

GAP = 2
LEAST = 24
"""Columns that the one that gives way keeps; beyond that the last one is narrowed too."""
LEAST_OF_LAST = 8
LEAST_HANGING = 12


def aligned(rows: Sequence[Sequence[Content | str]], room: int, gives: int) -> list[Content]:
    """The rows in `room` columns; where that is too little, column `gives` takes more lines, then the last one."""
    cells = [[Content(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
    widths = [max(cell.cell_length for cell in column) for column in zip(*cells, strict=True)]
    over = sum(widths) + GAP * (len(widths) - 1) - room
    if over > 0:
        kept = max(min(LEAST, widths[gives]), widths[gives] - over)
        over -= widths[gives] - kept
        widths[gives] = kept
        widths[-1] = max(min(LEAST_OF_LAST, widths[-1]), widths[-1] - over)
    return [_row(row, widths) for row in cells]


def _row(cells: Sequence[Content], widths: Sequence[int]) -> Content:
    """One row, as many lines as its longest cell takes."""
    columns = [cell.wrap(width) if cell.cell_length else [cell] for cell, width in zip(cells, widths, strict=True)]
    lines = zip_longest(*columns, fillvalue=Content(""))
    gap = Content(" " * GAP)
    padded = (
        gap.join(cell.pad_right(max(0, width - cell.cell_length)) for cell, width in zip(line, widths, strict=True))
        for line in lines
    )
    return Content("\n").join(padded)


def hanging(first: Content, body: Content, indent: int, width: int) -> Iterator[Content]:
    """`body` behind `first`; lines that follow begin under the body."""
    room = max(LEAST_HANGING, width - indent)
    if first.cell_length >= indent > 0:
        # Too long to stand beside it: on a line of its own.
        yield first
        first = Content("")
    for number, line in enumerate(body.wrap(room)):
        yield (first.pad_right(max(0, indent - first.cell_length)) if not number else Content(" " * indent)) + line


class Listed(Visual):
    """A line of a list, whole at any width: what does not fit goes on below, under the words behind its sign."""

    def __init__(self, sign: Content, words: Content) -> None:
        self._sign, self._words = sign, words

    def __str__(self) -> str:
        return self._sign.plain + self._words.plain

    def _hung(self, width: int) -> Content:
        return Content("\n").join(hanging(self._sign.rstrip(), self._words, self._sign.cell_length, width))

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        return self._hung(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return self._sign.cell_length + self._words.get_optimal_width(rules, container_width)

    def get_height(self, rules: RulesMap, width: int) -> int:
        return self._hung(width).plain.count("\n") + 1


def flowing(items: Sequence[Content], width: int) -> Iterator[Content]:
    """Items side by side, each kept whole where it fits; as many lines as it takes."""
    line = Content("")
    for item in items:
        if line.cell_length and line.cell_length + 2 + item.cell_length > width:
            yield line
            line = Content("")
        line = line + "  " + item if line.cell_length else item
        if line.cell_length > width:
            *whole, line = line.wrap(width)
            yield from whole
    if line.cell_length:
        yield line

"""A table of few lines: columns under each other, one line a row, the column with most words giving way."""

from collections.abc import Sequence

from textual.content import Content

GAP = 2
LEAST = 24
"""Columns that the one that gives way keeps; beyond that the last one is cut too."""


def aligned(rows: Sequence[Sequence[Content | str]], room: int, gives: int) -> list[Content]:
    """The rows in `room` columns; where that is too little, column `gives` is cut with "…", then the last one."""
    cells = [[Content(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
    widths = [max(cell.cell_length for cell in column) for column in zip(*cells, strict=True)]
    over = sum(widths) + GAP * (len(widths) - 1) - room
    if over > 0:
        kept = max(min(LEAST, widths[gives]), widths[gives] - over)
        over -= widths[gives] - kept
        widths[gives] = kept
        widths[-1] = max(1, widths[-1] - over)
    gap = Content(" " * GAP)
    return [
        gap.join(cell.truncate(width, ellipsis=True, pad=True) for cell, width in zip(row, widths, strict=True))
        for row in cells
    ]
